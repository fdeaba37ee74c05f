// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/segmenttablemodel.h"

#include <flags/segmentuse.h>
#include <flags/timestamp.h>

#include <algorithm>

namespace edgewise::models {

void SegmentTableModel::setNamespace(const std::shared_ptr<const flags::Namespace> &nameSpace,
                                     const std::shared_ptr<const flags::Namespace> &base)
{
    std::vector<Row> rows;
    if (nameSpace) {
        const QHash<QString, int> uses = flags::segmentUseCounts(*nameSpace);
        for (size_t i = 0; i < nameSpace->segments.size(); ++i) {
            const auto &segment = nameSpace->segments[i];
            // Mostly it stands where it stood, and then looking for it is saved.
            const bool stands =
                base && i < base->segments.size() && base->segments[i]->key == segment->key;
            const auto saved = stands ? base->segments[i]
                               : base ? base->segment(segment->key)
                                      : nullptr;
            const Mark mark = !saved                                   ? Mark::Added
                              : saved == segment || *saved == *segment ? Mark::Unchanged
                                                                       : Mark::Changed;
            rows.push_back({segment, mark, uses.value(segment->key.text())});
        }
    }
    const bool same = std::ranges::equal(
        rows, m_rows, [](const Row &a, const Row &b) { return a.segment->key == b.segment->key; });
    if (!same) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

std::shared_ptr<const flags::Segment> SegmentTableModel::segment(const QModelIndex &index) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) ? m_rows[size_t(index.row())].segment
                                                             : nullptr;
}

QModelIndex SegmentTableModel::indexOf(const SegmentKey &key) const
{
    const auto found =
        std::ranges::find_if(m_rows, [&](const Row &row) { return row.segment->key == key; });
    return found == m_rows.end() ? QModelIndex() : index(int(found - m_rows.begin()), 0);
}

int SegmentTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int SegmentTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SegmentTableModel::shown(const Row &row, int column)
{
    const flags::Segment &segment = *row.segment;
    switch (column) {
    case KeyColumn:
        return segment.key.text();
    case NameColumn:
        return segment.name;
    case MatchColumn:
        return segment.matchType == flags::AnyMatch   ? tr("any")
               : segment.matchType == flags::AllMatch ? tr("all")
                                                      : tr("type %1").arg(segment.matchType);
    case ConstraintsColumn:
        return int(segment.constraints.size());
    case UsesColumn:
        return row.uses;
    case UpdatedColumn:
        return segment.times.updated;
    default:
        return {};
    }
}

QVariant SegmentTableModel::sortValue(const Row &row, int column)
{
    const QVariant value = shown(row, column);
    return value.typeId() == QMetaType::QString ? QVariant(value.toString().toCaseFolded()) : value;
}

QString SegmentTableModel::texts(const flags::Segment &segment)
{
    QString text = segment.key.text() + u'\n' + segment.name + u'\n' + segment.description;
    for (const flags::Constraint &constraint : segment.constraints)
        text += u'\n' + constraint.property + u'\n' + constraint.value + u'\n'
                + constraint.description.value_or(QString());
    return text;
}

QVariant SegmentTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return shown(row, index.column());
    case KeyRole:
        return row.segment->key.text();
    case MatchTypeRole:
        return row.segment->matchType;
    case UsesRole:
        return row.uses;
    case UpdatedRole: {
        const auto moment = flags::parseTimestamp(row.segment->times.updated);
        return moment ? QVariant(*moment) : QVariant();
    }
    case MarkRole:
        return int(row.mark);
    case TextRole:
        return texts(*row.segment);
    case SortRole:
        return sortValue(row, index.column());
    default:
        return {};
    }
}

QVariant SegmentTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KeyColumn:
        return tr("key");
    case NameColumn:
        return tr("name");
    case MatchColumn:
        return tr("match");
    case ConstraintsColumn:
        return tr("constraints");
    case UsesColumn:
        return tr("flags");
    case UpdatedColumn:
        return tr("changed");
    default:
        return {};
    }
}

} // namespace edgewise::models
