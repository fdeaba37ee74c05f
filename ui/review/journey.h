// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/arrivalline.h>

namespace edgewise::workspace {
class Save;
class Workspace;
} // namespace edgewise::workspace

/// A committed save in the words of the arrival line.
namespace edgewise::reviewpage {

/// "committed frame 1,043".
QString committedText(const workspace::Save &save);
/// The replicas, then the Flipts.
QList<ArrivalStop> stopsOf(const workspace::Save &save, const workspace::Workspace &workspace);

} // namespace edgewise::reviewpage
