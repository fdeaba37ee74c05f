// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QSqlDatabase>
#include <QStringList>

namespace edgewise::store {

/// The statements of Flipt's schema, without transaction and comments, from the compiled in
/// schema.sql.
QStringList schemaStatements();

/// Creates the schema in one transaction, if the database is still empty then. Current already is
/// success; any other content is a Schema error.
Result<void> createSchema(QSqlDatabase &database, const QString &step);

/// Splits a script at its semicolons; comments go, quoted texts stay as they are.
QStringList splitScript(const QString &script);

} // namespace edgewise::store
