// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/whenready.h>
#include <connections/connectionform.h>
#include <connections/connectionspage.h>
#include <connections/diagnosisview.h>
#include <flipt/address.h>
#include <messages/sentence.h>
#include <secrets/tokenstore.h>
#include <settings/settings.h>
#include <theme/appearance.h>
#include <widgets/messagebar.h>
#include <workspace/compose.h>

#include <QAction>
#include <QFile>
#include <QFileDialog>
#include <QListWidget>
#include <QScrollArea>
#include <QSplitter>

namespace edgewise::connections {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using secrets::TokenStore;
using workspace::Workspace;

QString nodeTokenName(const QString &primary)
{
    return primary;
}

QString fliptTokenName(const QString &primary)
{
    return u"flipt "_qs + primary;
}

ConnectionsPage::ConnectionsPage(const theme::Appearance &appearance, settings::Settings &settings,
                                 TokenStore *tokens, const Clock &clock, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_settings(settings), m_tokens(tokens),
      m_clock(clock),
      m_import(new QAction(appearance.icon(u"add"_qs), tr("Import docker-compose.yml…"), this)),
      m_messages(new widgets::MessageBar(appearance, this)), m_list(new QListWidget(this)),
      m_form(new ConnectionForm(appearance, this)),
      m_diagnosis(new DiagnosisView(appearance, clock, this)),
      m_forget(new QPushButton(tr("Forget"), this))
{
    setObjectName(u"connectionsPage"_qs);
    m_import->setObjectName(u"importCompose"_qs);
    connect(m_import, &QAction::triggered, this, &ConnectionsPage::askWhatToImport);
    auto *splitter = new QSplitter(this);
    splitter->setObjectName(u"connectionsSplitter"_qs);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(createList());
    splitter->addWidget(createSide());
    splitter->setStretchFactor(1, 1);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(between);
    column->addWidget(m_messages);
    column->addWidget(splitter, 1);
    m_form->setTokenHint(
        m_tokens
            ? tr("Kept in the system's keychain; where there is none, asked for at each start.")
            : tr("Not kept."));
    connect(m_form, &ConnectionForm::changed, this, [this] {
        for (QPushButton *button : std::as_const(m_needValid))
            button->setEnabled(m_form->isValid());
    });
    connect(m_diagnosis, &DiagnosisView::finished, this, [this](int failed) {
        failed == 0
            ? say(theme::State::Ok, tr("Everything that was looked at is well."))
            : say(theme::State::Bad, failed == 1 ? tr("One thing does not work.")
                                                 : tr("%1 things do not work.").arg(failed));
    });
    connect(&m_settings, &settings::Settings::changed, this, [this](const QString &key) {
        if (key == settings::recentConnections.key)
            showRecent();
    });
    showRecent();
}

QWidget *ConnectionsPage::createList()
{
    auto *side = new QWidget(this);
    auto *add = new QPushButton(m_appearance.icon(u"add"_qs), tr("New"), side);
    add->setObjectName(u"newConnection"_qs);
    connect(add, &QPushButton::clicked, this, &ConnectionsPage::startNew);
    auto *import = new QPushButton(tr("Import…"), side);
    import->setObjectName(u"importConnection"_qs);
    import->setToolTip(m_import->text());
    connect(import, &QPushButton::clicked, m_import, &QAction::trigger);
    m_list->setObjectName(u"connectionList"_qs);
    m_list->setAccessibleName(tr("Connections"));
    m_list->setTextElideMode(Qt::ElideMiddle);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
        if (item)
            m_form->setValue(
                settings::connectionSettings(m_settings, item->data(Qt::UserRole).toString()));
        m_forget->setEnabled(item != nullptr);
    });
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(inside);
    buttons->addWidget(add);
    buttons->addWidget(import);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addLayout(buttons);
    column->addWidget(m_list, 1);
    return side;
}

QWidget *ConnectionsPage::createSide()
{
    const auto button = [this](const QString &name, const QString &text,
                               void (ConnectionsPage::*run)()) {
        auto *made = new QPushButton(text, this);
        made->setObjectName(name);
        connect(made, &QPushButton::clicked, this, run);
        m_needValid.append(made);
        return made;
    };
    auto *open = new QPushButton(tr("Open"), this);
    open->setObjectName(u"openConnection"_qs);
    connect(open, &QPushButton::clicked, this, [this] {
        keep();
        emit openWanted(m_form->value());
    });
    m_needValid.append(open);
    m_forget->setObjectName(u"forgetConnection"_qs);
    m_forget->setEnabled(false);
    connect(m_forget, &QPushButton::clicked, this, &ConnectionsPage::forget);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(inside);
    buttons->addWidget(open);
    buttons->addWidget(button(u"testConnection"_qs, tr("Test"), &ConnectionsPage::test));
    buttons->addWidget(button(u"keepConnection"_qs, tr("Save"), &ConnectionsPage::keep));
    buttons->addStretch();
    buttons->addWidget(m_forget);
    for (QPushButton *each : std::as_const(m_needValid))
        each->setEnabled(m_form->isValid());

    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(between, 0, 0, 0);
    column->setSpacing(between);
    column->addWidget(m_form);
    column->addLayout(buttons);
    column->addWidget(m_diagnosis, 1);
    m_diagnosis->setMinimumHeight(6 * row);
    m_diagnosis->hide(); // until there is something to say
    column->addStretch();
    auto *area = new QScrollArea(this);
    area->setObjectName(u"connectionArea"_qs);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(content);
    return area;
}

void ConnectionsPage::showRecent()
{
    const QString current = m_form->value().primary;
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    const QStringList addresses = m_settings.value(settings::recentConnections);
    for (const QString &address : addresses) {
        const QString name = settings::connectionSettings(m_settings, address).name;
        auto *item = new QListWidgetItem(name.isEmpty() ? address : name, m_list);
        item->setData(Qt::UserRole, address);
        item->setToolTip(address);
        item->setSizeHint({0, row});
        if (address == current)
            m_list->setCurrentItem(item);
    }
    m_forget->setEnabled(m_list->currentItem() != nullptr);
}

void ConnectionsPage::choose(const QString &primary)
{
    m_form->setValue(settings::connectionSettings(m_settings, primary));
    showRecent();
}

void ConnectionsPage::startNew()
{
    m_list->setCurrentItem(nullptr);
    m_form->setValue({});
    m_form->findChild<QLineEdit *>(u"connectionPrimary"_qs)->setFocus();
}

void ConnectionsPage::test()
{
    m_messages->clear();
    // What was typed just now, else what is kept.
    if (!m_tokens || (!m_form->nodeToken().isEmpty() && !m_form->fliptToken().isEmpty()))
        return testWith(m_form->nodeToken(), m_form->fliptToken());
    using Kept = Result<std::optional<Token>>;
    const QString primary = m_form->value().primary;
    const auto tokenOf = [](const Token &typed, const Kept &kept) {
        return typed.isEmpty() && kept && *kept ? **kept : typed;
    };
    whenReady(m_tokens->read(nodeTokenName(primary)), this,
              [this, primary, tokenOf](const Kept &nodes) {
                  whenReady(m_tokens->read(fliptTokenName(primary)), this,
                            [this, tokenOf, nodes](const Kept &flipts) {
                                testWith(tokenOf(m_form->nodeToken(), nodes),
                                         tokenOf(m_form->fliptToken(), flipts));
                            });
              });
}

void ConnectionsPage::testWith(const Token &nodeToken, const Token &fliptToken)
{
    const settings::ConnectionSettings connection = m_form->value();
    const Result<workspace::Route> route =
        workspace::Route::read(connection.authoritiesFile, connection.proxy);
    if (!route)
        return say(theme::State::Bad, messages::sentence(route.error()));
    store::ConnectionOptions options;
    options.token = nodeToken;
    options.authoritiesFile = connection.authoritiesFile;
    options.proxy = connection.proxy;
    QList<Workspace::Node> nodes;
    for (const QString &address : QStringList{connection.primary} + connection.replicas)
        if (const Result<store::Source> source = store::Source::parse(address))
            nodes.append({address, *source, options});
    QList<workspace::FliptFeed::Address> flipts;
    for (const QString &address : connection.flipts)
        if (const Result<QUrl> url = flipt::parseAddress(address))
            flipts.append({address, *url, fliptToken, {}, *route});
    m_diagnosis->show();
    m_diagnosis->test(nodes, flipts);
}

void ConnectionsPage::keep()
{
    const settings::ConnectionSettings connection = m_form->value();
    settings::keep(m_settings, connection);
    m_settings.rememberConnection(connection.primary);
    showRecent();
    const auto keepToken = [this](const QString &name, const Token &token) {
        if (!m_tokens || token.isEmpty())
            return;
        whenReady(m_tokens->write(name, token), this, [this](const Result<TokenStore::Kept> &kept) {
            if (!kept)
                say(theme::State::Late, tr("The keychain did not take the token."),
                    messages::sentence(kept.error()));
            else if (*kept == TokenStore::Kept::UntilExit)
                say(theme::State::Late,
                    tr("This system has no keychain: the token is asked for at each start."));
        });
    };
    keepToken(nodeTokenName(connection.primary), m_form->nodeToken());
    keepToken(fliptTokenName(connection.primary), m_form->fliptToken());
}

void ConnectionsPage::forget()
{
    const QString primary = m_form->value().primary;
    settings::forgetConnection(m_settings, primary);
    if (m_tokens) {
        m_tokens->remove(nodeTokenName(primary));
        m_tokens->remove(fliptTokenName(primary));
    }
    m_form->setValue({});
    showRecent();
}

void ConnectionsPage::askWhatToImport()
{
    auto *dialog = new QFileDialog(this, tr("Import docker-compose.yml"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Compose files (*.yml *.yaml)"));
    connect(dialog, &QFileDialog::fileSelected, this, &ConnectionsPage::importFile);
    dialog->open();
}

void ConnectionsPage::importFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return say(theme::State::Bad, tr("%1 cannot be read.").arg(path), file.errorString());
    const auto connection = workspace::connectionOfCompose(file.readAll());
    if (!connection)
        return say(theme::State::Bad, messages::sentence(connection.error()));
    m_list->setCurrentItem(nullptr);
    m_form->setValue(*connection);
    say(theme::State::Ok, tr("Taken from the file. Test it, then open it."));
}

void ConnectionsPage::say(theme::State state, const QString &what, const QString &why)
{
    m_messages->showMessage({state, what, why});
}

} // namespace edgewise::connections
