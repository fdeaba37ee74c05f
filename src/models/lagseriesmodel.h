// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <replication/nodesample.h>

#include <QAbstractTableModel>
#include <QHash>

#include <deque>

namespace edgewise::models {

/// How far a node was behind at one moment; no figures where they were not known.
struct LagPoint {
    qint64 at = 0; ///< steady clock, nanoseconds
    std::optional<quint64> frames;
    std::optional<qint64> nanoseconds;
    std::optional<qint64> users = {}; ///< who get another answer there
    bool reachable = true;
};

/// The samples of all replicas in the order of time, an hour back, coarser where they are old: what
/// the lag chart draws, and the table behind it. GUI thread.
class LagSeriesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        TimeColumn,
        NodeColumn,
        StateColumn,
        FramesColumn,
        BehindColumn,
        UsersColumn,
        ColumnCount
    };
    enum Role { SampleRole = Qt::UserRole }; ///< replication::NodeSample

    explicit LagSeriesModel(QObject *parent = nullptr);

    /// The primary's own samples are not kept.
    void take(const replication::NodeSample &sample);
    /// From now on, until it is set again: how many users get another answer at the node.
    void setUsers(const QString &node, std::optional<qint64> users);
    void clear();
    /// Of one node, since the given moment and the last one before it.
    QList<LagPoint> points(const QString &node, qint64 since) const;

    /// All samples of a stretch of time as comma separated values with a header: UTC time, name,
    /// state, frames and milliseconds behind, users with other answers; empty where not known.
    /// `names` by the node's text; only these nodes.
    QByteArray csv(const QHash<QString, QString> &names, qint64 from, qint64 to) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    struct Moment {
        replication::NodeSample sample;
        std::optional<qint64> users;
    };
    static bool tellsMore(const Moment &a, const Moment &b);
    void thin();

    std::deque<Moment> m_samples;
    QHash<QString, qint64> m_users; ///< by node, where known
};

} // namespace edgewise::models
