// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/pagehistory.h>

namespace edgewise::window {

namespace {
constexpr qsizetype historyLimit = 100;
}

void PageHistory::visit(const QString &id)
{
    if (m_position >= 0 && m_visited[m_position] == id)
        return;
    m_visited.resize(m_position + 1);
    m_visited.append(id);
    if (m_visited.size() > historyLimit)
        m_visited.removeFirst();
    m_position = m_visited.size() - 1;
}

QString PageHistory::back()
{
    Q_ASSERT(canGoBack());
    return m_visited[--m_position];
}

QString PageHistory::forward()
{
    Q_ASSERT(canGoForward());
    return m_visited[++m_position];
}

} // namespace edgewise::window
