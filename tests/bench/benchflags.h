// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

namespace edgewise::bench {

/// Namespace "default" with the variant flag "rules", which has `ruleCount` rules of two
/// constraints each, of which only the last can match, and three distributions; and the boolean
/// flag "threshold", whose segment is missed, so that its threshold decides. The entity that this
/// is made for has plan "pro" and age "42".
flags::Snapshot flagsOfRules(int ruleCount);

/// The namespace as a running Flipt gives it to its client engines (Flipt:
/// internal/server/evaluation/data/server.go): a rule once for each of its segments.
QByteArray clientSnapshot(const flags::Namespace &nameSpace);

} // namespace edgewise::bench
