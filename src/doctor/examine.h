// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <doctor/finding.h>

#include <vector>

namespace edgewise::doctor {

/// The faults of a snapshot, namespace by namespace. What Flipt merely refuses to be told, and what
/// hardly anybody wants, is validate()'s business and none of these. `stored` is what the reading
/// found in the rows and the snapshot cannot hold (store::Reading).
std::vector<Finding> examine(const flags::Snapshot &snapshot,
                             const std::vector<flags::Problem> &stored = {});

} // namespace edgewise::doctor
