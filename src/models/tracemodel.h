// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/divergence.h>
#include <evaluation/trace.h>

#include <QAbstractItemModel>

#include <memory>
#include <optional>

namespace edgewise::models {

/// One trace, or two of the same flag side by side, as a tree: rules or rollouts, in them their
/// segments, in those the constraints; and the entity's bucket. Steps of the two are matched by id.
/// GUI thread.
class TraceModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { WhatColumn, FirstColumn, SecondColumn, ColumnCount };
    enum Role {
        NodeRole = Qt::UserRole, ///< int, Node
        VerdictRole, ///< int, evaluation::Verdict, of the column's trace; nothing where it has none
        ReasonRole,  ///< QString, why; of the column's trace
        SeenRole,    ///< QString, the value tested; constraints alone
        DivergesRole, ///< bool: here the two traces part
    };
    enum class Node { Step, Segment, Constraint, Bucket };
    Q_ENUM(Node)

    explicit TraceModel(QObject *parent = nullptr);
    ~TraceModel() override;

    /// `second` adds a column; the names head the columns.
    void setTraces(const evaluation::Trace &first, const std::optional<evaluation::Trace> &second,
                   const QString &firstName, const QString &secondName);
    void clear();
    /// Where the two part; invalid when they don't, or there is one.
    QModelIndex divergence() const;

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
    class Builder;
    const Item &item(const QModelIndex &index) const;

    std::unique_ptr<Item> m_root;
    const Item *m_divergence = nullptr;
    QStringList m_names;
};

} // namespace edgewise::models
