// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QAbstractTableModel>

#include <vector>

namespace edgewise::models {

/// The segments of one namespace of a draft: raw values by role, looks are the view's. Sorting and
/// filtering is a proxy's. GUI thread.
class SegmentTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        KeyColumn,
        NameColumn,
        MatchColumn,
        ConstraintsColumn,
        UsesColumn,
        UpdatedColumn,
        ColumnCount
    };
    enum Role {
        KeyRole = Qt::UserRole, ///< QString
        MatchTypeRole,          ///< int, flags::MatchType
        UsesRole,               ///< int: flags that use it
        UpdatedRole,            ///< qint64 nanoseconds since 1970, or nothing
        MarkRole,               ///< int, Mark
        TextRole,               ///< all texts of the segment, its constraints too, for a filter
        SortRole,               ///< what a column sorts by
    };
    /// Against the saved state.
    enum class Mark { Unchanged, Added, Changed };

    explicit SegmentTableModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    /// `nameSpace` as the draft has it, `base` as it is saved; either may be null. Rows keep their
    /// places while the same segments are there.
    void setNamespace(const std::shared_ptr<const flags::Namespace> &nameSpace,
                      const std::shared_ptr<const flags::Namespace> &base);

    /// Null for an invalid index.
    std::shared_ptr<const flags::Segment> segment(const QModelIndex &index) const;
    QModelIndex indexOf(const SegmentKey &key) const; ///< invalid when it is not there

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    struct Row {
        std::shared_ptr<const flags::Segment> segment;
        Mark mark = Mark::Unchanged;
        int uses = 0;
    };
    static QVariant shown(const Row &row, int column);
    static QVariant sortValue(const Row &row, int column);
    static QString texts(const flags::Segment &segment);

    std::vector<Row> m_rows;
};

} // namespace edgewise::models
