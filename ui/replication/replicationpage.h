// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <models/lagseriesmodel.h>
#include <models/lagwatch.h>
#include <models/nodetablemodel.h>
#include <replication/contentpass.h>
#include <replication/rowspane.h>
#include <replication/sampler.h>
#include <replication/topologyview.h>

#include <QWidget>

class QAction;
class QLabel;
class QSplitter;
class QStackedWidget;
class QTabWidget;

namespace edgewise::widgets {
class Card;
class MessageBar;
} // namespace edgewise::widgets

namespace edgewise::models {
class OutcomeLag;
}

namespace edgewise::workspace {
class JourneyLog;
class Workspace;
} // namespace edgewise::workspace

namespace edgewise::replicationpage {

class EdgePane;
class FlagsPane;
class JourneysView;
class LagChart;
class NodeTable;
class ParityPane;

/// Who follows, who lags, and what differs: the nodes with their states, as a drawing or as a
/// table; the lag of each over time; one table of the primary beside that of a replica.
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
    /// The Flipts in front of the nodes, for the drawing.
    void setFlipts(const QList<TopologyFlipt> &flipts) { m_topology->setFlipts(flipts); }
    /// Shows the rows of that node, where it is a replica.
    void chooseNode(const QString &text);
    /// How far the node may lag before a message says so, in nanoseconds; see models::LagWatch.
    void setLimit(const QString &node, std::optional<qint64> nanoseconds);
    /// What the page shows as journeys; see models::JourneyModel::setLog().
    void setJourneys(const workspace::JourneyLog *log);
    /// Whose flags are compared; must outlive the page or be replaced before it goes.
    void setWorkspace(const workspace::Workspace *workspace);
    /// The lag in what people get; must outlive the page or be replaced before it goes.
    void setOutcomes(const models::OutcomeLag *outcomes);
    EdgePane *edge() const { return m_edge; }
    ParityPane *parity() const { return m_parity; }
    /// A further view of the nodes, beside the rows; the page takes it over.
    void addView(QWidget *view, const QString &title);

signals:
    /// A person has set another limit.
    void limitChanged(const QString &node, std::optional<qint64> nanoseconds);

private:
    QWidget *makeNodes(const theme::Appearance &appearance);
    void take(const replication::NodeSample &sample);
    void takeOutcomes(const QString &node);
    void showOutcomes();
    void showExcesses();
    void askLimit();
    QString nameOf(const QString &text) const;
    QString currentNode() const;

    replication::Sampler &m_sampler;
    models::NodeTableModel m_nodes;
    models::LagSeriesModel m_lag;
    models::LagWatch m_watch;
    replication::ContentPass m_pass;
    TopologyView *m_topology;
    NodeTable *m_table;
    QStackedWidget *m_nodeViews;
    LagChart *m_chart;
    FlagsPane *m_flags;
    RowsPane *m_rows;
    JourneysView *m_journeys;
    EdgePane *m_edge;
    ParityPane *m_parity;
    const models::OutcomeLag *m_outcomes = nullptr;
    QLabel *m_outcomeText;
    QTabWidget *m_views;
    widgets::MessageBar *m_message;
    QAction *m_setLimit;
    QSplitter *m_upper;
    QSplitter *m_splitter;
    bool m_isArranged = false;
};

} // namespace edgewise::replicationpage
