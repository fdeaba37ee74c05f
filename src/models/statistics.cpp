// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/statistics.h"

#include <algorithm>
#include <cmath>

namespace edgewise::models {

namespace {

constexpr double normalQuantile = 1.959963984540054; ///< of 97.5 %: both tails leave 5 %
constexpr double fewestExpected = 5;
constexpr int iterationLimit = 1000;
constexpr double precision = 1e-14;

/// The regularised lower incomplete gamma function by its series; quick where x < a + 1.
double lowerGamma(double a, double x)
{
    double term = 1 / a;
    double sum = term;
    for (int i = 1; i < iterationLimit && std::abs(term) > std::abs(sum) * precision; ++i) {
        term *= x / (a + i);
        sum += term;
    }
    return sum * std::exp(-x + a * std::log(x) - std::lgamma(a));
}

/// The upper one by its continued fraction (Lentz's method); quick where x >= a + 1.
double upperGamma(double a, double x)
{
    constexpr double tiny = 1e-300;
    double b = x + 1 - a;
    double c = 1 / tiny;
    double d = 1 / b;
    double product = d;
    for (int i = 1; i < iterationLimit; ++i) {
        const double numerator = -i * (i - a);
        b += 2;
        d = numerator * d + b;
        d = 1 / (std::abs(d) < tiny ? tiny : d);
        c = b + numerator / c;
        c = std::abs(c) < tiny ? tiny : c;
        product *= d * c;
        if (std::abs(d * c - 1) < precision)
            break;
    }
    return product * std::exp(-x + a * std::log(x) - std::lgamma(a));
}

} // namespace

Interval shareInterval(qint64 count, qint64 total)
{
    if (total <= 0)
        return {0, 1};
    const double n = double(total);
    const double share = double(count) / n;
    const double z2 = normalQuantile * normalQuantile;
    const double centre = share + z2 / (2 * n);
    const double half = normalQuantile * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    const double scale = 1 + z2 / n;
    // All and none are themselves bounds, whatever rounding makes of them.
    return {count == 0 ? 0 : std::max(0.0, (centre - half) / scale),
            count == total ? 1 : std::min(1.0, (centre + half) / scale)};
}

double chiSquareProbability(double statistic, int freedom)
{
    if (statistic <= 0)
        return 1;
    const double a = freedom / 2.0;
    const double x = statistic / 2;
    const double probability = x < a + 1 ? 1 - lowerGamma(a, x) : upperGamma(a, x);
    return std::clamp(probability, 0.0, 1.0);
}

void GoodnessOfFit::add(const GoodnessOfFit &other)
{
    statistic += other.statistic;
    freedom += other.freedom;
}

GoodnessOfFit goodnessOfFit(const std::vector<Category> &categories)
{
    qint64 total = 0;
    for (const Category &category : categories)
        total += category.seen;
    GoodnessOfFit fit;
    double pooledExpected = 0;
    double pooledSeen = 0;
    int cells = 0;
    const auto addCell = [&](double expected, double seen) {
        if (expected <= 0)
            return;
        fit.statistic += (seen - expected) * (seen - expected) / expected;
        ++cells;
    };
    for (const Category &category : categories) {
        const double expected = category.expected * double(total);
        if (expected >= fewestExpected) {
            addCell(expected, double(category.seen));
        } else {
            pooledExpected += expected;
            pooledSeen += double(category.seen);
        }
    }
    if (pooledExpected >= fewestExpected || pooledSeen > 0)
        addCell(pooledExpected, pooledSeen);
    fit.freedom = std::max(0, cells - 1);
    return fit.freedom > 0 ? fit : GoodnessOfFit();
}

} // namespace edgewise::models
