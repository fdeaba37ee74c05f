// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/values.h>

namespace edgewise::changes {

/// Changes creation times so that reading the distributions by them gives the order in which they
/// stand here, which lays out the buckets: strictly increasing, at least a microsecond apart. Times
/// that say so already stay; empty ones at the end stay empty, the writer makes them later than all
/// others. `before` is the list as the database has it, where ties follow the rows.
void keepBucketOrder(const std::vector<flags::Distribution> &before,
                     std::vector<flags::Distribution> &distributions);

} // namespace edgewise::changes
