// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/compiled.h>

#include <QHash>

namespace edgewise::evaluation {

/// Gives keys of segments their numbers; takes over a table and copies it when a key is new.
class SlotTable {
public:
    using Map = std::unordered_map<std::string, std::uint32_t>;

    explicit SlotTable(std::shared_ptr<const Map> previous) : m_shared(std::move(previous)) {}

    std::uint32_t slot(const std::string &key);
    std::shared_ptr<const Map> share();

private:
    std::shared_ptr<const Map> m_shared; ///< null once there is an own one
    std::shared_ptr<Map> m_own;
};

/// Variants of a whole snapshot by id; looked through only when a distribution names one that is
/// not its flag's own.
class VariantFinder {
public:
    explicit VariantFinder(const flags::Snapshot &snapshot) : m_snapshot(snapshot) {}
    const flags::Variant *find(const VariantId &id);

private:
    const flags::Snapshot &m_snapshot;
    QHash<QString, const flags::Variant *> m_variants;
    bool m_filled = false;
};

class FlagCompiler {
public:
    FlagCompiler(SlotTable &segmentSlots, VariantFinder &variants)
        : m_slots(segmentSlots), m_variants(variants)
    {
    }
    std::shared_ptr<const CompiledFlag> compile(const std::shared_ptr<const flags::Flag> &source);

private:
    CompiledRule compileRule(const flags::Rule &rule, CompiledFlag &flag);
    CompiledRollout compileRollout(const flags::Rollout &rollout);
    Slots slotsOf(const std::vector<SegmentKey> &keys);

    SlotTable &m_slots;
    VariantFinder &m_variants;
    /// Of the flag at hand, in its variants' order.
    std::vector<std::shared_ptr<const CompiledVariant>> m_own;
};

} // namespace edgewise::evaluation
