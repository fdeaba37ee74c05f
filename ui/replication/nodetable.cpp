// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/nodetable.h>
#include <replication/statelooks.h>
#include <theme/appearance.h>

#include <QHeaderView>

namespace edgewise::replicationpage {

using namespace theme::metrics;
using models::NodeTableModel;

NodeLooks::NodeLooks(const theme::Appearance &appearance, QObject *parent)
    : QIdentityProxyModel(parent), m_appearance(appearance)
{
}

QVariant NodeLooks::data(const QModelIndex &index, int role) const
{
    if (role == Qt::DecorationRole && index.column() == NodeTableModel::StateColumn) {
        const QVariant state = QIdentityProxyModel::data(index, NodeTableModel::StateRole);
        return m_appearance.stateIcon(state.isNull() ? theme::State::Off
                                                     : lookOf(replication::State(state.toInt())));
    }
    return QIdentityProxyModel::data(index, role);
}

NodeTable::NodeTable(const theme::Appearance &appearance, NodeTableModel &model, QWidget *parent)
    : QTableView(parent)
{
    setObjectName(QStringLiteral("nodeTable"));
    setAccessibleName(tr("Nodes"));
    auto *looks = new NodeLooks(appearance, this);
    looks->setSourceModel(&model);
    setModel(looks);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setFrameShape(NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(row);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    horizontalHeader()->setStretchLastSection(true);
    // Fixed for the widest word and figure, so that nothing moves when they change.
    const QFontMetrics metrics(theme::textFont());
    const int padding = 4 * inside;
    setColumnWidth(NodeTableModel::NodeColumn,
                   metrics.horizontalAdvance(QStringLiteral("replica-10")) + padding);
    setColumnWidth(NodeTableModel::StateColumn,
                   metrics.horizontalAdvance(models::stateWord(replication::State::Foreign))
                       + iconSmall + padding);
    setColumnWidth(NodeTableModel::FrameColumn,
                   metrics.horizontalAdvance(QStringLiteral("1,000,000")) + padding / 2);
    setColumnWidth(NodeTableModel::FramesBehindColumn,
                   metrics.horizontalAdvance(tr("Frames behind")) + padding);
    connect(this, &QTableView::activated, this, [this](const QModelIndex &index) {
        emit nodeChosen(index.data(NodeTableModel::NodeRole).toString());
    });
}

QSize NodeTable::sizeHint() const
{
    int width = 2 * frameWidth();
    for (int column = 0; column < NodeTableModel::ColumnCount; ++column)
        width += columnWidth(column);
    const int rows = std::clamp(model()->rowCount(), 2, 8);
    return {width, horizontalHeader()->sizeHint().height() + (rows + 1) * theme::metrics::row};
}

} // namespace edgewise::replicationpage
