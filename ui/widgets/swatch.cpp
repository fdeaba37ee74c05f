// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/swatch.h>

#include <QPainter>

namespace edgewise::widgets {

Swatch::Swatch(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance)
{
    setFixedSize(theme::metrics::between, theme::metrics::between);
}

void Swatch::setIndex(int index)
{
    m_index = index;
    update();
}

void Swatch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_appearance.tokens().border);
    if (m_index < 0)
        painter.setBrush(QBrush(m_appearance.theme().variant(m_index), Qt::BDiagPattern));
    else
        painter.setBrush(m_appearance.theme().variant(m_index));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace edgewise::widgets
