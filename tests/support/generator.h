// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QRandomGenerator>
#include <QStringList>

namespace edgewise::test {

/// Makes snapshots as databases hold them, sound and faulty: tied ranks, thresholds of 140,
/// constraint type 9, rules without segments, dangling variants, tied creation times, NULLs. Keys
/// and ids are unique where tables make them so. The same seed gives the same snapshots.
class SnapshotGenerator {
public:
    explicit SnapshotGenerator(quint32 seed) : m_random(seed) {}

    /// A few namespaces with flags and segments.
    flags::Snapshot snapshot();
    /// `snapshot` after a few random edits of every kind, faulty ones included: it shares what the
    /// edits do not touch, sometimes equal copies instead.
    flags::Snapshot edited(const flags::Snapshot &snapshot, int edits = 4);

    /// `snapshot` with a few rows of every kind that nothing leads to, in place of those it has.
    flags::Snapshot withOrphans(const flags::Snapshot &snapshot);

    flags::Flag flag();
    flags::Segment segment();

private:
    int below(int limit) { return static_cast<int>(m_random.bounded(limit)); }
    bool oneIn(int count) { return below(count) == 0; }
    QString text();
    QString id();
    QString key(const char *stem) { return QLatin1StringView(stem) + QString::number(m_next++); }
    double percentage();
    flags::Times times();
    flags::Variant variant();
    flags::Constraint constraint();
    flags::Distribution distribution();
    flags::Rule rule();
    flags::Rollout rollout();
    std::vector<SegmentKey> segmentKeys();
    flags::Orphan orphan();
    void edit(flags::Flag &flag);
    void edit(flags::Rule &rule);
    void edit(flags::Rollout &rollout);
    void edit(flags::Segment &segment);
    void edit(flags::Namespace &nameSpace);

    template <typename T, typename Make>
    void editList(std::vector<T> &list, Make make);

    QRandomGenerator m_random;
    int m_next = 1;
    QStringList m_variantIds;
    QStringList m_segmentKeys;
};

/// `flagCount` flags with about ten dependent rows each and a tenth as many segments, in one
/// namespace: the size that figures are given for.
flags::Snapshot largeSnapshot(int flagCount);

} // namespace edgewise::test
