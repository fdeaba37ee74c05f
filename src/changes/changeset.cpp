// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/changeset.h"

#include "changes/order.h"

#include <algorithm>

namespace edgewise::changes {

namespace {

int phase(Change::Kind kind)
{
    switch (kind) {
    case Change::Kind::Remove:
        return 0;
    case Change::Kind::Modify:
        return 1;
    case Change::Kind::Add:
        return 2;
    }
    return 2;
}

bool comesBefore(const Change &a, const Change &b)
{
    if (a.kind != b.kind)
        return phase(a.kind) < phase(b.kind);
    // Kinds stand in the order of parents before children, which removals turn round.
    if (a.kind == Change::Kind::Remove && a.address.kind != b.address.kind)
        return a.address.kind > b.address.kind;
    return a.address < b.address;
}

bool orderMatters(ObjectKind kind)
{
    return kind == ObjectKind::Rule || kind == ObjectKind::Rollout
           || kind == ObjectKind::Distribution;
}

} // namespace

void sortCanonically(std::vector<Change> &changes)
{
    std::ranges::stable_sort(changes, comesBefore);
}

ChangeSet invert(const ChangeSet &changes)
{
    ChangeSet inverse;
    inverse.changes.reserve(changes.changes.size());
    for (const Change &change : changes.changes) {
        Change undone = change;
        if (change.kind == Change::Kind::Add)
            undone.kind = Change::Kind::Remove;
        else if (change.kind == Change::Kind::Remove)
            undone.kind = Change::Kind::Add;
        for (auto &[field, pair] : undone.fields)
            std::swap(pair.before, pair.after);
        std::swap(undone.positionBefore, undone.positionAfter);
        inverse.changes.push_back(std::move(undone));
    }
    sortCanonically(inverse.changes);
    return inverse;
}

ChangeSet semantic(const ChangeSet &changes)
{
    ChangeSet result = visible(changes);
    std::erase_if(result.changes, [](const Change &change) { return change.address.orphan; });
    return result;
}

ChangeSet visible(const ChangeSet &changes)
{
    ChangeSet result;
    for (Change change : changes.changes) {
        for (const Field field : {Field::Created, Field::Updated, Field::StateModified})
            change.fields.erase(field);
        if (!orderMatters(change.address.kind)) {
            change.positionBefore.reset();
            change.positionAfter.reset();
        }
        const bool says = change.kind != Change::Kind::Modify || !change.fields.empty()
                          || change.positionAfter.has_value();
        if (says)
            result.changes.push_back(std::move(change));
    }
    return result;
}

} // namespace edgewise::changes
