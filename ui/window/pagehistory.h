// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace edgewise::window {

/// Visited pages, as in a browser: going somewhere new forgets what lay ahead.
class PageHistory {
public:
    void visit(const QString &id);
    bool canGoBack() const { return m_position > 0; }
    bool canGoForward() const { return m_position + 1 < m_visited.size(); }
    /// The page to show; only where possible.
    QString back();
    QString forward();

private:
    QStringList m_visited;
    qsizetype m_position = -1;
};

} // namespace edgewise::window
