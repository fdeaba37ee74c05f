// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <store/rows.h>
#include <store/source.h>

#include <QFuture>

#include <memory>

namespace edgewise::store {

/// The rows in which a table of two SQLite files differs, found by SQLite itself: rows that are the
/// same never leave it. Both files are only read. A thread of its own; the methods may be called
/// from any thread and answer in order.
class FileComparison {
public:
    struct Extent {
        qint64 rowsA = 0;
        qint64 rowsB = 0;
        QVariantList middle; ///< key of the row halfway through A; empty when A is
    };
    /// By key; an empty one is an open end.
    struct Range {
        QVariantList after;
        QVariantList upTo;
    };
    struct Pair {
        QVariantList key;
        QVariantList a; ///< in the order of the table's columns; empty when only B has it
        QVariantList b; ///< empty when only A has it
    };

    /// Neither source is a node; both have the table, with the same columns and key.
    FileComparison(Source a, Source b, TableInfo table);
    ~FileComparison();
    FileComparison(const FileComparison &) = delete;
    FileComparison &operator=(const FileComparison &) = delete;

    /// Comes first. Nothing when SQLite's own comparisons would not be ours: no key, one that may
    /// hold NULL, a collation other than by bytes, types that are not declared alike.
    QFuture<Result<std::optional<Extent>>> extent();
    /// In key order, at most `limit`; secret columns are hidden and not compared.
    QFuture<Result<QList<Pair>>> differences(Range range, int limit);
    /// Nobody has written to either file since extent() began.
    QFuture<Result<bool>> isUnchanged();

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace edgewise::store
