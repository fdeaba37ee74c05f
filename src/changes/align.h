// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

/// Brings a snapshot whose generated ids mean nothing here (a document's, another database's) onto
/// the ids of a target, so that diff(target, align(target, source)) says what is to be done, and
/// doing it twice changes nothing.
namespace edgewise::changes {

enum class AlignMode {
    Merge,   ///< adds and changes; nothing is deleted at any level
    Replace, ///< the target becomes equal to the source; what the source lacks goes
};

/// The snapshot that `target` would become. Namespaces, flags, segments and variants match by key,
/// constraints by type, property, operator and value, rules and rollouts by position,
/// distributions by variant and then position. Matched objects keep the target's ids and times;
/// Replace takes creation times from a source that has them. Added objects keep a database's ids
/// where the target does not use them, else they get new ones; a document's (it has no times) are
/// never kept. Distributions stand in the source's order, with creation times that say so.
flags::Snapshot align(const flags::Snapshot &target, const flags::Snapshot &source, AlignMode mode);

} // namespace edgewise::changes
