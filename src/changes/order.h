// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>

#include <QString>

#include <vector>

namespace edgewise::changes {

/// Puts changes into the order that ChangeSet promises.
void sortCanonically(std::vector<Change> &changes);

/// An element that stands in two lists, by its index in each.
struct Placed {
    int before = 0;
    int after = 0;
    QString identity;
};

/// Which of the elements must move to turn the one order into the other, as few as possible: true
/// at their index. The choice among equally few hangs on the identities alone, so that it is the
/// same when before and after change sides.
std::vector<bool> movedElements(const std::vector<Placed> &elements);

} // namespace edgewise::changes
