// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqldriver/catalog.h"

#include "sqldriver/session.h"
#include "sqldriver/variants.h"

#include <QSqlField>

namespace edgewise::sqldriver {

using namespace Qt::StringLiterals;

namespace {

hrana::StatementResult ask(Session &session, const QString &sql,
                           const QList<hrana::Value> &arguments = {})
{
    return session.execute({sql, arguments, {}}, readSqlText(sql)).result;
}

QString text(const hrana::Value &value)
{
    const auto *found = std::get_if<QString>(&value);
    return found ? *found : QString();
}

qint64 number(const hrana::Value &value)
{
    const auto *found = std::get_if<qint64>(&value);
    return found ? *found : 0;
}

/// A text's value where a literal is one; any other expression as it is.
QString withoutQuotes(const QString &expression)
{
    if (expression.size() < 2 || !expression.startsWith(u'\'') || !expression.endsWith(u'\''))
        return expression;
    QString value = expression.sliced(1, expression.size() - 2);
    return value.replace(u"''"_qs, u"'"_qs);
}

/// The parts of `schema.name`, quotes removed.
QStringList parts(const QString &table)
{
    QStringList result{QString()};
    bool quoted = false;
    for (qsizetype i = 0; i < table.size(); ++i) {
        const QChar c = table[i];
        if (c == u'"' && quoted && i + 1 < table.size() && table[i + 1] == u'"') {
            result.last().append(c);
            ++i;
        } else if (c == u'"') {
            quoted = !quoted;
        } else if (c == u'.' && !quoted) {
            result.append(QString());
        } else {
            result.last().append(c);
        }
    }
    return result;
}

enum Column { Name, Type, NotNull, Default, PrimaryKey, Count };

/// Rows of the columns above.
hrana::StatementResult describeTable(Session &session, const QString &table)
{
    const QStringList names = parts(table);
    // hidden 1: a column of a virtual table that `select *` does not show.
    QString sql = u"select name, type, \"notnull\", dflt_value, pk from pragma_table_xinfo(?"_qs;
    QList<hrana::Value> arguments{names.last()};
    if (names.size() > 1) {
        sql += u", ?"_qs;
        arguments.append(names.first());
    }
    return ask(session, sql + u") where hidden <> 1 order by cid"_qs, arguments);
}

} // namespace

QStringList catalogTables(Session &session, QSql::TableType type)
{
    QStringList names;
    if (type & (QSql::Tables | QSql::Views)) {
        QStringList kinds;
        if (type & QSql::Tables)
            kinds.append(u"'table'"_qs);
        if (type & QSql::Views)
            kinds.append(u"'view'"_qs);
        const QString sql =
            u"select name from sqlite_master where type in (%1) order by rowid"_qs.arg(
                kinds.join(u','));
        const hrana::StatementResult result = ask(session, sql);
        for (const hrana::Value &name : result.cells)
            names.append(text(name));
    }
    if (type & QSql::SystemTables)
        names.append(u"sqlite_master"_qs);
    return names;
}

QSqlRecord catalogRecord(Session &session, const QString &table)
{
    QSqlRecord record;
    const hrana::StatementResult result = describeTable(session, table);
    for (qsizetype row = 0; row < result.rowCount(); ++row) {
        const hrana::Value *cells = result.cells.data() + row * Count;
        const QString declared = text(cells[Type]);
        const QMetaType type = typeOf(declared);
        QSqlField field(text(cells[Name]), type.isValid() ? type : QMetaType::fromType<QString>(),
                        table);
        if (number(cells[NotNull]) != 0)
            field.setRequired(true);
        if (std::holds_alternative<QString>(cells[Default]))
            field.setDefaultValue(withoutQuotes(text(cells[Default])));
        // The one declaration that makes a column the rowid.
        field.setAutoValue(number(cells[PrimaryKey]) == 1
                           && declared.compare("integer"_L1, Qt::CaseInsensitive) == 0);
        record.append(field);
    }
    return record;
}

QSqlIndex catalogPrimaryIndex(Session &session, const QString &table)
{
    QSqlIndex index(table);
    const hrana::StatementResult result = describeTable(session, table);
    QMap<qint64, QSqlField> fields;
    for (qsizetype row = 0; row < result.rowCount(); ++row) {
        const hrana::Value *cells = result.cells.data() + row * Count;
        const qint64 place = number(cells[PrimaryKey]);
        const QMetaType type = typeOf(text(cells[Type]));
        if (place > 0)
            fields.insert(place,
                          QSqlField(text(cells[Name]),
                                    type.isValid() ? type : QMetaType::fromType<QString>(), table));
    }
    for (const QSqlField &field : std::as_const(fields))
        index.append(field);
    return index;
}

} // namespace edgewise::sqldriver
