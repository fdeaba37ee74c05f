// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/readorder.h>

#include <store/snapshotrows.h>

#include <QHash>

#include <algorithm>

namespace edgewise::store {

namespace {

template <typename T>
const T &plain(const T &object)
{
    return object;
}
template <typename T>
const T &plain(const std::shared_ptr<const T> &object)
{
    return *object;
}

QStringView textOf(const QString &key)
{
    return key;
}
template <typename Tag>
QStringView textOf(const Key<Tag> &key)
{
    return key.text();
}

template <typename Element>
bool comesBefore(const Element &a, const Element &b)
{
    const int order = compareTimes(placeOfTime(plain(a).times.created, 0),
                                   placeOfTime(plain(b).times.created, 0));
    return order != 0 ? order < 0 : compareBytes(textOf(plain(a).key), textOf(plain(b).key)) < 0;
}

template <typename List>
bool isSorted(const List &list)
{
    return std::is_sorted(list.begin(), list.end(),
                          [](const auto &a, const auto &b) { return comesBefore(a, b); });
}

template <typename List>
void sortByTimeThenKey(List &list)
{
    std::stable_sort(list.begin(), list.end(),
                     [](const auto &a, const auto &b) { return comesBefore(a, b); });
}

/// Old rows keep their row numbers, new ones follow in list order.
std::vector<flags::Constraint> sortedConstraints(const flags::Segment *before,
                                                 const flags::Segment &segment)
{
    QHash<QString, qint64> rows;
    if (before) {
        for (const flags::Constraint &constraint : before->constraints)
            rows.insert(constraint.id.text(), rows.size());
    }
    std::vector<std::pair<RowPlace, flags::Constraint>> placed;
    for (const flags::Constraint &constraint : segment.constraints) {
        const qint64 row = rows.value(constraint.id.text(), rows.size() + qint64(placed.size()));
        placed.emplace_back(placeOfTime(constraint.times.created, row), constraint);
    }
    std::stable_sort(placed.begin(), placed.end(),
                     [](const auto &a, const auto &b) { return precedes(a.first, b.first); });
    std::vector<flags::Constraint> sorted;
    for (auto &[place, constraint] : placed)
        sorted.push_back(std::move(constraint));
    return sorted;
}

/// Whether the list holds the same rows as before, in the same places, as far as they are sorted
/// by.
template <typename T>
bool standsAsBefore(const std::vector<std::shared_ptr<const T>> *before,
                    const std::vector<std::shared_ptr<const T>> &now)
{
    return before && std::ranges::equal(*before, now, [](const auto &a, const auto &b) {
               return a == b || (a->key == b->key && a->times.created == b->times.created);
           });
}

/// Calls `complete(old, pointer)` with each object that is not shared with `before`.
template <typename T, typename Complete>
void eachChanged(const std::vector<std::shared_ptr<const T>> *before,
                 std::vector<std::shared_ptr<const T>> &now, Complete complete)
{
    QHash<QString, const T *> old;
    for (size_t i = 0; i < now.size(); ++i) {
        if (before && i < before->size() && (*before)[i] == now[i])
            continue;
        if (before && old.isEmpty()) {
            old.reserve(qsizetype(before->size()));
            for (const auto &object : *before)
                old.insert(object->key.text(), object.get());
        }
        const T *known = old.value(now[i]->key.text());
        if (known != now[i].get())
            complete(known, now[i]);
    }
}

void sortChildren(const flags::Namespace *before, flags::Namespace &nameSpace)
{
    const auto *oldSegments = before ? &before->segments : nullptr;
    const auto *oldFlags = before ? &before->flags : nullptr;
    eachChanged(oldSegments, nameSpace.segments,
                [](const flags::Segment *old, std::shared_ptr<const flags::Segment> &pointer) {
                    std::vector<flags::Constraint> sorted = sortedConstraints(old, *pointer);
                    if (sorted == pointer->constraints)
                        return;
                    auto segment = std::make_shared<flags::Segment>(*pointer);
                    segment->constraints = std::move(sorted);
                    pointer = std::move(segment);
                });
    eachChanged(oldFlags, nameSpace.flags,
                [](const flags::Flag *, std::shared_ptr<const flags::Flag> &pointer) {
                    if (isSorted(pointer->variants))
                        return;
                    auto flag = std::make_shared<flags::Flag>(*pointer);
                    sortByTimeThenKey(flag->variants);
                    pointer = std::move(flag);
                });
    if (!standsAsBefore(oldSegments, nameSpace.segments))
        sortByTimeThenKey(nameSpace.segments);
    if (!standsAsBefore(oldFlags, nameSpace.flags))
        sortByTimeThenKey(nameSpace.flags);
}

} // namespace

void sortAsRead(const flags::Snapshot &base, flags::Snapshot &after)
{
    for (std::shared_ptr<const flags::Namespace> &pointer : after.namespaces) {
        const std::shared_ptr<const flags::Namespace> before = base.nameSpace(pointer->key);
        if (before == pointer)
            continue;
        auto nameSpace = std::make_shared<flags::Namespace>(*pointer);
        sortChildren(before.get(), *nameSpace);
        pointer = std::move(nameSpace);
    }
    sortByTimeThenKey(after.namespaces);
}

} // namespace edgewise::store
