// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

/// Numbers, booleans and times as Go's standard library reads them, because Flipt reads context
/// values with it. No locale, no blanks around.
namespace edgewise::evaluation {

/// Decimal or hexadecimal with exponent, digits parted by underscores, infinities, nan; nothing
/// for what strconv.ParseFloat(text, 64) refuses, numbers past double's range included.
std::optional<double> parseNumber(std::string_view text);

/// 1 t T TRUE true True, 0 f F FALSE false False (Go: strconv.ParseBool).
std::optional<bool> parseBoolean(std::string_view text);

} // namespace edgewise::evaluation
