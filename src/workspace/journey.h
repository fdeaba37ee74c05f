// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace edgewise::workspace {

/// Where a save is looked for.
struct JourneyStop {
    enum class Kind {
        Row,   ///< a replica has applied the save's frame
        Stamp, ///< and shows the renewed state_modified_at, by which Flipts and SDKs notice it
        Flipt, ///< a Flipt answers by it
    };
    Kind kind = Kind::Row;
    QString node; ///< Source::text, or the Flipt's address
    QString name; ///< for people
    /// Nanoseconds of this machine's steady clock; none while it has not arrived.
    std::optional<qint64> seenAt;
    qint64 uncertainty = 0; ///< it may have arrived earlier by up to this, nanoseconds
    /// Of a Flipt whose cache is on: so long it may answer by the old state after the row arrived.
    qint64 cacheLifetime = 0;
};

/// One save on its way to the edge, as a value.
struct Journey {
    enum class Origin {
        Own,    ///< timed from the answer of the commit
        Others, ///< timed from when the primary was first seen with it
        Kept,   ///< of an earlier session, from the journal
    };
    qint64 id = 0; ///< ascending in the order in which they were seen
    Origin origin = Origin::Others;
    QString what;                 ///< for people: "3 changes", "default, team-a"
    qint64 beganAt = 0;           ///< steady clock, nanoseconds
    qint64 beganWall = 0;         ///< since 1970, nanoseconds
    qint64 uncertainty = 0;       ///< the commit may have been earlier by up to this
    std::optional<quint64> index; ///< the primary's right after it
    QMap<QString, QString> stamps;
    QList<JourneyStop> stops;
    bool isLost = false; ///< the primary began another log: it can no longer be followed

    /// From the commit to the stop; at least 0.
    std::optional<qint64> after(const JourneyStop &stop) const;
    /// Somebody else's: all its times are bounds.
    bool isOthers() const { return uncertainty > 0; }
    bool isComplete() const;
    /// Until the last stop that has been reached.
    qint64 longest() const;
};

/// p50 and p95 of one kind of stop at one node.
struct JourneyFigures {
    qint64 median = 0;
    qint64 worst = 0; ///< 95 of 100 were faster
    int count = 0;
    bool isBound = false; ///< some are of saves of others: they were no slower than this
};

/// Of the stops of that kind, at that node or, where it is empty, at any.
std::optional<JourneyFigures> journeyFigures(const QList<Journey> &journeys, JourneyStop::Kind kind,
                                             const QString &node = {});

} // namespace edgewise::workspace
