// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <store/rows.h>

#include <QSqlDatabase>

namespace edgewise::store {

/// All tables but SQLite's and libSQL's own, by name.
Result<QList<TableInfo>> readTables(QSqlDatabase &database, const QString &step);

/// A page in key order; pages that would be too large for a server's answer come out shorter, with
/// last = false. Secret columns are NULL or replaced by a fixed text.
Result<RowPage> readRowPage(QSqlDatabase &database, const RowRequest &request, const QString &step);

/// What a select asks for to get the column's cells, fixed texts for those of a secret; `prefix` is
/// empty or "A.".
QString cellExpression(const QString &table, const QString &column, const QString &prefix = {});

} // namespace edgewise::store
