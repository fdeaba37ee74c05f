// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/lagseriesmodel.h>

#include <QPointF>

/// The arithmetic of the lag chart, free of any chart. A pure function each.
namespace edgewise::models {

enum class LagUnit { Frames, Milliseconds };

/// The end of an axis that shows `largest`: 1, 2 or 5 times a power of ten, never below `least`.
double axisEnd(double largest, double least);

/// Lines of points, x in seconds before `now` (negative), y in the unit. A line ends where the node
/// was unreachable or its lag not known, and where two samples lie farther apart than
/// `gapSeconds`: a gap is drawn as nothing, never as zero.
QList<QList<QPointF>> lagLines(const QList<LagPoint> &points, LagUnit unit, qint64 now,
                               double gapSeconds);

/// "now", "−30 s", "−5 min": a moment on the time axis.
QString secondsAgoText(double seconds);

} // namespace edgewise::models
