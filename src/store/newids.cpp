// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/newids.h>

#include <changes/fields.h>

#include <map>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using changes::Address;
using changes::Change;
using changes::Field;
using changes::ObjectKind;

namespace {

bool hasId(ObjectKind kind)
{
    return !changes::kindInfo(kind).idColumn.isEmpty();
}

/// Where a rule, rollout or variant without id stands: only one may, if others refer to it.
using Place = std::tuple<ObjectKind, NamespaceKey, QString>;

Place placeOf(ObjectKind kind, const Address &address)
{
    return {kind, address.nameSpace, address.owner};
}

class Ids {
public:
    void add(const Place &place, const QString &id) { m_ids[place].append(id); }

    /// The id that an empty reference means.
    Result<QString> meant(ObjectKind kind, const Address &address) const
    {
        const auto found = m_ids.find(placeOf(kind, address));
        if (found != m_ids.end() && found->second.size() == 1)
            return found->second.first();
        return Error{.kind = Error::Kind::Input,
                     .step = u"preparing a save"_qs,
                     .detail = u"a new object of \"%1/%2\" refers to a %3 without id, and there "
                               u"are %4 of them"_qs
                                   .arg(address.nameSpace.text(), address.owner,
                                        changes::kindInfo(kind).label)
                                   .arg(found == m_ids.end() ? 0 : found->second.size())};
    }

private:
    std::map<Place, QStringList> m_ids;
};

} // namespace

Result<changes::ChangeSet> fillIds(changes::ChangeSet changes, const IdGenerator &newId,
                                   QSet<QString> &generated)
{
    Ids ids;
    for (Change &change : changes.changes) {
        Address &address = change.address;
        if (change.kind != Change::Kind::Add || !hasId(address.kind) || !address.id.isEmpty())
            continue;
        address.id = newId();
        generated.insert(address.id);
        ids.add(placeOf(address.kind, address), address.id);
    }
    for (Change &change : changes.changes) {
        const std::optional<Address> parent = changes::parentOf(change.address);
        if (parent && hasId(parent->kind) && change.address.parent.isEmpty()) {
            auto meant = ids.meant(parent->kind, change.address);
            if (!meant)
                return meant.error();
            change.address.parent = *meant;
        }
        for (const Field field : {Field::Variant, Field::DefaultVariant}) {
            const auto pair = change.fields.find(field);
            if (pair == change.fields.end() || change.kind == Change::Kind::Remove)
                continue;
            const QString *text = std::get_if<QString>(&pair->second.after);
            if (!text || !text->isEmpty())
                continue;
            auto meant = ids.meant(ObjectKind::Variant, change.address);
            if (!meant)
                return meant.error();
            pair->second.after = *meant;
        }
    }
    return changes;
}

} // namespace edgewise::store
