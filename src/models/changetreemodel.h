// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace edgewise::models {

/// A change set as a tree: flags, segments and namespaces; in them their own fields and the changed
/// parts; in those the parts' fields. The one model behind review, history and differences of
/// nodes. GUI thread.
class ChangeTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { WhatColumn, BeforeColumn, AfterColumn, ColumnCount };
    enum Role {
        NodeRole = Qt::UserRole, ///< int, Node
        ChangeRole,     ///< int, changes::Change::Kind; of a field: Modify, or its object's
        WhatRole,       ///< QString: "rule 2", "name"
        BeforeRole,     ///< QString for people, or nothing (fields alone)
        AfterRole,      ///< QString for people, or nothing (fields alone)
        NamespaceRole,  ///< QString
        OwnerRole,      ///< QString: key of the flag or segment, empty for namespaces
        ObjectKindRole, ///< int, changes::ObjectKind
        IdRole,         ///< QString: row id
        FieldRole,      ///< int, changes::Field (fields alone)
    };
    enum class Node { Object, Field, Place };
    Q_ENUM(Node)

    explicit ChangeTreeModel(QObject *parent = nullptr);
    ~ChangeTreeModel() override;

    /// `after` is what the changes make of `before`. Times that only the writer makes are left out.
    void setChanges(const changes::ChangeSet &changes, const flags::Snapshot &before,
                    const flags::Snapshot &after);
    /// How many flags, segments and namespaces there are.
    int objectCount() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    struct Item;
    const Item &item(const QModelIndex &index) const;

    std::unique_ptr<Item> m_root;
};

} // namespace edgewise::models
