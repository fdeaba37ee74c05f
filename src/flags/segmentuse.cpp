// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/segmentuse.h"

#include "flags/edit.h"

#include <QSet>

#include <algorithm>

namespace edgewise::flags {

namespace {

bool namesSegment(const std::vector<SegmentKey> &keys, const SegmentKey &key)
{
    return std::ranges::find(keys, key) != keys.end();
}

bool isOnlyOne(const Rollout &rollout, const SegmentKey &key)
{
    return std::ranges::all_of(rollout.segmentMatches, [&](const SegmentMatch &match) {
        return std::ranges::all_of(match.segments,
                                   [&](const SegmentKey &each) { return each == key; });
    });
}

template <typename T>
void takeOut(std::vector<SegmentKey> &keys, int &segmentOperator, const T &key)
{
    if (std::erase(keys, key) > 0 && keys.size() < 2)
        segmentOperator = OrOperator;
}

/// Removes those for which `gone` holds; the ranks count from 1 only where something went.
template <typename T, typename Gone>
void removeAndCount(std::vector<T> &list, Gone gone)
{
    if (std::erase_if(list, gone) == 0)
        return;
    for (size_t i = 0; i < list.size(); ++i)
        list[i].rank = qint64(i) + 1;
}

} // namespace

std::vector<SegmentUse> usesOf(const Namespace &nameSpace, const SegmentKey &segment)
{
    std::vector<SegmentUse> uses;
    for (const auto &flag : nameSpace.flags) {
        int number = 0;
        for (const Rule &rule : flag->rules) {
            ++number;
            if (namesSegment(rule.segments, segment))
                uses.push_back({flag->key, false, number, rule.segments.size() == 1});
        }
        number = 0;
        for (const Rollout &rollout : flag->rollouts) {
            ++number;
            for (const SegmentMatch &match : rollout.segmentMatches)
                if (namesSegment(match.segments, segment)) {
                    uses.push_back({flag->key, true, number, isOnlyOne(rollout, segment)});
                    break;
                }
        }
    }
    return uses;
}

QHash<QString, int> segmentUseCounts(const Namespace &nameSpace)
{
    QHash<QString, int> counts;
    for (const auto &flag : nameSpace.flags) {
        QSet<QString> named;
        for (const Rule &rule : flag->rules)
            for (const SegmentKey &key : rule.segments)
                named.insert(key.text());
        for (const Rollout &rollout : flag->rollouts)
            for (const SegmentMatch &match : rollout.segmentMatches)
                for (const SegmentKey &key : match.segments)
                    named.insert(key.text());
        for (const QString &key : std::as_const(named))
            ++counts[key];
    }
    return counts;
}

Result<Snapshot> removeSegmentAndUses(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                                      const SegmentKey &segment)
{
    Snapshot result = snapshot;
    const auto owner = snapshot.nameSpace(nameSpace);
    const auto uses = owner ? usesOf(*owner, segment) : std::vector<SegmentUse>();
    for (size_t i = 0; i < uses.size(); ++i) {
        if (i > 0 && uses[i].flag == uses[i - 1].flag)
            continue; // done with the first one
        Flag flag = *owner->flag(uses[i].flag);
        removeAndCount(flag.rules, [&](const Rule &rule) {
            return rule.segments.size() == 1 && rule.segments.front() == segment;
        });
        for (Rule &rule : flag.rules)
            takeOut(rule.segments, rule.segmentOperator, segment);
        removeAndCount(flag.rollouts, [&](const Rollout &rollout) {
            return !rollout.threshold && !rollout.segmentMatches.empty()
                   && isOnlyOne(rollout, segment);
        });
        for (Rollout &rollout : flag.rollouts)
            for (SegmentMatch &match : rollout.segmentMatches)
                takeOut(match.segments, match.segmentOperator, segment);
        Result<Snapshot> edited = replaceFlag(result, nameSpace, std::move(flag));
        if (!edited)
            return edited;
        result = std::move(*edited);
    }
    return removeSegment(result, nameSpace, segment);
}

} // namespace edgewise::flags
