// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/card.h>

#include <QPainter>

namespace edgewise::widgets {

using namespace theme::metrics;

SectionHeader::SectionHeader(const theme::Appearance &appearance, const QString &title,
                             QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_title(new QLabel(title, this)),
      m_row(new QHBoxLayout(this))
{
    m_title->setFont(theme::textFont(theme::TextSize::Body, QFont::DemiBold));
    m_title->setTextFormat(Qt::PlainText);
    m_row->setContentsMargins({});
    m_row->setSpacing(inside);
    m_row->addWidget(m_title);
    m_row->addStretch();
    setFixedHeight(row);
}

void SectionHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void SectionHeader::addWidget(QWidget *widget)
{
    m_row->addWidget(widget);
}

void SectionHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_appearance.tokens().border);
    const int y = height() / 2;
    int right = width();
    for (int i = 2; i < m_row->count(); ++i)
        if (const QWidget *widget = m_row->itemAt(i)->widget(); widget && widget->isVisible())
            right = std::min(right, widget->x() - inside);
    painter.drawLine(m_title->geometry().right() + inside, y, right, y);
}

Card::Card(const theme::Appearance &appearance, QWidget *parent)
    : QFrame(parent), m_appearance(appearance), m_content(new QVBoxLayout(this))
{
    m_content->setContentsMargins(between, between, between, between);
    m_content->setSpacing(inside);
}

Card::Card(const theme::Appearance &appearance, const QString &title, QWidget *parent)
    : Card(appearance, parent)
{
    m_header = new SectionHeader(appearance, title, this);
    m_content->addWidget(m_header);
}

void Card::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = m_appearance.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.border);
    painter.setBrush(tokens.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace edgewise::widgets
