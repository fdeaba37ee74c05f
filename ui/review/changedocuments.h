// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>

/// A draft outside the window: as a file, and as text for a ticket.
namespace edgewise::reviewpage {

/// Whole or not at all; Input with the system's words when the file cannot be written.
Result<void> writeChanges(const QString &path, const changes::ChangeSet &changes);
/// Input for a file that cannot be read or is none of ours.
Result<changes::ChangeSet> readChanges(const QString &path);

/// A heading, the reason as a quotation, and the changes as a block that is shown as it is,
/// whatever the keys and values hold.
QString markdown(const QString &title, const QString &reason, const changes::ChangeSet &changes,
                 const flags::Snapshot &before, const flags::Snapshot &after);

} // namespace edgewise::reviewpage
