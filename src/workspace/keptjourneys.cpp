// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/keptjourneys.h"

#include "workspace/journeylog.h"

#include <algorithm>

namespace edgewise::workspace {

Journey keptJourney(const store::JournalSummary &summary,
                    const std::function<bool(const QString &)> &isFlipt)
{
    Journey journey;
    journey.origin = Journey::Origin::Kept;
    journey.what = summary.changeCount == 1 ? JourneyLog::tr("1 change")
                                            : JourneyLog::tr("%1 changes").arg(summary.changeCount);
    journey.beganWall = summary.begunAt;
    journey.index = summary.replicationIndex;
    journey.stamps = summary.stamps;
    for (const store::JournalArrival &arrival : summary.arrivals)
        journey.stops.append(
            {.kind = isFlipt(arrival.node) ? JourneyStop::Kind::Flipt : JourneyStop::Kind::Row,
             .node = arrival.node,
             .name = {},
             .seenAt = arrival.nanoseconds,
             .uncertainty = arrival.uncertainty});
    return journey;
}

Journey keptJourney(const store::JournalSighting &sighting)
{
    Journey journey;
    journey.origin = Journey::Origin::Kept;
    journey.what = othersText(sighting.stamps);
    journey.beganWall = sighting.seenAt;
    journey.uncertainty = std::max<qint64>(1, sighting.uncertainty);
    journey.index = sighting.replicationIndex;
    journey.stamps = sighting.stamps;
    for (const auto &[kind, arrival] : sighting.stops)
        journey.stops.append({.kind = JourneyStop::Kind(kind),
                              .node = arrival.node,
                              .name = {},
                              .seenAt = arrival.nanoseconds,
                              .uncertainty = arrival.uncertainty});
    return journey;
}

store::JournalSighting sightingOf(const QString &source, const Journey &journey)
{
    store::JournalSighting sighting{.source = source,
                                    .seenAt = journey.beganWall,
                                    .uncertainty = journey.uncertainty,
                                    .replicationIndex = journey.index,
                                    .stamps = journey.stamps,
                                    .stops = {}};
    for (const JourneyStop &stop : journey.stops) {
        if (const auto after = journey.after(stop))
            sighting.stops.append({.kind = int(stop.kind),
                                   .arrival = {.node = stop.node,
                                               .nanoseconds = *after,
                                               .uncertainty = stop.uncertainty}});
    }
    return sighting;
}

QString othersText(const QMap<QString, QString> &stamps)
{
    return stamps.isEmpty() ? JourneyLog::tr("rows, without a new version")
                            : QStringList(stamps.keys()).join(u", ");
}

} // namespace edgewise::workspace
