// SPDX-License-Identifier: GPL-3.0-or-later
#include "nodewatch.h"

#include <window/nodestatus.h>

namespace edgewise {

using namespace Qt::StringLiterals;
using workspace::FliptFeed;
using workspace::SnapshotFeed;
using workspace::Workspace;

NodeWatch::NodeWatch(Workspace &workspace, const Node &primary, const QList<Node> &replicas,
                     const Clock &clock, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_primary(primary), m_replicas(replicas),
      m_sampler(clock, this)
{
}

void NodeWatch::start(int milliseconds)
{
    QList<replication::WatchedNode> watched;
    const auto watch = [&](const Node &node, replication::Role role) {
        if (node.source.kind == store::Source::Kind::Node)
            watched.append(node.watched(role));
    };
    watch(m_primary, replication::Role::Primary);
    for (const Node &replica : std::as_const(m_replicas))
        watch(replica, replication::Role::Replica);
    connect(&m_sampler, &replication::Sampler::sampled, this, &NodeWatch::takeSample);
    connect(&m_workspace, &Workspace::saveStateChanged, &m_sampler, &replication::Sampler::hurry);
    m_sampler.setInterval(milliseconds);
    m_sampler.setNodes(watched);
    if (!watched.isEmpty())
        m_sampler.start();
    connect(&m_workspace.primary(), &SnapshotFeed::stateChanged, this, &NodeWatch::takeState);
    const QList<FliptFeed *> flipts = m_workspace.flipts();
    for (const FliptFeed *flipt : flipts)
        connect(flipt, &FliptFeed::stateChanged, this, &NodeWatch::statusesChanged);
    emit statusesChanged();
}

void NodeWatch::takeSample(const replication::NodeSample &sample)
{
    m_samples.insert(sample.node, sample);
    emit statusesChanged();
}

void NodeWatch::takeState()
{
    emit statusesChanged();
    const SnapshotFeed &feed = m_workspace.primary();
    if (feed.state() == SnapshotFeed::State::Error && feed.error().kind == Error::Kind::Auth
        && !std::exchange(m_hasAskedToken, true))
        emit tokenWanted(feed.error());
}

window::NodeStatus NodeWatch::statusOf(const Node &node, const SnapshotFeed *feed) const
{
    const auto sample = m_samples.constFind(node.source.text);
    if (sample != m_samples.constEnd())
        return window::statusOf(node.name, sample->judgement, sample->index);
    // A file has no position; it can be read or it cannot.
    if (feed && feed->state() == SnapshotFeed::State::Ready)
        return {node.name, theme::State::Ok, {}, tr("readable"), node.source.text};
    const bool isLost = feed && feed->state() == SnapshotFeed::State::Error;
    return {node.name, theme::State::Off, u"—"_qs,
            isLost ? tr("unreachable") : tr("not reached yet"), node.source.text};
}

QList<window::NodeStatus> NodeWatch::statuses() const
{
    QList<window::NodeStatus> statuses{statusOf(m_primary, &m_workspace.primary())};
    const QList<SnapshotFeed *> replicas = m_workspace.replicas();
    for (qsizetype i = 0; i < m_replicas.size(); ++i)
        statuses.append(statusOf(m_replicas[i], replicas.value(i)));
    const QList<FliptFeed *> flipts = m_workspace.flipts();
    for (const FliptFeed *flipt : flipts)
        statuses.append(window::statusOf(*flipt));
    return statuses;
}

} // namespace edgewise
