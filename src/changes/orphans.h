// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>

/// Changes of rows that nothing leads to. They stand beside the tree of namespaces, so they have no
/// place among siblings, and no change of anything else touches them.
namespace edgewise::changes {

Address addressOf(const flags::Orphan &orphan);

/// Its fields; where its row is missing, those of the list of segments alone.
std::map<Field, Value> valuesOf(const flags::Orphan &orphan);

/// Appends what differs between two lists in the order of flags::sortOrphans.
void compareOrphans(const std::vector<flags::Orphan> &before,
                    const std::vector<flags::Orphan> &after, std::vector<Change> &changes);

/// Makes those of the changes that are of orphans. Conflict as apply().
std::optional<Error> applyToOrphans(const ChangeSet &changes, std::vector<flags::Orphan> &orphans);

} // namespace edgewise::changes
