// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sqlresultmodel.h"

#include "models/tablerowsmodel.h"

#include <store/rowtext.h>

namespace edgewise::models {

SqlResultModel::SqlResultModel(QObject *parent) : QAbstractTableModel(parent) {}

void SqlResultModel::setTable(store::SqlTable table)
{
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int SqlResultModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_table.rows.size());
}

int SqlResultModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_table.summary.columns.size());
}

QVariant SqlResultModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QVariant &cell = m_table.rows[index.row()][index.column()];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return shortCellText(cell);
    return role == Qt::EditRole ? cell : QVariant();
}

QVariant SqlResultModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section + 1;
    return m_table.summary.columns.value(section);
}

QByteArray rowsText(RowFormat format, const QStringList &columns, const QList<QVariantList> &rows,
                    const QString &table)
{
    QByteArrayList lines;
    switch (format) {
    case RowFormat::Csv:
        lines.append(store::csvHeader(columns));
        for (const QVariantList &row : rows)
            lines.append(store::csvLine(row));
        break;
    case RowFormat::Json:
        for (const QVariantList &row : rows)
            lines.append(store::jsonRow(columns, row));
        return '[' + lines.join(",\n") + "]\n";
    case RowFormat::Sql:
        for (const QVariantList &row : rows)
            lines.append(store::insertStatement(table, columns, row));
        break;
    }
    return lines.join('\n') + '\n';
}

} // namespace edgewise::models
