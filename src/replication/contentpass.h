// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <replication/sampler.h>
#include <replication/tablediff.h>

#include <QObject>

#include <memory>
#include <vector>

namespace edgewise::replication {

/// Finds what no index shows: now and then, when a replica is in sync and nothing moves, all its
/// tables are compared with the primary's, and the sampler is told. A node that was away is looked
/// at as soon as it is back. What moves meanwhile ends the comparison. Lives on the sampler's
/// thread.
class ContentPass : public QObject {
    Q_OBJECT
public:
    struct Node {
        QString text; ///< as the sampler watches it
        store::Connection *connection = nullptr;
    };

    /// Both must outlive the object.
    ContentPass(Sampler &sampler, const Clock &clock, QObject *parent = nullptr);
    ~ContentPass() override;

    /// The connections must outlive the object or be replaced before they go.
    void setNodes(const Node &primary, const QList<Node> &replicas);
    /// How long a replica in sync is left alone after it was looked at; a minute at first, and
    /// always twenty times as long as the last look took.
    void setRest(int milliseconds) { m_rest = qint64(milliseconds) * 1'000'000; }

signals:
    /// All tables of the replica were compared in one state of both.
    void compared(const QString &node, bool equal);

private:
    struct Replica {
        Node node;
        QString logId;
        qint64 notBefore = 0; ///< steady clock
    };

    void take(const NodeSample &sample);
    void begin(Replica &replica);
    void takeTables(const QList<store::TableInfo> &a, const QList<store::TableInfo> &b);
    void next();
    void takeTable(const Result<TableDiffSummary> &summary);
    void conclude();
    void giveUp();

    Sampler &m_sampler;
    const Clock &m_clock;
    qint64 m_rest = 60'000'000'000;
    Node m_primary;
    std::vector<Replica> m_replicas;
    // Of the look that is under way.
    Replica *m_current = nullptr;
    int m_number = 0; ///< grows with each, so that what was overtaken is dropped
    qint64 m_begun = 0;
    std::optional<quint64> m_index;
    QStringList m_tables; ///< that are left
    QStringList m_differences;
    std::unique_ptr<TableDiff> m_diff;
};

} // namespace edgewise::replication
