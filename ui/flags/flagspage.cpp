// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/whenready.h>
#include <flags/edit.h>
#include <flags/flagactions.h>
#include <flags/flageditor.h>
#include <flags/flaglist.h>
#include <flags/flagspage.h>
#include <flags/tryitstrip.h>
#include <messages/sentence.h>
#include <theme/appearance.h>
#include <widgets/busyindicator.h>
#include <widgets/emptystate.h>
#include <widgets/messagebar.h>
#include <workspace/workspace.h>

#include <QAction>
#include <QSplitter>
#include <QStackedWidget>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using workspace::SnapshotFeed;

FlagsPage::FlagsPage(const theme::Appearance &appearance, workspace::Workspace &workspace,
                     QWidget *parent)
    : QWidget(parent), m_workspace(workspace),
      m_actions(new FlagActions(
          appearance, workspace, [this] { return m_list->chosenFlags(); }, this)),
      m_retry(new QAction(appearance.icon(u"refresh"_qs), tr("Try again"), this)),
      m_initialise(new QAction(tr("Create Flipt's tables"), this)),
      m_messages(new widgets::MessageBar(appearance, this)),
      m_busy(new widgets::BusyIndicator(appearance, this)),
      m_empty(new widgets::EmptyState(appearance, u"flag"_qs, this)),
      m_sheets(new QStackedWidget(this)), m_list(new FlagList(appearance, *m_actions, this)),
      m_editor(new FlagEditor(appearance, this)), m_tryIt(new TryItStrip(appearance, this)),
      m_editing(new QWidget(this)),
      m_nothingChosen(new widgets::EmptyState(appearance, u"flag"_qs, this)),
      m_side(new QStackedWidget(this))
{
    setObjectName(u"flagsPage"_qs);
    createRemedies();
    createSheets();
    wire();
    takeLock();
    takeFeed();
}

void FlagsPage::createSheets()
{
    m_empty->setObjectName(u"flagsEmpty"_qs);
    auto *loading = new QWidget(this);
    auto *loadingColumn = new QVBoxLayout(loading);
    loadingColumn->addWidget(m_busy, 0, Qt::AlignTop);
    m_sheets->addWidget(loading);
    m_sheets->addWidget(m_empty);
    m_sheets->addWidget(createTable());
    auto *column = new QVBoxLayout(this);
    column->setSpacing(between);
    column->addWidget(m_messages);
    column->addWidget(m_sheets, 1);
}

QWidget *FlagsPage::createTable()
{
    m_nothingChosen->setObjectName(u"noFlagChosen"_qs);
    m_nothingChosen->setContent(tr("Choose a flag to see and edit it."));
    m_side->addWidget(m_nothingChosen);
    auto *editing = new QVBoxLayout(m_editing);
    editing->setContentsMargins({});
    editing->setSpacing(0);
    editing->addWidget(m_editor, 1);
    auto *edge = new QFrame(m_editing);
    edge->setFrameShape(QFrame::HLine);
    edge->setFrameShadow(QFrame::Plain);
    edge->setForegroundRole(QPalette::Mid);
    editing->addWidget(edge);
    editing->addWidget(m_tryIt);
    m_side->addWidget(m_editing);
    m_side->setMinimumWidth(416); // the cards of the editor stay whole
    auto *splitter = new QSplitter(this);
    splitter->setObjectName(u"flagsSplitter"_qs);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(m_side);
    splitter->setStretchFactor(0, 5);
    splitter->setStretchFactor(1, 4);
    splitter->setSizes({500, 400}); // in proportion, whatever their contents ask for
    return splitter;
}

/// What helps where there is nothing to show.
void FlagsPage::createRemedies()
{
    m_retry->setObjectName(u"retry"_qs);
    connect(m_retry, &QAction::triggered, this, [this] { m_workspace.primary().refresh(); });
    m_initialise->setObjectName(u"initialise"_qs);
    connect(m_initialise, &QAction::triggered, this, [this] {
        whenReady(m_workspace.initialise(), this, [this](const Result<void> &result) {
            if (!result)
                complain(result.error());
            m_workspace.primary().refresh();
        });
    });
}

void FlagsPage::wire()
{
    connect(m_list, &FlagList::currentChanged, this, &FlagsPage::showSelected);
    connect(m_list, &FlagList::openRequested, m_editor, &FlagEditor::focusName);
    connect(m_list, &FlagList::columnsChanged, this, &FlagsPage::columnsChanged);
    connect(m_list, &FlagList::turned, m_actions,
            [this](const QString &key, bool on) { m_actions->turn(FlagKey(key), on); });
    connect(m_actions, &FlagActions::aboutToEdit, this, &FlagsPage::commit);
    connect(m_actions, &FlagActions::created, this, [this](const FlagKey &key) {
        m_list->choose(key);
        m_editor->focusName();
    });
    connect(m_actions, &FlagActions::duplicated, m_list, &FlagList::choose);
    connect(m_actions, &FlagActions::deleted, m_list, &FlagList::chooseNext);
    connect(m_actions, &FlagActions::refused, this, &FlagsPage::complain);
    connect(m_editor, &FlagEditor::edited, this, &FlagsPage::takeEdit);
    connect(m_editor, &FlagEditor::segmentOpenRequested, this, &FlagsPage::segmentOpenRequested);
    connect(m_tryIt, &TryItStrip::bucketsChanged, m_editor, &FlagEditor::setEntityBuckets);
    const SnapshotFeed &primary = m_workspace.primary();
    connect(&m_workspace.draft(), &workspace::Draft::currentChanged, this, &FlagsPage::takeDraft);
    connect(&primary, &SnapshotFeed::stateChanged, this, &FlagsPage::takeFeed);
    connect(&primary, &SnapshotFeed::readingChanged, this, &FlagsPage::takeFeed);
    connect(&m_workspace, &workspace::Workspace::lockChanged, this, &FlagsPage::takeLock);
}

QList<QAction *> FlagsPage::actions() const
{
    return m_actions->all();
}

std::shared_ptr<const flags::Namespace> FlagsPage::current() const
{
    return m_workspace.draft().current().nameSpace(m_nameSpace);
}

void FlagsPage::setNamespace(const NamespaceKey &key)
{
    if (key == m_nameSpace)
        return;
    commit();
    m_nameSpace = key;
    m_actions->setNamespace(key);
    m_editor->setFlag(nullptr);
    takeDraft();
}

void FlagsPage::showFlag(const FlagKey &key)
{
    m_list->choose(key);
}

void FlagsPage::setColumns(const QStringList &names)
{
    m_list->setColumns(names);
}

void FlagsPage::commit()
{
    m_editor->commit();
}

void FlagsPage::takeDraft()
{
    m_list->setNamespace(current(), m_workspace.draft().base().nameSpace(m_nameSpace));
    showSheet();
    showSelected();
}

void FlagsPage::takeFeed()
{
    const SnapshotFeed &feed = m_workspace.primary();
    if (feed.state() == SnapshotFeed::State::Error && feed.hasReading())
        m_messages->showMessage({theme::State::Off,
                                 tr("The primary does not answer. What you see is what it last "
                                    "told; what you edit is kept."),
                                 messages::sentence(feed.error())},
                                {m_retry});
    else if (m_messages->hasMessage() && m_messages->message().state == theme::State::Off)
        m_messages->clear();
    // Only an empty database can be made one of Flipt's, so it must be told from a foreign one.
    if (feed.state() == SnapshotFeed::State::Error && !feed.hasReading()
        && feed.error().kind == Error::Kind::Schema)
        whenReady(m_workspace.reader(0).schema(), this,
                  [this](const Result<store::SchemaState> &schema) {
                      m_isEmpty = schema && schema->kind == store::SchemaState::Kind::Empty;
                      showSheet();
                  });
    showSheet();
}

void FlagsPage::showSheet()
{
    const SnapshotFeed &feed = m_workspace.primary();
    Sheet sheet = TableSheet;
    if (!feed.hasReading() && feed.state() != SnapshotFeed::State::Error) {
        sheet = LoadingSheet;
    } else if (!feed.hasReading() && m_isEmpty) {
        sheet = EmptySheet;
        m_initialise->setEnabled(!m_workspace.isLocked());
        m_empty->setContent(m_workspace.isLocked()
                                ? tr("This database is empty. Unlock writing to create Flipt's "
                                     "tables in it.")
                                : tr("This database is empty. With Flipt's tables it can hold "
                                     "flags, and a Flipt can start on it."),
                            m_initialise);
    } else if (!feed.hasReading()) {
        sheet = EmptySheet;
        m_empty->setContent(messages::sentence(feed.error()), m_retry);
    } else if (!current()) {
        sheet = EmptySheet;
        m_empty->setContent(tr("There is no namespace %1 in this database. Choose another one.")
                                .arg(m_nameSpace.text()));
    } else if (current()->flags.empty()) {
        sheet = EmptySheet;
        m_empty->setContent(tr("The flags of namespace %1 stand here.").arg(m_nameSpace.text()),
                            m_actions->newFlag());
    }
    if (sheet == LoadingSheet && !m_busy->isBusy())
        m_busy->start(tr("Reading %1").arg(feed.source().text));
    else if (sheet != LoadingSheet)
        m_busy->stop();
    m_actions->enable();
    m_sheets->setCurrentIndex(sheet);
}

void FlagsPage::showSelected()
{
    const std::shared_ptr<const flags::Flag> flag = m_list->currentFlag();
    const auto base = m_workspace.draft().base().nameSpace(m_nameSpace);
    m_editor->setFlag(flag, current(), flag && base ? base->flag(flag->key) : nullptr);
    m_side->setCurrentWidget(flag ? m_editing : static_cast<QWidget *>(m_nothingChosen));
    m_actions->setCurrent(flag ? std::optional(flag->key) : std::nullopt);
    if (!flag)
        return;
    m_editor->setProblems(flags::validate(*flag, *current()));
    m_tryIt->setFlag(current(), base, flag->key);
}

void FlagsPage::takeLock()
{
    const bool locked = m_workspace.isLocked();
    m_list->setReadOnly(locked);
    m_editor->setReadOnly(locked);
    showSheet();
}

void FlagsPage::takeEdit(const flags::Flag &flag, const QString &label, const QString &topic)
{
    const QString place = m_nameSpace.text() + u'/' + flag.key.text();
    const Result<void> done =
        m_workspace.draft().edit(label, topic.isEmpty() ? topic : topic + u' ' + place,
                                 [&](const flags::Snapshot &snapshot) {
                                     return flags::replaceFlag(snapshot, m_nameSpace, flag);
                                 });
    if (!done)
        complain(done.error());
}

void FlagsPage::complain(const Error &error)
{
    m_messages->showMessage({theme::State::Bad, messages::sentence(error), {}});
}

} // namespace edgewise::flagspage
