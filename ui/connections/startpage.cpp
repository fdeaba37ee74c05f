// SPDX-License-Identifier: GPL-3.0-or-later
#include <connections/startpage.h>
#include <theme/theme.h>
#include <widgets/busyindicator.h>

#include <QAction>
#include <QListWidget>

namespace edgewise::connections {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

QPushButton *buttonOf(QAction *action, QWidget *parent)
{
    auto *button = new QPushButton(action->icon(), action->text(), parent);
    button->setObjectName(u"start_"_qs + action->objectName());
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace

StartPage::StartPage(const theme::Appearance &appearance, QAction *open, QAction *lab,
                     QWidget *parent)
    : QWidget(parent), m_buttons(new QWidget(this)),
      m_busy(new widgets::BusyIndicator(appearance, this)),
      m_recentTitle(new QLabel(tr("Recent"), this)), m_recent(new QListWidget(this))
{
    setObjectName(u"startPage"_qs);
    auto *title = new QLabel(u"Edgewise"_qs, this);
    title->setFont(theme::textFont(theme::TextSize::Title, QFont::DemiBold));
    auto *sentence = new QLabel(tr("Open the database of a Flipt: an sqld primary with its "
                                   "replicas, or a SQLite file. A lab runs a primary and a "
                                   "replica on this machine, to try everything out."),
                                this);
    sentence->setWordWrap(true);
    QPushButton *openButton = buttonOf(open, this);
    openButton->setDefault(true);
    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins({});
    buttons->addWidget(openButton);
    buttons->addWidget(buttonOf(lab, this));
    buttons->addStretch();
    m_recent->setObjectName(u"recentConnections"_qs);
    m_recent->setAccessibleName(tr("Recent connections"));
    m_recent->setFont(theme::codeFont());
    m_recentTitle->setBuddy(m_recent);
    m_recentTitle->setForegroundRole(QPalette::PlaceholderText);

    auto *content = new QWidget(this);
    content->setMaximumWidth(560);
    auto *column = new QVBoxLayout(content);
    column->setSpacing(between);
    column->addStretch(1);
    column->addWidget(title);
    column->addWidget(sentence);
    column->addWidget(m_buttons);
    column->addWidget(m_busy);
    column->addSpacing(between);
    column->addWidget(m_recentTitle);
    column->addWidget(m_recent, 1);
    column->addStretch(1);
    auto *row = new QHBoxLayout(this);
    row->addStretch(1);
    row->addWidget(content, 4);
    row->addStretch(1);
    connect(m_recent, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { emit recentChosen(item->text()); });
    setRecent({});
}

void StartPage::showBusy(const QString &what)
{
    m_buttons->hide();
    m_recent->hide();
    m_recentTitle->hide();
    m_busy->start(what);
}

void StartPage::setRecent(const QStringList &addresses)
{
    m_recent->clear();
    m_recent->addItems(addresses);
    m_recent->setVisible(!addresses.isEmpty());
    m_recentTitle->setVisible(!addresses.isEmpty());
}

} // namespace edgewise::connections
