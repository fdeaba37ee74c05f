// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/compare.h"

#include "evaluation/compiled.h"
#include "evaluation/evaluate.h"
#include "evaluation/parallel.h"
#include "evaluation/text.h"

#include <algorithm>
#include <set>

namespace edgewise::evaluation {

using namespace Qt::StringLiterals;

namespace {

bool sameSegment(const CompiledSegment *a, const CompiledSegment *b)
{
    if (a == b || !a || !b)
        return a == b;
    return a->source == b->source || *a->source == *b->source;
}

/// Segments of a namespace that differ between the two sides, by key.
std::set<std::string> changedSegments(const CompiledNamespace &before,
                                      const CompiledNamespace &after)
{
    std::map<std::string, std::pair<const CompiledSegment *, const CompiledSegment *>> sides;
    for (const std::uint32_t slot : before.sourceSlots)
        sides[before.segments[slot]->key].first = before.segments[slot].get();
    for (const std::uint32_t slot : after.sourceSlots)
        sides[after.segments[slot]->key].second = after.segments[slot].get();
    std::set<std::string> changed;
    for (const auto &[key, pair] : sides) {
        if (!sameSegment(pair.first, pair.second))
            changed.insert(key);
    }
    return changed;
}

bool namesAny(const flags::Flag &flag, const std::set<std::string> &segments)
{
    const auto isNamed = [&](const SegmentKey &key) { return segments.contains(utf8(key.text())); };
    for (const flags::Rule &rule : flag.rules) {
        if (std::ranges::any_of(rule.segments, isNamed))
            return true;
    }
    for (const flags::Rollout &rollout : flag.rollouts) {
        for (const flags::SegmentMatch &part : rollout.segmentMatches) {
            if (std::ranges::any_of(part.segments, isNamed))
                return true;
        }
    }
    return false;
}

bool differs(const CompiledFlag *before, const CompiledFlag &after,
             const std::set<std::string> &segments)
{
    if (!before || before->usesOthers || after.usesOthers)
        return true;
    if (before->source != after.source && *before->source != *after.source)
        return true;
    return !segments.empty() && namesAny(*after.source, segments);
}

/// A flag on both sides, found once for all entities.
struct Sides {
    const CompiledNamespace *nameSpaces[2] = {};
    const CompiledFlag *flags[2] = {};
};

/// What two outcomes have to differ in before their texts are compared.
Served served(const Outcome &outcome)
{
    return {answerKey(outcome), outcome.decidedBy};
}

class Comparer {
public:
    struct Part {
        qint64 entities = 0;
        std::vector<FlagMovement> flags;
        std::vector<Move> moves;
    };

    Comparer(const std::vector<FlagAddress> &flags, const std::vector<Sides> &sides)
        : m_flags(flags), m_sides(sides)
    {
    }

    Part operator()(const Batch &batch)
    {
        Part part;
        part.entities = qint64(batch.entities().size());
        part.flags.resize(m_flags.size());
        m_cells.assign(m_flags.size(), {});
        for (const Entity &entity : batch.entities()) {
            for (size_t i = 0; i < m_flags.size(); ++i)
                compareOne(i, entity, part);
        }
        for (size_t i = 0; i < m_flags.size(); ++i) {
            for (const Cell &cell : m_cells[i])
                part.flags[i].matrix[{cell.before.answer, cell.after.answer}] += cell.count;
        }
        return part;
    }

private:
    /// Pairs of outcomes that occurred, told apart by the texts' addresses; few in each flag.
    struct Cell {
        std::string_view variants[2];
        Outcome::Reason reasons[2];
        bool values[2];
        int statuses[2];
        int decidedBy[2];
        Served before;
        Served after;
        bool moves = false;
        qint64 count = 0;
    };

    void evaluateSide(int side, const Sides &sides, const Request &request)
    {
        if (sides.flags[side]) {
            evaluate(*sides.nameSpaces[side], *sides.flags[side], request, m_outcomes[side]);
        } else {
            m_outcomes[side] = {};
            m_outcomes[side].status = 404;
        }
    }

    bool isIn(const Cell &cell) const
    {
        for (int side = 0; side < 2; ++side) {
            const Outcome &outcome = m_outcomes[side];
            if (cell.variants[side] != outcome.variantKey || cell.reasons[side] != outcome.reason
                || cell.values[side] != (outcome.match || outcome.enabled)
                || cell.statuses[side] != outcome.status
                || cell.decidedBy[side] != outcome.decidedBy)
                return false;
        }
        return true;
    }

    Cell &cellOf(size_t flag)
    {
        for (Cell &cell : m_cells[flag]) {
            if (isIn(cell))
                return cell;
        }
        Cell &cell = m_cells[flag].emplace_back();
        for (int side = 0; side < 2; ++side) {
            const Outcome &outcome = m_outcomes[side];
            cell.variants[side] = outcome.variantKey;
            cell.reasons[side] = outcome.reason;
            cell.values[side] = outcome.match || outcome.enabled;
            cell.statuses[side] = outcome.status;
            cell.decidedBy[side] = outcome.decidedBy;
        }
        cell.before = served(m_outcomes[0]);
        cell.after = served(m_outcomes[1]);
        cell.moves = !sameService(cell.before.answer, cell.after.answer);
        return cell;
    }

    void compareOne(size_t flag, const Entity &entity, Part &part)
    {
        Request request;
        request.entity = entity.id;
        request.context = entity.context;
        evaluateSide(0, m_sides[flag], request);
        evaluateSide(1, m_sides[flag], request);
        Cell &cell = cellOf(flag);
        ++cell.count;
        if (cell.moves) {
            ++part.flags[flag].moved;
            part.moves.push_back({m_flags[flag], std::string(entity.id), cell.before, cell.after});
        }
    }

    const std::vector<FlagAddress> &m_flags;
    const std::vector<Sides> &m_sides;
    Outcome m_outcomes[2];
    std::vector<std::vector<Cell>> m_cells;
};

} // namespace

std::vector<FlagAddress> changedFlags(const Program &before, const Program &after)
{
    std::vector<FlagAddress> changed;
    for (const auto &nameSpace : after.namespaces()) {
        const CompiledNamespace *old = before.nameSpace(nameSpace->key);
        if (old == nameSpace.get() && !nameSpace->usesOthers)
            continue;
        const auto segments = old ? changedSegments(*old, *nameSpace) : std::set<std::string>();
        for (const auto &flag : nameSpace->flags) {
            if (differs(old ? old->flag(flag->key) : nullptr, *flag, segments))
                changed.push_back({nameSpace->source->key, flag->source->key});
        }
    }
    for (const auto &nameSpace : before.namespaces()) {
        const CompiledNamespace *now = after.nameSpace(nameSpace->key);
        for (const auto &flag : nameSpace->flags) {
            if (now != nameSpace.get() && (!now || !now->flag(flag->key)))
                changed.push_back({nameSpace->source->key, flag->source->key});
        }
    }
    return changed;
}

Result<Movement> compare(const Program &before, const Program &after,
                         const std::vector<FlagAddress> &flags, Population &population,
                         Progress &progress, const std::function<void(Move &&)> &moved)
{
    std::vector<Sides> sides(flags.size());
    for (size_t i = 0; i < flags.size(); ++i) {
        const Program *programs[] = {&before, &after};
        for (int side = 0; side < 2; ++side) {
            sides[i].nameSpaces[side] = programs[side]->nameSpace(utf8(flags[i].nameSpace.text()));
            if (sides[i].nameSpaces[side])
                sides[i].flags[side] = sides[i].nameSpaces[side]->flag(utf8(flags[i].flag.text()));
        }
    }
    Movement movement;
    for (const FlagAddress &flag : flags)
        movement.flags.push_back({flag, {}, 0});
    const auto merge = [&](Comparer::Part part) {
        movement.entities += part.entities;
        for (size_t i = 0; i < flags.size(); ++i) {
            movement.flags[i].moved += part.flags[i].moved;
            for (const auto &[cell, count] : part.flags[i].matrix)
                movement.flags[i].matrix[cell] += count;
        }
        if (moved) {
            for (Move &move : part.moves)
                moved(std::move(move));
        }
    };
    const bool complete = forEachBatch<Comparer::Part>(
        population, progress, [&] { return Comparer(flags, sides); }, merge);
    if (!complete)
        return Error{Error::Kind::Cancelled, u"comparing two states"_qs, {}, {}, false};
    movement.malformed = population.malformedCount();
    return movement;
}

} // namespace edgewise::evaluation
