// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/cardhandle.h>
#include <theme/appearance.h>

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOption>

namespace edgewise::flagspage {

using namespace theme::metrics;

CardHandle::CardHandle(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance)
{
    setObjectName(QStringLiteral("cardHandle"));
    setFixedSize(iconSmall + between + grid, row);
    setFont(theme::textFont(theme::TextSize::Body, QFont::DemiBold));
}

void CardHandle::setNumber(int number)
{
    m_number = number;
    update();
}

void CardHandle::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Tokens &tokens = m_appearance.tokens();
    if (isEnabled())
        m_appearance.drawIcon(&painter, QRect(0, (height() - iconSmall) / 2, iconSmall, iconSmall),
                              QStringLiteral("drag"), tokens.secondary);
    painter.setPen(tokens.secondary);
    painter.drawText(rect().adjusted(iconSmall, 0, -2, 0), Qt::AlignRight | Qt::AlignVCenter,
                     locale().toString(m_number));
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(tokens.accent, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
    }
}

void CardHandle::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Up)
        emit stepRequested(-1);
    else if (event->key() == Qt::Key_Down)
        emit stepRequested(1);
    else
        QWidget::keyPressEvent(event);
}

void CardHandle::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->pos();
    m_isDragging = false;
    setCursor(Qt::ClosedHandCursor);
}

void CardHandle::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    m_isDragging =
        m_isDragging
        || (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (m_isDragging)
        emit dragged(event->globalPosition().toPoint().y());
}

void CardHandle::mouseReleaseEvent(QMouseEvent *)
{
    setCursor(Qt::OpenHandCursor);
    if (std::exchange(m_isDragging, false))
        emit dropped();
}

} // namespace edgewise::flagspage
