// SPDX-License-Identifier: GPL-3.0-or-later
#include <messages/sentence.h>
#include <models/contextmodel.h>
#include <models/sharetreemodel.h>
#include <models/textfile.h>
#include <theme/appearance.h>
#include <whatif/populationpane.h>
#include <widgets/emptystate.h>
#include <widgets/filechooser.h>
#include <widgets/jobline.h>
#include <widgets/movementtext.h>
#include <widgets/populationeditor.h>
#include <widgets/sharebardelegate.h>
#include <widgets/whomoves.h>

#include <QComboBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>

namespace edgewise::whatifpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::ShareTreeModel;

namespace {

constexpr int mixWidth = 300;
constexpr int answerWidth = 180;
constexpr int figureWidth = 84;
constexpr int intervalWidth = 112;

enum Sides { First, Second };

} // namespace

PopulationPane::PopulationPane(const theme::Appearance &appearance,
                               models::PopulationChoice &choice, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_choice(choice), m_breakdown(new QComboBox(this)),
      m_editor(new widgets::PopulationEditor(appearance, choice, this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new widgets::EmptyState(appearance, u"whatif"_qs, this)), m_verdict(new QLabel(this)),
      m_note(new QLabel(this)), m_progress(new widgets::JobLine(appearance, this)),
      m_tabs(new QTabWidget(this)), m_side(new QComboBox(this)), m_tree(new QTreeView(this)),
      m_shares(new ShareTreeModel(this)), m_whoMoves(new widgets::WhoMoves(appearance, this))
{
    setObjectName(u"populationPane"_qs);
    m_exportShares = new QAction(appearance.icon(u"save"_qs), tr("Export the shares…"), this);
    m_exportShares->setObjectName(u"exportShares"_qs);
    m_exportShares->setEnabled(false);
    connect(m_exportShares, &QAction::triggered, this, [this] {
        widgets::chooseNewFile(this, tr("Export the shares"), u"shares"_qs,
                               {tr("CSV (*.csv)"), tr("JSON (*.json)")},
                               [this](const QString &file) { exportShares(file); });
    });
    auto *splitter = new QSplitter(this);
    splitter->setObjectName(u"populationSplitter"_qs);
    splitter->addWidget(createMix());
    m_result = createResult();
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_result);
    m_stack->setContentsMargins(between, 0, 0, 0);
    splitter->addWidget(m_stack);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({mixWidth, 3 * mixWidth});
    splitter->setChildrenCollapsible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(splitter);
    connect(&choice, &models::PopulationChoice::changed, this, &PopulationPane::takeChoice);
    connect(m_progress, &widgets::JobLine::cancelRequested, this, &PopulationPane::cancel);
    connect(m_whoMoves, &widgets::WhoMoves::entityChosen, this, &PopulationPane::entityChosen);
    connect(m_editor, &widgets::PopulationEditor::failed, this, &PopulationPane::failed);
    setQuestion({});
}

PopulationPane::~PopulationPane() = default;

QWidget *PopulationPane::createMix()
{
    m_breakdown->setObjectName(u"populationBreakdown"_qs);
    m_breakdown->setAccessibleName(tr("Break down by"));
    m_breakdown->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_breakdown->setMinimumContentsLength(8);
    m_breakdown->addItem(tr("nothing"), QString());
    connect(m_breakdown, &QComboBox::activated, this, [this] {
        m_isStale = true;
        run();
    });
    auto *mix = new QWidget(this);
    auto *column = new QVBoxLayout(mix);
    column->setContentsMargins(0, 0, between, 0);
    column->setSpacing(inside);
    column->addWidget(m_editor, 1);
    auto *line = new QHBoxLayout;
    auto *caption = new QLabel(tr("&Break down by"), mix);
    caption->setBuddy(m_breakdown);
    line->addWidget(caption);
    line->addWidget(m_breakdown, 1);
    column->addLayout(line);
    return mix;
}

QWidget *PopulationPane::createResult()
{
    m_verdict->setObjectName(u"populationVerdict"_qs);
    m_verdict->setFont(theme::textFont(theme::TextSize::Heading, QFont::DemiBold));
    m_note->setObjectName(u"populationNote"_qs);
    for (QLabel *label : {m_verdict, m_note}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_side->setObjectName(u"sharesSide"_qs);
    m_side->setAccessibleName(tr("State whose shares are shown"));
    m_side->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_side->setMinimumContentsLength(12);
    connect(m_side, &QComboBox::activated, this, &PopulationPane::showGroups);
    m_tree->setObjectName(u"shareTree"_qs);
    m_tree->setAccessibleName(tr("Actual against configured shares"));
    m_tree->setModel(m_shares);
    m_tree->setItemDelegate(new widgets::ShareBarDelegate(m_appearance, m_tree));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setSelectionMode(QAbstractItemView::SingleSelection);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    QHeaderView *header = m_tree->header();
    header->setStretchLastSection(false);
    header->resizeSection(ShareTreeModel::AnswerColumn, answerWidth);
    header->setSectionResizeMode(ShareTreeModel::BarColumn, QHeaderView::Stretch);
    for (const int column : {ShareTreeModel::ActualColumn, ShareTreeModel::ConfiguredColumn,
                             ShareTreeModel::CountColumn})
        header->resizeSection(column, std::max(figureWidth, header->sectionSizeHint(column)));
    header->resizeSection(ShareTreeModel::IntervalColumn, intervalWidth);

    auto *exportButton = new QPushButton(m_exportShares->icon(), m_exportShares->text(), this);
    exportButton->setObjectName(u"exportSharesButton"_qs);
    exportButton->setEnabled(false);
    connect(exportButton, &QPushButton::clicked, m_exportShares, &QAction::trigger);
    connect(m_exportShares, &QAction::enabledChanged, exportButton, &QWidget::setEnabled);
    auto *legend = new QLabel(tr("Bar: actual. Whisker: where the true share lies with 95 % "
                                 "confidence. Upright line: configured."),
                              this);
    legend->setForegroundRole(QPalette::PlaceholderText);
    legend->setWordWrap(true);

    auto *shares = new QWidget(m_tabs);
    auto *line = new QHBoxLayout;
    line->setSpacing(inside);
    line->addWidget(m_side);
    line->addStretch();
    line->addWidget(exportButton);
    auto *sheet = new QVBoxLayout(shares);
    sheet->setContentsMargins(0, inside, 0, 0);
    sheet->setSpacing(inside);
    sheet->addLayout(line);
    sheet->addWidget(m_tree, 1);
    sheet->addWidget(legend);
    m_tabs->setObjectName(u"populationTabs"_qs);
    m_tabs->addTab(shares, tr("Shares"));
    m_tabs->addTab(m_whoMoves, tr("Who moves"));
    m_whoMoves->setContentsMargins(0, inside, 0, 0);

    auto *result = new QWidget(this);
    auto *column = new QVBoxLayout(result);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addWidget(m_verdict);
    column->addWidget(m_note);
    column->addWidget(m_progress);
    column->addWidget(m_tabs, 1);
    return result;
}

void PopulationPane::setQuestion(const Question &question)
{
    const bool hadTwo = m_side->count() == 2;
    const bool wasFirst = m_side->currentIndex() == First;
    m_question = question;
    m_side->clear();
    m_side->addItem(question.firstName);
    if (question.second)
        m_side->addItem(question.secondName);
    // What shall be is what one looks at first.
    m_side->setCurrentIndex(hadTwo && wasFirst ? First : m_side->count() - 1);
    m_side->setVisible(question.second != nullptr);
    m_whoMoves->setHint(question.areEqual
                            ? tr("%1 and %2 are the same: nobody moves.")
                                  .arg(question.firstName, question.secondName)
                            : tr("Choose a second state beside the first to see who moves."));
    takeChoice();
}

void PopulationPane::takeChoice()
{
    const bool isAsked = m_question.first && !m_question.flag.isEmpty() && m_question.words;
    if (!isAsked) {
        m_asked = {};
        m_job.cancel();
        m_whoMoves->setQuestion({});
        m_empty->setContent(tr("Choose a flag above: a population shows how its answers are spread "
                               "and who moves between two states."));
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    m_stack->setCurrentWidget(m_result);
    flags::Snapshot around;
    around.namespaces = {m_question.words};
    const models::PopulationSource population =
        m_choice.fittedTo(around, {{m_question.nameSpace, m_question.flag}});
    // Other states come, go and change without changing this question.
    if (m_question.asksTheSame(m_asked) && population == m_population)
        return;
    m_asked = m_question;
    m_population = population;
    m_editor->setFitted(m_population.plan.attributes);
    fillBreakdown();
    if (m_question.second)
        m_whoMoves->setQuestion({m_question.first,
                                 m_question.second,
                                 {{m_question.nameSpace, m_question.flag}},
                                 m_population});
    else
        m_whoMoves->setQuestion({});
    m_isStale = true;
    run();
}

void PopulationPane::fillBreakdown()
{
    QStringList names;
    for (const evaluation::AttributePlan &plan : m_population.plan.attributes)
        names.append(plan.name);
    if (!m_population.isGenerated())
        names = models::contextVocabulary(*m_question.words).keys();
    const QString chosen = m_breakdown->currentData().toString();
    m_breakdown->clear();
    m_breakdown->addItem(tr("nothing"), QString());
    for (const QString &name : names)
        m_breakdown->addItem(name, name);
    m_breakdown->setCurrentIndex(std::max(0, m_breakdown->findData(chosen)));
}

void PopulationPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    run();
}

void PopulationPane::run()
{
    if (!m_isStale || !isVisible())
        return;
    m_isStale = false;
    const evaluation::Simulation simulation{m_question.nameSpace, m_question.flag,
                                            m_breakdown->currentData().toString()};
    m_progress->start(tr("Evaluating %1").arg(models::describe(m_population)),
                      [this] { return m_job.progress(); });
    m_job.start(
        this,
        [first = m_question.first, second = m_question.second, simulation,
         population = m_population](const models::ProgressPointer &progress) {
            return models::tally(first, second, simulation, population, progress);
        },
        [this, simulation](const Result<models::TallyAnswer> &answer) {
            m_simulation = simulation;
            take(answer);
        });
}

void PopulationPane::cancel()
{
    m_job.cancel();
    m_progress->stop();
    m_verdict->setText(tr("Cancelled."));
}

void PopulationPane::take(const Result<models::TallyAnswer> &answer)
{
    m_progress->stop();
    m_exportShares->setEnabled(bool(answer));
    if (!answer) {
        m_shares->setGroups({});
        m_verdict->setText(messages::sentence(answer.error()));
        m_note->clear();
        emit answered();
        return;
    }
    m_answer = *answer;
    showGroups();
    emit answered();
}

void PopulationPane::showGroups()
{
    const bool isSecond = m_side->currentIndex() == Second && m_answer.second;
    const evaluation::Tally &tally = isSecond ? *m_answer.second : m_answer.first;
    const auto &program = isSecond ? m_question.second : m_question.first;
    if (!program)
        return;
    const auto groups = models::shareGroups(*program, m_simulation, tally);
    m_shares->setGroups(groups);
    for (int i = 0; i < m_shares->rowCount(); ++i)
        m_tree->setExpanded(m_shares->index(i, 0), true);
    QString verdict = groups.empty()
                          ? tr("%1 has no such flag.")
                                .arg(isSecond ? m_question.secondName : m_question.firstName)
                          : groups.front().verdict;
    if (verdict.isEmpty())
        verdict = tr("No percentage decides here.");
    m_verdict->setText(verdict);
    const qint64 malformed = m_answer.first.malformed;
    m_note->setText(widgets::skippedRows(malformed, m_answer.malformedRows));
    m_note->setVisible(malformed > 0);
}

void PopulationPane::exportShares(const QString &file)
{
    const bool isJson = file.endsWith(u".json"_qs, Qt::CaseInsensitive);
    const Result<void> written = models::writeTextFile(
        u"exporting shares"_qs, file, isJson ? m_shares->asJson() : m_shares->asCsv());
    if (!written)
        emit failed(messages::sentence(written.error()));
}

} // namespace edgewise::whatifpage
