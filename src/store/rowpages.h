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

} // namespace edgewise::store
