// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/snapshot.h"

#include <QHash>

#include <algorithm>
#include <functional>
#include <tuple>

namespace edgewise::flags {

namespace {

template <typename T>
bool sameObjects(const std::vector<std::shared_ptr<const T>> &a,
                 const std::vector<std::shared_ptr<const T>> &b)
{
    return std::ranges::equal(a, b,
                              [](const auto &x, const auto &y) { return x == y || *x == *y; });
}

template <typename T, typename K>
std::shared_ptr<const T> withKey(const std::vector<std::shared_ptr<const T>> &objects, const K &key)
{
    const auto found =
        std::ranges::find_if(objects, [&](const auto &object) { return object->key == key; });
    return found == objects.end() ? nullptr : *found;
}

/// Takes the model's objects where they are equal; most stand at the same place in both lists.
template <typename T>
void share(std::vector<std::shared_ptr<const T>> &objects,
           const std::vector<std::shared_ptr<const T>> &model)
{
    QHash<QString, std::shared_ptr<const T>> byKey;
    for (size_t i = 0; i < objects.size(); ++i) {
        auto &object = objects[i];
        std::shared_ptr<const T> candidate = i < model.size() ? model[i] : nullptr;
        if (candidate == object)
            continue;
        if (!candidate || candidate->key != object->key) {
            if (byKey.isEmpty()) {
                for (const auto &other : model)
                    byKey.insert(other->key.text(), other);
            }
            candidate = byKey.value(object->key.text());
        }
        if (candidate && *candidate == *object)
            object = candidate;
    }
}

} // namespace

Snapshot sharing(const Snapshot &snapshot, const Snapshot &model)
{
    Snapshot result = snapshot;
    for (auto &nameSpace : result.namespaces) {
        const auto other = model.nameSpace(nameSpace->key);
        if (!other || other == nameSpace)
            continue;
        Namespace shared = *nameSpace;
        share(shared.flags, other->flags);
        share(shared.segments, other->segments);
        if (shared == *other)
            nameSpace = other;
        else
            nameSpace = std::make_shared<const Namespace>(std::move(shared));
    }
    return result;
}

std::shared_ptr<const Flag> Namespace::flag(const FlagKey &flagKey) const
{
    return withKey(flags, flagKey);
}

std::shared_ptr<const Segment> Namespace::segment(const SegmentKey &segmentKey) const
{
    return withKey(segments, segmentKey);
}

std::shared_ptr<const Namespace> Snapshot::nameSpace(const NamespaceKey &key) const
{
    return withKey(namespaces, key);
}

bool operator==(const Namespace &a, const Namespace &b)
{
    return a.key == b.key && a.name == b.name && a.description == b.description
           && a.isProtected == b.isProtected && a.stateModified == b.stateModified
           && a.times == b.times && sameObjects(a.flags, b.flags)
           && sameObjects(a.segments, b.segments);
}

bool operator==(const Snapshot &a, const Snapshot &b)
{
    return sameObjects(a.namespaces, b.namespaces) && a.orphans == b.orphans;
}

const QString &Orphan::identity() const
{
    return std::visit(
        [](const auto &held) -> const QString & {
            if constexpr (requires { held.id; })
                return held.id.text();
            else
                return held.key.text();
        },
        object);
}

void sortOrphans(std::vector<Orphan> &orphans)
{
    const auto place = [](const Orphan &orphan) {
        return std::tuple(orphan.object.index(), std::cref(orphan.nameSpace.text()),
                          std::cref(orphan.owner), std::cref(orphan.parent),
                          std::cref(orphan.identity()));
    };
    std::ranges::sort(orphans,
                      [&](const Orphan &a, const Orphan &b) { return place(a) < place(b); });
}

} // namespace edgewise::flags
