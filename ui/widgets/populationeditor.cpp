// SPDX-License-Identifier: GPL-3.0-or-later
#include <messages/sentence.h>
#include <models/attributetablemodel.h>
#include <theme/appearance.h>
#include <widgets/filechooser.h>
#include <widgets/flowlayout.h>
#include <widgets/populationeditor.h>

#include <QComboBox>
#include <QDropEvent>
#include <QFormLayout>
#include <QMimeData>
#include <QSpinBox>
#include <QStackedWidget>

namespace edgewise::widgets {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using evaluation::EntityIds;
using models::AttributeTableModel;

namespace {

constexpr int pauseMilliseconds = 250;
constexpr int mostEntities = 1'000'000'000;
constexpr int tableHeight = 3 * row;

enum Kinds { Generated, FromFile };

QSpinBox *makeNumber(const QString &name, const QString &accessibleName, int low, int high,
                     QWidget *parent)
{
    auto *box = new QSpinBox(parent);
    box->setObjectName(name);
    box->setAccessibleName(accessibleName);
    box->setRange(low, high);
    box->setGroupSeparatorShown(true);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    return box;
}

} // namespace

PopulationEditor::PopulationEditor(const theme::Appearance &appearance,
                                   models::PopulationChoice &choice, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_choice(choice), m_kind(new QComboBox(this)),
      m_sheets(new QStackedWidget(this)),
      m_count(makeNumber(u"populationCount"_qs, tr("How many entities"), 1, mostEntities, this)),
      m_form(new QComboBox(this)), m_pattern(new QLineEdit(this)),
      m_seed(
          makeNumber(u"populationSeed"_qs, tr("Seed"), 0, std::numeric_limits<int>::max(), this)),
      m_attributes(new AttributeTableModel(this)), m_table(new QTableView(this)),
      m_problem(new QLabel(this)), m_fit(new QPushButton(tr("Follow the segments"), this)),
      m_path(new QLabel(this))
{
    setObjectName(u"populationEditor"_qs);
    setAcceptDrops(true);
    m_kind->setObjectName(u"populationKind"_qs);
    m_kind->setAccessibleName(tr("Population"));
    m_kind->addItems({tr("Generated entities"), tr("Entities of a file")});
    m_sheets->addWidget(createGenerated());
    m_sheets->addWidget(createFile());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addWidget(m_kind);
    column->addWidget(m_sheets, 1);

    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &PopulationEditor::takeEdit);
    connect(m_kind, &QComboBox::activated, this, [this](int kind) {
        if (kind == Generated)
            takeEdit();
        m_sheets->setCurrentIndex(kind);
    });
    connect(m_count, &QSpinBox::valueChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_seed, &QSpinBox::valueChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_pattern, &QLineEdit::textEdited, &m_pause, qOverload<>(&QTimer::start));
    connect(m_form, &QComboBox::activated, this, &PopulationEditor::takeEdit);
    connect(m_attributes, &AttributeTableModel::attributesChanged, this,
            &PopulationEditor::takeAttributes);
    connect(&choice, &models::PopulationChoice::changed, this, &PopulationEditor::showChoice);
    showChoice();
}

QWidget *PopulationEditor::createGenerated()
{
    m_form->setObjectName(u"populationIds"_qs);
    m_form->setAccessibleName(tr("How ids look"));
    m_form->addItem(tr("UUIDs"), int(EntityIds::Form::Uuid));
    m_form->addItem(tr("1, 2, 3 …"), int(EntityIds::Form::Number));
    m_form->addItem(tr("A pattern"), int(EntityIds::Form::Pattern));
    m_pattern->setObjectName(u"populationPattern"_qs);
    m_pattern->setAccessibleName(tr("Pattern of the ids"));
    m_pattern->setPlaceholderText(u"user-{n}"_qs);
    m_table->setObjectName(u"populationAttributes"_qs);
    m_table->setAccessibleName(tr("Attributes of the entities"));
    m_table->setModel(m_attributes);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(row);
    m_table->horizontalHeader()->setSectionResizeMode(AttributeTableModel::ValuesColumn,
                                                      QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setMinimumHeight(tableHeight);
    m_table->setTabKeyNavigation(false);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                             | QAbstractItemView::AnyKeyPressed);
    auto *remove = new QAction(m_appearance.icon(u"delete"_qs), tr("Remove attribute"), m_table);
    remove->setObjectName(u"removeAttribute"_qs);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, this, [this] {
        if (m_table->currentIndex().isValid())
            m_attributes->removeRows(m_table->currentIndex().row(), 1);
    });
    m_table->addAction(remove);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_problem->setObjectName(u"populationProblem"_qs);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);

    auto *sheet = new QWidget(this);
    auto *form = new QFormLayout;
    form->setContentsMargins({});
    form->setSpacing(inside);
    form->addRow(tr("&Number"), m_count);
    form->addRow(tr("&Ids"), m_form);
    form->addRow(QString(), m_pattern);
    form->addRow(tr("&Seed"), m_seed);
    auto *column = new QVBoxLayout(sheet);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addLayout(form);
    column->addWidget(m_table, 1);
    column->addWidget(m_problem);
    createButtons(column);
    return sheet;
}

void PopulationEditor::createButtons(QLayout *layout)
{
    m_fit->setObjectName(u"populationFit"_qs);
    m_fit->setCheckable(true);
    m_fit->setToolTip(tr("Give the entities the properties that the flag's segments ask for, with "
                         "values on both sides"));
    connect(m_fit, &QPushButton::clicked, this, [this](bool isFitting) {
        models::PopulationSource source = m_choice.source();
        source.plan.attributes = m_attributes->attributes();
        m_choice.choose(source, isFitting);
    });
    auto *open = new QPushButton(tr("Open…"), this);
    open->setObjectName(u"populationOpen"_qs);
    open->setToolTip(tr("A population that was saved, or a file of entities"));
    auto *save = new QPushButton(tr("Save…"), this);
    save->setObjectName(u"populationSave"_qs);
    save->setToolTip(tr("Keep this population as a small file, to use again or to share"));
    const auto chooseOne = [this] {
        chooseFile(this, tr("Open a population"),
                   {tr("Populations (*.json *.csv *.jsonl *.ndjson)"), tr("All files (*)")},
                   [this](const QString &path) { openFile(path); });
    };
    connect(open, &QPushButton::clicked, this, chooseOne);
    connect(save, &QPushButton::clicked, this, [this] {
        chooseNewFile(this, tr("Save the population"), u"population.json"_qs,
                      {tr("Populations (*.json)")},
                      [this](const QString &path) { savePlan(path); });
    });
    auto *line = new FlowLayout; // the editor stands in narrow columns
    line->setSpacing(inside);
    line->addWidget(m_fit);
    line->addWidget(open);
    line->addWidget(save);
    static_cast<QBoxLayout *>(layout)->addLayout(line);
}

QWidget *PopulationEditor::createFile()
{
    m_path->setObjectName(u"populationPath"_qs);
    m_path->setTextFormat(Qt::PlainText);
    m_path->setWordWrap(true);
    auto *choose = new QPushButton(tr("Choose a file…"), this);
    choose->setObjectName(u"populationChooseFile"_qs);
    connect(choose, &QPushButton::clicked, this, [this] {
        chooseFile(this, tr("Entities of a file"),
                   {tr("Entities (*.csv *.jsonl *.ndjson)"), tr("All files (*)")},
                   [this](const QString &path) { openFile(path); });
    });
    auto *hint =
        new QLabel(tr("CSV with a header (the column “entity” or “id”, else the first, is "
                      "the entity; the others are its context), or JSON Lines: "
                      "{\"entity\": \"user-1\", \"context\": {\"plan\": \"pro\"}}. Or drop "
                      "the file here."),
                   this);
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto *sheet = new QWidget(this);
    auto *column = new QVBoxLayout(sheet);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addWidget(m_path);
    column->addWidget(choose, 0, Qt::AlignLeft);
    column->addWidget(hint);
    column->addStretch();
    return sheet;
}

void PopulationEditor::setFitted(const std::vector<evaluation::AttributePlan> &attributes)
{
    if (!m_choice.isFitting() || m_attributes->attributes() == attributes)
        return;
    m_isShowing = true;
    m_attributes->setAttributes(attributes);
    m_isShowing = false;
}

void PopulationEditor::showChoice()
{
    m_isShowing = true;
    const models::PopulationSource &source = m_choice.source();
    const QSignalBlocker quietCount(m_count);
    const QSignalBlocker quietSeed(m_seed);
    m_kind->setCurrentIndex(source.isGenerated() ? Generated : FromFile);
    m_sheets->setCurrentIndex(m_kind->currentIndex());
    m_count->setValue(int(std::min<qint64>(source.plan.count, mostEntities)));
    m_seed->setValue(int(std::min<quint64>(source.plan.seed, std::numeric_limits<int>::max())));
    m_form->setCurrentIndex(m_form->findData(int(source.plan.ids.form)));
    if (m_pattern->text() != source.plan.ids.pattern && !m_pattern->hasFocus())
        m_pattern->setText(source.plan.ids.pattern);
    m_pattern->setVisible(source.plan.ids.form == EntityIds::Form::Pattern);
    m_fit->setChecked(m_choice.isFitting());
    if (!m_choice.isFitting() && m_attributes->attributes() != source.plan.attributes
        && !m_attributes->hasProblems())
        m_attributes->setAttributes(source.plan.attributes);
    m_path->setText(source.file.isEmpty() ? tr("No file is chosen.") : source.file);
    m_isShowing = false;
}

void PopulationEditor::takeEdit()
{
    if (m_isShowing)
        return;
    m_pause.stop();
    models::PopulationSource source = m_choice.source();
    source.file.clear();
    source.plan.count = m_count->value();
    source.plan.seed = quint64(m_seed->value());
    source.plan.ids.form = EntityIds::Form(m_form->currentData().toInt());
    if (source.plan.ids.form == EntityIds::Form::Pattern) {
        if (m_pattern->text().isEmpty())
            m_pattern->setText(u"user-{n}"_qs);
        m_pattern->show();
        const bool hasNumber = m_pattern->text().contains(u"{n}"_qs);
        m_problem->setText(hasNumber ? QString()
                                     : tr("A pattern has {n} in it, which becomes the number."));
        if (!hasNumber)
            return;
        source.plan.ids.pattern = m_pattern->text();
    }
    m_choice.choose(source, m_choice.isFitting());
}

void PopulationEditor::takeAttributes()
{
    QString problem;
    for (int i = 0; i < m_attributes->rowCount() && problem.isEmpty(); ++i)
        problem = m_attributes->index(i, 0).data(AttributeTableModel::ProblemRole).toString();
    m_problem->setText(problem);
    if (m_isShowing)
        return;
    // What somebody writes is theirs; it follows nothing any more.
    models::PopulationSource source = m_choice.source();
    source.plan.attributes = m_attributes->attributes();
    m_choice.choose(source, false);
}

void PopulationEditor::openFile(const QString &path)
{
    models::PopulationSource source = m_choice.source();
    if (!path.endsWith(u".json"_qs, Qt::CaseInsensitive)) {
        source.file = path;
        m_choice.choose(source, m_choice.isFitting());
        return;
    }
    const Result<evaluation::PopulationPlan> plan = models::readPlan(path);
    if (!plan) {
        emit failed(messages::sentence(plan.error()));
        return;
    }
    m_choice.choose({*plan, {}}, false);
}

void PopulationEditor::savePlan(const QString &path)
{
    evaluation::PopulationPlan plan = m_choice.source().plan;
    plan.attributes = m_attributes->attributes();
    if (const Result<void> written = models::writePlan(plan, path); !written)
        emit failed(messages::sentence(written.error()));
}

void PopulationEditor::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.constFirst().isLocalFile())
        event->acceptProposedAction();
}

void PopulationEditor::dropEvent(QDropEvent *event)
{
    openFile(event->mimeData()->urls().constFirst().toLocalFile());
    event->acceptProposedAction();
}

} // namespace edgewise::widgets
