// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/timestamp.h"

#include <QDateTime>
#include <QTimeZone>

#include <limits>

namespace edgewise::flags {

namespace {

constexpr qint64 nanosecondsPerSecond = 1'000'000'000;

QString text(qint64 seconds, qint64 fraction, int digits)
{
    QString result =
        QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(u"yyyy-MM-dd HH:mm:ss");
    if (fraction != 0) {
        QString figures = QString::number(fraction).rightJustified(digits, u'0');
        while (figures.endsWith(u'0'))
            figures.chop(1);
        result += u'.' + figures;
    }
    return result + u"+00:00";
}

/// Reads `digits` decimal digits at the front of `rest` and takes them off.
std::optional<int> takeNumber(QStringView &rest, int digits)
{
    if (rest.size() < digits)
        return std::nullopt;
    int value = 0;
    for (const QChar c : rest.first(digits)) {
        if (c < u'0' || c > u'9')
            return std::nullopt;
        value = value * 10 + (c.unicode() - u'0');
    }
    rest = rest.sliced(digits);
    return value;
}

bool takeCharacter(QStringView &rest, QChar c)
{
    if (!rest.startsWith(c))
        return false;
    rest = rest.sliced(1);
    return true;
}

/// The digits after a point as nanoseconds, or nothing when there is none.
std::optional<qint64> takeFraction(QStringView &rest)
{
    qint64 fraction = 0;
    int digits = 0;
    for (; digits < rest.size() && rest[digits] >= u'0' && rest[digits] <= u'9'; ++digits) {
        if (digits < 9)
            fraction = fraction * 10 + (rest[digits].unicode() - u'0');
    }
    if (digits == 0)
        return std::nullopt;
    rest = rest.sliced(digits);
    for (; digits < 9; ++digits)
        fraction *= 10;
    return fraction;
}

} // namespace

QString microsecondText(qint64 nanoseconds)
{
    const qint64 fraction =
        ((nanoseconds % nanosecondsPerSecond) + nanosecondsPerSecond) % nanosecondsPerSecond;
    return text((nanoseconds - fraction) / nanosecondsPerSecond, fraction / 1000, 6);
}

QString nanosecondText(qint64 nanoseconds)
{
    const qint64 fraction =
        ((nanoseconds % nanosecondsPerSecond) + nanosecondsPerSecond) % nanosecondsPerSecond;
    return text((nanoseconds - fraction) / nanosecondsPerSecond, fraction, 9);
}

std::optional<qint64> parseTimestamp(QStringView rest)
{
    const auto year = takeNumber(rest, 4);
    if (!year || !takeCharacter(rest, u'-'))
        return std::nullopt;
    const auto month = takeNumber(rest, 2);
    if (!month || !takeCharacter(rest, u'-'))
        return std::nullopt;
    const auto day = takeNumber(rest, 2);
    // The proleptic calendar has a year 0 where QDate has none; a fixed shift by 400 years keeps
    // the days.
    const QDate date = day ? QDate(*year + 400, *month, *day) : QDate();
    if (!date.isValid())
        return std::nullopt;

    int hour = 0;
    int minute = 0;
    int second = 0;
    qint64 fraction = 0;
    qint64 offset = 0;
    if (!rest.isEmpty()) {
        if (!takeCharacter(rest, u' ') && !takeCharacter(rest, u'T'))
            return std::nullopt;
        const auto hours = takeNumber(rest, 2);
        if (!hours || *hours > 23 || !takeCharacter(rest, u':'))
            return std::nullopt;
        const auto minutes = takeNumber(rest, 2);
        if (!minutes || *minutes > 59)
            return std::nullopt;
        hour = *hours;
        minute = *minutes;
        if (takeCharacter(rest, u':')) {
            const auto seconds = takeNumber(rest, 2);
            if (!seconds || *seconds > 59)
                return std::nullopt;
            second = *seconds;
            if (takeCharacter(rest, u'.')) {
                const auto figures = takeFraction(rest);
                if (!figures)
                    return std::nullopt;
                fraction = *figures;
            }
            if (rest.startsWith(u'+') || rest.startsWith(u'-')) {
                const int sign = rest.front() == u'-' ? -1 : 1;
                rest = rest.sliced(1);
                const auto offsetHours = takeNumber(rest, 2);
                if (!offsetHours || !takeCharacter(rest, u':'))
                    return std::nullopt;
                const auto offsetMinutes = takeNumber(rest, 2);
                if (!offsetMinutes)
                    return std::nullopt;
                offset = sign * (*offsetHours * 3600 + *offsetMinutes * 60);
            }
        }
        if (!rest.isEmpty())
            return std::nullopt;
    }
    constexpr qint64 secondsPer400Years = 146097LL * 86400;
    const qint64 days = QDate(1970, 1, 1).daysTo(date);
    const qint64 seconds =
        days * 86400 - secondsPer400Years + hour * 3600 + minute * 60 + second - offset;
    // 64 bits of nanoseconds hold the years 1677 to 2262; what lies beyond stays at their ends.
    constexpr qint64 farthest = std::numeric_limits<qint64>::max() / nanosecondsPerSecond - 1;
    if (seconds < -farthest || seconds > farthest)
        return (seconds < 0 ? -farthest : farthest) * nanosecondsPerSecond;
    return seconds * nanosecondsPerSecond + fraction;
}

} // namespace edgewise::flags
