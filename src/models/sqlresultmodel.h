// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/sqlrun.h>

#include <QAbstractTableModel>

namespace edgewise::models {

/// The rows that a statement has given. GUI thread.
class SqlResultModel : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit SqlResultModel(QObject *parent = nullptr);

    void setTable(store::SqlTable table);
    const store::SqlTable &table() const { return m_table; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    store::SqlTable m_table;
};

enum class RowFormat { Csv, Json, Sql };

/// Rows as a text for other programs: comma separated with a header, a JSON array, or INSERT
/// statements into `table`.
QByteArray rowsText(RowFormat format, const QStringList &columns, const QList<QVariantList> &rows,
                    const QString &table);

} // namespace edgewise::models
