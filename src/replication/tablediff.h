// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <replication/filediff.h>
#include <replication/rowmerge.h>
#include <store/connection.h>

#include <QObject>

namespace edgewise::replication {

/// The state in which one side was read.
struct ReadPosition {
    std::optional<quint64> index; ///< none for a file and for an empty log
    /// Every answer, and one before them, carried this index, so that the rows are one state. Of a
    /// file: it was read at once.
    bool exact = false;

    friend bool operator==(const ReadPosition &, const ReadPosition &) = default;
};

struct TableDiffSummary {
    store::TableInfo table;
    RowCounts counts;
    ReadPosition a;
    ReadPosition b;

    /// Both sides are exact and at one index: then what differs, differs, and is not in flight.
    /// Only of nodes that follow one log, which the indexes alone do not tell.
    bool isSamePosition() const { return a.exact && b.exact && a.index == b.index; }
};

/// Compares a table of two sources row by row, in constant memory: both are read at the same time
/// in pages by key. One object a comparison; deleting it ends it. Lives on a thread with an event
/// loop.
class TableDiff : public QObject {
    Q_OBJECT
public:
    /// The connections must outlive the object.
    TableDiff(store::Connection &a, store::Connection &b, QString table, QObject *parent = nullptr);

    /// Before start(): rows that are the same are counted, but not told. Of two files they are then
    /// found by SQLite itself, several times faster.
    void setOnlyDifferences(bool only) { m_onlyDifferences = only; }
    void start();

signals:
    /// Rows in key order, those that are the same included unless they are not wanted; any number
    /// of times.
    void rows(const QList<edgewise::replication::RowDifference> &rows);
    /// NotFound: a side has no such table. Schema: the columns are not the same. Else the error of
    /// the connection that failed.
    void finished(const edgewise::Result<edgewise::replication::TableDiffSummary> &summary);

private:
    using Side = RowMerge::Side;

    struct Reader {
        store::Connection *connection = nullptr;
        std::optional<store::TableInfo> table;
        std::optional<ReadPosition> position;
        QVariantList after;
        int pages = 0;
        bool pending = false;
        bool last = false;
    };

    Reader &reader(Side side) { return side == Side::A ? m_a : m_b; }
    void readTables(Side side);
    void beginReading();
    void beginFiles();
    void beginRows();
    void readPage(Side side);
    void onPage(Side side, const Result<store::RowPage> &page);
    void advance();
    void finish(const Result<TableDiffSummary> &summary);

    QString m_tableName;
    Reader m_a;
    Reader m_b;
    std::unique_ptr<RowMerge> m_merge;
    std::unique_ptr<FileDiff> m_files; ///< null unless SQLite compares
    RowCounts m_counts;
    bool m_onlyDifferences = false;
    bool m_finished = false;
};

} // namespace edgewise::replication

Q_DECLARE_METATYPE(edgewise::Result<edgewise::replication::TableDiffSummary>)
