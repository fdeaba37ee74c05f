// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/writeplan.h>

#include <changes/fields.h>
#include <store/baseindex.h>
#include <store/flipttables.h>
#include <store/insertion.h>
#include <store/surroundings.h>

#include <QLocale>

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
    Planner(const flags::Snapshot &base, WritePlan &plan, Inserts inserts)
        : m_base(base), m_plan(plan), m_inserts(inserts),
          m_surroundings(m_base, plan.save.changes.changes, plan.statements)
    {
    }

    void run()
    {
        const std::vector<Change> &changes = m_plan.save.changes.changes;
        add({.sql = u"PRAGMA defer_foreign_keys = ON"_qs,
             .arguments = {},
             .purpose = Purpose::Setting,
             .object = {}});
        m_surroundings.guardSchema();
        for (const Change &change : changes)
            m_surroundings.guard(change);
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
        m_plan.isGrouped = insertAdded(changes, m_inserts, m_plan.statements);
        for (const Change &change : changes) {
            if (change.kind == Change::Kind::Remove && change.address.kind == ObjectKind::Segment
                && !change.address.orphan)
                m_surroundings.guardUnused(change.address);
        }
        stamp();
    }

private:
    void add(WriteStatement statement) { m_plan.statements.append(std::move(statement)); }

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
            insertSegments(address, segmentsOf({{Field::Segments, pair->second.after}}),
                           m_plan.statements);
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

    void remove(const Change &change)
    {
        const Address &address = change.address;
        const changes::KindInfo &info = changes::kindInfo(address.kind);
        const FieldValues values = m_base.values(address);
        QSet<Field> unguarded;
        if (address.kind == ObjectKind::Flag)
            unguarded.insert(Field::DefaultVariant);
        const bool hasRow = !hasOnlySegments(values);
        if (hasRow)
            m_surroundings.guardEmpty(address);
        removeSegments(address, segmentsOf(values).size());
        if (!hasRow)
            return;
        const Condition row = isRowOf(address) && holdsAll(address.kind, values, unguarded);
        add({.sql = u"DELETE FROM "_qs + quoted(info.table) + u" WHERE "_qs + row.sql,
             .arguments = row.arguments,
             .purpose = Purpose::Change,
             .object = address});
        add(changedRows(1, Purpose::RowGuard, address));
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

    /// Text order is time order in Flipt's form. A stamp that is not older, by a clock that goes
    /// ahead of ours, fails the save, which is then planned again with a greater one.
    void stamp()
    {
        const changes::FieldInfo &field =
            *changes::fieldInfo(ObjectKind::Namespace, Field::StateModified);
        for (auto it = m_plan.save.stamps.cbegin(); it != m_plan.save.stamps.cend(); ++it) {
            const Address address{ObjectKind::Namespace, NamespaceKey(it.key()), {}, {}, {}};
            const FieldValues before = m_base.values(address);
            if (before.empty()) // a new one has its stamp in its row
                continue;
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
    const Inserts m_inserts;
    Surroundings m_surroundings;
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
                            qint64 now, const IdGenerator &newId, Inserts inserts)
{
    auto save = completeSave(changes, base, now, newId);
    if (!save)
        return save.error();
    WritePlan plan{.statements = {}, .save = std::move(*save)};
    if (plan.save.changes.isEmpty())
        return plan;
    Planner(base, plan, inserts).run();
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
