// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/populationwork.h>

#include <QAbstractTableModel>

namespace edgewise::models {

/// The entities behind a cell of a movement: id, what decided before and after, context. GUI
/// thread.
class CellTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { IdColumn, BeforeColumn, AfterColumn, ContextColumn, ColumnCount };

    explicit CellTableModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void setEntities(std::vector<CellEntity> entities);
    QByteArray asCsv() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    std::vector<CellEntity> m_entities;
};

} // namespace edgewise::models
