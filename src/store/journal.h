// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <base/result.h>
#include <changes/changeset.h>
#include <flags/snapshot.h>

#include <QFuture>
#include <QMap>

#include <memory>
#include <optional>

namespace edgewise::store {

/// What a person has edited and not saved.
struct JournalDraft {
    QString source; ///< Source::text of the primary that it is for
    changes::ChangeSet changes;
    /// Of the snapshot that the changes were made on, what they touch: enough to rebase them.
    flags::Snapshot base;
    qint64 editedAt = 0; ///< wall clock, nanoseconds since 1970; set by the journal
};

/// When a saved change set was seen at a node.
struct JournalArrival {
    QString node;           ///< Source::text
    qint64 nanoseconds = 0; ///< after the answer of the commit, by this machine's clock
    qint64 uncertainty = 0; ///< nanoseconds between two looks at the node
    friend bool operator==(const JournalArrival &, const JournalArrival &) = default;
};

/// A save, without its changes.
struct JournalSummary {
    enum class State {
        Sending, ///< begun and never finished: the program ended meanwhile
        Saved,
        NotSaved, ///< nothing was written
        Unknown,  ///< the connection was lost, and whether it landed could not be learnt
    };

    qint64 id = 0; ///< set by the journal; a later one is greater
    QString source;
    QString author;
    QString reason;
    State state = State::Sending;
    qint64 begunAt = 0; ///< wall clock, nanoseconds since 1970; set by the journal
    qint64 changeCount = 0;
    QMap<QString, QString> stamps; ///< of the receipt: state_modified_at by namespace
    std::optional<quint64> replicationIndex;
    QList<JournalArrival> arrivals; ///< in the order in which they were noted
};

struct JournalEntry {
    JournalSummary summary;
    changes::ChangeSet changes;
    changes::ChangeSet inverse; ///< undoes them
};

/// A save of somebody else's, as far as it was seen.
struct JournalSighting {
    struct Stop {
        int kind = 0; ///< of the caller's choice
        JournalArrival arrival;
        friend bool operator==(const Stop &, const Stop &) = default;
    };

    QString source;
    qint64 seenAt = 0;      ///< wall clock, nanoseconds since 1970; with the source it names it
    qint64 uncertainty = 0; ///< it may have been saved earlier by up to this, nanoseconds
    std::optional<quint64> replicationIndex;
    QMap<QString, QString> stamps; ///< state_modified_at by namespace
    QList<Stop> stops;
    friend bool operator==(const JournalSighting &, const JournalSighting &) = default;
};

/// The person who is logged in, as the author of saves until another is named.
QString systemAuthor();

/// What was saved and what is being edited, in a SQLite file of the user's. Each call is durable
/// when its future finishes: neither a killed program nor a power cut loses it. A file that is
/// damaged, or of a newer version, is set aside under another name and never destroyed. Holds no
/// token. Methods may be called from any thread and run one after the other on the journal's own.
class Journal {
public:
    /// `clock` must outlive the journal. The file and its folder are made at the first use.
    Journal(QString path, const Clock &clock);
    ~Journal();
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;

    /// Opens the file; the other calls do it too. Gives the name under which a file was set aside,
    /// else an empty text.
    QFuture<Result<QString>> open();

    /// In place of the earlier draft for the same source; `base` may be the whole snapshot.
    QFuture<Result<void>> keepDraft(JournalDraft draft);
    QFuture<Result<std::optional<JournalDraft>>> draft(QString source);
    QFuture<Result<void>> dropDraft(QString source);

    /// Before a save is sent. The id of the entry.
    QFuture<Result<qint64>> begin(JournalEntry entry);
    /// What became of it. `stamps` and `replicationIndex` are the receipt's.
    QFuture<Result<void>> finish(qint64 id, JournalSummary::State state,
                                 QMap<QString, QString> stamps,
                                 std::optional<quint64> replicationIndex);
    /// Again for the same node: the first one stays.
    QFuture<Result<void>> noteArrival(qint64 id, JournalArrival arrival);

    /// The newest first, at most `limit`, older than `before` (0: all), of one source or of all.
    QFuture<Result<QList<JournalSummary>>> summaries(QString source, qint64 before, int limit);
    QFuture<Result<JournalEntry>> entry(qint64 id);

    /// In place of the one of the same name; the newest thousand of a source are kept.
    QFuture<Result<void>> keepSighting(JournalSighting sighting);
    /// What was taken for somebody else's was our own.
    QFuture<Result<void>> dropSighting(QString source, qint64 seenAt);
    /// The newest first.
    QFuture<Result<QList<JournalSighting>>> sightings(QString source, int limit);

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace edgewise::store
