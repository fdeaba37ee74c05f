// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <flags/snapshot.h>

/// Flags copied or moved with the segments that they need. Everything copied gets ids and times of
/// its own, in the same order, so that the buckets of a flag that keeps its key stay: Flipt hashes
/// the flag's key and the entity, and no namespace (Flipt: legacy_evaluator.go).
namespace edgewise::flags {

struct Transfer {
    NamespaceKey from;
    NamespaceKey to; ///< may be the same when there is a newKey
    std::vector<FlagKey> flags;
    FlagKey newKey;             ///< of a single flag; empty keeps the key
    bool isMove = false;        ///< the originals go; their segments stay
    bool replaces = false;      ///< flags that the target has already; else they are refused
    bool takesSegments = false; ///< also those that the target has already with other content
};

/// What a transfer would meet.
struct TransferPlan {
    std::vector<FlagKey> existing;           ///< keys that the target has already
    std::vector<SegmentKey> newSegments;     ///< that would be copied
    std::vector<SegmentKey> otherSegments;   ///< there already with other constraints or match type
    std::vector<SegmentKey> missingSegments; ///< named by a flag, and not even in the source
};

TransferPlan planTransfer(const Snapshot &snapshot, const Transfer &transfer);

/// NotFound and Input, with nothing changed, where it cannot be done.
Result<Snapshot> transferFlags(const Snapshot &snapshot, const Transfer &transfer);

/// A copy with ids and times of its own, in the same order.
Flag copyOf(const Flag &flag, const FlagKey &key);
Segment copyOf(const Segment &segment, const SegmentKey &key);

} // namespace edgewise::flags
