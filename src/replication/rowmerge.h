// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <store/rows.h>

#include <compare>
#include <deque>

namespace edgewise::replication {

/// One row of a table seen on two sides, A and B, or on one of them.
struct RowDifference {
    enum class Kind { Same, Changed, OnlyA, OnlyB };
    Kind kind = Kind::Same;
    QVariantList a;     ///< in the order of the table's columns; empty when it is only in B
    QVariantList b;     ///< empty when it is only in A
    QList<int> changed; ///< columns whose cells differ, rising; only of Changed

    friend bool operator==(const RowDifference &, const RowDifference &) = default;
};

struct RowCounts {
    qint64 same = 0;
    qint64 changed = 0;
    qint64 onlyA = 0;
    qint64 onlyB = 0;

    void add(RowDifference::Kind kind);
    bool isEqual() const { return changed == 0 && onlyA == 0 && onlyB == 0; }
    friend bool operator==(const RowCounts &, const RowCounts &) = default;
};

/// Merges the rows of one table from two sides, both in key order, holding no more than the pages
/// that have not been met yet. Rows that no key tells apart (no key, or NULL in a unique one) are
/// paired where they are equal.
class RowMerge {
public:
    enum class Side { A, B };

    /// Both sides must have the columns of `table`.
    explicit RowMerge(const store::TableInfo &table);

    /// The next page of a side, in store's order; `last` when none follows. Input when the rows are
    /// not in the order of their binary values (a column with a collation of its own).
    Result<void> add(Side side, const QList<QVariantList> &rows, bool last);

    /// Differences that are certain so far, Same ones included, in key order.
    QList<RowDifference> take();

    /// True when nothing more comes out before this side gets a page.
    bool needs(Side side) const;
    /// Rows of a side that wait for the other one.
    qsizetype waiting(Side side) const { return qsizetype(input(side).rows.size()); }
    bool isFinished() const;

private:
    struct Input {
        std::deque<QVariantList> rows;
        bool last = false;
    };

    Input &input(Side side) { return side == Side::A ? m_a : m_b; }
    const Input &input(Side side) const { return side == Side::A ? m_a : m_b; }
    bool step(QList<RowDifference> &differences);
    bool stepGroup(QList<RowDifference> &differences);
    std::strong_ordering compareKeys(const QVariantList &a, const QVariantList &b) const;
    bool hasNullInKey(const QVariantList &row) const;

    QList<int> m_keyColumns;
    bool m_hasKey;
    Input m_a;
    Input m_b;
};

} // namespace edgewise::replication

Q_DECLARE_METATYPE(edgewise::replication::RowDifference)
