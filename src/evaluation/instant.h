// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <compare>
#include <optional>
#include <string_view>

namespace edgewise::evaluation {

/// A moment with nanoseconds; years 0 to 9999 overflow one 64-bit count of them.
struct Instant {
    qint64 seconds = 0;  ///< since 1970 UTC
    int nanoseconds = 0; ///< 0 to 999,999,999, counted onwards
    friend auto operator<=>(const Instant &, const Instant &) = default;
};

/// RFC 3339 as Go's time.Parse takes it, or YYYY-MM-DD as midnight UTC (Flipt:
/// evaluation.go:tryParseDateTime). The oddities are Go's: an hour of one digit, a comma before the
/// fraction, offsets up to 24:60; no leap second, no lower-case t or z.
std::optional<Instant> parseInstant(std::string_view text);

} // namespace edgewise::evaluation
