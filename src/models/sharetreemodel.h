// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/shares.h>

#include <QAbstractItemModel>

namespace edgewise::models {

/// Groups of shares as a tree: a group with its verdict, in it an answer a row. The bar column is
/// for a delegate; the others say the same in figures. GUI thread.
class ShareTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column {
        AnswerColumn,
        BarColumn,
        ActualColumn,
        IntervalColumn,
        ConfiguredColumn,
        CountColumn,
        ColumnCount
    };
    enum Role {
        GroupRole = Qt::UserRole, ///< bool: a group, not an answer
        ColourRole,               ///< int, see Share::colour
        ActualRole,               ///< double, 0 to 1
        LowRole,                  ///< double, of the interval
        HighRole,
        ConfiguredRole, ///< double, 0 to 1; nothing where nothing is configured
    };

    explicit ShareTreeModel(QObject *parent = nullptr) : QAbstractItemModel(parent) {}

    void setGroups(const std::vector<ShareGroup> &groups);
    const std::vector<ShareGroup> &groups() const { return m_groups; }

    /// All groups as a table, one line an answer.
    QByteArray asCsv() const;
    QByteArray asJson() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    QVariant groupData(const ShareGroup &group, int column, int role) const;
    QVariant shareData(const Share &share, int column, int role) const;

    std::vector<ShareGroup> m_groups;
};

} // namespace edgewise::models
