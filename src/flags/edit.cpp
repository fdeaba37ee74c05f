// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/edit.h"

#include "flags/constraintrules.h"

#include <QSet>
#include <QUuid>

#include <algorithm>

namespace edgewise::flags {

namespace {

template <typename T>
using Pointers = std::vector<std::shared_ptr<const T>>;

Error refusal(Error::Kind kind, const QString &detail)
{
    return {kind, u"editing"_qs, detail, {}, false};
}

QString quoted(const NamespaceKey &nameSpace, const QString &key)
{
    return u'"' + nameSpace.text() + u'/' + key + u'"';
}

template <typename T, typename K>
auto findKey(Pointers<T> &objects, const K &key)
{
    return std::ranges::find_if(objects, [&](const auto &object) { return object->key == key; });
}

/// Calls `edit` with a copy of the namespace, and puts that in its place.
template <typename Edit>
Result<Snapshot> inNamespace(const Snapshot &snapshot, const NamespaceKey &key, Edit edit)
{
    Snapshot result = snapshot;
    const auto place = findKey(result.namespaces, key);
    if (place == result.namespaces.end())
        return refusal(Error::Kind::NotFound, u"namespace \"%1\" not found"_qs.arg(key.text()));
    Namespace copy = **place;
    if (std::optional<Error> error = edit(copy))
        return *std::move(error);
    *place = std::make_shared<const Namespace>(std::move(copy));
    return result;
}

template <typename Id>
void fill(Id &id)
{
    if (id.isEmpty())
        id = Id(newId());
}

void fillIds(Flag &flag)
{
    for (Variant &variant : flag.variants)
        fill(variant.id);
    for (Rule &rule : flag.rules) {
        fill(rule.id);
        for (Distribution &distribution : rule.distributions)
            fill(distribution.id);
    }
    for (Rollout &rollout : flag.rollouts) {
        fill(rollout.id);
        if (rollout.threshold)
            fill(rollout.threshold->id);
        for (SegmentMatch &match : rollout.segmentMatches)
            fill(match.id);
    }
}

void fillIds(Segment &segment)
{
    for (Constraint &constraint : segment.constraints)
        fill(constraint.id);
}

QLatin1StringView nameOf(const Flag &)
{
    return QLatin1StringView("flag");
}
QLatin1StringView nameOf(const Segment &)
{
    return QLatin1StringView("segment");
}

template <typename T>
std::optional<Error> insertInto(Pointers<T> &objects, const NamespaceKey &nameSpace, T object)
{
    if (findKey(objects, object.key) != objects.end())
        return refusal(
            Error::Kind::Input,
            u"%1 %2 is not unique"_qs.arg(nameOf(object), quoted(nameSpace, object.key.text())));
    fillIds(object);
    objects.push_back(std::make_shared<const T>(std::move(object)));
    return std::nullopt;
}

template <typename T>
std::optional<Error> replaceIn(Pointers<T> &objects, const NamespaceKey &nameSpace, T object)
{
    const auto place = findKey(objects, object.key);
    if (place == objects.end())
        return refusal(
            Error::Kind::NotFound,
            u"%1 %2 not found"_qs.arg(nameOf(object), quoted(nameSpace, object.key.text())));
    fillIds(object);
    if (**place != object)
        *place = std::make_shared<const T>(std::move(object));
    return std::nullopt;
}

/// The error of the keys that were looked for and are left.
std::optional<Error> missing(const QSet<FlagKey> &keys, const NamespaceKey &nameSpace)
{
    if (keys.isEmpty())
        return std::nullopt;
    return refusal(Error::Kind::NotFound,
                   u"flag %1 not found"_qs.arg(quoted(nameSpace, keys.constBegin()->text())));
}

bool names(const std::vector<SegmentKey> &keys, const SegmentKey &key)
{
    return std::ranges::find(keys, key) != keys.end();
}

bool uses(const Flag &flag, const SegmentKey &key)
{
    return std::ranges::any_of(flag.rules,
                               [&](const Rule &rule) { return names(rule.segments, key); })
           || std::ranges::any_of(flag.rollouts, [&](const Rollout &rollout) {
                  return std::ranges::any_of(
                      rollout.segmentMatches,
                      [&](const SegmentMatch &match) { return names(match.segments, key); });
              });
}

/// Without repetitions, keeping first occurrences; one segment needs no operator (Flipt:
/// internal/storage/sql/common/rule.go, sanitizeSegmentKeys).
void tidySegments(std::vector<SegmentKey> &keys, int &segmentOperator)
{
    std::vector<SegmentKey> kept;
    for (SegmentKey &key : keys) {
        if (!names(kept, key))
            kept.push_back(std::move(key));
    }
    keys = std::move(kept);
    if (keys.size() == 1)
        segmentOperator = OrOperator;
}

} // namespace

Result<Snapshot> insertNamespace(const Snapshot &snapshot, Namespace nameSpace)
{
    Snapshot result = snapshot;
    if (result.nameSpace(nameSpace.key))
        return refusal(Error::Kind::Input,
                       u"namespace \"%1\" is not unique"_qs.arg(nameSpace.key.text()));
    result.namespaces.push_back(std::make_shared<const Namespace>(std::move(nameSpace)));
    return result;
}

Result<Snapshot> describeNamespace(const Snapshot &snapshot, const NamespaceKey &key,
                                   const QString &name, const QString &description)
{
    return inNamespace(snapshot, key, [&](Namespace &nameSpace) -> std::optional<Error> {
        nameSpace.name = name;
        nameSpace.description = description;
        return std::nullopt;
    });
}

Result<Snapshot> removeNamespace(const Snapshot &snapshot, const NamespaceKey &key)
{
    Snapshot result = snapshot;
    const auto place = findKey(result.namespaces, key);
    if (place == result.namespaces.end())
        return refusal(Error::Kind::NotFound, u"namespace \"%1\" not found"_qs.arg(key.text()));
    result.namespaces.erase(place);
    return result;
}

Result<Snapshot> insertFlag(const Snapshot &snapshot, const NamespaceKey &nameSpace, Flag flag)
{
    return inNamespace(snapshot, nameSpace, [&](Namespace &copy) {
        return insertInto(copy.flags, nameSpace, std::move(flag));
    });
}

Result<Snapshot> replaceFlag(const Snapshot &snapshot, const NamespaceKey &nameSpace, Flag flag)
{
    return inNamespace(snapshot, nameSpace, [&](Namespace &copy) {
        return replaceIn(copy.flags, nameSpace, std::move(flag));
    });
}

Result<Snapshot> removeFlag(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                            const FlagKey &key)
{
    return inNamespace(snapshot, nameSpace, [&](Namespace &copy) -> std::optional<Error> {
        const auto place = findKey(copy.flags, key);
        if (place == copy.flags.end())
            return refusal(Error::Kind::NotFound,
                           u"flag %1 not found"_qs.arg(quoted(nameSpace, key.text())));
        copy.flags.erase(place);
        return std::nullopt;
    });
}

Result<Snapshot> editFlags(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                           const std::vector<FlagKey> &keys,
                           const std::function<void(Flag &)> &edit)
{
    return inNamespace(snapshot, nameSpace, [&](Namespace &copy) -> std::optional<Error> {
        QSet<FlagKey> wanted(keys.begin(), keys.end());
        for (auto &flag : copy.flags) {
            if (!wanted.remove(flag->key))
                continue;
            Flag changed = *flag;
            edit(changed);
            Q_ASSERT(changed.key == flag->key);
            fillIds(changed);
            if (changed != *flag)
                flag = std::make_shared<const Flag>(std::move(changed));
        }
        return missing(wanted, nameSpace);
    });
}

Result<Snapshot> removeFlags(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                             const std::vector<FlagKey> &keys)
{
    return inNamespace(snapshot, nameSpace, [&](Namespace &copy) -> std::optional<Error> {
        QSet<FlagKey> wanted(keys.begin(), keys.end());
        std::erase_if(copy.flags, [&](const auto &flag) { return wanted.remove(flag->key); });
        return missing(wanted, nameSpace);
    });
}

Result<Snapshot> insertSegment(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                               Segment segment)
{
    return inNamespace(snapshot, nameSpace, [&](Namespace &copy) {
        return insertInto(copy.segments, nameSpace, std::move(segment));
    });
}

Result<Snapshot> replaceSegment(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                                Segment segment)
{
    return inNamespace(snapshot, nameSpace, [&](Namespace &copy) {
        return replaceIn(copy.segments, nameSpace, std::move(segment));
    });
}

Result<Snapshot> removeSegment(const Snapshot &snapshot, const NamespaceKey &nameSpace,
                               const SegmentKey &key)
{
    return inNamespace(snapshot, nameSpace, [&](Namespace &copy) -> std::optional<Error> {
        const auto place = findKey(copy.segments, key);
        if (place == copy.segments.end())
            return refusal(Error::Kind::NotFound,
                           u"segment %1 not found"_qs.arg(quoted(nameSpace, key.text())));
        const auto user =
            std::ranges::find_if(copy.flags, [&](const auto &flag) { return uses(*flag, key); });
        if (user != copy.flags.end())
            return refusal(Error::Kind::Input, u"segment %1 is in use by flag %2"_qs.arg(
                                                   quoted(nameSpace, key.text()),
                                                   quoted(nameSpace, (*user)->key.text())));
        copy.segments.erase(place);
        return std::nullopt;
    });
}

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

double asStored(double percentage)
{
    return static_cast<double>(static_cast<float>(percentage));
}

Flag asStored(Flag flag)
{
    for (Variant &variant : flag.variants) {
        if (variant.attachment && variant.attachment->isEmpty())
            variant.attachment.reset();
    }
    if (flag.metadata && (flag.metadata->isEmpty() || *flag.metadata == u"{}"))
        flag.metadata.reset();
    for (Rule &rule : flag.rules) {
        tidySegments(rule.segments, rule.segmentOperator);
        for (Distribution &distribution : rule.distributions)
            distribution.rollout = asStored(distribution.rollout);
    }
    for (Rollout &rollout : flag.rollouts) {
        if (rollout.threshold)
            rollout.threshold->percentage = asStored(rollout.threshold->percentage);
        for (SegmentMatch &match : rollout.segmentMatches)
            tidySegments(match.segments, match.segmentOperator);
    }
    return flag;
}

Segment asStored(Segment segment)
{
    for (Constraint &constraint : segment.constraints) {
        constraint.operatorName = constraint.operatorName.toLower();
        if (!takesValue(constraint.operatorName))
            constraint.value.clear();
        else if (constraint.type == DateTimeConstraint)
            constraint.value = normalisedDateTime(constraint.value).value_or(constraint.value);
    }
    return segment;
}

} // namespace edgewise::flags
