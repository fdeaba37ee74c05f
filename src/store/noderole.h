// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QSqlDatabase>

namespace edgewise::store {

/// Done on a primary; ReadOnly, native code "REPLICA", on a node that would pass a write on to its
/// primary, which `primaryAddress` names where it is known. Network when the node does not say, as
/// a replica whose primary is gone. One round trip that changes nothing and takes no lock.
Result<void> refuseReplica(QSqlDatabase &database, const QString &node,
                           const QString &primaryAddress);

} // namespace edgewise::store
