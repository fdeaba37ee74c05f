// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/lagseriesmodel.h>

#include <QPointF>

#include <optional>

/// The arithmetic of the lag chart, free of any chart. A pure function each.
namespace edgewise::models {

enum class LagUnit { Frames, Milliseconds, Users };

/// The end of an axis that shows `largest`: 1, 2 or 5 times a power of ten, never below `least`.
double axisEnd(double largest, double least);

/// Lines of points, x in seconds before `now` (negative), y in the unit. A line ends where the node
/// was unreachable or its lag not known, and where two samples lie farther apart than
/// `gapSeconds`: a gap is drawn as nothing, never as zero.
QList<QList<QPointF>> lagLines(const QList<LagPoint> &points, LagUnit unit, qint64 now,
                               double gapSeconds);

/// The line with no more points than a drawing of so many columns can show: of those that fall into
/// one column the first, the lowest, the highest and the last. `from` and `to` as x.
QList<QPointF> decimated(const QList<QPointF> &line, double from, double to, int columns);

/// Many nodes as one: in each of `columns` columns the median and the worst of the nodes that had a
/// figure there.
struct LagBand {
    QList<QPointF> median;
    QList<QPointF> worst;
};
LagBand lagBand(const QList<QList<QList<QPointF>>> &lines, double from, double to, int columns);

/// The places of the lines that are drawn one by one, at most `limit`, in their order: those whose
/// highest point is highest. The others belong to the band.
QList<int> linesToDraw(const QList<QList<QList<QPointF>>> &lines, int limit);

/// The point nearest to a moment, no farther from it than `gapSeconds`; nothing in a gap.
std::optional<QPointF> pointAt(const QList<QList<QPointF>> &lines, double x, double gapSeconds);

/// "now", "−30 s", "−5 min": a moment on the time axis.
QString secondsAgoText(double seconds);

} // namespace edgewise::models
