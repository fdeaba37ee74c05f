// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/baseindex.h>

#include <changes/access.h>
#include <changes/fields.h>
#include <changes/orphans.h>

#include <algorithm>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using changes::Address;
using changes::ObjectKind;

namespace {

template <typename T>
FieldValues allValues(const T *object)
{
    FieldValues values;
    if (!object)
        return values;
    for (const changes::FieldInfo &info : changes::kindInfo(changes::ObjectTraits<T>::kind).fields)
        values.emplace(info.field, changes::value(*object, info.field));
    return values;
}

template <typename T>
const T *find(const std::vector<T> *objects, const QString &id)
{
    if (!objects)
        return nullptr;
    const auto found =
        std::ranges::find_if(*objects, [&](const T &object) { return object.id.text() == id; });
    return found == objects->end() ? nullptr : &*found;
}

template <typename Owner, typename T>
const std::vector<T> *childrenOf(const Owner *owner, std::vector<T> Owner::*member)
{
    return owner ? &(owner->*member) : nullptr;
}

template <typename T, typename Row>
QList<QVariantList> rowsOf(const std::vector<T> *objects, Row row)
{
    QList<QVariantList> rows;
    if (objects) {
        for (const T &object : *objects)
            rows.append(row(object));
    }
    return rows;
}

template <typename T>
QVariant idOf(const T &object)
{
    return argumentOf(object.id.text());
}

template <typename T>
QVariantList idAndRank(const T &object)
{
    return {idOf(object), qlonglong(object.rank)};
}

} // namespace

BaseIndex::BaseIndex(const flags::Snapshot &base)
{
    for (const auto &nameSpace : base.namespaces) {
        const QString key = nameSpace->key.text();
        m_namespaces.insert(key, nameSpace.get());
        for (const auto &object : nameSpace->flags)
            m_flags.insert({key, object->key.text()}, object.get());
        for (const auto &object : nameSpace->segments)
            m_segments.insert({key, object->key.text()}, object.get());
    }
    for (const flags::Orphan &orphan : base.orphans)
        m_orphans.emplace(changes::addressOf(orphan), changes::valuesOf(orphan));
}

const flags::Flag *BaseIndex::flag(const Address &address) const
{
    return m_flags.value({address.nameSpace.text(), address.owner});
}

const flags::Segment *BaseIndex::segment(const Address &address) const
{
    return m_segments.value({address.nameSpace.text(), address.owner});
}

const flags::Rule *BaseIndex::rule(const Address &address) const
{
    return find(childrenOf(flag(address), &flags::Flag::rules), address.parent);
}

const flags::Rollout *BaseIndex::rollout(const Address &address) const
{
    return find(childrenOf(flag(address), &flags::Flag::rollouts), address.parent);
}

Condition BaseIndex::isOrphaned(const Address &orphan) const
{
    if (const auto values = m_orphans.find(orphan);
        values != m_orphans.end() && hasOnlySegments(values->second))
        return notExists(changes::kindInfo(orphan.kind).table, isEqual("id"_L1, orphan.id));
    Address same = orphan;
    same.orphan = false;
    Address owner = *changes::parentOf(same);
    // Of a rule or rollout the row names nothing but the id.
    const bool byId = !owner.id.isEmpty();
    for (const auto &[address, values] : m_orphans) {
        if (address.kind == owner.kind && !hasOnlySegments(values)
            && (byId ? address.id == owner.id
                     : address.nameSpace == owner.nameSpace && address.owner == owner.owner))
            return isOrphaned(address);
    }
    return notExists(changes::kindInfo(owner.kind).table,
                     byId ? isEqual("id"_L1, owner.id) : isRowOf(owner));
}

FieldValues BaseIndex::values(const Address &address) const
{
    if (address.orphan) {
        const auto found = m_orphans.find(address);
        return found == m_orphans.end() ? FieldValues() : found->second;
    }
    switch (address.kind) {
    case ObjectKind::Namespace:
        return allValues(m_namespaces.value(address.nameSpace.text()));
    case ObjectKind::Segment:
        return allValues(segment(address));
    case ObjectKind::Flag:
        return allValues(flag(address));
    case ObjectKind::Constraint:
        return allValues(
            find(childrenOf(segment(address), &flags::Segment::constraints), address.id));
    case ObjectKind::Variant:
        return allValues(find(childrenOf(flag(address), &flags::Flag::variants), address.id));
    case ObjectKind::Rule:
        return allValues(find(childrenOf(flag(address), &flags::Flag::rules), address.id));
    case ObjectKind::Rollout:
        return allValues(find(childrenOf(flag(address), &flags::Flag::rollouts), address.id));
    case ObjectKind::Distribution:
        return allValues(find(childrenOf(rule(address), &flags::Rule::distributions), address.id));
    case ObjectKind::SegmentMatch:
        return allValues(
            find(childrenOf(rollout(address), &flags::Rollout::segmentMatches), address.id));
    case ObjectKind::Threshold: {
        const flags::Rollout *owner = rollout(address);
        const bool isIt = owner && owner->threshold && owner->threshold->id.text() == address.id;
        return allValues(isIt ? &*owner->threshold : nullptr);
    }
    }
    return {};
}

Condition BaseIndex::siblings(const Address &address) const
{
    const QString table = changes::kindInfo(address.kind).table;
    const QString id = u"id"_qs;
    const Condition scope = isSiblingOf(address);
    switch (address.kind) {
    case ObjectKind::Namespace:
    case ObjectKind::Segment:
    case ObjectKind::Flag:
        return {};
    case ObjectKind::Constraint:
        return rowsAre(table, scope, {id},
                       rowsOf(childrenOf(segment(address), &flags::Segment::constraints),
                              [](const auto &object) { return QVariantList{idOf(object)}; }));
    case ObjectKind::Variant:
        return rowsAre(table, scope, {id, u"key"_qs},
                       rowsOf(childrenOf(flag(address), &flags::Flag::variants),
                              [](const flags::Variant &variant) {
                                  return QVariantList{idOf(variant), argumentOf(variant.key)};
                              }));
    case ObjectKind::Rule:
        return rowsAre(
            table, scope, {id, u"rank"_qs},
            rowsOf(childrenOf(flag(address), &flags::Flag::rules), idAndRank<flags::Rule>));
    case ObjectKind::Rollout:
        return rowsAre(
            table, scope, {id, u"rank"_qs},
            rowsOf(childrenOf(flag(address), &flags::Flag::rollouts), idAndRank<flags::Rollout>));
    case ObjectKind::Distribution:
        // All of them together share the traffic out, in the order of their times.
        return rowsAre(table, scope, {id, u"variant_id"_qs, u"rollout"_qs, u"created_at"_qs},
                       rowsOf(childrenOf(rule(address), &flags::Rule::distributions),
                              [](const flags::Distribution &distribution) {
                                  return QVariantList{
                                      idOf(distribution), argumentOf(distribution.variant.text()),
                                      distribution.rollout, argumentOf(distribution.times.created)};
                              }));
    case ObjectKind::SegmentMatch:
        return rowsAre(table, scope, {id},
                       rowsOf(childrenOf(rollout(address), &flags::Rollout::segmentMatches),
                              [](const auto &object) { return QVariantList{idOf(object)}; }));
    case ObjectKind::Threshold: {
        QList<QVariantList> rows;
        if (const flags::Rollout *owner = rollout(address); owner && owner->threshold)
            rows.append({idOf(*owner->threshold)});
        return rowsAre(table, scope, {id}, rows);
    }
    }
    return {};
}

} // namespace edgewise::store
