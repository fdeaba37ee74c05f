// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/whenready.h>
#include <flags/bulkbar.h>
#include <flags/edit.h>
#include <flags/flageditor.h>
#include <flags/flagspage.h>
#include <flags/flagtablelooks.h>
#include <flags/flagtableview.h>
#include <flags/newflagdialog.h>
#include <flags/transferdialog.h>
#include <flags/tryitstrip.h>
#include <messages/sentence.h>
#include <models/flagtablemodel.h>
#include <theme/appearance.h>
#include <widgets/busyindicator.h>
#include <widgets/emptystate.h>
#include <widgets/messagebar.h>
#include <workspace/workspace.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::FlagTableModel;
using workspace::SnapshotFeed;

FlagsPage::FlagsPage(const theme::Appearance &appearance, workspace::Workspace &workspace,
                     QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_workspace(workspace),
      m_model(new FlagTableModel(this)), m_looks(new FlagTableLooks(this)),
      m_messages(new widgets::MessageBar(appearance, this)),
      m_busy(new widgets::BusyIndicator(appearance, this)),
      m_empty(new widgets::EmptyState(appearance, u"flag"_qs, this)),
      m_sheets(new QStackedWidget(this)), m_filter(new QLineEdit(this)),
      m_table(new FlagTableView(appearance, this)), m_count(new QLabel(this)),
      m_editor(new FlagEditor(appearance, this)), m_tryIt(new TryItStrip(appearance, this)),
      m_editing(new QWidget(this)),
      m_nothingChosen(new widgets::EmptyState(appearance, u"flag"_qs, this)),
      m_side(new QStackedWidget(this))
{
    setObjectName(u"flagsPage"_qs);
    m_empty->setObjectName(u"flagsEmpty"_qs);
    m_nothingChosen->setObjectName(u"noFlagChosen"_qs);
    m_looks->setSourceModel(m_model);
    createActions();
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

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setFilter(text);
        showCount();
    });
    connect(m_looks, &FlagTableLooks::turned, this, &FlagsPage::turn);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &FlagsPage::showSelected);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &FlagsPage::showBulk);
    connect(m_table, &FlagTableView::openRequested, m_editor, &FlagEditor::focusName);
    connect(m_table, &QWidget::customContextMenuRequested, this, &FlagsPage::showContextMenu);
    connect(m_editor, &FlagEditor::edited, this, &FlagsPage::takeEdit);
    connect(m_tryIt, &TryItStrip::bucketsChanged, m_editor, &FlagEditor::setEntityBuckets);
    connect(m_editor, &FlagEditor::segmentOpenRequested, this, &FlagsPage::segmentOpenRequested);
    connect(&workspace.draft(), &workspace::Draft::currentChanged, this, &FlagsPage::takeDraft);
    connect(&workspace.primary(), &SnapshotFeed::stateChanged, this, &FlagsPage::takeFeed);
    connect(&workspace.primary(), &SnapshotFeed::readingChanged, this, &FlagsPage::takeFeed);
    connect(&workspace, &workspace::Workspace::lockChanged, this, &FlagsPage::takeLock);
    takeLock();
    takeFeed();
}

void FlagsPage::createActions()
{
    m_new = addAction(u"newFlag"_qs, tr("New flag…"), u"add"_qs, QKeySequence::New,
                      &FlagsPage::createFlag);
    m_delete =
        addAction(u"deleteFlag"_qs, tr("Delete flags"), u"delete"_qs, {}, &FlagsPage::deleteFlags);
    m_enable =
        addAction(u"enableFlags"_qs, tr("Switch on"), u"check"_qs, {}, &FlagsPage::enableChosen);
    m_disable =
        addAction(u"disableFlags"_qs, tr("Switch off"), u"stop"_qs, {}, &FlagsPage::disableChosen);
    m_duplicate = addAction(u"duplicateFlag"_qs, tr("Duplicate…"), u"copy"_qs,
                            QKeySequence(Qt::CTRL | Qt::Key_D), &FlagsPage::duplicateFlag);
    m_transfer = addAction(u"transferFlags"_qs, tr("Copy or move to…"), u"forward"_qs, {},
                           &FlagsPage::transferChosen);
    m_copy = addAction(u"copyFlagKey"_qs, tr("Copy key"), u"copy"_qs, {}, &FlagsPage::copyKey);
    addAction(u"findFlag"_qs, tr("Find a flag"), u"search"_qs, QKeySequence::Find,
              &FlagsPage::focusFilter);
    // Keys that mean something else in a field belong to the table alone.
    for (QAction *action : {m_delete, m_copy})
        action->setShortcutContext(Qt::WidgetShortcut);
    m_delete->setShortcut(QKeySequence::Delete);
    m_copy->setShortcut(QKeySequence::Copy);
    m_table->addActions({m_delete, m_copy});

    m_retry = new QAction(m_appearance.icon(u"refresh"_qs), tr("Try again"), this);
    m_retry->setObjectName(u"retry"_qs);
    connect(m_retry, &QAction::triggered, this, [this] { m_workspace.primary().refresh(); });
    m_initialise = new QAction(tr("Create Flipt's tables"), this);
    m_initialise->setObjectName(u"initialise"_qs);
    connect(m_initialise, &QAction::triggered, this, [this] {
        whenReady(m_workspace.initialise(), this, [this](const Result<void> &result) {
            if (!result)
                complain(result.error());
            m_workspace.primary().refresh();
        });
    });
}

QAction *FlagsPage::addAction(const QString &name, const QString &text, const QString &icon,
                              const QKeySequence &key, void (FlagsPage::*run)())
{
    auto *action = new QAction(m_appearance.icon(icon), text, this);
    action->setObjectName(name);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, run);
    QWidget::addAction(action);
    m_actions.append(action);
    return action;
}

QWidget *FlagsPage::createTable()
{
    m_filter->setObjectName(u"flagFilter"_qs);
    m_filter->setAccessibleName(tr("Filter flags"));
    m_filter->setPlaceholderText(tr("Filter, such as mail is:enabled used:beta"));
    m_filter->setToolTip(tr("Words of key, name or description, and conditions:\n"
                            "key: name: type:boolean is:enabled is:disabled is:changed\n"
                            "meta:owner meta:owner=mail tag:campaign used:segment has:problems\n"
                            "A minus in front turns one over: -used:beta"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(m_appearance.icon(u"search"_qs), QLineEdit::LeadingPosition);
    m_count->setObjectName(u"flagCount"_qs);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_table->setColumns(m_looks, FlagTableModel::KeyColumn, FlagTableModel::EnabledColumn);
    auto *create = new QPushButton(m_new->icon(), tr("New flag"), this);
    create->setObjectName(u"newFlagButton"_qs);
    connect(create, &QPushButton::clicked, m_new, &QAction::trigger);
    connect(m_new, &QAction::enabledChanged, create, &QWidget::setEnabled);

    auto *top = new QHBoxLayout;
    top->addWidget(m_filter, 1);
    top->addWidget(create);
    auto *left = new QWidget(this);
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, inside, 0);
    leftColumn->addLayout(top);
    leftColumn->addWidget(m_table, 1);
    m_bulk = new BulkBar({m_enable, m_disable, m_transfer, m_delete}, left);
    leftColumn->addWidget(m_bulk);
    leftColumn->addWidget(m_count);
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
    auto *splitter = new QSplitter(this);
    splitter->setObjectName(u"flagsSplitter"_qs);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(m_side);
    splitter->setStretchFactor(0, 5);
    splitter->setStretchFactor(1, 4);
    left->setMinimumWidth(260);
    m_side->setMinimumWidth(416); // the cards of the editor stay whole
    return splitter;
}

std::shared_ptr<const flags::Namespace> FlagsPage::current() const
{
    return m_workspace.draft().current().nameSpace(m_nameSpace);
}

std::shared_ptr<const flags::Flag> FlagsPage::selectedFlag() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? m_model->flag(m_looks->mapToSource(index)) : nullptr;
}

void FlagsPage::setNamespace(const NamespaceKey &key)
{
    if (key == m_nameSpace)
        return;
    commit();
    m_nameSpace = key;
    m_editor->setFlag(nullptr);
    takeDraft();
}

void FlagsPage::showFlag(const FlagKey &key)
{
    QModelIndex index = m_model->indexOf(key);
    if (!index.isValid() && !m_filter->text().isEmpty()) {
        m_filter->clear();
        index = m_model->indexOf(key);
    }
    m_table->setCurrentIndex(m_looks->mapFromSource(index));
}

void FlagsPage::commit()
{
    m_editor->commit();
}

void FlagsPage::takeDraft()
{
    m_model->setNamespace(current(), m_workspace.draft().base().nameSpace(m_nameSpace));
    showSheet();
    showSelected();
    showCount();
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
                            m_new);
    }
    if (sheet == LoadingSheet && !m_busy->isBusy())
        m_busy->start(tr("Reading %1").arg(feed.source().text));
    else if (sheet != LoadingSheet)
        m_busy->stop();
    m_new->setEnabled(current() && !m_workspace.isLocked());
    m_sheets->setCurrentIndex(sheet);
}

void FlagsPage::showSelected()
{
    const std::shared_ptr<const flags::Flag> flag = selectedFlag();
    const auto base = m_workspace.draft().base().nameSpace(m_nameSpace);
    m_editor->setFlag(flag, current(), flag && base ? base->flag(flag->key) : nullptr);
    m_side->setCurrentWidget(flag ? m_editing : static_cast<QWidget *>(m_nothingChosen));
    enableActions();
    if (!flag)
        return;
    m_editor->setProblems(flags::validate(*flag, *current()));
    m_tryIt->setFlag(current(), base, flag->key);
}

void FlagsPage::enableActions()
{
    const bool chosen = selectedFlag() != nullptr;
    for (QAction *action : {m_delete, m_enable, m_disable, m_duplicate, m_transfer})
        action->setEnabled(chosen && !m_workspace.isLocked());
    m_copy->setEnabled(chosen);
}

void FlagsPage::showCount()
{
    const int shown = m_model->rowCount();
    const int all = m_model->flagCount();
    const QString total = locale().toString(all);
    if (shown == 0 && all > 0)
        m_count->setText(tr("None of %1 flags has all of these words.").arg(total));
    else if (shown < all)
        m_count->setText(tr("%1 of %2 flags").arg(locale().toString(shown), total));
    else
        m_count->setText(all == 1 ? tr("1 flag") : tr("%1 flags").arg(total));
}

void FlagsPage::showContextMenu(const QPoint &place)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_copy, m_duplicate, m_transfer, m_enable, m_disable, m_delete, m_new});
    menu->popup(m_table->viewport()->mapToGlobal(place));
}

void FlagsPage::takeLock()
{
    const bool locked = m_workspace.isLocked();
    m_looks->setReadOnly(locked);
    m_editor->setReadOnly(locked);
    m_new->setToolTip(locked ? tr("Unlock writing first") : m_new->text());
    enableActions();
    showSheet();
}

void FlagsPage::createFlag()
{
    auto *dialog = new NewFlagDialog(m_appearance, current(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const flags::Flag flag = dialog->flag();
        const Result<void> done = m_workspace.draft().edit(
            tr("create %1").arg(flag.key.text()), [&](const flags::Snapshot &snapshot) {
                return flags::insertFlag(snapshot, m_nameSpace, flag);
            });
        if (!done)
            return complain(done.error());
        showFlag(flag.key);
        m_editor->focusName();
    });
    dialog->open();
}

std::vector<FlagKey> FlagsPage::chosenFlags() const
{
    std::vector<FlagKey> keys;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        keys.emplace_back(row.data(FlagTableModel::KeyRole).toString());
    if (const std::shared_ptr<const flags::Flag> flag = selectedFlag(); keys.empty() && flag)
        keys.push_back(flag->key);
    return keys;
}

void FlagsPage::showBulk()
{
    m_bulk->setCount(int(m_table->selectionModel()->selectedRows().size()), m_model->flagCount());
}

void FlagsPage::deleteFlags()
{
    const std::vector<FlagKey> keys = chosenFlags();
    if (keys.empty())
        return;
    const int row = m_table->currentIndex().row();
    const QString label = keys.size() == 1 ? tr("delete %1").arg(keys.front().text())
                                           : tr("delete %1 flags").arg(keys.size());
    const Result<void> done = m_workspace.draft().edit(
        label, [&](const flags::Snapshot &snapshot) -> Result<flags::Snapshot> {
            Result<flags::Snapshot> edited = snapshot;
            for (const FlagKey &key : keys) {
                edited = flags::removeFlag(*edited, m_nameSpace, key);
                if (!edited)
                    break;
            }
            return edited;
        });
    if (!done)
        return complain(done.error());
    // The next one takes its place, so that several can be deleted in a row.
    m_table->setCurrentIndex(m_looks->index(std::min(row, m_looks->rowCount() - 1), 0));
}

void FlagsPage::enableChosen()
{
    switchChosen(true);
}

void FlagsPage::disableChosen()
{
    switchChosen(false);
}

void FlagsPage::switchChosen(bool on)
{
    const std::vector<FlagKey> keys = chosenFlags();
    const QString what = keys.size() == 1 ? keys.front().text() : tr("%1 flags").arg(keys.size());
    const Result<void> done =
        m_workspace.draft().edit((on ? tr("switch on %1") : tr("switch off %1")).arg(what),
                                 [&](const flags::Snapshot &snapshot) -> Result<flags::Snapshot> {
                                     Result<flags::Snapshot> edited = snapshot;
                                     for (const FlagKey &key : keys) {
                                         const auto flag =
                                             snapshot.nameSpace(m_nameSpace)->flag(key);
                                         if (!flag || flag->enabled == on)
                                             continue;
                                         flags::Flag turned = *flag;
                                         turned.enabled = on;
                                         edited = flags::replaceFlag(*edited, m_nameSpace, turned);
                                         if (!edited)
                                             break;
                                     }
                                     return edited;
                                 });
    if (!done)
        complain(done.error());
}

void FlagsPage::duplicateFlag()
{
    if (const std::shared_ptr<const flags::Flag> flag = selectedFlag())
        showTransfer({flag->key});
}

void FlagsPage::transferChosen()
{
    const std::vector<FlagKey> keys = chosenFlags();
    if (!keys.empty())
        showTransfer(keys);
}

void FlagsPage::showTransfer(const std::vector<FlagKey> &keys)
{
    commit();
    auto *dialog = new TransferDialog(m_workspace.draft().current(), m_nameSpace, keys, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const flags::Transfer transfer = dialog->transfer();
        const QString what = transfer.flags.size() == 1 ? transfer.flags.front().text()
                                                        : tr("%1 flags").arg(transfer.flags.size());
        const Result<void> done =
            m_workspace.draft().edit((transfer.isMove ? tr("move %1 to %2") : tr("copy %1 to %2"))
                                         .arg(what, transfer.to.text()),
                                     [&](const flags::Snapshot &snapshot) {
                                         return flags::transferFlags(snapshot, transfer);
                                     });
        if (!done)
            return complain(done.error());
        if (transfer.to == m_nameSpace && !transfer.newKey.isEmpty())
            showFlag(transfer.newKey);
    });
    dialog->open();
}

void FlagsPage::copyKey()
{
    if (const std::shared_ptr<const flags::Flag> flag = selectedFlag())
        QGuiApplication::clipboard()->setText(flag->key.text());
}

void FlagsPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void FlagsPage::turn(const QString &key, bool on)
{
    const Result<void> done =
        m_workspace.draft().edit((on ? tr("switch on %1") : tr("switch off %1")).arg(key),
                                 [&](const flags::Snapshot &snapshot) -> Result<flags::Snapshot> {
                                     const auto nameSpace = snapshot.nameSpace(m_nameSpace);
                                     const auto flag =
                                         nameSpace ? nameSpace->flag(FlagKey(key)) : nullptr;
                                     if (!flag)
                                         return Error{.kind = Error::Kind::NotFound,
                                                      .step = u"switching flag %1"_qs.arg(key),
                                                      .detail = u"it is gone"_qs};
                                     flags::Flag turned = *flag;
                                     turned.enabled = on;
                                     return flags::replaceFlag(snapshot, m_nameSpace, turned);
                                 });
    if (!done)
        complain(done.error());
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
