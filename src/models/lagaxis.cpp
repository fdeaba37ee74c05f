// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lagaxis.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

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
        else if (unit == LagUnit::Users && point.users)
            y = double(*point.users);
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

QList<QPointF> decimated(const QList<QPointF> &line, double from, double to, int columns)
{
    if (line.size() <= 4 * columns || !(to > from))
        return line;
    const auto columnOf = [&](const QPointF &point) {
        return std::floor((point.x() - from) / (to - from) * columns);
    };
    const auto lower = [](const QPointF &a, const QPointF &b) { return a.y() < b.y(); };
    QList<QPointF> kept;
    for (auto first = line.begin(); first != line.end();) {
        const double column = columnOf(*first);
        const auto end = std::find_if(first, line.end(),
                                      [&](const QPointF &p) { return columnOf(p) != column; });
        auto [lowest, highest] = std::minmax_element(first, end, lower);
        if (highest < lowest)
            std::swap(lowest, highest);
        for (const auto point : {first, lowest, highest, std::prev(end)}) {
            if (kept.isEmpty() || kept.last() != *point)
                kept.append(*point);
        }
        first = end;
    }
    return kept;
}

LagBand lagBand(const QList<QList<QList<QPointF>>> &lines, double from, double to, int columns)
{
    LagBand band;
    if (!(to > from) || columns < 1)
        return band;
    std::vector<std::vector<double>> figures(static_cast<size_t>(columns));
    for (const QList<QList<QPointF>> &pieces : lines) {
        // The highest of a node in each column: one that was late for a moment was late.
        std::vector<std::optional<double>> highest(static_cast<size_t>(columns));
        for (const QList<QPointF> &piece : pieces) {
            for (const QPointF &point : piece) {
                const double place = std::floor((point.x() - from) / (to - from) * columns);
                if (place < 0 || place >= columns)
                    continue;
                auto &column = highest[static_cast<size_t>(place)];
                column = std::max(column.value_or(0), point.y());
            }
        }
        for (size_t i = 0; i < highest.size(); ++i) {
            if (highest[i])
                figures[i].push_back(*highest[i]);
        }
    }
    for (size_t i = 0; i < figures.size(); ++i) {
        std::vector<double> &column = figures[i];
        if (column.empty())
            continue;
        std::sort(column.begin(), column.end());
        const double x = from + (double(i) + 0.5) * (to - from) / columns;
        band.median.append({x, column[(column.size() - 1) / 2]});
        band.worst.append({x, column.back()});
    }
    return band;
}

QList<int> linesToDraw(const QList<QList<QList<QPointF>>> &lines, int limit)
{
    QList<std::pair<double, int>> heights; // highest first, then the earlier line
    for (int i = 0; i < lines.size(); ++i) {
        double highest = 0;
        for (const QList<QPointF> &piece : lines[i]) {
            for (const QPointF &point : piece)
                highest = std::max(highest, point.y());
        }
        heights.append({-highest, i});
    }
    std::sort(heights.begin(), heights.end());
    QList<int> chosen;
    for (int i = 0; i < std::min(limit, int(heights.size())); ++i)
        chosen.append(heights[i].second);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

std::optional<QPointF> pointAt(const QList<QList<QPointF>> &lines, double x, double gapSeconds)
{
    std::optional<QPointF> nearest;
    for (const QList<QPointF> &line : lines) {
        const auto behind = std::lower_bound(
            line.begin(), line.end(), x, [](const QPointF &p, double at) { return p.x() < at; });
        const auto consider = [&](const QPointF &point) {
            const double distance = std::abs(point.x() - x);
            if (distance <= gapSeconds && (!nearest || distance < std::abs(nearest->x() - x)))
                nearest = point;
        };
        if (behind != line.end())
            consider(*behind);
        if (behind != line.begin())
            consider(*std::prev(behind));
    }
    return nearest;
}

QString secondsAgoText(double seconds)
{
    const qint64 whole = qRound64(-seconds);
    if (whole <= 0)
        return u"now"_qs;
    return whole % 60 == 0 && whole > 60 ? u"−%1 min"_qs.arg(whole / 60) : u"−%1 s"_qs.arg(whole);
}

} // namespace edgewise::models
