// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/statechip.h>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

StateChip::StateChip(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
}

void StateChip::setState(theme::State state, const QString &text, const QString &word,
                         const QString &why)
{
    const bool sameLook = state == m_state && text == m_text;
    m_state = state;
    m_text = text;
    setToolTip(why.isEmpty() ? word : word + u'\n' + why);
    setAccessibleName(text + u", "_qs + word);
    setAccessibleDescription(why);
    if (sameLook)
        return;
    const int width = fontMetrics().horizontalAdvance(text);
    if (width > m_textWidth) {
        m_textWidth = width;
        updateGeometry();
    }
    update();
}

void StateChip::resetWidth()
{
    m_textWidth = fontMetrics().horizontalAdvance(m_text);
    updateGeometry();
}

QSize StateChip::sizeHint() const
{
    return {grid + iconSmall + grid + m_textWidth + inside, compactRow};
}

void StateChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect icon(grid, (height() - iconSmall) / 2, iconSmall, iconSmall);
    m_appearance.drawIcon(&painter, icon, theme::stateIconName(m_state),
                          m_appearance.theme().state(m_state));
    painter.setPen(m_appearance.tokens().text);
    painter.drawText(rect().adjusted(grid + iconSmall + grid, 0, 0, 0),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, m_text);
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

void StateChip::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        emit clicked();
}

void StateChip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space || event->key() == Qt::Key_Return)
        emit clicked();
    else
        QWidget::keyPressEvent(event);
}

} // namespace edgewise::widgets
