// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <whatif/questionpanel.h>

#include <QComboBox>
#include <QCompleter>

namespace edgewise::whatifpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

namespace {

constexpr int pauseMilliseconds = 120;

/// Completes a cell of the context with the words that the constraints know.
class WordDelegate : public QStyledItemDelegate {
public:
    WordDelegate(const QMap<QString, QStringList> &vocabulary, QObject *parent)
        : QStyledItemDelegate(parent), m_vocabulary(vocabulary)
    {
    }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &,
                          const QModelIndex &index) const override
    {
        auto *editor = new QLineEdit(parent);
        editor->setFrame(false);
        const QString property =
            index.siblingAtColumn(models::ContextModel::PropertyColumn).data().toString();
        const bool isProperty = index.column() == models::ContextModel::PropertyColumn;
        auto *completer = new QCompleter(
            isProperty ? QStringList(m_vocabulary.keys()) : m_vocabulary.value(property), editor);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        editor->setCompleter(completer);
        editor->setAccessibleName(isProperty ? models::ContextModel::tr("Property")
                                             : models::ContextModel::tr("Value"));
        return editor;
    }

private:
    const QMap<QString, QStringList> &m_vocabulary;
};

QLabel *caption(const QString &text, QWidget *buddy, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setBuddy(buddy);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

QuestionPanel::QuestionPanel(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_flag(new QComboBox(this)), m_entity(new QLineEdit(this)),
      m_table(new QTableView(this)), m_context(new models::ContextModel(this))
{
    m_flag->setObjectName(u"whatIfFlag"_qs);
    m_flag->setAccessibleName(tr("Flag"));
    m_flag->setEditable(true);
    m_flag->setInsertPolicy(QComboBox::NoInsert);
    m_flag->completer()->setFilterMode(Qt::MatchContains);
    m_flag->completer()->setCompletionMode(QCompleter::PopupCompletion);
    // As wide as the panel, however long a key is.
    m_flag->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_flag->setMinimumContentsLength(12);
    m_flag->addItem(tr("All flags"), QString());
    m_entity->setObjectName(u"whatIfEntity"_qs);
    m_entity->setAccessibleName(tr("Entity id"));
    m_entity->setPlaceholderText(tr("user-42"));
    m_entity->setClearButtonEnabled(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid);
    column->addWidget(caption(tr("&Flag"), m_flag, this));
    column->addWidget(m_flag);
    column->addSpacing(inside);
    column->addWidget(caption(tr("&Entity id"), m_entity, this));
    column->addWidget(m_entity);
    column->addSpacing(inside);
    createContext(column, appearance);

    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &QuestionPanel::changed);
    connect(m_entity, &QLineEdit::textEdited, &m_pause, qOverload<>(&QTimer::start));
    connect(m_flag, &QComboBox::activated, this, &QuestionPanel::changed);
    connect(m_flag->lineEdit(), &QLineEdit::editingFinished, this, &QuestionPanel::takeTypedFlag);
    connect(m_context, &models::ContextModel::contextChanged, this, &QuestionPanel::changed);
}

void QuestionPanel::createContext(QVBoxLayout *column, const theme::Appearance &appearance)
{
    m_table->setObjectName(u"whatIfContext"_qs);
    m_table->setAccessibleName(tr("Context"));
    m_table->setModel(m_context);
    m_table->setItemDelegate(new WordDelegate(m_vocabulary, m_table));
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::SelectedClicked
                             | QAbstractItemView::EditKeyPressed
                             | QAbstractItemView::AnyKeyPressed);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(row);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setTabKeyNavigation(true);
    m_table->setFont(theme::codeFont());

    auto *remove = new QAction(appearance.icon(u"delete"_qs), tr("Remove property"), m_table);
    remove->setObjectName(u"removeProperty"_qs);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, this, &QuestionPanel::removeProperty);
    m_table->addAction(remove);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);

    column->addWidget(caption(tr("&Context"), m_table, this));
    column->addWidget(m_table, 1);
}

void QuestionPanel::removeProperty()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid())
        m_context->removeRows(current.row(), 1);
}

void QuestionPanel::takeTypedFlag()
{
    // A text that is no flag's key goes back to the flag that is asked.
    const int index = m_flag->findText(m_flag->currentText());
    if (index < 0)
        m_flag->setEditText(m_flag->itemText(m_flag->currentIndex()));
    else if (index != m_flag->currentIndex())
        m_flag->setCurrentIndex(index);
    else
        return;
    emit changed();
}

void QuestionPanel::setNamespace(const std::shared_ptr<const flags::Namespace> &nameSpace)
{
    QStringList keys;
    for (size_t i = 0; nameSpace && i < nameSpace->flags.size(); ++i)
        keys.append(nameSpace->flags[i]->key.text());
    keys.sort();
    m_vocabulary = nameSpace ? models::contextVocabulary(*nameSpace) : QMap<QString, QStringList>();
    QStringList shown;
    for (int i = 1; i < m_flag->count(); ++i)
        shown.append(m_flag->itemText(i));
    if (keys == shown)
        return;
    const QString chosen = flag();
    const QSignalBlocker quiet(m_flag);
    m_flag->clear();
    m_flag->addItem(tr("All flags"), QString());
    for (const QString &key : keys)
        m_flag->addItem(key, key);
    chooseFlag(chosen);
}

void QuestionPanel::chooseFlag(const QString &key)
{
    const int index = m_flag->findData(key);
    m_flag->setCurrentIndex(std::max(index, 0));
    m_pause.start();
}

QString QuestionPanel::flag() const
{
    return m_flag->currentData().toString();
}

QString QuestionPanel::entity() const
{
    return m_entity->text();
}

void QuestionPanel::setEntity(const QString &entity)
{
    m_entity->setText(entity);
    m_pause.start();
}

void QuestionPanel::setContext(const models::ContextModel::Context &context)
{
    m_context->setContext(context);
}

} // namespace edgewise::whatifpage
