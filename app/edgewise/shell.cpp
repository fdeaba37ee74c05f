// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell.h"

#include "diagnostics.h"
#include "labdesk.h"
#include "logtail.h"

#include <base/whenready.h>
#include <connections/connectionspage.h>
#include <connections/environments.h>
#include <connections/startpage.h>
#include <connections/tokendialog.h>
#include <features/parse.h>
#include <flipt/address.h>
#include <lab/lab.h>
#include <messages/sentence.h>
#include <sample/sampleworkspace.h>
#include <secrets/tokenstore.h>
#include <settings/settings.h>
#include <theme/appearance.h>
#include <widgets/messagebar.h>
#include <window/diagnosticsdialog.h>
#include <window/headerbar.h>
#include <window/mainwindow.h>

#include <QAction>
#include <QActionGroup>
#include <QFile>

namespace edgewise {

using namespace Qt::StringLiterals;
using window::MainWindow;

namespace {

/// A short name for people: host and port, or the file's name.
QString nameOf(const store::Source &source)
{
    if (source.kind == store::Source::Kind::Node)
        return source.url.authority(QUrl::FullyEncoded);
    return source.path.section(u'/', -1);
}

Result<workspace::Workspace::Node> nodeOf(const QString &address, const QString &name = {},
                                          const store::ConnectionOptions &options = {})
{
    const Result<store::Source> source = store::Source::parse(address);
    if (!source)
        return source.error();
    return workspace::Workspace::Node{name.isEmpty() ? nameOf(*source) : name, *source, options};
}

} // namespace

Shell::Shell(Options options, MainWindow &window, const theme::Appearance &appearance,
             settings::Settings &settings, const Clock &clock, store::Journal *journal,
             secrets::TokenStore *tokens, QObject *parent)
    : QObject(parent), m_options(std::move(options)), m_window(window), m_appearance(appearance),
      m_settings(settings), m_clock(clock), m_journal(journal), m_tokens(tokens)
{
    createActions();
    m_desk = std::make_unique<LabDesk>(m_window, m_appearance, m_lab);
    connect(m_desk.get(), &LabDesk::nodesChanged, this, &Shell::reopenLab);
    // By the event loop: the page whose button it was goes with it.
    connect(m_desk.get(), &LabDesk::endRequested, this, &Shell::endLab, Qt::QueuedConnection);
}

Shell::~Shell() = default;

void Shell::createActions()
{
    m_open = new QAction(m_appearance.icon(u"connections"_qs), tr("Open a database…"), this);
    m_open->setObjectName(u"open"_qs);
    m_open->setShortcut(QKeySequence::Open);
    connect(m_open, &QAction::triggered, this, &Shell::askWhatToOpen);
    m_lab = new QAction(m_appearance.icon(u"lab"_qs), tr("Start a lab"), this);
    m_lab->setObjectName(u"startLab"_qs);
    connect(m_lab, &QAction::triggered, this, &Shell::startLab);
    m_close = new QAction(m_appearance.icon(u"close"_qs), tr("Close the connection"), this);
    m_close->setObjectName(u"closeConnection"_qs);
    m_close->setShortcut(QKeySequence::Close);
    m_close->setEnabled(false);
    connect(m_close, &QAction::triggered, this, &Shell::close);
    m_window.addActions(MainWindow::Menu::File, {m_open, m_lab, m_close});
    auto *diagnostics = new QAction(m_appearance.icon(u"info"_qs), tr("Diagnostics"), this);
    diagnostics->setObjectName(u"diagnostics"_qs);
    connect(diagnostics, &QAction::triggered, this, &Shell::showDiagnostics);
    m_window.addActions(MainWindow::Menu::Help, {diagnostics});
    connect(&m_window, &MainWindow::fileDropped, this, [this](const QString &path) {
        if (m_session)
            m_session->takeFile(path);
        else
            complain(tr("%1 cannot be imported.").arg(path), tr("Open a database first."));
    });
    createConnectionMenu();
}

void Shell::createConnectionMenu()
{
    m_menu = std::make_unique<QMenu>();
    m_menu->setObjectName(u"connectionMenu"_qs);
    m_menu->addAction(m_open);
    m_recent = m_menu->addMenu(m_appearance.icon(u"history"_qs), tr("Open recent"));
    m_recent->setObjectName(u"recentMenu"_qs);
    connect(m_recent, &QMenu::aboutToShow, this, &Shell::fillRecent);
    m_menu->addAction(m_window.unlockAction());
    m_environments = m_menu->addMenu(tr("Environment"));
    m_environments->setObjectName(u"environmentMenu"_qs);
    auto *group = new QActionGroup(m_environments);
    const std::pair<theme::Environment, QString> environments[] = {
        {theme::Environment::Local, tr("None: nobody else uses it")},
        {theme::Environment::Development, tr("Development")},
        {theme::Environment::Staging, tr("Staging")},
        {theme::Environment::Production, tr("Production")}};
    for (const auto &[environment, text] : environments) {
        QAction *action = m_environments->addAction(text);
        action->setObjectName(u"environment_%1"_qs.arg(m_environments->actions().size() - 1));
        action->setCheckable(true);
        action->setData(static_cast<int>(environment));
        group->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, environment = environment] { chooseEnvironment(environment); });
    }
    connect(m_menu.get(), &QMenu::aboutToShow, this, [this] {
        m_recent->setEnabled(!m_settings.value(settings::recentConnections).isEmpty());
        m_environments->setEnabled(m_session != nullptr);
        const int now = m_session ? static_cast<int>(m_session->plan().environment) : -1;
        const QList<QAction *> actions = m_environments->actions();
        for (QAction *action : actions)
            action->setChecked(action->data().toInt() == now);
    });
    m_menu->addSeparator();
    m_menu->addAction(m_close);
    m_window.header()->setConnectionMenu(m_menu.get());
}

void Shell::showDiagnostics()
{
    const QString text =
        diagnosticsText(m_session ? &m_session->workspace() : nullptr,
                        m_session ? m_session->nodeStatuses() : QList<window::NodeStatus>(),
                        m_log ? m_log->lines() : QStringList());
    auto *dialog = new window::DiagnosticsDialog(text, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void Shell::fillRecent()
{
    m_recent->clear();
    const QStringList addresses = m_settings.value(settings::recentConnections);
    for (const QString &address : addresses) {
        const QString name = settings::connectionSettings(m_settings, address).name;
        QAction *action =
            m_recent->addAction(name.isEmpty() ? address : name + u" · "_qs + address);
        connect(action, &QAction::triggered, this, [this, address] { openRecent(address); });
    }
}

void Shell::openRecent(const QString &address)
{
    open(settings::connectionSettings(m_settings, address));
}

void Shell::chooseEnvironment(theme::Environment environment)
{
    if (!m_session)
        return;
    m_session->setEnvironment(environment);
    settings::ConnectionSettings connection =
        settings::connectionSettings(m_settings, m_session->plan().primary.source.text);
    connection.environment = connections::nameOf(environment);
    settings::keep(m_settings, connection);
    // What was unlocked as harmless is not unlocked as production.
    if (environment == theme::Environment::Production)
        m_session->workspace().lock();
}

void Shell::close()
{
    m_session.reset();
    m_close->setEnabled(false);
    if (m_runningLab) {
        m_desk->setLab(nullptr);
        m_runningLab.reset();
        m_lab->setEnabled(true);
    }
    showStartPage();
}

void Shell::start()
{
    if (m_options.lab)
        startLab();
    else if (!m_options.primary.isEmpty())
        open(asked());
    if (!m_session && !m_start)
        showStartPage();
}

void Shell::showStartPage()
{
    m_session.reset();
    delete m_start;
    m_start = new connections::StartPage(m_appearance, m_open, m_lab);
    m_start->setRecent(m_settings.value(settings::recentConnections));
    connect(m_start, &connections::StartPage::recentChosen, this, &Shell::openRecent);
    m_window.showAlone(m_start);
}

void Shell::askWhatToOpen()
{
    auto *dialog = new connections::OpenDialog(
        m_appearance, m_settings.value(settings::recentConnections), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const connections::Addresses addresses = dialog->addresses();
        settings::ConnectionSettings connection =
            settings::connectionSettings(m_settings, addresses.primary);
        connection.replicas = addresses.replicas;
        open(connection);
    });
    dialog->open();
}

/// What the command line says goes over what was set up earlier.
settings::ConnectionSettings Shell::asked() const
{
    settings::ConnectionSettings connection =
        settings::connectionSettings(m_settings, m_options.primary);
    if (!m_options.replicas.isEmpty())
        connection.replicas = m_options.replicas;
    if (!m_options.flipts.isEmpty())
        connection.flipts = m_options.flipts;
    if (!m_options.environment.isEmpty())
        connection.environment = m_options.environment;
    return connection;
}

void Shell::open(const settings::ConnectionSettings &connection)
{
    const int opening = ++m_opening;
    if (!m_tokens)
        return openWith(connection, {}, {});
    using Kept = Result<std::optional<Token>>;
    const auto tokenOf = [](const Kept &kept) { return kept && *kept ? **kept : Token(); };
    whenReady(m_tokens->read(connections::nodeTokenName(connection.primary)), this,
              [this, opening, connection, tokenOf](const Kept &nodes) {
                  whenReady(m_tokens->read(connections::fliptTokenName(connection.primary)), this,
                            [this, opening, connection, tokenOf, nodes](const Kept &flipts) {
                                if (opening == m_opening)
                                    openWith(connection, tokenOf(nodes), tokenOf(flipts));
                            });
              });
}

void Shell::openWith(const settings::ConnectionSettings &connection, const Token &nodeToken,
                     const Token &fliptToken)
{
    Session::Plan plan;
    const Result<workspace::Route> route =
        workspace::Route::read(connection.authoritiesFile, connection.proxy);
    if (!route)
        return complain(tr("The database cannot be opened."), messages::sentence(route.error()));
    store::ConnectionOptions options;
    options.token = nodeToken;
    options.authoritiesFile = connection.authoritiesFile;
    options.proxy = connection.proxy;
    const Result<workspace::Workspace::Node> primary = nodeOf(connection.primary, {}, options);
    if (!primary)
        return complain(tr("The database cannot be opened."), messages::sentence(primary.error()));
    plan.primary = *primary;
    for (const QString &address : connection.replicas) {
        const Result<workspace::Workspace::Node> replica = nodeOf(address, {}, options);
        if (!replica)
            return complain(tr("The replica cannot be opened."),
                            messages::sentence(replica.error()));
        plan.replicas.append(*replica);
    }
    for (const QString &address : connection.flipts) {
        const Result<QUrl> url = flipt::parseAddress(address);
        if (!url)
            return complain(tr("The Flipt cannot be watched."), messages::sentence(url.error()));
        plan.flipts.append(
            {tr("flipt %1").arg(url->authority(QUrl::FullyEncoded)), *url, fliptToken, {}, *route});
    }
    plan.name = connection.name.isEmpty() ? plan.primary.name : connection.name;
    plan.address = connection.primary;
    plan.environment = connections::environmentNamed(connection.environment);
    plan.seed = seed();
    m_settings.rememberConnection(connection.primary);
    settings::keep(m_settings, connection);
    m_connection = connection;
    begin(std::move(plan));
    connect(m_session.get(), &Session::tokenWanted, this, &Shell::askToken);
}

void Shell::addConnectionsPage()
{
    auto *page = new connections::ConnectionsPage(m_appearance, m_settings, m_tokens, m_clock);
    m_window.addPage({u"connections"_qs, tr("Connections"), u"connections"_qs, page});
    page->choose(m_session->plan().primary.source.text);
    m_window.addActions(MainWindow::Menu::File, page->actions());
    const QList<QAction *> actions = page->actions();
    for (const QAction *action : actions)
        connect(action, &QAction::triggered, page,
                [this] { m_window.showPage(u"connections"_qs); });
    // The page goes with the session, and this comes out of it.
    connect(page, &connections::ConnectionsPage::openWanted, this, &Shell::open,
            Qt::QueuedConnection);
}

void Shell::askToken(const Error &error)
{
    if (!m_tokens)
        return;
    auto *dialog =
        new connections::TokenDialog(m_connection.primary, messages::sentence(error), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const Token token = dialog->token();
        using Kept = Result<secrets::TokenStore::Kept>;
        whenReady(m_tokens->write(connections::nodeTokenName(m_connection.primary), token), this,
                  [this](const Kept &kept) {
                      const bool isKept = kept && *kept == secrets::TokenStore::Kept::InKeychain;
                      open(m_connection);
                      if (!isKept)
                          m_window.showMessage(
                              {theme::State::Late,
                               tr("The token is kept until the program ends, and asked for at "
                                  "each start."),
                               kept ? tr("This system has no keychain that could keep it.")
                                    : messages::sentence(kept.error())});
                  });
    });
    dialog->open();
}

void Shell::begin(Session::Plan plan)
{
    const QString page = m_settings.value(settings::lastPage);
    m_session.reset();
    delete m_start;
    m_session = std::make_unique<Session>(std::move(plan), m_window, m_appearance, m_settings,
                                          m_clock, m_journal);
    m_desk->noteOpened({});
    m_desk->addPage();
    addConnectionsPage();
    m_close->setEnabled(true);
    m_window.showPage(page);
    connect(&m_window, &MainWindow::pageShown, m_session.get(),
            [this](const QString &id) { m_settings.setValue(settings::lastPage, id); });
    emit opened();
}

void Shell::startLab()
{
    if (m_runningLab && m_runningLab->state() != lab::Lab::State::Failed
        && m_runningLab->state() != lab::Lab::State::Stopped)
        return;
    lab::LabOptions options;
    options.directory = m_options.labDirectory;
    options.replicas = m_options.labReplicas;
    const Result<QString> sqld = lab::findSqld(m_settings.value(settings::sqldProgram));
    if (!sqld)
        return complain(tr("The lab cannot be started."), messages::sentence(sqld.error()));
    options.sqld = *sqld;
    if (const Result<QString> flipt = lab::findFlipt(m_settings.value(settings::fliptProgram)))
        options.flipt = *flipt;
    m_desk->setLab(nullptr);
    m_runningLab = std::make_unique<lab::Lab>(options);
    m_desk->setLab(m_runningLab.get());
    connect(m_runningLab.get(), &lab::Lab::ready, this, &Shell::openLab);
    connect(m_runningLab.get(), &lab::Lab::failed, this, [this](const Error &error) {
        complain(tr("The lab could not be started."), messages::sentence(error));
    });
    connect(m_runningLab.get(), &lab::Lab::stopped, this, [this] {
        m_lab->setEnabled(true);
        showStartPage();
    });
    m_lab->setEnabled(false);
    showStartPage();
    m_start->showBusy(tr("Starting the lab"));
    m_runningLab->start();
}

void Shell::openLab()
{
    Session::Plan plan;
    plan.unlocked = true;
    plan.seed = seed();
    const QList<lab::Node> nodes = m_desk->nodes();
    for (const lab::Node &node : nodes) {
        if (node.role == lab::Role::Flipt) {
            plan.flipts.append({node.name, node.url, {}, m_desk->addressOf(node.database)});
            continue;
        }
        const Result<workspace::Workspace::Node> opened = nodeOf(node.url.toString(), node.name);
        if (!opened)
            return complain(tr("The lab cannot be opened."), messages::sentence(opened.error()));
        if (node.role == lab::Role::Primary)
            plan.primary = *opened;
        else
            plan.replicas.append(*opened);
    }
    plan.name = tr("lab");
    plan.address = m_runningLab->directory();
    if (!m_options.environment.isEmpty())
        plan.environment = connections::environmentNamed(m_options.environment);
    begin(std::move(plan));
    m_desk->noteOpened(nodes);
}

void Shell::reopenLab()
{
    const QString page = m_window.currentPage();
    openLab(); // the journal keeps what is not saved
    m_window.showPage(page);
}

void Shell::endLab()
{
    m_session.reset(); // before its nodes go
    m_runningLab->stop();
    showStartPage();
    m_start->showBusy(tr("Ending the lab"));
}

std::optional<flags::Snapshot> Shell::seed()
{
    QByteArray text;
    features::Format format = features::Format::Yaml;
    if (m_options.sample) {
        text = sampleWorkspace();
    } else if (!m_options.document.isEmpty()) {
        QFile file(m_options.document);
        if (!file.open(QIODevice::ReadOnly)) {
            complain(tr("The workspace %1 cannot be read.").arg(m_options.document),
                     file.errorString());
            return {};
        }
        text = file.readAll();
        format = features::formatOf(m_options.document).value_or(features::Format::Yaml);
    } else {
        return {};
    }
    const Result<features::Document> document = features::parse(text, format);
    if (!document) {
        complain(tr("The workspace %1 cannot be read.").arg(m_options.document),
                 messages::sentence(document.error()));
        return {};
    }
    return document->snapshot;
}

void Shell::complain(const QString &what, const QString &why)
{
    m_lab->setEnabled(true);
    if (!m_session)
        showStartPage();
    m_window.showMessage({theme::State::Bad, what, why});
}

} // namespace edgewise
