// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <deque>
#include <optional>

namespace edgewise::replication {

/// Remembers when the primary was first seen at each replication index, so that a replica's
/// position becomes a time without a heartbeat in anybody's database. Only this machine's steady
/// clock is used; what was first seen between two samples may have happened anywhere between them.
/// Times are nanoseconds. A log that begins anew (sqld: src/replication/primary/logger.rs) begins
/// a new history, because its frames are numbered anew.
class LagClock {
public:
    /// The primary was seen at `index` (none: its log is empty) of the log `logId`. An empty id
    /// means that the log is not known; then a falling index tells of a new one.
    void observe(const QString &logId, std::optional<quint64> index, qint64 at);

    /// Newest index that the primary was seen at, at or before `at`; none while it was empty or not
    /// seen. The second is false when nothing was seen by then.
    struct Known {
        bool seen = false;
        std::optional<quint64> index;
    };
    Known primaryAt(qint64 at) const;

    /// How long a node that has applied `index` at the moment `at` had been missing frames: since
    /// the primary was first seen beyond it. Zero when it misses none; none when the primary was
    /// beyond it already when the watch began, so that the time is not known.
    std::optional<qint64> behind(std::optional<quint64> index, qint64 at) const;

private:
    struct Entry {
        std::optional<quint64> index;
        qint64 firstSeen;
    };

    void thin();

    QString m_logId;
    std::deque<Entry> m_entries; ///< rising in both
};

} // namespace edgewise::replication
