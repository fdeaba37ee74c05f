// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <store/database.h>
#include <store/layout.h>
#include <store/reading.h>
#include <store/snapshotrows.h>

#include <optional>

namespace edgewise::store {

/// Reads the whole snapshot of an open database: a file in one read transaction; a node in pages by
/// row number, each a plain select that a replica answers itself, with the replication index before
/// the first and after the last page as the witness that all of them are one state.
class SnapshotReader {
public:
    /// `database` and `clock` must outlive the reader.
    SnapshotReader(Database &database, QString node, const Clock &clock);

    Result<Reading> read(const flags::Snapshot &previous);

private:
    /// What one pass over all tables gave.
    struct Pass {
        SnapshotRows rows;
        Layout layout;
        std::optional<quint64> index;
        QString logId;
        bool exact = true;
    };

    class PageTaker;

    Result<Pass> readFile();
    Result<Pass> readNode();
    Result<void> readFileTable(Table table, Pass &pass);
    Result<void> checkFileText(Table table, const QString &select, const QVariantList &row);
    /// The first page of every table in one request; tables that it did not exhaust are `open`,
    /// with the row number to go on after. None of them is, when the answer was too large.
    Result<void> readFirstPages(Pass &pass, PageTaker &taker,
                                std::array<std::optional<qint64>, tableCount> &open);
    Result<void> readPages(Table table, qint64 after, Pass &pass, PageTaker &taker);
    Result<std::optional<quint64>> position();
    void note(Pass &pass, std::optional<quint64> index) const;
    QString stepOf(Table table) const;

    Database &m_database;
    const QString m_node;
    const Clock &m_clock;
};

} // namespace edgewise::store
