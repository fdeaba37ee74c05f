// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/arrival.h"

#include <algorithm>

namespace edgewise::replication {

Arrival::Arrival(quint64 index, QString logId, qint64 committedAt, const QStringList &replicas)
    : m_index(index), m_logId(std::move(logId)), m_committedAt(committedAt)
{
    for (const QString &node : replicas) {
        m_entries.append({.node = node, .after = {}, .uncertainty = 0});
        m_askedBefore.append(committedAt);
    }
}

bool Arrival::observe(const NodeSample &sample)
{
    if (m_lost || sample.at < m_committedAt)
        return false;
    const bool otherLog = !m_logId.isEmpty() && !sample.logId.isEmpty() && sample.logId != m_logId;
    if (sample.role == Role::Primary) {
        m_lost = otherLog || (sample.index && *sample.index < m_index);
        return false;
    }
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry &e) { return e.node == sample.node; });
    if (entry == m_entries.end() || entry->after)
        return false;
    qint64 &askedBefore = m_askedBefore[entry - m_entries.begin()];
    if (!otherLog && sample.index && *sample.index >= m_index) {
        entry->after = sample.at - m_committedAt;
        entry->uncertainty = sample.at - askedBefore;
        return true;
    }
    askedBefore = sample.at;
    return false;
}

bool Arrival::isComplete() const
{
    return std::all_of(m_entries.begin(), m_entries.end(),
                       [](const Entry &entry) { return entry.after.has_value(); });
}

} // namespace edgewise::replication
