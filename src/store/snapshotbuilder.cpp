// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/snapshotbuilder.h>

#include <algorithm>
#include <utility>

namespace edgewise::store {

namespace {

/// The values in the order of `before`. Rows mostly come in it; those that do not are too large to
/// be moved about.
template <typename T, typename Before>
std::vector<T> sorted(std::vector<Placed<T>> rows, Before before)
{
    std::vector<T> values;
    values.reserve(rows.size());
    if (std::is_sorted(rows.begin(), rows.end(), before)) {
        for (Placed<T> &row : rows)
            values.push_back(std::move(row.value));
        return values;
    }
    std::vector<Placed<T> *> order;
    order.reserve(rows.size());
    for (Placed<T> &row : rows)
        order.push_back(&row);
    std::sort(order.begin(), order.end(),
              [before](const Placed<T> *a, const Placed<T> *b) { return before(*a, *b); });
    for (Placed<T> *row : order)
        values.push_back(std::move(row->value));
    return values;
}

template <typename T>
std::vector<T> inOrder(std::vector<Placed<T>> rows)
{
    return sorted(std::move(rows),
                  [](const auto &a, const auto &b) { return precedes(a.place, b.place); });
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
std::vector<T> inTimeAndKeyOrder(std::vector<Placed<T>> rows)
{
    return sorted(std::move(rows), [](const auto &a, const auto &b) {
        const int order = compareTimes(a.place, b.place);
        return order != 0 ? order < 0 : compareBytes(keyText(a.value), keyText(b.value)) < 0;
    });
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

void noteLinksOutside(SnapshotRows &rows, const std::vector<Placed<SegmentKey>> &links, Table table,
                      flags::Location::Part part, const OwnerKey &flag, const QString &id)
{
    for (const Placed<SegmentKey> &link : links) {
        if (link.place.text != flag.first)
            rows.noteLinkOutside({part, NamespaceKey(flag.first), flag.second, {}, id, -1, {}},
                                 table, link.place);
    }
}

std::vector<flags::Rule> rulesIn(SnapshotRows &rows, const OwnerKey &flag)
{
    std::vector<flags::Rule> rules = inOrder(rows.rules.take(flag));
    for (flags::Rule &rule : rules) {
        auto links = rows.ruleSegments.take(rule.id.text());
        noteLinksOutside(rows, links, Table::RuleSegments, flags::Location::Part::Rule, flag,
                         rule.id.text());
        rule.segments = inOrder(std::move(links));
        rule.distributions = inOrder(rows.distributions.take(rule.id.text()));
    }
    return rules;
}

std::vector<flags::Rollout> rolloutsIn(SnapshotRows &rows, const OwnerKey &flag)
{
    std::vector<flags::Rollout> rollouts = inOrder(rows.rollouts.take(flag));
    for (flags::Rollout &rollout : rollouts) {
        const auto threshold = rows.thresholds.constFind(rollout.id.text());
        if (threshold != rows.thresholds.constEnd()) {
            rollout.threshold = *threshold;
            rows.thresholds.erase(threshold);
        }
        rollout.segmentMatches = inOrder(rows.segmentMatches.take(rollout.id.text()));
        for (flags::SegmentMatch &match : rollout.segmentMatches) {
            auto links = rows.matchSegments.take(match.id.text());
            noteLinksOutside(rows, links, Table::RolloutSegmentReferences,
                             flags::Location::Part::Rollout, flag, rollout.id.text());
            match.segments = inOrder(std::move(links));
        }
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

/// Adds what a list by the key of an owner still holds once every owner has taken its own.
template <typename Lists, typename Orphaned>
void addOrphans(Lists &lists, std::vector<flags::Orphan> &orphans, Orphaned orphaned)
{
    for (auto list = lists.begin(); list != lists.end(); ++list) {
        for (auto &row : *list)
            orphans.push_back(orphaned(list.key(), std::move(row.value)));
    }
    lists.clear();
}

std::vector<flags::Orphan> orphansIn(SnapshotRows &rows)
{
    std::vector<flags::Orphan> orphans;
    const auto ofNamespace = [](const QString &nameSpace, auto object) {
        return flags::Orphan{.nameSpace = NamespaceKey(nameSpace),
                             .owner = {},
                             .parent = {},
                             .object = std::move(object)};
    };
    const auto ofOwner = [](const OwnerKey &owner, auto object) {
        return flags::Orphan{.nameSpace = NamespaceKey(owner.first),
                             .owner = owner.second,
                             .parent = {},
                             .object = std::move(object)};
    };
    const auto ofParent = [](const QString &parent, auto object) {
        return flags::Orphan{
            .nameSpace = {}, .owner = {}, .parent = parent, .object = std::move(object)};
    };
    addOrphans(rows.segments, orphans, ofNamespace);
    addOrphans(rows.flags, orphans, ofNamespace);
    addOrphans(rows.constraints, orphans, ofOwner);
    addOrphans(rows.variants, orphans, ofOwner);
    addOrphans(rows.rules, orphans, [&](const OwnerKey &owner, flags::Rule rule) {
        rule.segments = inOrder(rows.ruleSegments.take(rule.id.text()));
        return ofOwner(owner, std::move(rule));
    });
    addOrphans(rows.rollouts, orphans, ofOwner);
    addOrphans(rows.distributions, orphans, ofParent);
    addOrphans(rows.segmentMatches, orphans, [&](const QString &parent, flags::SegmentMatch match) {
        match.segments = inOrder(rows.matchSegments.take(match.id.text()));
        return ofParent(parent, std::move(match));
    });
    for (auto it = rows.thresholds.begin(); it != rows.thresholds.end(); ++it)
        orphans.push_back(ofParent(it.key(), *it));
    const auto references = [&](auto &lists, auto object) {
        for (auto list = lists.begin(); list != lists.end(); ++list) {
            object.id = decltype(object.id)(list.key());
            object.segments = inOrder(*list);
            orphans.push_back(ofParent({}, object));
            orphans.back().hasRow = false;
        }
    };
    references(rows.ruleSegments, flags::Rule());
    references(rows.matchSegments, flags::SegmentMatch());
    flags::sortOrphans(orphans);
    return orphans;
}

} // namespace

flags::Snapshot buildSnapshot(SnapshotRows &rows, const flags::Snapshot &previous)
{
    const flags::Namespace nothing;
    flags::Snapshot snapshot;
    for (flags::Namespace &nameSpace : inTimeAndKeyOrder(std::exchange(rows.namespaces, {}))) {
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
    snapshot.orphans = orphansIn(rows);
    return snapshot;
}

} // namespace edgewise::store
