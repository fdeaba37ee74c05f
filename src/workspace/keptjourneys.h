// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/journal.h>
#include <workspace/journey.h>

#include <functional>

/// Journeys as the journal holds them. A pure function each; ids and the names of nodes are left to
/// the caller.
namespace edgewise::workspace {

/// Of our own save; `isFlipt` tells the address of a Flipt from that of a node.
Journey keptJourney(const store::JournalSummary &summary,
                    const std::function<bool(const QString &)> &isFlipt);
Journey keptJourney(const store::JournalSighting &sighting);
/// Of somebody else's save.
store::JournalSighting sightingOf(const QString &source, const Journey &journey);

/// What somebody has saved, as far as the renewed versions tell.
QString othersText(const QMap<QString, QString> &stamps);

} // namespace edgewise::workspace
