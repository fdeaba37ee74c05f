// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <widgets/messagebar.h>

#include <QAccessible>
#include <QLayoutItem>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;

namespace {

QColor groundOf(theme::State state, const theme::Tokens &tokens)
{
    switch (state) {
    case theme::State::Ok:
        return tokens.added;
    case theme::State::Bad:
        return tokens.removed;
    case theme::State::Warn:
    case theme::State::Late:
        return tokens.changed;
    case theme::State::Off:
    case theme::State::Foreign:
        return tokens.surface;
    }
    Q_UNREACHABLE();
}

QLabel *plainLabel(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

MessageBar::MessageBar(const theme::Appearance &appearance, QWidget *parent)
    : QFrame(parent), m_appearance(appearance), m_icon(new QLabel(this)),
      m_what(plainLabel(u"messageWhat"_qs, this)), m_why(plainLabel(u"messageWhy"_qs, this)),
      m_buttons(new QHBoxLayout), m_close(new QToolButton(this))
{
    setObjectName(u"messageBar"_qs);
    setAccessibleName(tr("Message"));
    m_what->setFont(theme::textFont(theme::TextSize::Body, QFont::DemiBold));
    m_close->setObjectName(u"messageClose"_qs);
    m_close->setAccessibleName(tr("Close the message"));
    m_close->setToolTip(tr("Close the message"));
    m_close->setIcon(appearance.icon(u"close"_qs));
    m_close->setAutoRaise(true);
    m_buttons->setSpacing(theme::metrics::inside);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(theme::metrics::grid / 2);
    texts->addWidget(m_what);
    texts->addWidget(m_why);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme::metrics::between, theme::metrics::inside, theme::metrics::inside,
                            theme::metrics::inside);
    row->setSpacing(theme::metrics::inside);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addLayout(m_buttons);
    row->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::clear);
    hide();
}

void MessageBar::showMessage(const Message &message, const QList<QAction *> &remedies)
{
    m_message = message;
    m_shown = true;
    m_icon->setPixmap(m_appearance.stateIcon(message.state)
                          .pixmap(QSize(theme::metrics::iconSmall, theme::metrics::iconSmall),
                                  devicePixelRatioF()));
    m_what->setText(message.what);
    m_why->setText(message.why);
    m_why->setVisible(!message.why.isEmpty());
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (QAction *remedy : remedies) {
        auto *button = new QPushButton(remedy->icon(), remedy->text(), this);
        button->setObjectName(u"remedy_"_qs + remedy->objectName());
        button->setEnabled(remedy->isEnabled());
        connect(button, &QPushButton::clicked, remedy, &QAction::trigger);
        m_buttons->addWidget(button);
    }
    setAccessibleDescription(message.why.isEmpty() ? message.what
                                                   : message.what + u' ' + message.why);
    show();
    update();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::clear()
{
    if (!m_shown)
        return;
    m_shown = false;
    m_message = {};
    hide();
    emit cleared();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = m_appearance.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_appearance.theme().state(m_message.state));
    painter.setBrush(groundOf(m_message.state, tokens));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme::metrics::radius,
                            theme::metrics::radius);
}

} // namespace edgewise::widgets
