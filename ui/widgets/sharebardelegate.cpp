// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/sharetreemodel.h>
#include <theme/appearance.h>
#include <widgets/sharebardelegate.h>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::ShareTreeModel;

namespace {
constexpr int barThickness = 12;
constexpr int markOverhang = 3; ///< of the configured share's mark over the bar
constexpr int whiskerHalf = 3;
} // namespace

ShareBarDelegate::ShareBarDelegate(const theme::Appearance &appearance, QObject *parent)
    : QStyledItemDelegate(parent), m_appearance(appearance)
{
}

QSize ShareBarDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), row};
}

void ShareBarDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.data(ShareTreeModel::GroupRole).toBool()) {
        const bool isTitle = index.column() == ShareTreeModel::AnswerColumn;
        option->font =
            theme::textFont(theme::TextSize::Body, isTitle ? QFont::DemiBold : QFont::Normal);
        option->displayAlignment =
            (index.column() > ShareTreeModel::BarColumn ? Qt::AlignRight : Qt::AlignLeft)
            | Qt::AlignVCenter;
        return;
    }
    if (index.column() == ShareTreeModel::AnswerColumn)
        option->font = theme::codeFont();
    if (index.column() == ShareTreeModel::IntervalColumn
        || index.column() == ShareTreeModel::ConfiguredColumn)
        option->palette.setColor(QPalette::Text, m_appearance.tokens().secondary);
}

void ShareBarDelegate::paintBar(QPainter &painter, const QRectF &track,
                                const QModelIndex &index) const
{
    const theme::Tokens &tokens = m_appearance.tokens();
    const auto xOf = [&](int role) {
        return track.left() + track.width() * index.data(role).toDouble();
    };
    painter.setPen(tokens.border);
    painter.setBrush(tokens.ground);
    painter.drawRect(track);
    const int colour = index.data(ShareTreeModel::ColourRole).toInt();
    const QColor fill = m_appearance.theme().variant(colour);
    const double end = xOf(ShareTreeModel::ActualRole);
    if (end > track.left()) {
        painter.setPen(tokens.text);
        painter.setBrush(colour < 0 ? QBrush(fill, Qt::BDiagPattern) : QBrush(fill));
        painter.drawRect(QRectF(track.left(), track.top(), end - track.left(), track.height()));
    }
    // The whisker on the ground of the page, so that it is seen on every fill.
    const double middle = track.center().y();
    const double low = xOf(ShareTreeModel::LowRole);
    const double high = xOf(ShareTreeModel::HighRole);
    for (const auto &[pen, reach] :
         {std::pair(QPen(tokens.surface, 3), 1), {QPen(tokens.text, 1), 0}}) {
        painter.setPen(pen);
        painter.drawLine(QPointF(low, middle), QPointF(high, middle));
        for (const double x : {low, high})
            painter.drawLine(QPointF(x, middle - whiskerHalf - reach),
                             QPointF(x, middle + whiskerHalf + reach));
    }
    if (!index.data(ShareTreeModel::ConfiguredRole).isValid())
        return;
    const double mark = xOf(ShareTreeModel::ConfiguredRole);
    painter.setPen(QPen(tokens.accent, 2));
    painter.drawLine(QPointF(mark, track.top() - markOverhang),
                     QPointF(mark, track.bottom() + markOverhang));
}

void ShareBarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (index.column() != ShareTreeModel::BarColumn
        || index.data(ShareTreeModel::GroupRole).toBool())
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect cell = option.rect.adjusted(grid, 0, -inside, 0);
    const QRectF track(cell.left() + 0.5, cell.center().y() - barThickness / 2 + 0.5,
                       cell.width() - 1, barThickness);
    paintBar(*painter, track, index);
    painter->restore();
}

} // namespace edgewise::widgets
