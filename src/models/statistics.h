// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

/// The little statistics that a split of a population is judged by. Pure; any thread.
namespace edgewise::models {

struct Interval {
    double low = 0;
    double high = 0;

    friend bool operator==(const Interval &, const Interval &) = default;
};

/// Where the true share lies with 95 % confidence, both ends from 0 to 1, when `count` of `total`
/// were seen (Wilson's score interval). 0 to 1 when nothing was seen.
Interval shareInterval(qint64 count, qint64 total);

/// The probability, 0 to 1, that chance alone gives a chi-square statistic of at least `statistic`
/// with `freedom` degrees of freedom, from 1.
double chiSquareProbability(double statistic, int freedom);

/// Pearson's statistic of some categories, and what it is judged with.
struct GoodnessOfFit {
    double statistic = 0;
    int freedom = 0; ///< 0: too few were seen, or there is one category: nothing can be said

    /// Of both together, as of one trial after the other.
    void add(const GoodnessOfFit &other);
    /// Only where `freedom` is above 0.
    double probability() const { return chiSquareProbability(statistic, freedom); }
};

struct Category {
    double expected = 0; ///< share, 0 to 1; those of all categories sum to 1
    qint64 seen = 0;
};

/// Categories that expect fewer than five are taken together, as the test asks for.
GoodnessOfFit goodnessOfFit(const std::vector<Category> &categories);

} // namespace edgewise::models
