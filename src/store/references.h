// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <changes/changeset.h>
#include <flags/snapshot.h>

namespace edgewise::store {

/// What the tables' foreign keys will demand of the changes, in Flipt's words for it: Constraint
/// when a changed rule, rollout, distribution or flag names what is not in `after`, or a removed
/// segment is still in use there; and when an object is added that orphans would become part of.
Result<void> checkReferences(const flags::Snapshot &after, const changes::ChangeSet &changes);

/// Takes out of `after` what the tables delete with the variants that `changes` remove: the
/// distributions that name them, in any rule, and the default variants. A flag's updated_at stays,
/// as in Flipt.
void dropWhatGoesWithVariants(flags::Snapshot &after, const changes::ChangeSet &changes);

/// The same for orphans: those in a removed namespace, and distributions of removed variants.
void dropOrphansOfRemoved(flags::Snapshot &after, const changes::ChangeSet &changes);

} // namespace edgewise::store
