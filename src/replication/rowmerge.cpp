// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/rowmerge.h"

#include "replication/cells.h"

#include <algorithm>

namespace edgewise::replication {

using namespace Qt::StringLiterals;

namespace {

RowDifference onlyA(QVariantList cells)
{
    return {.kind = RowDifference::Kind::OnlyA, .a = std::move(cells), .b = {}, .changed = {}};
}

RowDifference onlyB(QVariantList cells)
{
    return {.kind = RowDifference::Kind::OnlyB, .a = {}, .b = std::move(cells), .changed = {}};
}

RowDifference paired(QVariantList a, QVariantList b)
{
    RowDifference difference{
        .kind = RowDifference::Kind::Same, .a = std::move(a), .b = std::move(b), .changed = {}};
    const qsizetype columns = std::max(difference.a.size(), difference.b.size());
    for (qsizetype i = 0; i < columns; ++i) {
        const bool isThere = i < difference.a.size() && i < difference.b.size();
        if (!isThere || !isSameCell(difference.a[i], difference.b[i]))
            difference.changed.append(int(i));
    }
    if (!difference.changed.isEmpty())
        difference.kind = RowDifference::Kind::Changed;
    return difference;
}

} // namespace

void RowCounts::add(RowDifference::Kind kind)
{
    switch (kind) {
    case RowDifference::Kind::Same:
        ++same;
        break;
    case RowDifference::Kind::Changed:
        ++changed;
        break;
    case RowDifference::Kind::OnlyA:
        ++onlyA;
        break;
    case RowDifference::Kind::OnlyB:
        ++onlyB;
        break;
    }
}

RowMerge::RowMerge(const store::TableInfo &table) : m_hasKey(!table.key.isEmpty())
{
    // The ordering of store's pages: the key, else all columns that may be shown.
    for (const QString &column : m_hasKey ? table.key : table.columns) {
        if (m_hasKey || !store::isSecretColumn(table.name, column))
            m_keyColumns.append(int(table.columns.indexOf(column)));
    }
}

Result<void> RowMerge::add(Side side, const QList<QVariantList> &rows, bool last)
{
    Input &in = input(side);
    for (const QVariantList &row : rows) {
        if (!in.rows.empty() && compareKeys(row, in.rows.back()) < 0)
            return Error{.kind = Error::Kind::Input,
                         .step = u"comparing the rows"_qs,
                         .detail = u"they are not ordered by the bytes of their keys; a column of "
                                   "the key has a collation of its own"_qs};
        in.rows.push_back(row);
    }
    in.last = last;
    return {};
}

std::strong_ordering RowMerge::compareKeys(const QVariantList &a, const QVariantList &b) const
{
    for (const int column : m_keyColumns) {
        const auto order = compareCells(a[column], b[column]);
        if (order != std::strong_ordering::equal)
            return order;
    }
    return std::strong_ordering::equal;
}

bool RowMerge::hasNullInKey(const QVariantList &row) const
{
    return std::any_of(m_keyColumns.begin(), m_keyColumns.end(),
                       [&row](int column) { return row[column].isNull(); });
}

bool RowMerge::needs(Side side) const
{
    return !input(side).last && input(side).rows.empty();
}

bool RowMerge::isFinished() const
{
    return m_a.last && m_b.last && m_a.rows.empty() && m_b.rows.empty();
}

QList<RowDifference> RowMerge::take()
{
    QList<RowDifference> differences;
    while (step(differences)) {
    }
    return differences;
}

bool RowMerge::step(QList<RowDifference> &differences)
{
    if (needs(Side::A) || needs(Side::B) || (m_a.rows.empty() && m_b.rows.empty()))
        return false;
    const std::strong_ordering order =
        m_a.rows.empty() ? std::strong_ordering::greater
                         : (m_b.rows.empty() ? std::strong_ordering::less
                                             : compareKeys(m_a.rows.front(), m_b.rows.front()));
    if (order < 0) {
        differences.append(onlyA(std::move(m_a.rows.front())));
        m_a.rows.pop_front();
    } else if (order > 0) {
        differences.append(onlyB(std::move(m_b.rows.front())));
        m_b.rows.pop_front();
    } else if (m_hasKey && hasNullInKey(m_a.rows.front())) {
        return stepGroup(differences);
    } else {
        differences.append(paired(std::move(m_a.rows.front()), std::move(m_b.rows.front())));
        m_a.rows.pop_front();
        m_b.rows.pop_front();
    }
    return true;
}

/// A unique index allows any number of rows with NULL in it: all of one key are met at once. They
/// are all here, because store never cuts such a group into two pages.
bool RowMerge::stepGroup(QList<RowDifference> &differences)
{
    const QVariantList first = m_a.rows.front();
    const auto takeGroup = [this, &first](Input &in) {
        QList<QVariantList> group;
        while (!in.rows.empty() && compareKeys(in.rows.front(), first) == 0) {
            group.append(std::move(in.rows.front()));
            in.rows.pop_front();
        }
        std::sort(group.begin(), group.end(), [](const QVariantList &a, const QVariantList &b) {
            return compareRows(a, b) < 0;
        });
        return group;
    };
    QList<QVariantList> groupA = takeGroup(m_a);
    QList<QVariantList> groupB = takeGroup(m_b);
    qsizetype a = 0;
    qsizetype b = 0;
    while (a < groupA.size() || b < groupB.size()) {
        const std::strong_ordering order =
            a == groupA.size() ? std::strong_ordering::greater
                               : (b == groupB.size() ? std::strong_ordering::less
                                                     : compareRows(groupA[a], groupB[b]));
        if (order < 0)
            differences.append(onlyA(groupA[a++]));
        else if (order > 0)
            differences.append(onlyB(groupB[b++]));
        else
            differences.append(paired(groupA[a++], groupB[b++]));
    }
    return true;
}

} // namespace edgewise::replication
