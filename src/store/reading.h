// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>
#include <flags/validate.h>
#include <store/schema.h>

#include <QHash>

#include <optional>

namespace edgewise::store {

/// Which state of which node a snapshot is.
struct Origin {
    QString node; ///< Source::text
    /// Replication index of the node's log; none for files and for an empty log.
    std::optional<quint64> replicationIndex;
    /// The log that the index counts in; empty for files, and where the node did not tell in time
    /// (a replica asks its primary). Indexes of different logs say nothing about each other.
    QString logId = {};
    /// Every answer of the reading, one before and one after it carried this index of the same log,
    /// so that the rows are one state. A file read in one transaction is exact. Only exact origins
    /// are compared for divergence.
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
    /// What rows hold that the snapshot cannot, and Flipt cannot read: StorageType and LinkOutside,
    /// the first few.
    std::vector<flags::Problem> problems;
};

} // namespace edgewise::store
