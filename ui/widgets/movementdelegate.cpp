// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/movementmodel.h>
#include <theme/appearance.h>
#include <widgets/movementdelegate.h>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::MovementModel;

namespace {
constexpr int cellWidth = 72;
} // namespace

MovementDelegate::MovementDelegate(const theme::Appearance &appearance, QObject *parent)
    : QStyledItemDelegate(parent), m_appearance(appearance)
{
}

QSize MovementDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize hint = QStyledItemDelegate::sizeHint(option, index);
    return {std::max(cellWidth, hint.width() + between), row};
}

void MovementDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const theme::Tokens &tokens = m_appearance.tokens();
    const bool isEmpty = index.data(MovementModel::CountRole).toLongLong() == 0;
    if (index.data(MovementModel::SumRole).toBool()) {
        option->backgroundBrush = tokens.ground;
        option->palette.setColor(QPalette::Text, tokens.secondary);
    } else if (isEmpty) {
        option->text = u"–"_qs;
        option->palette.setColor(QPalette::Text, tokens.secondary);
    } else if (index.data(MovementModel::MovedRole).toBool()) {
        option->backgroundBrush = tokens.changed;
        option->font = theme::textFont(theme::TextSize::Body, QFont::DemiBold);
        option->text = u"~ "_qs + option->text;
    } else {
        option->palette.setColor(QPalette::Text, tokens.secondary);
    }
}

} // namespace edgewise::widgets
