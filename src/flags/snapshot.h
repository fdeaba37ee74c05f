// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/values.h>

#include <variant>

namespace edgewise::flags {

/// A namespace shares its flags and segments with every other snapshot that holds the same ones:
/// equal pointers are equal values, and comparison stops there.
struct Namespace {
    NamespaceKey key;
    QString name;
    QString description;
    bool isProtected = false;
    std::optional<QString>
        stateModified; ///< state_modified_at as stored; NULL until Flipt's first write
    std::vector<std::shared_ptr<const Flag>> flags;       ///< by created_at, then key; never null
    std::vector<std::shared_ptr<const Segment>> segments; ///< by created_at, then key; never null
    Times times;

    /// The first flag or segment of that key, or null. Linear; an index is the caller's.
    std::shared_ptr<const Flag> flag(const FlagKey &key) const;
    std::shared_ptr<const Segment> segment(const SegmentKey &key) const;

    friend bool operator==(const Namespace &a, const Namespace &b);
};

/// A row whose owner is not there, so that nothing leads to it. Foreign keys prevent that, but
/// every connection to a SQLite file starts without them. It has no children: what belongs to an
/// orphan is an orphan of its own.
struct Orphan {
    /// In the order of kinds, parents before children.
    using Object = std::variant<Segment, Constraint, Flag, Variant, Rule, Distribution, Rollout,
                                Threshold, SegmentMatch>;

    NamespaceKey nameSpace; ///< that the row names; empty where its table has no such column
    QString owner;          ///< key of the flag or segment that the row names
    QString parent;         ///< id of the rule or rollout that the row names
    Object object;
    /// False where the row of the rule or segment match is missing itself, and only rows of its
    /// list of segments are left.
    bool hasRow = true;

    /// Row id of the object; the key of a flag or segment.
    const QString &identity() const;
    friend bool operator==(const Orphan &, const Orphan &) = default;
};

/// By kind, then by what they name, then by identity: the order in which a snapshot lists them.
void sortOrphans(std::vector<Orphan> &orphans);

/// All namespaces of one database at one moment: the value of which everything else is a function.
struct Snapshot {
    std::vector<std::shared_ptr<const Namespace>>
        namespaces; ///< by created_at, then key; never null
    /// In the order of sortOrphans; none in a sound database.
    std::vector<Orphan> orphans = {};

    std::shared_ptr<const Namespace> nameSpace(const NamespaceKey &key) const;

    friend bool operator==(const Snapshot &a, const Snapshot &b);
};

/// An equal snapshot that shares with `model` all objects that are equal to one of the same key
/// there, so that two nodes with the same content cost the memory of one.
Snapshot sharing(const Snapshot &snapshot, const Snapshot &model);

} // namespace edgewise::flags
