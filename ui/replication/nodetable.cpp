// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/nodetable.h>
#include <replication/statelooks.h>
#include <theme/appearance.h>

#include <QHeaderView>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
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
    setObjectName(u"nodeTable"_qs);
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
    // For the widest word and figure, so that nothing moves when they change.
    const QFontMetrics metrics(theme::textFont());
    const auto widthFor = [&metrics](const QString &text) {
        return metrics.horizontalAdvance(text) + 2 * inside + grid;
    };
    setColumnWidth(NodeTableModel::NodeColumn, widthFor(u"replica-10"_qs));
    setColumnWidth(NodeTableModel::StateColumn,
                   widthFor(models::stateWord(replication::State::Foreign)) + iconSmall
                       + 2 * inside);
    setColumnWidth(NodeTableModel::FrameColumn, widthFor(u"100,000"_qs));
    setColumnWidth(NodeTableModel::FramesBehindColumn, widthFor(models::framesText(999)));
    setColumnWidth(NodeTableModel::BehindColumn, widthFor(u"59 min"_qs));
    setColumnWidth(NodeTableModel::OutcomesColumn, widthFor(tr("10,000 of 10,000")));
    setColumnWidth(NodeTableModel::RoundTripColumn, widthFor(u"Round trip"_qs));
    setIconSize({iconSmall, iconSmall});
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
