// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/insertion.h>

#include <changes/fields.h>
#include <store/flipttables.h>
#include <store/guards.h>

#include <algorithm>
#include <span>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using changes::Address;
using changes::Change;
using changes::Field;
using changes::ObjectKind;

namespace {

// SQLite takes 32,766 parameters a statement, and a table here has eleven columns at most.
constexpr qsizetype mostRows = 500;
constexpr std::ptrdiff_t fewestGrouped = 20;

std::vector<const Change *> additions(const std::vector<Change> &changes)
{
    std::vector<const Change *> added;
    for (const Change &change : changes) {
        if (change.kind == Change::Kind::Add)
            added.push_back(&change);
    }
    const auto place = [](const Change *change) {
        const Address &address = change->address;
        return std::tuple(address.kind, std::cref(address.nameSpace.text()),
                          std::cref(address.owner), std::cref(address.parent),
                          change->positionAfter.value_or(0));
    };
    const auto ownPlace = [&](const Change *change) {
        // Flags and segments are their own owners.
        return std::pair(change->address.kind, change->positionAfter.value_or(0));
    };
    std::ranges::stable_sort(added, [&](const Change *a, const Change *b) {
        if (a->address.kind == b->address.kind
            && (a->address.kind == ObjectKind::Flag || a->address.kind == ObjectKind::Segment
                || a->address.kind == ObjectKind::Namespace))
            return ownPlace(a) < ownPlace(b);
        return place(a) < place(b);
    });
    return added;
}

QVariantList rowOf(const Change &change)
{
    const Address &address = change.address;
    const changes::KindInfo &info = changes::kindInfo(address.kind);
    QVariantList row;
    const auto add = [&row](QLatin1StringView column, const QVariant &value) {
        if (!column.isEmpty())
            row.append(value);
    };
    add(info.idColumn, argumentOf(address.id));
    add(info.namespaceColumn, argumentOf(address.nameSpace.text()));
    add(info.ownerColumn, argumentOf(address.owner));
    add(info.parentColumn, argumentOf(address.parent));
    for (const changes::FieldInfo &field : info.fields) {
        const auto pair = change.fields.find(field.field);
        add(field.column,
            pair == change.fields.end() ? QVariant() : argumentOf(pair->second.after));
    }
    return row;
}

void insertRows(const QString &table, const QStringList &columns, const QList<QVariantList> &rows,
                const Address &object, QList<WriteStatement> &statements)
{
    for (qsizetype first = 0; first < rows.size(); first += mostRows) {
        const QList<QVariantList> part = rows.mid(first, mostRows);
        QStringList names;
        for (const QString &column : columns)
            names.append(quoted(column));
        const QString marks = u"("_qs + QStringList(columns.size(), u"?"_qs).join(u", ") + u")"_qs;
        QVariantList arguments;
        for (const QVariantList &row : part)
            arguments += row;
        statements.append({.sql = u"INSERT INTO "_qs + quoted(table) + u" ("_qs + names.join(u", ")
                                  + u") VALUES "_qs + QStringList(part.size(), marks).join(u", "),
                           .arguments = arguments,
                           .purpose = Purpose::Change,
                           .object = object});
        statements.append(changedRows(part.size(), Purpose::RowGuard, object));
    }
}

void insertSegmentRows(const Address &address, const QList<QVariantList> &rows,
                       QList<WriteStatement> &statements)
{
    const changes::KindInfo &info = changes::kindInfo(address.kind);
    insertRows(info.segmentsTable, {info.segmentsColumn, u"namespace_key"_qs, u"segment_key"_qs},
               rows, address, statements);
}

/// Objects of one kind, in this order.
void insert(const std::span<const Change *const> &added, QList<WriteStatement> &statements)
{
    const Address &address = added.front()->address;
    const changes::KindInfo &info = changes::kindInfo(address.kind);
    QStringList columns;
    for (const QLatin1StringView column :
         {info.idColumn, info.namespaceColumn, info.ownerColumn, info.parentColumn}) {
        if (!column.isEmpty())
            columns.append(column);
    }
    for (const changes::FieldInfo &field : info.fields) {
        if (!field.column.isEmpty())
            columns.append(field.column);
    }
    QList<QVariantList> rows;
    QList<QVariantList> segmentRows;
    for (const Change *change : added) {
        rows.append(rowOf(*change));
        const auto segments = change->fields.find(Field::Segments);
        if (segments == change->fields.end())
            continue;
        for (const QString &key : segmentsOf({{Field::Segments, segments->second.after}}))
            segmentRows.append({argumentOf(change->address.id),
                                argumentOf(change->address.nameSpace.text()), argumentOf(key)});
    }
    insertRows(info.table, columns, rows, address, statements);
    if (!segmentRows.isEmpty())
        insertSegmentRows(address, segmentRows, statements);
}

} // namespace

bool insertAdded(const std::vector<Change> &changes, Inserts inserts,
                 QList<WriteStatement> &statements)
{
    const std::vector<const Change *> added = additions(changes);
    bool isGrouped = false;
    for (auto first = added.begin(); first != added.end();) {
        const ObjectKind kind = (*first)->address.kind;
        const auto end = std::find_if(first, added.end(), [kind](const Change *change) {
            return change->address.kind != kind;
        });
        if (inserts == Inserts::Grouped && end - first >= fewestGrouped) {
            insert({first, end}, statements);
            isGrouped = true;
        } else {
            for (auto change = first; change != end; ++change)
                insert({change, change + 1}, statements);
        }
        first = end;
    }
    return isGrouped;
}

void insertSegments(const Address &address, const QStringList &keys,
                    QList<WriteStatement> &statements)
{
    QList<QVariantList> rows;
    for (const QString &key : keys)
        rows.append(
            {argumentOf(address.id), argumentOf(address.nameSpace.text()), argumentOf(key)});
    insertSegmentRows(address, rows, statements);
}

} // namespace edgewise::store
