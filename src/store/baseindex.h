// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/guards.h>

#include <QHash>

namespace edgewise::store {

/// Finds objects of the snapshot that changes were made on by their address, and says what their
/// rows and their siblings' rows must hold for the changes to be true still.
class BaseIndex {
public:
    /// `base` must outlive the index.
    explicit BaseIndex(const flags::Snapshot &base);

    /// All fields of the object; empty when there is no such object.
    FieldValues values(const changes::Address &address) const;
    bool contains(const changes::Address &address) const { return !values(address).empty(); }

    /// The condition that what an orphan names as its owner is still not there; the owner may be an
    /// orphan itself.
    Condition isOrphaned(const changes::Address &orphan) const;

    /// The condition that the list which the object stands in, or would stand in, holds the
    /// snapshot's objects and no others, with what their order or sum depends on. Empty for
    /// namespaces, flags and segments, which do not depend on each other.
    Condition siblings(const changes::Address &address) const;

private:
    const flags::Flag *flag(const changes::Address &address) const;
    const flags::Segment *segment(const changes::Address &address) const;
    const flags::Rule *rule(const changes::Address &address) const;
    const flags::Rollout *rollout(const changes::Address &address) const;

    using OwnerKey = std::pair<QString, QString>;
    QHash<QString, const flags::Namespace *> m_namespaces;
    QHash<OwnerKey, const flags::Flag *> m_flags;
    QHash<OwnerKey, const flags::Segment *> m_segments;
    std::map<changes::Address, FieldValues> m_orphans;
};

} // namespace edgewise::store
