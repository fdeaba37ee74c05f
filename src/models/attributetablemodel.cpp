// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attributetablemodel.h"

#include "models/attributetext.h"

namespace edgewise::models {

using namespace Qt::StringLiterals;

void AttributeTableModel::read(Row &row)
{
    row.problem.clear();
    row.plan.name = row.texts[NameColumn];
    if (row.plan.name.isEmpty()) {
        row.problem = tr("The name of the property is missing.");
        return;
    }
    const Result<AttributeValues> values = parseValues(row.texts[ValuesColumn]);
    if (!values) {
        const QString &detail = values.error().detail;
        row.problem = detail.at(0).toUpper() + detail.mid(1) + u'.';
        return;
    }
    row.plan.values = *values;
    QString missing = row.texts[MissingColumn].trimmed();
    if (missing.endsWith(u'%'))
        missing.chop(1);
    bool isNumber = false;
    const double percent = missing.isEmpty() ? 0 : missing.toDouble(&isNumber);
    if ((!missing.isEmpty() && !isNumber) || !(percent >= 0 && percent <= 100)) {
        row.problem = tr("“Missing” is a percentage from 0 to 100.");
        return;
    }
    row.plan.missing = percent / 100;
}

std::vector<evaluation::AttributePlan> AttributeTableModel::attributes() const
{
    std::vector<evaluation::AttributePlan> plans;
    for (const Row &row : m_rows) {
        if (row.problem.isEmpty())
            plans.push_back(row.plan);
    }
    return plans;
}

void AttributeTableModel::setAttributes(const std::vector<evaluation::AttributePlan> &attributes)
{
    beginResetModel();
    m_rows.clear();
    for (const evaluation::AttributePlan &plan : attributes) {
        Row row;
        row.texts[NameColumn] = plan.name;
        row.texts[ValuesColumn] = printValues(plan.values);
        row.texts[MissingColumn] =
            plan.missing > 0 ? QString::number(plan.missing * 100, 'g', 6) : QString();
        read(row);
        m_rows.push_back(row);
    }
    endResetModel();
    emit attributesChanged();
}

bool AttributeTableModel::hasProblems() const
{
    return std::ranges::any_of(m_rows, [](const Row &row) { return !row.problem.isEmpty(); });
}

int AttributeTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size()) + 1;
}

int AttributeTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AttributeTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.row() == int(m_rows.size()))
        return role == Qt::DisplayRole || role == Qt::EditRole ? QVariant(QString()) : QVariant();
    const Row &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return row.texts[index.column()];
    case Qt::ToolTipRole:
        return row.problem.isEmpty() ? row.texts[index.column()] : row.problem;
    case ProblemRole:
        return row.problem;
    default:
        return {};
    }
}

bool AttributeTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid())
        return false;
    const QString text = value.toString();
    if (index.row() == int(m_rows.size())) {
        // What was typed into the free row makes it one of the others.
        if (text.isEmpty())
            return false;
        beginInsertRows({}, index.row() + 1, index.row() + 1);
        m_rows.emplace_back();
        endInsertRows();
    }
    Row &row = m_rows[size_t(index.row())];
    if (row.texts[index.column()] == text)
        return true;
    row.texts[index.column()] = text;
    read(row);
    emit dataChanged(this->index(index.row(), 0), this->index(index.row(), ColumnCount - 1));
    emit attributesChanged();
    return true;
}

bool AttributeTableModel::removeRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || row < 0 || count < 1 || row + count > int(m_rows.size()))
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
    endRemoveRows();
    emit attributesChanged();
    return true;
}

Qt::ItemFlags AttributeTableModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? QAbstractTableModel::flags(index) | Qt::ItemIsEditable
                           : QAbstractTableModel::flags(index);
}

QVariant AttributeTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == ValuesColumn)
        return tr("Values with weights “pro: 20, free: 80”, a range “18..65”, or days "
                  "“2024-01-01..2024-12-31”");
    if (role != Qt::DisplayRole)
        return {};
    return section == NameColumn     ? tr("Property")
           : section == ValuesColumn ? tr("Values")
                                     : tr("Missing %");
}

} // namespace edgewise::models
