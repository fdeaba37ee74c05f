// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QStringList>

#include <compare>
#include <vector>

/// Judges values by Flipt's own rules (Flipt: rpc/flipt/validation.go and internal/storage/sql) and
/// by what a person would hardly want. Sentences are made from Problems in src/messages.
namespace edgewise::flags {

/// What a problem is about, shaped like changes::Address.
struct Location {
    enum class Part {
        Namespace,
        Segment,
        Constraint,
        Flag,
        Variant,
        Rule,
        Distribution,
        Rollout,
    };
    enum class Attribute {
        Object, ///< the thing as a whole
        Key,
        Name,
        Type,
        MatchType,
        Property,
        Operator,
        Value,
        Attachment,
        Metadata,
        DefaultVariant,
        Rank,
        SegmentOperator,
        Segments,
        Variant,
        Percentage,
        Created,
        StateModified,
    };

    Part part = Part::Namespace;
    NamespaceKey nameSpace;
    QString owner;  ///< key of the flag or segment that it is or belongs to
    QString parent; ///< id of a distribution's rule
    QString id;     ///< row id; empty for namespaces, flags, segments and what was never saved
    int index = -1; ///< among the siblings, from 0; of a distribution: in its rule
    Attribute attribute = Attribute::Object;

    friend std::strong_ordering operator<=>(const Location &, const Location &) = default;
    friend bool operator==(const Location &, const Location &) = default;
};

struct Problem {
    enum class Severity {
        Error,   ///< Flipt refuses it, or it breaks Flipt: a person's new edit must not be saved
        Warning, ///< Flipt accepts it, yet hardly anybody wants it
    };
    /// In brackets: the arguments, in order.
    enum class Code {
        // Errors of keys, names and texts
        KeyEmpty,
        KeyInvalid, ///< [key]: letters, digits, - _ , alone; variants may have any
        NameEmpty,
        DuplicateKey,      ///< [key]
        AttachmentNotJson, ///< [variant key]
        AttachmentTooLong, ///< [variant key, bytes]: over 1,024,000
        MetadataNotObject, ///< breaks every list of the namespace
        MetadataEmptyText, ///< '' where NULL must stand: breaks every list of the namespace
        // Errors of constraints
        ConstraintTypeUnknown, ///< [number]: fails every evaluation that reaches it
        PropertyEmpty,
        PropertyNotEntityId, ///< [property]
        OperatorEmpty,
        OperatorInvalid, ///< [operator, type name]
        ValueEmpty,      ///< [operator]
        ListInvalid,     ///< [value, type name]
        ListTooLong,     ///< [count, type name]: over 100
        DateTimeInvalid, ///< [value]
        // Errors of flags
        DefaultVariantUnknown, ///< [variant id]: not one of the flag's own
        SegmentsEmpty,         ///< a rule that does not exist for evaluation and breaks export
        SegmentUnknown,        ///< [segment key]
        SegmentRepeated,       ///< [segment key]: the tables refuse the second
        RankNotPositive,       ///< [rank] of a rule: Flipt refuses 0
        RankNegative,          ///< [rank]: every evaluation of the flag fails
        RankTooLarge,          ///< [rank]: over 2147483647, breaks lists and evaluation
        RankTaken,             ///< [rank] of a rollout
        VariantUnknown,        ///< [variant id]: no variant of the namespace
        PercentageNegative,    ///< [percentage] of a distribution
        PercentageTooLarge,    ///< [percentage] of a distribution
        PercentageOutOfRange,  ///< [percentage] of a threshold
        RolloutWithoutRule,    ///< neither threshold nor segment: ends the namespace's snapshot
        RolloutTypeMismatch,   ///< [type]: its parts are of another type: ends the snapshot
        // Warnings of values that Flipt accepts
        FlagTypeUnknown,        ///< [number]
        MatchTypeUnknown,       ///< [number]: never matches
        SegmentOperatorUnknown, ///< [number]: passes always
        RulesOnBoolean,         ///< [count]: ignored
        RolloutsOnVariant,      ///< [count]: ignored
        RankTied,               ///< [rank] of a rule
        RolloutBothKinds,       ///< the threshold is taken
        RolloutManySegmentRows, ///< [count]
        VariantOfOtherFlag,     ///< [variant key, flag key]
        VariantRepeated,        ///< [variant key] twice in one rule
        SumUnder100,            ///< [sum]
        SumOver100,             ///< [sum]
        PercentageLost,         ///< [percentage]: too small for one of the 1000 buckets
        BucketOrderTied,        ///< [created]: the order of the buckets hangs on row numbers
        RuleUnreachable,        ///< [number of the rule that matches everyone, from 1]
        RolloutUnreachable,     ///< [number of the rollout that decides before, from 1]
        ThresholdStacked,       ///< [percentage, percentage already decided by an earlier one]
        ThresholdFractional,    ///< [percentage, effective whole percentage]
        ThresholdNever,         ///< a threshold of 0
        SegmentUnused,
        SegmentMatchesEveryone, ///< no constraints
        ConstraintRepeated,     ///< [number of the equal one, from 1]
        ConstraintNeverMatches, ///< [operator, value]
        ValueIgnored,           ///< [operator, value]: the operator takes none
        TimeUnreadable,         ///< [time]: Flipt does not take it for a time over libSQL
        TimeUnsortable,         ///< [time]: a time, but its text sorts wrongly
        StampMissing,           ///< no state_modified_at: clients never get "not modified"
        StampUnreadable,        ///< [time]: the same effect
        // What only the whole database tells: validate() finds orphans, src/doctor the rest
        StampStale,  ///< [stamp, a later time in the namespace]: a writer forgot the stamp
        OrphanRow,   ///< [table, what is not there]: its owner is missing
        StorageType, ///< [table.column, row number, what is held]: Flipt cannot read the row
        LinkOutside, ///< [table, row number, namespace]: names a segment of another namespace
    };

    Severity severity = Severity::Error;
    Code code = Code::KeyEmpty;
    Location location;
    QStringList arguments;

    friend bool operator==(const Problem &, const Problem &) = default;
};

/// All problems, namespace by namespace, in reading order.
std::vector<Problem> validate(const Snapshot &snapshot);
std::vector<Problem> validate(const Namespace &nameSpace);
/// As a part of `nameSpace`, whose segments and other flags it refers to; it need not be in it.
std::vector<Problem> validate(const Flag &flag, const Namespace &nameSpace);
/// Without SegmentUnused, which only the whole namespace tells.
std::vector<Problem> validate(const Segment &segment, const NamespaceKey &nameSpace);

/// Those of severity Error in `after` that `before` does not have: what a person's edit brought in,
/// and so what must be refused. Existing faults are shown and copied, never refused.
std::vector<Problem> newErrors(const Snapshot &before, const Snapshot &after);

} // namespace edgewise::flags
