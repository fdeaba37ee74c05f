// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

/// Times as Flipt's tables hold them. Only Flipt's own form is ever written, in UTC: its ORDER BY
/// compares text, and over libSQL a time that ends in Z is silently no time (Flipt: SQ
/// fields.go:Scan).
namespace edgewise::flags {

/// created_at and updated_at: "2026-11-24 21:30:33.469495+00:00", zeros at the end of the fraction
/// cut, no point when it is zero. `nanoseconds` since 1970 UTC, cut to microseconds.
QString microsecondText(qint64 nanoseconds);

/// namespaces.state_modified_at: the same form with up to nine digits.
QString nanosecondText(qint64 nanoseconds);

/// Reads what Flipt reads over libSQL: date and time with blank or T, any fraction (digits past
/// nine ignored), offset ±hh:mm or none (UTC), minutes without seconds, a date alone. Nanoseconds
/// since 1970 UTC, or nothing for what Flipt would not take for a time there (anything with Z,
/// numbers, blanks). Years before 1678 and after 2261 come back as the nearest end of that span.
std::optional<qint64> parseTimestamp(QStringView text);

} // namespace edgewise::flags
