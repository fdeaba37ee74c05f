// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/number.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace edgewise::evaluation {

namespace {

constexpr int exponentLimit = 1'000'000; ///< far past double's range; longer ones saturate here

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexadecimalDigit(char c)
{
    return isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}

bool equalsIgnoringCase(std::string_view text, std::string_view lowerCase)
{
    return std::ranges::equal(text, lowerCase, [](char a, char b) { return lower(a) == b; });
}

/// Go: strconv underscoreOK. `digits` is the number without sign and without 0x.
bool underscoresStandBetweenDigits(std::string_view digits, bool hexadecimal)
{
    bool afterDigit = hexadecimal; // 0x counts as a digit before the first underscore
    bool afterUnderscore = false;
    for (const char c : digits) {
        if (c == '_') {
            if (!afterDigit)
                return false;
            afterDigit = false;
            afterUnderscore = true;
            continue;
        }
        afterDigit = hexadecimal ? isHexadecimalDigit(c) : isDigit(c);
        if (afterUnderscore && !afterDigit)
            return false;
        afterUnderscore = false;
    }
    return !afterUnderscore;
}

/// A number cut into its parts, of any length, without underscores.
struct Parts {
    std::string_view whole;
    std::string_view fraction;
    int exponent = 0;
};

std::string_view takeDigits(std::string_view &rest, bool hexadecimal)
{
    const auto end = std::ranges::find_if_not(
        rest, [&](char c) { return hexadecimal ? isHexadecimalDigit(c) : isDigit(c); });
    const auto length = size_t(end - rest.begin());
    const std::string_view digits = rest.substr(0, length);
    rest.remove_prefix(length);
    return digits;
}

std::optional<int> takeExponent(std::string_view &rest)
{
    bool negative = false;
    if (!rest.empty() && (rest[0] == '+' || rest[0] == '-')) {
        negative = rest[0] == '-';
        rest.remove_prefix(1);
    }
    const std::string_view digits = takeDigits(rest, false);
    if (digits.empty())
        return std::nullopt;
    int exponent = 0;
    for (const char c : digits)
        exponent = std::min(exponent * 10 + (c - '0'), exponentLimit);
    return negative ? -exponent : exponent;
}

/// mantissa[.fraction][exponent], all of `rest`.
std::optional<Parts> takeApart(std::string_view rest, bool hexadecimal)
{
    Parts parts;
    parts.whole = takeDigits(rest, hexadecimal);
    if (!rest.empty() && rest[0] == '.') {
        rest.remove_prefix(1);
        parts.fraction = takeDigits(rest, hexadecimal);
    }
    if (parts.whole.empty() && parts.fraction.empty())
        return std::nullopt;
    if (!rest.empty() && lower(rest[0]) == (hexadecimal ? 'p' : 'e')) {
        rest.remove_prefix(1);
        const auto exponent = takeExponent(rest);
        if (!exponent)
            return std::nullopt;
        parts.exponent = *exponent;
    } else if (hexadecimal) {
        return std::nullopt;
    }
    return rest.empty() ? std::optional(parts) : std::nullopt;
}

std::optional<double> decimalNumber(std::string_view text, const Parts &parts)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc())
        return std::isfinite(value) ? std::optional(value) : std::nullopt;
    if (error != std::errc::result_out_of_range)
        return std::nullopt;
    // Out of range is a refusal at the upper end and zero at the lower one; which of them, the
    // place of the first digit that counts tells.
    const size_t first = parts.whole.find_first_not_of('0');
    std::int64_t magnitude = parts.exponent;
    if (first != std::string_view::npos)
        magnitude += std::int64_t(parts.whole.size() - first);
    else
        magnitude -=
            std::int64_t(std::min(parts.fraction.find_first_not_of('0'), parts.fraction.size()));
    return magnitude > 0 ? std::nullopt : std::optional(0.0);
}

/// Rounds to nearest, ties to even. The mantissa keeps 62 bits and, in the lowest, whether any bit
/// was lost below them, so that the one rounding is right for subnormal results too.
std::optional<double> hexadecimalNumber(const Parts &parts)
{
    std::uint64_t mantissa = 0;
    std::int64_t exponent = parts.exponent;
    const auto add = [&](char c, bool afterPoint) {
        const auto digit = std::uint64_t(isDigit(c) ? c - '0' : lower(c) - 'a' + 10);
        if (mantissa < (std::uint64_t(1) << 58)) {
            mantissa = mantissa << 4 | digit;
            if (afterPoint)
                exponent -= 4;
        } else {
            mantissa |= digit == 0 ? 0 : 1;
            if (!afterPoint)
                exponent += 4;
        }
    };
    for (const char c : parts.whole)
        add(c, false);
    for (const char c : parts.fraction)
        add(c, true);
    if (mantissa == 0)
        return 0.0;

    const int bits = 64 - std::countl_zero(mantissa);
    const std::int64_t top = exponent + bits - 1; // the value is in [2^top, 2^(top + 1))
    if (top > 1100)
        return std::nullopt;
    if (top < -1075) // less than half of the smallest number above zero
        return 0.0;
    const int kept = top >= -1022 ? 53 : int(1075 + top);
    if (bits > kept) {
        const int shift = bits - kept; // at most 62
        const std::uint64_t rest = mantissa & ((std::uint64_t(1) << shift) - 1);
        const std::uint64_t half = std::uint64_t(1) << (shift - 1);
        mantissa >>= shift;
        exponent += shift;
        if (rest > half || (rest == half && (mantissa & 1) != 0))
            ++mantissa;
    }
    const double value = std::ldexp(double(mantissa), int(exponent));
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<double> unsignedNumber(std::string_view text)
{
    if (equalsIgnoringCase(text, "inf") || equalsIgnoringCase(text, "infinity"))
        return std::numeric_limits<double>::infinity();
    const bool hexadecimal = text.size() >= 2 && text[0] == '0' && lower(text[1]) == 'x';
    if (hexadecimal)
        text.remove_prefix(2);
    std::array<char, 64> few; // so that no number that people write needs an allocation
    std::string many;
    if (text.find('_') != std::string_view::npos) {
        if (!underscoresStandBetweenDigits(text, hexadecimal))
            return std::nullopt;
        char *plain = few.data();
        if (text.size() > few.size()) {
            many.resize(text.size());
            plain = many.data();
        }
        char *const end = std::remove_copy(text.begin(), text.end(), plain, '_');
        text = {plain, size_t(end - plain)};
    }
    const auto parts = takeApart(text, hexadecimal);
    if (!parts)
        return std::nullopt;
    return hexadecimal ? hexadecimalNumber(*parts) : decimalNumber(text, *parts);
}

} // namespace

std::optional<double> parseNumber(std::string_view text)
{
    // Most numbers are a few plain digits, which a double holds exactly.
    if (!text.empty() && text.size() <= 15 && std::ranges::all_of(text, isDigit)) {
        std::int64_t value = 0;
        for (const char c : text)
            value = value * 10 + (c - '0');
        return double(value);
    }
    if (equalsIgnoringCase(text, "nan"))
        return std::numeric_limits<double>::quiet_NaN();
    if (text.empty() || (text[0] != '+' && text[0] != '-'))
        return unsignedNumber(text);
    const auto value = unsignedNumber(text.substr(1));
    return value && text[0] == '-' ? std::optional(-*value) : value;
}

std::optional<bool> parseBoolean(std::string_view text)
{
    for (const std::string_view yes : {"1", "t", "T", "TRUE", "true", "True"}) {
        if (text == yes)
            return true;
    }
    for (const std::string_view no : {"0", "f", "F", "FALSE", "false", "False"}) {
        if (text == no)
            return false;
    }
    return std::nullopt;
}

} // namespace edgewise::evaluation
