// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/layout.h>

#include <store/database.h>

#include <QSqlQuery>

namespace edgewise::store {

using namespace Qt::StringLiterals;

namespace {

constexpr int oldestReadableVersion = 11;

/// The rows of a plain select, within the connection's transaction if there is one.
Result<QList<QVariantList>> select(QSqlDatabase &database, const QString &sql, const QString &step)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.exec(sql))
        return toError(query.lastError(), step);
    QList<QVariantList> rows;
    while (query.next())
        rows.append({query.value(0), query.value(1)});
    if (query.lastError().isValid())
        return toError(query.lastError(), step);
    return rows;
}

/// Flipt tells its state by one row of schema_migrations (golang-migrate); the tables beside it say
/// whether that is a Flipt's at all.
SchemaState judge(const QMap<QString, QStringList> &columns, const QList<QVariantList> &migrations)
{
    using Kind = SchemaState::Kind;
    if (columns.isEmpty())
        return {.kind = Kind::Empty, .version = 0};
    if (!columns.contains(u"flags"_qs) || !columns.contains(u"segments"_qs)
        || !columns.value(u"flags"_qs).contains(u"enabled"_qs))
        return {.kind = Kind::Foreign, .version = 0};

    const int version = migrations.isEmpty() ? 0 : migrations.first().value(0).toInt();
    const bool dirty = migrations.size() != 1 || migrations.first().value(0).isNull()
                       || migrations.first().value(1).toBool();
    // Without the row Flipt itself tries to migrate from the beginning and fails: interrupted.
    const bool hasRuleSegments =
        columns.contains(u"namespaces"_qs) && columns.contains(u"rule_segments"_qs);
    if (!hasRuleSegments || (version != 0 && version < oldestReadableVersion))
        return {.kind = Kind::TooOld, .version = version};
    if (dirty)
        return {.kind = Kind::Dirty, .version = version};
    if (version < currentSchemaVersion)
        return {.kind = Kind::Older, .version = version};
    return {.kind = version == currentSchemaVersion ? Kind::Current : Kind::Newer,
            .version = version};
}

} // namespace

bool isInternalTable(const QString &table)
{
    return table.startsWith(u"sqlite_") || table.startsWith(u"libsql_")
           || table.startsWith(u"_litestream_");
}

Result<Layout> readLayout(QSqlDatabase &database, const QString &step)
{
    auto tables = select(database,
                         u"SELECT m.name, c.name FROM sqlite_master m JOIN "
                         u"pragma_table_info(m.name) c WHERE m.type = 'table' "
                         u"ORDER BY m.name, c.cid"_qs,
                         step);
    if (!tables)
        return tables.error();
    Layout layout;
    for (const QVariantList &row : *tables) {
        const QString table = row[0].toString();
        if (!isInternalTable(table))
            layout.columns[table].append(row[1].toString());
    }

    QList<QVariantList> migrations;
    const QStringList columns = layout.columns.value(u"schema_migrations"_qs);
    if (columns.contains(u"version"_qs) && columns.contains(u"dirty"_qs)) {
        auto rows =
            select(database, u"SELECT version, dirty FROM schema_migrations LIMIT 2"_qs, step);
        if (!rows)
            return rows.error();
        migrations = *rows;
    }
    layout.schema = judge(layout.columns, migrations);
    return layout;
}

Error schemaError(const SchemaState &state, const QString &step)
{
    using Kind = SchemaState::Kind;
    Error error{.kind = Error::Kind::Schema, .step = step, .detail = {}};
    const QString version = QString::number(state.version);
    switch (state.kind) {
    case Kind::Empty:
        error.detail =
            u"the database is empty: it has no tables of Flipt's yet, which \"edgewise-cli init\" "
            "creates"_qs;
        break;
    case Kind::Foreign:
        error.detail = u"the database holds other tables, but not Flipt's"_qs;
        break;
    case Kind::TooOld:
        error.detail = u"Flipt's tables are of version "_qs + version
                       + u", too old to be read (before 11); run \"flipt migrate\""_qs;
        break;
    case Kind::Older:
        error.detail = u"Flipt's tables are of version "_qs + version
                       + u", older than 15, and may only be read; run \"flipt migrate\""_qs;
        break;
    case Kind::Current:
        error.detail = u"Flipt's tables are current"_qs;
        break;
    case Kind::Dirty:
        error.detail = u"a migration of Flipt's tables was interrupted (version "_qs + version
                       + u", dirty), they may only be read; restore a backup or repair them"_qs;
        break;
    case Kind::Newer:
        error.detail = u"Flipt's tables are of version "_qs + version
                       + u", newer than the known 15, and may only be read"_qs;
        break;
    }
    return error;
}

QString selectOf(Table table, const Layout &layout)
{
    const QString name = tableName(table);
    const QStringList existing = layout.columns.value(name);
    if (existing.isEmpty())
        return {};
    QString sql = u"SELECT rowid"_qs;
    for (const QString &column : tableColumns(table))
        sql += u", "_qs + (existing.contains(column) ? quoted(column) : u"NULL"_qs);
    return sql + u" FROM "_qs + quoted(name);
}

} // namespace edgewise::store
