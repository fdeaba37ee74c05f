// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/expectations.h>

#include <QAbstractTableModel>

#include <vector>

namespace edgewise::models {

/// What became of one expectation, or a line that is none.
struct ExpectationRow {
    evaluation::Expectation expectation;
    evaluation::ExpectationResult result;
    QString problem; ///< of a line that is no expectation; then the others are empty
    int line = 0;
};

/// Runs a file's expectations against a program, in the order of its lines. Pure; any thread.
std::vector<ExpectationRow> runExpectations(const evaluation::Program &program,
                                            const evaluation::ExpectationFile &file);

/// The results of a file of golden expectations. GUI thread.
class ExpectationTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        LineColumn,
        FlagColumn,
        EntityColumn,
        ContextColumn,
        ExpectedColumn,
        ActualColumn,
        WhyColumn,
        ColumnCount
    };
    enum Role { StateRole = Qt::UserRole /**< int, State */ };
    enum State { Met, Missed, Unreadable };
    Q_ENUM(State)

    explicit ExpectationTableModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void setRows(std::vector<ExpectationRow> rows);
    const ExpectationRow &row(int row) const { return m_rows[size_t(row)]; }
    int count(State state) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    static State stateOf(const ExpectationRow &row);

    std::vector<ExpectationRow> m_rows;
};

} // namespace edgewise::models
