// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/journey.h"

#include <algorithm>
#include <cmath>

namespace edgewise::workspace {

std::optional<qint64> Journey::after(const JourneyStop &stop) const
{
    return stop.seenAt ? std::optional(std::max<qint64>(0, *stop.seenAt - beganAt)) : std::nullopt;
}

bool Journey::isComplete() const
{
    return isLost || std::all_of(stops.begin(), stops.end(), [](const JourneyStop &stop) {
               return stop.seenAt.has_value();
           });
}

qint64 Journey::longest() const
{
    qint64 longest = 0;
    for (const JourneyStop &stop : stops)
        longest = std::max(longest, after(stop).value_or(0));
    return longest;
}

std::optional<JourneyFigures> journeyFigures(const QList<Journey> &journeys, JourneyStop::Kind kind,
                                             const QString &node)
{
    QList<qint64> times;
    bool isBound = false;
    for (const Journey &journey : journeys) {
        for (const JourneyStop &stop : journey.stops) {
            const auto after = journey.after(stop);
            if (!after || stop.kind != kind || (!node.isEmpty() && stop.node != node))
                continue;
            times.append(*after + journey.uncertainty);
            isBound = isBound || journey.isOthers();
        }
    }
    if (times.isEmpty())
        return std::nullopt;
    std::sort(times.begin(), times.end());
    const auto at = [&times](double part) { // nearest rank
        const auto rank = qsizetype(std::ceil(part * double(times.size())));
        return times[std::clamp<qsizetype>(rank - 1, 0, times.size() - 1)];
    };
    return JourneyFigures{
        .median = at(0.5), .worst = at(0.95), .count = int(times.size()), .isBound = isBound};
}

} // namespace edgewise::workspace
