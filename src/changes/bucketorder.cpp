// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/bucketorder.h"

#include <flags/timestamp.h>

#include <algorithm>

namespace edgewise::changes {

namespace {

constexpr qint64 microsecond = 1000;

/// The moment of a creation time in the one form that also sorts right as text.
std::optional<qint64> sortableMoment(const QString &created)
{
    const std::optional<qint64> moment = flags::parseTimestamp(created);
    return moment && flags::microsecondText(*moment) == created ? moment : std::nullopt;
}

/// Whether the list is the beginning of `before`'s survivors in their order, then new ones.
bool orderIsKept(const std::vector<flags::Distribution> &before,
                 const std::vector<flags::Distribution> &distributions)
{
    auto place = before.begin();
    bool newOnes = false;
    for (const flags::Distribution &distribution : distributions) {
        const bool isNew =
            std::ranges::find(before, distribution.id, &flags::Distribution::id) == before.end();
        newOnes = newOnes || isNew;
        if (isNew && distribution.times.created.isEmpty())
            continue;
        if (newOnes)
            return false;
        place = std::find_if(place, before.end(), [&](const flags::Distribution &old) {
            return old.id == distribution.id;
        });
        if (place == before.end() || place->times.created != distribution.times.created)
            return false;
        ++place;
    }
    return true;
}

} // namespace

void keepBucketOrder(const std::vector<flags::Distribution> &before,
                     std::vector<flags::Distribution> &distributions)
{
    if (orderIsKept(before, distributions))
        return;
    auto last = distributions.rbegin();
    while (last != distributions.rend() && last->times.created.isEmpty())
        ++last;
    // From the last one back, so that no time is moved into the future.
    std::optional<qint64> next;
    for (auto distribution = last; distribution != distributions.rend(); ++distribution) {
        std::optional<qint64> moment = sortableMoment(distribution->times.created);
        if (!moment && !next)
            moment = flags::parseTimestamp(distribution->times.created).value_or(0);
        if (next && (!moment || *moment > *next - microsecond))
            moment = *next - microsecond;
        const QString created = flags::microsecondText(*moment);
        if (distribution->times.created != created)
            distribution->times.created = created;
        // A moment that was cut to microseconds counts as the text that stands now.
        next = flags::parseTimestamp(created);
    }
}

} // namespace edgewise::changes
