// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/save.h"

#include <base/logging.h>
#include <base/whenready.h>

namespace edgewise::workspace {

namespace {

constexpr qint64 nanosecondsPerMillisecond = 1'000'000;

} // namespace

Save::Save(Request request, store::Connection &writer, store::Journal *journal,
           const QList<SnapshotFeed *> &replicas, const Clock &clock, QObject *parent)
    : QObject(parent), m_request(std::move(request)), m_writer(writer), m_journal(journal),
      m_clock(clock), m_replicas(replicas)
{
    for (int i = 0; i < m_replicas.size(); ++i) {
        const SnapshotFeed *replica = m_replicas.at(i);
        m_arrivals.append({replica->source().text, std::nullopt});
        connect(replica, &SnapshotFeed::positionChanged, this, [this, i] { look(i); });
        connect(replica, &SnapshotFeed::readingChanged, this, [this, i] { look(i); });
        connect(replica, &SnapshotFeed::stateChanged, this, [this, i] { look(i); });
    }
    if (!m_journal) {
        write();
        return;
    }
    store::JournalEntry entry;
    entry.summary.source = m_writer.source().text;
    entry.summary.author = m_request.author;
    entry.summary.reason = m_request.reason;
    entry.changes = m_request.changes;
    entry.inverse = changes::invert(m_request.changes);
    whenReady(m_journal->begin(entry), this, [this](const Result<qint64> &id) {
        if (id)
            m_entry = *id;
        else
            qCWarning(logWorkspace) << "The journal did not take a save:" << id.error().detail;
        write();
    });
}

void Save::write()
{
    whenReady(m_writer.write(m_request.changes, m_request.base), this,
              [this](const Result<store::Receipt> &answer) { take(answer); });
}

void Save::followTo(const QList<FliptFeed *> &flipts)
{
    m_flipts = flipts;
    QList<NamespaceKey> namespaces;
    for (const changes::Change &change : m_request.changes.changes)
        if (!namespaces.contains(change.address.nameSpace))
            namespaces.append(change.address.nameSpace);
    for (int i = 0; i < m_flipts.size(); ++i) {
        m_fliptArrivals.append({m_flipts.at(i)->address().base.toString(), std::nullopt});
        m_flipts.at(i)->prepare(namespaces);
        connect(m_flipts.at(i), &FliptFeed::caughtUp, this, [this, i] { lookAtFlipt(i); });
    }
}

void Save::lookAtFlipt(int flipt)
{
    Arrival &arrival = m_fliptArrivals[flipt];
    if (!isCommitted() || arrival.nanoseconds)
        return;
    arrival.nanoseconds = std::max<qint64>(0, m_clock.steadyNanoseconds() - m_receipt.committedAt);
    if (m_entry != 0)
        m_journal->noteArrival(m_entry, {arrival.node, *arrival.nanoseconds, 0});
    emit fliptArrived(flipt);
}

void Save::resolve()
{
    if (m_state != State::Unknown)
        return;
    whenReady(m_writer.resolve(), this, [this](const Result<store::Receipt> &answer) {
        // Still not to be learnt: the state stays, and so does what it says.
        if (answer || answer.error().kind != Error::Kind::Unknown)
            take(answer);
    });
}

void Save::take(const Result<store::Receipt> &answer)
{
    if (!answer) {
        m_error = answer.error();
        qCWarning(logWorkspace) << "A save was not made:" << m_error.detail;
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
        finishEntry();
        return;
    }
    m_receipt = *answer;
    setState(State::Arriving);
    finishEntry();
    for (SnapshotFeed *replica : std::as_const(m_replicas))
        replica->hurry();
    for (FliptFeed *flipt : std::as_const(m_flipts))
        flipt->expect(m_receipt.stamps);
    for (int i = 0; i < m_replicas.size(); ++i)
        look(i);
    if (m_replicas.isEmpty())
        setState(State::Arrived);
}

void Save::finishEntry()
{
    if (m_entry == 0)
        return;
    using Outcome = store::JournalSummary::State;
    const Outcome outcome = isCommitted()               ? Outcome::Saved
                            : m_state == State::Unknown ? Outcome::Unknown
                                                        : Outcome::NotSaved;
    m_journal->finish(m_entry, outcome, m_receipt.stamps, m_receipt.replicationIndex);
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
        if (m_entry != 0)
            m_journal->noteArrival(m_entry, {arrival.node, *arrival.nanoseconds,
                                             m_replicas.at(replica)->intervalMilliseconds()
                                                 * nanosecondsPerMillisecond});
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
