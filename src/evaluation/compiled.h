// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/chunkedlist.h>
#include <evaluation/constraint.h>
#include <evaluation/keytable.h>
#include <flags/snapshot.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// The parts of a Program. Sources are kept beside them, for explanations and for reuse.
namespace edgewise::evaluation {

struct CompiledSegment {
    std::shared_ptr<const flags::Segment> source;
    std::string key;
    int matchType = flags::AllMatch;
    bool hasUnknownType = false;                 ///< evaluating it fails the request
    std::vector<CompiledConstraint> constraints; ///< in the order of source->constraints
};

struct CompiledVariant {
    std::string key;
    std::string attachment; ///< compacted; empty when NULL
    bool readable = true;   ///< false when the attachment is no JSON: reading it fails the request
};

/// References to segments are slots (see CompiledNamespace), ascending by the segments' keys.
using Slots = std::vector<std::uint32_t>;

struct CompiledRule {
    const flags::Rule *source = nullptr;
    qint64 rank = 0;
    int segmentOperator = flags::OrOperator;
    Slots segments;
    bool readable = true;           ///< false when reading its distributions fails the request
    std::vector<std::int64_t> ends; ///< of the buckets of each kept distribution
    std::vector<std::shared_ptr<const CompiledVariant>> variants; ///< of each kept distribution
    std::vector<int> distributions; ///< index of each kept one in source->distributions
};

struct CompiledRollout {
    enum class Kind { Skipped, Threshold, Segments };

    const flags::Rollout *source = nullptr;
    Kind kind = Kind::Skipped;
    qint64 rank = 0;
    bool value = false;
    float percentage = 0;
    int segmentOperator = flags::OrOperator;
    Slots segments;
};

struct CompiledFlag {
    std::shared_ptr<const flags::Flag> source;
    std::string key;
    std::uint32_t checksum = 0;       ///< CRC-32 of the key: the state before the entity is added
    const char *unreadable = nullptr; ///< why reading the flag fails (500), or null
    bool ranksReadable = true;        ///< false when a rank is no 32-bit number
    bool usesOthers = false;          ///< names variants that are not its own
    std::shared_ptr<const CompiledVariant> defaultVariant; ///< null when it has none of its own
    std::vector<CompiledRule> rules;                       ///< by rank, then id
    std::vector<CompiledRollout> rollouts;                 ///< by rank, then row
};

struct CompiledNamespace {
    std::shared_ptr<const flags::Namespace> source;
    std::string key;
    std::shared_ptr<const KeyTable> flagTable;              ///< positions in flags
    ChunkedList<std::shared_ptr<const CompiledFlag>> flags; ///< in the order of source->flags
    /// Number of each segment's key. Grows from program to program, so that flags compiled with an
    /// older one stay right when segments come and go.
    std::shared_ptr<const std::unordered_map<std::string, std::uint32_t>> segmentSlots;
    std::vector<std::shared_ptr<const CompiledSegment>>
        segments;            ///< by slot; null: no such segment
    Slots sourceSlots;       ///< of source->segments
    bool usesOthers = false; ///< a flag of it names variants that are not its own

    /// Null when there is none.
    const CompiledFlag *flag(std::string_view flagKey) const
    {
        const int position =
            flagTable->find(flagKey, [&](size_t i) -> std::string_view { return flags[i]->key; });
        return position < 0 ? nullptr : flags[size_t(position)].get();
    }
};

} // namespace edgewise::evaluation
