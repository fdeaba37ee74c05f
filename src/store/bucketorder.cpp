// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/bucketorder.h>

#include <flags/timestamp.h>
#include <store/snapshotrows.h>

#include <QHash>

#include <algorithm>
#include <optional>

namespace edgewise::store {

namespace {

constexpr qint64 microsecond = 1000;

using Distributions = std::vector<flags::Distribution>;

std::vector<qint64> rowNumbers(const Distributions &before, const Distributions &now)
{
    QHash<QString, qint64> old;
    for (const flags::Distribution &distribution : before)
        old.insert(distribution.id.text(), old.size());
    std::vector<qint64> rows;
    for (const flags::Distribution &distribution : now)
        rows.push_back(
            old.value(distribution.id.text(), qint64(before.size()) + qint64(rows.size())));
    return rows;
}

bool isReadInOrder(const Distributions &list, const std::vector<qint64> &rows)
{
    for (size_t i = 1; i < list.size(); ++i) {
        if (list[i].times.created.isEmpty()
            || !precedes(placeOfTime(list[i - 1].times.created, rows[i - 1]),
                         placeOfTime(list[i].times.created, rows[i])))
            return false;
    }
    return list.empty() || !list.front().times.created.isEmpty();
}

/// Which of the list keep their times: the longest run of old ones in their old order, found
/// greedily, because lists are short and moves are few.
std::vector<bool> keptTimes(const Distributions &list, const std::vector<qint64> &rows)
{
    // Longest increasing subsequence of the places, O(n²).
    const size_t count = list.size();
    std::vector<int> length(count, 0);
    std::vector<int> previous(count, -1);
    int best = -1;
    for (size_t i = 0; i < count; ++i) {
        if (list[i].times.created.isEmpty()
            || !flags::parseTimestamp(list[i].times.created).has_value())
            continue;
        length[i] = 1;
        for (size_t j = 0; j < i; ++j) {
            if (length[j] >= length[i]
                && precedes(placeOfTime(list[j].times.created, rows[j]),
                            placeOfTime(list[i].times.created, rows[i]))) {
                length[i] = length[j] + 1;
                previous[i] = int(j);
            }
        }
        if (best < 0 || length[i] > length[size_t(best)])
            best = int(i);
    }
    std::vector<bool> kept(count, false);
    for (int i = best; i >= 0; i = previous[size_t(i)])
        kept[size_t(i)] = true;
    return kept;
}

/// Times for the others between those that stay; false when there is no room.
bool fillGaps(Distributions &list, const std::vector<bool> &kept,
              const std::function<QString()> &nextTime)
{
    const auto timeAt = [&](size_t i) { return *flags::parseTimestamp(list[i].times.created); };
    for (size_t i = 0; i < list.size();) {
        if (kept[i]) {
            ++i;
            continue;
        }
        size_t end = i;
        while (end < list.size() && !kept[end])
            ++end;
        const qint64 size = qint64(end - i);
        if (end < list.size()) {
            // Before the next one, as late as possible, and after the one before it.
            const qint64 first = timeAt(end) / microsecond * microsecond - size * microsecond;
            if (i > 0 && first <= timeAt(i - 1))
                return false;
            for (qint64 k = 0; k < size; ++k)
                list[i + size_t(k)].times.created = flags::microsecondText(first + k * microsecond);
        } else {
            for (size_t k = i; k < end; ++k) {
                list[k].times.created = nextTime();
                // A clock behind the last writer's must not put the new one first.
                if (k > 0 && timeAt(k) <= timeAt(k - 1))
                    list[k].times.created =
                        flags::microsecondText((timeAt(k - 1) / microsecond + 1) * microsecond);
            }
        }
        i = end;
    }
    return true;
}

} // namespace

void layOutBuckets(const Distributions &before, Distributions &distributions,
                   const std::function<QString()> &nextTime)
{
    const std::vector<qint64> rows = rowNumbers(before, distributions);
    if (isReadInOrder(distributions, rows))
        return;
    if (fillGaps(distributions, keptTimes(distributions, rows), nextTime)
        && isReadInOrder(distributions, rows))
        return;
    for (flags::Distribution &distribution : distributions)
        distribution.times.created = nextTime();
}

} // namespace edgewise::store
