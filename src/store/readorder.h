// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

namespace edgewise::store {

/// Puts the objects of `after` into the order in which a reading will give them once `after` has
/// been written over `base`: by created_at, then by key, constraints by row. Rules, rollouts and
/// distributions already stand so (completeSave). Objects that stay in place stay shared.
void sortAsRead(const flags::Snapshot &base, flags::Snapshot &after);

} // namespace edgewise::store
