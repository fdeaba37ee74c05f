// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/rowmerge.h"

#include "replication/cells.h"

#include <algorithm>

namespace edgewise::replication {

using namespace Qt::StringLiterals;

namespace {

bool hasNull(const QVariantList &key)
{
    return std::any_of(key.begin(), key.end(), [](const QVariant &v) { return v.isNull(); });
}

bool isSameRow(const QVariantList &a, const QVariantList &b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), isSameCell);
}

RowDifference onlyA(QVariantList cells)
{
    return {.kind = RowDifference::Kind::OnlyA, .a = std::move(cells), .b = {}, .changed = {}};
}

RowDifference onlyB(QVariantList cells)
{
    return {.kind = RowDifference::Kind::OnlyB, .a = {}, .b = std::move(cells), .changed = {}};
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
    for (const QVariantList &cells : rows) {
        Row row{.key = {}, .cells = cells};
        row.key.reserve(m_keyColumns.size());
        for (const int column : m_keyColumns)
            row.key.append(cells.value(column));
        if (!in.rows.empty() && compareRows(row.key, in.rows.back().key) < 0)
            return Error{.kind = Error::Kind::Input,
                         .step = u"comparing the rows"_qs,
                         .detail = u"they are not ordered by the bytes of their keys; a column of "
                                   "the key has a collation of its own"_qs};
        in.rows.push_back(std::move(row));
    }
    in.last = last;
    return {};
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
        m_a.rows.empty()
            ? std::strong_ordering::greater
            : (m_b.rows.empty() ? std::strong_ordering::less
                                : compareRows(m_a.rows.front().key, m_b.rows.front().key));
    if (order < 0) {
        differences.append(onlyA(std::move(m_a.rows.front().cells)));
        m_a.rows.pop_front();
    } else if (order > 0) {
        differences.append(onlyB(std::move(m_b.rows.front().cells)));
        m_b.rows.pop_front();
    } else if (m_hasKey && hasNull(m_a.rows.front().key)) {
        return stepGroup(differences);
    } else {
        differences.append(pair(m_a.rows.front(), m_b.rows.front()));
        m_a.rows.pop_front();
        m_b.rows.pop_front();
    }
    return true;
}

/// A unique index allows any number of rows with NULL in it: all of one key are met at once. They
/// are all here, because store never cuts such a group into two pages.
bool RowMerge::stepGroup(QList<RowDifference> &differences)
{
    const QVariantList key = m_a.rows.front().key;
    const auto takeGroup = [&key](Input &in) {
        QList<QVariantList> group;
        while (!in.rows.empty() && compareRows(in.rows.front().key, key) == 0) {
            group.append(std::move(in.rows.front().cells));
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
        else {
            Row rowA{.key = {}, .cells = groupA[a++]};
            Row rowB{.key = {}, .cells = groupB[b++]};
            differences.append(pair(rowA, rowB));
        }
    }
    return true;
}

RowDifference RowMerge::pair(Row &a, Row &b) const
{
    RowDifference difference{.kind = RowDifference::Kind::Same,
                             .a = std::move(a.cells),
                             .b = std::move(b.cells),
                             .changed = {}};
    if (isSameRow(difference.a, difference.b))
        return difference;
    difference.kind = RowDifference::Kind::Changed;
    for (qsizetype i = 0; i < std::max(difference.a.size(), difference.b.size()); ++i) {
        if (!isSameCell(difference.a.value(i), difference.b.value(i)))
            difference.changed.append(int(i));
    }
    return difference;
}

} // namespace edgewise::replication
