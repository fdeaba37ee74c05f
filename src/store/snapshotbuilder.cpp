// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/snapshotbuilder.h>

#include <algorithm>

namespace edgewise::store {

namespace {

template <typename T>
std::vector<T> inOrder(std::vector<Placed<T>> rows)
{
    std::sort(rows.begin(), rows.end(),
              [](const auto &a, const auto &b) { return precedes(a.place, b.place); });
    std::vector<T> values;
    values.reserve(rows.size());
    for (Placed<T> &row : rows)
        values.push_back(std::move(row.value));
    return values;
}

template <typename Value>
QStringView keyText(const Value &value)
{
    if constexpr (std::is_same_v<decltype(value.key), QString>)
        return value.key;
    else
        return value.key.text();
}

/// By created_at, ties by key: SQLite walks the table's key.
template <typename T>
void sortByTimeAndKey(std::vector<Placed<T>> &rows)
{
    std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) {
        const int order = compareTimes(a.place, b.place);
        return order != 0 ? order < 0 : compareBytes(keyText(a.value), keyText(b.value)) < 0;
    });
}

template <typename T>
std::vector<T> inTimeAndKeyOrder(std::vector<Placed<T>> rows)
{
    sortByTimeAndKey(rows);
    std::vector<T> values;
    values.reserve(rows.size());
    for (Placed<T> &row : rows)
        values.push_back(std::move(row.value));
    return values;
}

/// Flags or segments of a namespace, shared with those of the earlier reading where equal.
template <typename T>
std::vector<std::shared_ptr<const T>>
shareEqual(std::vector<T> values, const std::vector<std::shared_ptr<const T>> &previous)
{
    QHash<QString, std::shared_ptr<const T>> known;
    known.reserve(qsizetype(previous.size()));
    for (const std::shared_ptr<const T> &object : previous)
        known.insert(object->key.text(), object);
    std::vector<std::shared_ptr<const T>> shared;
    shared.reserve(values.size());
    for (T &value : values) {
        std::shared_ptr<const T> old = known.value(value.key.text());
        if (old && *old == value)
            shared.push_back(std::move(old));
        else
            shared.push_back(std::make_shared<const T>(std::move(value)));
    }
    return shared;
}

std::vector<flags::Segment> segmentsIn(SnapshotRows &rows, const QString &nameSpace)
{
    std::vector<flags::Segment> segments = inTimeAndKeyOrder(rows.segments.take(nameSpace));
    for (flags::Segment &segment : segments)
        segment.constraints = inOrder(rows.constraints.take({nameSpace, segment.key.text()}));
    return segments;
}

std::vector<flags::Rule> rulesIn(SnapshotRows &rows, const OwnerKey &flag)
{
    std::vector<flags::Rule> rules = inOrder(rows.rules.take(flag));
    for (flags::Rule &rule : rules) {
        rule.segments = inOrder(rows.ruleSegments.take(rule.id.text()));
        rule.distributions = inOrder(rows.distributions.take(rule.id.text()));
    }
    return rules;
}

std::vector<flags::Rollout> rolloutsIn(SnapshotRows &rows, const OwnerKey &flag)
{
    std::vector<flags::Rollout> rollouts = inOrder(rows.rollouts.take(flag));
    for (flags::Rollout &rollout : rollouts) {
        const auto threshold = rows.thresholds.constFind(rollout.id.text());
        if (threshold != rows.thresholds.constEnd())
            rollout.threshold = *threshold;
        rollout.segmentMatches = inOrder(rows.segmentMatches.take(rollout.id.text()));
        for (flags::SegmentMatch &match : rollout.segmentMatches)
            match.segments = inOrder(rows.matchSegments.take(match.id.text()));
    }
    return rollouts;
}

std::vector<flags::Flag> flagsIn(SnapshotRows &rows, const QString &nameSpace)
{
    std::vector<flags::Flag> flags = inTimeAndKeyOrder(rows.flags.take(nameSpace));
    for (flags::Flag &flag : flags) {
        const OwnerKey owner{nameSpace, flag.key.text()};
        flag.variants = inTimeAndKeyOrder(rows.variants.take(owner));
        flag.rules = rulesIn(rows, owner);
        flag.rollouts = rolloutsIn(rows, owner);
    }
    return flags;
}

} // namespace

flags::Snapshot buildSnapshot(SnapshotRows rows, const flags::Snapshot &previous)
{
    const flags::Namespace nothing;
    flags::Snapshot snapshot;
    for (flags::Namespace &nameSpace : inTimeAndKeyOrder(std::move(rows.namespaces))) {
        const std::shared_ptr<const flags::Namespace> old = previous.nameSpace(nameSpace.key);
        const flags::Namespace &known = old ? *old : nothing;
        nameSpace.flags = shareEqual(flagsIn(rows, nameSpace.key.text()), known.flags);
        nameSpace.segments = shareEqual(segmentsIn(rows, nameSpace.key.text()), known.segments);
        if (old && *old == nameSpace)
            snapshot.namespaces.push_back(old);
        else
            snapshot.namespaces.push_back(
                std::make_shared<const flags::Namespace>(std::move(nameSpace)));
    }
    return snapshot;
}

} // namespace edgewise::store
