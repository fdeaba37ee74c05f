// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/snapshot.h"

#include <algorithm>

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

} // namespace

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
    return sameObjects(a.namespaces, b.namespaces);
}

} // namespace edgewise::flags
