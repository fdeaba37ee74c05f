// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/writeplan.h>

namespace edgewise::store {

/// Appends the INSERTs of all added objects, parents first, siblings in list order: ties of time or
/// rank are read by row number. True when some INSERT holds several objects.
bool insertAdded(const std::vector<changes::Change> &changes, Inserts inserts,
                 QList<WriteStatement> &statements);

/// Appends the INSERT of a rule's or segment match's segments, in this order.
void insertSegments(const changes::Address &address, const QStringList &keys,
                    QList<WriteStatement> &statements);

} // namespace edgewise::store
