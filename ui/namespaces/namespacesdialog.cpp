// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/edit.h>
#include <flags/validate.h>
#include <messages/sentence.h>
#include <namespaces/namespacesdialog.h>
#include <theme/appearance.h>
#include <widgets/card.h>
#include <widgets/keyfield.h>
#include <widgets/linefield.h>
#include <widgets/parts.h>
#include <workspace/workspace.h>

#include <QFormLayout>
#include <QTableWidget>

namespace edgewise::namespaces {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using widgets::LineField;

namespace {

enum NamespaceColumn { KeyColumn, NameColumn, FlagsColumn, SegmentsColumn, NamespaceColumnCount };

QString counted(qsizetype flagCount, qsizetype segmentCount)
{
    const QString flagsText = flagCount == 1 ? NamespacesDialog::tr("1 flag")
                                             : NamespacesDialog::tr("%1 flags").arg(flagCount);
    const QString segmentsText = segmentCount == 1
                                     ? NamespacesDialog::tr("1 segment")
                                     : NamespacesDialog::tr("%1 segments").arg(segmentCount);
    return NamespacesDialog::tr("%1 and %2").arg(flagsText, segmentsText);
}

} // namespace

NamespacesDialog::NamespacesDialog(const theme::Appearance &appearance,
                                   workspace::Workspace &workspace, const NamespaceKey &current,
                                   QWidget *parent)
    : QDialog(parent), m_workspace(workspace), m_table(new QTableWidget(this)),
      m_name(new LineField(u"namespaceName"_qs, tr("Name"), this)),
      m_description(new LineField(u"namespaceDescription"_qs, tr("Description"), this)),
      m_open(new QPushButton(tr("Show it"), this)), m_delete(new QPushButton(tr("Delete"), this)),
      m_newName(new QLineEdit(this)), m_newKey(new widgets::KeyField(this)),
      m_create(new QPushButton(tr("Create namespace"), this)), m_problem(new QLabel(this))
{
    setObjectName(u"namespacesDialog"_qs);
    setWindowTitle(tr("Namespaces"));
    createTable();
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(u"namespacesClose"_qs);
    close->setAutoDefault(false);
    auto *foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(inside);
    column->addWidget(m_table, 1);
    column->addWidget(createForm(appearance));
    column->addWidget(createNew(appearance));
    column->addLayout(foot);
    resize(620, 560);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(&workspace.draft(), &workspace::Draft::currentChanged, this,
            &NamespacesDialog::takeDraft);
    connect(&workspace, &workspace::Workspace::lockChanged, this, &NamespacesDialog::takeDraft);
    takeDraft();
    select(current);
    judgeNew();
}

void NamespacesDialog::createTable()
{
    m_table->setObjectName(u"namespaceTable"_qs);
    m_table->setAccessibleName(tr("Namespaces"));
    m_table->setColumnCount(NamespaceColumnCount);
    m_table->setHorizontalHeaderLabels({tr("key"), tr("name"), tr("flags"), tr("segments")});
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(row);
    m_table->horizontalHeader()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(KeyColumn, 200);
    m_table->setColumnWidth(FlagsColumn, 64);
    m_table->setColumnWidth(SegmentsColumn, 80);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &NamespacesDialog::showSelected);
}

QWidget *NamespacesDialog::createForm(const theme::Appearance &)
{
    auto *form = new QWidget(this);
    auto *lines = new QFormLayout(form);
    lines->setContentsMargins({});
    lines->addRow(tr("&Name"), m_name);
    lines->addRow(tr("D&escription"), m_description);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_open);
    buttons->addStretch();
    buttons->addWidget(m_delete);
    lines->addRow(QString(), buttons);
    m_open->setObjectName(u"namespaceOpen"_qs);
    m_delete->setObjectName(u"namespaceDelete"_qs);
    for (QPushButton *button : {m_open, m_delete})
        button->setAutoDefault(false);
    connect(m_name, &LineField::committed, this, &NamespacesDialog::describe);
    connect(m_description, &LineField::committed, this, &NamespacesDialog::describe);
    connect(m_delete, &QPushButton::clicked, this, &NamespacesDialog::remove);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (const auto nameSpace = selected())
            emit chosen(nameSpace->key);
    });
    return form;
}

QWidget *NamespacesDialog::createNew(const theme::Appearance &appearance)
{
    auto *form = new QWidget(this);
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins({});
    column->addWidget(new widgets::SectionHeader(appearance, tr("New namespace"), form));
    m_newName->setObjectName(u"newNamespaceName"_qs);
    m_newName->setAccessibleName(tr("Name of the new namespace"));
    m_newKey->setObjectName(u"newNamespaceKey"_qs);
    m_newKey->setAccessibleName(tr("Key of the new namespace"));
    m_newName->setPlaceholderText(tr("name"));
    m_newKey->setPlaceholderText(tr("key"));
    m_create->setObjectName(u"newNamespaceCreate"_qs);
    m_create->setAutoDefault(false);
    auto *line = new QHBoxLayout;
    line->addWidget(m_newName, 1);
    line->addWidget(m_newKey, 1);
    line->addWidget(m_create);
    column->addLayout(line);
    m_problem->setObjectName(u"namespaceProblem"_qs);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(fontMetrics().lineSpacing());
    QPalette colours;
    colours.setColor(QPalette::WindowText, appearance.tokens().bad);
    m_problem->setPalette(colours);
    column->addWidget(m_problem);
    m_newKey->follow(m_newName);
    for (const QLineEdit *each : {m_newName, static_cast<QLineEdit *>(m_newKey)}) {
        connect(each, &QLineEdit::textEdited, this, &NamespacesDialog::judgeNew);
        connect(each, &QLineEdit::returnPressed, this, &NamespacesDialog::create);
    }
    connect(m_create, &QPushButton::clicked, this, &NamespacesDialog::create);
    return form;
}

void NamespacesDialog::takeDraft()
{
    const auto chosen = selected();
    const flags::Snapshot &snapshot = m_workspace.draft().current();
    {
        const QSignalBlocker blocker(m_table);
        m_table->setRowCount(int(snapshot.namespaces.size()));
        for (int line = 0; line < m_table->rowCount(); ++line) {
            const flags::Namespace &nameSpace = *snapshot.namespaces[size_t(line)];
            const QString texts[] = {nameSpace.key.text(), nameSpace.name,
                                     locale().toString(qlonglong(nameSpace.flags.size())),
                                     locale().toString(qlonglong(nameSpace.segments.size()))};
            for (int column = 0; column < NamespaceColumnCount; ++column) {
                auto *item = new QTableWidgetItem(texts[column]);
                if (column == KeyColumn)
                    item->setFont(theme::codeFont());
                if (column >= FlagsColumn)
                    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
                m_table->setItem(line, column, item);
            }
        }
    }
    if (chosen && snapshot.nameSpace(chosen->key))
        select(chosen->key);
    showSelected();
    judgeNew();
}

std::shared_ptr<const flags::Namespace> NamespacesDialog::selected() const
{
    const QTableWidgetItem *item = m_table->item(m_table->currentRow(), KeyColumn);
    return item ? m_workspace.draft().current().nameSpace(NamespaceKey(item->text())) : nullptr;
}

void NamespacesDialog::select(const NamespaceKey &key)
{
    for (int line = 0; line < m_table->rowCount(); ++line)
        if (m_table->item(line, KeyColumn)->text() == key.text())
            m_table->setCurrentCell(line, KeyColumn);
}

void NamespacesDialog::showSelected()
{
    const auto nameSpace = selected();
    const bool editable = nameSpace && !m_workspace.isLocked();
    m_name->setReadOnly(!editable);
    m_description->setReadOnly(!editable);
    m_open->setEnabled(nameSpace != nullptr);
    m_delete->setEnabled(editable && !nameSpace->isProtected);
    if (!nameSpace)
        return;
    m_name->setValue(nameSpace->name);
    m_description->setValue(nameSpace->description);
    m_delete->setText(nameSpace->isProtected
                          ? tr("Protected, cannot be deleted")
                          : tr("Delete with %1")
                                .arg(counted(qsizetype(nameSpace->flags.size()),
                                             qsizetype(nameSpace->segments.size()))));
    m_delete->setToolTip(nameSpace->isProtected
                             ? tr("Flipt keeps this namespace")
                             : tr("Undo brings it back; after a save, Undo this save does"));
}

void NamespacesDialog::judgeNew()
{
    const NamespaceKey key(m_newKey->text());
    QString problem;
    if (m_workspace.draft().current().nameSpace(key))
        problem = tr("There is a namespace %1 already: choose another key.").arg(key.text());
    flags::Namespace candidate;
    candidate.key = key;
    candidate.name = m_newName->text().trimmed();
    for (const flags::Problem &each : flags::validate(candidate))
        if (each.code == flags::Problem::Code::KeyInvalid && problem.isEmpty())
            problem = messages::sentence(each);
    m_problem->setText(problem);
    m_create->setEnabled(!m_workspace.isLocked() && problem.isEmpty() && !key.isEmpty()
                         && !candidate.name.isEmpty());
}

template <typename Edit>
bool NamespacesDialog::edit(const QString &label, const QString &topic, Edit edit)
{
    const Result<void> done = m_workspace.draft().edit(label, topic, edit);
    if (!done)
        m_problem->setText(messages::sentence(done.error()));
    return bool(done);
}

void NamespacesDialog::create()
{
    if (!m_create->isEnabled())
        return;
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(m_newKey->text());
    nameSpace.name = m_newName->text().trimmed();
    const NamespaceKey key = nameSpace.key;
    if (!edit(tr("create namespace %1").arg(key.text()), {}, [&](const flags::Snapshot &snapshot) {
            return flags::insertNamespace(snapshot, nameSpace);
        }))
        return;
    m_newName->clear();
    m_newKey->startOver();
    select(key);
    judgeNew();
}

void NamespacesDialog::describe()
{
    const auto nameSpace = selected();
    if (!nameSpace || m_name->isReadOnly())
        return;
    if (m_name->text().trimmed().isEmpty()) {
        m_problem->setText(tr("A namespace needs a name."));
        return;
    }
    edit(tr("describe namespace %1").arg(nameSpace->key.text()),
         u"namespace "_qs + nameSpace->key.text(), [&](const flags::Snapshot &snapshot) {
             return flags::describeNamespace(snapshot, nameSpace->key, m_name->text(),
                                             m_description->text());
         });
}

void NamespacesDialog::remove()
{
    const auto nameSpace = selected();
    if (!nameSpace || nameSpace->isProtected)
        return;
    edit(tr("delete namespace %1").arg(nameSpace->key.text()), {},
         [&](const flags::Snapshot &snapshot) {
             return flags::removeNamespace(snapshot, nameSpace->key);
         });
}

} // namespace edgewise::namespaces
