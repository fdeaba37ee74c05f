// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <hrana/answer.h>

#include <QMetaType>
#include <QSql>
#include <QVariant>

namespace edgewise::sqldriver {

/// An argument as the server stores it. NULL for invalid and null variants and for null texts and
/// byte arrays, as all of Qt's drivers do. Times become ISO 8601 texts like QSQLITE's. Input for an
/// infinity, an unsigned number beyond int64, and types that have no text.
Result<hrana::Value> toValue(const QVariant &variant);

/// A cell; NULL becomes a null variant of `type`. Doubles follow `policy`, integers are never cut.
QVariant toVariant(const hrana::Value &value, QMetaType type,
                   QSql::NumericalPrecisionPolicy policy = QSql::HighPrecision);

/// The type of a column by its declaration, with SQLite's affinity rules narrowed to Qt's types;
/// invalid for an empty declaration.
QMetaType typeOf(const QString &declaredType);

/// The type of a cell; invalid for NULL.
QMetaType typeOf(const hrana::Value &value);

} // namespace edgewise::sqldriver
