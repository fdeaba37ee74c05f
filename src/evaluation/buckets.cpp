// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/buckets.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace edgewise::evaluation {

namespace {

using Owners = std::array<int, ruleBuckets>; ///< index of a share for each bucket, or -1

std::optional<VariantId> ownerOf(const BucketLayout &layout, int bucket)
{
    const BucketRange *range = layout.rangeOf(bucket);
    return range ? std::optional(range->variant) : std::nullopt;
}

/// Buckets that stay with their variant as far as its share reaches, its first ones. Ranges have
/// no gaps, so nobody can have a bucket from `total` on.
Owners keptBuckets(const BucketLayout &before, std::span<const Share> wanted, int total,
                   std::vector<int> &missing)
{
    Owners owners;
    owners.fill(-1);
    for (const BucketRange &range : before.ranges) {
        const auto share = std::ranges::find(wanted, range.variant, &Share::variant);
        if (share == wanted.end() || range.first >= total)
            continue;
        const auto index = size_t(share - wanted.begin());
        const int kept = std::min({range.width(), total - range.first, missing[index]});
        std::fill_n(owners.begin() + range.first, kept, int(index));
        missing[index] -= kept;
    }
    return owners;
}

/// Gives the free ones of the first `total` buckets to the variants that lack some. A free run
/// goes on with its left neighbour's variant where that one lacks buckets: fewer distributions.
void fillFreeBuckets(Owners &owners, int total, std::vector<int> &missing)
{
    for (size_t bucket = 0; bucket < size_t(total); ++bucket) {
        if (owners[bucket] >= 0)
            continue;
        const int left = bucket > 0 ? owners[bucket - 1] : -1;
        const auto next = left >= 0 && missing[size_t(left)] > 0
                              ? missing.begin() + left
                              : std::ranges::find_if(missing, [](int count) { return count > 0; });
        owners[bucket] = int(next - missing.begin());
        --*next;
    }
}

} // namespace

const BucketRange *BucketLayout::rangeOf(int bucket) const
{
    const auto found = std::ranges::find_if(ranges, [bucket](const BucketRange &range) {
        return range.first <= bucket && bucket < range.end;
    });
    return found == ranges.end() ? nullptr : &*found;
}

BucketLayout buckets(const flags::Rule &rule)
{
    BucketLayout layout;
    int first = 0;
    double exact = 0;
    for (size_t i = 0; i < rule.distributions.size(); ++i) {
        const flags::Distribution &distribution = rule.distributions[i];
        // Clamped before it becomes a float32: no percentage above 100 gets more than all.
        const auto rollout = float(std::clamp(distribution.rollout, 0.0, 1e6));
        if (!(rollout > 0))
            continue;
        const float width = rollout * 10.0F; // in float32, then cut: Flipt's arithmetic
        exact = std::min<double>(exact + distribution.rollout * 10, ruleBuckets);
        const int end = std::min(first + int(width), ruleBuckets);
        layout.ranges.push_back({first, end, int(i), distribution.variant, distribution.rollout});
        first = end;
    }
    layout.unmatched = first;
    // Stored percentages are float32 widened to double; their tails are no loss.
    const double lost = exact - first;
    layout.lostToRounding = lost < 1e-3 ? 0 : lost;
    return layout;
}

int buckets(const flags::Threshold &threshold)
{
    const auto percentage = float(std::clamp(threshold.percentage, -1.0, 101.0));
    int count = 0;
    while (count < thresholdBuckets && float(count) < percentage)
        ++count;
    return count;
}

std::vector<BucketMove> movedBuckets(const BucketLayout &before, const BucketLayout &after)
{
    std::vector<BucketMove> moves;
    for (int bucket = 0; bucket < std::max(before.count, after.count); ++bucket) {
        const auto from = ownerOf(before, bucket);
        const auto to = ownerOf(after, bucket);
        if (from == to)
            continue;
        if (!moves.empty() && moves.back().end == bucket && moves.back().from == from
            && moves.back().to == to)
            ++moves.back().end;
        else
            moves.push_back({bucket, bucket + 1, from, to});
    }
    return moves;
}

double percentageOf(int width)
{
    auto percentage = float(double(width) / 10);
    while (int(percentage * 10.0F) < width)
        percentage = std::nextafter(percentage, 1e9F);
    return double(percentage);
}

std::vector<Share> splitMovingFewest(const BucketLayout &before, std::span<const Share> wanted)
{
    std::vector<int> missing;
    int total = 0;
    for (const Share &share : wanted) {
        missing.push_back(std::clamp(share.buckets, 0, ruleBuckets - total));
        total += missing.back();
    }
    Owners owners = keptBuckets(before, wanted, total, missing);
    fillFreeBuckets(owners, total, missing);
    std::vector<Share> split;
    for (int bucket = 0; bucket < total; ++bucket) {
        const VariantId &variant = wanted[size_t(owners[size_t(bucket)])].variant;
        if (split.empty() || split.back().variant != variant)
            split.push_back({variant, 0});
        ++split.back().buckets;
    }
    return split;
}

} // namespace edgewise::evaluation
