// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/constraintrules.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <chrono>

namespace edgewise::flags {

namespace {

using namespace Qt::StringLiterals;

constexpr std::array stringOperators{
    "eq"_L1,     "neq"_L1,     "empty"_L1,      "notempty"_L1, "prefix"_L1,
    "suffix"_L1, "isoneof"_L1, "isnotoneof"_L1, "contains"_L1, "notcontains"_L1,
};
// Also of date-times, where the list operators are accepted and never match.
constexpr std::array numberOperators{
    "eq"_L1,  "neq"_L1,     "gt"_L1,         "gte"_L1,     "lt"_L1,
    "lte"_L1, "present"_L1, "notpresent"_L1, "isoneof"_L1, "isnotoneof"_L1,
};
constexpr std::array booleanOperators{"true"_L1, "false"_L1, "present"_L1, "notpresent"_L1};
constexpr std::array entityOperators{
    "eq"_L1, "neq"_L1, "isoneof"_L1, "isnotoneof"_L1, "contains"_L1, "notcontains"_L1,
};
constexpr std::array valuelessOperators{
    "true"_L1, "false"_L1, "empty"_L1, "notempty"_L1, "present"_L1, "notpresent"_L1,
};

/// Go's time.RFC3339 as its parser takes it: an hour of one digit, a comma before the fraction.
const QRegularExpression &instantPattern()
{
    static const QRegularExpression pattern(
        u"\\A([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{1,2}):([0-5][0-9]):([0-5][0-9])"
        "(?:[.,][0-9]+)?(?:Z|([+-])([0-9]{2}):([0-9]{2}))\\z"_qs);
    return pattern;
}

const QRegularExpression &datePattern()
{
    static const QRegularExpression pattern(u"\\A([0-9]{4})-([0-9]{2})-([0-9]{2})\\z"_qs);
    return pattern;
}

/// The date in the first three groups; nothing for a day that the month does not have.
std::optional<std::chrono::sys_days> dateIn(const QRegularExpressionMatch &match)
{
    const std::chrono::year_month_day date{
        std::chrono::year(match.capturedView(1).toInt()),
        std::chrono::month(match.capturedView(2).toUInt()),
        std::chrono::day(match.capturedView(3).toUInt()),
    };
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

QString twoDigits(int number)
{
    return QString::number(number).rightJustified(2, u'0');
}

} // namespace

std::span<const QLatin1StringView> operatorsOf(int constraintType)
{
    switch (constraintType) {
    case StringConstraint:
        return stringOperators;
    case NumberConstraint:
    case DateTimeConstraint:
        return numberOperators;
    case BooleanConstraint:
        return booleanOperators;
    case EntityIdConstraint:
        return entityOperators;
    default:
        return {};
    }
}

QString constraintTypeName(int constraintType)
{
    switch (constraintType) {
    case StringConstraint:
        return u"string"_qs;
    case NumberConstraint:
        return u"number"_qs;
    case BooleanConstraint:
        return u"boolean"_qs;
    case DateTimeConstraint:
        return u"datetime"_qs;
    case EntityIdConstraint:
        return u"entityId"_qs;
    default:
        return QString::number(constraintType);
    }
}

bool takesValue(QStringView operatorName)
{
    return std::find(valuelessOperators.begin(), valuelessOperators.end(), operatorName)
           == valuelessOperators.end();
}

bool takesList(QStringView operatorName)
{
    return operatorName == "isoneof"_L1 || operatorName == "isnotoneof"_L1;
}

std::optional<QString> normalisedDateTime(QStringView text)
{
    using namespace std::chrono;
    if (const auto match = datePattern().match(text.toString()); match.hasMatch())
        return dateIn(match) ? std::optional(text.toString()) : std::nullopt;
    const auto match = instantPattern().match(text.toString());
    if (!match.hasMatch())
        return std::nullopt;
    const auto date = dateIn(match);
    const int hour = match.capturedView(4).toInt();
    const int offsetHours = match.capturedView(8).toInt();
    const int offsetMinutes = match.capturedView(9).toInt();
    if (!date || hour > 23 || offsetHours > 24 || offsetMinutes > 60)
        return std::nullopt;
    minutes offset = hours(offsetHours) + minutes(offsetMinutes);
    if (match.capturedView(7) == u'-')
        offset = -offset;
    const sys_seconds moment = *date + hours(hour) + minutes(match.capturedView(5).toInt())
                               + seconds(match.capturedView(6).toInt()) - offset;
    const sys_days day = floor<days>(moment);
    const year_month_day utc(day);
    const hh_mm_ss time(moment - day);
    const int year = static_cast<int>(utc.year());
    // A year outside 0000-9999 is stored as Go prints it, and never read again.
    const QString yearText =
        (year < 0 ? u"-"_qs : QString()) + QString::number(std::abs(year)).rightJustified(4, u'0');
    return yearText + u'-' + twoDigits(static_cast<int>(static_cast<unsigned>(utc.month()))) + u'-'
           + twoDigits(static_cast<int>(static_cast<unsigned>(utc.day()))) + u'T'
           + twoDigits(static_cast<int>(time.hours().count())) + u':'
           + twoDigits(static_cast<int>(time.minutes().count())) + u':'
           + twoDigits(static_cast<int>(time.seconds().count())) + u'Z';
}

bool isNumber(QStringView text)
{
    static const QRegularExpression special(u"\\A(?:[+-]?(?i:inf|infinity)|(?i:nan))\\z"_qs);
    static const QRegularExpression hexadecimal(
        u"\\A[+-]?0[xX](?:_?H(?:\\.(?:H)?)?|\\.H)[pP][+-]?[0-9](?:_?[0-9])*\\z"_qs.replace(
            u"H"_qs, u"[0-9a-fA-F](?:_?[0-9a-fA-F])*"_qs));
    static const QRegularExpression decimal(
        u"\\A[+-]?(?:D(?:\\.(?:D)?)?|\\.D)(?:[eE][+-]?D)?\\z"_qs.replace(u"D"_qs,
                                                                         u"[0-9](?:_?[0-9])*"_qs));
    QString plain = text.toString();
    if (special.match(plain).hasMatch() || hexadecimal.match(plain).hasMatch())
        return true;
    if (!decimal.match(plain).hasMatch())
        return false;
    bool fits = false;
    plain.remove(u'_').toDouble(&fits);
    return fits;
}

} // namespace edgewise::flags
