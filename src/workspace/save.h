// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/journal.h>
#include <workspace/fliptfeed.h>
#include <workspace/snapshotfeed.h>

#include <QObject>

namespace edgewise::workspace {

/// One save from the request to the last replica. Lives in the workspace until the next one; GUI
/// thread.
class Save : public QObject {
    Q_OBJECT

public:
    enum class State {
        Writing,
        Arriving, ///< committed; some replica does not show it yet
        Arrived,  ///< committed, and every replica shows it
        Conflict, ///< nothing written: somebody else changed the same rows
        Failed,   ///< nothing written: error() says why
        Unknown,  ///< the connection was lost, and whether it landed could not be learnt
    };
    struct Arrival {
        QString node; ///< Source::text
        /// From the answer of the commit to the moment when the replica was seen to have it, as
        /// this machine saw both; its error is the interval between two questions.
        std::optional<qint64> nanoseconds;
    };

    struct Request {
        changes::ChangeSet changes;
        flags::Snapshot base; ///< that they were made on
        QString author;
        QString reason;
    };

    /// Writes at once, after noting it in the journal where there is one. A journal that fails is
    /// no reason not to save. Everything given must outlive the save.
    Save(Request request, store::Connection &writer, store::Journal *journal,
         const QList<SnapshotFeed *> &replicas, const Clock &clock, QObject *parent = nullptr);

    /// Follows it to these Flipts as well; right after the save was made. They must outlive it.
    void followTo(const QList<FliptFeed *> &flipts);

    State state() const { return m_state; }
    bool isCommitted() const { return m_state == State::Arriving || m_state == State::Arrived; }
    /// As they were asked for; once committed with the ids, times and ranks that were written.
    const changes::ChangeSet &changes() const
    {
        return isCommitted() ? m_receipt.changes : m_request.changes;
    }
    /// Undoes changes().
    changes::ChangeSet inverse() const { return changes::invert(changes()); }
    /// Of State::Unknown: asks the node what became of it. The state follows the answer.
    void resolve();
    const store::Receipt &receipt() const { return m_receipt; } ///< where isCommitted()
    const Error &error() const { return m_error; }
    const QList<Arrival> &arrivals() const { return m_arrivals; } ///< in the order of the replicas
    /// When each Flipt was seen to know the save, in the order of the Flipts. A Flipt decides for
    /// no state: it may have no tag to be asked for, or want a token.
    const QList<Arrival> &fliptArrivals() const { return m_fliptArrivals; }

signals:
    void stateChanged();
    void arrived(int replica);    ///< index in arrivals()
    void fliptArrived(int flipt); ///< index in fliptArrivals()

private:
    void write();
    void take(const Result<store::Receipt> &answer);
    void finishEntry();
    void look(int replica);
    void lookAtFlipt(int flipt);
    bool shows(const SnapshotFeed &replica) const;
    void setState(State state);

    const Request m_request;
    store::Connection &m_writer;
    store::Journal *const m_journal;
    const Clock &m_clock;
    qint64 m_entry = 0; ///< of the journal; 0 where it has none
    QList<SnapshotFeed *> m_replicas;
    QList<Arrival> m_arrivals;
    QList<FliptFeed *> m_flipts;
    QList<Arrival> m_fliptArrivals;
    store::Receipt m_receipt;
    Error m_error;
    State m_state = State::Writing;
};

} // namespace edgewise::workspace
