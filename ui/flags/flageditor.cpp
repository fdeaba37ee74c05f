// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/cardlist.h>
#include <flags/flageditor.h>
#include <flags/flaghead.h>
#include <flags/metadatasection.h>
#include <flags/rolloutcard.h>
#include <flags/rulecard.h>
#include <flags/validate.h>
#include <flags/variantrow.h>
#include <theme/appearance.h>
#include <widgets/card.h>
#include <widgets/linefield.h>
#include <widgets/parts.h>
#include <widgets/problemlines.h>

#include <QComboBox>
#include <QScrollBar>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using flags::Problem;
using Part = flags::Location::Part;
using Attribute = flags::Location::Attribute;

namespace {

template <typename Wanted>
std::vector<Problem> those(const std::vector<Problem> &problems, Wanted wanted)
{
    std::vector<Problem> result;
    for (const Problem &problem : problems)
        if (wanted(problem.location))
            result.push_back(problem);
    return result;
}

/// A section of its own column, so that it can be hidden as one.
std::pair<QWidget *, QVBoxLayout *> section(QVBoxLayout *column, QWidget *parent)
{
    auto *widget = new QWidget(parent);
    auto *inner = new QVBoxLayout(widget);
    inner->setContentsMargins({});
    inner->setSpacing(grid);
    column->addWidget(widget);
    return {widget, inner};
}

} // namespace

FlagEditor::FlagEditor(const theme::Appearance &appearance, QWidget *parent)
    : QScrollArea(parent), m_appearance(appearance), m_body(new QWidget),
      m_head(new FlagHead(appearance, m_body)),
      m_problems(new widgets::ProblemLines(appearance, m_body)),
      m_metadata(new MetadataSection(appearance, m_body))
{
    setObjectName(u"flagEditor"_qs);
    setAccessibleName(tr("Flag"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_problems->setObjectName(u"flagProblems"_qs);
    auto *column = new QVBoxLayout(m_body);
    column->setSpacing(inside);
    column->addWidget(m_head);
    column->addWidget(m_problems);
    createVariants(column);
    createRules(column);
    createRollouts(column);
    column->addWidget(m_metadata);
    column->addStretch();
    setWidget(m_body);
    m_body->setAutoFillBackground(true);
    m_body->setBackgroundRole(QPalette::Base);
    connect(m_head, &FlagHead::edited, this, &FlagEditor::apply);
    connect(m_metadata, &MetadataSection::edited, this, &FlagEditor::apply);
    m_body->hide();
}

FlagEditor::~FlagEditor()
{
    // Fields that lose the focus while they go down say what was typed, to an editor that must
    // still be one.
    m_isReadOnly = true;
    delete takeWidget();
}

void FlagEditor::createVariants(QVBoxLayout *column)
{
    const auto [widget, inner] = section(column, m_body);
    m_variants = widget;
    auto *header = new widgets::SectionHeader(m_appearance, tr("Variants"), widget);
    m_addVariant = widgets::addButton(m_appearance, u"addVariant"_qs, tr("Variant"), widget);
    m_addVariant->setAccessibleName(tr("Add a variant"));
    header->addWidget(m_addVariant);
    inner->addWidget(header);
    m_variantColumn = new QVBoxLayout;
    m_variantColumn->setSpacing(grid);
    inner->addLayout(m_variantColumn);
    m_noVariants = widgets::quietLabel(
        tr("No variants yet: add the answers that this flag can give."), widget);
    inner->addWidget(m_noVariants);
    connect(m_addVariant, &QPushButton::clicked, this, [this] {
        apply({tr("add a variant"), {}, [](flags::Flag &flag) { addVariant(flag); }});
        if (!m_variantRows.isEmpty()) {
            m_variantRows.last()->focusKey();
            reveal(m_variantRows.last());
        }
    });
}

void FlagEditor::createRules(QVBoxLayout *column)
{
    const auto [widget, inner] = section(column, m_body);
    m_rules = widget;
    m_rulesHeader = new widgets::SectionHeader(m_appearance, {}, widget);
    m_addRule = widgets::addButton(m_appearance, u"addRule"_qs, tr("Rule"), widget);
    m_addRule->setAccessibleName(tr("Add a rule"));
    m_rulesHeader->addWidget(m_addRule);
    m_ruleCards = new CardList(m_appearance, widget);
    m_ruleCards->setObjectName(u"ruleCards"_qs);
    inner->addWidget(m_rulesHeader);
    inner->addWidget(m_ruleCards);

    m_defaultLine = new QWidget(widget);
    m_default = widgets::choiceBox(u"defaultVariant"_qs, tr("Default variant"), m_defaultLine);
    auto *line = new QHBoxLayout(m_defaultLine);
    line->setContentsMargins(inside, 0, 0, 0);
    auto *otherwise = widgets::quietLabel(tr("Everyone else gets"), m_defaultLine);
    otherwise->setWordWrap(false);
    line->addWidget(otherwise);
    line->addWidget(m_default, 1);
    inner->addWidget(m_defaultLine);

    connect(m_addRule, &QPushButton::clicked, this, [this] {
        apply({tr("add a rule"), {}, [](flags::Flag &flag) { addRule(flag); }});
        if (!m_context.flag || m_context.flag->rules.empty())
            return;
        auto *card =
            qobject_cast<RuleCard *>(m_ruleCards->card(m_context.flag->rules.back().id.text()));
        if (card) {
            card->focusSegments();
            reveal(card);
        }
    });
    connect(m_ruleCards, &CardList::moveRequested, this, [this](const QString &id, int place) {
        apply({tr("move a rule"), {}, [id, place](flags::Flag &flag) {
                   moveRule(flag, RuleId(id), place);
               }});
    });
    connect(m_default, &QComboBox::activated, this, &FlagEditor::chooseDefault);
}

void FlagEditor::createRollouts(QVBoxLayout *column)
{
    const auto [widget, inner] = section(column, m_body);
    m_rollouts = widget;
    m_rolloutsHeader = new widgets::SectionHeader(m_appearance, {}, widget);
    m_addThreshold = widgets::addButton(m_appearance, u"addThreshold"_qs, tr("Threshold"), widget);
    m_addThreshold->setAccessibleName(tr("Add a rollout to a share of all entities"));
    m_addSegment = widgets::addButton(m_appearance, u"addSegmentRollout"_qs, tr("Segment"), widget);
    m_addSegment->setAccessibleName(tr("Add a rollout to a segment"));
    m_rolloutsHeader->addWidget(m_addThreshold);
    m_rolloutsHeader->addWidget(m_addSegment);
    m_rolloutCards = new CardList(m_appearance, widget);
    m_rolloutCards->setObjectName(u"rolloutCards"_qs);
    m_otherwise = widgets::quietLabel({}, widget);
    m_otherwise->setContentsMargins(inside, 0, 0, 0);
    inner->addWidget(m_rolloutsHeader);
    inner->addWidget(m_rolloutCards);
    inner->addWidget(m_otherwise);
    connect(m_addThreshold, &QPushButton::clicked, this,
            [this] { addRolloutOf(flags::ThresholdRollout); });
    connect(m_addSegment, &QPushButton::clicked, this,
            [this] { addRolloutOf(flags::SegmentRollout); });
    connect(m_rolloutCards, &CardList::moveRequested, this, [this](const QString &id, int place) {
        apply({tr("move a rollout"), {}, [id, place](flags::Flag &flag) {
                   moveRollout(flag, RolloutId(id), place);
               }});
    });
}

void FlagEditor::setFlag(std::shared_ptr<const flags::Flag> flag,
                         std::shared_ptr<const flags::Namespace> nameSpace,
                         std::shared_ptr<const flags::Flag> saved)
{
    const bool same = m_context.flag && flag && m_context.flag->key == flag->key
                      && m_context.nameSpace && nameSpace
                      && m_context.nameSpace->key == nameSpace->key;
    const bool sameUnnamed = m_context.flag && flag && m_context.flag->key == flag->key
                             && !m_context.nameSpace && !nameSpace;
    if (!same && !sameUnnamed)
        commit();
    m_context = FlagContext{std::move(flag), std::move(saved), std::move(nameSpace)};
    m_body->setVisible(m_context.flag != nullptr);
    if (!m_context.flag)
        return;
    m_head->showFlag(*m_context.flag);
    m_metadata->showMetadata(*m_context.flag);
    showVariants();
    showRules();
    showDefault();
    showRollouts();
    if (!same && !sameUnnamed)
        verticalScrollBar()->setValue(0);
}

void FlagEditor::showVariants()
{
    const flags::Flag &flag = *m_context.flag;
    m_variants->setVisible(flag.type != flags::BooleanFlag || !flag.variants.empty());
    QList<VariantRow *> rows;
    for (const flags::Variant &variant : flag.variants) {
        VariantRow *row = nullptr;
        for (VariantRow *each : std::as_const(m_variantRows))
            row = each->id() == variant.id ? each : row;
        if (row) {
            m_variantRows.removeOne(row);
        } else {
            row = new VariantRow(m_appearance, variant.id, m_variants);
            row->setReadOnly(m_isReadOnly);
            connect(row, &VariantRow::edited, this, &FlagEditor::apply);
        }
        rows.append(row);
    }
    for (VariantRow *gone : std::as_const(m_variantRows)) {
        m_variantColumn->removeWidget(gone);
        gone->hide();
        gone->deleteLater();
    }
    m_variantRows = rows;
    for (int i = 0; i < rows.size(); ++i) {
        if (m_variantColumn->indexOf(rows[i]) != i) {
            m_variantColumn->removeWidget(rows[i]);
            m_variantColumn->insertWidget(i, rows[i]);
        }
        rows[i]->showVariant(flag, i);
        rows[i]->show();
    }
    m_noVariants->setVisible(rows.isEmpty());
}

void FlagEditor::showRules()
{
    const flags::Flag &flag = *m_context.flag;
    const bool boolean = flag.type == flags::BooleanFlag;
    m_rules->setVisible(!boolean || !flag.rules.empty());
    m_rulesHeader->setTitle(boolean ? tr("Rules (ignored by a boolean flag)")
                                    : tr("Rules (first match wins)"));
    QStringList ids;
    for (const flags::Rule &rule : flag.rules)
        ids.append(rule.id.text());
    const QList<MovableCard *> cards = m_ruleCards->arrange(ids, [this](const QString &id) {
        auto *card = new RuleCard(m_appearance, RuleId(id), m_ruleCards);
        card->setReadOnly(m_isReadOnly);
        connect(card, &RuleCard::edited, this, &FlagEditor::apply);
        connect(card, &RuleCard::segmentOpenRequested, this, &FlagEditor::segmentOpenRequested);
        return card;
    });
    for (int i = 0; i < cards.size(); ++i)
        static_cast<RuleCard *>(cards[i])->showRule(m_context, i + 1);
}

void FlagEditor::showDefault()
{
    const flags::Flag &flag = *m_context.flag;
    m_defaultLine->setVisible(!flag.variants.empty() || flag.defaultVariant);
    m_default->clear();
    m_default->addItem(tr("no variant"), QString());
    for (const flags::Variant &variant : flag.variants)
        m_default->addItem(variant.key, variant.id.text());
    if (flag.defaultVariant && variantIndex(flag, *flag.defaultVariant) < 0)
        m_default->addItem(flag.defaultVariant->text(), flag.defaultVariant->text());
    m_default->setCurrentIndex(
        m_default->findData(flag.defaultVariant ? flag.defaultVariant->text() : QString()));
}

void FlagEditor::showRollouts()
{
    const flags::Flag &flag = *m_context.flag;
    const bool boolean = flag.type == flags::BooleanFlag;
    m_rollouts->setVisible(boolean || !flag.rollouts.empty());
    m_rolloutsHeader->setTitle(boolean ? tr("Rollouts (the first that decides wins)")
                                       : tr("Rollouts (ignored by a variant flag)"));
    QStringList ids;
    for (const flags::Rollout &rollout : flag.rollouts)
        ids.append(rollout.id.text());
    const QList<MovableCard *> cards = m_rolloutCards->arrange(ids, [this](const QString &id) {
        auto *card = new RolloutCard(m_appearance, RolloutId(id), m_rolloutCards);
        card->setReadOnly(m_isReadOnly);
        connect(card, &RolloutCard::edited, this, &FlagEditor::apply);
        connect(card, &RolloutCard::segmentOpenRequested, this, &FlagEditor::segmentOpenRequested);
        return card;
    });
    for (int i = 0; i < cards.size(); ++i)
        static_cast<RolloutCard *>(cards[i])->showRollout(m_context, i + 1);
    const bool none = flag.rollouts.empty();
    m_otherwise->setText(flag.enabled
                             ? (none ? tr("Everyone gets on.") : tr("Everyone else gets on."))
                             : (none ? tr("Everyone gets off.") : tr("Everyone else gets off.")));
}

void FlagEditor::setProblems(const std::vector<Problem> &problems)
{
    if (!m_context.flag)
        return;
    const flags::Flag &flag = *m_context.flag;
    m_head->setProblems(those(problems, [](const flags::Location &place) {
        return place.part == Part::Flag && place.attribute == Attribute::Name;
    }));
    m_metadata->setProblems(those(problems, [](const flags::Location &place) {
        return place.part == Part::Flag && place.attribute == Attribute::Metadata;
    }));
    m_problems->setProblems(those(problems, [](const flags::Location &place) {
        return place.part == Part::Flag && place.attribute != Attribute::Name
               && place.attribute != Attribute::Metadata;
    }));
    for (int i = 0; i < m_variantRows.size(); ++i)
        m_variantRows[i]->setProblems(those(problems, [i](const flags::Location &place) {
            return place.part == Part::Variant && place.index == i;
        }));
    for (int i = 0; i < int(flag.rules.size()); ++i) {
        const QString id = flag.rules[size_t(i)].id.text();
        if (MovableCard *card = m_ruleCards->card(id))
            card->setProblems(those(problems, [i, &id](const flags::Location &place) {
                return (place.part == Part::Rule && place.index == i)
                       || (place.part == Part::Distribution && place.parent == id);
            }));
    }
    for (int i = 0; i < int(flag.rollouts.size()); ++i)
        if (MovableCard *card = m_rolloutCards->card(flag.rollouts[size_t(i)].id.text()))
            card->setProblems(those(problems, [i](const flags::Location &place) {
                return place.part == Part::Rollout && place.index == i;
            }));
}

void FlagEditor::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    m_head->setReadOnly(readOnly);
    m_metadata->setReadOnly(readOnly);
    for (QPushButton *button : {m_addVariant, m_addRule, m_addThreshold, m_addSegment})
        button->setVisible(!readOnly);
    m_default->setEnabled(!readOnly);
    for (VariantRow *row : std::as_const(m_variantRows))
        row->setReadOnly(readOnly);
    const QList<MovableCard *> cards = m_body->findChildren<MovableCard *>();
    for (MovableCard *card : cards)
        card->setReadOnly(readOnly);
}

void FlagEditor::setEntityBuckets(const QHash<QString, int> &buckets)
{
    const QList<RuleCard *> rules = m_body->findChildren<RuleCard *>();
    for (RuleCard *card : rules)
        card->setEntityBucket(buckets.value(card->id(), -1));
    const QList<RolloutCard *> rollouts = m_body->findChildren<RolloutCard *>();
    for (RolloutCard *card : rollouts)
        card->setEntityBucket(buckets.value(card->id(), -1));
}

void FlagEditor::focusName()
{
    m_head->focusName();
}

void FlagEditor::commit()
{
    m_head->flush();
    widgets::flushFields(*m_body);
}

void FlagEditor::apply(const FlagEdit &edit)
{
    if (!m_context.flag || m_isReadOnly)
        return;
    flags::Flag flag = *m_context.flag;
    edit.apply(flag);
    if (flag == *m_context.flag)
        return;
    const QString label = u"%1: %2"_qs.arg(flag.key.text(), edit.label);
    emit edited(flag, label, edit.topic);
}

void FlagEditor::chooseDefault(int index)
{
    const QString id = m_default->itemData(index).toString();
    apply({tr("default variant"), {}, [id](flags::Flag &flag) {
               if (id.isEmpty())
                   flag.defaultVariant.reset();
               else
                   flag.defaultVariant = VariantId(id);
           }});
}

void FlagEditor::addRolloutOf(int type)
{
    const bool threshold = type == flags::ThresholdRollout;
    apply({tr("add a rollout"), {}, [threshold](flags::Flag &flag) {
               threshold ? addThreshold(flag) : addSegmentRollout(flag);
           }});
    if (!m_context.flag || m_context.flag->rollouts.empty())
        return;
    auto *card = qobject_cast<RolloutCard *>(
        m_rolloutCards->card(m_context.flag->rollouts.back().id.text()));
    if (!card)
        return;
    if (!threshold)
        card->focusSegments();
    reveal(card);
}

void FlagEditor::reveal(QWidget *widget)
{
    // Later, when the layout knows where the new widget stands.
    QTimer::singleShot(0, widget, [this, widget] { ensureWidgetVisible(widget); });
}

} // namespace edgewise::flagspage
