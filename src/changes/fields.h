// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>

#include <QLatin1StringView>

#include <optional>
#include <span>

/// One table that says which kind of object has which fields, what they are called in files, for
/// people and in Flipt's tables. Text, JSON, SQL and rebase read it, so a field is added here once.
namespace edgewise::changes {

/// Which alternative of Value a field holds; OptionalText holds monostate for SQL's NULL.
enum class FieldType { Boolean, Integer, Real, Text, OptionalText, TextList };

struct FieldInfo {
    Field field;
    FieldType type;
    QLatin1StringView name;   ///< in files: "segmentOperator"
    QLatin1StringView label;  ///< for people, lower case: "segment operator"
    QLatin1StringView column; ///< empty for Segments, whose rows stand in KindInfo::segmentsTable
};

/// Columns are empty where the table has none.
struct KindInfo {
    ObjectKind kind;
    QLatin1StringView name;  ///< in files: "segmentMatch"
    QLatin1StringView label; ///< for people, lower case: "segment match"
    QLatin1StringView table;
    QLatin1StringView namespaceColumn; ///< holds Address::nameSpace
    QLatin1StringView ownerColumn;     ///< holds Address::owner
    QLatin1StringView parentColumn;    ///< holds Address::parent
    QLatin1StringView idColumn;        ///< holds Address::id
    QLatin1StringView segmentsTable;   ///< rows (segmentsColumn, namespace_key, segment_key)
    QLatin1StringView segmentsColumn;  ///< holds Address::id
    std::span<const FieldInfo> fields; ///< in the order in which people read them
};

/// All kinds, parents before children.
std::span<const KindInfo> kinds();
const KindInfo &kindInfo(ObjectKind kind);
/// Null where objects of the kind have no such field.
const FieldInfo *fieldInfo(ObjectKind kind, Field field);

std::optional<ObjectKind> kindNamed(QStringView name);
/// Null where the kind has no field of that name.
const FieldInfo *fieldNamed(ObjectKind kind, QStringView name);

/// Of the object that a child belongs to directly: a distribution's is its rule. None for
/// namespaces and orphans.
std::optional<Address> parentOf(const Address &address);

/// Whether the value's alternative is one that the type allows.
bool holds(const Value &value, FieldType type);

} // namespace edgewise::changes
