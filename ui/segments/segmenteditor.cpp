// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/edit.h>
#include <flags/timestamp.h>
#include <flags/validate.h>
#include <segments/constraintcard.h>
#include <segments/segmenteditor.h>
#include <segments/segmenttest.h>
#include <theme/appearance.h>
#include <widgets/card.h>
#include <widgets/keylabel.h>
#include <widgets/linefield.h>
#include <widgets/parts.h>
#include <widgets/problemlines.h>

#include <QComboBox>
#include <QDateTime>
#include <QScrollBar>

namespace edgewise::segmentspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using flags::Problem;
using Part = flags::Location::Part;

namespace {

QLabel *caption(const QString &text, QWidget *field, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setBuddy(field);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QString useText(const flags::SegmentUse &use)
{
    return use.isRollout ? SegmentEditor::tr("%1, rollout %2").arg(use.flag.text()).arg(use.number)
                         : SegmentEditor::tr("%1, rule %2").arg(use.flag.text()).arg(use.number);
}

} // namespace

SegmentEditor::SegmentEditor(const theme::Appearance &appearance, QWidget *parent)
    : QScrollArea(parent), m_appearance(appearance), m_body(new QWidget),
      m_key(new widgets::KeyLabel(appearance, m_body)), m_age(widgets::quietLabel({}, m_body)),
      m_name(new widgets::LineField(u"segmentName"_qs, tr("Name"), m_body)),
      m_description(new widgets::LineField(u"segmentDescription"_qs, tr("Description"), m_body)),
      m_match(widgets::choiceBox(u"segmentMatch"_qs, tr("Match"), m_body)),
      m_matchHint(widgets::quietLabel({}, m_body)),
      m_problems(new widgets::ProblemLines(appearance, m_body)),
      m_add(widgets::addButton(appearance, u"addConstraint"_qs, tr("Constraint"), m_body)),
      m_constraintColumn(new QVBoxLayout), m_test(new SegmentTest(appearance, m_body)),
      m_unused(widgets::quietLabel(tr("No rule and no rollout uses this segment."), m_body)),
      m_useColumn(new QVBoxLayout)
{
    setObjectName(u"segmentEditor"_qs);
    setAccessibleName(tr("Segment"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(m_body);
    column->setSpacing(inside);
    createHead(column);
    auto *constraints = new widgets::SectionHeader(appearance, tr("Constraints"), m_body);
    constraints->addWidget(m_add);
    column->addWidget(constraints);
    m_constraintColumn->setSpacing(grid);
    column->addLayout(m_constraintColumn);
    column->addWidget(new widgets::SectionHeader(appearance, tr("Try it"), m_body));
    column->addWidget(m_test);
    column->addWidget(new widgets::SectionHeader(appearance, tr("Used by"), m_body));
    m_useColumn->setSpacing(2);
    column->addLayout(m_useColumn);
    column->addWidget(m_unused);
    column->addStretch();
    setWidget(m_body);
    m_body->setAutoFillBackground(true);
    m_body->setBackgroundRole(QPalette::Base);
    m_body->hide();
    connect(m_add, &QPushButton::clicked, this, &SegmentEditor::addConstraint);
    connect(m_test, &SegmentTest::tried, this, &SegmentEditor::showTrace);
}

SegmentEditor::~SegmentEditor()
{
    // Fields that lose the focus while they go down say what was typed, to an editor that must
    // still be one.
    m_isReadOnly = true;
    delete takeWidget();
}

void SegmentEditor::createHead(QVBoxLayout *column)
{
    m_key->setObjectName(u"segmentKey"_qs);
    m_add->setAccessibleName(tr("Add a constraint"));
    m_age->setWordWrap(false);
    auto *head = new QHBoxLayout;
    head->addWidget(m_key, 1);
    head->addWidget(m_age);
    column->addLayout(head);
    column->addWidget(caption(tr("&Name"), m_name, m_body));
    column->addWidget(m_name);
    column->addWidget(caption(tr("D&escription"), m_description, m_body));
    column->addWidget(m_description);
    m_match->addItem(tr("all constraints (AND)"), int(flags::AllMatch));
    m_match->addItem(tr("any constraint (OR)"), int(flags::AnyMatch));
    auto *match = new QHBoxLayout;
    auto *matches = caption(tr("&Matches with"), m_match, m_body);
    match->addWidget(matches);
    match->addWidget(m_match, 1);
    column->addLayout(match);
    column->addWidget(m_matchHint);
    column->addWidget(m_problems);
    connect(m_name, &widgets::LineField::committed, this, [this](const QString &text) {
        apply(tr("name"), u"name"_qs, [text](flags::Segment &segment) { segment.name = text; });
    });
    connect(m_description, &widgets::LineField::committed, this, [this](const QString &text) {
        apply(tr("description"), u"description"_qs,
              [text](flags::Segment &segment) { segment.description = text; });
    });
    connect(m_match, &QComboBox::activated, this, [this](int index) {
        apply(tr("match type"), {}, [type = m_match->itemData(index).toInt()](auto &segment) {
            segment.matchType = type;
        });
    });
}

void SegmentEditor::setSegment(std::shared_ptr<const flags::Segment> segment,
                               std::shared_ptr<const flags::Namespace> nameSpace)
{
    const bool same = m_segment && segment && m_segment->key == segment->key && m_nameSpace
                      && nameSpace && m_nameSpace->key == nameSpace->key;
    if (!same)
        commit();
    m_segment = std::move(segment);
    m_nameSpace = std::move(nameSpace);
    m_body->setVisible(m_segment != nullptr);
    if (!m_segment)
        return;
    m_key->setKey(m_segment->key.text());
    const auto created = flags::parseTimestamp(m_segment->times.created);
    m_age->setText(
        created ? tr("created %1")
                      .arg(locale().toString(QDateTime::fromMSecsSinceEpoch(*created / 1'000'000),
                                             QLocale::ShortFormat))
                : tr("not saved yet"));
    m_age->setToolTip(m_segment->times.created);
    m_name->setValue(m_segment->name);
    m_description->setValue(m_segment->description);
    const int match = m_match->findData(m_segment->matchType);
    m_match->setCurrentIndex(match);
    m_matchHint->setVisible(m_segment->constraints.empty());
    m_matchHint->setText(tr("Without constraints the segment matches everyone."));
    showConstraints();
    showUses();
    showProblems();
    m_test->setSegment(m_segment);
    if (!same)
        verticalScrollBar()->setValue(0);
}

ConstraintCard *SegmentEditor::makeCard(const ConstraintId &id)
{
    auto *card = new ConstraintCard(m_appearance, id, m_body);
    card->setReadOnly(m_isReadOnly);
    connect(card, &ConstraintCard::edited, this, [this](const flags::Constraint &constraint) {
        apply(tr("constraint on %1").arg(constraint.property),
              u"constraint"_qs + constraint.id.text(), [constraint](flags::Segment &segment) {
                  for (flags::Constraint &each : segment.constraints)
                      if (each.id == constraint.id)
                          each = constraint;
              });
    });
    connect(card, &ConstraintCard::removeRequested, this, [this, id] {
        apply(tr("remove a constraint"), {}, [id](flags::Segment &segment) {
            std::erase_if(segment.constraints,
                          [&](const flags::Constraint &each) { return each.id == id; });
        });
    });
    return card;
}

void SegmentEditor::showConstraints()
{
    QList<ConstraintCard *> cards;
    for (const flags::Constraint &constraint : m_segment->constraints) {
        ConstraintCard *card = nullptr;
        for (ConstraintCard *each : std::as_const(m_cards))
            card = each->id() == constraint.id ? each : card;
        if (card)
            m_cards.removeOne(card);
        else
            card = makeCard(constraint.id);
        cards.append(card);
    }
    for (ConstraintCard *gone : std::as_const(m_cards)) {
        m_constraintColumn->removeWidget(gone);
        gone->hide();
        gone->deleteLater();
    }
    m_cards = cards;
    for (int i = 0; i < cards.size(); ++i) {
        if (m_constraintColumn->indexOf(cards[i]) != i) {
            m_constraintColumn->removeWidget(cards[i]);
            m_constraintColumn->insertWidget(i, cards[i]);
        }
        cards[i]->showConstraint(m_segment->constraints[size_t(i)], i + 1);
        cards[i]->show();
    }
}

void SegmentEditor::showUses()
{
    const auto uses = m_nameSpace ? flags::usesOf(*m_nameSpace, m_segment->key)
                                  : std::vector<flags::SegmentUse>();
    m_unused->setVisible(uses.empty());
    if (uses == m_uses && m_useButtons.size() == qsizetype(uses.size()))
        return;
    m_uses = uses;
    for (QPushButton *gone : std::as_const(m_useButtons)) {
        gone->hide();
        gone->deleteLater();
    }
    m_useButtons.clear();
    for (const flags::SegmentUse &use : m_uses) {
        auto *button = new QPushButton(m_appearance.icon(u"flag"_qs),
                                       useText(use).replace(u'&', u"&&"_qs), m_body);
        button->setObjectName(u"segmentUse"_qs);
        button->setAccessibleName(tr("Open %1").arg(useText(use)));
        button->setAutoDefault(false);
        m_useColumn->addWidget(button, 0, Qt::AlignLeft);
        button->show();
        m_useButtons.append(button);
        connect(button, &QPushButton::clicked, this,
                [this, flag = use.flag] { emit flagOpenRequested(flag); });
    }
}

void SegmentEditor::showProblems()
{
    const NamespaceKey key = m_nameSpace ? m_nameSpace->key : NamespaceKey();
    std::vector<Problem> own;
    std::vector<std::vector<Problem>> ofCards(size_t(m_cards.size()));
    for (const Problem &problem : flags::validate(*m_segment, key)) {
        const int index = problem.location.index;
        if (problem.location.part == Part::Constraint && index >= 0 && index < m_cards.size())
            ofCards[size_t(index)].push_back(problem);
        else if (problem.code != Problem::Code::SegmentMatchesEveryone) // the hint says it
            own.push_back(problem);
    }
    m_problems->setProblems(own);
    for (int i = 0; i < m_cards.size(); ++i)
        m_cards[i]->setProblems(ofCards[size_t(i)]);
}

void SegmentEditor::showTrace(const std::optional<evaluation::SegmentTrace> &trace)
{
    for (int i = 0; i < m_cards.size(); ++i) {
        if (!trace || i >= int(trace->constraints.size())
            || trace->constraints[size_t(i)].verdict == evaluation::Verdict::NotReached) {
            m_cards[i]->setVerdict(std::nullopt, {});
            continue;
        }
        const evaluation::ConstraintTrace &each = trace->constraints[size_t(i)];
        m_cards[i]->setVerdict(each.verdict == evaluation::Verdict::Passed, each.reason);
    }
}

void SegmentEditor::addConstraint()
{
    apply(tr("add a constraint"), {}, [](flags::Segment &segment) {
        flags::Constraint constraint;
        constraint.id = ConstraintId(flags::newId());
        constraint.operatorName = u"eq"_qs;
        constraint.description = QString();
        segment.constraints.push_back(std::move(constraint));
    });
    if (m_cards.isEmpty())
        return;
    m_cards.last()->focusProperty();
    QTimer::singleShot(0, m_cards.last(),
                       [this, card = m_cards.last()] { ensureWidgetVisible(card); });
}

void SegmentEditor::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    m_name->setReadOnly(readOnly);
    m_description->setReadOnly(readOnly);
    m_match->setEnabled(!readOnly);
    m_add->setVisible(!readOnly);
    for (ConstraintCard *card : std::as_const(m_cards))
        card->setReadOnly(readOnly);
}

void SegmentEditor::commit()
{
    m_name->flush();
    m_description->flush();
    const QList<ConstraintCard *> cards = m_cards;
    for (ConstraintCard *card : cards)
        card->flush();
}

void SegmentEditor::focusName()
{
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

void SegmentEditor::apply(const QString &label, const QString &topic, const Edit &edit)
{
    if (!m_segment || m_isReadOnly)
        return;
    flags::Segment segment = *m_segment;
    edit(segment);
    if (segment != *m_segment)
        emit edited(segment, u"%1: %2"_qs.arg(segment.key.text(), label), topic);
}

} // namespace edgewise::segmentspage
