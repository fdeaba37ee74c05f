// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/compiledflag.h"

#include "evaluation/jsonreader.h"
#include "evaluation/text.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <tuple>

namespace edgewise::evaluation {

namespace {

/// A stored percentage as Flipt reads it into a float32: from its shortest text (Go: database/sql,
/// convertAssign), which a plain conversion differs from where the double lies halfway between two
/// floats. Nothing past the range.
std::optional<float> toFloat(double stored)
{
    const auto converted = float(stored);
    if (double(converted) == stored)
        return converted;
    std::array<char, 32> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), stored);
    float value = 0;
    const auto read = std::from_chars(text.data(), end.ptr, value);
    if (read.ec == std::errc())
        return value;
    return std::abs(stored) < 1 ? std::optional(converted) : std::nullopt; // too small is 0
}

/// The part of a rollout that gives its value and operator. Flipt writes one a rollout; of several
/// it takes the first row of a join, which SQLite sorts by segment, value and operator (Flipt:
/// internal/storage/sql/common/evaluation.go, GetEvaluationRollouts). Null when none names a
/// segment.
const flags::SegmentMatch *decidingPart(const flags::Rollout &rollout)
{
    const flags::SegmentMatch *deciding = nullptr;
    auto least = std::tuple<std::string, bool, int>();
    for (const flags::SegmentMatch &part : rollout.segmentMatches) {
        for (const SegmentKey &key : part.segments) {
            auto place = std::tuple(utf8(key.text()), part.value, part.segmentOperator);
            if (!deciding || place < least) {
                deciding = &part;
                least = std::move(place);
            }
        }
    }
    return deciding;
}

/// Buckets of a distribution: one float32 multiplication, cut towards zero (Flipt:
/// evaluation.go:variant). What no 64-bit number holds becomes the lowest, as on amd64.
std::int64_t width(float rollout)
{
    const float buckets = rollout * 10.0F;
    constexpr float limit = 0x1p63F;
    return buckets < limit ? std::int64_t(buckets) : std::numeric_limits<std::int64_t>::min();
}

std::int64_t wrappingSum(std::int64_t a, std::int64_t b)
{
    return std::int64_t(std::uint64_t(a) + std::uint64_t(b));
}

bool is32Bit(qint64 number)
{
    return number >= std::numeric_limits<qint32>::min()
           && number <= std::numeric_limits<qint32>::max();
}

std::shared_ptr<const CompiledVariant> compileVariant(const flags::Variant &variant)
{
    auto compiled = std::make_shared<CompiledVariant>();
    compiled->key = utf8(variant.key);
    if (variant.attachment) {
        const std::string text = utf8(*variant.attachment);
        compiled->readable = isJson(text);
        if (compiled->readable)
            compiled->attachment = compacted(text);
    }
    return compiled;
}

} // namespace

std::uint32_t SlotTable::slot(const std::string &key)
{
    const Map *map = m_own ? m_own.get() : m_shared.get();
    if (map) {
        if (const auto found = map->find(key); found != map->end())
            return found->second;
    }
    if (!m_own)
        m_own = m_shared ? std::make_shared<Map>(*m_shared) : std::make_shared<Map>();
    return m_own->emplace(key, std::uint32_t(m_own->size())).first->second;
}

std::shared_ptr<const SlotTable::Map> SlotTable::share()
{
    if (!m_own && !m_shared)
        return std::make_shared<const Map>();
    return m_own ? m_own : m_shared;
}

const flags::Variant *VariantFinder::find(const VariantId &id)
{
    if (!m_filled) {
        for (const auto &nameSpace : m_snapshot.namespaces) {
            for (const auto &flag : nameSpace->flags) {
                for (const flags::Variant &variant : flag->variants)
                    m_variants.insert(variant.id.text(), &variant);
            }
        }
        m_filled = true;
    }
    return m_variants.value(id.text());
}

Slots FlagCompiler::slotsOf(const std::vector<SegmentKey> &keys)
{
    std::vector<std::string> texts;
    texts.reserve(keys.size());
    for (const SegmentKey &key : keys)
        texts.push_back(utf8(key.text()));
    std::ranges::sort(texts);
    const auto repeated = std::ranges::unique(texts);
    texts.erase(repeated.begin(), repeated.end());
    Slots segmentSlots;
    segmentSlots.reserve(texts.size());
    for (const std::string &text : texts)
        segmentSlots.push_back(m_slots.slot(text));
    return segmentSlots;
}

CompiledRule FlagCompiler::compileRule(const flags::Rule &rule, CompiledFlag &flag)
{
    CompiledRule compiled;
    compiled.source = &rule;
    compiled.rank = rule.rank;
    compiled.segmentOperator = rule.segmentOperator;
    compiled.segments = slotsOf(rule.segments);
    std::int64_t end = 0;
    for (size_t i = 0; i < rule.distributions.size(); ++i) {
        const flags::Distribution &distribution = rule.distributions[i];
        const auto own =
            std::ranges::find(flag.source->variants, distribution.variant, &flags::Variant::id);
        std::shared_ptr<const CompiledVariant> variant;
        if (own != flag.source->variants.end()) {
            variant = m_own[size_t(own - flag.source->variants.begin())];
        } else {
            flag.usesOthers = true;
            const flags::Variant *other = m_variants.find(distribution.variant);
            if (!other)
                continue;
            variant = compileVariant(*other);
        }
        const auto rollout = toFloat(distribution.rollout);
        if (!rollout || !variant->readable)
            compiled.readable = false;
        if (!rollout || !(*rollout > 0))
            continue;
        end = wrappingSum(end, width(*rollout));
        compiled.ends.push_back(end);
        compiled.variants.push_back(std::move(variant));
        compiled.distributions.push_back(int(i));
    }
    return compiled;
}

CompiledRollout FlagCompiler::compileRollout(const flags::Rollout &rollout)
{
    CompiledRollout compiled;
    compiled.source = &rollout;
    compiled.rank = rollout.rank;
    if (rollout.threshold) {
        // Whatever the type says: Flipt looks at the parts (internal/storage/sql/common).
        compiled.kind = CompiledRollout::Kind::Threshold;
        compiled.value = rollout.threshold->value;
        const double percentage = rollout.threshold->percentage;
        compiled.percentage = toFloat(percentage)
                                  .value_or(std::copysign(std::numeric_limits<float>::infinity(),
                                                          float(percentage > 0 ? 1 : -1)));
        return compiled;
    }
    if (const flags::SegmentMatch *part = decidingPart(rollout)) {
        compiled.kind = CompiledRollout::Kind::Segments;
        compiled.value = part->value;
        compiled.segmentOperator = part->segmentOperator;
    }
    std::vector<SegmentKey> keys;
    for (const flags::SegmentMatch &part : rollout.segmentMatches)
        keys.insert(keys.end(), part.segments.begin(), part.segments.end());
    compiled.segments = slotsOf(keys);
    return compiled;
}

std::shared_ptr<const CompiledFlag>
FlagCompiler::compile(const std::shared_ptr<const flags::Flag> &source)
{
    auto flag = std::make_shared<CompiledFlag>();
    flag->source = source;
    flag->key = utf8(source->key.text());
    flag->checksum = libdeflate_crc32(0, flag->key.data(), flag->key.size());

    m_own.clear();
    for (const flags::Variant &variant : source->variants) {
        m_own.push_back(compileVariant(variant));
        if (!m_own.back()->readable)
            flag->unreadable = "a variant's attachment is no JSON";
        if (source->defaultVariant == variant.id)
            flag->defaultVariant = m_own.back();
    }
    if (source->metadata && !isMetadata(utf8(*source->metadata)))
        flag->unreadable = "the metadata is no JSON object";

    for (const flags::Rule &rule : source->rules)
        flag->rules.push_back(compileRule(rule, *flag));
    // Ties go by id in evaluation, not by row (Flipt: internal/storage/sql/common/evaluation.go).
    std::ranges::stable_sort(flag->rules, [](const CompiledRule &a, const CompiledRule &b) {
        return a.rank != b.rank ? a.rank < b.rank
                                : utf8(a.source->id.text()) < utf8(b.source->id.text());
    });
    for (const flags::Rollout &rollout : source->rollouts)
        flag->rollouts.push_back(compileRollout(rollout));
    std::ranges::stable_sort(flag->rollouts, {}, &CompiledRollout::rank);
    const bool isBoolean = source->type == flags::BooleanFlag;
    flag->ranksReadable = isBoolean
                              ? std::ranges::all_of(flag->rollouts, is32Bit, &CompiledRollout::rank)
                              : std::ranges::all_of(flag->rules, is32Bit, &CompiledRule::rank);
    return flag;
}

} // namespace edgewise::evaluation
