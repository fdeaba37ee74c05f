// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/yamlscalar.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace edgewise::features {

namespace {

template <size_t Size>
bool isOneOf(QStringView text, const std::array<QLatin1StringView, Size> &words)
{
    return std::ranges::any_of(words, [text](QLatin1StringView word) { return text == word; });
}

constexpr std::array nullWords{"~"_L1, "null"_L1, "Null"_L1, "NULL"_L1};
constexpr std::array trueWords{"true"_L1, "True"_L1, "TRUE"_L1};
constexpr std::array falseWords{"false"_L1, "False"_L1, "FALSE"_L1};
constexpr std::array yesWords{"y"_L1,   "Y"_L1,  "yes"_L1, "Yes"_L1,
                              "YES"_L1, "on"_L1, "On"_L1,  "ON"_L1};
constexpr std::array noWords{"n"_L1,  "N"_L1,   "no"_L1,  "No"_L1,
                             "NO"_L1, "off"_L1, "Off"_L1, "OFF"_L1};
constexpr std::array infinityWords{".inf"_L1,  ".Inf"_L1,  ".INF"_L1,
                                   "+.inf"_L1, "+.Inf"_L1, "+.INF"_L1};
constexpr std::array negativeInfinityWords{"-.inf"_L1, "-.Inf"_L1, "-.INF"_L1};
constexpr std::array notANumberWords{".nan"_L1, ".NaN"_L1, ".NAN"_L1};

/// Go's strconv.ParseInt and ParseUint with base 0: a sign, then 0x, 0o, 0b or a leading zero for
/// octal.
std::optional<std::variant<qint64, quint64>> parseInteger(QByteArrayView text)
{
    const bool negative = text.startsWith('-');
    const bool isSigned = negative || text.startsWith('+');
    if (isSigned)
        text = text.sliced(1);
    int base = 10;
    if (text.size() > 1 && text[0] == '0') {
        const char mark = text[1] | 0x20;
        base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
        text = text.sliced(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
    }
    quint64 magnitude = 0;
    const auto [end, status] =
        std::from_chars(text.data(), text.data() + text.size(), magnitude, base);
    if (text.isEmpty() || text[0] == '-' || status != std::errc()
        || end != text.data() + text.size())
        return std::nullopt;
    constexpr auto highest = static_cast<quint64>(std::numeric_limits<qint64>::max());
    if (negative) {
        if (magnitude > highest + 1)
            return std::nullopt;
        return static_cast<qint64>(0 - magnitude);
    }
    if (magnitude <= highest)
        return static_cast<qint64>(magnitude);
    if (isSigned) // ParseUint takes no sign
        return std::nullopt;
    return magnitude;
}

bool isDecimalNumber(const QByteArray &text)
{
    static const QRegularExpression pattern(
        uR"(\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z)"_qs);
    return pattern.match(QString::fromLatin1(text)).hasMatch();
}

struct Number {
    bool isInteger = false;
    std::variant<qint64, quint64, double, float> value;
};

/// The numbers of both libraries.
std::optional<Number> parseNumber(QStringView text)
{
    if (text.isEmpty() || text.size() > 1000)
        return std::nullopt;
    const QChar first = text.front();
    const bool hinted =
        (first >= u'0' && first <= u'9') || first == u'+' || first == u'-' || first == u'.';
    if (!hinted)
        return std::nullopt;
    QByteArray plain = text.toUtf8();
    if (first != u'.') {
        plain.replace('_', "");
        if (const auto integer = parseInteger(plain)) {
            Number number{.isInteger = true, .value = qint64(0)};
            std::visit([&](auto value) { number.value = value; }, *integer);
            return number;
        }
    }
    if (!isDecimalNumber(plain))
        return std::nullopt;
    if (const auto real = decimalDouble(plain))
        return Number{.isInteger = false, .value = *real};
    return std::nullopt;
}

/// Base 60, as YAML 1.1 had it: 1:30, 12:30:45.5.
bool isBaseSixty(QStringView text)
{
    static const QRegularExpression pattern(
        uR"(\A[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\z)"_qs);
    return pattern.match(text).hasMatch();
}

} // namespace

// Both libraries take RFC 3339 with one or two digits a part, a date with a blank and a time
// without zone, and a date alone.
std::optional<QString> rfc3339(QStringView text)
{
    if (text.size() < 6 || text[4] != u'-' || !text[0].isDigit())
        return std::nullopt;
    static const QRegularExpression pattern(
        uR"(\A([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2}))|(?: ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(\.[0-9]+)?))?\z)"_qs);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto number = [&](int group) { return match.capturedView(group).toInt(); };
    const bool zoned = match.capturedStart(4) >= 0;
    const int first = zoned ? 4 : 9;
    // A year 0 is a leap year in Go's calendar and no year at all in QDate's; 400 years are a
    // cycle.
    const QDate day(number(1) + 400, number(2), number(3));
    if (!day.isValid() || number(first) > 23 || number(first + 1) > 59 || number(first + 2) > 59)
        return std::nullopt;
    QString fraction = match.captured(first + 3).left(10);
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    if (fraction == u".")
        fraction.clear();
    QString zone = zoned ? match.captured(8) : u"Z"_qs;
    if (zone.mid(1) == u"00:00")
        zone = u"Z"_qs;
    if (zone != u"Z"
        && (QStringView(zone).mid(1, 2).toInt() > 24 || QStringView(zone).mid(4).toInt() > 59))
        return std::nullopt;
    const auto two = [&](int group) { return u"%1"_qs.arg(number(group), 2, 10, QChar(u'0')); };
    const QString time = two(first) + u':' + two(first + 1) + u':' + two(first + 2);
    return QString(match.captured(1) + u'-' + two(2) + u'-' + two(3) + u'T' + time + fraction
                   + zone);
}

std::optional<double> decimalDouble(const QByteArray &digits)
{
    const char *begin = digits.constData();
    const char *end = begin + digits.size();
    if (begin != end && *begin == '+') // from_chars takes no plus
        ++begin;
    double value = 0;
    const auto [rest, status] = std::from_chars(begin, end, value);
    if (status == std::errc::result_out_of_range) {
        // Go rounds what is too small to zero and refuses what is too large.
        const bool tiny = digits.contains("e-") || digits.contains("E-") || digits.contains("0.0")
                          || digits.startsWith('.') || digits.startsWith("-.")
                          || digits.startsWith("+.");
        if (!tiny)
            return std::nullopt;
        return digits.startsWith('-') ? -0.0 : 0.0;
    }
    if (status != std::errc() || rest != end)
        return std::nullopt;
    return value;
}

void resolvePlain(Node &node, QString text)
{
    node.text = std::move(text);
    const QStringView view(node.text);
    if (view.isEmpty() || isOneOf(view, nullWords)) {
        node.kind = Node::Kind::Null;
    } else if (isOneOf(view, trueWords) || isOneOf(view, falseWords)) {
        node.kind = Node::Kind::Boolean;
        node.boolean = isOneOf(view, trueWords);
    } else if (isOneOf(view, infinityWords) || isOneOf(view, negativeInfinityWords)
               || isOneOf(view, notANumberWords)) {
        node.kind = Node::Kind::Real;
        node.number = isOneOf(view, notANumberWords) ? std::numeric_limits<double>::quiet_NaN()
                      : isOneOf(view, infinityWords) ? std::numeric_limits<double>::infinity()
                                                     : -std::numeric_limits<double>::infinity();
    } else if (const auto time = rfc3339(view)) {
        // The field that takes a text gets the characters as written, so they stay in `text`.
        node.kind = Node::Kind::Time;
    } else if (const auto number = parseNumber(view)) {
        node.kind = number->isInteger ? Node::Kind::Integer : Node::Kind::Real;
        node.number = number->value;
    } else {
        node.kind = Node::Kind::Text;
    }
}

std::optional<bool> booleanWord(QStringView text)
{
    if (isOneOf(text, yesWords))
        return true;
    if (isOneOf(text, noWords))
        return false;
    return std::nullopt;
}

bool looksLikeOtherType(QStringView text)
{
    return text.isEmpty() || isOneOf(text, nullWords) || isOneOf(text, trueWords)
           || isOneOf(text, falseWords) || booleanWord(text) || isOneOf(text, infinityWords)
           || isOneOf(text, negativeInfinityWords) || isOneOf(text, notANumberWords)
           || rfc3339(text) || parseNumber(text) || isBaseSixty(text);
}

} // namespace edgewise::features
