// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include "replicationdesk.h"
#include "seeding.h"
#include "whatifdesk.h"

#include <changes/json.h>
#include <connections/confirmdialog.h>
#include <data/datapage.h>
#include <data/sqlpane.h>
#include <flags/edit.h>
#include <flags/flagspage.h>
#include <history/historypage.h>
#include <messages/sentence.h>
#include <namespaces/namespacesdialog.h>
#include <review/reviewpage.h>
#include <segments/segmentspage.h>
#include <settings/settings.h>
#include <theme/appearance.h>
#include <widgets/messagebar.h>
#include <window/environmentline.h>
#include <window/headerbar.h>
#include <window/mainwindow.h>
#include <window/navigation.h>
#include <window/palette.h>
#include <workspace/journeylog.h>

#include <QAction>

namespace edgewise {

using namespace Qt::StringLiterals;
using window::MainWindow;
using workspace::Draft;
using workspace::Workspace;

Session::Session(Plan plan, MainWindow &window, const theme::Appearance &appearance,
                 settings::Settings &settings, const Clock &clock, store::Journal *journal,
                 QObject *parent)
    : QObject(parent), m_plan(std::move(plan)), m_window(window), m_appearance(appearance),
      m_settings(settings), m_clock(clock),
      m_workspace(m_plan.primary, m_plan.replicas, clock, this, journal),
      m_watch(m_workspace, m_plan.primary, m_plan.replicas, clock, this),
      m_commands(window, m_workspace, this), m_documents(window, appearance, m_workspace, this),
      m_firstSave(window, settings, m_workspace, m_documents, m_plan.primary.source.text, this),
      m_reviewDraft(new QAction(tr("Review"), this)),
      m_discardDraft(new QAction(tr("Discard"), this))
{
    m_workspace.setFlipts(m_plan.flipts);
    m_journeys = std::make_unique<workspace::JourneyLog>(m_workspace, journal, m_clock);
    m_replication = new ReplicationDesk(
        {m_window, m_appearance, m_workspace, m_watch, *m_journeys, m_settings, m_clock},
        QList<Workspace::Node>{m_plan.primary} + m_plan.replicas, this);
    m_whatIf = std::make_unique<WhatIfDesk>(m_window, m_appearance, m_workspace, m_clock);
    addPages();
    if (journal)
        addHistoryPage(*journal);
    setEnvironment(m_plan.environment);
    wireHistory();
    wireNamespaces();
    wireLock();
    wireCommands();
    connect(&m_watch, &NodeWatch::statusesChanged, this,
            [this] { m_window.nodeStrip()->setNodes(m_watch.statuses()); });
    connect(&m_watch, &NodeWatch::tokenWanted, this, &Session::tokenWanted);
    m_watch.start(m_settings.value(settings::samplingInterval));
    if (m_plan.seed)
        m_seeding = std::make_unique<Seeding>(m_workspace, *std::exchange(m_plan.seed, {}));
    if (m_plan.unlocked)
        m_workspace.unlock();
    m_workspace.start();
}

Session::~Session()
{
    delete m_namespacesDialog; // it looks at the workspace
    m_window.commandPalette()->setSource({});
    m_window.clearMessage();
    m_window.clearPages();
    m_window.header()->setNamespaces({}, {});
    m_window.header()->setChangeCount(0);
    m_window.nodeStrip()->setNodes({});
    m_window.environmentLine()->setEnvironment(theme::Environment::Local);
    m_window.unlockAction()->disconnect(this);
}

void Session::addPages()
{
    m_flags = new flagspage::FlagsPage(m_appearance, m_workspace);
    m_review = new reviewpage::ReviewPage(m_appearance, m_workspace);
    m_window.addPage({u"flags"_qs, tr("Flags"), u"flag"_qs, m_flags});
    m_flags->setColumns(m_settings.value(settings::flagColumns));
    connect(m_flags, &flagspage::FlagsPage::columnsChanged, this, [this](const QStringList &names) {
        m_settings.setValue(settings::flagColumns, names);
    });
    addSegmentsPage();
    addNamespacesAction();
    m_window.addPage({u"review"_qs, tr("Review"), u"review"_qs, m_review});
    m_whatIf->addPages(*m_review);
    connect(m_whatIf.get(), &WhatIfDesk::namespaceWanted, this, &Session::showNamespace);
    m_replication->addPage();
    addDataPage();
    m_window.addActions(MainWindow::Menu::File, m_documents.actions());
    connect(&m_documents, &Documents::imported, this, [this] { m_window.showPage(u"review"_qs); });
    m_window.addActions(MainWindow::Menu::Edit, m_flags->actions());
    m_window.addActions(MainWindow::Menu::Changes, m_review->actions());
    connect(m_review, &reviewpage::ReviewPage::changeCountChanged, this, [this](int count) {
        m_window.header()->setChangeCount(count);
        m_window.navigation()->setBadge(u"review"_qs, count);
    });
    connect(m_review, &reviewpage::ReviewPage::aboutToSave, m_flags, &flagspage::FlagsPage::commit);
    connect(&m_window, &MainWindow::pageShown, m_flags, &flagspage::FlagsPage::commit);
    connect(m_review, &reviewpage::ReviewPage::aboutToSave, m_segments,
            &segmentspage::SegmentsPage::commit);
    connect(&m_window, &MainWindow::pageShown, m_segments, &segmentspage::SegmentsPage::commit);
    m_review->setConfirmation([this](int count, const std::function<void()> &goOn) {
        const auto offerBackup = [this, goOn] {
            m_plan.unlocked ? goOn() : m_firstSave.ask(goOn); // a lab is nobody's production
        };
        confirm({count == 1 ? tr("Save 1 change") : tr("Save %1 changes").arg(count),
                 tr("This is saved to %1 on production, and served to everybody.").arg(m_plan.name),
                 tr("Save")},
                offerBackup);
    });
}

void Session::setEnvironment(theme::Environment environment)
{
    m_plan.environment = environment;
    m_window.environmentLine()->setEnvironment(environment);
    m_window.header()->setConnection(m_plan.name, m_plan.address, environment);
}

void Session::confirm(const Step &step, const std::function<void()> &goOn)
{
    if (m_plan.environment != theme::Environment::Production) {
        goOn();
        return;
    }
    auto *dialog = new connections::ConfirmDialog(
        m_appearance, {step.title, step.sentence, m_plan.name, step.verb}, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, goOn);
    dialog->open();
}

void Session::unlock()
{
    confirm({tr("Unlock writing"),
             tr("%1 is production: what is saved here is served to everybody.").arg(m_plan.name),
             tr("Unlock")},
            [this] { m_workspace.unlock(); });
}

void Session::addSegmentsPage()
{
    m_segments = new segmentspage::SegmentsPage(m_appearance, m_workspace);
    m_window.addPage({u"segments"_qs, tr("Segments"), u"segments"_qs, m_segments});
    m_window.addActions(MainWindow::Menu::Edit, m_segments->actions());
    connect(m_flags, &flagspage::FlagsPage::segmentOpenRequested, this,
            [this](const SegmentKey &key) {
                m_window.showPage(u"segments"_qs);
                m_segments->showSegment(key);
            });
    connect(m_segments, &segmentspage::SegmentsPage::flagOpenRequested, this,
            [this](const FlagKey &key) {
                m_window.showPage(u"flags"_qs);
                m_flags->showFlag(key);
            });
}

void Session::addNamespacesAction()
{
    auto *action = new QAction(m_appearance.icon(u"namespace"_qs), tr("Namespaces…"), this);
    action->setObjectName(u"namespaces"_qs);
    m_window.addActions(MainWindow::Menu::Edit, {action});
    connect(action, &QAction::triggered, this, [this] {
        auto *dialog =
            new namespaces::NamespacesDialog(m_appearance, m_workspace, m_namespace, &m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        m_namespacesDialog = dialog;
        connect(dialog, &namespaces::NamespacesDialog::chosen, this,
                [this, dialog](const NamespaceKey &key) {
                    chooseNamespace(key);
                    m_window.header()->setNamespaces(m_namespaces, key.text());
                    dialog->accept();
                });
        dialog->open();
    });
}

void Session::takeFile(const QString &path)
{
    if (!path.endsWith(changes::fileSuffix))
        return m_documents.importFile(path);
    m_window.showPage(u"review"_qs);
    m_review->loadFile(path);
}

void Session::addHistoryPage(store::Journal &journal)
{
    auto *history = new historypage::HistoryPage(m_appearance, m_workspace, journal);
    m_window.addPage({u"history"_qs, tr("History"), u"history"_qs, history});
    m_window.addActions(MainWindow::Menu::Changes, history->actions());
    connect(history, &historypage::HistoryPage::reverted, this,
            [this] { m_window.showPage(u"review"_qs); });
}

void Session::addDataPage()
{
    auto *page = new datapage::DataPage(m_appearance, m_clock);
    m_window.addPage({u"data"_qs, tr("Data"), u"data"_qs, page});
    QList<datapage::DataSource> sources{
        {m_plan.primary.name, m_plan.primary.source, m_plan.primary.options}};
    for (const Workspace::Node &replica : std::as_const(m_plan.replicas))
        sources.append({replica.name, replica.source, replica.options});
    page->setSources(sources);
    page->sql()->setHistory(m_settings.value(settings::sqlHistory));
    connect(page->sql(), &datapage::SqlPane::historyChanged, this,
            [this, page] { m_settings.setValue(settings::sqlHistory, page->sql()->history()); });
}

void Session::wireHistory()
{
    Draft &draft = m_workspace.draft();
    const auto show = [this] {
        const Draft &now = m_workspace.draft();
        m_window.undoAction()->setEnabled(now.canUndo());
        m_window.undoAction()->setText(now.canUndo() ? tr("Undo: %1").arg(now.undoLabel())
                                                     : tr("Undo"));
        m_window.redoAction()->setEnabled(now.canRedo());
        m_window.redoAction()->setText(now.canRedo() ? tr("Redo: %1").arg(now.redoLabel())
                                                     : tr("Redo"));
    };
    connect(&draft, &Draft::historyChanged, this, show);
    connect(m_window.undoAction(), &QAction::triggered, this, [this] {
        m_flags->commit();
        m_segments->commit();
        m_workspace.draft().undo();
    });
    connect(m_window.redoAction(), &QAction::triggered, this,
            [this] { m_workspace.draft().redo(); });
    show();
}

void Session::wireNamespaces()
{
    m_namespace =
        NamespaceKey(m_settings.value(settings::lastNamespace, m_plan.primary.source.text));
    m_flags->setNamespace(m_namespace);
    m_segments->setNamespace(m_namespace);
    m_commands.setNamespace(m_namespace);
    m_whatIf->setNamespace(m_namespace);
    connect(&m_workspace.draft(), &Draft::currentChanged, this, &Session::takeReading);
    connect(m_window.header(), &window::HeaderBar::namespaceChosen, this,
            [this](const QString &key) { chooseNamespace(NamespaceKey(key)); });
}

void Session::takeReading()
{
    QStringList keys;
    for (const auto &nameSpace : m_workspace.draft().current().namespaces)
        keys.append(nameSpace->key.text());
    if (keys == m_namespaces)
        return;
    m_namespaces = keys;
    if (!keys.isEmpty() && !keys.contains(m_namespace.text()))
        chooseNamespace(NamespaceKey(keys.constFirst()));
    m_window.header()->setNamespaces(keys, m_namespace.text());
}

void Session::chooseNamespace(const NamespaceKey &key)
{
    m_namespace = key;
    m_settings.setValue(settings::lastNamespace, key.text(), m_plan.primary.source.text);
    m_flags->setNamespace(key);
    m_segments->setNamespace(key);
    m_whatIf->setNamespace(key);
    m_commands.setNamespace(key);
}

void Session::showNamespace(const NamespaceKey &key)
{
    if (key != m_namespace)
        chooseNamespace(key);
    m_window.header()->setNamespaces(m_namespaces, key.text());
}

void Session::wireLock()
{
    QAction *unlock = m_window.unlockAction();
    const auto show = [this, unlock] {
        const bool locked = m_workspace.isLocked();
        unlock->setChecked(!locked);
        unlock->setText(locked ? tr("Unlock writing") : tr("Lock writing"));
        unlock->setToolTip(locked ? tr("Nothing can be changed by accident. Unlock writing to "
                                       "edit.")
                                  : tr("Flags can be edited and saved. Lock writing again."));
    };
    connect(&m_workspace, &Workspace::lockChanged, this, show);
    connect(unlock, &QAction::triggered, this, [this, show] {
        show(); // Qt has checked it already; it shows what is, not what is wanted
        m_workspace.isLocked() ? this->unlock() : m_workspace.lock();
    });
    show();
}

void Session::wireCommands()
{
    m_window.commandPalette()->setSource(
        [this](const QStringList &words) { return m_commands.find(words); });
    connect(&m_commands, &Commands::namespaceChosen, this, &Session::showNamespace);
    connect(&m_commands, &Commands::flagChosen, this,
            [this](const NamespaceKey &nameSpace, const FlagKey &key) {
                showNamespace(nameSpace);
                m_window.showPage(u"flags"_qs);
                m_flags->showFlag(key);
            });
    connect(&m_commands, &Commands::segmentChosen, this,
            [this](const NamespaceKey &nameSpace, const SegmentKey &key) {
                showNamespace(nameSpace);
                m_window.showPage(u"segments"_qs);
                m_segments->showSegment(key);
            });
    connect(&m_commands, &Commands::turnChosen, this, &Session::turn);

    m_reviewDraft->setObjectName(u"reviewRestored"_qs);
    m_discardDraft->setObjectName(u"discardRestored"_qs);
    connect(m_reviewDraft, &QAction::triggered, this, [this] {
        m_window.clearMessage();
        m_window.showPage(u"review"_qs);
    });
    connect(m_discardDraft, &QAction::triggered, this, [this] {
        m_window.clearMessage();
        m_workspace.draft().discard(tr("discard what was restored"));
    });
    connect(&m_workspace, &Workspace::draftRestored, this, &Session::offerDraft);
}

void Session::offerDraft()
{
    if (!m_workspace.draft().isChanged())
        return;
    m_window.showMessage({theme::State::Warn,
                          tr("Changes that were not saved are back, as they were left."),
                          tr("Review them and save, or discard them; discarding can be undone.")},
                         {m_reviewDraft, m_discardDraft});
}

void Session::turn(const NamespaceKey &nameSpace, const FlagKey &key, bool on)
{
    // On what is saved: an unfinished draft of the same flag stays a draft.
    const flags::Snapshot base = m_workspace.draft().base();
    const auto found = base.nameSpace(nameSpace);
    const auto saved = found ? found->flag(key) : nullptr;
    const QString title =
        on ? tr("Switch on %1").arg(key.text()) : tr("Switch off %1").arg(key.text());
    if (!saved) {
        m_window.showMessage({theme::State::Bad, tr("%1 was not saved yet.").arg(key.text()),
                              tr("Save the draft, in which it is new.")});
        return;
    }
    flags::Flag flag = *saved;
    flag.enabled = on;
    const Result<flags::Snapshot> after = flags::replaceFlag(base, nameSpace, flag);
    if (!after)
        return;
    const changes::ChangeSet changes = changes::diff(base, *after);
    confirm(
        {title,
         tr("This is saved to %1 on production at once, and served to everybody.").arg(m_plan.name),
         tr("Save")},
        [this, changes, title] { saveAtOnce(changes, title); });
}

void Session::saveAtOnce(const changes::ChangeSet &changes, const QString &reason)
{
    const bool wasLocked = m_workspace.isLocked();
    m_workspace.unlock();
    const Result<workspace::Save *> started = m_workspace.saveOnly(changes, reason);
    if (wasLocked)
        m_workspace.lock(); // as soon as the save is over
    m_window.showPage(u"review"_qs);
    if (!started)
        m_window.showMessage({theme::State::Bad, messages::sentence(started.error()), {}});
}

} // namespace edgewise
