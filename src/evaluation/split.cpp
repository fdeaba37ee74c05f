// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/split.h"

#include <algorithm>

namespace edgewise::evaluation {

void splitEqually(std::vector<flags::Distribution> &distributions)
{
    const int count = int(std::min<size_t>(distributions.size(), ruleBuckets));
    for (int i = 0; i < count; ++i)
        distributions[size_t(i)].rollout =
            percentageOf(ruleBuckets / count + (i < ruleBuckets % count ? 1 : 0));
}

void fillUp(std::vector<flags::Distribution> &distributions)
{
    if (distributions.empty())
        return;
    flags::Rule rule;
    rule.distributions = distributions;
    const BucketLayout layout = buckets(rule);
    flags::Distribution &last = distributions.back();
    const int had =
        layout.ranges.empty() || layout.ranges.back().distribution != int(distributions.size()) - 1
            ? 0
            : layout.ranges.back().width();
    if (layout.unmatched < ruleBuckets)
        last.rollout = percentageOf(had + ruleBuckets - layout.unmatched);
}

flags::Rule movingFewest(const flags::Rule &rule, const BucketLayout &before)
{
    std::vector<Share> wanted;
    for (const BucketRange &range : buckets(rule).ranges) {
        const auto same = std::ranges::find(wanted, range.variant, &Share::variant);
        if (same == wanted.end())
            wanted.push_back({range.variant, range.width()});
        else
            same->buckets += range.width();
    }
    flags::Rule result = rule;
    std::vector<flags::Distribution> left = std::move(result.distributions);
    result.distributions.clear();
    for (const Share &share : splitMovingFewest(before, wanted)) {
        flags::Distribution distribution;
        distribution.variant = share.variant;
        const auto own = std::ranges::find(left, share.variant, &flags::Distribution::variant);
        if (own != left.end()) {
            distribution = std::move(*own);
            left.erase(own);
        }
        distribution.rollout = percentageOf(share.buckets);
        result.distributions.push_back(std::move(distribution));
    }
    // Variants with no share at all keep their place at the end.
    for (flags::Distribution &distribution : left) {
        if (!(distribution.rollout > 0))
            result.distributions.push_back(std::move(distribution));
    }
    return result;
}

int movedCount(const BucketLayout &before, const BucketLayout &after)
{
    int count = 0;
    for (const BucketMove &move : movedBuckets(before, after))
        count += move.end - move.first;
    return count;
}

} // namespace edgewise::evaluation
