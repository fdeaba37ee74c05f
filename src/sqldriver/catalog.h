// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlIndex>
#include <QSqlRecord>
#include <QStringList>

#include <QSql>

/// What a database consists of. Empty when the server does not answer.
namespace edgewise::sqldriver {

class Session;

QStringList catalogTables(Session &session, QSql::TableType type);

/// `table` is a name or "schema.name", escaped or not; a view does too. Types by declaration,
/// required where NOT NULL, defaults as their SQL text.
QSqlRecord catalogRecord(Session &session, const QString &table);

QSqlIndex catalogPrimaryIndex(Session &session, const QString &table);

} // namespace edgewise::sqldriver
