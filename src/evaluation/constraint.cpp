// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/constraint.h"

#include "evaluation/jsonreader.h"
#include "evaluation/number.h"
#include "evaluation/text.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace edgewise::evaluation {

namespace {

using Operator = std::pair<std::string_view, Test>;

constexpr Operator textOperators[] = {
    {"empty", Test::Empty},         {"notempty", Test::NotEmpty},       {"eq", Test::Equal},
    {"neq", Test::NotEqual},        {"prefix", Test::Prefix},           {"suffix", Test::Suffix},
    {"contains", Test::Contains},   {"notcontains", Test::NotContains}, {"isoneof", Test::OneOf},
    {"isnotoneof", Test::NotOneOf},
};
constexpr Operator numberOperators[] = {
    {"notpresent", Test::Empty},    {"present", Test::NotEmpty},
    {"eq", Test::NumberEqual},      {"neq", Test::NumberNotEqual},
    {"lt", Test::NumberLess},       {"lte", Test::NumberLessOrEqual},
    {"gt", Test::NumberGreater},    {"gte", Test::NumberGreaterOrEqual},
    {"isoneof", Test::NumberOneOf}, {"isnotoneof", Test::NumberNotOneOf},
};
constexpr Operator booleanOperators[] = {
    {"notpresent", Test::Empty},
    {"present", Test::NotEmpty},
    {"true", Test::True},
    {"false", Test::False},
};
constexpr Operator instantOperators[] = {
    {"notpresent", Test::Empty}, {"present", Test::NotEmpty},
    {"eq", Test::InstantEqual},  {"neq", Test::InstantNotEqual},
    {"lt", Test::InstantBefore}, {"lte", Test::InstantBeforeOrEqual},
    {"gt", Test::InstantAfter},  {"gte", Test::InstantAfterOrEqual},
};

std::span<const Operator> operatorsOf(int type)
{
    switch (type) {
    case flags::NumberConstraint:
        return numberOperators;
    case flags::BooleanConstraint:
        return booleanOperators;
    case flags::DateTimeConstraint:
        return instantOperators;
    default:
        return textOperators;
    }
}

/// Reads the value for the test; false when no request can pass because of it.
bool readValue(CompiledConstraint &constraint)
{
    switch (constraint.test) {
    case Test::OneOf:
    case Test::NotOneOf: {
        auto texts = parseTexts(constraint.value);
        if (!texts)
            return false;
        constraint.texts = std::move(*texts);
        std::ranges::sort(constraint.texts);
        return true;
    }
    case Test::NumberOneOf:
    case Test::NumberNotOneOf: {
        auto numbers = parseNumbers(constraint.value);
        if (!numbers)
            return false;
        constraint.numbers = std::move(*numbers);
        std::ranges::sort(constraint.numbers);
        return true;
    }
    case Test::NumberEqual:
    case Test::NumberNotEqual:
    case Test::NumberLess:
    case Test::NumberLessOrEqual:
    case Test::NumberGreater:
    case Test::NumberGreaterOrEqual: {
        const auto number = parseNumber(constraint.value);
        constraint.number = number.value_or(0);
        return number.has_value();
    }
    case Test::InstantEqual:
    case Test::InstantNotEqual:
    case Test::InstantBefore:
    case Test::InstantBeforeOrEqual:
    case Test::InstantAfter:
    case Test::InstantAfterOrEqual: {
        const auto instant = parseInstant(constraint.value);
        constraint.instant = instant.value_or(Instant());
        return instant.has_value();
    }
    default:
        return true;
    }
}

bool passesText(const CompiledConstraint &constraint, std::string_view value)
{
    const std::string_view wanted = constraint.value;
    switch (constraint.test) {
    case Test::Equal:
        return sameText(value, wanted);
    case Test::NotEqual:
        return !sameText(value, wanted);
    case Test::Prefix:
        return trimmed(value).starts_with(wanted);
    case Test::Suffix:
        return trimmed(value).ends_with(wanted);
    case Test::Contains:
        return value.find(wanted) != std::string_view::npos;
    case Test::NotContains:
        return value.find(wanted) == std::string_view::npos;
    case Test::OneOf:
        return std::binary_search(constraint.texts.begin(), constraint.texts.end(), value);
    default:
        return !std::binary_search(constraint.texts.begin(), constraint.texts.end(), value);
    }
}

bool passesNumber(const CompiledConstraint &constraint, double value)
{
    const double wanted = constraint.number;
    switch (constraint.test) {
    case Test::NumberEqual:
        return value == wanted;
    case Test::NumberNotEqual:
        return value != wanted;
    case Test::NumberLess:
        return value < wanted;
    case Test::NumberLessOrEqual:
        return value <= wanted;
    case Test::NumberGreater:
        return value > wanted;
    case Test::NumberGreaterOrEqual:
        return value >= wanted;
    default:
        break;
    }
    // A search by order would find NaN in every list.
    const bool listed = !std::isnan(value) && std::ranges::binary_search(constraint.numbers, value);
    return listed == (constraint.test == Test::NumberOneOf);
}

bool passesInstant(const CompiledConstraint &constraint, const Instant &value)
{
    const Instant &wanted = constraint.instant;
    switch (constraint.test) {
    case Test::InstantEqual:
        return value == wanted;
    case Test::InstantNotEqual:
        return value != wanted;
    case Test::InstantBefore:
        return value < wanted;
    case Test::InstantBeforeOrEqual:
        return value <= wanted;
    case Test::InstantAfter:
        return value > wanted;
    default:
        return value >= wanted;
    }
}

} // namespace

bool hasKnownType(const flags::Constraint &constraint)
{
    return constraint.type >= flags::StringConstraint
           && constraint.type <= flags::EntityIdConstraint;
}

CompiledConstraint compileConstraint(const flags::Constraint &constraint)
{
    CompiledConstraint compiled;
    compiled.onEntity = constraint.type == flags::EntityIdConstraint;
    compiled.property = utf8(constraint.property);
    compiled.value = utf8(constraint.value);
    const std::string name = utf8(constraint.operatorName);
    for (const auto &[text, test] : operatorsOf(constraint.type)) {
        if (name == text)
            compiled.test = test;
    }
    if (!readValue(compiled))
        compiled.test = Test::Never;
    return compiled;
}

bool passes(const CompiledConstraint &constraint, const Values::Value &seen)
{
    const std::string_view value = seen.text();
    switch (constraint.test) {
    case Test::Never:
        return false;
    case Test::Empty:
        return trimmed(value).empty();
    case Test::NotEmpty:
        return !trimmed(value).empty();
    default:
        break;
    }
    if (value.empty())
        return false;
    if (constraint.test < Test::NumberEqual)
        return passesText(constraint, value);
    if (constraint.test < Test::True) {
        const auto number = seen.asNumber();
        return number && passesNumber(constraint, *number);
    }
    if (constraint.test < Test::InstantEqual) {
        const auto boolean = parseBoolean(value);
        return boolean && *boolean == (constraint.test == Test::True);
    }
    const auto instant = parseInstant(value);
    return instant && passesInstant(constraint, *instant);
}

bool passes(const CompiledConstraint &constraint, std::string_view value)
{
    return passes(constraint, Values::Value(value));
}

} // namespace edgewise::evaluation
