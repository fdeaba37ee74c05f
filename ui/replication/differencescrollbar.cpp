// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/differencescrollbar.h>
#include <theme/appearance.h>

#include <QPainter>

namespace edgewise::replicationpage {

DifferenceScrollBar::DifferenceScrollBar(const theme::Appearance &appearance, QWidget *parent)
    : QScrollBar(Qt::Vertical, parent), m_appearance(appearance)
{
}

void DifferenceScrollBar::setMarks(const QList<int> &rows, int count)
{
    m_rows = rows;
    m_count = count;
    update();
}

void DifferenceScrollBar::paintEvent(QPaintEvent *event)
{
    QScrollBar::paintEvent(event);
    if (m_count == 0)
        return;
    QPainter painter(this);
    int drawn = -1;
    for (const int row : m_rows) {
        const int y = int(qint64(row) * (height() - 2) / m_count);
        if (y == drawn) // a thousand in one pixel are one mark
            continue;
        drawn = y;
        painter.fillRect(2, y, width() - 4, 2, m_appearance.tokens().warn);
    }
}

} // namespace edgewise::replicationpage
