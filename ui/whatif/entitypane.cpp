// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/explain.h>
#include <evaluation/text.h>
#include <models/expectationfile.h>
#include <models/tracemodel.h>
#include <theme/appearance.h>
#include <whatif/answercard.h>
#include <whatif/contextpanel.h>
#include <whatif/entitypane.h>
#include <whatif/outcomeview.h>
#include <whatif/parts.h>
#include <whatif/tracedelegate.h>
#include <widgets/emptystate.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QSplitter>
#include <QStackedWidget>

namespace edgewise::whatifpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::TraceModel;

namespace {

constexpr int contextWidth = 240;

evaluation::Trace traceOf(const evaluation::Program &program,
                          const models::OutcomeQuestion &question, const QString &flag)
{
    const std::string nameSpace = evaluation::utf8(question.nameSpace);
    const std::string key = evaluation::utf8(flag);
    const std::string entity = evaluation::utf8(question.entity);
    std::vector<std::pair<std::string, std::string>> texts;
    for (const auto &[name, value] : question.context)
        texts.emplace_back(evaluation::utf8(name), evaluation::utf8(value));
    std::vector<evaluation::Property> context;
    for (const auto &[name, value] : texts)
        context.push_back({name, value});
    return explain(program, {evaluation::Request::Kind::ByFlag, nameSpace, key, entity, context});
}

} // namespace

/// The whole question as a value, for another thread.
struct EntityPane::Asked {
    Question states;
    models::OutcomeQuestion entity;
};

EntityPane::EntityPane(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_context(new ContextPanel(appearance, this)),
      m_splitter(new QSplitter(this)), m_stack(new QStackedWidget(this)),
      m_empty(new widgets::EmptyState(appearance, u"whatif"_qs, this)),
      m_firstCard(new AnswerCard(appearance, this)), m_secondCard(new AnswerCard(appearance, this)),
      m_divergence(new QLabel(this)), m_tree(new QTreeView(this)), m_trace(new TraceModel(this))
{
    setObjectName(u"entityPane"_qs);
    createActions(appearance);
    m_onePage = createOnePage(appearance);
    m_all = new OutcomeView(appearance, m_keep, this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_onePage);
    m_stack->addWidget(m_all);
    m_context->setMinimumWidth(contextWidth / 2);
    m_splitter->setObjectName(u"entitySplitter"_qs);
    m_splitter->addWidget(m_context);
    m_splitter->addWidget(m_stack);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({contextWidth, 3 * contextWidth});
    m_splitter->setChildrenCollapsible(false);
    // The hairline of the splitter stands in the middle of the gap.
    m_context->layout()->setContentsMargins(0, 0, between, 0);
    m_stack->setContentsMargins(between, 0, 0, 0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_splitter);

    connect(m_context, &ContextPanel::changed, this, &EntityPane::ask);
    connect(m_splitter, &QSplitter::splitterMoved, this, &EntityPane::arrangeColumns);
    connect(m_all, &OutcomeView::flagChosen, this, &EntityPane::flagChosen);
    showAnswer(Answer());
}

EntityPane::~EntityPane() = default;

void EntityPane::createActions(const theme::Appearance &appearance)
{
    m_copyText = new QAction(appearance.icon(u"copy"_qs), tr("Copy as text"), this);
    m_copyText->setObjectName(u"copyTraceText"_qs);
    m_copyText->setShortcut(QKeySequence::Copy);
    m_copyText->setShortcutContext(Qt::WidgetShortcut);
    connect(m_copyText, &QAction::triggered, this, [this] { copy(false); });
    m_copyJson = new QAction(appearance.icon(u"copy"_qs), tr("Copy as JSON"), this);
    m_copyJson->setObjectName(u"copyTraceJson"_qs);
    connect(m_copyJson, &QAction::triggered, this, [this] { copy(true); });
    m_keep = new QAction(appearance.icon(u"check"_qs), tr("Add to expectations…"), this);
    m_keep->setObjectName(u"keepExpectations"_qs);
    m_keep->setToolTip(tr("Keep what is answered here as golden expectations of a file"));
    connect(m_keep, &QAction::triggered, this, &EntityPane::expectationsWanted);
}

void EntityPane::copy(bool asJson)
{
    QString text;
    for (const auto &trace : {m_answer.first, m_answer.second}) {
        if (trace)
            text += asJson ? QString::fromUtf8(evaluation::asJson(*trace)) + u'\n' : asText(*trace);
    }
    QGuiApplication::clipboard()->setText(text);
}

QWidget *EntityPane::createOnePage(const theme::Appearance &appearance)
{
    m_firstCard->setObjectName(u"firstAnswer"_qs);
    m_secondCard->setObjectName(u"secondAnswer"_qs);
    auto *cards = new QHBoxLayout;
    cards->setSpacing(between);
    cards->addWidget(m_firstCard, 1);
    cards->addWidget(m_secondCard, 1);
    m_divergence->setObjectName(u"divergence"_qs);
    m_divergence->setTextFormat(Qt::PlainText);
    m_divergence->setWordWrap(true);
    m_divergence->setTextInteractionFlags(Qt::TextSelectableByMouse);

    m_tree->setObjectName(u"traceTree"_qs);
    m_tree->setAccessibleName(tr("How the answer came about"));
    m_tree->setModel(m_trace);
    m_tree->setItemDelegate(new TraceDelegate(appearance, m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    prepareView(m_tree);
    m_tree->addActions({m_copyText, m_copyJson});
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);

    auto *page = new QWidget(this);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(makeButton(m_keep, page));
    buttons->addStretch();
    buttons->addWidget(makeButton(m_copyText, page));
    buttons->addWidget(makeButton(m_copyJson, page));
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addLayout(cards);
    column->addWidget(m_divergence);
    column->addWidget(m_tree, 1);
    column->addLayout(buttons);
    return page;
}

void EntityPane::setQuestion(const Question &question)
{
    m_question = question;
    m_context->setWords(question.words);
    ask();
}

void EntityPane::ask()
{
    if (!m_question.first) {
        m_job.cancel();
        showAnswer(Answer());
        return;
    }
    Asked asked{m_question,
                {m_question.nameSpace.text(), m_context->entity(), m_context->context()}};
    asked.states.words.reset();
    m_job.start(
        this,
        [asked](const std::shared_ptr<models::JobProgress> &progress) {
            return answer(asked, *progress);
        },
        [this](const Answer &answered) { showAnswer(answered); });
}

EntityPane::Answer EntityPane::answer(const Asked &asked, const models::JobProgress &progress)
{
    const Question &states = asked.states;
    Answer answer;
    answer.question = asked.entity;
    if (states.flag.isEmpty()) {
        answer.outcomes = outcomes(asked.entity, states.first, states.second, progress);
        return answer;
    }
    answer.first = traceOf(*states.first, asked.entity, states.flag.text());
    if (states.second)
        answer.second = traceOf(*states.second, asked.entity, states.flag.text());
    return answer;
}

std::vector<evaluation::Expectation> EntityPane::expectations() const
{
    std::vector<evaluation::Expectation> kept;
    const auto keep = [&](const std::optional<evaluation::Expectation> &expectation) {
        if (expectation)
            kept.push_back(*expectation);
    };
    if (m_answer.first)
        keep(models::expectationOf(m_answer.second ? *m_answer.second : *m_answer.first,
                                   m_answer.question.context));
    for (const models::FlagOutcome &outcome : m_answer.outcomes)
        keep(models::expectationOf(outcome, m_answer.question));
    return kept;
}

void EntityPane::showAnswer(const Answer &answer)
{
    // What is the same stays as it is: selected, opened and scrolled to.
    const bool isShown = answer == m_answer && m_question.looksTheSame(m_shown)
                         && m_stack->currentWidget() != m_empty;
    if (isShown) {
        emit answered();
        return;
    }
    m_answer = answer;
    m_shown = m_question;
    m_copyText->setEnabled(answer.first.has_value());
    m_copyJson->setEnabled(answer.first.has_value());
    m_keep->setEnabled(answer.first || !answer.outcomes.empty());
    if (answer.first) {
        showOne();
    } else if (!answer.outcomes.empty()) {
        m_all->setOutcomes(answer.outcomes, m_question);
        m_stack->setCurrentWidget(m_all);
    } else {
        m_empty->setContent(m_question.first
                                ? tr("This namespace has no flags to ask yet.")
                                : tr("What an entity gets shows here as soon as flags are read."));
        m_stack->setCurrentWidget(m_empty);
    }
    if (m_question.first)
        emit answered();
}

void EntityPane::showOne()
{
    const evaluation::Trace &first = *m_answer.first;
    const auto &second = m_answer.second;
    m_trace->setTraces(first, second, m_question.firstName, m_question.secondName);
    const bool differs = second
                         && (AnswerCard::answerOf(first) != AnswerCard::answerOf(*second)
                             || first.variantAttachment != second->variantAttachment);
    m_firstCard->setAnswer(
        m_question.areEqual
            ? tr("%1, and %2 is the same").arg(m_question.firstName, m_question.secondName)
            : m_question.firstName,
        first, false);
    m_secondCard->setVisible(second.has_value());
    if (second)
        m_secondCard->setAnswer(m_question.secondName, *second, differs);
    const auto parting = second ? firstDivergence(first, *second) : std::nullopt;
    m_divergence->setVisible(parting.has_value());
    // A conclusion ends with a stop of its own, a step's reason does not.
    const auto bare = [](const QString &reason) {
        return reason.endsWith(u'.') ? reason.chopped(1) : reason;
    };
    if (parting)
        m_divergence->setText(tr("≠ They part here first. %1: %2. %3: %4.")
                                  .arg(m_question.firstName, bare(parting->reasonA),
                                       m_question.secondName, bare(parting->reasonB)));
    m_tree->expandAll();
    arrangeColumns();
    if (const QModelIndex divergence = m_trace->divergence(); divergence.isValid())
        m_tree->scrollTo(divergence);
    m_stack->setCurrentWidget(m_onePage);
}

void EntityPane::arrangeColumns()
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

void EntityPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeColumns();
}

} // namespace edgewise::whatifpage
