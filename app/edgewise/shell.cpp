// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell.h"

#include <connections/startpage.h>
#include <features/parse.h>
#include <lab/lab.h>
#include <messages/sentence.h>
#include <sample/sampleworkspace.h>
#include <settings/settings.h>
#include <theme/appearance.h>
#include <widgets/messagebar.h>
#include <window/headerbar.h>
#include <window/mainwindow.h>

#include <QAction>
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

Result<workspace::Workspace::Node> nodeOf(const QString &address, const QString &name = {})
{
    const Result<store::Source> source = store::Source::parse(address);
    if (!source)
        return source.error();
    return workspace::Workspace::Node{name.isEmpty() ? nameOf(*source) : name, *source, {}};
}

} // namespace

Shell::Shell(Options options, MainWindow &window, const theme::Appearance &appearance,
             settings::Settings &settings, const Clock &clock, store::Journal *journal,
             QObject *parent)
    : QObject(parent), m_options(std::move(options)), m_window(window), m_appearance(appearance),
      m_settings(settings), m_clock(clock), m_journal(journal)
{
    createActions();
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
    m_window.addActions(MainWindow::Menu::File, {m_open, m_lab});
}

void Shell::start()
{
    if (m_options.lab)
        startLab();
    else if (!m_options.primary.isEmpty())
        open({m_options.primary, m_options.replicas});
    if (!m_session)
        showStartPage();
}

void Shell::showStartPage()
{
    m_session.reset();
    delete m_start;
    m_start = new connections::StartPage(m_appearance, m_open, m_lab);
    m_start->setRecent(m_settings.value(settings::recentConnections));
    connect(m_start, &connections::StartPage::recentChosen, this, [this](const QString &address) {
        open({address, {}});
    });
    m_window.showAlone(m_start);
}

void Shell::askWhatToOpen()
{
    auto *dialog = new connections::OpenDialog(
        m_appearance, m_settings.value(settings::recentConnections), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { open(dialog->addresses()); });
    dialog->open();
}

void Shell::open(const connections::Addresses &addresses)
{
    Session::Plan plan;
    const Result<workspace::Workspace::Node> primary = nodeOf(addresses.primary);
    if (!primary)
        return complain(tr("The database cannot be opened."), messages::sentence(primary.error()));
    plan.primary = *primary;
    for (const QString &address : addresses.replicas) {
        const Result<workspace::Workspace::Node> replica = nodeOf(address);
        if (!replica)
            return complain(tr("The replica cannot be opened."),
                            messages::sentence(replica.error()));
        plan.replicas.append(*replica);
    }
    plan.seed = seed();
    m_settings.rememberConnection(addresses.primary);
    begin(std::move(plan));
}

void Shell::begin(Session::Plan plan)
{
    m_session.reset();
    delete m_start;
    m_session = std::make_unique<Session>(std::move(plan), m_window, m_appearance, m_settings,
                                          m_clock, m_journal);
    m_window.showPage(m_settings.value(settings::lastPage));
    emit opened();
}

void Shell::startLab()
{
    if (m_runningLab && m_runningLab->state() != lab::Lab::State::Failed)
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
    m_runningLab = std::make_unique<lab::Lab>(options);
    connect(m_runningLab.get(), &lab::Lab::ready, this, &Shell::openLab);
    connect(m_runningLab.get(), &lab::Lab::failed, this, [this](const Error &error) {
        complain(tr("The lab could not be started."), messages::sentence(error));
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
    const QList<lab::Node> nodes = m_runningLab->nodes();
    for (const lab::Node &node : nodes) {
        if (node.role == lab::Role::Flipt)
            continue;
        const Result<workspace::Workspace::Node> opened = nodeOf(node.url.toString(), node.name);
        if (!opened)
            return complain(tr("The lab cannot be opened."), messages::sentence(opened.error()));
        if (node.role == lab::Role::Primary)
            plan.primary = *opened;
        else
            plan.replicas.append(*opened);
    }
    begin(std::move(plan));
    m_window.header()->setConnection(tr("lab"), m_runningLab->directory(),
                                     theme::Environment::Local);
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
