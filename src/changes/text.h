// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>

#include <QStringList>

/// Changes as plain text for people, logs and errors.
namespace edgewise::changes {

/// `flag "default/quiet-hours"`, `rule 5d1c… of flag "default/quiet-hours"`.
QString text(const Address &address);

/// `"text"`, `on`, `12.5`, `[a, b]`; `none` for NULL.
QString text(const Value &value);

/// A line a change and, indented, one a field: `~ flag "default/quiet-hours"`, `    name: "a" →
/// "b"`;
/// + for what comes, - for what goes, ~ for what changes. Of what comes or goes only the contents
/// that say something. Grouped by flag and segment. `after` is what the changes make of `before`.
QStringList text(const ChangeSet &changes, const flags::Snapshot &before,
                 const flags::Snapshot &after);

/// The field's label, or its number where objects of the kind have no such field.
QString fieldLabel(ObjectKind kind, Field field);

} // namespace edgewise::changes
