// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <replication/rowmerge.h>
#include <store/filecomparison.h>

#include <QObject>

namespace edgewise::replication {

/// Compares a table of two SQLite files by what SQLite finds, a large one in two halves at the same
/// time. Rows that are the same are counted, not told. One object a comparison; deleting it ends
/// it. Lives on a thread with an event loop.
class FileDiff : public QObject {
    Q_OBJECT
public:
    struct Summary {
        RowCounts counts;
        bool exact = false; ///< nobody wrote to either file meanwhile
    };

    /// As store::FileComparison has it.
    FileDiff(const store::Source &a, const store::Source &b, const store::TableInfo &table,
             QObject *parent = nullptr);
    ~FileDiff() override;

    void start();

signals:
    /// The only signal: this table has to be compared row by row.
    void unsuitable();
    /// In key order; any number of times.
    void rows(const QList<edgewise::replication::RowDifference> &rows);
    void finished(const edgewise::Result<edgewise::replication::FileDiff::Summary> &summary);

private:
    using Pairs = QList<store::FileComparison::Pair>;
    struct Part {
        std::unique_ptr<store::FileComparison> comparison;
        store::FileComparison::Range range; ///< what is left of it
        Pairs waiting;                      ///< read, but parts before it are not done
        bool asked = false;
        bool last = false;
    };

    void begin(const store::FileComparison::Extent &extent);
    void ask(size_t part);
    void take(size_t part, const Pairs &pairs);
    void advance();
    void tell(const Pairs &pairs);
    void fail(const Error &error);

    const store::Source m_a;
    const store::Source m_b;
    const store::TableInfo m_table;
    std::vector<Part> m_parts; ///< in key order
    size_t m_current = 0;
    Summary m_summary;
    qint64 m_rowsA = 0;
    bool m_ended = false;
};

} // namespace edgewise::replication

Q_DECLARE_METATYPE(edgewise::Result<edgewise::replication::FileDiff::Summary>)
