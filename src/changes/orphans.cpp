// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/orphans.h"

#include "changes/access.h"
#include "changes/fields.h"
#include "changes/text.h"

#include <algorithm>
#include <array>

namespace edgewise::changes {

namespace {

using flags::Orphan;
using Orphans = std::map<Address, const Orphan *>;

Orphans byAddress(const std::vector<Orphan> &orphans)
{
    Orphans result;
    for (const Orphan &orphan : orphans)
        result.emplace(addressOf(orphan), &orphan);
    return result;
}

Change wholeOrphan(const Orphan &orphan, Change::Kind kind)
{
    Change change{kind, addressOf(orphan), {}, {}, {}};
    for (auto &[field, value] : valuesOf(orphan)) {
        Change::Pair &pair = change.fields[field];
        (kind == Change::Kind::Add ? pair.after : pair.before) = std::move(value);
    }
    return change;
}

Error orphanError(Error::Kind kind, const QString &detail)
{
    return {kind, u"applying changes"_qs, detail, {}, false};
}

/// An object of the kind with nothing in it but its identity.
Orphan emptyOrphan(const Address &address)
{
    static const std::array<Orphan::Object, std::variant_size_v<Orphan::Object>> objects{
        flags::Segment(), flags::Constraint(), flags::Flag(),
        flags::Variant(), flags::Rule(),       flags::Distribution(),
        flags::Rollout(), flags::Threshold(),  flags::SegmentMatch()};
    const bool isOwner = address.kind == ObjectKind::Flag || address.kind == ObjectKind::Segment;
    // Namespaces come before all of them in the order of kinds.
    Orphan orphan{.nameSpace = address.nameSpace,
                  .owner = isOwner ? QString() : address.owner,
                  .parent = address.parent,
                  .object = objects.at(static_cast<size_t>(address.kind) - 1)};
    std::visit([&](auto &object) { setIdentity(object, isOwner ? address.owner : address.id); },
               orphan.object);
    return orphan;
}

std::optional<Error> setFieldsOf(Orphan &orphan, const Change &change)
{
    for (const auto &[field, pair] : change.fields) {
        const bool fits = std::visit([&, wanted = field, &after = pair.after](
                                         auto &object) { return setValue(object, wanted, after); },
                                     orphan.object);
        if (!fits)
            return orphanError(Error::Kind::Input,
                               u"the %1 has no %2 that could be %3"_qs.arg(
                                   text(change.address), fieldLabel(change.address.kind, field),
                                   text(pair.after)));
    }
    return {};
}

std::optional<Error> checkHeld(const Orphan &orphan, const Change &change)
{
    const std::map<Field, Value> held = valuesOf(orphan);
    for (const auto &[field, pair] : change.fields) {
        const auto found = held.find(field);
        if (found == held.end() || found->second != pair.before)
            return orphanError(Error::Kind::Conflict, u"%1 of the %2 is not %3"_qs.arg(
                                                          fieldLabel(change.address.kind, field),
                                                          text(change.address), text(pair.before)));
    }
    return {};
}

} // namespace

Address addressOf(const Orphan &orphan)
{
    return std::visit(
        [&](const auto &object) -> Address {
            constexpr ObjectKind kind = ObjectTraits<std::remove_cvref_t<decltype(object)>>::kind;
            if constexpr (kind == ObjectKind::Flag || kind == ObjectKind::Segment)
                return {kind, orphan.nameSpace, identityOf(object), {}, {}, true};
            else
                return {kind,          orphan.nameSpace,   orphan.owner,
                        orphan.parent, identityOf(object), true};
        },
        orphan.object);
}

std::map<Field, Value> valuesOf(const Orphan &orphan)
{
    return std::visit(
        [&](const auto &object) {
            constexpr ObjectKind kind = ObjectTraits<std::remove_cvref_t<decltype(object)>>::kind;
            std::map<Field, Value> values;
            for (const FieldInfo &info : kindInfo(kind).fields) {
                if (orphan.hasRow || info.field == Field::Segments)
                    values.emplace(info.field, value(object, info.field));
            }
            return values;
        },
        orphan.object);
}

void compareOrphans(const std::vector<Orphan> &before, const std::vector<Orphan> &after,
                    std::vector<Change> &changes)
{
    if (before == after)
        return;
    const Orphans old = byAddress(before);
    const Orphans now = byAddress(after);
    for (const auto &[address, orphan] : old) {
        const auto found = now.find(address);
        if (found == now.end()) {
            changes.push_back(wholeOrphan(*orphan, Change::Kind::Remove));
            continue;
        }
        Change change{Change::Kind::Modify, address, {}, {}, {}};
        std::map<Field, Value> from = valuesOf(*orphan);
        std::map<Field, Value> to = valuesOf(*found->second);
        if (from.size() != to.size()) { // its row came or went
            changes.push_back(wholeOrphan(*orphan, Change::Kind::Remove));
            changes.push_back(wholeOrphan(*found->second, Change::Kind::Add));
            continue;
        }
        for (auto &[field, held] : from) {
            if (held != to[field])
                change.fields.emplace(field, Change::Pair{held, to[field]});
        }
        if (!change.fields.empty())
            changes.push_back(std::move(change));
    }
    for (const auto &[address, orphan] : now) {
        if (!old.contains(address))
            changes.push_back(wholeOrphan(*orphan, Change::Kind::Add));
    }
}

std::optional<Error> applyToOrphans(const ChangeSet &changes, std::vector<Orphan> &orphans)
{
    bool isChanged = false;
    for (const Change &change : changes.changes) {
        if (!change.address.orphan)
            continue;
        isChanged = true;
        if (change.address.kind == ObjectKind::Namespace)
            return orphanError(Error::Kind::Input, u"a namespace belongs to nothing"_qs);
        const auto found = std::ranges::find_if(
            orphans, [&](const Orphan &orphan) { return addressOf(orphan) == change.address; });
        if (change.kind == Change::Kind::Add) {
            if (found != orphans.end())
                return orphanError(Error::Kind::Conflict,
                                   u"there is a %1 already"_qs.arg(text(change.address)));
            Orphan orphan = emptyOrphan(change.address);
            orphan.hasRow = change.fields.size() != 1 || !change.fields.contains(Field::Segments);
            if (auto error = setFieldsOf(orphan, change))
                return error;
            orphans.push_back(std::move(orphan));
            continue;
        }
        if (found == orphans.end())
            return orphanError(Error::Kind::Conflict,
                               u"there is no %1 any more"_qs.arg(text(change.address)));
        if (auto error = checkHeld(*found, change))
            return error;
        if (change.kind == Change::Kind::Remove)
            orphans.erase(found);
        else if (auto error = setFieldsOf(*found, change))
            return error;
    }
    if (isChanged)
        flags::sortOrphans(orphans);
    return {};
}

} // namespace edgewise::changes
