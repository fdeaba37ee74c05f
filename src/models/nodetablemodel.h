// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/outcomeshare.h>
#include <replication/nodesample.h>

#include <QAbstractTableModel>

namespace edgewise::models {

/// A primary and its replicas with their newest samples: a row a node. GUI thread.
class NodeTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        NodeColumn,
        StateColumn,
        FrameColumn,
        FramesBehindColumn,
        BehindColumn,
        OutcomesColumn,
        RoundTripColumn,
        ColumnCount
    };
    enum Role {
        StateRole = Qt::UserRole, ///< int, replication::State; nothing before the first sample
        WhyRole,                  ///< QString: the evidence
        NodeRole,                 ///< QString: the node's text in its samples
        FrameRole,                ///< quint64, or nothing
        FramesBehindRole,         ///< quint64, or nothing
        BehindRole,               ///< qint64 nanoseconds, or nothing
        RoundTripRole,            ///< qint64 nanoseconds, or nothing
    };

    struct Node {
        QString name; ///< for people: "primary", "replica-1"
        QString text; ///< in its samples
        replication::Role role = replication::Role::Replica;
    };

    explicit NodeTableModel(QObject *parent = nullptr);

    void setNodes(const QList<Node> &nodes);
    const QList<Node> &nodes() const { return m_nodes; }
    /// Of a node that is not in the table: nothing happens.
    void take(const replication::NodeSample &sample);
    std::optional<replication::NodeSample> sample(int row) const;
    /// How many users get another answer at the node; nothing where that is not known.
    void setOutcomes(const QString &node, const std::optional<OutcomeShare> &share);
    std::optional<OutcomeShare> outcomes(int row) const { return m_outcomes.value(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    QString text(const replication::NodeSample &sample, int column) const;

    QList<Node> m_nodes;
    QList<std::optional<replication::NodeSample>> m_samples;
    QList<std::optional<OutcomeShare>> m_outcomes;
};

/// "in sync", "catching up", …: the state as a word for people.
QString stateWord(replication::State state);
/// "1 frame", "4 frames".
QString framesText(quint64 frames);
/// "312 of 10,000 users get another answer on replica-2 now."
QString outcomesSentence(const QString &name, const OutcomeShare &share);

} // namespace edgewise::models
