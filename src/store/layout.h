// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <store/flipttables.h>
#include <store/schema.h>

#include <QMap>
#include <QSqlDatabase>
#include <QStringList>

namespace edgewise::store {

/// Which tables a database has, with their columns in order, and what that says about Flipt.
struct Layout {
    QMap<QString, QStringList> columns; ///< by table; SQLite's and libSQL's own are left out
    SchemaState schema;
};

/// A table that SQLite, libSQL or a replicator keeps for itself.
bool isInternalTable(const QString &table);

/// Two round trips of plain selects.
Result<Layout> readLayout(QSqlDatabase &database, const QString &step);

/// Why the schema cannot be read, or written, in words.
Error schemaError(const SchemaState &state, const QString &step);

/// `SELECT rowid, columns… FROM table` of a snapshot's table; NULL stands for a column that the
/// schema's version does not have yet. Empty when the table is missing.
QString selectOf(Table table, const Layout &layout);

} // namespace edgewise::store
