// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <changes/changeset.h>
#include <flags/snapshot.h>

#include <QMap>
#include <QSet>

#include <functional>

namespace edgewise::store {

/// Gives a new row id at each call: a random UUID, or what a test wants.
using IdGenerator = std::function<QString()>;

/// A random UUID v4 as Flipt writes it: lower case, with hyphens.
QString randomId();

/// What the database will hold after a save, to the last text.
struct CompletedSave {
    flags::Snapshot after;         ///< in the order in which it will be read
    changes::ChangeSet changes;    ///< diff(base, after); empty when there is nothing to do
    QMap<QString, QString> stamps; ///< the new state_modified_at by touched namespace
    QSet<QString> generated;       ///< ids and times that were made here
};

/// Completes what a person's changes leave out, as Flipt does at each write (Flipt:
/// internal/storage/sql/common/{flag,rule,rollout,segment,namespace}.go):
/// - ids, UUID v4; children that name a new parent or variant by its empty id are resolved
/// - created_at, where it is empty: now, each object a microsecond later than the one before, so
///   that the intended order is the order of reading; a distribution that came or moved between
///   others gets a time between theirs, because that order lays out the buckets
/// - updated_at of what changed, unless the change gives one; of all siblings when a rule or
/// rollout
///   went or the ranks moved; never of a flag whose variant changed
/// - ranks: 1 to n in list order when a rule or rollout went from a list that had them so, or when
///   the ranks contradict the order of the list
/// - percentages as float32, which is what Flipt holds
/// - what goes with a removed variant: distributions that name it, default variants
/// - state_modified_at of every touched namespace, greater than that of `base` and not before `now`
/// Constraint, in Flipt's words, when something refers to what will not be there; Conflict when
/// `base` is not what the changes were made on; Input when an empty id could mean several objects.
/// `now` is wall clock, nanoseconds since 1970.
Result<CompletedSave> completeSave(const changes::ChangeSet &changes, const flags::Snapshot &base,
                                   qint64 now, const IdGenerator &newId);

} // namespace edgewise::store
