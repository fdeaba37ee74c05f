// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/surroundings.h>

#include <changes/fields.h>
#include <store/schema.h>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using changes::Address;
using changes::Change;
using changes::Field;
using changes::ObjectKind;

Surroundings::Surroundings(const BaseIndex &base, const std::vector<Change> &changes,
                           QList<WriteStatement> &statements)
    : m_base(base), m_statements(statements)
{
    for (const Change &change : changes) {
        if (change.kind == Change::Kind::Add)
            m_added.insert(change.address);
        else if (change.kind == Change::Kind::Remove)
            m_removed.insert(change.address);
        if (change.kind == Change::Kind::Add && change.address.kind == ObjectKind::Variant)
            m_addedVariants.insert(change.address.id);
    }
}

void Surroundings::add(const Condition &condition, Purpose purpose, const Address &object)
{
    m_statements.append(store::guard(condition, purpose, object));
}

void Surroundings::guardSchema()
{
    add({.sql = u"(SELECT count(*) FROM schema_migrations) = 1 AND (SELECT version = %1 "
                u"AND NOT dirty FROM schema_migrations)"_qs.arg(currentSchemaVersion),
         .arguments = {}},
        Purpose::SchemaGuard, {});
}

void Surroundings::guard(const Change &change)
{
    const Address &address = change.address;
    if (address.orphan) {
        add(m_base.isOrphaned(address), Purpose::SiblingGuard, address);
        guardSegments(address);
        return;
    }
    const std::optional<Address> parent = changes::parentOf(address);
    Address list = address;
    list.id.clear();
    const bool hasList = address.kind != ObjectKind::Namespace && address.kind != ObjectKind::Flag
                         && address.kind != ObjectKind::Segment;
    if (hasList && !m_added.contains(*parent) && m_guardedLists.insert(list).second) {
        const Condition siblings = m_base.siblings(address);
        add(exists(changes::kindInfo(parent->kind).table, isRowOf(*parent)) && siblings,
            Purpose::SiblingGuard, *parent);
    }
    if (change.kind != Change::Kind::Add)
        guardSegments(address);
    // The flag's own variants go before it and take its default variant with them.
    if (change.kind == Change::Kind::Remove && address.kind == ObjectKind::Flag)
        add(exists(changes::kindInfo(address.kind).table,
                   isRowOf(address) && holdsAll(address.kind, m_base.values(address))),
            Purpose::RowGuard, address);
    if (change.kind != Change::Kind::Remove)
        guardReferences(change);
}

/// The rows of rule_segments or rollout_segment_references belong to the object like a field.
void Surroundings::guardSegments(const Address &address)
{
    const changes::KindInfo &info = changes::kindInfo(address.kind);
    if (info.segmentsTable.isEmpty())
        return;
    QList<QVariantList> rows;
    for (const QString &key : segmentsOf(m_base.values(address)))
        rows.append({argumentOf(key)});
    add(rowsAre(info.segmentsTable, isEqual(info.segmentsColumn, address.id), {u"segment_key"_qs},
                rows),
        Purpose::RowGuard, address);
}

void Surroundings::guardReferences(const Change &change)
{
    const Address &address = change.address;
    for (const auto &[field, pair] : change.fields) {
        if (const QStringList *keys = std::get_if<QStringList>(&pair.after)) {
            for (const QString &key : *keys) {
                const Address segment{ObjectKind::Segment, address.nameSpace, key, {}, {}};
                if (!m_added.contains(segment) && m_guardedReferences.insert(segment).second)
                    add(exists(changes::kindInfo(segment.kind).table, isRowOf(segment)),
                        Purpose::ReferenceGuard, segment);
            }
        }
        const bool isVariant = field == Field::Variant || field == Field::DefaultVariant;
        const QString *id = isVariant ? std::get_if<QString>(&pair.after) : nullptr;
        if (!id || m_addedVariants.contains(*id))
            continue;
        const Address variant{ObjectKind::Variant, {}, {}, {}, *id};
        if (m_guardedReferences.insert(variant).second)
            add(exists(changes::kindInfo(variant.kind).table, isEqual("id"_L1, *id)),
                Purpose::ReferenceGuard, variant);
    }
}

void Surroundings::guardEmpty(const Address &address)
{
    const auto none = [&](ObjectKind kind, const Condition &condition) {
        add(notExists(changes::kindInfo(kind).table, condition), Purpose::SiblingGuard, address);
    };
    const Condition inNamespace = isEqual("namespace_key"_L1, address.nameSpace.text());
    switch (address.kind) {
    case ObjectKind::Namespace:
        none(ObjectKind::Flag, inNamespace);
        none(ObjectKind::Segment, inNamespace);
        break;
    case ObjectKind::Segment:
        none(ObjectKind::Constraint, inNamespace && isEqual("segment_key"_L1, address.owner));
        break;
    case ObjectKind::Flag:
        for (const ObjectKind kind : {ObjectKind::Variant, ObjectKind::Rule, ObjectKind::Rollout})
            none(kind, inNamespace && isEqual("flag_key"_L1, address.owner));
        break;
    case ObjectKind::Rule:
        none(ObjectKind::Distribution, isEqual("rule_id"_L1, address.id));
        break;
    case ObjectKind::Rollout:
        none(ObjectKind::Threshold, isEqual("rollout_id"_L1, address.id));
        none(ObjectKind::SegmentMatch, isEqual("rollout_id"_L1, address.id));
        break;
    case ObjectKind::Variant: {
        none(ObjectKind::Distribution, isEqual("variant_id"_L1, address.id));
        Condition isDefault = isEqual("default_variant_id"_L1, address.id);
        if (m_removed.contains(
                {ObjectKind::Flag, address.nameSpace, address.owner, {}, {}, address.orphan})) {
            const Condition own = inNamespace && isEqual("key"_L1, address.owner);
            isDefault =
                isDefault
                && Condition{.sql = u"NOT ("_qs + own.sql + u")"_qs, .arguments = own.arguments};
        }
        none(ObjectKind::Flag, isDefault);
        break;
    }
    case ObjectKind::Constraint:
    case ObjectKind::Distribution:
    case ObjectKind::Threshold:
    case ObjectKind::SegmentMatch:
        break;
    }
}

void Surroundings::guardUnused(const Address &segment)
{
    const Condition names = isEqual("namespace_key"_L1, segment.nameSpace.text())
                            && isEqual("segment_key"_L1, segment.owner);
    for (const ObjectKind kind : {ObjectKind::Rule, ObjectKind::SegmentMatch})
        add(notExists(changes::kindInfo(kind).segmentsTable, names), Purpose::ReferenceGuard,
            segment);
}

} // namespace edgewise::store
