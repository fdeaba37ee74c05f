// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/outcomelag.h>
#include <replication/edgepane.h>
#include <replication/flagspane.h>
#include <replication/journeysview.h>
#include <replication/lagchart.h>
#include <replication/limitdialog.h>
#include <replication/nodetable.h>
#include <replication/paritypane.h>
#include <replication/replicationpage.h>
#include <theme/appearance.h>
#include <widgets/card.h>
#include <widgets/messagebar.h>

#include <QAction>
#include <QButtonGroup>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

ReplicationPage::ReplicationPage(const theme::Appearance &appearance, replication::Sampler &sampler,
                                 const Clock &clock, QWidget *parent)
    : QWidget(parent), m_sampler(sampler), m_pass(sampler, clock),
      m_topology(new TopologyView(appearance, m_nodes)),
      m_table(new NodeTable(appearance, m_nodes)), m_nodeViews(new QStackedWidget),
      m_chart(new LagChart(appearance, m_lag, clock)), m_flags(new FlagsPane(appearance, clock)),
      m_rows(new RowsPane(appearance)), m_journeys(new JourneysView(appearance)),
      m_edge(new EdgePane(appearance)), m_parity(new ParityPane(appearance)),
      m_outcomeText(new QLabel), m_views(new QTabWidget),
      m_message(new widgets::MessageBar(appearance, this)),
      m_setLimit(new QAction(appearance.icon(u"warning"_qs), tr("Limit of the lag…"), this)),
      m_upper(new QSplitter(Qt::Horizontal)), m_splitter(new QSplitter(Qt::Vertical, this))
{
    setObjectName(u"replicationPage"_qs);
    auto *lag = new widgets::Card(appearance, tr("Lag"));
    lag->header()->addWidget(m_chart->controls());
    lag->content()->addWidget(m_chart);
    m_views->setObjectName(u"replicationViews"_qs);
    m_views->setDocumentMode(true);
    addView(m_flags, tr("Flags"));
    addView(m_rows, tr("Rows"));
    addView(m_journeys, tr("Journeys"));
    addView(m_edge, tr("At the edge"));
    addView(m_parity, tr("Parity"));
    m_views->setCurrentWidget(m_rows);
    auto *lower = new widgets::Card(appearance);
    lower->content()->addWidget(m_views);

    m_upper->setObjectName(u"replicationUpper"_qs);
    m_upper->addWidget(makeNodes(appearance));
    m_upper->addWidget(lag);
    m_upper->setStretchFactor(0, 0);
    m_upper->setStretchFactor(1, 1);
    m_upper->setChildrenCollapsible(false);
    m_upper->setHandleWidth(inside);
    m_splitter->setObjectName(u"replicationSplitter"_qs);
    m_splitter->addWidget(m_upper);
    m_splitter->addWidget(lower);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(inside);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(between, between, between, between);
    layout->setSpacing(inside);
    layout->addWidget(m_message);
    layout->addWidget(m_splitter, 1);

    connect(&sampler, &replication::Sampler::sampled, this, &ReplicationPage::take);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_isArranged = true; });
    connect(m_table, &NodeTable::nodeChosen, this, &ReplicationPage::chooseNode);
    connect(m_topology, &TopologyView::nodeChosen, this, &ReplicationPage::chooseNode);
    connect(m_rows, &RowsPane::contentChecked, &sampler, &replication::Sampler::setContentCheck);
    connect(m_setLimit, &QAction::triggered, this, &ReplicationPage::askLimit);
    connect(m_chart, &LagChart::exported, this,
            [this](const QString &path, const QString &problem) {
                if (problem.isEmpty())
                    m_message->showMessage(
                        {theme::State::Ok, tr("The lag in view is in %1.").arg(path), {}});
                else
                    m_message->showMessage(
                        {theme::State::Bad, tr("%1 was not written.").arg(path), problem});
            });
}

QWidget *ReplicationPage::makeNodes(const theme::Appearance &appearance)
{
    auto *nodes = new widgets::Card(appearance, tr("Topology"));
    auto *scroll = new QScrollArea;
    scroll->setObjectName(u"topologyScroll"_qs);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(m_topology);
    m_topology->setAutoFillBackground(false); // the scroll area has switched it on
    m_nodeViews->addWidget(scroll);
    m_nodeViews->addWidget(m_table);
    nodes->content()->addWidget(m_nodeViews);
    m_outcomeText->setObjectName(u"outcomeLag"_qs);
    m_outcomeText->setWordWrap(true);
    m_outcomeText->setTextFormat(Qt::PlainText);
    m_outcomeText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_outcomeText->hide();
    nodes->content()->addWidget(m_outcomeText);

    auto *buttons = new QWidget;
    auto *line = new QHBoxLayout(buttons);
    line->setContentsMargins({});
    line->setSpacing(0);
    auto *group = new QButtonGroup(this);
    const std::pair<QString, QString> choices[] = {{tr("Drawing"), u"topologyDrawing"_qs},
                                                   {tr("Table"), u"topologyTable"_qs}};
    for (const auto &[text, name] : choices) {
        auto *button = new QToolButton;
        button->setText(text);
        button->setObjectName(name);
        button->setCheckable(true);
        button->setAutoRaise(true);
        const int place = int(group->buttons().size());
        button->setChecked(place == 0);
        group->addButton(button, place);
        line->addWidget(button);
    }
    connect(group, &QButtonGroup::idClicked, m_nodeViews, &QStackedWidget::setCurrentIndex);
    m_setLimit->setObjectName(u"lagLimit"_qs);
    auto *limit = new QToolButton;
    limit->setObjectName(u"lagLimitButton"_qs);
    limit->setDefaultAction(m_setLimit);
    limit->setAutoRaise(true);
    limit->setToolTip(tr("Say when the chosen node lags more than it may"));
    line->addSpacing(inside);
    line->addWidget(limit);
    nodes->header()->addWidget(buttons);
    for (QWidget *view : {static_cast<QWidget *>(m_topology), static_cast<QWidget *>(m_table)}) {
        view->addAction(m_setLimit);
        view->setContextMenuPolicy(Qt::ActionsContextMenu);
    }
    return nodes;
}

void ReplicationPage::addView(QWidget *view, const QString &title)
{
    view->setContentsMargins(0, inside, 0, 0);
    m_views->addTab(view, title);
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
    m_watch.clear();
    m_outcomeText->hide();
    m_chart->setLines(lines);
    m_rows->setSources(nodes);
    QList<replication::ContentPass::Node> compared;
    for (const RowSource &node : nodes)
        compared.append({.text = node.text, .connection = node.connection});
    m_pass.setNodes(compared.value(0), compared.mid(1));
    m_table->updateGeometry();
    // As high as its nodes need, until somebody moves the line.
    if (!m_isArranged) {
        constexpr int mostRows = 8;
        const int wanted = std::min(m_topology->sizeHint().height(), mostRows * row) + 2 * row;
        const int upper = std::max(m_upper->minimumSizeHint().height(), wanted);
        m_splitter->setSizes({upper, std::max(1, height() - upper)});
    }
    for (const replication::NodeSample &sample : m_sampler.newest())
        take(sample);
}

void ReplicationPage::setJourneys(const workspace::JourneyLog *log)
{
    m_journeys->setLog(log);
}

void ReplicationPage::setOutcomes(const models::OutcomeLag *outcomes)
{
    if (m_outcomes)
        m_outcomes->disconnect(this);
    m_outcomes = outcomes;
    if (outcomes)
        connect(outcomes, &models::OutcomeLag::changed, this, &ReplicationPage::takeOutcomes);
    for (const models::NodeTableModel::Node &node : m_nodes.nodes())
        takeOutcomes(node.text);
}

void ReplicationPage::takeOutcomes(const QString &node)
{
    const auto share = m_outcomes ? m_outcomes->share(node) : std::nullopt;
    m_nodes.setOutcomes(node, share);
    m_lag.setUsers(node, share ? std::optional(share->moved) : std::nullopt);
    showOutcomes();
}

/// Of the replica where most users get another answer; of how many others that is true too.
void ReplicationPage::showOutcomes()
{
    int worst = -1, others = -1;
    const auto &nodes = m_nodes.nodes();
    for (int row = 1; row < nodes.size(); ++row) {
        const auto share = m_nodes.outcomes(row);
        if (!share)
            continue;
        if (worst < 0 || share->moved > m_nodes.outcomes(worst)->moved)
            worst = row;
        others += share->moved > 0 ? 1 : 0;
    }
    m_outcomeText->setVisible(worst > 0);
    if (worst <= 0)
        return;
    const models::OutcomeShare share = *m_nodes.outcomes(worst);
    QString text = share.moved == 0 && nodes.size() > 2
                       ? tr("Users get the same answers on every replica that is known.")
                       : models::outcomesSentence(nodes[worst].name, share);
    if (others > 0)
        text += u' '
                + (others == 1 ? tr("So do users of another replica.")
                               : tr("So do users of %1 other replicas.").arg(others));
    m_outcomeText->setText(text);
}

void ReplicationPage::setWorkspace(const workspace::Workspace *workspace)
{
    m_flags->setWorkspace(workspace);
}

void ReplicationPage::chooseNode(const QString &text)
{
    m_flags->chooseReplica(text);
    m_rows->chooseReplica(text);
}

void ReplicationPage::take(const replication::NodeSample &sample)
{
    m_nodes.take(sample);
    m_lag.take(sample);
    m_rows->take(sample);
    if (m_watch.take(sample))
        showExcesses();
}

QString ReplicationPage::nameOf(const QString &text) const
{
    for (const models::NodeTableModel::Node &node : m_nodes.nodes()) {
        if (node.text == text)
            return node.name;
    }
    return text;
}

void ReplicationPage::showExcesses()
{
    const QList<models::LagWatch::Excess> excesses = m_watch.excesses();
    if (excesses.isEmpty())
        return m_message->clear();
    QStringList sentences;
    for (const models::LagWatch::Excess &excess : excesses) {
        const QString since =
            QDateTime::fromMSecsSinceEpoch(excess.sinceWall / 1'000'000).toString(u"HH:mm:ss"_qs);
        sentences.append(
            tr("%1 has been behind by more than its limit of %2 since %3.")
                .arg(nameOf(excess.node), replication::durationInWords(excess.limit), since));
    }
    m_message->showMessage({theme::State::Late, sentences.join(u' '), {}});
}

QString ReplicationPage::currentNode() const
{
    const int place =
        m_nodeViews->currentIndex() == 0 ? m_topology->currentRow() : m_table->currentIndex().row();
    return m_nodes.nodes().value(place).text;
}

void ReplicationPage::setLimit(const QString &node, std::optional<qint64> nanoseconds)
{
    m_watch.setLimit(node, nanoseconds);
    m_flags->setBudget(node, nanoseconds);
    showExcesses();
}

void ReplicationPage::askLimit()
{
    const QString node = currentNode();
    if (node.isEmpty())
        return;
    auto *dialog = new LimitDialog(nameOf(node), m_watch.limit(node), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, node] {
        setLimit(node, dialog->limit());
        emit limitChanged(node, dialog->limit());
    });
    dialog->open();
}

} // namespace edgewise::replicationpage
