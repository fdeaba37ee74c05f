// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/livetablediff.h"

namespace edgewise::replication {

namespace {

constexpr qsizetype rowLimit = 20'000;         // more than anybody scrolls through
constexpr qsizetype differenceLimit = 100'000; // bounds what a wholly different table costs

} // namespace

LiveTableDiff::LiveTableDiff(QObject *parent) : QObject(parent) {}

void LiveTableDiff::setTarget(store::Connection *a, store::Connection *b, const QString &table)
{
    m_diff.reset();
    m_again = false;
    m_a = a;
    m_b = b;
    m_table = table;
    refresh();
}

void LiveTableDiff::refresh()
{
    if (m_diff)
        m_again = true;
    else if (m_a && m_b && !m_table.isEmpty())
        run();
}

void LiveTableDiff::run()
{
    m_rows.clear();
    m_isCut = false;
    m_diff = std::make_unique<TableDiff>(*m_a, *m_b, m_table);
    connect(m_diff.get(), &TableDiff::rows, this, &LiveTableDiff::collect);
    connect(m_diff.get(), &TableDiff::finished, this, &LiveTableDiff::onFinished);
    m_diff->start();
    emit started();
}

void LiveTableDiff::collect(const QList<RowDifference> &rows)
{
    for (const RowDifference &row : rows) {
        const bool isSame = row.kind == RowDifference::Kind::Same;
        if (m_rows.size() < (isSame ? rowLimit : differenceLimit))
            m_rows.append(row);
        else if (!isSame)
            m_isCut = true;
    }
}

void LiveTableDiff::onFinished(const Result<TableDiffSummary> &summary)
{
    m_diff.release()->deleteLater(); // it is the caller
    const bool again = std::exchange(m_again, false);
    if (summary)
        emit compared({.summary = *summary, .rows = std::exchange(m_rows, {}), .isCut = m_isCut});
    else
        emit failed(summary.error());
    // Who heard of it may have chosen another table, and so have started it already.
    if (again && !m_diff)
        refresh();
}

} // namespace edgewise::replication
