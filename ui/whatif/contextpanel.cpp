// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/contextjson.h>
#include <theme/appearance.h>
#include <whatif/contextpanel.h>
#include <whatif/contexttextedit.h>

#include <QCompleter>
#include <QStackedWidget>
#include <QTabBar>

namespace edgewise::whatifpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::ContextModel;

namespace {

constexpr int pauseMilliseconds = 120;

enum Forms { Table, Json };

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
            index.siblingAtColumn(ContextModel::PropertyColumn).data().toString();
        const bool isProperty = index.column() == ContextModel::PropertyColumn;
        auto *completer = new QCompleter(
            isProperty ? QStringList(m_vocabulary.keys()) : m_vocabulary.value(property), editor);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        editor->setCompleter(completer);
        editor->setAccessibleName(isProperty ? ContextModel::tr("Property")
                                             : ContextModel::tr("Value"));
        return editor;
    }

private:
    const QMap<QString, QStringList> &m_vocabulary;
};

} // namespace

ContextPanel::ContextPanel(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_entity(new QLineEdit(this)), m_forms(new QTabBar(this)),
      m_sheets(new QStackedWidget(this)), m_table(new QTableView(this)),
      m_json(new ContextTextEdit(this)), m_problem(new QLabel(this)),
      m_context(new ContextModel(this))
{
    m_entity->setObjectName(u"whatIfEntity"_qs);
    m_entity->setAccessibleName(tr("Entity id"));
    m_entity->setPlaceholderText(tr("user-42"));
    m_entity->setClearButtonEnabled(true);
    auto *caption = new QLabel(tr("&Entity id"), this);
    caption->setBuddy(m_entity);
    caption->setForegroundRole(QPalette::PlaceholderText);
    auto *contextCaption = new QLabel(tr("&Context"), this);
    contextCaption->setBuddy(m_table);
    contextCaption->setForegroundRole(QPalette::PlaceholderText);
    createTable(appearance);
    createJson();
    m_forms->setObjectName(u"contextForms"_qs);
    m_forms->setAccessibleName(tr("Form of the context"));
    m_forms->setDrawBase(false);
    m_forms->addTab(tr("Table"));
    m_forms->addTab(tr("JSON"));
    m_sheets->addWidget(m_table);
    m_sheets->addWidget(m_json);

    auto *head = new QHBoxLayout;
    head->addWidget(contextCaption, 1);
    head->addWidget(m_forms);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addWidget(caption);
    column->addWidget(m_entity);
    column->addSpacing(inside);
    column->addLayout(head);
    column->addWidget(m_sheets, 1);
    column->addWidget(m_problem);

    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &ContextPanel::changed);
    connect(m_entity, &QLineEdit::textEdited, &m_pause, qOverload<>(&QTimer::start));
    connect(m_context, &ContextModel::contextChanged, this, &ContextPanel::showContext);
    connect(m_forms, &QTabBar::currentChanged, this, [this](int form) {
        // What cannot be read is not taken over into the table.
        showContext();
        m_sheets->setCurrentIndex(form);
    });
    showContext();
}

void ContextPanel::createTable(const theme::Appearance &appearance)
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
    connect(remove, &QAction::triggered, this, &ContextPanel::removeProperty);
    m_table->addAction(remove);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void ContextPanel::createJson()
{
    m_json->setObjectName(u"whatIfJson"_qs);
    m_json->setAccessibleName(tr("Context as JSON"));
    m_json->setFont(theme::codeFont());
    m_json->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_problem->setObjectName(u"contextProblem"_qs);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    connect(m_json, &QPlainTextEdit::textChanged, this, &ContextPanel::takeJson);
}

void ContextPanel::takeJson()
{
    const Result<ContextModel::Context> read = models::parseContext(m_json->toPlainText());
    const QString problem = read ? QString() : read.error().detail;
    m_problem->setText(problem.isEmpty()
                           ? QString()
                           : tr("%1 %2. The context that could be read last is asked.")
                                 .arg(theme::stateGlyph(theme::State::Bad))
                                 .arg(problem));
    m_problem->setVisible(!problem.isEmpty());
    if (!read || *read == m_context->context())
        return;
    m_isFromJson = true;
    m_context->setContext(*read);
    m_isFromJson = false;
}

void ContextPanel::showContext()
{
    if (!m_isFromJson) {
        const QSignalBlocker quiet(m_json);
        m_json->setPlainText(models::printContext(m_context->context()));
        m_problem->hide();
    }
    m_pause.start();
}

void ContextPanel::removeProperty()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid())
        m_context->removeRows(current.row(), 1);
}

void ContextPanel::setWords(const std::shared_ptr<const flags::Namespace> &nameSpace)
{
    m_vocabulary = nameSpace ? models::contextVocabulary(*nameSpace) : QMap<QString, QStringList>();
    m_json->setVocabulary(m_vocabulary);
}

QString ContextPanel::entity() const
{
    return m_entity->text();
}

void ContextPanel::setEntity(const QString &entity)
{
    m_entity->setText(entity);
    m_pause.start();
}

void ContextPanel::setContext(const ContextModel::Context &context)
{
    m_context->setContext(context);
}

} // namespace edgewise::whatifpage
