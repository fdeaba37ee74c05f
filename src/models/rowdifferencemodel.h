// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <replication/tablediff.h>

#include <QAbstractTableModel>

namespace edgewise::models {

/// One table of two sides, row beside row: first the columns of A, then those of B. Text and values
/// by role, looks are the view's. GUI thread.
class RowDifferenceModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        KindRole = Qt::UserRole, ///< int, replication::RowDifference::Kind
        CellDiffersRole,         ///< bool
        InFlightRole,            ///< bool: it differs, but the sides were not at one position
        MissingRole,             ///< bool: this side has no such row
        NullRole,                ///< bool: the cell is NULL
        ValueRole,               ///< the cell's value
        ArrivedRole,             ///< bool: differed at the comparison before, and is the same now
    };

    explicit RowDifferenceModel(QObject *parent = nullptr);

    /// What one comparison found. Rows that stay keep their place and their selection. `inFlight`
    /// tells what a difference means. The rows may be fewer than the counts say.
    void setRows(const store::TableInfo &table, QList<replication::RowDifference> rows,
                 const replication::RowCounts &counts, bool inFlight);
    void clear();

    void setOnlyDifferences(bool only);
    bool onlyDifferences() const { return m_onlyDifferences; }
    /// Shows the rows alone that hold the text in some cell of a side, letters in either case.
    void setFilter(const QString &text);

    const store::TableInfo &table() const { return m_table; }
    int columnsPerSide() const { return int(m_table.columns.size()); }
    const replication::RowCounts &counts() const { return m_counts; }
    bool isInFlight() const { return m_inFlight; }
    /// True when a shown row has ArrivedRole.
    bool hasArrivals() const;
    /// Rows in the model, shown or not, that differ, by place among the shown rows: for marks
    /// beside a scroll bar.
    QList<int> differingRows() const;

    /// The next row behind `row` that differs, or before it where `direction` is -1; round the end.
    /// -1 when none does.
    int differenceFrom(int row, int direction) const;
    /// The cells of these rows on one side, of those that it has; secrets as they are shown.
    QList<QVariantList> cells(const QList<int> &rows, bool ofB) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void countsChanged();

private:
    struct Row {
        replication::RowDifference difference;
        bool arrived = false;
    };

    QVariantList keyOf(const replication::RowDifference &difference) const;
    void markArrivals(std::vector<Row> &rows) const;
    bool isShown(const Row &row) const;
    std::vector<Row> shown(const std::vector<Row> &rows) const;
    void show(std::vector<Row> rows);

    store::TableInfo m_table;
    std::vector<Row> m_all;
    std::vector<Row> m_shown;
    replication::RowCounts m_counts;
    bool m_inFlight = false;
    bool m_onlyDifferences = false;
    QString m_filter;
};

/// A cell in one line, for people: NULL as "NULL", a blob as its first bytes and its size, line
/// breaks as arrows.
QString cellText(const QVariant &value);

} // namespace edgewise::models
