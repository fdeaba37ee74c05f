// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/cardlist.h>
#include <flags/rulecard.h>
#include <flags/rulesection.h>
#include <flags/validate.h>
#include <theme/theme.h>
#include <widgets/card.h>
#include <widgets/parts.h>

#include <QComboBox>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

RuleSection::RuleSection(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance),
      m_header(new widgets::SectionHeader(appearance, {}, this)),
      m_cards(new CardList(appearance, this)),
      m_add(widgets::addButton(appearance, u"addRule"_qs, tr("Rule"), this)),
      m_defaultLine(new QWidget(this)),
      m_default(widgets::choiceBox(u"defaultVariant"_qs, tr("Default variant"), m_defaultLine))
{
    m_add->setAccessibleName(tr("Add a rule"));
    m_header->addWidget(m_add);
    m_cards->setObjectName(u"ruleCards"_qs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addWidget(m_header);
    column->addWidget(m_cards);
    createDefault(column);
    connect(m_add, &QPushButton::clicked, this, &RuleSection::add);
    connect(m_cards, &CardList::moveRequested, this, [this](const QString &id, int place) {
        emit edited({tr("move a rule"), {}, [id, place](flags::Flag &flag) {
                         moveRule(flag, RuleId(id), place);
                     }});
    });
}

void RuleSection::createDefault(QVBoxLayout *column)
{
    auto *line = new QHBoxLayout(m_defaultLine);
    line->setContentsMargins(inside, 0, 0, 0);
    auto *otherwise = widgets::quietLabel(tr("Everyone else gets"), m_defaultLine);
    otherwise->setWordWrap(false);
    line->addWidget(otherwise);
    line->addWidget(m_default, 1);
    column->addWidget(m_defaultLine);
    connect(m_default, &QComboBox::activated, this, &RuleSection::chooseDefault);
}

void RuleSection::add()
{
    emit edited({tr("add a rule"), {}, [](flags::Flag &flag) { addRule(flag); }});
    if (!m_context.flag || m_context.flag->rules.empty())
        return;
    auto *card = qobject_cast<RuleCard *>(m_cards->card(m_context.flag->rules.back().id.text()));
    if (!card)
        return;
    card->focusSegments();
    emit revealRequested(card);
}

void RuleSection::showFlag(const FlagContext &context)
{
    m_context = context;
    const flags::Flag &flag = *context.flag;
    const bool boolean = flag.type == flags::BooleanFlag;
    setVisible(!boolean || !flag.rules.empty());
    m_header->setTitle(boolean ? tr("Rules (ignored by a boolean flag)")
                               : tr("Rules (first match wins)"));
    QStringList ids;
    for (const flags::Rule &rule : flag.rules)
        ids.append(rule.id.text());
    const QList<MovableCard *> cards = m_cards->arrange(ids, [this](const QString &id) {
        auto *card = new RuleCard(m_appearance, RuleId(id), m_cards);
        card->setReadOnly(m_isReadOnly);
        connect(card, &RuleCard::edited, this, &RuleSection::edited);
        connect(card, &RuleCard::segmentOpenRequested, this, &RuleSection::segmentOpenRequested);
        return card;
    });
    for (int i = 0; i < cards.size(); ++i)
        static_cast<RuleCard *>(cards[i])->showRule(m_context, i + 1);
    showDefault();
}

void RuleSection::showDefault()
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

void RuleSection::chooseDefault(int index)
{
    const QString id = m_default->itemData(index).toString();
    emit edited({tr("default variant"), {}, [id](flags::Flag &flag) {
                     if (id.isEmpty())
                         flag.defaultVariant.reset();
                     else
                         flag.defaultVariant = VariantId(id);
                 }});
}

void RuleSection::setProblems(const std::vector<flags::Problem> &problems)
{
    for (int i = 0; i < int(m_context.flag->rules.size()); ++i) {
        const QString id = m_context.flag->rules[size_t(i)].id.text();
        if (MovableCard *card = m_cards->card(id))
            card->setProblems(problemsAt(problems, [i, &id](const flags::Location &place) {
                return (place.part == flags::Location::Part::Rule && place.index == i)
                       || (place.part == flags::Location::Part::Distribution && place.parent == id);
            }));
    }
}

void RuleSection::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    m_add->setVisible(!readOnly);
    m_default->setEnabled(!readOnly);
    const QList<RuleCard *> cards = m_cards->findChildren<RuleCard *>();
    for (RuleCard *card : cards)
        card->setReadOnly(readOnly);
}

void RuleSection::setEntityBuckets(const QHash<QString, int> &buckets)
{
    const QList<RuleCard *> cards = m_cards->findChildren<RuleCard *>();
    for (RuleCard *card : cards)
        card->setEntityBucket(buckets.value(card->id(), -1));
}

} // namespace edgewise::flagspage
