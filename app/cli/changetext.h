// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>

#include <QByteArray>
#include <QList>

namespace edgewise::cli {

/// A line for each change: `+` came, `-` went, `~` changed, with the fields and their old and new
/// values.
QList<QByteArray> changeLines(const changes::ChangeSet &changes);

/// The same as JSON objects, shaped as in a change-set file.
QList<QByteArray> changeJsonLines(const changes::ChangeSet &changes);

} // namespace edgewise::cli
