// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/fields.h"

#include <algorithm>
#include <array>

namespace edgewise::changes {

/// A namespace of its own, because its short names are those of locals elsewhere.
namespace fieldtable {
namespace {

using namespace Qt::StringLiterals;
using enum FieldType;

constexpr FieldInfo name{Field::Name, Text, "name"_L1, "name"_L1, "name"_L1};
constexpr FieldInfo description{Field::Description, Text, "description"_L1, "description"_L1,
                                "description"_L1};
constexpr FieldInfo created{Field::Created, Text, "created"_L1, "created"_L1, "created_at"_L1};
constexpr FieldInfo updated{Field::Updated, Text, "updated"_L1, "updated"_L1, "updated_at"_L1};
constexpr FieldInfo type{Field::Type, Integer, "type"_L1, "type"_L1, "type"_L1};
constexpr FieldInfo rank{Field::Rank, Integer, "rank"_L1, "rank"_L1, "rank"_L1};
constexpr FieldInfo segmentOperator{Field::SegmentOperator, Integer, "segmentOperator"_L1,
                                    "segment operator"_L1, "segment_operator"_L1};
constexpr FieldInfo segments{Field::Segments, TextList, "segments"_L1, "segments"_L1, {}};
constexpr FieldInfo answer{Field::Value, Boolean, "value"_L1, "value"_L1, "value"_L1};

constexpr std::array namespaceFields{
    name,
    description,
    FieldInfo{Field::Protected, Boolean, "protected"_L1, "protected"_L1, "protected"_L1},
    FieldInfo{Field::StateModified, OptionalText, "stateModified"_L1, "state modified"_L1,
              "state_modified_at"_L1},
    created,
    updated,
};
constexpr std::array segmentFields{
    name,
    description,
    FieldInfo{Field::MatchType, Integer, "matchType"_L1, "match type"_L1, "match_type"_L1},
    created,
    updated,
};
constexpr std::array constraintFields{
    type,
    FieldInfo{Field::Property, Text, "property"_L1, "property"_L1, "property"_L1},
    FieldInfo{Field::Operator, Text, "operator"_L1, "operator"_L1, "operator"_L1},
    FieldInfo{Field::Value, Text, "value"_L1, "value"_L1, "value"_L1},
    FieldInfo{Field::Description, OptionalText, "description"_L1, "description"_L1,
              "description"_L1},
    created,
    updated,
};
constexpr std::array flagFields{
    name,
    description,
    FieldInfo{Field::Enabled, Boolean, "enabled"_L1, "enabled"_L1, "enabled"_L1},
    type,
    FieldInfo{Field::DefaultVariant, OptionalText, "defaultVariant"_L1, "default variant"_L1,
              "default_variant_id"_L1},
    FieldInfo{Field::Metadata, OptionalText, "metadata"_L1, "metadata"_L1, "metadata"_L1},
    created,
    updated,
};
constexpr std::array variantFields{
    FieldInfo{Field::Key, Text, "key"_L1, "key"_L1, "key"_L1},
    name,
    description,
    FieldInfo{Field::Attachment, OptionalText, "attachment"_L1, "attachment"_L1, "attachment"_L1},
    created,
    updated,
};
constexpr std::array ruleFields{rank, segmentOperator, segments, created, updated};
constexpr std::array distributionFields{
    FieldInfo{Field::Variant, Text, "variant"_L1, "variant"_L1, "variant_id"_L1},
    FieldInfo{Field::Percentage, Real, "rollout"_L1, "percentage"_L1, "rollout"_L1},
    created,
    updated,
};
constexpr std::array rolloutFields{type, description, rank, created, updated};
constexpr std::array thresholdFields{
    FieldInfo{Field::Percentage, Real, "percentage"_L1, "percentage"_L1, "percentage"_L1},
    answer,
};
constexpr std::array segmentMatchFields{answer, segmentOperator, segments};

constexpr QLatin1StringView namespaceKey = "namespace_key"_L1;
constexpr QLatin1StringView flagKey = "flag_key"_L1;
constexpr QLatin1StringView none{};

// In the order of ObjectKind.
constexpr std::array table{
    KindInfo{ObjectKind::Namespace, "namespace"_L1, "namespace"_L1, "namespaces"_L1, "key"_L1, none,
             none, none, none, none, namespaceFields},
    KindInfo{ObjectKind::Segment, "segment"_L1, "segment"_L1, "segments"_L1, namespaceKey, "key"_L1,
             none, none, none, none, segmentFields},
    KindInfo{ObjectKind::Constraint, "constraint"_L1, "constraint"_L1, "constraints"_L1,
             namespaceKey, "segment_key"_L1, none, "id"_L1, none, none, constraintFields},
    KindInfo{ObjectKind::Flag, "flag"_L1, "flag"_L1, "flags"_L1, namespaceKey, "key"_L1, none, none,
             none, none, flagFields},
    KindInfo{ObjectKind::Variant, "variant"_L1, "variant"_L1, "variants"_L1, namespaceKey, flagKey,
             none, "id"_L1, none, none, variantFields},
    KindInfo{ObjectKind::Rule, "rule"_L1, "rule"_L1, "rules"_L1, namespaceKey, flagKey, none,
             "id"_L1, "rule_segments"_L1, "rule_id"_L1, ruleFields},
    KindInfo{ObjectKind::Distribution, "distribution"_L1, "distribution"_L1, "distributions"_L1,
             none, none, "rule_id"_L1, "id"_L1, none, none, distributionFields},
    KindInfo{ObjectKind::Rollout, "rollout"_L1, "rollout"_L1, "rollouts"_L1, namespaceKey, flagKey,
             none, "id"_L1, none, none, rolloutFields},
    KindInfo{ObjectKind::Threshold, "threshold"_L1, "threshold"_L1, "rollout_thresholds"_L1,
             namespaceKey, none, "rollout_id"_L1, "id"_L1, none, none, thresholdFields},
    KindInfo{ObjectKind::SegmentMatch, "segmentMatch"_L1, "segment match"_L1, "rollout_segments"_L1,
             none, none, "rollout_id"_L1, "id"_L1, "rollout_segment_references"_L1,
             "rollout_segment_id"_L1, segmentMatchFields},
};

} // namespace
} // namespace fieldtable

std::span<const KindInfo> kinds()
{
    return fieldtable::table;
}

const KindInfo &kindInfo(ObjectKind kind)
{
    const KindInfo &info = fieldtable::table.at(static_cast<size_t>(kind));
    Q_ASSERT(info.kind == kind);
    return info;
}

const FieldInfo *fieldInfo(ObjectKind kind, Field field)
{
    const std::span<const FieldInfo> fields = kindInfo(kind).fields;
    const auto found = std::ranges::find(fields, field, &FieldInfo::field);
    return found == fields.end() ? nullptr : &*found;
}

std::optional<ObjectKind> kindNamed(QStringView wanted)
{
    for (const KindInfo &info : fieldtable::table) {
        if (wanted == info.name)
            return info.kind;
    }
    return std::nullopt;
}

const FieldInfo *fieldNamed(ObjectKind kind, QStringView wanted)
{
    for (const FieldInfo &info : kindInfo(kind).fields) {
        if (wanted == info.name)
            return &info;
    }
    return nullptr;
}

std::optional<Address> parentOf(const Address &address)
{
    if (address.orphan)
        return std::nullopt;
    switch (address.kind) {
    case ObjectKind::Namespace:
        return std::nullopt;
    case ObjectKind::Segment:
    case ObjectKind::Flag:
        return Address{ObjectKind::Namespace, address.nameSpace, {}, {}, {}};
    case ObjectKind::Constraint:
        return Address{ObjectKind::Segment, address.nameSpace, address.owner, {}, {}};
    case ObjectKind::Variant:
    case ObjectKind::Rule:
    case ObjectKind::Rollout:
        return Address{ObjectKind::Flag, address.nameSpace, address.owner, {}, {}};
    case ObjectKind::Distribution:
        return Address{ObjectKind::Rule, address.nameSpace, address.owner, {}, address.parent};
    case ObjectKind::Threshold:
    case ObjectKind::SegmentMatch:
        return Address{ObjectKind::Rollout, address.nameSpace, address.owner, {}, address.parent};
    }
    return std::nullopt;
}

bool holds(const Value &value, FieldType type)
{
    using enum FieldType;
    switch (type) {
    case Boolean:
        return std::holds_alternative<bool>(value);
    case Integer:
        return std::holds_alternative<qint64>(value);
    case Real:
        return std::holds_alternative<double>(value);
    case Text:
        return std::holds_alternative<QString>(value);
    case OptionalText:
        return std::holds_alternative<QString>(value)
               || std::holds_alternative<std::monostate>(value);
    case TextList:
        return std::holds_alternative<QStringList>(value);
    }
    return false;
}

} // namespace edgewise::changes
