// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/completion.h>

namespace edgewise::store {

/// Gives an id to each new object that has none, and to those that refer to it. `generated` takes
/// the new ids.
Result<changes::ChangeSet> fillIds(changes::ChangeSet changes, const IdGenerator &newId,
                                   QSet<QString> &generated);

} // namespace edgewise::store
