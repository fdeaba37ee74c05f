// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <replication/sampler.h>
#include <window/nodestrip.h>
#include <workspace/workspace.h>

#include <QMap>
#include <QObject>

namespace edgewise {

/// The watch over the nodes of one open database and the Flipts before them: samples the nodes,
/// and says of each how it is, as the status bar shows it.
class NodeWatch : public QObject {
    Q_OBJECT

public:
    using Node = workspace::Workspace::Node;

    /// `workspace` and `clock` must outlive it. `replicas` are those of the workspace, in order.
    NodeWatch(workspace::Workspace &workspace, const Node &primary, const QList<Node> &replicas,
              const Clock &clock, QObject *parent = nullptr);

    /// Begins to sample, each node every so many milliseconds. The Flipts are those that the
    /// workspace has now.
    void start(int milliseconds);
    replication::Sampler &sampler() { return m_sampler; }
    /// The primary, the replicas, the Flipts.
    QList<window::NodeStatus> statuses() const;

signals:
    void statusesChanged();
    /// The primary wants a token, or another one. Once.
    void tokenWanted(const edgewise::Error &error);

private:
    window::NodeStatus statusOf(const Node &node, const workspace::SnapshotFeed *feed) const;
    void takeSample(const replication::NodeSample &sample);
    void takeState();

    workspace::Workspace &m_workspace;
    Node m_primary;
    QList<Node> m_replicas;
    replication::Sampler m_sampler;
    QMap<QString, replication::NodeSample> m_samples; ///< the newest, by the node's text
    bool m_hasAskedToken = false;
};

} // namespace edgewise
