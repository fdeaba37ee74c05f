// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QStringList>
#include <QVariantList>

#include <functional>
#include <optional>

namespace edgewise::store {

class Database;

/// A statement that a person has typed.
struct SqlRequest {
    QString sql;
    bool allowWrite = false;
    qint64 rowLimit = 0; ///< stops after so many rows; 0 reads them all
};

struct SqlSummary {
    QStringList columns; ///< empty when the statement gives no rows
    qint64 rows = 0;
    bool isCut = false;      ///< there were more than the limit
    qint64 affectedRows = 0; ///< of INSERT, UPDATE, DELETE
};

/// All of a result that is small enough to be kept.
struct SqlTable {
    SqlSummary summary;
    QList<QVariantList> rows;
    qint64 nanoseconds = 0; ///< from sending to the last row
};

/// Is given each row as it arrives; false ends the reading.
using SqlRowSink = std::function<bool(const QStringList &columns, const QVariantList &row)>;

/// Whether the statement may be run at all: one statement, one that only reads unless writing is
/// allowed (ReadOnly), no transaction that would stay open, and none that could show the token
/// hashes of the table authentications under any name.
Result<void> checkSql(const QString &sql, bool allowWrite);

/// Whether the statement reads token hashes under another name, as through a view: SQLite is asked
/// for its program, nothing is run. Input when it does; a statement that SQLite refuses passes.
Result<void> checkColumnsRead(Database &database, const QString &sql, const QString &step);

/// Runs it on the thread of the connection. A write is one transaction; Unknown when the connection
/// was lost after it was sent. Rows are read one by one, in constant memory, on nodes too.
Result<SqlSummary> runSql(Database &database, const SqlRequest &request, const SqlRowSink &sink,
                          const QString &step);

/// The steps that SQLite would take, as indented lines.
Result<QStringList> explainPlan(Database &database, const QString &sql, const QString &step);

} // namespace edgewise::store
