// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/edit.h>
#include <flags/flagedit.h>

#include <algorithm>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;

namespace {

template <typename T>
void countRanks(std::vector<T> &list)
{
    for (size_t i = 0; i < list.size(); ++i)
        list[i].rank = qint64(i) + 1;
}

template <typename T>
qint64 nextRank(const std::vector<T> &list)
{
    qint64 highest = 0;
    for (const T &each : list)
        highest = std::max(highest, each.rank);
    return highest + 1;
}

template <typename T, typename Id>
void moveTo(std::vector<T> &list, const Id &id, int place)
{
    const auto found = std::ranges::find(list, id, &T::id);
    if (found == list.end())
        return;
    T moved = std::move(*found);
    list.erase(found);
    list.insert(list.begin() + std::clamp(place, 0, int(list.size())), std::move(moved));
    countRanks(list);
}

template <typename T, typename Id>
void removeFrom(std::vector<T> &list, const Id &id)
{
    if (std::erase_if(list, [&](const T &each) { return each.id == id; }) > 0)
        countRanks(list);
}

flags::Rollout &addRollout(flags::Flag &flag, int type)
{
    flags::Rollout rollout;
    rollout.id = RolloutId(flags::newId());
    rollout.type = type;
    rollout.rank = nextRank(flag.rollouts);
    flag.rollouts.push_back(std::move(rollout));
    return flag.rollouts.back();
}

} // namespace

int variantIndex(const flags::Flag &flag, const VariantId &id)
{
    const auto found = std::ranges::find(flag.variants, id, &flags::Variant::id);
    return found == flag.variants.end() ? -1 : int(found - flag.variants.begin());
}

QString variantText(const flags::Flag &flag, const VariantId &id)
{
    const int index = variantIndex(flag, id);
    return index < 0 ? id.text() : flag.variants[size_t(index)].key;
}

QList<widgets::BucketRuler::Look> looksOf(const evaluation::BucketLayout &layout,
                                          const flags::Flag &flag)
{
    QList<widgets::BucketRuler::Look> looks;
    for (const evaluation::BucketRange &range : layout.ranges)
        looks.append({variantText(flag, range.variant), variantIndex(flag, range.variant)});
    return looks;
}

void moveRule(flags::Flag &flag, const RuleId &id, int place)
{
    moveTo(flag.rules, id, place);
}

void moveRollout(flags::Flag &flag, const RolloutId &id, int place)
{
    moveTo(flag.rollouts, id, place);
}

void removeRule(flags::Flag &flag, const RuleId &id)
{
    removeFrom(flag.rules, id);
}

void removeRollout(flags::Flag &flag, const RolloutId &id)
{
    removeFrom(flag.rollouts, id);
}

void removeVariant(flags::Flag &flag, const VariantId &id)
{
    std::erase_if(flag.variants, [&](const flags::Variant &each) { return each.id == id; });
    for (flags::Rule &rule : flag.rules)
        std::erase_if(rule.distributions,
                      [&](const flags::Distribution &each) { return each.variant == id; });
    if (flag.defaultVariant == id)
        flag.defaultVariant.reset();
}

flags::Rule &addRule(flags::Flag &flag)
{
    flags::Rule rule;
    rule.id = RuleId(flags::newId());
    rule.rank = nextRank(flag.rules);
    flag.rules.push_back(std::move(rule));
    return flag.rules.back();
}

flags::Rollout &addThreshold(flags::Flag &flag)
{
    flags::Rollout &rollout = addRollout(flag, flags::ThresholdRollout);
    rollout.threshold = flags::Threshold{RolloutPartId(flags::newId()), 50, true};
    return rollout;
}

flags::Rollout &addSegmentRollout(flags::Flag &flag)
{
    flags::Rollout &rollout = addRollout(flag, flags::SegmentRollout);
    rollout.segmentMatches.push_back({RolloutPartId(flags::newId()), true, flags::OrOperator, {}});
    return rollout;
}

flags::Variant &addVariant(flags::Flag &flag)
{
    flags::Variant variant;
    variant.id = VariantId(flags::newId());
    for (size_t number = flag.variants.size() + 1;; ++number) {
        variant.key = u"variant-%1"_qs.arg(number);
        if (std::ranges::find(flag.variants, variant.key, &flags::Variant::key)
            == flag.variants.end())
            break;
    }
    flag.variants.push_back(std::move(variant));
    return flag.variants.back();
}

} // namespace edgewise::flagspage
