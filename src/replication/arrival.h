// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <replication/nodesample.h>

#include <QList>
#include <QStringList>

namespace edgewise::replication {

/// Follows one save from its commit to each replica. A value; times are nanoseconds of the steady
/// clock of this machine.
class Arrival {
public:
    struct Entry {
        QString node;
        /// From the commit's answer to the sample that first showed it; at least 0.
        std::optional<qint64> after;
        /// It may have arrived earlier by up to this much: when the node was asked before.
        qint64 uncertainty = 0;
    };

    /// `index` is the primary's right after the commit, `logId` its log where known.
    Arrival(quint64 index, QString logId, qint64 committedAt, const QStringList &replicas);

    /// True when this sample showed the arrival.
    bool observe(const NodeSample &sample);

    const QList<Entry> &entries() const { return m_entries; }
    bool isComplete() const;
    /// The primary has begun another log, in which the save has no number any more.
    bool isLost() const { return m_lost; }

private:
    quint64 m_index;
    QString m_logId;
    qint64 m_committedAt;
    QList<Entry> m_entries;
    QList<qint64> m_askedBefore;
    bool m_lost = false;
};

} // namespace edgewise::replication
