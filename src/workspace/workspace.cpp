// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/workspace.h"

#include <QThreadPool>

namespace edgewise::workspace {

namespace {

std::unique_ptr<store::Connection> connectTo(const Workspace::Node &node, bool readOnly,
                                             const Clock &clock)
{
    store::ConnectionOptions options = node.options;
    options.readOnly = readOnly;
    return std::make_unique<store::Connection>(node.source, options, clock);
}

/// The end of a connection waits for its running call, up to the deadline: not on this thread.
void retire(std::unique_ptr<store::Connection> connection)
{
    if (connection)
        QThreadPool::globalInstance()->start([ending = std::shared_ptr<store::Connection>(std::move(
                                                  connection))]() mutable { ending.reset(); });
}

Error refusal(Error::Kind kind, const QString &detail)
{
    return {kind, u"saving"_qs, detail, {}, false};
}

} // namespace

Workspace::Workspace(Node primary, QList<Node> replicas, const Clock &clock, QObject *parent)
    : QObject(parent), m_clock(clock), m_primaryNode(std::move(primary)),
      m_replicaNodes(std::move(replicas))
{
    m_readers.push_back(connectTo(m_primaryNode, true, m_clock));
    m_primary = std::make_unique<SnapshotFeed>(*m_readers.back());
    for (const Node &node : std::as_const(m_replicaNodes)) {
        m_readers.push_back(connectTo(node, true, m_clock));
        // A replica holds what the primary holds, so that a node more costs hardly any memory.
        m_replicas.push_back(std::make_unique<SnapshotFeed>(
            *m_readers.back(), [this] { return m_primary->reading().snapshot; }));
    }
    connect(m_primary.get(), &SnapshotFeed::readingChanged, this, &Workspace::takePrimaryReading);
}

Workspace::~Workspace()
{
    m_save.reset();
    m_replicas.clear();
    m_primary.reset();
    retire(std::move(m_writer));
    for (auto &reader : m_readers)
        retire(std::move(reader));
}

void Workspace::start()
{
    m_primary->start();
    for (const auto &replica : m_replicas)
        replica->start();
}

QList<SnapshotFeed *> Workspace::replicas() const
{
    QList<SnapshotFeed *> feeds;
    for (const auto &replica : m_replicas)
        feeds.append(replica.get());
    return feeds;
}

store::Connection &Workspace::reader(int node) const
{
    return *m_readers.at(static_cast<size_t>(node));
}

void Workspace::takePrimaryReading()
{
    const flags::Snapshot &snapshot = m_primary->reading().snapshot;
    if (m_hasBase)
        m_draft.rebaseOn(snapshot);
    else
        m_draft.reset(snapshot);
    m_hasBase = true;
}

void Workspace::unlock()
{
    m_lockWanted = false;
    if (m_writer)
        return;
    m_writer = connectTo(m_primaryNode, false, m_clock);
    emit lockChanged();
}

void Workspace::lock()
{
    if (!m_writer)
        return;
    m_lockWanted = isWriting();
    if (m_lockWanted)
        return;
    retire(std::move(m_writer));
    emit lockChanged();
}

bool Workspace::isWriting() const
{
    return m_save && m_save->state() == Save::State::Writing;
}

std::optional<Error> Workspace::whyNotSave() const
{
    using Kind = Error::Kind;
    if (isLocked())
        return refusal(Kind::ReadOnly, u"the connection is read-only; unlock it to write"_qs);
    if (m_outcomeUnknown)
        return refusal(Kind::Unknown, u"it is not known whether the last save landed"_qs);
    if (isWriting())
        return refusal(Kind::Conflict, u"the last save is still on its way"_qs);
    if (!m_draft.isChanged())
        return refusal(Kind::Input, u"nothing has been changed"_qs);
    if (!m_draft.conflicts().empty())
        return refusal(Kind::Conflict, u"somebody else changed the same; choose a side first"_qs);
    if (!m_draft.errors().empty())
        return refusal(Kind::Input, u"the changes hold errors"_qs);
    if (!m_primary->hasReading())
        return refusal(Kind::Network, u"the primary has not been read yet"_qs);
    if (!m_primary->reading().schema.writable())
        return refusal(Kind::Schema, u"the database's schema is not one that may be written"_qs);
    return std::nullopt;
}

Result<Save *> Workspace::save()
{
    if (const auto why = whyNotSave())
        return *why;
    m_save =
        std::make_unique<Save>(*m_writer, m_draft.changes(), m_draft.base(), replicas(), m_clock);
    connect(m_save.get(), &Save::stateChanged, this, &Workspace::followSave);
    emit saveStarted(m_save.get());
    return m_save.get();
}

void Workspace::followSave()
{
    if (m_save->state() == Save::State::Unknown)
        m_outcomeUnknown = true;
    if (m_save->state() != Save::State::Arrived || m_replicas.empty())
        m_primary->refresh();
    if (m_lockWanted && !isWriting())
        lock();
    emit saveStateChanged();
}

void Workspace::acceptOutcome()
{
    if (m_primary->state() != SnapshotFeed::State::Ready)
        return;
    m_outcomeUnknown = false;
    emit saveStateChanged();
}

QFuture<Result<void>> Workspace::initialise()
{
    if (isLocked()) {
        QPromise<Result<void>> promise;
        promise.start();
        promise.addResult(Result<void>(
            refusal(Error::Kind::ReadOnly, u"the connection is read-only; unlock it to write"_qs)));
        promise.finish();
        return promise.future();
    }
    return m_writer->initialise();
}

} // namespace edgewise::workspace
