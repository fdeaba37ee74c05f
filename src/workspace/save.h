// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

    /// Writes at once. `replicas` must outlive the save.
    Save(store::Connection &writer, changes::ChangeSet changes, flags::Snapshot base,
         const QList<SnapshotFeed *> &replicas, const Clock &clock, QObject *parent = nullptr);

    State state() const { return m_state; }
    bool isCommitted() const { return m_state == State::Arriving || m_state == State::Arrived; }
    const changes::ChangeSet &changes() const { return m_changes; }
    /// Undoes what was saved.
    changes::ChangeSet inverse() const { return changes::invert(m_changes); }
    const store::Receipt &receipt() const { return m_receipt; } ///< where isCommitted()
    const Error &error() const { return m_error; }
    const QList<Arrival> &arrivals() const { return m_arrivals; } ///< in the order of the replicas

signals:
    void stateChanged();
    void arrived(int replica); ///< index in arrivals()

private:
    void take(const Result<store::Receipt> &answer);
    void look(int replica);
    bool shows(const SnapshotFeed &replica) const;
    void setState(State state);

    const Clock &m_clock;
    const changes::ChangeSet m_changes;
    QList<SnapshotFeed *> m_replicas;
    QList<Arrival> m_arrivals;
    store::Receipt m_receipt;
    Error m_error;
    State m_state = State::Writing;
};

} // namespace edgewise::workspace
