// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>
#include <store/schema.h>

#include <QHash>

#include <optional>

namespace edgewise::store {

/// Which state of which node a snapshot is.
struct Origin {
    QString node; ///< Source::text
    /// Replication index of the node's log; none for files and for an empty log.
    std::optional<quint64> replicationIndex;
    /// Every answer of the reading, one before and one after it carried this index, so that the
    /// rows are one state. A file read in one transaction is exact. Only exact origins are compared
    /// for divergence.
    bool exact = false;
    qint64 readAt =
        0; ///< wall clock of this machine, nanoseconds since 1970, when the reading ended

    friend bool operator==(const Origin &, const Origin &) = default;
};

struct Reading {
    flags::Snapshot snapshot;
    Origin origin;
    SchemaState schema;
    QHash<QString, qint64> rowCounts; ///< by table of Flipt's model
};

} // namespace edgewise::store
