// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/revert.h"

#include <map>
#include <set>

namespace edgewise::workspace {

using changes::Address;
using changes::Change;
using changes::ChangeSet;
using changes::Field;
using changes::ObjectKind;

namespace {

/// Fields that the writer fills in.
constexpr Field writersFields[] = {Field::Created, Field::Updated, Field::StateModified,
                                   Field::Rank};

/// What the changes touch of a snapshot, as additions to nothing, by address.
std::map<Address, Change> presentObjects(const flags::Snapshot &now, const ChangeSet &touching)
{
    std::map<NamespaceKey, std::set<QString>> owners;
    for (const Change &change : touching.changes)
        owners[change.address.nameSpace].insert(change.address.owner);
    flags::Snapshot part;
    for (const auto &[key, names] : owners) {
        const auto whole = now.nameSpace(key);
        if (!whole)
            continue;
        flags::Namespace nameSpace = *whole;
        std::erase_if(nameSpace.flags,
                      [&](const auto &flag) { return !names.contains(flag->key.text()); });
        std::erase_if(nameSpace.segments,
                      [&](const auto &segment) { return !names.contains(segment->key.text()); });
        part.namespaces.push_back(std::make_shared<const flags::Namespace>(std::move(nameSpace)));
    }
    std::map<Address, Change> present;
    for (Change &change : changes::diff({}, part).changes)
        present.emplace(change.address, std::move(change));
    return present;
}

/// Index of a flag or segment among its siblings; -1 where it is none of them.
int placeOf(const flags::Snapshot &now, const Address &address)
{
    const auto nameSpace = now.nameSpace(address.nameSpace);
    const auto index = [&](const auto &objects) {
        for (size_t i = 0; i < objects.size(); ++i)
            if (objects[i]->key.text() == address.owner)
                return static_cast<int>(i);
        return -1;
    };
    if (!nameSpace)
        return -1;
    return address.kind == ObjectKind::Flag      ? index(nameSpace->flags)
           : address.kind == ObjectKind::Segment ? index(nameSpace->segments)
                                                 : -1;
}

} // namespace

Result<flags::Snapshot> reverted(const flags::Snapshot &now, const ChangeSet &inverse)
{
    ChangeSet fitting = inverse;
    const std::map<Address, Change> present = presentObjects(now, inverse);
    for (Change &change : fitting.changes) {
        const auto found = present.find(change.address);
        if (change.kind != Change::Kind::Remove || found == present.end())
            continue;
        for (const Field field : writersFields) {
            const auto filled = found->second.fields.find(field);
            const auto asked = change.fields.find(field);
            if (filled != found->second.fields.end() && asked != change.fields.end())
                asked->second.before = filled->second.after;
        }
        const int place = placeOf(now, change.address);
        change.positionBefore = place >= 0 ? place : found->second.positionAfter;
    }
    return changes::apply(now, fitting);
}

} // namespace edgewise::workspace
