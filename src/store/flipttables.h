// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <array>

/// The tables of Flipt's model, parents before children, with the columns that a snapshot is made
/// of (Flipt: config/migrations/sqlite3). Each name stands here once.
namespace edgewise::store {

enum class Table {
    Namespaces,
    Segments,
    Constraints,
    Flags,
    Variants,
    Rules,
    RuleSegments,
    Distributions,
    Rollouts,
    RolloutThresholds,
    RolloutSegments,
    RolloutSegmentReferences,
    Count,
};

inline constexpr int tableCount = int(Table::Count);

QString tableName(Table table);

/// The columns of a row as SnapshotRows takes them, after the row number.
QStringList tableColumns(Table table);

/// "name" with quotes as SQL wants them.
QString quoted(const QString &identifier);

} // namespace edgewise::store
