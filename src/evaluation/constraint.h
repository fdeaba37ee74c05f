// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/instant.h>
#include <evaluation/values.h>
#include <flags/values.h>

#include <string>
#include <string_view>
#include <vector>

namespace edgewise::evaluation {

/// What a constraint asks of a value, once its operator and value are read.
enum class Test : unsigned char {
    Never, ///< an operator that its type does not know, or a value that cannot be read
    Empty,
    NotEmpty,
    Equal,
    NotEqual,
    Prefix,
    Suffix,
    Contains,
    NotContains,
    OneOf,
    NotOneOf,
    NumberEqual,
    NumberNotEqual,
    NumberLess,
    NumberLessOrEqual,
    NumberGreater,
    NumberGreaterOrEqual,
    NumberOneOf,
    NumberNotOneOf,
    True,
    False,
    InstantEqual,
    InstantNotEqual,
    InstantBefore,
    InstantBeforeOrEqual,
    InstantAfter,
    InstantAfterOrEqual,
};

/// A constraint with everything parsed that does not depend on a request.
struct CompiledConstraint {
    Test test = Test::Never;
    bool onEntity = false; ///< the entity's id is tested; the property does not count
    double number = 0;
    Instant instant;
    std::string property;
    std::string value;
    std::vector<std::string> texts; ///< of OneOf and NotOneOf, sorted
    std::vector<double> numbers;    ///< of NumberOneOf and NumberNotOneOf, sorted
};

/// False for a type whose evaluation fails as a whole (Flipt: "unknown constraint type").
bool hasKnownType(const flags::Constraint &constraint);

CompiledConstraint compileConstraint(const flags::Constraint &constraint);

/// Whether `value`, "" when the context lacks the property, passes (Flipt:
/// evaluation.go:matchesString, matchesNumber, matchesBool, matchesDateTime). No allocation but
/// for numbers of more than 64 characters with underscores.
bool passes(const CompiledConstraint &constraint, const Values::Value &value);
bool passes(const CompiledConstraint &constraint, std::string_view value);

} // namespace edgewise::evaluation
