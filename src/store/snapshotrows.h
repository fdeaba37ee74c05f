// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>
#include <store/flipttables.h>

#include <QHash>
#include <QVariantList>

#include <utility>
#include <vector>

namespace edgewise::store {

/// What SQLite sorts a row by: a time column holds text or, because of its NUMERIC affinity, a
/// number; numbers come first, text compares by bytes, the row number breaks ties.
struct RowPlace {
    bool isText = false;
    double number = 0;
    QString text;
    qint64 row = 0;
};

/// The place of a created_at that a snapshot holds, which is text even where a number is stored.
RowPlace placeOfTime(const QString &time, qint64 row);

/// Bytewise order of the texts' UTF-8, which QString's own order is not beyond U+D7FF.
int compareBytes(QStringView a, QStringView b);
bool precedes(const RowPlace &a, const RowPlace &b);
/// The times alone: negative, zero or positive.
int compareTimes(const RowPlace &a, const RowPlace &b);

template <typename T>
struct Placed {
    T value;
    RowPlace place;
};

/// Namespace and key of a flag or segment.
using OwnerKey = std::pair<QString, QString>;

/// The rows of a snapshot's tables, collected in any order.
class SnapshotRows {
public:
    /// `row`: the row number, then tableColumns(table).
    void add(Table table, const QVariantList &row);

    qint64 count(Table table) const { return m_counts[size_t(table)]; }

    std::vector<Placed<flags::Namespace>> namespaces;
    QHash<QString, std::vector<Placed<flags::Segment>>> segments; ///< by namespace
    QHash<QString, std::vector<Placed<flags::Flag>>> flags;       ///< by namespace
    QHash<OwnerKey, std::vector<Placed<flags::Constraint>>> constraints;
    QHash<OwnerKey, std::vector<Placed<flags::Variant>>> variants;
    QHash<OwnerKey, std::vector<Placed<flags::Rule>>> rules;
    QHash<OwnerKey, std::vector<Placed<flags::Rollout>>> rollouts;
    QHash<QString, std::vector<Placed<flags::Distribution>>> distributions;  ///< by rule
    QHash<QString, flags::Threshold> thresholds;                             ///< by rollout
    QHash<QString, std::vector<Placed<flags::SegmentMatch>>> segmentMatches; ///< by rollout
    /// Segment keys by rule, or by row of rollout_segments.
    QHash<QString, std::vector<Placed<SegmentKey>>> ruleSegments;
    QHash<QString, std::vector<Placed<SegmentKey>>> matchSegments;

private:
    std::array<qint64, size_t(tableCount)> m_counts{};
};

} // namespace edgewise::store
