// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/values.h>

#include <QLatin1StringView>

#include <span>

/// What Flipt allows in a constraint (Flipt: rpc/flipt/validation.go, operators.go).
namespace edgewise::flags {

/// Operators that Flipt accepts for constraints of the type, in the order of its web pages; none
/// for types that do not exist.
std::span<const QLatin1StringView> operatorsOf(int constraintType);

/// "string", "number", "boolean", "datetime", "entityId"; the number for other types.
QString constraintTypeName(int constraintType);

/// False for the operators for which Flipt empties the value: true, empty, present …
bool takesValue(QStringView operatorName);

/// isoneof and isnotoneof.
bool takesList(QStringView operatorName);

inline constexpr int longestList = 100;

/// A date-time as Flipt stores it in a constraint: "2023-12-31T23:00:00Z" in UTC without fraction,
/// or "2024-01-01". Nothing for what Flipt refuses.
std::optional<QString> normalisedDateTime(QStringView text);

/// Whether Go's strconv.ParseFloat takes the text for a number that fits a double.
bool isNumber(QStringView text);

} // namespace edgewise::flags
