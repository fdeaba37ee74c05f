// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <window/environmentline.h>
#include <window/headerbar.h>

#include <QComboBox>
#include <QMenu>
#include <QToolButton>

namespace edgewise::window {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

QToolButton *actionButton(QAction *action, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(name);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setIconSize({iconLarge, iconLarge});
    return button;
}

} // namespace

HeaderBar::HeaderBar(const theme::Appearance &appearance, const Actions &actions, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_actions(actions),
      m_connection(new QToolButton(this)), m_namespace(new QComboBox(this)),
      m_access(new QToolButton(this)), m_changes(new QLabel(this)), m_review(new QPushButton(this))
{
    setObjectName(u"headerBar"_qs);
    m_connection->setObjectName(u"connectionButton"_qs);
    m_connection->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_connection->setIcon(appearance.icon(u"primary"_qs));
    m_connection->setAutoRaise(true);
    connect(m_connection, &QToolButton::clicked, this, &HeaderBar::showConnectionMenu);
    m_connection->setFocusPolicy(Qt::StrongFocus);
    m_namespace->setObjectName(u"namespaceSelector"_qs);
    m_namespace->setAccessibleName(tr("Namespace"));
    m_namespace->setToolTip(tr("Namespace"));
    m_namespace->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_namespace->setMinimumContentsLength(12);
    m_access->setObjectName(u"accessButton"_qs);
    m_access->setAutoRaise(true);
    m_access->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_access->setIconSize({iconSmall, iconSmall});
    m_changes->setObjectName(u"changeCount"_qs);
    m_review->setObjectName(u"reviewButton"_qs);
    m_review->setText(tr("Review"));
    connect(m_review, &QPushButton::clicked, actions.review, &QAction::trigger);
    connect(m_namespace, &QComboBox::textActivated, this, &HeaderBar::namespaceChosen);
    connect(m_access, &QToolButton::clicked, actions.unlock, &QAction::trigger);
    connect(actions.unlock, &QAction::changed, this, &HeaderBar::showAccess);

    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(between, inside, around, inside);
    line->setSpacing(inside);
    line->addWidget(m_connection);
    line->addWidget(m_namespace);
    line->addWidget(m_access);
    line->addStretch(1);
    QToolButton *find = actionButton(actions.find, u"findButton"_qs, this);
    find->setText(tr("Search…"));
    find->setToolTip(
        tr("Search or run (%1)").arg(actions.find->shortcut().toString(QKeySequence::NativeText)));
    find->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    find->setIconSize({iconSmall, iconSmall});
    line->addWidget(find);
    line->addStretch(1);
    line->addWidget(actionButton(actions.undo, u"undoButton"_qs, this));
    line->addWidget(actionButton(actions.redo, u"redoButton"_qs, this));
    line->addWidget(m_changes);
    line->addWidget(m_review);
    setConnection(tr("not connected"), {}, theme::Environment::Local);
    setChangeCount(0);
    showAccess();
}

void HeaderBar::setConnection(const QString &name, const QString &address,
                              theme::Environment environment)
{
    const QString word = environmentWord(environment);
    const QString text = word.isEmpty() ? name : name + u" · "_qs + word;
    m_connection->setText(QString(text).replace(u'&', u"&&"_qs) + u" ▾"_qs);
    m_connection->setToolTip(address);
    m_connection->setAccessibleName(tr("Connection %1").arg(text));
    QPalette colours;
    if (environment != theme::Environment::Local)
        colours.setColor(QPalette::ButtonText, m_appearance.theme().environment(environment));
    m_connection->setPalette(colours);
}

void HeaderBar::setNamespaces(const QStringList &keys, const QString &current)
{
    const QSignalBlocker blocker(m_namespace);
    m_namespace->clear();
    m_namespace->addItems(keys);
    m_namespace->setCurrentText(current);
    m_namespace->setEnabled(!keys.isEmpty());
}

void HeaderBar::setChangeCount(int count)
{
    m_changes->setText(count == 0   ? QString()
                       : count == 1 ? tr("1 change")
                                    : tr("%1 changes").arg(locale().toString(count)));
    m_review->setEnabled(count > 0);
    m_review->setDefault(count > 0);
}

void HeaderBar::setConnectionMenu(QMenu *menu)
{
    m_menu = menu;
}

/// Not the button's own menu, whose event loop would stand within the click.
void HeaderBar::showConnectionMenu()
{
    if (m_menu)
        m_menu->popup(m_connection->mapToGlobal(m_connection->rect().bottomLeft()));
}

void HeaderBar::showAccess()
{
    const bool writable = m_actions.unlock->isChecked();
    m_access->setText(writable ? tr("Unlocked") : tr("Read-only"));
    m_access->setIcon(m_appearance.icon(writable ? u"unlock"_qs : u"lock"_qs));
    m_access->setEnabled(m_actions.unlock->isEnabled());
    m_access->setToolTip(m_actions.unlock->toolTip());
    m_access->setAccessibleName(m_access->text());
    m_access->setAccessibleDescription(m_actions.unlock->toolTip());
}

void HeaderBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_appearance.tokens().border);
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

} // namespace edgewise::window
