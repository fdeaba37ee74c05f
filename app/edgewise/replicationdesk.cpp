// SPDX-License-Identifier: GPL-3.0-or-later
#include "replicationdesk.h"

#include "edgechecks.h"
#include "nodewatch.h"

#include <replication/replicationpage.h>
#include <settings/settings.h>
#include <window/mainwindow.h>
#include <window/nodestatus.h>
#include <workspace/journeylog.h>

namespace edgewise {

using namespace Qt::StringLiterals;
using replicationpage::ReplicationPage;
using workspace::FliptFeed;
using workspace::Workspace;

ReplicationDesk::ReplicationDesk(const Parts &parts, const QList<Workspace::Node> &nodes,
                                 QObject *parent)
    : QObject(parent), m_parts(parts), m_nodes(nodes)
{
}

void ReplicationDesk::addPage()
{
    m_page = new ReplicationPage(m_parts.appearance, m_parts.watch.sampler(), m_parts.clock);
    m_parts.window.addPage({u"replication"_qs, tr("Replication"), u"replication"_qs, m_page});
    QList<replicationpage::RowSource> sources;
    for (qsizetype i = 0; i < m_nodes.size(); ++i)
        sources.append({m_nodes[i].name, m_nodes[i].source.text,
                        &m_parts.workspace.reader(static_cast<int>(i))});
    m_page->setNodes(sources);
    m_page->setJourneys(&m_parts.journeys);
    m_page->setWorkspace(&m_parts.workspace);
    addEdgeChecks(*m_page, m_parts.workspace, m_parts.clock);
    wireLimits();
    const QList<FliptFeed *> flipts = m_parts.workspace.flipts();
    for (const FliptFeed *flipt : flipts)
        connect(flipt, &FliptFeed::stateChanged, m_page, [this] { showFlipts(); });
    showFlipts();
    connect(m_parts.window.nodeStrip(), &window::NodeStrip::nodeClicked, m_page,
            [this](const QString &name) {
                m_parts.window.showPage(u"replication"_qs);
                for (const Workspace::Node &node : std::as_const(m_nodes))
                    if (node.name == name)
                        m_page->chooseNode(node.source.text);
            });
}

void ReplicationDesk::wireLimits()
{
    for (const Workspace::Node &node : std::as_const(m_nodes)) {
        const int milliseconds = m_parts.settings.value(settings::lagLimit, node.source.text);
        if (milliseconds > 0)
            m_page->setLimit(node.source.text, qint64(milliseconds) * 1'000'000);
    }
    connect(m_page, &ReplicationPage::limitChanged, this,
            [this](const QString &node, std::optional<qint64> nanoseconds) {
                m_parts.settings.setValue(settings::lagLimit,
                                          int(nanoseconds.value_or(0) / 1'000'000), node);
            });
}

void ReplicationDesk::showFlipts()
{
    QList<replicationpage::TopologyFlipt> drawn;
    const QList<FliptFeed *> flipts = m_parts.workspace.flipts();
    for (const FliptFeed *flipt : flipts) {
        const window::NodeStatus status = window::statusOf(*flipt);
        drawn.append({.name = flipt->address().name,
                      .node = flipt->address().node,
                      .state = status.state,
                      .word = status.word});
    }
    m_page->setFlipts(drawn);
}

} // namespace edgewise
