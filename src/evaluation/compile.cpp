// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/compiledflag.h"
#include "evaluation/program.h"

#include "evaluation/compiled.h"
#include "evaluation/text.h"

#include <algorithm>

namespace edgewise::evaluation {

namespace {

std::shared_ptr<const CompiledSegment>
compileSegment(const std::shared_ptr<const flags::Segment> &source)
{
    auto segment = std::make_shared<CompiledSegment>();
    segment->source = source;
    segment->key = utf8(source->key.text());
    segment->matchType = source->matchType;
    segment->hasUnknownType = !std::ranges::all_of(source->constraints, hasKnownType);
    segment->constraints.reserve(source->constraints.size());
    for (const flags::Constraint &constraint : source->constraints)
        segment->constraints.push_back(compileConstraint(constraint));
    return segment;
}

/// Segments by slot: those that are the same objects as before are taken over.
void compileSegments(CompiledNamespace &result, const CompiledNamespace *previous,
                     SlotTable &segmentSlots)
{
    const auto &sources = result.source->segments;
    if (previous)
        result.segments.resize(previous->segments.size());
    result.sourceSlots.reserve(sources.size());
    for (size_t i = 0; i < sources.size(); ++i) {
        const bool sameAsBefore = previous && i < previous->sourceSlots.size()
                                  && previous->source->segments[i] == sources[i];
        const std::uint32_t slot = sameAsBefore ? previous->sourceSlots[i]
                                                : segmentSlots.slot(utf8(sources[i]->key.text()));
        result.sourceSlots.push_back(slot);
        if (slot >= result.segments.size())
            result.segments.resize(slot + 1);
        const auto before =
            previous && slot < previous->segments.size() ? previous->segments[slot] : nullptr;
        result.segments[slot] =
            before && before->source == sources[i] ? before : compileSegment(sources[i]);
    }
}

bool isReusable(const CompiledNamespace &previous, size_t position)
{
    return !previous.usesOthers || !previous.flags[position]->usesOthers;
}

/// The same flags as before, some of them edited: all else is left where it stands, so that an edit
/// costs no look at the others but that they are the same objects.
void compileEditedFlags(CompiledNamespace &result, const CompiledNamespace &previous,
                        FlagCompiler &compiler)
{
    const auto &sources = result.source->flags;
    result.flags = previous.flags;
    result.flagTable = previous.flagTable;
    for (size_t i = 0; i < sources.size(); ++i) {
        if (previous.source->flags[i] == sources[i] && isReusable(previous, i))
            continue;
        auto compiled = compiler.compile(sources[i]);
        result.usesOthers = result.usesOthers || compiled->usesOthers;
        result.flags.replace(i, std::move(compiled));
    }
}

/// Flags in order; walks along the previous ones, so that an insertion or removal leaves all others
/// taken over without a look-up.
void compileFlags(CompiledNamespace &result, const CompiledNamespace *previous,
                  FlagCompiler &compiler)
{
    const auto &sources = result.source->flags;
    const auto sameKey = [](const auto &a, const auto &b) { return a == b || a->key == b->key; };
    if (previous && std::ranges::equal(sources, previous->source->flags, sameKey))
        return compileEditedFlags(result, *previous, compiler);
    const auto isBefore = [&](size_t position, const std::shared_ptr<const flags::Flag> &source) {
        return previous && position < previous->flags.size()
               && previous->source->flags[position] == source;
    };
    size_t old = 0;
    for (size_t i = 0; i < sources.size(); ++i) {
        const auto &source = sources[i];
        if (!isBefore(old, source) && isBefore(old + 1, source))
            ++old;
        if (isBefore(old, source) && isReusable(*previous, old)) {
            result.flags.append(previous->flags[old++]);
            continue;
        }
        result.flags.append(compiler.compile(source));
        result.usesOthers = result.usesOthers || result.flags.back()->usesOthers;
        const bool inserted = i + 1 < sources.size() && isBefore(old, sources[i + 1]);
        if (!inserted)
            ++old;
    }
    result.flagTable = std::make_shared<const KeyTable>(
        result.flags.size(), [&](size_t i) -> std::string_view { return result.flags[i]->key; });
}

std::shared_ptr<const CompiledNamespace>
compileNamespace(const std::shared_ptr<const flags::Namespace> &source,
                 const CompiledNamespace *previous, VariantFinder &variants)
{
    auto result = std::make_shared<CompiledNamespace>();
    result->source = source;
    result->key = utf8(source->key.text());
    SlotTable segmentSlots(previous ? previous->segmentSlots : nullptr);
    compileSegments(*result, previous, segmentSlots);
    FlagCompiler compiler(segmentSlots, variants);
    compileFlags(*result, previous, compiler);
    result->segmentSlots = segmentSlots.share();
    result->segments.resize(result->segmentSlots->size());
    return result;
}

/// Slots of keys that are long gone are dropped, with everything else, once they outnumber the
/// others.
bool isWornOut(const CompiledNamespace &nameSpace)
{
    const auto gone = std::ranges::count(nameSpace.segments, nullptr);
    return gone > 1000 && size_t(gone) * 2 > nameSpace.segments.size();
}

} // namespace

Program::Program(std::vector<std::shared_ptr<const CompiledNamespace>> namespaces)
    : m_namespaces(std::move(namespaces)),
      m_table(m_namespaces.size(),
              [&](size_t i) -> std::string_view { return m_namespaces[i]->key; })
{
}

const CompiledNamespace *Program::nameSpace(std::string_view key) const
{
    const int position =
        m_table.find(key.empty() ? "default" : key,
                     [&](size_t i) -> std::string_view { return m_namespaces[i]->key; });
    return position < 0 ? nullptr : m_namespaces[size_t(position)].get();
}

std::shared_ptr<const Program> compile(const flags::Snapshot &snapshot,
                                       const std::shared_ptr<const Program> &previous)
{
    VariantFinder variants(snapshot);
    std::vector<std::shared_ptr<const CompiledNamespace>> namespaces;
    bool changed = !previous || previous->namespaces().size() != snapshot.namespaces.size();
    std::vector<std::shared_ptr<const CompiledNamespace>> before;
    for (size_t i = 0; i < snapshot.namespaces.size(); ++i) {
        std::shared_ptr<const CompiledNamespace> old;
        if (previous) {
            const auto &olds = previous->namespaces();
            const auto isOld = [&](const auto &candidate) {
                return candidate->source->key == snapshot.namespaces[i]->key;
            };
            // At its old place as a rule.
            if (i < olds.size() && isOld(olds[i]))
                old = olds[i];
            else if (const auto found = std::ranges::find_if(olds, isOld); found != olds.end())
                old = *found;
        }
        changed = changed || !old || old->source != snapshot.namespaces[i];
        before.push_back(std::move(old));
    }
    if (!changed)
        return previous;
    for (size_t i = 0; i < snapshot.namespaces.size(); ++i) {
        const auto &source = snapshot.namespaces[i];
        const auto &old = before[i];
        if (old && old->source == source && !old->usesOthers)
            namespaces.push_back(old);
        else
            namespaces.push_back(
                compileNamespace(source, old && !isWornOut(*old) ? old.get() : nullptr, variants));
    }
    return std::make_shared<const Program>(std::move(namespaces));
}

std::vector<QString> flagKeys(const Program &program, std::string_view nameSpace)
{
    std::vector<QString> keys;
    if (const CompiledNamespace *compiled = program.nameSpace(nameSpace)) {
        for (const auto &flag : compiled->flags)
            keys.push_back(flag->source->key.text());
    }
    return keys;
}

} // namespace edgewise::evaluation
