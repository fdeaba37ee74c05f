// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/writeplan.h>

#include <changes/fields.h>
#include <store/baseindex.h>
#include <store/flipttables.h>
#include <store/schema.h>

#include <QHash>
#include <QLocale>

#include <algorithm>
#include <set>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using changes::Address;
using changes::Change;
using changes::Field;
using changes::ObjectKind;

namespace {

/// Turns the changes into statements in an order that the tables' keys allow: what refers to a
/// variant that goes lets go first, then removals, modifications and additions. Foreign keys are
/// deferred, so that a flag may name a variant that comes after it.
class Planner {
public:
    Planner(const flags::Snapshot &base, WritePlan &plan) : m_base(base), m_plan(plan) {}

    void run()
    {
        const std::vector<Change> &changes = m_plan.save.changes.changes;
        collect(changes);
        add({.sql = u"PRAGMA defer_foreign_keys = ON"_qs,
             .arguments = {},
             .purpose = Purpose::Setting,
             .object = {}});
        guardSchema();
        for (const Change &change : changes)
            guardSurroundings(change);
        for (const Change &change : changes) {
            if (change.kind == Change::Kind::Modify && change.address.kind == ObjectKind::Flag)
                modify(change);
        }
        for (const Change &change : changes) {
            if (change.kind == Change::Kind::Remove)
                remove(change);
        }
        freeSwappedKeys(changes);
        for (const Change &change : changes) {
            if (change.kind == Change::Kind::Modify && change.address.kind != ObjectKind::Flag)
                modify(change);
        }
        for (const Change *change : additions(changes))
            insert(*change);
        for (const Change &change : changes) {
            if (change.kind == Change::Kind::Remove && change.address.kind == ObjectKind::Segment)
                guardUnused(change.address);
        }
        stamp();
    }

private:
    void add(WriteStatement statement) { m_plan.statements.append(std::move(statement)); }

    void addGuard(const Condition &condition, Purpose purpose, const Address &object)
    {
        add(guard(condition, purpose, object));
    }

    void collect(const std::vector<Change> &changes)
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

    void guardSchema()
    {
        addGuard({.sql = u"(SELECT count(*) FROM schema_migrations) = 1 AND (SELECT version = %1 "
                         u"AND NOT dirty FROM schema_migrations)"_qs.arg(currentSchemaVersion),
                  .arguments = {}},
                 Purpose::SchemaGuard, {});
    }

    /// What must still be true around the object before anything is written.
    void guardSurroundings(const Change &change)
    {
        const Address &address = change.address;
        const std::optional<Address> parent = changes::parentOf(address);
        Address list = address;
        list.id.clear();
        const bool hasList = address.kind != ObjectKind::Namespace
                             && address.kind != ObjectKind::Flag
                             && address.kind != ObjectKind::Segment;
        if (hasList && !m_added.contains(*parent) && m_guardedLists.insert(list).second) {
            const Condition siblings = m_base.siblings(address);
            addGuard(exists(changes::kindInfo(parent->kind).table, isRowOf(*parent)) && siblings,
                     Purpose::SiblingGuard, *parent);
        }
        if (change.kind != Change::Kind::Add)
            guardSegments(address);
        // The flag's own variants go before it and take its default variant with them.
        if (change.kind == Change::Kind::Remove && address.kind == ObjectKind::Flag)
            addGuard(exists(changes::kindInfo(address.kind).table,
                            isRowOf(address) && holdsAll(address.kind, m_base.values(address))),
                     Purpose::RowGuard, address);
        if (change.kind != Change::Kind::Remove)
            guardReferences(change);
    }

    /// The rows of rule_segments or rollout_segment_references belong to the object like a field.
    void guardSegments(const Address &address)
    {
        const changes::KindInfo &info = changes::kindInfo(address.kind);
        if (info.segmentsTable.isEmpty())
            return;
        QList<QVariantList> rows;
        for (const QString &key : segmentsOf(m_base.values(address)))
            rows.append({argumentOf(key)});
        addGuard(rowsAre(info.segmentsTable, isEqual(info.segmentsColumn, address.id),
                         {u"segment_key"_qs}, rows),
                 Purpose::RowGuard, address);
    }

    void guardReferences(const Change &change)
    {
        const Address &address = change.address;
        for (const auto &[field, pair] : change.fields) {
            if (const QStringList *keys = std::get_if<QStringList>(&pair.after)) {
                for (const QString &key : *keys) {
                    const Address segment{ObjectKind::Segment, address.nameSpace, key, {}, {}};
                    if (!m_added.contains(segment) && m_guardedReferences.insert(segment).second)
                        addGuard(exists(changes::kindInfo(segment.kind).table, isRowOf(segment)),
                                 Purpose::ReferenceGuard, segment);
                }
            }
            const bool isVariant = field == Field::Variant || field == Field::DefaultVariant;
            const QString *id = isVariant ? std::get_if<QString>(&pair.after) : nullptr;
            if (!id || m_addedVariants.contains(*id))
                continue;
            const Address variant{ObjectKind::Variant, {}, {}, {}, *id};
            if (m_guardedReferences.insert(variant).second)
                addGuard(exists(changes::kindInfo(variant.kind).table, isEqual("id"_L1, *id)),
                         Purpose::ReferenceGuard, variant);
        }
    }

    static QStringList segmentsOf(const FieldValues &values)
    {
        const auto found = values.find(Field::Segments);
        const QStringList *keys =
            found == values.end() ? nullptr : std::get_if<QStringList>(&found->second);
        return keys ? *keys : QStringList();
    }

    void modify(const Change &change)
    {
        const Address &address = change.address;
        const changes::KindInfo &info = changes::kindInfo(address.kind);
        QStringList assignments;
        QVariantList arguments;
        QSet<Field> unguarded;
        for (const changes::FieldInfo &field : info.fields) {
            const auto pair = change.fields.find(field.field);
            if (pair == change.fields.end() || field.column.isEmpty()
                || field.field == Field::StateModified)
                continue;
            assignments.append(quoted(field.column) + u" = ?"_qs);
            arguments.append(argumentOf(pair->second.after));
        }
        if (m_freedKeys.contains(address.id))
            unguarded.insert(Field::Key);
        if (!assignments.isEmpty()) {
            const Condition row =
                isRowOf(address) && holdsAll(address.kind, m_base.values(address), unguarded);
            add({.sql = u"UPDATE "_qs + quoted(info.table) + u" SET "_qs + assignments.join(u", ")
                        + u" WHERE "_qs + row.sql,
                 .arguments = arguments + row.arguments,
                 .purpose = Purpose::Change,
                 .object = address});
            add(changedRows(1, Purpose::RowGuard, address));
        }
        if (const auto pair = change.fields.find(Field::Segments); pair != change.fields.end()) {
            removeSegments(address, segmentsOf({{Field::Segments, pair->second.before}}).size());
            insertSegments(address, segmentsOf({{Field::Segments, pair->second.after}}));
        }
    }

    void removeSegments(const Address &address, qsizetype count)
    {
        const changes::KindInfo &info = changes::kindInfo(address.kind);
        if (info.segmentsTable.isEmpty() || count == 0)
            return;
        const Condition rows = isEqual(info.segmentsColumn, address.id);
        add({.sql = u"DELETE FROM "_qs + quoted(info.segmentsTable) + u" WHERE "_qs + rows.sql,
             .arguments = rows.arguments,
             .purpose = Purpose::Change,
             .object = address});
        add(changedRows(count, Purpose::RowGuard, address));
    }

    void insertSegments(const Address &address, const QStringList &keys)
    {
        const changes::KindInfo &info = changes::kindInfo(address.kind);
        if (keys.isEmpty())
            return;
        QStringList rows;
        QVariantList arguments;
        for (const QString &key : keys) {
            rows.append(u"(?, ?, ?)"_qs);
            arguments +=
                {argumentOf(address.id), argumentOf(address.nameSpace.text()), argumentOf(key)};
        }
        add({.sql = u"INSERT INTO "_qs + quoted(info.segmentsTable) + u" ("_qs
                    + quoted(info.segmentsColumn)
                    + u", \"namespace_key\", \"segment_key\") VALUES "_qs + rows.join(u", "),
             .arguments = arguments,
             .purpose = Purpose::Change,
             .object = address});
        add(changedRows(keys.size(), Purpose::RowGuard, address));
    }

    void remove(const Change &change)
    {
        const Address &address = change.address;
        const changes::KindInfo &info = changes::kindInfo(address.kind);
        const FieldValues values = m_base.values(address);
        QSet<Field> unguarded;
        if (address.kind == ObjectKind::Flag)
            unguarded.insert(Field::DefaultVariant);
        guardEmpty(address);
        removeSegments(address, segmentsOf(values).size());
        const Condition row = isRowOf(address) && holdsAll(address.kind, values, unguarded);
        add({.sql = u"DELETE FROM "_qs + quoted(info.table) + u" WHERE "_qs + row.sql,
             .arguments = row.arguments,
             .purpose = Purpose::Change,
             .object = address});
        add(changedRows(1, Purpose::RowGuard, address));
    }

    /// What the tables would delete with the object has been removed by name; anything left was put
    /// there by somebody else meanwhile.
    void guardEmpty(const Address &address)
    {
        const auto none = [&](ObjectKind kind, const Condition &condition) {
            addGuard(notExists(changes::kindInfo(kind).table, condition), Purpose::SiblingGuard,
                     address);
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
            for (const ObjectKind kind :
                 {ObjectKind::Variant, ObjectKind::Rule, ObjectKind::Rollout})
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
            if (m_removed.contains({ObjectKind::Flag, address.nameSpace, address.owner, {}, {}})) {
                const Condition own = inNamespace && isEqual("key"_L1, address.owner);
                isDefault = isDefault
                            && Condition{.sql = u"NOT ("_qs + own.sql + u")"_qs,
                                         .arguments = own.arguments};
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

    /// Variants of a flag that take each other's keys would collide on the way.
    void freeSwappedKeys(const std::vector<Change> &changes)
    {
        std::set<std::pair<Address, QString>> wanted;
        const auto flagOf = [](const Address &address) { return *changes::parentOf(address); };
        const auto keyChange = [](const Change &change) -> const Change::Pair * {
            if (change.kind != Change::Kind::Modify || change.address.kind != ObjectKind::Variant)
                return nullptr;
            const auto pair = change.fields.find(Field::Key);
            return pair == change.fields.end() ? nullptr : &pair->second;
        };
        for (const Change &change : changes) {
            if (const Change::Pair *pair = keyChange(change))
                wanted.emplace(flagOf(change.address), std::get<QString>(pair->after));
        }
        for (const Change &change : changes) {
            const Change::Pair *pair = keyChange(change);
            if (!pair
                || !wanted.contains({flagOf(change.address), std::get<QString>(pair->before)}))
                continue;
            const changes::FieldInfo &key = *changes::fieldInfo(ObjectKind::Variant, Field::Key);
            const Condition row = isRowOf(change.address) && holds(key, pair->before);
            add({.sql = u"UPDATE \"variants\" SET \"key\" = char(1) || \"id\" WHERE "_qs + row.sql,
                 .arguments = row.arguments,
                 .purpose = Purpose::Change,
                 .object = change.address});
            add(changedRows(1, Purpose::RowGuard, change.address));
            m_freedKeys.insert(change.address.id);
        }
    }

    /// Parents first, siblings in list order: ties of time or rank are read by row number.
    static std::vector<const Change *> additions(const std::vector<Change> &changes)
    {
        std::vector<const Change *> added;
        for (const Change &change : changes) {
            if (change.kind == Change::Kind::Add)
                added.push_back(&change);
        }
        const auto place = [](const Change *change) {
            const Address &address = change->address;
            return std::tuple(address.kind, std::cref(address.nameSpace.text()),
                              std::cref(address.owner), std::cref(address.parent),
                              change->positionAfter.value_or(0));
        };
        const auto ownPlace = [&](const Change *change) {
            // Flags and segments are their own owners.
            return std::pair(change->address.kind, change->positionAfter.value_or(0));
        };
        std::ranges::stable_sort(added, [&](const Change *a, const Change *b) {
            if (a->address.kind == b->address.kind
                && (a->address.kind == ObjectKind::Flag || a->address.kind == ObjectKind::Segment
                    || a->address.kind == ObjectKind::Namespace))
                return ownPlace(a) < ownPlace(b);
            return place(a) < place(b);
        });
        return added;
    }

    void insert(const Change &change)
    {
        const Address &address = change.address;
        const changes::KindInfo &info = changes::kindInfo(address.kind);
        QStringList columns;
        QVariantList arguments;
        const auto set = [&](QLatin1StringView column, const QVariant &value) {
            if (column.isEmpty())
                return;
            columns.append(quoted(column));
            arguments.append(value);
        };
        set(info.idColumn, argumentOf(address.id));
        set(info.namespaceColumn, argumentOf(address.nameSpace.text()));
        set(info.ownerColumn, argumentOf(address.owner));
        set(info.parentColumn, argumentOf(address.parent));
        for (const changes::FieldInfo &field : info.fields) {
            const auto pair = change.fields.find(field.field);
            if (pair != change.fields.end())
                set(field.column, argumentOf(pair->second.after));
        }
        const QStringList marks(columns.size(), u"?"_qs);
        add({.sql = u"INSERT INTO "_qs + quoted(info.table) + u" ("_qs + columns.join(u", ")
                    + u") VALUES ("_qs + marks.join(u", ") + u")"_qs,
             .arguments = arguments,
             .purpose = Purpose::Change,
             .object = address});
        add(changedRows(1, Purpose::RowGuard, address));
        if (const auto pair = change.fields.find(Field::Segments); pair != change.fields.end())
            insertSegments(address, segmentsOf({{Field::Segments, pair->second.after}}));
    }

    void guardUnused(const Address &segment)
    {
        const Condition names = isEqual("namespace_key"_L1, segment.nameSpace.text())
                                && isEqual("segment_key"_L1, segment.owner);
        for (const ObjectKind kind : {ObjectKind::Rule, ObjectKind::SegmentMatch})
            addGuard(notExists(changes::kindInfo(kind).segmentsTable, names),
                     Purpose::ReferenceGuard, segment);
    }

    /// Text order is time order in Flipt's form. A stamp that is not older, by a clock that goes
    /// ahead of ours, fails the save, which is then planned again with a greater one.
    void stamp()
    {
        const changes::FieldInfo &field =
            *changes::fieldInfo(ObjectKind::Namespace, Field::StateModified);
        for (auto it = m_plan.save.stamps.cbegin(); it != m_plan.save.stamps.cend(); ++it) {
            const Address address{ObjectKind::Namespace, NamespaceKey(it.key()), {}, {}, {}};
            if (m_added.contains(address))
                continue;
            const FieldValues before = m_base.values(address);
            const Condition known = holds(field, before.at(Field::StateModified));
            add({.sql = u"UPDATE \"namespaces\" SET \"state_modified_at\" = ? WHERE \"key\" = ? "
                        u"AND ("_qs
                        + known.sql + u" OR \"state_modified_at\" < ?)"_qs,
                 .arguments = QVariantList{it.value(), argumentOf(it.key())} + known.arguments
                              + QVariantList{it.value()},
                 .purpose = Purpose::Change,
                 .object = address});
            add(changedRows(1, Purpose::StampGuard, address));
        }
    }

    const BaseIndex m_base;
    WritePlan &m_plan;
    std::set<Address> m_added;
    std::set<Address> m_removed;
    QSet<QString> m_addedVariants;
    std::set<Address> m_guardedLists;
    std::set<Address> m_guardedReferences;
    QSet<QString> m_freedKeys; ///< variants whose key is out of the way
};

QString literal(const QVariant &value, const QSet<QString> &generated)
{
    if (value.isNull())
        return u"NULL"_qs;
    if (value.userType() == QMetaType::Double)
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    if (value.userType() != QMetaType::QString)
        return value.toString();
    QString text = value.toString();
    if (generated.contains(text))
        return u":generated"_qs;
    return u'\'' + text.replace(u'\'', u"''"_qs) + u'\'';
}

} // namespace

Result<WritePlan> planWrite(const changes::ChangeSet &changes, const flags::Snapshot &base,
                            qint64 now, const IdGenerator &newId)
{
    auto save = completeSave(changes, base, now, newId);
    if (!save)
        return save.error();
    WritePlan plan{.statements = {}, .save = std::move(*save)};
    if (plan.save.changes.isEmpty())
        return plan;
    Planner(base, plan).run();
    return plan;
}

QStringList statementTexts(const WritePlan &plan)
{
    QStringList texts;
    for (const WriteStatement &statement : plan.statements) {
        // No text of ours holds a question mark but as a placeholder.
        const QStringList pieces = statement.sql.split(u'?');
        QString text = pieces.first();
        for (qsizetype i = 1; i < pieces.size(); ++i)
            text += literal(statement.arguments.value(i - 1), plan.save.generated) + pieces[i];
        texts.append(text);
    }
    return texts;
}

} // namespace edgewise::store
