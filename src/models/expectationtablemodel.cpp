// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/expectationtablemodel.h"

namespace edgewise::models {

using namespace Qt::StringLiterals;

std::vector<ExpectationRow> runExpectations(const evaluation::Program &program,
                                            const evaluation::ExpectationFile &file)
{
    std::vector<ExpectationRow> rows;
    for (const evaluation::Expectation &expectation : file.expectations)
        rows.push_back({expectation, check(program, expectation), {}, expectation.line});
    for (const evaluation::LineProblem &problem : file.problems)
        rows.push_back({{}, {}, problem.what, problem.line});
    std::ranges::stable_sort(rows, {}, &ExpectationRow::line);
    return rows;
}

ExpectationTableModel::State ExpectationTableModel::stateOf(const ExpectationRow &row)
{
    if (!row.problem.isEmpty())
        return Unreadable;
    return row.result.isMet ? Met : Missed;
}

void ExpectationTableModel::setRows(std::vector<ExpectationRow> rows)
{
    // The same file run again keeps what is selected and where it is scrolled to.
    if (rows.size() == m_rows.size() && !rows.empty()) {
        m_rows = std::move(rows);
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int ExpectationTableModel::count(State state) const
{
    return int(std::ranges::count(m_rows, state, &ExpectationTableModel::stateOf));
}

int ExpectationTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ExpectationTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ExpectationTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ExpectationRow &row = m_rows[size_t(index.row())];
    if (role == StateRole)
        return stateOf(row);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const evaluation::Expectation &expectation = row.expectation;
    const bool isReadable = row.problem.isEmpty();
    switch (index.column()) {
    case LineColumn:
        return row.line;
    case FlagColumn:
        if (!isReadable)
            return QString();
        return expectation.nameSpace == NamespaceKey(u"default"_qs)
                   ? expectation.flag.text()
                   : expectation.nameSpace.text() + u'/' + expectation.flag.text();
    case EntityColumn:
        return expectation.entity;
    case ContextColumn: {
        QStringList words;
        for (const auto &[name, value] : expectation.context)
            words.append(name + u'=' + value);
        return words.join(u' ');
    }
    case ExpectedColumn:
        return row.result.expected;
    case ActualColumn:
        return row.result.actual;
    default:
        return isReadable ? row.result.why : row.problem;
    }
}

QVariant ExpectationTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case LineColumn:
        return tr("Line");
    case FlagColumn:
        return tr("Flag");
    case EntityColumn:
        return tr("Entity");
    case ContextColumn:
        return tr("Context");
    case ExpectedColumn:
        return tr("Expected");
    case ActualColumn:
        return tr("Actual");
    default:
        return tr("Why");
    }
}

} // namespace edgewise::models
