// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/save.h"

#include <base/logging.h>
#include <base/whenready.h>

namespace edgewise::workspace {

Save::Save(store::Connection &writer, changes::ChangeSet changes, flags::Snapshot base,
           const QList<SnapshotFeed *> &replicas, const Clock &clock, QObject *parent)
    : QObject(parent), m_clock(clock), m_changes(std::move(changes)), m_replicas(replicas)
{
    for (int i = 0; i < m_replicas.size(); ++i) {
        const SnapshotFeed *replica = m_replicas.at(i);
        m_arrivals.append({replica->source().text, std::nullopt});
        connect(replica, &SnapshotFeed::positionChanged, this, [this, i] { look(i); });
        connect(replica, &SnapshotFeed::readingChanged, this, [this, i] { look(i); });
        connect(replica, &SnapshotFeed::stateChanged, this, [this, i] { look(i); });
    }
    whenReady(writer.write(m_changes, std::move(base)), this,
              [this](const Result<store::Receipt> &answer) { take(answer); });
}

void Save::take(const Result<store::Receipt> &answer)
{
    if (!answer) {
        m_error = answer.error();
        switch (m_error.kind) {
        case Error::Kind::Conflict:
            setState(State::Conflict);
            break;
        case Error::Kind::Unknown:
            setState(State::Unknown);
            break;
        default:
            setState(State::Failed);
        }
        qCWarning(logWorkspace) << "A save was not made:" << m_error.detail;
        return;
    }
    m_receipt = *answer;
    setState(State::Arriving);
    for (SnapshotFeed *replica : std::as_const(m_replicas))
        replica->hurry();
    for (int i = 0; i < m_replicas.size(); ++i)
        look(i);
    if (m_replicas.isEmpty())
        setState(State::Arrived);
}

/// By the index where node and receipt have one; else by the stamps, which a file has too.
bool Save::shows(const SnapshotFeed &replica) const
{
    if (replica.state() == SnapshotFeed::State::Error)
        return false;
    if (m_receipt.replicationIndex && replica.position())
        return *replica.position() >= *m_receipt.replicationIndex;
    if (!replica.hasReading())
        return false;
    for (auto stamp = m_receipt.stamps.begin(); stamp != m_receipt.stamps.end(); ++stamp) {
        const auto nameSpace = replica.reading().snapshot.nameSpace(NamespaceKey(stamp.key()));
        // Stamps are written strictly increasing, in a form that sorts like time.
        if (!nameSpace || nameSpace->stateModified.value_or(QString()) < stamp.value())
            return false;
    }
    return !m_receipt.stamps.isEmpty();
}

void Save::look(int replica)
{
    if (m_state != State::Arriving)
        return;
    Arrival &arrival = m_arrivals[replica];
    if (!arrival.nanoseconds && shows(*m_replicas.at(replica))) {
        arrival.nanoseconds = m_clock.steadyNanoseconds() - m_receipt.committedAt;
        emit arrived(replica);
    }
    const bool all = std::all_of(m_arrivals.cbegin(), m_arrivals.cend(),
                                 [](const Arrival &one) { return one.nanoseconds.has_value(); });
    if (all)
        setState(State::Arrived);
}

void Save::setState(State state)
{
    m_state = state;
    emit stateChanged();
}

} // namespace edgewise::workspace
