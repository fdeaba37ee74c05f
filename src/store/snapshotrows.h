// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/rowplace.h>
#include <flags/snapshot.h>
#include <flags/validate.h>
#include <store/flipttables.h>

#include <QHash>
#include <QVariantList>

#include <utility>
#include <vector>

namespace edgewise::store {

using flags::compareBytes;
using flags::compareTimes;
using flags::placeOfTime;
using flags::precedes;
using flags::RowPlace;

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

    /// Notes a row whose reference leads from the object's namespace into another one.
    void noteLinkOutside(flags::Location place, Table table, const RowPlace &reference);

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
    /// Segment keys by rule, or by row of rollout_segments; the place's text is their namespace.
    QHash<QString, std::vector<Placed<SegmentKey>>> ruleSegments;
    QHash<QString, std::vector<Placed<SegmentKey>>> matchSegments;

    std::vector<flags::Problem> problems; ///< see Reading::problems

private:
    void checkTypes(Table table, const QVariantList &row);
    void note(flags::Problem problem);

    std::array<qint64, size_t(tableCount)> m_counts{};
};

} // namespace edgewise::store
