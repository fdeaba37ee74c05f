// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/whenready.h>
#include <changes/json.h>
#include <changes/text.h>
#include <history/historypage.h>
#include <messages/sentence.h>
#include <theme/appearance.h>
#include <widgets/changeview.h>
#include <widgets/emptystate.h>
#include <widgets/messagebar.h>
#include <workspace/revert.h>
#include <workspace/workspace.h>

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QSaveFile>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

namespace edgewise::historypage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::SaveListModel;
using store::JournalEntry;
using store::JournalSummary;

namespace {

constexpr int pageSize = 200; // saves that the journal is asked for at once

bool isSaved(const JournalEntry &entry)
{
    return entry.summary.state == JournalSummary::State::Saved;
}

} // namespace

HistoryPage::HistoryPage(const theme::Appearance &appearance, workspace::Workspace &workspace,
                         store::Journal &journal, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_workspace(workspace), m_journal(journal),
      m_messages(new widgets::MessageBar(appearance, this)),
      m_empty(new widgets::EmptyState(appearance, u"history"_qs, this)),
      m_sheets(new QStackedWidget(this)), m_filter(new QLineEdit(this)),
      m_table(new QTableView(this)), m_title(new QLabel(this)), m_reason(new QLabel(this))
{
    setObjectName(u"historyPage"_qs);
    createActions();
    m_empty->setContent(tr("Nothing was saved from here yet. Each save is kept with its author, "
                           "its reason and the way back."));
    m_filtered.setSourceModel(&m_saves);
    m_filtered.setFilterRole(SaveListModel::SearchRole);
    m_filtered.setFilterCaseSensitivity(Qt::CaseInsensitive);

    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(u"historySplitter"_qs);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(createList());
    splitter->addWidget(createDetail());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    m_sheets->addWidget(m_empty);
    m_sheets->addWidget(splitter);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(between);
    column->addWidget(m_messages);
    column->addWidget(m_sheets, 1);

    connect(m_filter, &QLineEdit::textChanged, &m_filtered,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &HistoryPage::showSelected);
    connect(&m_workspace, &workspace::Workspace::saveStateChanged, this, [this] {
        if (isVisible())
            refresh();
    });
    connect(&m_saves, &QAbstractItemModel::rowsInserted, this, &HistoryPage::showSheet);
    showSheet();
    showSelected();
}

void HistoryPage::createActions()
{
    const auto make = [this](const QString &name, const QString &text, const QString &icon,
                             void (HistoryPage::*run)()) {
        auto *action = new QAction(m_appearance.icon(icon), text, this);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, run);
        return action;
    };
    m_revert = make(u"revertSave"_qs, tr("Revert as a draft"), u"undo"_qs, &HistoryPage::revert);
    m_export = make(u"exportSave"_qs, tr("Export the saved changes…"), u"save"_qs,
                    &HistoryPage::askWhereToExport);
    m_copy = make(u"copySave"_qs, tr("Copy the saved changes as text"), u"copy"_qs,
                  &HistoryPage::copyText);
}

QWidget *HistoryPage::createList()
{
    m_filter->setObjectName(u"historyFilter"_qs);
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("Filter by flag, segment, reason or author"));
    m_filter->setClearButtonEnabled(true);
    m_table->setObjectName(u"historyTable"_qs);
    m_table->setAccessibleName(tr("Saves"));
    m_table->setModel(&m_filtered);
    m_table->setSelectionBehavior(QTableView::SelectRows);
    m_table->setSelectionMode(QTableView::SingleSelection);
    m_table->setEditTriggers(QTableView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(row);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->resizeSection(SaveListModel::TimeColumn, 160);
    m_table->horizontalHeader()->resizeSection(SaveListModel::AuthorColumn, 80);
    m_table->horizontalHeader()->resizeSection(SaveListModel::ReasonColumn, 180);
    m_table->horizontalHeader()->setSectionResizeMode(SaveListModel::EdgeColumn,
                                                      QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(SaveListModel::ObjectsColumn,
                                                      QHeaderView::Stretch);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions(actions());
    auto *list = new QWidget(this);
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addWidget(m_filter);
    column->addWidget(m_table, 1);
    return list;
}

QWidget *HistoryPage::createDetail()
{
    m_title->setObjectName(u"historyTitle"_qs);
    m_title->setFont(theme::textFont(theme::TextSize::Heading, QFont::DemiBold));
    m_reason->setObjectName(u"historyReason"_qs);
    for (QLabel *label : {m_title, m_reason}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto *tree = new widgets::ChangeView(m_appearance, m_changes, this);
    tree->setObjectName(u"historyChanges"_qs);
    auto *detail = new QWidget(this);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(inside);
    for (QAction *action : {m_revert, m_export, m_copy}) {
        auto *button = new QPushButton(action->icon(), action->text(), detail);
        button->setObjectName(action->objectName() + u"Button"_qs);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::enabledChanged, button, &QWidget::setEnabled);
        if (action == m_copy)
            button->setText(tr("Copy"));
        else if (action == m_export)
            button->setText(tr("Export…"));
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *column = new QVBoxLayout(detail);
    column->setContentsMargins(0, inside, 0, 0);
    column->setSpacing(inside);
    column->addWidget(m_title);
    column->addWidget(m_reason);
    column->addWidget(tree, 1);
    column->addLayout(buttons);
    return detail;
}

void HistoryPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void HistoryPage::refresh()
{
    readPage(0, ++m_reading);
}

/// The saves before the one with that id, 0 for the newest; then what is older, to the first.
void HistoryPage::readPage(qint64 before, int reading)
{
    whenReady(m_journal.summaries(m_workspace.primaryNode().source.text, before, pageSize), this,
              [this, before, reading](const Result<QList<JournalSummary>> &answer) {
                  if (reading != m_reading)
                      return;
                  if (!answer)
                      return say(theme::State::Bad, messages::sentence(answer.error()));
                  QList<qint64> ids;
                  for (const JournalSummary &summary : *answer)
                      ids.append(summary.id);
                  if (before == 0) {
                      m_saves.clear();
                      showSheet();
                  }
                  readEntry(ids, 0, reading);
              });
}

/// One after the other, so that the newest stand there while the rest is being read.
void HistoryPage::readEntry(const QList<qint64> &ids, int next, int reading)
{
    if (next >= ids.size()) {
        if (ids.size() == pageSize)
            readPage(ids.constLast(), reading);
        return;
    }
    whenReady(m_journal.entry(ids[next]), this,
              [this, ids, next, reading](const Result<JournalEntry> &entry) {
                  if (reading != m_reading)
                      return;
                  if (entry)
                      m_saves.addEntry(*entry);
                  if (m_saves.rowCount() == 1)
                      m_table->selectRow(0);
                  readEntry(ids, next + 1, reading);
              });
}

void HistoryPage::showSheet()
{
    m_sheets->setCurrentIndex(m_saves.rowCount() > 0 ? 1 : 0);
}

const JournalEntry *HistoryPage::selected() const
{
    const QModelIndex current = m_filtered.mapToSource(m_table->currentIndex());
    return current.isValid() ? &m_saves.entry(current.row()) : nullptr;
}

QString HistoryPage::titleOf(const JournalEntry &entry) const
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(entry.summary.begunAt / 1'000'000);
    return tr("%1, by %2").arg(locale().toString(time, QLocale::ShortFormat), entry.summary.author);
}

void HistoryPage::showSelected()
{
    const JournalEntry *entry = selected();
    for (QAction *action : {m_revert, m_export, m_copy})
        action->setEnabled(entry != nullptr);
    m_title->setText(entry ? titleOf(*entry) : QString());
    m_reason->setText(entry ? entry->summary.reason : QString());
    m_reason->setVisible(entry && !entry->summary.reason.isEmpty());
    if (!entry) {
        m_changes.setChanges({}, {}, {});
        return;
    }
    m_revert->setEnabled(isSaved(*entry));
    // The names of what was saved, as far as it is still there.
    const flags::Snapshot &now = m_workspace.draft().base();
    const Result<flags::Snapshot> before = workspace::reverted(now, entry->inverse);
    m_changes.setChanges(entry->changes, before ? *before : now, now);
}

void HistoryPage::revert()
{
    const JournalEntry *entry = selected();
    if (!entry)
        return;
    const Result<void> done = m_workspace.draft().edit(
        tr("revert the save of %1").arg(titleOf(*entry)), [&](const flags::Snapshot &snapshot) {
            return workspace::reverted(snapshot, entry->inverse);
        });
    if (!done)
        return say(theme::State::Bad, tr("It cannot be taken back as it is."),
                   messages::sentence(done.error()));
    m_messages->clear();
    emit reverted();
}

void HistoryPage::askWhereToExport()
{
    const JournalEntry *entry = selected();
    if (!entry)
        return;
    auto *dialog = new QFileDialog(this, tr("Export the saved changes"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Change sets (*%1)").arg(changes::fileSuffix));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, content = changes::toJson(entry->changes)](QString path) {
                if (!path.endsWith(changes::fileSuffix))
                    path += changes::fileSuffix;
                QSaveFile file(path);
                const bool written = file.open(QIODevice::WriteOnly)
                                     && file.write(content) == content.size() && file.commit();
                written ? say(theme::State::Ok, tr("The changes are in %1.").arg(path))
                        : say(theme::State::Bad, tr("%1 could not be written.").arg(path),
                              file.errorString());
            });
    dialog->open();
}

void HistoryPage::copyText()
{
    const JournalEntry *entry = selected();
    if (!entry)
        return;
    const flags::Snapshot &now = m_workspace.draft().base();
    const Result<flags::Snapshot> before = workspace::reverted(now, entry->inverse);
    QStringList lines{titleOf(*entry)};
    if (!entry->summary.reason.isEmpty())
        lines.append(entry->summary.reason);
    lines += changes::text(changes::visible(entry->changes), before ? *before : now, now);
    QGuiApplication::clipboard()->setText(lines.join(u'\n') + u'\n');
    say(theme::State::Ok, tr("The changes are on the clipboard."));
}

void HistoryPage::say(theme::State state, const QString &what, const QString &why)
{
    m_messages->showMessage({state, what, why});
}

} // namespace edgewise::historypage
