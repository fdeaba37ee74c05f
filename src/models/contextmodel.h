// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QAbstractTableModel>
#include <QMap>

#include <utility>
#include <vector>

namespace edgewise::models {

/// Properties that a namespace's constraints ask for, with the values they name: what a context is
/// worth to be filled with. In alphabetical order.
QMap<QString, QStringList> contextVocabulary(const flags::Namespace &nameSpace);

/// The context of a question as an editable table with a free row at the end. A row without a
/// property is no part of the context. GUI thread.
class ContextModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { PropertyColumn, ValueColumn, ColumnCount };
    using Context = std::vector<std::pair<QString, QString>>;

    explicit ContextModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    Context context() const;
    void setContext(const Context &context);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

signals:
    void contextChanged();

private:
    Context m_rows; ///< without the free one
};

} // namespace edgewise::models
