// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/key.h>

#include <QString>

#include <memory>
#include <optional>
#include <vector>

/// Flipt's model as regular values: no identity, no SQL, no network. They hold whatever a database
/// can hold and keep stored text as it is (times, metadata, attachments), so that reading and
/// writing back changes nothing; validate() judges them. Vectors are in the order in which Flipt
/// reads the rows (Flipt: internal/storage/sql/common), because that order lays out buckets.
namespace edgewise::flags {

/// The numbers of Flipt's enums as its tables store them. Fields stay int: a database may hold
/// others.
enum FlagType { VariantFlag = 0, BooleanFlag = 1 };
enum MatchType { AllMatch = 0, AnyMatch = 1 };
enum SegmentOperator { OrOperator = 0, AndOperator = 1 };
enum RolloutType { UnknownRollout = 0, SegmentRollout = 1, ThresholdRollout = 2 };
enum ConstraintType {
    UnknownConstraint = 0,
    StringConstraint = 1,
    NumberConstraint = 2,
    BooleanConstraint = 3,
    DateTimeConstraint = 4,
    EntityIdConstraint = 5,
};

/// created_at and updated_at as stored, see timestamp.h. Empty before a first save, which fills
/// them.
struct Times {
    QString created;
    QString updated;
    friend bool operator==(const Times &, const Times &) = default;
};

struct Variant {
    VariantId id;
    QString key;
    QString name;
    QString description;
    std::optional<QString> attachment; ///< JSON text as given; NULL is nullopt
    Times times;
    friend bool operator==(const Variant &, const Variant &) = default;
};

struct Constraint {
    ConstraintId id;
    int type = StringConstraint;
    QString property;
    QString operatorName; ///< "eq", "isoneof" …, as stored
    QString value;
    std::optional<QString> description; ///< NULL only in rows older than migration 8
    Times times;
    friend bool operator==(const Constraint &, const Constraint &) = default;
};

struct Segment {
    SegmentKey key;
    QString name;
    QString description;
    int matchType = AllMatch;
    std::vector<Constraint> constraints; ///< by created_at, then row
    Times times;
    friend bool operator==(const Segment &, const Segment &) = default;
};

struct Distribution {
    DistributionId id;
    VariantId variant;  ///< may belong to another flag
    double rollout = 0; ///< percent as stored: a float32 widened to double
    Times times;
    friend bool operator==(const Distribution &, const Distribution &) = default;
};

struct Rule {
    RuleId id;
    qint64 rank = 1;
    int segmentOperator = OrOperator;
    std::vector<SegmentKey> segments; ///< rows of rule_segments in insertion order; may be empty
    std::vector<Distribution> distributions; ///< by created_at, then row: the order of the buckets
    Times times;
    friend bool operator==(const Rule &, const Rule &) = default;
};

/// The row of rollout_thresholds.
struct Threshold {
    RolloutPartId id;
    double percentage = 0; ///< as stored: a float32 widened to double
    bool value = false;
    friend bool operator==(const Threshold &, const Threshold &) = default;
};

/// A row of rollout_segments with its references.
struct SegmentMatch {
    RolloutPartId id;
    bool value = false;
    int segmentOperator = OrOperator;
    std::vector<SegmentKey> segments; ///< insertion order; may be empty
    friend bool operator==(const SegmentMatch &, const SegmentMatch &) = default;
};

struct Rollout {
    RolloutId id;
    int type = ThresholdRollout; ///< evaluation looks at the parts, not at this
    QString description;
    qint64 rank = 1;
    std::optional<Threshold> threshold;
    std::vector<SegmentMatch> segmentMatches; ///< one in every database that Flipt wrote
    Times times;
    friend bool operator==(const Rollout &, const Rollout &) = default;
};

struct Flag {
    FlagKey key;
    QString name;
    QString description;
    bool enabled = false; ///< of a boolean flag: the value when no rollout decides
    int type = VariantFlag;
    std::optional<VariantId> defaultVariant;
    std::optional<QString> metadata; ///< JSON text as stored; NULL is nullopt
    std::vector<Variant> variants;   ///< by created_at, then key
    std::vector<Rule> rules;         ///< by rank, then row
    std::vector<Rollout> rollouts;   ///< by rank, then row
    Times times;
    friend bool operator==(const Flag &, const Flag &) = default;
};

} // namespace edgewise::flags
