// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/rowpages.h>

#include <sqldriver/batch.h>
#include <store/database.h>
#include <store/flipttables.h>
#include <store/layout.h>

#include <algorithm>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using sqldriver::BatchResult;
using sqldriver::BatchStatement;

namespace {

const QString hiddenText = u"(hidden)"_qs;

struct KeyColumn {
    int position = 0;
    QString name;
};

/// The primary key's columns by table, then those of the unique indexes, oldest index first.
QHash<QString, QStringList> chooseKeys(const QList<QVariantList> &columns,
                                       const QList<QVariantList> &indexColumns)
{
    QHash<QString, QList<KeyColumn>> primary;
    for (const QVariantList &row : columns) {
        if (const int position = row[2].toInt(); position > 0)
            primary[row[0].toString()].append({position, row[1].toString()});
    }
    QHash<QString, QStringList> keys;
    for (auto it = primary.begin(); it != primary.end(); ++it) {
        std::sort(it->begin(), it->end(),
                  [](const KeyColumn &a, const KeyColumn &b) { return a.position < b.position; });
        for (const KeyColumn &column : *it)
            keys[it.key()].append(column.name);
    }

    // SQLite lists the newest index first. One over an expression has a column without a name, one
    // over a secret cannot tell where a page ended: neither is a key.
    for (qsizetype i = 0; i < indexColumns.size();) {
        const QString table = indexColumns[i][0].toString();
        const QString index = indexColumns[i][1].toString();
        QStringList names;
        bool isUsable = true;
        for (; i < indexColumns.size() && indexColumns[i][0].toString() == table
               && indexColumns[i][1].toString() == index;
             ++i) {
            const QString name = indexColumns[i][2].toString();
            isUsable &= !name.isEmpty() && !isSecretColumn(table, name);
            names.append(name);
        }
        if (isUsable && !keys.contains(table))
            keys.insert(table, names);
    }
    return keys;
}

QStringList orderingOf(const TableInfo &table)
{
    if (!table.key.isEmpty())
        return table.key;
    QStringList all = table.columns;
    all.removeIf([&](const QString &column) { return isSecretColumn(table.name, column); });
    return all;
}

QString nameList(const QStringList &columns)
{
    QStringList names;
    for (const QString &column : columns)
        names.append(quoted(column));
    return names.join(u", ");
}

QString selectList(const TableInfo &table)
{
    QStringList columns;
    for (const QString &column : table.columns) {
        const bool isSecret = isSecretColumn(table.name, column);
        columns.append(cellExpression(table.name, column)
                       + (isSecret ? u" AS "_qs + quoted(column) : QString()));
    }
    return columns.join(u", ");
}

/// The condition of a row behind `after` in the order of `columns`; SQLite sorts NULL first.
QString behind(const QStringList &columns, const QVariantList &after, QVariantList &arguments)
{
    const bool hasNull = std::any_of(after.begin(), after.end(),
                                     [](const QVariant &value) { return value.isNull(); });
    if (!hasNull) {
        arguments += after;
        QStringList marks(after.size(), u"?"_qs);
        return u"("_qs + nameList(columns) + u") > ("_qs + marks.join(u", ") + u")"_qs;
    }
    QStringList alternatives;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        QStringList terms;
        for (qsizetype j = 0; j < i; ++j) {
            terms.append(quoted(columns[j]) + u" IS ?"_qs);
            arguments.append(after[j]);
        }
        if (after[i].isNull()) {
            terms.append(quoted(columns[i]) + u" IS NOT NULL"_qs);
        } else {
            terms.append(quoted(columns[i]) + u" > ?"_qs);
            arguments.append(after[i]);
        }
        alternatives.append(u"("_qs + terms.join(u" AND ") + u")"_qs);
    }
    return alternatives.join(u" OR ");
}

/// The condition of a row that holds the text somewhere but in a secret column.
QString holding(const TableInfo &table, const QString &text, QVariantList &arguments)
{
    const QString pattern = u'%'
                            + QString(text)
                                  .replace(u"\\"_qs, u"\\\\"_qs)
                                  .replace(u"%"_qs, u"\\%"_qs)
                                  .replace(u"_"_qs, u"\\_"_qs)
                            + u'%';
    QStringList terms;
    for (const QString &column : table.columns) {
        if (isSecretColumn(table.name, column))
            continue;
        terms.append(quoted(column) + u" LIKE ? ESCAPE '\\'"_qs);
        arguments.append(pattern);
    }
    return u'(' + terms.join(u" OR ") + u')';
}

/// Where the ordering does not identify a row (no key at all, or NULL in a unique index) the rows
/// equal to the last of a page all belong to it: the next page begins behind them.
Result<void> completeGroup(QSqlDatabase &database, const TableInfo &table,
                           const QStringList &ordering, RowPage &page, const QString &step)
{
    const QVariantList last = keyOf(table, page.rows.last());
    const bool isUnique =
        !table.key.isEmpty()
        && std::none_of(last.begin(), last.end(), [](const QVariant &v) { return v.isNull(); });
    if (isUnique)
        return {};
    QStringList terms;
    for (const QString &column : ordering)
        terms.append(quoted(column) + u" IS ?"_qs);
    const BatchResult group = readOwn(
        database, {makeStatement(u"SELECT "_qs + selectList(table) + u" FROM "_qs
                                     + quoted(table.name) + u" WHERE "_qs + terms.join(u" AND "),
                                 last)});
    if (group.outcome != BatchResult::Outcome::Done)
        return toError(group.error, step);
    while (!page.rows.isEmpty() && keyOf(table, page.rows.last()) == last)
        page.rows.removeLast();
    page.rows += group.results.first().rows;
    return {};
}

} // namespace

bool isSecretColumn(const QString &table, const QString &column)
{
    return table.compare(u"authentications", Qt::CaseInsensitive) == 0
           && column.compare(u"hashed_client_token", Qt::CaseInsensitive) == 0;
}

QString cellExpression(const QString &table, const QString &column, const QString &prefix)
{
    const QString name = prefix + quoted(column);
    return isSecretColumn(table, column)
               ? u"CASE WHEN %1 IS NULL THEN NULL ELSE '%2' END"_qs.arg(name, hiddenText)
               : name;
}

QVariantList keyOf(const TableInfo &table, const QVariantList &row)
{
    QVariantList key;
    for (const QString &column : orderingOf(table))
        key.append(row.value(table.columns.indexOf(column)));
    return key;
}

Result<QList<TableInfo>> readTables(QSqlDatabase &database, const QString &step)
{
    const BatchResult result = readOwn(
        database,
        {{.sql = u"SELECT m.name, c.name, c.pk FROM sqlite_master m JOIN "
                 u"pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid"_qs,
          .arguments = {}},
         {.sql = u"SELECT m.name, i.name, x.name FROM sqlite_master m JOIN "
                 u"pragma_index_list(m.name) i JOIN pragma_index_info(i.name) x "
                 u"WHERE m.type = 'table' AND i.\"unique\" = 1 AND i.partial = 0 "
                 u"ORDER BY m.name, i.seq DESC, x.seqno"_qs,
          .arguments = {}}});
    if (result.outcome != BatchResult::Outcome::Done)
        return toError(result.error, step);

    const QHash<QString, QStringList> keys =
        chooseKeys(result.results[0].rows, result.results[1].rows);
    QList<TableInfo> tables;
    for (const QVariantList &row : result.results[0].rows) {
        const QString table = row[0].toString();
        if (isInternalTable(table))
            continue;
        if (tables.isEmpty() || tables.last().name != table)
            tables.append({.name = table, .columns = {}, .key = keys.value(table)});
        tables.last().columns.append(row[1].toString());
    }
    return tables;
}

Result<RowPage> readRowPage(QSqlDatabase &database, const RowRequest &request, const QString &step)
{
    const TableInfo &table = request.table;
    const QStringList ordering = orderingOf(table);
    if (table.columns.isEmpty() || ordering.isEmpty() || request.limit < 1
        || (!request.after.isEmpty() && request.after.size() != ordering.size()))
        return Error{.kind = Error::Kind::Input,
                     .step = step,
                     .detail = u"the request does not fit the table"_qs};

    QString sql = u"SELECT "_qs + selectList(table) + u" FROM "_qs + quoted(table.name);
    QVariantList arguments;
    QStringList conditions;
    if (!request.after.isEmpty())
        conditions.append(u'(' + behind(ordering, request.after, arguments) + u')');
    if (!request.contains.isEmpty())
        conditions.append(holding(table, request.contains, arguments));
    if (!conditions.isEmpty())
        sql += u" WHERE "_qs + conditions.join(u" AND ");
    sql += u" ORDER BY "_qs + nameList(ordering) + u" LIMIT ?"_qs;

    qlonglong limit = request.limit;
    while (true) {
        const BatchResult result =
            readOwn(database, {makeStatement(sql, arguments + QVariantList{limit + 1})});
        if (result.outcome != BatchResult::Outcome::Done) {
            if (isResponseTooLarge(result.error) && limit > 1) {
                limit = std::max<qlonglong>(1, limit / 8);
                continue;
            }
            return toError(result.error, step);
        }
        RowPage page{.rows = result.results.first().rows,
                     .last = true,
                     .replicationIndex = result.replicationIndex};
        if (page.rows.size() <= limit)
            return page;
        page.rows.removeLast();
        page.last = false;
        if (auto completed = completeGroup(database, table, ordering, page, step); !completed)
            return completed.error();
        return page;
    }
}

} // namespace edgewise::store
