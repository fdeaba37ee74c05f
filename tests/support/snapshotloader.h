// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

namespace edgewise::test {

/// The snapshot of a SQLite file with Flipt's tables, read through QSQLITE by plain selects: an
/// answer to hold the program's own reader against. Ends the test program when it cannot be read.
flags::Snapshot loadSnapshot(const QString &path);

} // namespace edgewise::test
