// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/bucketorder.h"

#include <flags/rowplace.h>
#include <flags/timestamp.h>

#include <QHash>

#include <algorithm>
#include <optional>

namespace edgewise::changes {

namespace {

constexpr qint64 microsecond = 1000;

using Distributions = std::vector<flags::Distribution>;

/// What is known of where the rows stand in the table.
class RowOrder {
public:
    RowOrder(const Distributions &before, const Distributions &now)
    {
        QHash<QString, qsizetype> old;
        for (qsizetype i = 0; i < qsizetype(before.size()); ++i)
            old.insert(before[size_t(i)].id.text(), i);
        for (const flags::Distribution &distribution : now) {
            const auto found = old.constFind(distribution.id.text());
            const bool isNew = found == old.constEnd();
            m_rows.push_back(
                {isNew ? old.size() + qint64(m_rows.size()) : *found,
                 !isNew && before[size_t(*found)].times.created != distribution.times.created,
                 isNew});
        }
    }

    /// Whether the first is read before the second. Of two old ones with their old times that is
    /// known; among equal times the rows decide, and a tie that new ones bring is kept as it came.
    bool precede(const Distributions &list, size_t first, size_t second) const
    {
        const Row &a = m_rows[first];
        const Row &b = m_rows[second];
        if (a.isAsBefore() && b.isAsBefore())
            return a.number < b.number;
        const auto place = [&](size_t i) {
            return flags::placeOfTime(list[i].times.created, m_rows[i].number);
        };
        const int order = flags::compareTimes(place(first), place(second));
        if (order != 0)
            return order < 0;
        return a.isNew && b.isNew && a.number < b.number;
    }

    bool isReadInOrder(const Distributions &list) const
    {
        for (size_t i = 0; i < list.size(); ++i) {
            const bool isOpen = list[i].times.created.isEmpty() && !m_rows[i].isAsBefore();
            if (isOpen || (i > 0 && !precede(list, i - 1, i)))
                return false;
        }
        return true;
    }

private:
    struct Row {
        qint64 number = 0;
        bool isRetimed = false; ///< it is old, and its time is not
        bool isNew = false;
        bool isAsBefore() const { return !isNew && !isRetimed; }
    };
    std::vector<Row> m_rows;
};

/// Which of the list keep their times: the longest run of those that are read in this order.
std::vector<bool> keptTimes(const Distributions &list, const RowOrder &rows)
{
    // Longest increasing subsequence, O(n²): lists are short.
    const size_t count = list.size();
    std::vector<int> length(count, 0);
    std::vector<int> previous(count, -1);
    int best = -1;
    for (size_t i = 0; i < count; ++i) {
        if (!flags::parseTimestamp(list[i].times.created))
            continue;
        length[i] = 1;
        for (size_t j = 0; j < i; ++j) {
            if (length[j] >= length[i] && rows.precede(list, j, i)) {
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

qint64 momentOf(const flags::Distribution &distribution)
{
    return flags::parseTimestamp(distribution.times.created).value_or(0);
}

QString aMicrosecondAfter(qint64 moment)
{
    return flags::microsecondText((moment / microsecond + 1) * microsecond);
}

/// Times for the others between those that stay; the empty ones at the end are left.
void fillGaps(Distributions &list, const std::vector<bool> &kept)
{
    for (size_t i = 0; i < list.size();) {
        if (kept[i]) {
            ++i;
            continue;
        }
        size_t end = i;
        while (end < list.size() && !kept[end])
            ++end;
        if (end < list.size()) {
            // Before the next one, as late as possible.
            const qint64 size = qint64(end - i);
            const qint64 first = momentOf(list[end]) / microsecond * microsecond;
            for (qint64 k = 0; k < size; ++k)
                list[i + size_t(k)].times.created =
                    flags::microsecondText(first + (k - size) * microsecond);
        } else {
            for (size_t k = i; k < end && k > 0; ++k) {
                const bool hasTime =
                    std::any_of(list.begin() + qsizetype(k), list.end(),
                                [](const auto &later) { return !later.times.created.isEmpty(); });
                if (hasTime)
                    list[k].times.created = aMicrosecondAfter(momentOf(list[k - 1]));
            }
        }
        i = end;
    }
}

/// Whether a time that was made is that of a neighbour: rows would decide, which a copy may change.
bool madeTies(const Distributions &before, const Distributions &made)
{
    for (size_t i = 1; i < made.size(); ++i) {
        const bool isMade = made[i].times.created != before[i].times.created
                            || made[i - 1].times.created != before[i - 1].times.created;
        if (isMade && !made[i].times.created.isEmpty()
            && made[i].times.created == made[i - 1].times.created)
            return true;
    }
    return false;
}

/// A clock behind the last writer's must not put a new one first.
void fillEnd(Distributions &list, const std::function<QString()> &nextTime)
{
    for (size_t i = 0; i < list.size(); ++i) {
        if (!list[i].times.created.isEmpty())
            continue;
        list[i].times.created = nextTime();
        if (i > 0 && momentOf(list[i]) <= momentOf(list[i - 1]))
            list[i].times.created = aMicrosecondAfter(momentOf(list[i - 1]));
    }
}

} // namespace

void layOutBuckets(const Distributions &before, Distributions &distributions,
                   const std::function<QString()> &nextTime)
{
    const RowOrder rows(before, distributions);
    if (rows.isReadInOrder(distributions))
        return;
    Distributions tried = distributions;
    fillGaps(tried, keptTimes(distributions, rows));
    const auto isEmpty = [](const auto &one) { return one.times.created.isEmpty(); };
    const auto filled = std::ranges::find_if(tried, isEmpty);
    if (!madeTies(distributions, tried)
        && RowOrder(before, tried).isReadInOrder(Distributions(tried.begin(), filled)))
        distributions = std::move(tried);
    else
        separateTimes(distributions); // there was no room, or a time cannot be read
    if (nextTime)
        fillEnd(distributions, nextTime);
}

void separateTimes(Distributions &distributions)
{
    auto last = distributions.rbegin();
    while (last != distributions.rend() && last->times.created.isEmpty())
        ++last;
    // From the last one back, so that no time is moved into the future.
    std::optional<qint64> next;
    for (auto distribution = last; distribution != distributions.rend(); ++distribution) {
        const QString held = distribution->times.created;
        std::optional<qint64> moment = flags::parseTimestamp(held);
        // Only the one form also sorts right as text.
        if (moment && flags::microsecondText(*moment) != held && next)
            moment.reset();
        if (next && (!moment || *moment > *next - microsecond))
            moment = *next - microsecond;
        const QString created = flags::microsecondText(moment.value_or(0));
        if (held != created)
            distribution->times.created = created;
        // A moment that was cut to microseconds counts as the text that stands now.
        next = flags::parseTimestamp(created);
    }
}

} // namespace edgewise::changes
