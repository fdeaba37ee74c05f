// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/explain.h>
#include <evaluation/text.h>
#include <models/outcometablemodel.h>
#include <models/tracemodel.h>
#include <theme/appearance.h>
#include <whatif/answercard.h>
#include <whatif/questionpanel.h>
#include <whatif/tracedelegate.h>
#include <whatif/whatifpage.h>
#include <widgets/differencedelegate.h>
#include <widgets/emptystate.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QSplitter>
#include <QStackedWidget>
#include <QtConcurrentRun>
#include <QToolButton>

namespace edgewise::whatifpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::TraceModel;

namespace {

constexpr int questionWidth = 240;

QToolButton *button(QAction *action, QWidget *parent)
{
    auto *made = new QToolButton(parent);
    made->setObjectName(action->objectName() + u"Button"_qs);
    made->setDefaultAction(action);
    made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    made->setAutoRaise(true);
    made->setFocusPolicy(Qt::TabFocus);
    return made;
}

/// What the views of this page have in common.
void prepare(QAbstractItemView *view)
{
    view->setFrameShape(QFrame::NoFrame);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
}

widgets::DifferenceDelegate::Look lookOf(const QModelIndex &index)
{
    const bool differs = index.data(models::OutcomeTableModel::DiffersRole).toBool();
    return {differs ? widgets::Difference::Changed : widgets::Difference::None,
            differs && index.column() != models::OutcomeTableModel::FlagColumn};
}

} // namespace

WhatIfPage::WhatIfPage(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_question(new QuestionPanel(appearance, this)),
      m_splitter(new QSplitter(this)), m_stack(new QStackedWidget(this)),
      m_empty(new widgets::EmptyState(appearance, u"whatif"_qs, this)),
      m_onePage(new QWidget(this)), m_savedCard(new AnswerCard(appearance, m_onePage)),
      m_draftCard(new AnswerCard(appearance, m_onePage)), m_tree(new QTreeView(m_onePage)),
      m_trace(new TraceModel(this)), m_allPage(new QWidget(this)), m_summary(new QLabel(m_allPage)),
      m_table(new QTableView(m_allPage)), m_outcomes(new models::OutcomeTableModel(this))
{
    setObjectName(u"whatIfPage"_qs);
    createActions(appearance);
    createAnswers(appearance);
    m_question->setMinimumWidth(questionWidth / 2);
    m_splitter->setObjectName(u"whatIfSplitter"_qs);
    m_splitter->addWidget(m_question);
    m_splitter->addWidget(m_stack);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({questionWidth, 3 * questionWidth});
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    // The hairline of the splitter stands in the middle of the gap.
    m_question->layout()->setContentsMargins(0, 0, between, 0);
    m_stack->setContentsMargins(between, 0, 0, 0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(around, around, around, around);
    column->addWidget(m_splitter);

    connect(m_question, &QuestionPanel::changed, this, &WhatIfPage::answer);
    connect(m_splitter, &QSplitter::splitterMoved, this, &WhatIfPage::arrangeColumns);
    connect(&m_compilation, &QFutureWatcherBase::finished, this, &WhatIfPage::takePrograms);
    answer();
}

WhatIfPage::~WhatIfPage() = default;

void WhatIfPage::createActions(const theme::Appearance &appearance)
{
    m_copyText = new QAction(appearance.icon(u"copy"_qs), tr("Copy as text"), this);
    m_copyText->setObjectName(u"copyTraceText"_qs);
    m_copyText->setShortcut(QKeySequence::Copy);
    m_copyText->setShortcutContext(Qt::WidgetShortcut);
    connect(m_copyText, &QAction::triggered, this, [this] {
        QString text;
        for (const auto &trace : {m_savedTrace, m_draftTrace})
            text += trace ? asText(*trace) : QString();
        QGuiApplication::clipboard()->setText(text);
    });
    m_copyJson = new QAction(appearance.icon(u"copy"_qs), tr("Copy as JSON"), this);
    m_copyJson->setObjectName(u"copyTraceJson"_qs);
    connect(m_copyJson, &QAction::triggered, this, [this] {
        QString text;
        for (const auto &trace : {m_savedTrace, m_draftTrace})
            text += trace ? QString::fromUtf8(asJson(*trace)) + u'\n' : QString();
        QGuiApplication::clipboard()->setText(text);
    });
}

void WhatIfPage::createAnswers(const theme::Appearance &appearance)
{
    m_savedCard->setObjectName(u"savedAnswer"_qs);
    m_draftCard->setObjectName(u"draftAnswer"_qs);
    auto *cards = new QHBoxLayout;
    cards->setSpacing(between);
    cards->addWidget(m_savedCard, 1);
    cards->addWidget(m_draftCard, 1);

    m_tree->setObjectName(u"traceTree"_qs);
    m_tree->setAccessibleName(tr("How the answer came about"));
    m_tree->setModel(m_trace);
    m_tree->setItemDelegate(new TraceDelegate(appearance, m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    prepare(m_tree);
    m_tree->addActions({m_copyText, m_copyJson});
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(button(m_copyText, m_onePage));
    buttons->addWidget(button(m_copyJson, m_onePage));
    auto *one = new QVBoxLayout(m_onePage);
    one->setContentsMargins(0, 0, 0, 0);
    one->setSpacing(inside);
    one->addLayout(cards);
    one->addWidget(m_tree, 1);
    one->addLayout(buttons);

    m_summary->setObjectName(u"outcomeSummary"_qs);
    m_table->setObjectName(u"outcomeTable"_qs);
    m_table->setAccessibleName(tr("What every flag answers"));
    m_table->setModel(m_outcomes);
    m_table->setItemDelegate(new widgets::DifferenceDelegate(appearance, lookOf, m_table));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(row);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setShowGrid(false);
    prepare(m_table);
    connect(m_table, &QAbstractItemView::activated, this, &WhatIfPage::askRow);
    auto *all = new QVBoxLayout(m_allPage);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(inside);
    all->addWidget(m_summary);
    all->addWidget(m_table, 1);

    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_onePage);
    m_stack->addWidget(m_allPage);
}

void WhatIfPage::setSnapshots(const flags::Snapshot &saved, const flags::Snapshot &draft)
{
    m_saved = saved;
    m_draft = draft;
    m_isStale = true;
    fillQuestion();
    compileNext();
}

void WhatIfPage::setNamespace(const NamespaceKey &key)
{
    m_nameSpace = key;
    fillQuestion();
    answer();
}

void WhatIfPage::ask(const FlagKey &flag)
{
    m_question->chooseFlag(flag.text());
}

void WhatIfPage::fillQuestion()
{
    auto nameSpace = m_draft.nameSpace(m_nameSpace);
    m_question->setNamespace(nameSpace ? nameSpace : m_saved.nameSpace(m_nameSpace));
}

void WhatIfPage::compileNext()
{
    // One at a time, so that what has become old meanwhile is never compiled.
    if (!m_isStale || m_compilation.isRunning())
        return;
    m_isStale = false;
    m_compilation.setFuture(
        QtConcurrent::run([saved = m_saved, draft = m_draft, before = m_programs] {
            Programs programs;
            programs.saved = compile(saved, before.saved);
            // The draft shares nearly everything with the saved state, or with the last draft.
            const auto shared = compile(draft, before.draft ? before.draft : programs.saved);
            if (!(draft == saved))
                programs.draft = shared;
            return programs;
        }));
}

void WhatIfPage::takePrograms()
{
    m_programs = m_compilation.result();
    answer();
    compileNext();
    if (!m_compilation.isRunning())
        emit answered();
}

evaluation::Trace WhatIfPage::trace(const evaluation::Program &program, const QString &flag) const
{
    const std::string nameSpace = evaluation::utf8(m_nameSpace.text());
    const std::string key = evaluation::utf8(flag);
    const std::string entity = evaluation::utf8(m_question->entity());
    std::vector<std::pair<std::string, std::string>> texts;
    for (const auto &[name, value] : m_question->context())
        texts.emplace_back(evaluation::utf8(name), evaluation::utf8(value));
    std::vector<evaluation::Property> context;
    for (const auto &[name, value] : texts)
        context.push_back({name, value});
    return explain(program, {evaluation::Request::Kind::ByFlag, nameSpace, key, entity, context});
}

void WhatIfPage::answer()
{
    m_savedTrace.reset();
    m_draftTrace.reset();
    const QString flag = m_question->flag();
    const bool hasFlags =
        m_programs.saved
        && (!flagKeys(*m_programs.saved, evaluation::utf8(m_nameSpace.text())).empty()
            || m_programs.draft);
    if (!hasFlags) {
        m_empty->setContent(m_programs.saved
                                ? tr("This namespace has no flags to ask yet.")
                                : tr("What an entity gets shows here as soon as flags are read."));
        m_stack->setCurrentWidget(m_empty);
    } else if (flag.isEmpty()) {
        answerAll();
    } else {
        answerOne(flag);
    }
    m_copyText->setEnabled(m_savedTrace.has_value());
    m_copyJson->setEnabled(m_savedTrace.has_value());
}

void WhatIfPage::answerOne(const QString &flag)
{
    m_savedTrace = trace(*m_programs.saved, flag);
    if (m_programs.draft)
        m_draftTrace = trace(*m_programs.draft, flag);
    m_trace->setTraces(*m_savedTrace, m_draftTrace, tr("Saved"), tr("Draft"));
    const bool differs =
        m_draftTrace && AnswerCard::answerOf(*m_savedTrace) != AnswerCard::answerOf(*m_draftTrace);
    m_savedCard->setAnswer(m_draftTrace ? tr("Saved") : tr("Saved, and no changes in the draft"),
                           *m_savedTrace, false);
    m_draftCard->setVisible(m_draftTrace.has_value());
    if (m_draftTrace)
        m_draftCard->setAnswer(tr("Draft"), *m_draftTrace, differs);
    m_tree->expandAll();
    arrangeColumns();
    if (const QModelIndex divergence = m_trace->divergence(); divergence.isValid())
        m_tree->scrollTo(divergence);
    m_stack->setCurrentWidget(m_onePage);
}

void WhatIfPage::arrangeColumns()
{
    // Long lists in a constraint must not push the verdicts out of sight.
    const int columns = m_trace->columnCount();
    QHeaderView *header = m_tree->header();
    header->setStretchLastSection(true);
    const int width = m_tree->viewport()->width();
    m_tree->resizeColumnToContents(TraceModel::WhatColumn);
    const int what = std::min(header->sectionSize(TraceModel::WhatColumn) + around,
                              width * (columns > 2 ? 36 : 45) / 100);
    header->resizeSection(TraceModel::WhatColumn, what);
    if (columns > 2)
        header->resizeSection(TraceModel::FirstColumn, (width - what) / 2);
}

void WhatIfPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeColumns();
}

void WhatIfPage::answerAll()
{
    m_outcomes->setQuestion({m_nameSpace.text(), m_question->entity(), m_question->context()},
                            m_programs.saved, m_programs.draft, tr("Saved"), tr("Draft"));
    const int differences = m_programs.draft ? m_outcomes->differenceCount() : 0;
    m_summary->setText(!m_programs.draft  ? tr("Every flag's answer to this entity.")
                       : differences == 0 ? tr("The draft changes no answer to this entity.")
                                          : tr("The draft changes %n answer(s) to this entity.",
                                               nullptr, differences));
    m_stack->setCurrentWidget(m_allPage);
}

void WhatIfPage::askRow(const QModelIndex &index)
{
    m_question->chooseFlag(index.data(models::OutcomeTableModel::KeyRole).toString());
}

} // namespace edgewise::whatifpage
