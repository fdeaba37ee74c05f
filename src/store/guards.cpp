// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/guards.h>

#include <changes/fields.h>
#include <store/flipttables.h>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using changes::Address;
using changes::Field;
using changes::FieldType;

namespace {

const QString failing = u"ELSE abs(-9223372036854775808) END AS \"holds\""_qs;

QString notNull(const QString &text)
{
    // A null QString would be bound as NULL.
    return text.isNull() ? QString(u""_qs) : text;
}

} // namespace

Condition isEqual(QLatin1StringView column, const QString &value)
{
    return {.sql = quoted(QString(column)) + u" = ?"_qs, .arguments = {notNull(value)}};
}

Condition operator&&(const Condition &a, const Condition &b)
{
    if (a.sql.isEmpty())
        return b;
    if (b.sql.isEmpty())
        return a;
    return {.sql = a.sql + u" AND " + b.sql, .arguments = a.arguments + b.arguments};
}

QVariant argumentOf(const changes::Value &value)
{
    if (const bool *flag = std::get_if<bool>(&value))
        return qlonglong(*flag);
    if (const qint64 *number = std::get_if<qint64>(&value))
        return qlonglong(*number);
    if (const double *number = std::get_if<double>(&value))
        return *number;
    if (const QString *text = std::get_if<QString>(&value))
        return notNull(*text);
    return {};
}

WriteStatement guard(const Condition &condition, Purpose purpose, const Address &object)
{
    return {.sql = u"SELECT CASE WHEN "_qs + condition.sql + u" THEN 1 "_qs + failing,
            .arguments = condition.arguments,
            .purpose = purpose,
            .object = object};
}

WriteStatement changedRows(qsizetype rows, Purpose purpose, const Address &object)
{
    return guard({.sql = u"changes() = "_qs + QString::number(rows), .arguments = {}}, purpose,
                 object);
}

Condition isSiblingOf(const Address &address)
{
    const changes::KindInfo &info = changes::kindInfo(address.kind);
    Condition condition;
    const auto add = [&](QLatin1StringView column, const QString &value) {
        if (!column.isEmpty())
            condition = condition && isEqual(column, value);
    };
    // The namespace of an orphaned threshold is not read; its id tells enough.
    if (!address.orphan || !address.nameSpace.isEmpty())
        add(info.namespaceColumn, address.nameSpace.text());
    if (address.kind != changes::ObjectKind::Flag && address.kind != changes::ObjectKind::Segment)
        add(info.ownerColumn, address.owner);
    add(info.parentColumn, address.parent);
    return condition;
}

Condition isRowOf(const Address &address)
{
    const changes::KindInfo &info = changes::kindInfo(address.kind);
    if (!info.idColumn.isEmpty())
        return isEqual(info.idColumn, address.id) && isSiblingOf(address);
    if (address.kind == changes::ObjectKind::Namespace)
        return isSiblingOf(address);
    return isSiblingOf(address) && isEqual(info.ownerColumn, address.owner);
}

Condition holds(const changes::FieldInfo &field, const changes::Value &value)
{
    const QString column = quoted(field.column);
    // Anything but 0 is true to Flipt and to us, whatever number stands there.
    if (field.type == FieldType::Boolean)
        return {.sql = u"("_qs + column + u" <> 0) IS ?"_qs, .arguments = {argumentOf(value)}};
    return {.sql = column + u" IS ?"_qs, .arguments = {argumentOf(value)}};
}

Condition holdsAll(changes::ObjectKind kind, const FieldValues &values, const QSet<Field> &except)
{
    Condition condition;
    for (const changes::FieldInfo &field : changes::kindInfo(kind).fields) {
        const auto value = values.find(field.field);
        if (value == values.end() || field.column.isEmpty() || field.field == Field::Updated
            || field.field == Field::StateModified || except.contains(field.field))
            continue;
        condition = condition && holds(field, value->second);
    }
    return condition;
}

Condition rowsAre(const QString &table, const Condition &scope, const QStringList &columns,
                  const QList<QVariantList> &rows)
{
    const QString from = u" FROM "_qs + quoted(table);
    const QString count = QString::number(rows.size());
    Condition condition{.sql = u"(SELECT count(*)"_qs + from + u" WHERE "_qs + scope.sql
                               + u") = "_qs + count,
                        .arguments = scope.arguments};
    if (rows.isEmpty())
        return condition;

    // A join and not IN: it compares with the columns' own affinity, as the rows were stored.
    QStringList marks(columns.size(), u"?"_qs);
    const QString row = u"("_qs + marks.join(u", ") + u")"_qs;
    QStringList values(rows.size(), row);
    QStringList equal;
    for (qsizetype i = 0; i < columns.size(); ++i)
        equal.append(u"t.%1 IS v.column%2"_qs.arg(quoted(columns[i])).arg(i + 1));
    condition.sql += u" AND (SELECT count(*) FROM (VALUES "_qs + values.join(u", ")
                     + u") v JOIN (SELECT *"_qs + from + u" WHERE "_qs + scope.sql + u") t ON "_qs
                     + equal.join(u" AND ") + u") = "_qs + count;
    for (const QVariantList &values_ : rows)
        condition.arguments += values_;
    condition.arguments += scope.arguments;
    return condition;
}

QStringList segmentsOf(const FieldValues &values)
{
    const auto found = values.find(Field::Segments);
    const QStringList *keys =
        found == values.end() ? nullptr : std::get_if<QStringList>(&found->second);
    return keys ? *keys : QStringList();
}

bool hasOnlySegments(const FieldValues &values)
{
    return values.size() == 1 && values.begin()->first == Field::Segments;
}

Condition exists(const QString &table, const Condition &condition)
{
    return {.sql = u"EXISTS (SELECT 1 FROM "_qs + quoted(table) + u" WHERE "_qs + condition.sql
                   + u")"_qs,
            .arguments = condition.arguments};
}

Condition notExists(const QString &table, const Condition &condition)
{
    Condition negated = exists(table, condition);
    negated.sql.prepend(u"NOT "_qs);
    return negated;
}

} // namespace edgewise::store
