// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contextmodel.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

namespace edgewise::models {

using namespace Qt::StringLiterals;

QMap<QString, QStringList> contextVocabulary(const flags::Namespace &nameSpace)
{
    QMap<QString, QStringList> vocabulary;
    QHash<QString, QSet<QString>> seen; // a search in the lists would take quadratic time
    for (const auto &segment : nameSpace.segments) {
        for (const flags::Constraint &constraint : segment->constraints) {
            if (constraint.type == flags::EntityIdConstraint)
                continue;
            QStringList &values = vocabulary[constraint.property];
            QStringList named;
            if (constraint.type == flags::BooleanConstraint) {
                named = {u"true"_qs, u"false"_qs};
            } else if (constraint.operatorName.endsWith(u"oneof")) {
                const auto list = QJsonDocument::fromJson(constraint.value.toUtf8()).array();
                for (const QJsonValue &element : list)
                    named.append(element.toVariant().toString());
            } else if (!constraint.value.isEmpty()) {
                named = {constraint.value};
            }
            for (const QString &value : named) {
                QSet<QString> &known = seen[constraint.property];
                const qsizetype before = known.size();
                known.insert(value);
                if (known.size() > before)
                    values.append(value);
            }
        }
    }
    return vocabulary;
}

ContextModel::Context ContextModel::context() const
{
    Context result;
    for (const auto &row : m_rows) {
        if (!row.first.isEmpty())
            result.push_back(row);
    }
    return result;
}

void ContextModel::setContext(const Context &context)
{
    beginResetModel();
    m_rows = context;
    endResetModel();
    emit contextChanged();
}

int ContextModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size()) + 1;
}

int ContextModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ContextModel::data(const QModelIndex &index, int role) const
{
    if ((role != Qt::DisplayRole && role != Qt::EditRole) || !index.isValid())
        return {};
    if (index.row() == int(m_rows.size()))
        return QString();
    const auto &row = m_rows[size_t(index.row())];
    return index.column() == PropertyColumn ? row.first : row.second;
}

bool ContextModel::setData(const QModelIndex &index, const QVariant &value, int role)
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
    auto &row = m_rows[size_t(index.row())];
    QString &cell = index.column() == PropertyColumn ? row.first : row.second;
    if (cell == text)
        return true;
    cell = text;
    emit dataChanged(index, index);
    emit contextChanged();
    return true;
}

bool ContextModel::removeRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || row < 0 || count < 1 || row + count > int(m_rows.size()))
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
    endRemoveRows();
    emit contextChanged();
    return true;
}

Qt::ItemFlags ContextModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? QAbstractTableModel::flags(index) | Qt::ItemIsEditable
                           : QAbstractTableModel::flags(index);
}

QVariant ContextModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == PropertyColumn ? tr("Property") : tr("Value");
}

} // namespace edgewise::models
