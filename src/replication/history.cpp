// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/history.h"

namespace edgewise::replication {

namespace {

constexpr size_t stretchLimit = 16;

} // namespace

void History::addAnswer(std::optional<quint64> index, qint64 at)
{
    if (!m_stretches.empty() && !m_stretches.back().failure && m_stretches.back().index == index) {
        m_stretches.back().at = at;
        return;
    }
    m_stretches.push_back({.since = at, .at = at, .failure = {}, .index = index});
    if (m_stretches.size() > stretchLimit)
        m_stretches.pop_front();
}

void History::addFailure(const Error &error, qint64 at)
{
    // One failure may be refused and the next time out: it is one absence, explained by the newest.
    if (!m_stretches.empty() && m_stretches.back().failure) {
        m_stretches.back().failure = error;
        m_stretches.back().at = at;
        return;
    }
    m_stretches.push_back({.since = at, .at = at, .failure = error, .index = {}});
    if (m_stretches.size() > stretchLimit)
        m_stretches.pop_front();
}

void History::addLog(const LogSample &sample)
{
    m_newestLog = sample;
    if (sample.failure) {
        if (!m_logFailingSince)
            m_logFailingSince = sample.askedAt;
        return;
    }
    m_logFailingSince.reset();
    m_logs.push_back(sample);
    if (m_logs.size() > 2)
        m_logs.pop_front();
}

QString History::logId() const
{
    return m_logs.empty() ? QString() : m_logs.back().logId;
}

bool History::isLogSettled() const
{
    return m_logs.size() < 2 || m_logs.front().logId == m_logs.back().logId;
}

} // namespace edgewise::replication
