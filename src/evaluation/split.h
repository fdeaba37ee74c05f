// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/buckets.h>

/// Edits of a rule's shares that keep to whole buckets, so that what is shown is what Flipt serves.
namespace edgewise::evaluation {

/// All 1000 buckets among the distributions as equally as can be, the first ones get the remainder:
/// 33.4, 33.3 and 33.3 of three (thirds in hundredths, 33.34, 33.33 and 33.33, would leave one
/// entity in a thousand without a variant).
void splitEqually(std::vector<flags::Distribution> &distributions);

/// Gives the buckets that nobody gets to the last distribution.
void fillUp(std::vector<flags::Distribution> &distributions);

/// The rule with the same shares a variant, laid out so that the fewest buckets change against
/// `before`. A variant may then have more than one distribution; ids stay with the variant's first
/// ones, new ones have none.
flags::Rule movingFewest(const flags::Rule &rule, const BucketLayout &before);

/// How many buckets change their variant.
int movedCount(const BucketLayout &before, const BucketLayout &after);

} // namespace edgewise::evaluation
