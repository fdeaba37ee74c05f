// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <models/lagseriesmodel.h>
#include <models/nodetablemodel.h>
#include <replication/rowspane.h>
#include <replication/sampler.h>

#include <QWidget>

class QSplitter;

namespace edgewise::replicationpage {

class LagChart;
class NodeTable;

/// Who follows, who lags, and what differs: the nodes with their states, the lag of each over time,
/// and one table of the primary beside that of a replica.
class ReplicationPage : public QWidget {
    Q_OBJECT

public:
    /// `sampler` watches the same nodes under the same texts, on the GUI thread; it, `appearance`
    /// and `clock` must outlive the page.
    ReplicationPage(const theme::Appearance &appearance, replication::Sampler &sampler,
                    const Clock &clock, QWidget *parent = nullptr);

    /// The primary, then its replicas; none when nothing is open. The connections must outlive the
    /// page or be replaced before they go.
    void setNodes(const QList<RowSource> &nodes);
    /// Shows the rows of that node, where it is a replica.
    void chooseNode(const QString &text);

private:
    void take(const replication::NodeSample &sample);

    replication::Sampler &m_sampler;
    models::NodeTableModel m_nodes;
    models::LagSeriesModel m_lag;
    NodeTable *m_table;
    LagChart *m_chart;
    RowsPane *m_rows;
    QSplitter *m_upper;
    QSplitter *m_splitter;
    bool m_isArranged = false;
};

} // namespace edgewise::replicationpage
