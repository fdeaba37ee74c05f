// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <replication/tablediff.h>

namespace edgewise::replication {

/// Compares one table of two sources again whenever it is told that something moved: one
/// comparison at a time, and one more when it was told so meanwhile. Lives on a thread with an
/// event loop.
class LiveTableDiff : public QObject {
    Q_OBJECT
public:
    struct Found {
        TableDiffSummary summary;
        /// In key order; all of them up to a limit, beyond it those that differ.
        QList<RowDifference> rows;
        /// True when even rows that differ were left out.
        bool isCut = false;
    };

    explicit LiveTableDiff(QObject *parent = nullptr);

    /// What is compared from now on; what runs is dropped. Null and empty compare nothing. The
    /// connections must outlive the object or be replaced before they go.
    void setTarget(store::Connection *a, store::Connection *b, const QString &table);
    void refresh();
    bool isRunning() const { return m_diff != nullptr; }

signals:
    void started();
    void compared(const edgewise::replication::LiveTableDiff::Found &found);
    void failed(const edgewise::Error &error);

private:
    void run();
    void collect(const QList<RowDifference> &rows);
    void onFinished(const Result<TableDiffSummary> &summary);

    store::Connection *m_a = nullptr;
    store::Connection *m_b = nullptr;
    QString m_table;
    std::unique_ptr<TableDiff> m_diff;
    QList<RowDifference> m_rows;
    bool m_isCut = false;
    bool m_again = false;
};

} // namespace edgewise::replication
