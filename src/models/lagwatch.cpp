// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lagwatch.h"

namespace edgewise::models {

void LagWatch::setLimit(const QString &node, std::optional<qint64> nanoseconds)
{
    m_excesses.remove(node);
    if (nanoseconds && *nanoseconds > 0)
        m_limits.insert(node, *nanoseconds);
    else
        m_limits.remove(node);
}

std::optional<qint64> LagWatch::limit(const QString &node) const
{
    const auto found = m_limits.constFind(node);
    return found == m_limits.constEnd() ? std::nullopt : std::optional(*found);
}

bool LagWatch::take(const replication::NodeSample &sample)
{
    const auto allowed = limit(sample.node);
    const auto &behind = sample.judgement.nanosecondsBehind;
    if (!allowed || !behind || sample.role == replication::Role::Primary)
        return false;
    const auto known = m_excesses.find(sample.node);
    if (*behind <= *allowed)
        return m_excesses.remove(sample.node) > 0;
    if (known != m_excesses.end()) {
        known->behind = *behind;
        return false;
    }
    m_excesses.insert(
        sample.node,
        {.node = sample.node, .behind = *behind, .limit = *allowed, .sinceWall = sample.wallAt});
    return true;
}

} // namespace edgewise::models
