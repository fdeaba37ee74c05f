// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/arrivalline.h>

#include <flags/snapshot.h>

namespace edgewise::workspace {
class Draft;
class Save;
class Workspace;
} // namespace edgewise::workspace

/// A committed save in the words of the arrival line.
namespace edgewise::reviewpage {

/// "committed frame 1,043".
QString committedText(const workspace::Save &save);
/// The replicas, then the Flipts.
QList<ArrivalStop> stopsOf(const workspace::Save &save, const workspace::Workspace &workspace);

/// What the save wrote is in the draft's base, so that it can be undone there.
bool standsOn(const workspace::Draft &draft, const workspace::Save &save);
/// What stands now without what led from one state to the other. Conflict, naming the object, where
/// somebody has changed it again since.
Result<flags::Snapshot> undone(const flags::Snapshot &now, const flags::Snapshot &from,
                               const flags::Snapshot &to);

} // namespace edgewise::reviewpage
