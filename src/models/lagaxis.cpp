// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lagaxis.h"

#include <cmath>

namespace edgewise::models {

using namespace Qt::StringLiterals;

double axisEnd(double largest, double least)
{
    if (!(largest > least)) // also for what is no number
        return least;
    const double power = std::pow(10.0, std::floor(std::log10(largest)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= largest)
            return factor * power;
    }
    return 10 * power;
}

QList<QList<QPointF>> lagLines(const QList<LagPoint> &points, LagUnit unit, qint64 now,
                               double gapSeconds)
{
    QList<QList<QPointF>> lines;
    QList<QPointF> line;
    const auto endLine = [&lines, &line] {
        if (!line.isEmpty())
            lines.append(std::exchange(line, {}));
    };
    for (const LagPoint &point : points) {
        std::optional<double> y;
        if (unit == LagUnit::Frames && point.frames)
            y = double(*point.frames);
        else if (unit == LagUnit::Milliseconds && point.nanoseconds)
            y = double(*point.nanoseconds) / 1e6;
        if (!point.reachable || !y) {
            endLine();
            continue;
        }
        const double x = double(point.at - now) / 1e9;
        if (!line.isEmpty() && x - line.last().x() > gapSeconds)
            endLine();
        line.append({x, *y});
    }
    endLine();
    return lines;
}

QString secondsAgoText(double seconds)
{
    const qint64 whole = qRound64(-seconds);
    if (whole <= 0)
        return u"now"_qs;
    return whole % 60 == 0 && whole > 60 ? u"−%1 min"_qs.arg(whole / 60) : u"−%1 s"_qs.arg(whole);
}

} // namespace edgewise::models
