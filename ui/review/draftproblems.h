// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>
#include <flags/validate.h>

namespace edgewise::reviewpage {

/// What the changes bring in: errors, which hinder a save, then warnings about the objects that
/// they touch. What stood there before is none of theirs.
std::vector<flags::Problem> problemsOf(const changes::ChangeSet &changes,
                                       const flags::Snapshot &before, const flags::Snapshot &after);

} // namespace edgewise::reviewpage
