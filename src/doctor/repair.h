// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>
#include <doctor/finding.h>

#include <vector>

namespace edgewise::doctor {

/// The changes that make the findings good, of `snapshot`, in which they were found; those whose
/// remedy is None stay. `now` is wall clock, nanoseconds since 1970, for new stamps.
changes::ChangeSet repair(const flags::Snapshot &snapshot, const std::vector<Finding> &findings,
                          qint64 now);

} // namespace edgewise::doctor
