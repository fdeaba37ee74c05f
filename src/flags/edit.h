// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <flags/snapshot.h>

#include <functional>

/// Edits of whole objects: each gives a new snapshot that shares everything else. They refuse what
/// would make an address ambiguous or dangling (Input for a duplicate, NotFound for a missing
/// object) and nothing more: values are judged by validate(). The error's detail uses Flipt's words
/// (Flipt: errors/errors.go). Objects without a row id get one, so that every object of a draft has
/// an address; times may stay empty, the writer fills them.
namespace edgewise::flags {

Result<Snapshot> insertNamespace(const Snapshot &snapshot, Namespace nameSpace);
/// Replaces name, description and protection alone; flags and segments stay.
Result<Snapshot> describeNamespace(const Snapshot &snapshot, const NamespaceKey &key,
                                   const QString &name, const QString &description);
/// With everything in it.
Result<Snapshot> removeNamespace(const Snapshot &snapshot, const NamespaceKey &key);

/// At the end of the namespace's flags, which is where its created_at will put it.
Result<Snapshot> insertFlag(const Snapshot &snapshot, const NamespaceKey &nameSpace, Flag flag);
/// In place of the flag of the same key.
Result<Snapshot> replaceFlag(const Snapshot &snapshot, const NamespaceKey &nameSpace, Flag flag);
Result<Snapshot> removeFlag(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                            const FlagKey &key);
/// The same for many at once, in one pass over the namespace. All of the keys must be there.
/// `edit` must leave the key as it is.
Result<Snapshot> editFlags(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                           const std::vector<FlagKey> &keys,
                           const std::function<void(Flag &)> &edit);
Result<Snapshot> removeFlags(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                             const std::vector<FlagKey> &keys);

Result<Snapshot> insertSegment(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                               Segment segment);
Result<Snapshot> replaceSegment(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                                Segment segment);
/// Input, naming a flag that uses it, while any rule or rollout refers to the segment (Flipt:
/// "segment … is in use").
Result<Snapshot> removeSegment(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                               const SegmentKey &key);

/// A random UUID of version 4 in Flipt's form: lower case with hyphens.
QString newId();

/// What is typed, as Flipt would store it (Flipt: internal/storage/sql/common): segment lists
/// without repetitions, the operator of a single segment OR, percentages as float32.
Flag asStored(Flag flag);
/// Operators in lower case, no value where the operator takes none, date-times in UTC without
/// fraction.
Segment asStored(Segment segment);

/// A percentage as Flipt's tables hold it: a float32 widened to double.
double asStored(double percentage);

} // namespace edgewise::flags
