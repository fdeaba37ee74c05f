// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/values.h>

#include <functional>
#include <vector>

namespace edgewise::store {

/// Makes the order of `distributions`, which will be read by created_at and then by row, the order
/// in which they stand. Rows of `before` keep their row numbers, new ones get greater ones in list
/// order. Times change as little as possible: what is new without time, or moved, goes between its
/// neighbours; if there is no room, or the times are unreadable, all get new ones from `nextTime`,
/// which gives increasing texts. Every empty time is filled.
void layOutBuckets(const std::vector<flags::Distribution> &before,
                   std::vector<flags::Distribution> &distributions,
                   const std::function<QString()> &nextTime);

} // namespace edgewise::store
