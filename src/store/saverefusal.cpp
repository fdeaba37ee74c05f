// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/saverefusal.h>

#include <changes/text.h>

#include <algorithm>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using changes::Address;
using changes::Change;
using changes::Field;
using changes::ObjectKind;

namespace {

const Change *changeOf(const WritePlan &plan, const Address &address)
{
    const auto &list = plan.save.changes.changes;
    const auto found = std::ranges::find(list, address, &Change::address);
    return found == list.end() ? nullptr : &*found;
}

QString pathOf(const Address &address)
{
    return address.nameSpace.text() + u'/' + address.owner;
}

QString variantKey(const WritePlan &plan, const Address &variant)
{
    const Change *change = changeOf(plan, variant);
    if (!change)
        return variant.id;
    const auto pair = change->fields.find(Field::Key);
    const QString *key =
        pair == change->fields.end() ? nullptr : std::get_if<QString>(&pair->second.after);
    return key ? *key : variant.id;
}

QString guardWords(const WritePlan &plan, const WriteStatement &statement)
{
    const QString object = changes::text(statement.object);
    switch (statement.purpose) {
    case Purpose::SiblingGuard:
        return u"somebody else has added, removed or re-ranked what belongs to the "_qs + object;
    case Purpose::ReferenceGuard:
        if (const Change *change = changeOf(plan, statement.object);
            change && change->kind == Change::Kind::Remove)
            return u"segment \"%1\" is in use"_qs.arg(pathOf(statement.object));
        if (statement.object.kind == ObjectKind::Variant)
            return u"variant \"%1\" not found: somebody else has removed it"_qs.arg(
                statement.object.id);
        return object + u" not found: somebody else has removed it";
    case Purpose::StampGuard:
        return object + u" not found: somebody else has removed it, or writes all the time";
    case Purpose::RowGuard:
    case Purpose::SchemaGuard:
    case Purpose::Change:
    case Purpose::Setting:
        break;
    }
    return u"somebody else has changed or removed the "_qs + object;
}

QString notUniqueWords(const WritePlan &plan, const Address &address, const QString &raw)
{
    const bool isKey = raw.contains(u".key");
    switch (address.kind) {
    case ObjectKind::Namespace:
        return u"namespace \"%1\" is not unique"_qs.arg(address.nameSpace.text());
    case ObjectKind::Flag:
        return u"flag \"%1\" is not unique"_qs.arg(pathOf(address));
    case ObjectKind::Segment:
        return u"segment \"%1\" is not unique"_qs.arg(pathOf(address));
    case ObjectKind::Variant:
        if (isKey)
            return u"variant \"%1\" is not unique for flag \"%2\""_qs.arg(variantKey(plan, address),
                                                                          pathOf(address));
        break;
    default:
        break;
    }
    return changes::text(address) + u" is not unique: "_qs + raw;
}

QString notFoundWords(const Address &address, const QString &raw)
{
    switch (address.kind) {
    case ObjectKind::Flag:
    case ObjectKind::Segment:
        return u"namespace \"%1\" not found"_qs.arg(address.nameSpace.text());
    case ObjectKind::Variant:
        return u"flag \"%1\" not found"_qs.arg(pathOf(address));
    case ObjectKind::Constraint:
        return u"segment \"%1\" not found"_qs.arg(pathOf(address));
    default:
        return raw;
    }
}

} // namespace

bool isFailedGuard(const WritePlan &plan, int failedStatement, const Error &raw)
{
    if (failedStatement < 0 || failedStatement >= plan.statements.size())
        return false;
    const Purpose purpose = plan.statements[failedStatement].purpose;
    return purpose != Purpose::Change && purpose != Purpose::Setting
           && raw.detail.contains(u"integer overflow");
}

Error explainRefusal(const WritePlan &plan, int failedStatement, const Error &raw)
{
    Error error = raw;
    const bool isUnique = raw.detail.contains(u"UNIQUE constraint failed");
    const bool isForeign = raw.detail.contains(u"FOREIGN KEY constraint failed");
    if (failedStatement < 0 || failedStatement >= plan.statements.size()) {
        if (isForeign) {
            error.kind = Error::Kind::Conflict;
            error.detail = u"somebody else has removed what the changes refer to, or uses what "
                           u"they remove ("_qs
                           + raw.detail + u')';
        }
        return error;
    }
    const WriteStatement &statement = plan.statements[failedStatement];
    if (isFailedGuard(plan, failedStatement, raw)) {
        const bool isSchema = statement.purpose == Purpose::SchemaGuard;
        error.kind = isSchema ? Error::Kind::Schema : Error::Kind::Conflict;
        error.detail = isSchema ? u"Flipt's schema has changed since it was read: it is no longer "
                                  u"version 15 and clean"_qs
                                : guardWords(plan, statement);
        error.nativeCode.clear();
        error.retryable = false;
        return error;
    }
    if (isUnique) {
        // There was none when the changes were made, or they would not have been planned.
        error.kind = Error::Kind::Conflict;
        error.detail = notUniqueWords(plan, statement.object, raw.detail);
    } else if (isForeign) {
        error.kind = Error::Kind::Conflict;
        error.detail = notFoundWords(statement.object, raw.detail);
    }
    return error;
}

} // namespace edgewise::store
