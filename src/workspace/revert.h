// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>

namespace edgewise::workspace {

/// What stands now, without what a save did: `inverse` undoes it as it was asked for, before the
/// writer gave times and ranks to what it added. Conflict, naming the object, where somebody has
/// changed it again since.
Result<flags::Snapshot> reverted(const flags::Snapshot &now, const changes::ChangeSet &inverse);

} // namespace edgewise::workspace
