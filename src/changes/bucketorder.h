// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/values.h>

#include <functional>

/// The creation times of distributions, which lay out the buckets (Flipt:
/// internal/storage/sql/common/evaluation.go).
namespace edgewise::changes {

/// Makes the order of `distributions`, which will be read by created_at and then by row, the order
/// in which they stand. `before` is the list as the database has it: its rows keep their numbers,
/// new ones get greater ones in list order. Times change as little as possible: what is new without
/// a time, or moved, goes between its neighbours, a microsecond apart. Empty times at the end are
/// filled from `nextTime`, which gives increasing texts; without it they stay for the writer.
void layOutBuckets(const std::vector<flags::Distribution> &before,
                   std::vector<flags::Distribution> &distributions,
                   const std::function<QString()> &nextTime = {});

/// Makes the times strictly increasing in the order in which the distributions stand, moving those
/// that are not before the next one. Empty times at the end stay.
void separateTimes(std::vector<flags::Distribution> &distributions);

} // namespace edgewise::changes
