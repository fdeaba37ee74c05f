// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/rebase.h"

#include "changes/fields.h"

#include <algorithm>
#include <map>
#include <set>

namespace edgewise::changes {

namespace {

using Kind = Change::Kind;
using ByAddress = std::map<Address, const Change *>;

ByAddress indexed(const ChangeSet &changes)
{
    ByAddress index;
    for (const Change &change : changes.changes)
        index.emplace(change.address, &change);
    return index;
}

const Change *at(const ByAddress &index, const Address &address)
{
    const auto found = index.find(address);
    return found == index.end() ? nullptr : found->second;
}

/// What every writer renews by itself: no reason for a conflict, theirs stands.
bool isBookkeeping(Field field)
{
    return field == Field::Updated || field == Field::StateModified;
}

/// Whether a removal on the other side has to know of the change: neither for times nor for the
/// ranks that Flipt renumbers when a sibling goes.
bool weighs(const Change &change)
{
    return change.kind == Kind::Add
           || (change.kind == Kind::Modify
               && std::ranges::any_of(change.fields, [](const auto &entry) {
                      return !isBookkeeping(entry.first) && entry.first != Field::Created
                             && entry.first != Field::Rank;
                  }));
}

bool orderMeans(ObjectKind kind)
{
    return kind == ObjectKind::Rule || kind == ObjectKind::Rollout
           || kind == ObjectKind::Distribution;
}

/// The highest object, from the address up, that the changes remove.
std::optional<Address> removedIn(const ByAddress &index, const Address &address)
{
    std::optional<Address> highest;
    for (std::optional<Address> place = address; place; place = parentOf(*place)) {
        const Change *change = at(index, *place);
        if (change && change->kind == Kind::Remove)
            highest = place;
    }
    return highest;
}

bool isUnder(const Address &address, const Address &top)
{
    for (std::optional<Address> place = address; place; place = parentOf(*place)) {
        if (*place == top)
            return true;
    }
    return false;
}

class Rebase {
public:
    Rebase(const ChangeSet &mine, const ChangeSet &theirs)
        : m_mineSet(mine), m_theirsSet(theirs), m_mine(indexed(mine)), m_theirs(indexed(theirs))
    {
    }

    /// What can be applied to their snapshot.
    ChangeSet run()
    {
        findRemovals();
        ChangeSet kept;
        for (const Change &change : m_mineSet.changes) {
            if (std::optional<Change> rest = rebased(change))
                kept.changes.push_back(*std::move(rest));
        }
        return kept;
    }

    std::vector<Conflict> takeConflicts()
    {
        std::ranges::stable_sort(m_conflicts, {}, &Conflict::address);
        return std::move(m_conflicts);
    }
    int merged() const { return m_merged; }

private:
    void report(Conflict::Kind kind, const Address &address)
    {
        m_conflicts.push_back({kind, address, {}, {}, {}, {}});
    }

    /// Removals on one side of what the other one changed: one conflict for the highest object.
    void findRemovals()
    {
        for (const Change &theirs : m_theirsSet.changes) {
            const auto top = removedIn(m_mine, theirs.address);
            if (top && weighs(theirs) && m_withdrawn.insert(*top).second)
                report(Conflict::Kind::RemovedHere, *top);
        }
        for (const Change &mine : m_mineSet.changes) {
            const auto top = removedIn(m_theirs, mine.address);
            if (top && mine.kind != Kind::Remove && m_withdrawn.insert(*top).second && weighs(mine))
                report(Conflict::Kind::RemovedThere, *top);
        }
    }

    std::optional<Change> rebased(const Change &mine)
    {
        for (std::optional<Address> place = mine.address; place; place = parentOf(*place)) {
            if (m_withdrawn.contains(*place))
                return std::nullopt;
        }
        const Change *theirs = at(m_theirs, mine.address);
        if (!theirs)
            return mine;
        switch (mine.kind) {
        case Kind::Remove:
            return removal(mine, *theirs);
        case Kind::Add:
            addition(mine, *theirs);
            return std::nullopt;
        case Kind::Modify:
            return modification(mine, *theirs);
        }
        return std::nullopt;
    }

    static std::optional<Change> removal(Change mine, const Change &theirs)
    {
        if (theirs.kind == Kind::Remove)
            return std::nullopt;
        for (const auto &[field, pair] : theirs.fields)
            mine.fields[field].before = pair.after;
        return mine;
    }

    /// Both added it: what differs is a conflict, but for times that only the writer makes.
    void addition(const Change &mine, const Change &theirs)
    {
        for (const auto &[field, pair] : mine.fields) {
            const auto other = theirs.fields.find(field);
            const Value their = other == theirs.fields.end() ? Value() : other->second.after;
            if (pair.after != their && !isBookkeeping(field) && field != Field::Created)
                m_conflicts.push_back(
                    {Conflict::Kind::Field, mine.address, field, {}, their, pair.after});
        }
    }

    std::optional<Change> modification(Change mine, const Change &theirs)
    {
        const size_t before = m_conflicts.size();
        for (const auto &[field, their] : theirs.fields) {
            const auto own = mine.fields.find(field);
            if (own == mine.fields.end())
                continue;
            if (own->second.after != their.after && !isBookkeeping(field))
                m_conflicts.push_back({Conflict::Kind::Field, mine.address, field, their.before,
                                       their.after, own->second.after});
            mine.fields.erase(own);
        }
        if (mine.positionAfter && theirs.positionAfter) {
            const bool rankTold =
                m_conflicts.size() > before && m_conflicts.back().field == Field::Rank;
            if (mine.positionAfter != theirs.positionAfter && !rankTold
                && orderMeans(mine.address.kind))
                m_conflicts.push_back({Conflict::Kind::Position,
                                       mine.address,
                                       {},
                                       Value(qint64(*theirs.positionBefore)),
                                       Value(qint64(*theirs.positionAfter)),
                                       Value(qint64(*mine.positionAfter))});
            mine.positionBefore.reset();
            mine.positionAfter.reset();
        }
        if (mine.fields.empty() && !mine.positionAfter)
            return std::nullopt;
        if (m_conflicts.size() == before)
            ++m_merged;
        return mine;
    }

    const ChangeSet &m_mineSet;
    const ChangeSet &m_theirsSet;
    const ByAddress m_mine;
    const ByAddress m_theirs;
    std::set<Address> m_withdrawn; ///< all of mine from these down waits for a decision
    std::vector<Conflict> m_conflicts;
    int m_merged = 0;
};

/// The changes that lie at or below an object.
ChangeSet under(const ChangeSet &changes, const Address &top)
{
    ChangeSet result;
    std::ranges::copy_if(changes.changes, std::back_inserter(result.changes),
                         [&](const Change &change) { return isUnder(change.address, top); });
    return result;
}

} // namespace

Result<Rebased> rebase(const ChangeSet &mine, const flags::Snapshot &base,
                       const flags::Snapshot &current)
{
    if (const auto fits = apply(base, mine); !fits) {
        Error error = fits.error();
        error.kind = Error::Kind::Input;
        return error;
    }
    const ChangeSet theirs = diff(base, current);
    Rebase rebase(mine, theirs);
    const ChangeSet kept = rebase.run();
    const auto merged = apply(current, kept);
    if (!merged)
        return merged.error();
    return Rebased{diff(current, *merged), rebase.takeConflicts(), rebase.merged()};
}

Result<ChangeSet> takeMine(const ChangeSet &rebased, const Conflict &conflict,
                           const ChangeSet &mine, const flags::Snapshot &base,
                           const flags::Snapshot &current)
{
    const auto merged = apply(current, rebased);
    if (!merged)
        return merged.error();
    ChangeSet decision;
    switch (conflict.kind) {
    case Conflict::Kind::Field:
        decision.changes.push_back({Kind::Modify,
                                    conflict.address,
                                    {{conflict.field, {conflict.theirs, conflict.mine}}},
                                    {},
                                    {}});
        break;
    case Conflict::Kind::Position: {
        const auto from = static_cast<int>(std::get<qint64>(conflict.theirs));
        const auto to = static_cast<int>(std::get<qint64>(conflict.mine));
        decision.changes.push_back({Kind::Modify, conflict.address, {}, from, to});
        break;
    }
    case Conflict::Kind::RemovedHere:
        decision = under(diff(*merged, {}), conflict.address);
        break;
    case Conflict::Kind::RemovedThere: {
        const auto whole = apply(base, mine);
        if (!whole)
            return whole.error();
        decision = under(diff({}, *whole), conflict.address);
        break;
    }
    }
    const auto decided = apply(*merged, decision);
    if (!decided)
        return decided.error();
    return diff(current, *decided);
}

} // namespace edgewise::changes
