// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/celltablemodel.h"

#include "models/textfile.h"

namespace edgewise::models {

using namespace Qt::StringLiterals;

namespace {

QString decidedText(int step)
{
    return step < 0 ? CellTableModel::tr("none") : QString::number(step + 1);
}

} // namespace

void CellTableModel::setEntities(std::vector<CellEntity> entities)
{
    beginResetModel();
    m_entities = std::move(entities);
    endResetModel();
}

QByteArray CellTableModel::asCsv() const
{
    QByteArray csv = "entity,decided before,decided after,context\r\n";
    for (const CellEntity &entity : m_entities)
        csv += csvField(entity.id) + ',' + csvField(decidedText(entity.decidedBefore)) + ','
               + csvField(decidedText(entity.decidedAfter)) + ',' + csvField(entity.context)
               + "\r\n";
    return csv;
}

int CellTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entities.size());
}

int CellTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CellTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const CellEntity &entity = m_entities[size_t(index.row())];
    switch (index.column()) {
    case IdColumn:
        return entity.id;
    case BeforeColumn:
        return decidedText(entity.decidedBefore);
    case AfterColumn:
        return decidedText(entity.decidedAfter);
    default:
        return entity.context;
    }
}

QVariant CellTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case IdColumn:
        return tr("Entity");
    case BeforeColumn:
        return tr("Rule before");
    case AfterColumn:
        return tr("Rule after");
    default:
        return tr("Context");
    }
}

} // namespace edgewise::models
