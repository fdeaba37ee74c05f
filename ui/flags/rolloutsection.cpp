// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/cardlist.h>
#include <flags/rolloutcard.h>
#include <flags/rolloutsection.h>
#include <flags/validate.h>
#include <theme/theme.h>
#include <widgets/card.h>
#include <widgets/parts.h>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

RolloutSection::RolloutSection(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance),
      m_header(new widgets::SectionHeader(appearance, {}, this)),
      m_cards(new CardList(appearance, this)),
      m_addThreshold(widgets::addButton(appearance, u"addThreshold"_qs, tr("Threshold"), this)),
      m_addSegment(widgets::addButton(appearance, u"addSegmentRollout"_qs, tr("Segment"), this)),
      m_otherwise(widgets::quietLabel({}, this))
{
    m_addThreshold->setAccessibleName(tr("Add a rollout to a share of all entities"));
    m_addSegment->setAccessibleName(tr("Add a rollout to a segment"));
    m_header->addWidget(m_addThreshold);
    m_header->addWidget(m_addSegment);
    m_cards->setObjectName(u"rolloutCards"_qs);
    m_otherwise->setContentsMargins(inside, 0, 0, 0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addWidget(m_header);
    column->addWidget(m_cards);
    column->addWidget(m_otherwise);
    connect(m_addThreshold, &QPushButton::clicked, this, [this] { add(flags::ThresholdRollout); });
    connect(m_addSegment, &QPushButton::clicked, this, [this] { add(flags::SegmentRollout); });
    connect(m_cards, &CardList::moveRequested, this, [this](const QString &id, int place) {
        emit edited({tr("move a rollout"), {}, [id, place](flags::Flag &flag) {
                         moveRollout(flag, RolloutId(id), place);
                     }});
    });
}

void RolloutSection::add(int type)
{
    const bool threshold = type == flags::ThresholdRollout;
    emit edited({tr("add a rollout"), {}, [threshold](flags::Flag &flag) {
                     threshold ? addThreshold(flag) : addSegmentRollout(flag);
                 }});
    if (!m_context.flag || m_context.flag->rollouts.empty())
        return;
    auto *card =
        qobject_cast<RolloutCard *>(m_cards->card(m_context.flag->rollouts.back().id.text()));
    if (!card)
        return;
    if (!threshold)
        card->focusSegments();
    emit revealRequested(card);
}

void RolloutSection::showFlag(const FlagContext &context)
{
    m_context = context;
    const flags::Flag &flag = *context.flag;
    const bool boolean = flag.type == flags::BooleanFlag;
    setVisible(boolean || !flag.rollouts.empty());
    m_header->setTitle(boolean ? tr("Rollouts (the first that decides wins)")
                               : tr("Rollouts (ignored by a variant flag)"));
    QStringList ids;
    for (const flags::Rollout &rollout : flag.rollouts)
        ids.append(rollout.id.text());
    const QList<MovableCard *> cards = m_cards->arrange(ids, [this](const QString &id) {
        auto *card = new RolloutCard(m_appearance, RolloutId(id), m_cards);
        card->setReadOnly(m_isReadOnly);
        connect(card, &RolloutCard::edited, this, &RolloutSection::edited);
        connect(card, &RolloutCard::segmentOpenRequested, this,
                &RolloutSection::segmentOpenRequested);
        return card;
    });
    for (int i = 0; i < cards.size(); ++i)
        static_cast<RolloutCard *>(cards[i])->showRollout(m_context, i + 1);
    const bool none = flag.rollouts.empty();
    m_otherwise->setText(flag.enabled
                             ? (none ? tr("Everyone gets on.") : tr("Everyone else gets on."))
                             : (none ? tr("Everyone gets off.") : tr("Everyone else gets off.")));
}

void RolloutSection::setProblems(const std::vector<flags::Problem> &problems)
{
    for (int i = 0; i < int(m_context.flag->rollouts.size()); ++i)
        if (MovableCard *card = m_cards->card(m_context.flag->rollouts[size_t(i)].id.text()))
            card->setProblems(problemsAt(problems, [i](const flags::Location &place) {
                return place.part == flags::Location::Part::Rollout && place.index == i;
            }));
}

void RolloutSection::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    m_addThreshold->setVisible(!readOnly);
    m_addSegment->setVisible(!readOnly);
    const QList<RolloutCard *> cards = m_cards->findChildren<RolloutCard *>();
    for (RolloutCard *card : cards)
        card->setReadOnly(readOnly);
}

void RolloutSection::setEntityBuckets(const QHash<QString, int> &buckets)
{
    const QList<RolloutCard *> cards = m_cards->findChildren<RolloutCard *>();
    for (RolloutCard *card : cards)
        card->setEntityBucket(buckets.value(card->id(), -1));
}

} // namespace edgewise::flagspage
