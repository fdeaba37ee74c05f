// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/key.h>
#include <base/result.h>
#include <flags/snapshot.h>

#include <QStringList>

#include <compare>
#include <map>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

/// The difference of two snapshots as a value: reviewed, saved, undone, rebased, printed and stored
/// alike.
namespace edgewise::changes {

enum class ObjectKind {
    Namespace,
    Segment,
    Constraint,
    Flag,
    Variant,
    Rule,
    Distribution,
    Rollout,
    Threshold,
    SegmentMatch,
};

/// Which object of a snapshot. Namespaces, flags and segments are known by key, the rest by row id.
struct Address {
    ObjectKind kind = ObjectKind::Namespace;
    NamespaceKey nameSpace;
    QString owner;  ///< key of the flag or segment that it is or belongs to; empty for a namespace
    QString parent; ///< id of the rule of a distribution, of the rollout of a threshold or segment
                    ///< match
    QString id;     ///< row id; empty for namespaces, flags and segments
    /// One of Snapshot::orphans: what it names as its owner is not there.
    bool orphan = false;

    friend std::strong_ordering operator<=>(const Address &, const Address &) = default;
    friend bool operator==(const Address &, const Address &) = default;
};

/// The fields of all kinds of objects; which kind has which, with its column and type: fields.h.
enum class Field {
    Key, // of a variant; elsewhere the key is the address
    Name,
    Description,
    Protected,
    StateModified,
    MatchType,
    Type,
    Property,
    Operator,
    Value, // a constraint's text, a rollout part's answer
    Enabled,
    DefaultVariant,
    Metadata,
    Attachment,
    Rank,
    SegmentOperator,
    Segments,
    Variant,
    Percentage, // a distribution's rollout, a threshold's percentage
    Created,
    Updated,
};

/// A field's content. monostate is SQL's NULL.
using Value = std::variant<std::monostate, bool, qint64, double, QString, QStringList>;

/// One object that came, went or changed. Children are changes of their own: a removed flag is
/// listed with everything that goes with it, so that the inverse brings all of it back.
struct Change {
    enum class Kind { Add, Remove, Modify };
    struct Pair {
        Value before; ///< monostate for Add
        Value after;  ///< monostate for Remove
        friend bool operator==(const Pair &, const Pair &) = default;
    };

    Kind kind = Kind::Modify;
    Address address;
    /// Add and Remove: all fields of the kind. Modify: those that differ, at least one unless it
    /// moved.
    std::map<Field, Pair> fields;
    /// Index among the siblings in the snapshot before and after; set for Remove and Add
    /// respectively, both for a Modify that changed its place among the siblings that stay.
    std::optional<int> positionBefore;
    std::optional<int> positionAfter;

    friend bool operator==(const Change &, const Change &) = default;
};

/// In the canonical order: removals with children before parents, then modifications, then
/// additions with parents before children; within these by address.
struct ChangeSet {
    std::vector<Change> changes;

    bool isEmpty() const { return changes.empty(); }
    friend bool operator==(const ChangeSet &, const ChangeSet &) = default;
};

/// Everything that differs, times and ids included; minimal and stable. Stops at equal pointers.
ChangeSet diff(const flags::Snapshot &before, const flags::Snapshot &after);

/// `snapshot` with the changes made; shares everything that they do not touch.
/// Conflict, naming the object and field, when a `before` is not what the snapshot holds.
/// Law: apply(a, diff(a, b)) == b.
Result<flags::Snapshot> apply(const flags::Snapshot &snapshot, const ChangeSet &changes);

/// The changes that undo these. Law: invert(diff(a, b)) == diff(b, a).
ChangeSet invert(const ChangeSet &changes);

/// Without what Flipt neither answers nor shows as content: updated_at, state_modified_at,
/// created_at, orphans, and changes that have nothing else. Positions stay only where they lay out
/// buckets (distributions) or decide precedence (rules, rollouts).
ChangeSet semantic(const ChangeSet &changes);

/// What a person is shown of changes before they are saved and afterwards: semantic(), and the
/// orphans that come or go. Flipt never sees those, but a save writes them.
ChangeSet visible(const ChangeSet &changes);

} // namespace edgewise::changes
