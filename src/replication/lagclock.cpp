// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/lagclock.h"

#include <algorithm>

namespace edgewise::replication {

namespace {

constexpr size_t entryLimit = 4096;

} // namespace

void LagClock::observe(const QString &logId, std::optional<quint64> index, qint64 at)
{
    const bool otherLog = !logId.isEmpty() && !m_logId.isEmpty() && logId != m_logId;
    // std::optional orders "none" before every number, as an empty log comes before its frames.
    const bool fell = !m_entries.empty() && index < m_entries.back().index;
    if (otherLog || fell)
        m_entries.clear();
    if (!logId.isEmpty())
        m_logId = logId;
    if (m_entries.empty() || m_entries.back().index < index) {
        m_entries.push_back({index, at});
        if (m_entries.size() > entryLimit)
            thin();
    }
}

LagClock::Known LagClock::primaryAt(qint64 at) const
{
    const auto later =
        std::upper_bound(m_entries.begin(), m_entries.end(), at,
                         [](qint64 time, const Entry &entry) { return time < entry.firstSeen; });
    if (later == m_entries.begin())
        return {};
    return {.seen = true, .index = std::prev(later)->index};
}

std::optional<qint64> LagClock::behind(std::optional<quint64> index, qint64 at) const
{
    const auto beyond = std::upper_bound(
        m_entries.begin(), m_entries.end(), index,
        [](std::optional<quint64> value, const Entry &entry) { return value < entry.index; });
    if (beyond == m_entries.end() || beyond->firstSeen > at)
        return 0;
    if (beyond == m_entries.begin())
        return std::nullopt;
    return at - beyond->firstSeen;
}

void LagClock::thin()
{
    // The farther back, the coarser: a lag that is read from what remains is too short by no more
    // than a sixteenth, and some hundred entries reach back for years.
    std::deque<Entry> kept;
    const qint64 newest = m_entries.back().firstSeen;
    for (size_t i = 0; i < m_entries.size(); ++i) {
        const bool isEnd = i == 0 || i + 1 == m_entries.size();
        if (!isEnd) {
            const qint64 next = m_entries[i + 1].firstSeen;
            if (next - kept.back().firstSeen <= (newest - next) / 16)
                continue;
        }
        kept.push_back(m_entries[i]);
    }
    m_entries.swap(kept);
}

} // namespace edgewise::replication
