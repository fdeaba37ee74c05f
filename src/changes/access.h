// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>
#include <flags/snapshot.h>

#include <memory>
#include <vector>

/// The typed side of fields.h: how the objects of a snapshot are named, read and set generically.
namespace edgewise::changes {

template <typename T>
struct ObjectTraits;
template <>
struct ObjectTraits<flags::Namespace> {
    static constexpr ObjectKind kind = ObjectKind::Namespace;
};
template <>
struct ObjectTraits<flags::Segment> {
    static constexpr ObjectKind kind = ObjectKind::Segment;
};
template <>
struct ObjectTraits<flags::Constraint> {
    static constexpr ObjectKind kind = ObjectKind::Constraint;
};
template <>
struct ObjectTraits<flags::Flag> {
    static constexpr ObjectKind kind = ObjectKind::Flag;
};
template <>
struct ObjectTraits<flags::Variant> {
    static constexpr ObjectKind kind = ObjectKind::Variant;
};
template <>
struct ObjectTraits<flags::Rule> {
    static constexpr ObjectKind kind = ObjectKind::Rule;
};
template <>
struct ObjectTraits<flags::Distribution> {
    static constexpr ObjectKind kind = ObjectKind::Distribution;
};
template <>
struct ObjectTraits<flags::Rollout> {
    static constexpr ObjectKind kind = ObjectKind::Rollout;
};
template <>
struct ObjectTraits<flags::Threshold> {
    static constexpr ObjectKind kind = ObjectKind::Threshold;
};
template <>
struct ObjectTraits<flags::SegmentMatch> {
    static constexpr ObjectKind kind = ObjectKind::SegmentMatch;
};

/// What tells an object from its siblings: the key of namespaces, flags and segments, else the row
/// id.
template <typename T>
const QString &identityOf(const T &object)
{
    if constexpr (requires { object.id; })
        return object.id.text();
    else
        return object.key.text();
}

template <typename T>
void setIdentity(T &object, const QString &identity)
{
    if constexpr (requires { object.id; })
        object.id = decltype(object.id)(identity);
    else
        object.key = decltype(object.key)(identity);
}

/// Where the siblings of one kind stand: the parts of their addresses that are alike.
struct Scope {
    NamespaceKey nameSpace;
    QString owner;
    QString parent;
};

template <typename T>
Address addressOf(const Scope &scope, const T &object)
{
    constexpr ObjectKind kind = ObjectTraits<T>::kind;
    if constexpr (kind == ObjectKind::Namespace)
        return {kind, object.key, {}, {}, {}};
    else if constexpr (kind == ObjectKind::Flag || kind == ObjectKind::Segment)
        return {kind, scope.nameSpace, object.key.text(), {}, {}};
    else
        return {kind, scope.nameSpace, scope.owner, scope.parent, object.id.text()};
}

/// Scope of the children of `object`, which stands in `scope`.
template <typename T>
Scope childScope(const Scope &scope, const T &object)
{
    constexpr ObjectKind kind = ObjectTraits<T>::kind;
    if constexpr (kind == ObjectKind::Namespace)
        return {object.key, {}, {}};
    else if constexpr (kind == ObjectKind::Flag || kind == ObjectKind::Segment)
        return {scope.nameSpace, object.key.text(), {}};
    else
        return {scope.nameSpace, scope.owner, object.id.text()};
}

/// Calls `visit` with each list of children of the object (or with those of several like objects
/// side by side). Lists are vectors of values or of shared pointers, or an optional.
template <typename Visit, typename... T>
void visitChildren(Visit &&visit, T &...object)
{
    using First = std::remove_const_t<std::tuple_element_t<0, std::tuple<T...>>>;
    if constexpr (std::is_same_v<First, flags::Namespace>) {
        visit(object.segments...);
        visit(object.flags...);
    } else if constexpr (std::is_same_v<First, flags::Segment>) {
        visit(object.constraints...);
    } else if constexpr (std::is_same_v<First, flags::Flag>) {
        visit(object.variants...);
        visit(object.rules...);
        visit(object.rollouts...);
    } else if constexpr (std::is_same_v<First, flags::Rule>) {
        visit(object.distributions...);
    } else if constexpr (std::is_same_v<First, flags::Rollout>) {
        visit(object.threshold...);
        visit(object.segmentMatches...);
    }
}

template <typename T>
std::vector<const T *> pointers(const std::vector<T> &objects)
{
    std::vector<const T *> result;
    result.reserve(objects.size());
    for (const T &object : objects)
        result.push_back(&object);
    return result;
}

template <typename T>
std::vector<const T *> pointers(const std::vector<std::shared_ptr<const T>> &objects)
{
    std::vector<const T *> result;
    result.reserve(objects.size());
    for (const auto &object : objects)
        result.push_back(object.get());
    return result;
}

template <typename T>
std::vector<const T *> pointers(const std::optional<T> &object)
{
    return object ? std::vector<const T *>{&*object} : std::vector<const T *>{};
}

/// The content of a field; monostate where objects of the kind have no such field.
Value value(const flags::Namespace &object, Field field);
Value value(const flags::Segment &object, Field field);
Value value(const flags::Constraint &object, Field field);
Value value(const flags::Flag &object, Field field);
Value value(const flags::Variant &object, Field field);
Value value(const flags::Rule &object, Field field);
Value value(const flags::Distribution &object, Field field);
Value value(const flags::Rollout &object, Field field);
Value value(const flags::Threshold &object, Field field);
Value value(const flags::SegmentMatch &object, Field field);

/// False, with nothing changed, where there is no such field or the value is not one of its type.
bool setValue(flags::Namespace &object, Field field, const Value &value);
bool setValue(flags::Segment &object, Field field, const Value &value);
bool setValue(flags::Constraint &object, Field field, const Value &value);
bool setValue(flags::Flag &object, Field field, const Value &value);
bool setValue(flags::Variant &object, Field field, const Value &value);
bool setValue(flags::Rule &object, Field field, const Value &value);
bool setValue(flags::Distribution &object, Field field, const Value &value);
bool setValue(flags::Rollout &object, Field field, const Value &value);
bool setValue(flags::Threshold &object, Field field, const Value &value);
bool setValue(flags::SegmentMatch &object, Field field, const Value &value);

} // namespace edgewise::changes
