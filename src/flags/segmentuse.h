// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <flags/snapshot.h>

#include <QHash>

/// Which flags look at which segments.
namespace edgewise::flags {

/// A rule or a rollout that names a segment.
struct SegmentUse {
    FlagKey flag;
    bool isRollout = false;
    int number = 0;      ///< among the flag's rules or rollouts, from 1
    bool isOnly = false; ///< it names no other segment

    friend bool operator==(const SegmentUse &, const SegmentUse &) = default;
};

/// In the order of the namespace's flags, rules before rollouts.
std::vector<SegmentUse> usesOf(const Namespace &nameSpace, const SegmentKey &segment);

/// How many flags use each segment, by key; those that none uses are not in it.
QHash<QString, int> segmentUseCounts(const Namespace &nameSpace);

/// Removes the segment that is in use: it is taken out of rules and rollouts that name others too,
/// and those that name it alone go with it, with the ranks of their flags counted anew.
Result<Snapshot> removeSegmentAndUses(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                                      const SegmentKey &segment);

} // namespace edgewise::flags
