// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/edit.h>
#include <flags/segmentuse.h>
#include <flags/transfer.h>
#include <messages/sentence.h>
#include <models/segmenttablemodel.h>
#include <segments/newsegmentdialog.h>
#include <segments/segmenteditor.h>
#include <segments/segmentspage.h>
#include <segments/segmenttablelooks.h>
#include <theme/appearance.h>
#include <widgets/emptystate.h>
#include <widgets/messagebar.h>
#include <workspace/workspace.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QSplitter>
#include <QStackedWidget>

namespace edgewise::segmentspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::SegmentTableModel;

namespace {
constexpr size_t mostNamedUses = 12;
}

SegmentsPage::SegmentsPage(const theme::Appearance &appearance, workspace::Workspace &workspace,
                           QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_workspace(workspace),
      m_model(new SegmentTableModel(this)), m_looks(new SegmentTableLooks(this)),
      m_messages(new widgets::MessageBar(appearance, this)),
      m_empty(new widgets::EmptyState(appearance, u"segments"_qs, this)),
      m_sheets(new QStackedWidget(this)), m_filter(new QLineEdit(this)),
      m_table(new QTableView(this)), m_count(new QLabel(this)),
      m_editor(new SegmentEditor(appearance, this)),
      m_nothingChosen(new widgets::EmptyState(appearance, u"segments"_qs, this)),
      m_side(new QStackedWidget(this))
{
    setObjectName(u"segmentsPage"_qs);
    m_empty->setObjectName(u"segmentsEmpty"_qs);
    m_nothingChosen->setObjectName(u"noSegmentChosen"_qs);
    m_looks->setSourceModel(m_model);
    createActions();
    m_sheets->addWidget(m_empty);
    m_sheets->addWidget(createTable());
    auto *column = new QVBoxLayout(this);
    column->setSpacing(between);
    column->addWidget(m_messages);
    column->addWidget(m_sheets, 1);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_looks->setWords(text);
        showCount();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &SegmentsPage::showSelected);
    connect(m_table, &QTableView::activated, m_editor, &SegmentEditor::focusName);
    connect(m_editor, &SegmentEditor::edited, this, &SegmentsPage::takeEdit);
    connect(m_editor, &SegmentEditor::flagOpenRequested, this, &SegmentsPage::flagOpenRequested);
    connect(&workspace.draft(), &workspace::Draft::currentChanged, this, &SegmentsPage::takeDraft);
    connect(&workspace, &workspace::Workspace::lockChanged, this, &SegmentsPage::takeLock);
    takeLock();
    takeDraft();
}

void SegmentsPage::createActions()
{
    m_new =
        addAction(u"newSegment"_qs, tr("New segment…"), u"add"_qs, &SegmentsPage::createSegment);
    m_duplicate = addAction(u"duplicateSegment"_qs, tr("Duplicate segment"), u"copy"_qs,
                            &SegmentsPage::duplicateSegment);
    m_transfer = addAction(u"copySegmentToNamespace"_qs, tr("Copy segment to namespace…"),
                           u"namespace"_qs, &SegmentsPage::askWhereToCopy);
    m_delete = addAction(u"deleteSegment"_qs, tr("Delete segment"), u"delete"_qs,
                         &SegmentsPage::deleteSegment);
    m_copy = addAction(u"copySegmentKey"_qs, tr("Copy key"), u"copy"_qs, &SegmentsPage::copyKey);
    m_new->setShortcut(QKeySequence::New);
    m_duplicate->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_D));
    // Keys that mean something else in a field belong to the table alone.
    for (QAction *action : {m_delete, m_copy})
        action->setShortcutContext(Qt::WidgetShortcut);
    m_delete->setShortcut(QKeySequence::Delete);
    m_copy->setShortcut(QKeySequence::Copy);
    m_table->addActions({m_delete, m_copy});
    m_find = new QAction(this);
    m_find->setShortcut(QKeySequence::Find);
    m_find->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_find, &QAction::triggered, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    QWidget::addAction(m_find);
}

QAction *SegmentsPage::addAction(const QString &name, const QString &text, const QString &icon,
                                 void (SegmentsPage::*run)())
{
    auto *action = new QAction(m_appearance.icon(icon), text, this);
    action->setObjectName(name);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, run);
    QWidget::addAction(action);
    m_actions.append(action);
    return action;
}

QWidget *SegmentsPage::createTable()
{
    m_filter->setObjectName(u"segmentFilter"_qs);
    m_filter->setAccessibleName(tr("Filter segments"));
    m_filter->setPlaceholderText(tr("Filter by key, name, property or value"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(m_appearance.icon(u"search"_qs), QLineEdit::LeadingPosition);
    m_count->setObjectName(u"segmentCount"_qs);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_table->setObjectName(u"segmentTable"_qs);
    m_table->setAccessibleName(tr("Segments"));
    m_table->setModel(m_looks);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(row);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(SegmentTableModel::NameColumn,
                                                      QHeaderView::Stretch);
    m_table->setColumnWidth(SegmentTableModel::KeyColumn, 170);
    m_table->setColumnWidth(SegmentTableModel::MatchColumn, 56);
    m_table->setColumnWidth(SegmentTableModel::ConstraintsColumn, 92);
    m_table->setColumnWidth(SegmentTableModel::UsesColumn, 56);
    m_table->setColumnHidden(SegmentTableModel::UpdatedColumn, true);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &place) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addActions(m_actions);
        menu->popup(m_table->viewport()->mapToGlobal(place));
    });
    auto *create = new QPushButton(m_new->icon(), tr("New segment"), this);
    create->setObjectName(u"newSegmentButton"_qs);
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
    leftColumn->addWidget(m_count);
    m_nothingChosen->setContent(tr("Choose a segment to see and edit it."));
    m_side->addWidget(m_nothingChosen);
    m_side->addWidget(m_editor);
    auto *splitter = new QSplitter(this);
    splitter->setObjectName(u"segmentsSplitter"_qs);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(m_side);
    splitter->setStretchFactor(0, 5);
    splitter->setStretchFactor(1, 4);
    left->setMinimumWidth(260);
    m_side->setMinimumWidth(416);
    return splitter;
}

std::shared_ptr<const flags::Namespace> SegmentsPage::current() const
{
    return m_workspace.draft().current().nameSpace(m_nameSpace);
}

std::shared_ptr<const flags::Segment> SegmentsPage::selected() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? m_model->segment(m_looks->mapToSource(index)) : nullptr;
}

void SegmentsPage::setNamespace(const NamespaceKey &key)
{
    if (key == m_nameSpace)
        return;
    commit();
    m_nameSpace = key;
    m_editor->setSegment(nullptr, nullptr);
    takeDraft();
}

void SegmentsPage::showSegment(const SegmentKey &key)
{
    QModelIndex index = m_looks->mapFromSource(m_model->indexOf(key));
    if (!index.isValid() && !m_filter->text().isEmpty()) {
        m_filter->clear();
        index = m_looks->mapFromSource(m_model->indexOf(key));
    }
    m_table->setCurrentIndex(index);
}

void SegmentsPage::commit()
{
    m_editor->commit();
}

void SegmentsPage::takeDraft()
{
    const auto nameSpace = current();
    const auto chosen = selected();
    m_model->setNamespace(nameSpace, m_workspace.draft().base().nameSpace(m_nameSpace));
    // Segments that came or went made all rows new ones.
    if (chosen && !m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_looks->mapFromSource(m_model->indexOf(chosen->key)));
    const bool isEmpty = !nameSpace || nameSpace->segments.empty();
    if (isEmpty)
        m_empty->setContent(tr("The segments of namespace %1 stand here: who a rule is for.")
                                .arg(m_nameSpace.text()),
                            nameSpace ? m_new : nullptr);
    m_sheets->setCurrentIndex(isEmpty ? 0 : 1);
    showSelected();
    showCount();
    takeLock();
}

void SegmentsPage::takeLock()
{
    const bool locked = m_workspace.isLocked();
    m_editor->setReadOnly(locked);
    m_new->setEnabled(current() && !locked);
    m_new->setToolTip(locked ? tr("Unlock writing first") : m_new->text());
    m_delete->setEnabled(selected() && !locked);
    m_duplicate->setEnabled(selected() && !locked);
    m_transfer->setEnabled(selected() && !locked
                           && m_workspace.draft().current().namespaces.size() > 1);
    m_copy->setEnabled(selected() != nullptr);
}

void SegmentsPage::showSelected()
{
    const auto segment = selected();
    m_editor->setSegment(segment, current());
    m_side->setCurrentWidget(segment ? static_cast<QWidget *>(m_editor) : m_nothingChosen);
    takeLock();
}

void SegmentsPage::showCount()
{
    const int shown = m_looks->rowCount();
    const int all = m_model->rowCount();
    if (shown < all)
        m_count->setText(tr("%1 of %2 segments").arg(shown).arg(all));
    else
        m_count->setText(all == 1 ? tr("1 segment") : tr("%1 segments").arg(all));
}

void SegmentsPage::createSegment()
{
    auto *dialog = new NewSegmentDialog(m_appearance, current(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const flags::Segment segment = dialog->segment();
        const Result<void> done = m_workspace.draft().edit(
            tr("create segment %1").arg(segment.key.text()), [&](const flags::Snapshot &snapshot) {
                return flags::insertSegment(snapshot, m_nameSpace, segment);
            });
        if (!done)
            return complain(done.error());
        showSegment(segment.key);
    });
    dialog->open();
}

void SegmentsPage::duplicateSegment()
{
    const auto segment = selected();
    if (!segment)
        return;
    commit();
    SegmentKey key = segment->key;
    for (int number = 2; current()->segment(key); ++number)
        key = SegmentKey(u"%1-%2"_qs.arg(segment->key.text()).arg(number));
    const flags::Segment copy = flags::copyOf(*selected(), key);
    const Result<void> done = m_workspace.draft().edit(
        tr("duplicate segment %1").arg(segment->key.text()), [&](const flags::Snapshot &snapshot) {
            return flags::insertSegment(snapshot, m_nameSpace, copy);
        });
    if (!done)
        return complain(done.error());
    showSegment(copy.key);
    m_editor->focusName();
}

void SegmentsPage::askWhereToCopy()
{
    const auto segment = selected();
    if (!segment)
        return;
    commit();
    QStringList free;
    for (const auto &nameSpace : m_workspace.draft().current().namespaces)
        if (nameSpace->key != m_nameSpace && !nameSpace->segment(segment->key))
            free.append(nameSpace->key.text());
    if (free.isEmpty())
        return m_messages->showMessage(
            {theme::State::Late,
             tr("Every other namespace has a segment %1 already.").arg(segment->key.text()),
             tr("Duplicate it under another key first.")});
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(u"segmentTarget"_qs);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Copy segment to namespace"));
    dialog->setLabelText(
        tr("Copy %1 with its constraints to the namespace").arg(segment->key.text()));
    dialog->setComboBoxItems(free);
    dialog->setOkButtonText(tr("Copy"));
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this](const QString &key) { copyTo(NamespaceKey(key)); });
    dialog->open();
}

void SegmentsPage::copyTo(const NamespaceKey &other)
{
    const flags::Segment copy = flags::copyOf(*selected(), selected()->key);
    const Result<void> done =
        m_workspace.draft().edit(tr("copy segment %1 to %2").arg(copy.key.text(), other.text()),
                                 [&](const flags::Snapshot &snapshot) {
                                     return flags::insertSegment(snapshot, other, copy);
                                 });
    if (!done)
        return complain(done.error());
    m_messages->showMessage({theme::State::Ok,
                             tr("%1 is in %2, in the draft.").arg(copy.key.text(), other.text()),
                             {}});
}

void SegmentsPage::deleteSegment()
{
    const auto segment = selected();
    if (!segment)
        return;
    if (!flags::usesOf(*current(), segment->key).empty())
        return askToDeleteUsed(segment->key);
    const int row = m_table->currentIndex().row();
    const Result<void> done = m_workspace.draft().edit(
        tr("delete segment %1").arg(segment->key.text()), [&](const flags::Snapshot &snapshot) {
            return flags::removeSegment(snapshot, m_nameSpace, segment->key);
        });
    if (!done)
        return complain(done.error());
    m_table->setCurrentIndex(m_looks->index(std::min(row, m_looks->rowCount() - 1), 0));
}

void SegmentsPage::askToDeleteUsed(const SegmentKey &key)
{
    QStringList lines;
    const std::vector<flags::SegmentUse> uses = flags::usesOf(*current(), key);
    for (size_t i = 0; i < uses.size() && i < mostNamedUses; ++i) {
        const QString place =
            (uses[i].isRollout ? tr("flag %1, rollout %2") : tr("flag %1, rule %2"))
                .arg(uses[i].flag.text())
                .arg(uses[i].number);
        lines.append(uses[i].isOnly ? tr("%1: goes, it names no other segment").arg(place)
                                    : tr("%1: goes on with its other segments").arg(place));
    }
    if (uses.size() > mostNamedUses)
        lines.append(tr("and %1 more").arg(uses.size() - mostNamedUses));
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Delete a segment in use"),
                                tr("Segment %1 is in use. Flipt does not delete it while a rule or "
                                   "a rollout names it.")
                                    .arg(key.text()),
                                QMessageBox::Cancel, this);
    box->setObjectName(u"deleteUsedSegment"_qs);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(lines.join(u'\n'));
    auto *take = box->addButton(tr("Take it out and delete it"), QMessageBox::DestructiveRole);
    take->setObjectName(u"deleteWithUses"_qs);
    box->setDefaultButton(QMessageBox::Cancel);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(take, &QAbstractButton::clicked, this, [this, key] {
        const Result<void> done = m_workspace.draft().edit(
            tr("delete segment %1 and its uses").arg(key.text()),
            [&](const flags::Snapshot &snapshot) {
                return flags::removeSegmentAndUses(snapshot, m_nameSpace, key);
            });
        if (!done)
            complain(done.error());
    });
    box->open();
}

void SegmentsPage::copyKey()
{
    if (const auto segment = selected())
        QGuiApplication::clipboard()->setText(segment->key.text());
}

void SegmentsPage::takeEdit(const flags::Segment &segment, const QString &label,
                            const QString &topic)
{
    const QString place = m_nameSpace.text() + u'/' + segment.key.text();
    const Result<void> done = m_workspace.draft().edit(
        label, topic.isEmpty() ? topic : u"segment "_qs + topic + u' ' + place,
        [&](const flags::Snapshot &snapshot) {
            return flags::replaceSegment(snapshot, m_nameSpace, flags::asStored(segment));
        });
    if (!done)
        complain(done.error());
}

void SegmentsPage::complain(const Error &error)
{
    m_messages->showMessage({theme::State::Bad, messages::sentence(error), {}});
}

} // namespace edgewise::segmentspage
