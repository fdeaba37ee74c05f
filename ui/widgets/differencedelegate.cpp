// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/differencedelegate.h>

#include <QPainter>
#include <QPen>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

QColor groundOf(Difference difference, const theme::Tokens &tokens)
{
    switch (difference) {
    case Difference::None:
        return {};
    case Difference::Added:
        return tokens.added;
    case Difference::Removed:
        return tokens.removed;
    case Difference::Changed:
        return tokens.changed;
    }
    Q_UNREACHABLE();
}

} // namespace

QString differenceSign(Difference difference)
{
    switch (difference) {
    case Difference::None:
        return {};
    case Difference::Added:
        return u"+"_qs;
    case Difference::Removed:
        return u"−"_qs;
    case Difference::Changed:
        return u"~"_qs;
    }
    Q_UNREACHABLE();
}

DifferenceDelegate::DifferenceDelegate(const theme::Appearance &appearance, LookOf lookOf,
                                       QObject *parent)
    : QStyledItemDelegate(parent), m_appearance(appearance), m_lookOf(std::move(lookOf))
{
}

void DifferenceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    const theme::Tokens &tokens = m_appearance.tokens();
    const Look look = m_lookOf(index);
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    const bool selected = cell.state.testFlag(QStyle::State_Selected);
    if (const QColor ground = groundOf(look.row, tokens); ground.isValid() && !selected)
        cell.backgroundBrush = ground;
    if (look.arrived > 0 && !selected) {
        QColor ground = tokens.added;
        ground.setAlphaF(float(look.arrived));
        cell.backgroundBrush = ground;
    }
    const QWidget *view = cell.widget;
    if (index.column() == m_gutterColumn) {
        const QRect gutter(cell.rect.left(), cell.rect.top(), iconLarge, cell.rect.height());
        QStyleOptionViewItem background(cell);
        background.text.clear();
        background.icon = {};
        background.features = {};
        view->style()->drawControl(QStyle::CE_ItemViewItem, &background, painter, view);
        painter->save();
        painter->setFont(theme::codeFont());
        painter->setPen(look.inFlight ? tokens.warn : tokens.text);
        painter->drawText(gutter, Qt::AlignCenter,
                          look.inFlight ? QString(theme::stateGlyph(theme::State::Warn))
                                        : differenceSign(look.row));
        painter->restore();
        cell.rect.setLeft(gutter.right());
        cell.backgroundBrush = {};
        cell.state &= ~QStyle::State_HasFocus;
    }
    view->style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, view);
    if (look.cellDiffers) {
        painter->save();
        painter->setPen(QPen(tokens.warn, 1, look.inFlight ? Qt::DashLine : Qt::SolidLine));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5));
        painter->restore();
    }
}

/// A check box stands behind the gutter, and is clicked where it stands.
bool DifferenceDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
                                     const QStyleOptionViewItem &option, const QModelIndex &index)
{
    QStyleOptionViewItem cell(option);
    if (index.column() == m_gutterColumn)
        cell.rect.setLeft(cell.rect.left() + iconLarge);
    return QStyledItemDelegate::editorEvent(event, model, cell, index);
}

QSize DifferenceDelegate::sizeHint(const QStyleOptionViewItem &option,
                                   const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    if (index.column() == m_gutterColumn)
        size.rwidth() += iconLarge;
    size.setHeight(std::max(size.height(), compactRow));
    return size;
}

} // namespace edgewise::widgets
