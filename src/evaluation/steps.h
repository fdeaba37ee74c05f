// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/compiled.h>
#include <evaluation/values.h>

#include <algorithm>

/// The steps that an evaluation and its explanation share.
namespace edgewise::evaluation {

/// The commonest tests here, where the compiler sees them; all others in constraint.cpp.
inline bool passes(const CompiledConstraint &constraint, Values &values)
{
    const Values::Value value =
        constraint.onEntity ? values.entity() : values.of(constraint.property);
    if (constraint.test == Test::Equal)
        return !value.text().empty() && sameText(value.text(), constraint.value);
    if (constraint.test >= Test::NumberEqual && constraint.test <= Test::NumberGreaterOrEqual) {
        const std::optional<double> number = value.asNumber();
        if (!number)
            return false;
        switch (constraint.test) {
        case Test::NumberEqual:
            return *number == constraint.number;
        case Test::NumberNotEqual:
            return *number != constraint.number;
        case Test::NumberLess:
            return *number < constraint.number;
        case Test::NumberLessOrEqual:
            return *number <= constraint.number;
        case Test::NumberGreater:
            return *number > constraint.number;
        default:
            return *number >= constraint.number;
        }
    }
    return passes(constraint, value);
}

/// A segment without constraints of unknown type. An empty one matches everyone; one whose match
/// type is unknown matches nobody (Flipt: evaluation.go:matchConstraints).
inline bool matches(const CompiledSegment &segment, Values &values)
{
    const auto passesOne = [&](const CompiledConstraint &constraint) {
        return passes(constraint, values);
    };
    switch (segment.matchType) {
    case flags::AllMatch:
        return std::ranges::all_of(segment.constraints, passesOne);
    case flags::AnyMatch:
        return segment.constraints.empty() || std::ranges::any_of(segment.constraints, passesOne);
    default:
        return false;
    }
}

/// An operator that Flipt does not know lets everybody pass.
inline bool passesOperator(int segmentOperator, size_t matching, size_t segments)
{
    switch (segmentOperator) {
    case flags::OrOperator:
        return matching > 0;
    case flags::AndOperator:
        return matching == segments;
    default:
        return true;
    }
}

/// Whether any of the segments is there: without one a rule or rollout does not exist.
inline bool exists(const CompiledNamespace &nameSpace, const Slots &segmentSlots)
{
    return std::ranges::any_of(
        segmentSlots, [&](std::uint32_t slot) { return nameSpace.segments[slot] != nullptr; });
}

} // namespace edgewise::evaluation
