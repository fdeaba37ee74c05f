// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/values.h>

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

/// All namespaces of one database at one moment: the value of which everything else is a function.
struct Snapshot {
    std::vector<std::shared_ptr<const Namespace>>
        namespaces; ///< by created_at, then key; never null

    std::shared_ptr<const Namespace> nameSpace(const NamespaceKey &key) const;

    friend bool operator==(const Snapshot &a, const Snapshot &b);
};

/// An equal snapshot that shares with `model` all objects that are equal to one of the same key
/// there, so that two nodes with the same content cost the memory of one.
Snapshot sharing(const Snapshot &snapshot, const Snapshot &model);

} // namespace edgewise::flags
