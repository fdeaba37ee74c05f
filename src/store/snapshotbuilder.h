// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/snapshotrows.h>

namespace edgewise::store {

/// Puts the rows together in the orders in which Flipt reads them (Flipt:
/// internal/storage/sql/common). Objects equal to those of `previous` are shared with it. Rows
/// whose owner does not exist, left by somebody who deleted with foreign keys off, are orphans.
/// Takes what it needs out of `rows`, and leaves the problems there.
flags::Snapshot buildSnapshot(SnapshotRows &rows, const flags::Snapshot &previous);

} // namespace edgewise::store
