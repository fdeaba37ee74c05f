// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/compiled.h>
#include <evaluation/request.h>

#include <algorithm>

/// The steps that an evaluation and its explanation share.
namespace edgewise::evaluation {

/// The value of a property, "" when it is missing; of equal names the last counts.
inline std::string_view valueOf(const Request &request, std::string_view property)
{
    for (size_t i = request.context.size(); i > 0; --i) {
        if (request.context[i - 1].name == property)
            return request.context[i - 1].value;
    }
    return {};
}

inline bool passes(const CompiledConstraint &constraint, const Request &request)
{
    return passes(constraint,
                  constraint.onEntity ? request.entity : valueOf(request, constraint.property));
}

/// A segment without constraints of unknown type. An empty one matches everyone; one whose match
/// type is unknown matches nobody (Flipt: evaluation.go:matchConstraints).
inline bool matches(const CompiledSegment &segment, const Request &request)
{
    const auto passesOne = [&](const CompiledConstraint &constraint) {
        return passes(constraint, request);
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
