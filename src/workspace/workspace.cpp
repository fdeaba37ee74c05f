// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/workspace.h"

#include <base/logging.h>
#include <base/whenready.h>

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

replication::WatchedNode Workspace::Node::watched(replication::Role role) const
{
    replication::WatchedNode watched{source.text, source.url, options.token, {}, role, {}, {}};
    if (const Result<Route> route = Route::read(options.authoritiesFile, options.proxy)) {
        watched.authorities = route->authorities;
        watched.proxy = route->proxy;
    }
    return watched;
}

Workspace::Workspace(Node primary, QList<Node> replicas, const Clock &clock, QObject *parent,
                     store::Journal *journal)
    : QObject(parent), m_clock(clock), m_journal(journal), m_primaryNode(std::move(primary)),
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
    connect(&m_draft, &Draft::currentChanged, this, &Workspace::keepDraft);
}

Workspace::~Workspace()
{
    m_save.reset();
    m_flipts.clear();
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
    for (const auto &flipt : m_flipts)
        flipt->start();
}

void Workspace::setFlipts(const QList<FliptFeed::Address> &addresses)
{
    m_flipts.clear();
    for (const FliptFeed::Address &address : addresses)
        m_flipts.push_back(std::make_unique<FliptFeed>(address, m_clock));
}

QList<FliptFeed *> Workspace::flipts() const
{
    QList<FliptFeed *> feeds;
    for (const auto &flipt : m_flipts)
        feeds.append(flipt.get());
    return feeds;
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
    // A replica that was read first shares late.
    for (const auto &replica : m_replicas)
        replica->shareWith(snapshot);
    if (m_hasBase) {
        m_draft.rebaseOn(snapshot);
        return;
    }
    m_hasBase = true;
    m_draft.reset(snapshot);
    restoreDraft();
}

void Workspace::restoreDraft()
{
    if (!m_journal)
        return;
    using Kept = Result<std::optional<store::JournalDraft>>;
    whenReady(m_journal->draft(m_primaryNode.source.text), this, [this](const Kept &kept) {
        m_isRestored = true;
        if (!kept)
            qCWarning(logWorkspace) << "The kept draft cannot be read:" << kept.error().detail;
        if (kept && *kept) {
            const auto done =
                m_draft.restore(tr("restore unsaved changes"), (*kept)->changes, (*kept)->base);
            if (done)
                emit draftRestored();
            else
                qCWarning(logWorkspace) << "The kept draft does not fit:" << done.error().detail;
        }
        if (m_draft.isChanged())
            keepDraft();
    });
}

/// One call at a time: what changes meanwhile is kept when the journal has answered.
void Workspace::keepDraft()
{
    if (!m_journal || !m_isRestored)
        return;
    m_keepAgain = m_isKeeping;
    if (m_isKeeping)
        return;
    m_isKeeping = true;
    const QString &source = m_primaryNode.source.text;
    const auto answer = m_draft.isChanged()
                            ? m_journal->keepDraft({source, m_draft.changes(), m_draft.base(), 0})
                            : m_journal->dropDraft(source);
    whenReady(answer, this, [this](const Result<void> &kept) {
        m_isKeeping = false;
        if (!kept)
            qCWarning(logWorkspace) << "The draft was not kept:" << kept.error().detail;
        if (m_keepAgain)
            keepDraft();
    });
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
    m_lockWanted = isWriting() || isOutcomeUnknown();
    if (m_lockWanted)
        return;
    retire(std::move(m_writer));
    emit lockChanged();
}

bool Workspace::isWriting() const
{
    return m_save && m_save->state() == Save::State::Writing;
}

bool Workspace::isOutcomeUnknown() const
{
    return m_save && m_save->state() == Save::State::Unknown;
}

void Workspace::resolveOutcome()
{
    if (m_save)
        m_save->resolve();
}

std::optional<Error> Workspace::whyNotWrite() const
{
    using Kind = Error::Kind;
    if (isLocked())
        return refusal(Kind::ReadOnly, u"the connection is read-only; unlock it to write"_qs);
    if (isOutcomeUnknown())
        return refusal(Kind::Unknown, u"it is not known whether the last save landed"_qs);
    if (isWriting())
        return refusal(Kind::Conflict, u"the last save is still on its way"_qs);
    if (!m_primary->hasReading())
        return refusal(Kind::Network, u"the primary has not been read yet"_qs);
    if (!m_primary->reading().schema.writable())
        return refusal(Kind::Schema, u"the database's schema is not one that may be written"_qs);
    return std::nullopt;
}

std::optional<Error> Workspace::whyNotSave() const
{
    using Kind = Error::Kind;
    if (auto why = whyNotWrite())
        return why;
    if (!m_draft.isChanged())
        return refusal(Kind::Input, u"nothing has been changed"_qs);
    if (!m_draft.conflicts().empty())
        return refusal(Kind::Conflict, u"somebody else changed the same; choose a side first"_qs);
    if (!m_draft.errors().empty())
        return refusal(Kind::Input, u"the changes hold errors"_qs);
    return std::nullopt;
}

Result<Save *> Workspace::save(const QString &reason)
{
    if (const auto why = whyNotSave())
        return *why;
    return begin(m_draft.changes(), reason);
}

Result<Save *> Workspace::saveOnly(const changes::ChangeSet &changes, const QString &reason)
{
    if (const auto why = whyNotWrite())
        return *why;
    if (changes.isEmpty())
        return refusal(Error::Kind::Input, u"nothing has been changed"_qs);
    const Result<flags::Snapshot> after = changes::apply(m_draft.base(), changes);
    if (!after)
        return after.error();
    if (!flags::newErrors(m_draft.base(), *after).empty())
        return refusal(Error::Kind::Input, u"the changes hold errors"_qs);
    return begin(changes, reason);
}

Save *Workspace::begin(const changes::ChangeSet &changes, const QString &reason)
{
    m_save = std::make_unique<Save>(
        Save::Request{changes, m_draft.base(), store::systemAuthor(), reason}, *m_writer, m_journal,
        replicas(), m_clock);
    m_save->followTo(flipts());
    connect(m_save.get(), &Save::stateChanged, this, &Workspace::followSave);
    emit saveStarted(m_save.get());
    return m_save.get();
}

void Workspace::followSave()
{
    if (m_save->state() != Save::State::Arrived || m_replicas.empty())
        m_primary->refresh();
    if (m_lockWanted && !isWriting() && !isOutcomeUnknown())
        lock();
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
