// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/toggle.h>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>

namespace edgewise::widgets {

using namespace theme::metrics;

QSize toggleSize()
{
    return {28, 16};
}

void drawToggle(QPainter *painter, const QRect &rect, bool on, bool enabled,
                const theme::Appearance &appearance)
{
    const theme::Tokens &tokens = appearance.tokens();
    QRectF track(QPointF(), toggleSize());
    track.moveCenter(QRectF(rect).center());
    track.adjust(0.5, 0.5, -0.5, -0.5);
    const double side = track.height() - 6;
    const QRectF knob(on ? track.right() - side - 3 : track.left() + 3, track.top() + 3, side,
                      side);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (!enabled)
        painter->setOpacity(0.5);
    painter->setPen(QPen(on ? tokens.ok : tokens.off, 1));
    painter->setBrush(on ? tokens.ok : tokens.surface);
    painter->drawRoundedRect(track, track.height() / 2, track.height() / 2);
    painter->setPen(Qt::NoPen);
    painter->setBrush(on ? tokens.surface : tokens.off);
    painter->drawEllipse(knob);
    painter->restore();
}

ToggleSwitch::ToggleSwitch(const theme::Appearance &appearance, QWidget *parent)
    : QAbstractButton(parent), m_appearance(appearance)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void ToggleSwitch::setWords(const QString &on, const QString &off)
{
    m_on = on;
    m_off = off;
    updateGeometry();
    update();
}

QSize ToggleSwitch::sizeHint() const
{
    const int words =
        std::max(fontMetrics().horizontalAdvance(m_on), fontMetrics().horizontalAdvance(m_off));
    return {toggleSize().width() + 2 * grid + (words > 0 ? words + inside : 0), row};
}

void ToggleSwitch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect track(grid, 0, toggleSize().width(), height());
    drawToggle(&painter, track, isChecked(), isEnabled(), m_appearance);
    painter.setPen(isEnabled() ? m_appearance.tokens().text : m_appearance.tokens().secondary);
    painter.drawText(rect().adjusted(track.right() + inside, 0, 0, 0), Qt::AlignVCenter,
                     isChecked() ? m_on : m_off);
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

ToggleDelegate::ToggleDelegate(const theme::Appearance &appearance, QObject *parent)
    : QStyledItemDelegate(parent), m_appearance(appearance)
{
}

void ToggleDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    const bool on = cell.checkState == Qt::Checked;
    cell.features &= ~QStyleOptionViewItem::HasCheckIndicator;
    cell.text.clear();
    const QWidget *view = cell.widget;
    view->style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, view);
    drawToggle(painter, option.rect, on, index.flags().testFlag(Qt::ItemIsUserCheckable),
               m_appearance);
}

QSize ToggleDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {toggleSize().width() + 2 * inside, row};
}

bool ToggleDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
                                 const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (!index.flags().testFlag(Qt::ItemIsUserCheckable)
        || !index.flags().testFlag(Qt::ItemIsEnabled))
        return false;
    bool turns = false;
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        QRect track(QPoint(), toggleSize());
        track.moveCenter(option.rect.center());
        // A little around it too: the switch is small, a miss would select the row.
        turns = mouse->button() == Qt::LeftButton
                && track.adjusted(-grid, -grid, grid, grid).contains(mouse->position().toPoint());
    } else if (event->type() == QEvent::KeyPress) {
        turns = static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space;
    }
    if (!turns)
        return false;
    const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace edgewise::widgets
