// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/lagchart.h>
#include <replication/nodetable.h>
#include <replication/replicationpage.h>
#include <theme/appearance.h>
#include <widgets/card.h>

#include <QSplitter>
#include <QVBoxLayout>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

ReplicationPage::ReplicationPage(const theme::Appearance &appearance, replication::Sampler &sampler,
                                 const Clock &clock, QWidget *parent)
    : QWidget(parent), m_sampler(sampler), m_table(new NodeTable(appearance, m_nodes)),
      m_chart(new LagChart(appearance, m_lag, clock)), m_rows(new RowsPane(appearance)),
      m_upper(new QSplitter(Qt::Horizontal)), m_splitter(new QSplitter(Qt::Vertical, this))
{
    setObjectName(u"replicationPage"_qs);
    auto *nodes = new widgets::Card(appearance, tr("Nodes"));
    nodes->content()->addWidget(m_table);
    auto *lag = new widgets::Card(appearance, tr("Lag"));
    lag->header()->addWidget(m_chart->controls());
    lag->content()->addWidget(m_chart);
    auto *rows = new widgets::Card(appearance, tr("Rows"));
    rows->content()->addWidget(m_rows);

    m_upper->setObjectName(u"replicationUpper"_qs);
    m_upper->addWidget(nodes);
    m_upper->addWidget(lag);
    m_upper->setStretchFactor(0, 0);
    m_upper->setStretchFactor(1, 1);
    m_upper->setChildrenCollapsible(false);
    m_upper->setHandleWidth(inside);
    m_splitter->setObjectName(u"replicationSplitter"_qs);
    m_splitter->addWidget(m_upper);
    m_splitter->addWidget(rows);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(inside);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(between, between, between, between);
    layout->addWidget(m_splitter);

    connect(&sampler, &replication::Sampler::sampled, this, &ReplicationPage::take);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_isArranged = true; });
    connect(m_table, &NodeTable::nodeChosen, m_rows, &RowsPane::chooseReplica);
    connect(m_rows, &RowsPane::contentChecked, &sampler, &replication::Sampler::setContentCheck);
}

void ReplicationPage::setNodes(const QList<RowSource> &nodes)
{
    QList<models::NodeTableModel::Node> table;
    QList<LagChart::Line> lines;
    for (qsizetype i = 0; i < nodes.size(); ++i) {
        const auto role = i == 0 ? replication::Role::Primary : replication::Role::Replica;
        table.append({.name = nodes[i].name, .text = nodes[i].text, .role = role});
        if (i > 0)
            lines.append({.name = nodes[i].name, .text = nodes[i].text});
    }
    m_nodes.setNodes(table);
    m_lag.clear();
    m_chart->setLines(lines);
    m_rows->setSources(nodes);
    m_table->updateGeometry();
    // As high as its nodes need, until somebody moves the line.
    if (!m_isArranged) {
        const int upper =
            std::max(m_upper->minimumSizeHint().height(), m_upper->sizeHint().height());
        m_splitter->setSizes({upper, std::max(1, height() - upper)});
    }
    for (const replication::NodeSample &sample : m_sampler.newest())
        take(sample);
}

void ReplicationPage::chooseNode(const QString &text)
{
    m_rows->chooseReplica(text);
}

void ReplicationPage::take(const replication::NodeSample &sample)
{
    m_nodes.take(sample);
    m_lag.take(sample);
    m_rows->take(sample);
}

} // namespace edgewise::replicationpage
