// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <evaluation/populationplan.h>
#include <flags/snapshot.h>

namespace edgewise::models {

/// The values of an attribute as a person writes them in one line:
///     pro: 20, free: 80     a choice; a weight may be left out and is 1
///     18..65                a number; as many decimals as the ends have
///     2024-01-01..2024-12-31   a day
/// A value with a comma, a colon, a quote or two dots in it is written as a JSON string.
using AttributeValues = decltype(evaluation::AttributePlan::values);

QString printValues(const AttributeValues &values);
/// Input, saying what is wrong, for anything else.
Result<AttributeValues> parseValues(const QString &text);

/// Attributes that put a flag's segments to the test: for each property that their constraints
/// name, values on both sides of what they ask for. Of all segments of the namespace where the flag
/// is null.
std::vector<evaluation::AttributePlan> suggestedAttributes(const flags::Namespace &nameSpace,
                                                           const flags::Flag *flag);

} // namespace edgewise::models
