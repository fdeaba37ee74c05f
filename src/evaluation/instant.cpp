// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/instant.h"

namespace edgewise::evaluation {

namespace {

bool isFigure(char c)
{
    return c >= '0' && c <= '9';
}

/// Takes exactly `digits` figures off the front.
std::optional<int> takeFigures(std::string_view &rest, size_t digits)
{
    if (rest.size() < digits)
        return std::nullopt;
    int value = 0;
    for (const char c : rest.substr(0, digits)) {
        if (!isFigure(c))
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    rest.remove_prefix(digits);
    return value;
}

bool take(std::string_view &rest, char c)
{
    if (rest.empty() || rest.front() != c)
        return false;
    rest.remove_prefix(1);
    return true;
}

int daysInMonth(int year, int month)
{
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar. Years are counted from March, so that
/// the leap day is a year's last.
qint64 daysSinceEpoch(int year, int month, int day)
{
    const int shifted = month <= 2 ? year + 399 : year + 400; // never negative
    const int monthFromMarch = (month + 9) % 12;
    const qint64 days = qint64(shifted) * 365 + shifted / 4 - shifted / 100 + shifted / 400
                        + (153 * monthFromMarch + 2) / 5 + day - 1;
    return days - 719468 - 146097;
}

/// Hours, minutes and seconds as seconds of the day. An hour may have one figure.
std::optional<int> takeClock(std::string_view &rest)
{
    const bool oneFigure = rest.size() >= 2 && isFigure(rest[0]) && rest[1] == ':';
    const auto hour = takeFigures(rest, oneFigure ? 1 : 2);
    if (!hour || *hour > 23 || !take(rest, ':'))
        return std::nullopt;
    const auto minute = takeFigures(rest, 2);
    if (!minute || *minute > 59 || !take(rest, ':'))
        return std::nullopt;
    const auto second = takeFigures(rest, 2);
    if (!second || *second > 59)
        return std::nullopt;
    return *hour * 3600 + *minute * 60 + *second;
}

/// Nanoseconds of a fraction, 0 when there is none; a point without figures is left for the caller
/// to stumble over.
int takeFraction(std::string_view &rest)
{
    if (rest.size() < 2 || (rest[0] != '.' && rest[0] != ',') || !isFigure(rest[1]))
        return 0;
    rest.remove_prefix(1);
    int nanoseconds = 0;
    int digits = 0;
    for (; !rest.empty() && isFigure(rest.front()); rest.remove_prefix(1)) {
        if (digits < 9) {
            nanoseconds = nanoseconds * 10 + (rest.front() - '0');
            ++digits;
        }
    }
    for (; digits < 9; ++digits)
        nanoseconds *= 10;
    return nanoseconds;
}

/// Z or ±hh:mm, all of `rest`, as seconds east.
std::optional<int> offset(std::string_view rest)
{
    if (rest == "Z")
        return 0;
    if (rest.empty() || (rest.front() != '+' && rest.front() != '-'))
        return std::nullopt;
    const int sign = rest.front() == '-' ? -1 : 1;
    rest.remove_prefix(1);
    const auto hours = takeFigures(rest, 2);
    if (!hours || *hours > 24 || !take(rest, ':'))
        return std::nullopt;
    const auto minutes = takeFigures(rest, 2);
    if (!minutes || *minutes > 60 || !rest.empty())
        return std::nullopt;
    return sign * (*hours * 3600 + *minutes * 60);
}

} // namespace

std::optional<Instant> parseInstant(std::string_view rest)
{
    const auto year = takeFigures(rest, 4);
    if (!year || !take(rest, '-'))
        return std::nullopt;
    const auto month = takeFigures(rest, 2);
    if (!month || *month < 1 || *month > 12 || !take(rest, '-'))
        return std::nullopt;
    const auto day = takeFigures(rest, 2);
    if (!day || *day < 1 || *day > daysInMonth(*year, *month))
        return std::nullopt;
    Instant instant{daysSinceEpoch(*year, *month, *day) * 86400, 0};
    if (rest.empty())
        return instant;

    if (!take(rest, 'T'))
        return std::nullopt;
    const auto clock = takeClock(rest);
    if (!clock)
        return std::nullopt;
    instant.nanoseconds = takeFraction(rest);
    const auto east = offset(rest);
    if (!east)
        return std::nullopt;
    instant.seconds += *clock - *east;
    return instant;
}

} // namespace edgewise::evaluation
