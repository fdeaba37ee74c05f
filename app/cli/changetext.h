// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>

#include <QByteArray>
#include <QList>

namespace edgewise::cli {

/// Changes for people: a line for each and, indented, one for each field. `after` is what the
/// changes make of `before`.
QList<QByteArray> changeLines(const changes::ChangeSet &changes, const flags::Snapshot &before,
                              const flags::Snapshot &after);

/// A JSON object for each change, shaped as in a change-set file.
QList<QByteArray> changeJsonLines(const changes::ChangeSet &changes);

} // namespace edgewise::cli
