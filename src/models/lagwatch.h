// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <replication/nodesample.h>

#include <QMap>

namespace edgewise::models {

/// Which nodes lag more than each of them may. A value; times in nanoseconds.
class LagWatch {
public:
    struct Excess {
        QString node; ///< as in its samples
        qint64 behind = 0;
        qint64 limit = 0;
        qint64 sinceWall = 0; ///< since 1970: the first sample over the limit
        friend bool operator==(const Excess &, const Excess &) = default;
    };

    /// None, or not above zero: the node may lag as it likes.
    void setLimit(const QString &node, std::optional<qint64> nanoseconds);
    std::optional<qint64> limit(const QString &node) const;

    /// True when a node has begun or ceased to exceed its limit. A sample without a figure changes
    /// nothing: what is not known is neither late nor in time.
    bool take(const replication::NodeSample &sample);
    /// By node.
    QList<Excess> excesses() const { return m_excesses.values(); }
    /// Forgets what was seen, not the limits.
    void clear() { m_excesses.clear(); }

private:
    QMap<QString, qint64> m_limits;
    QMap<QString, Excess> m_excesses;
};

} // namespace edgewise::models
