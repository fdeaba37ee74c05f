// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/keylabel.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>
#include <QToolButton>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

KeyLabel::KeyLabel(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_font(theme::codeFont()), m_copy(new QToolButton(this))
{
    m_copy->setObjectName(u"copyKey"_qs);
    m_copy->setIcon(appearance.icon(u"copy"_qs));
    m_copy->setAutoRaise(true);
    m_copy->setToolTip(tr("Copy the key"));
    m_copy->setAccessibleName(tr("Copy the key"));
    connect(m_copy, &QToolButton::clicked, this, &KeyLabel::copy);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->addStretch();
    line->addWidget(m_copy);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void KeyLabel::setKey(const QString &key)
{
    m_key = key;
    setAccessibleName(tr("Key %1").arg(key));
    setToolTip(key);
    updateGeometry();
    update();
}

QSize KeyLabel::sizeHint() const
{
    const int wanted = QFontMetrics(m_font).horizontalAdvance(m_key);
    return {std::min(wanted, 320) + inside + m_copy->sizeHint().width(), row};
}

void KeyLabel::copy()
{
    QGuiApplication::clipboard()->setText(m_key);
}

void KeyLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(m_font);
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const QRect room = rect().adjusted(0, 0, -m_copy->width() - grid, 0);
    painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     QFontMetrics(m_font).elidedText(m_key, Qt::ElideMiddle, room.width()));
}

} // namespace edgewise::widgets
