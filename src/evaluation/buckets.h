// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/values.h>

#include <QString>

#include <optional>
#include <span>
#include <vector>

/// How percentages become buckets, and which buckets an edit moves. A rule of a variant flag has
/// 1000 buckets, a threshold of a boolean one 100 (Flipt: internal/server/evaluation).
namespace edgewise::evaluation {

constexpr int ruleBuckets = 1000;
constexpr int thresholdBuckets = 100;

/// Buckets from `first` to below `end` that one distribution gets; none when they are equal.
struct BucketRange {
    int first = 0;
    int end = 0;
    int distribution = 0; ///< index in the rule's distributions
    VariantId variant;
    double percentage = 0; ///< as stored

    int width() const { return end - first; }
    friend bool operator==(const BucketRange &, const BucketRange &) = default;
};

struct BucketLayout {
    int count = ruleBuckets;
    std::vector<BucketRange> ranges; ///< ascending, without gaps, of those with a percentage
    /// The first bucket that nobody gets; `count` when all are given away.
    int unmatched = 0;
    /// Buckets that rounding takes away from the ranges: 33.33 % is 333 of 333.3.
    double lostToRounding = 0;

    /// The range that holds the bucket, or null.
    const BucketRange *rangeOf(int bucket) const;
    friend bool operator==(const BucketLayout &, const BucketLayout &) = default;
};

/// The buckets of a rule, 0 to 999. Distributions past the thousandth get none.
BucketLayout buckets(const flags::Rule &rule);

/// How many of the 100 buckets are below a threshold, counted from 0.
int buckets(const flags::Threshold &threshold);

/// Neighbouring buckets that go from one variant to another; nullopt is "no variant".
struct BucketMove {
    int first = 0;
    int end = 0;
    std::optional<VariantId> from;
    std::optional<VariantId> to;

    friend bool operator==(const BucketMove &, const BucketMove &) = default;
};

/// All buckets whose variant differs, in runs, ascending.
std::vector<BucketMove> movedBuckets(const BucketLayout &before, const BucketLayout &after);

/// What a variant is to have: `buckets` of the 1000.
struct Share {
    VariantId variant;
    int buckets = 0;

    friend bool operator==(const Share &, const Share &) = default;
};

/// A percentage that Flipt turns into exactly `width` buckets of 1000, the nearest to width / 10
/// that a float32 can hold.
double percentageOf(int width);

/// Distributions, in order, that give each variant its share and move the fewest buckets away from
/// `before`: no other split with these shares moves less. A variant may come more than once, which
/// Flipt allows. Shares beyond 1000 are cut.
std::vector<Share> splitMovingFewest(const BucketLayout &before, std::span<const Share> wanted);

} // namespace edgewise::evaluation
