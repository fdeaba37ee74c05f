// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/access.h"
#include "changes/changeset.h"
#include "changes/fields.h"
#include "changes/order.h"
#include "changes/orphans.h"

#include <QHash>

namespace edgewise::changes {

namespace {

/// Collects the changes between two snapshots, depth first; the caller sorts them.
class Difference {
public:
    template <typename List>
    void compareLists(const List &before, const List &after, const Scope &scope)
    {
        comparePointers(pointers(before), pointers(after), scope);
    }

    std::vector<Change> take() { return std::move(m_changes); }

private:
    template <typename T>
    void comparePointers(const std::vector<const T *> &before, const std::vector<const T *> &after,
                         const Scope &scope)
    {
        const bool sameOrder = std::ranges::equal(before, after, [](const T *a, const T *b) {
            return a == b || identityOf(*a) == identityOf(*b);
        });
        if (sameOrder) {
            for (size_t i = 0; i < before.size(); ++i)
                compare(*before[i], *after[i], scope, {}, {});
            return;
        }

        // Lists of one identity each: keys and ids are unique in a database, yet a document may
        // repeat them; the first of the one then goes with the first of the other.
        QHash<QString, QList<int>> places;
        for (int i = 0; i < static_cast<int>(after.size()); ++i)
            places[identityOf(*after[static_cast<size_t>(i)])].append(i);
        std::vector<bool> isOld(after.size(), false);
        std::vector<Placed> kept;
        for (int i = 0; i < static_cast<int>(before.size()); ++i) {
            const T &object = *before[static_cast<size_t>(i)];
            const auto found = places.find(identityOf(object));
            if (found == places.end() || found->isEmpty()) {
                wholeObject(object, scope, Change::Kind::Remove, i);
                continue;
            }
            const int place = found->takeFirst();
            isOld[static_cast<size_t>(place)] = true;
            kept.push_back({i, place, identityOf(object)});
        }
        const std::vector<bool> moved = movedElements(kept);
        for (size_t i = 0; i < kept.size(); ++i) {
            const T &from = *before[static_cast<size_t>(kept[i].before)];
            const T &to = *after[static_cast<size_t>(kept[i].after)];
            if (moved[i])
                compare(from, to, scope, kept[i].before, kept[i].after);
            else
                compare(from, to, scope, {}, {});
        }
        for (int i = 0; i < static_cast<int>(after.size()); ++i) {
            if (!isOld[static_cast<size_t>(i)])
                wholeObject(*after[static_cast<size_t>(i)], scope, Change::Kind::Add, i);
        }
    }

    template <typename T>
    void compare(const T &before, const T &after, const Scope &scope,
                 std::optional<int> positionBefore, std::optional<int> positionAfter)
    {
        const bool moved = positionBefore.has_value();
        if (!moved && (&before == &after || before == after))
            return;
        Change change{
            Change::Kind::Modify, addressOf(scope, before), {}, positionBefore, positionAfter};
        for (const FieldInfo &info : kindInfo(ObjectTraits<T>::kind).fields) {
            Value from = value(before, info.field);
            Value to = value(after, info.field);
            if (from != to)
                change.fields.emplace(info.field, Change::Pair{std::move(from), std::move(to)});
        }
        if (moved || !change.fields.empty())
            m_changes.push_back(std::move(change));
        const Scope inside = childScope(scope, before);
        visitChildren([&](const auto &a, const auto &b) { compareLists(a, b, inside); }, before,
                      after);
    }

    /// An object that came or went, with everything in it.
    template <typename T>
    void wholeObject(const T &object, const Scope &scope, Change::Kind kind, int position)
    {
        Change change{kind, addressOf(scope, object), {}, {}, {}};
        const bool adds = kind == Change::Kind::Add;
        for (const FieldInfo &info : kindInfo(ObjectTraits<T>::kind).fields) {
            Change::Pair &pair = change.fields[info.field];
            (adds ? pair.after : pair.before) = value(object, info.field);
        }
        (adds ? change.positionAfter : change.positionBefore) = position;
        m_changes.push_back(std::move(change));
        const Scope inside = childScope(scope, object);
        visitChildren(
            [&](const auto &children) {
                int index = 0;
                for (const auto *child : pointers(children))
                    wholeObject(*child, inside, kind, index++);
            },
            object);
    }

    std::vector<Change> m_changes;
};

} // namespace

ChangeSet diff(const flags::Snapshot &before, const flags::Snapshot &after)
{
    Difference difference;
    difference.compareLists(before.namespaces, after.namespaces, {});
    ChangeSet result{difference.take()};
    compareOrphans(before.orphans, after.orphans, result.changes);
    sortCanonically(result.changes);
    return result;
}

} // namespace edgewise::changes
