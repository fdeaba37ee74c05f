// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/fields.h>
#include <store/writeplan.h>

namespace edgewise::store {

/// A condition of SQL with the arguments of its placeholders.
struct Condition {
    QString sql;
    QVariantList arguments;
};

Condition isEqual(QLatin1StringView column, const QString &value);
Condition operator&&(const Condition &a, const Condition &b);

/// A value as an argument: monostate is NULL, an empty text is a text.
QVariant argumentOf(const changes::Value &value);

/// `SELECT` that fails, and its batch with it, unless the condition holds: abs() of the smallest
/// integer overflows, which unlike a constraint needs no table.
WriteStatement guard(const Condition &condition, Purpose purpose, const changes::Address &object);

/// The statement before changed `rows` rows.
WriteStatement changedRows(qsizetype rows, Purpose purpose, const changes::Address &object);

/// Which row the object is: its keys or id, its parent's included.
Condition isRowOf(const changes::Address &address);

/// The rows of the list that the object stands in: those of one flag, segment, rule or rollout.
Condition isSiblingOf(const changes::Address &address);

/// The row's column still holds the value (NULL equals NULL).
Condition holds(const changes::FieldInfo &field, const changes::Value &value);

/// All fields of the object but updated_at and the stamp, as the snapshot has them; `except` is
/// left out. monostate for fields that the object does not have.
using FieldValues = std::map<changes::Field, changes::Value>;
Condition holdsAll(changes::ObjectKind kind, const FieldValues &values,
                   const QSet<changes::Field> &except = {});

/// The rows of `table` that fit `scope` are these, with these values, and no others.
Condition rowsAre(const QString &table, const Condition &scope, const QStringList &columns,
                  const QList<QVariantList> &rows);

/// The keys in Field::Segments; empty when there are none.
QStringList segmentsOf(const FieldValues &values);
/// Of an orphan whose own row is missing.
bool hasOnlySegments(const FieldValues &values);

Condition exists(const QString &table, const Condition &condition);
Condition notExists(const QString &table, const Condition &condition);

} // namespace edgewise::store
