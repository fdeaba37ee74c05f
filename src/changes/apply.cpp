// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/access.h"
#include "changes/changeset.h"
#include "changes/fields.h"
#include "changes/orphans.h"
#include "changes/text.h"

#include <QHash>
#include <QSet>

#include <map>

namespace edgewise::changes {

namespace {

using Failure = std::optional<Error>;

Failure conflict(const QString &detail)
{
    return Error{Error::Kind::Conflict, u"applying changes"_qs, detail, {}, false};
}

/// Address of the list that an object stands in: its own without what tells it from its siblings.
Address listOf(Address address)
{
    switch (address.kind) {
    case ObjectKind::Namespace:
        address.nameSpace = {};
        break;
    case ObjectKind::Flag:
    case ObjectKind::Segment:
        address.owner.clear();
        break;
    default:
        address.id.clear();
    }
    return address;
}

const QString &identityIn(const Address &address)
{
    switch (address.kind) {
    case ObjectKind::Namespace:
        return address.nameSpace.text();
    case ObjectKind::Flag:
    case ObjectKind::Segment:
        return address.owner;
    default:
        return address.id;
    }
}

/// Finds an entry of a hash by key; among few by comparing texts, which beats hashing every key of
/// a long list.
template <typename Item>
class Lookup {
public:
    explicit Lookup(QHash<QString, Item> &items) : m_items(items)
    {
        constexpr qsizetype few = 4;
        if (items.size() <= few) {
            for (auto item = items.begin(); item != items.end(); ++item)
                m_few.emplace_back(&item.key(), &item.value());
        }
    }

    Item *find(const QString &key) const
    {
        for (const auto &[text, item] : m_few) {
            if (*text == key)
                return item;
        }
        if (!m_few.empty())
            return nullptr;
        const auto found = m_items.find(key);
        return found == m_items.end() ? nullptr : &*found;
    }

private:
    QHash<QString, Item> &m_items;
    std::vector<std::pair<const QString *, Item *>> m_few;
};

/// What is to be done with the objects of one list.
struct ListWork {
    struct Item {
        const Change *change = nullptr; ///< a removal or modification of its own
        Address address;                ///< of the object, for messages
        bool found = false;
    };
    QHash<QString, Item> items; ///< also those of which only a descendant changes
    std::vector<const Change *> additions;
};

class Application {
public:
    /// Sorts the changes by the lists that they concern.
    Failure prepare(const ChangeSet &changes)
    {
        for (const Change &change : changes.changes) {
            if (change.address.orphan)
                continue;
            ListWork &list = m_lists[listOf(change.address)];
            if (change.kind == Change::Kind::Add) {
                list.additions.push_back(&change);
            } else {
                ListWork::Item &item = list.items[identityIn(change.address)];
                if (item.change)
                    return conflict(u"two changes of the %1"_qs.arg(text(change.address)));
                item.change = &change;
                item.address = change.address;
            }
            for (auto parent = parentOf(change.address); parent; parent = parentOf(*parent))
                m_lists[listOf(*parent)].items[identityIn(*parent)].address = *parent;
        }
        return {};
    }

    template <typename Element>
    Failure applyTo(std::vector<Element> &list, const Scope &scope)
    {
        const auto entry = m_lists.find(listKey<Element>(scope));
        if (entry == m_lists.end())
            return {};
        ListWork &work = entry->second;
        Arrangement<Element> arrangement;
        if (Failure failure = changeExisting(list, work, scope, arrangement))
            return failure;
        if (Failure failure = makeAdditions(list, work, scope, arrangement))
            return failure;
        for (const ListWork::Item &item : work.items) {
            if (!item.found)
                return conflict(u"there is no %1 any more"_qs.arg(text(item.address)));
        }
        arrangement.arrange(list);
        return {};
    }

    template <typename T>
    Failure applyTo(std::optional<T> &object, const Scope &scope)
    {
        std::vector<T> list;
        if (object)
            list.push_back(std::move(*object));
        Failure failure = applyTo(list, scope);
        object.reset();
        if (list.size() > 1)
            return conflict(u"there is a %1 already"_qs.arg(text(addressOf(scope, list[0]))));
        if (!list.empty())
            object = std::move(list.front());
        return failure;
    }

private:
    /// Elements that leave their place, by index, and those that get one. Kept apart until the end,
    /// so that a list in which nothing comes, goes or moves is not rebuilt.
    template <typename Element>
    struct Arrangement {
        std::vector<size_t> leaving; ///< ascending
        std::vector<std::pair<int, Element>> placed;

        void arrange(std::vector<Element> &list)
        {
            if (leaving.empty() && placed.empty())
                return;
            std::ranges::stable_sort(placed, {}, [](const auto &entry) { return entry.first; });
            std::vector<Element> result;
            result.reserve(list.size() + placed.size() - leaving.size());
            auto next = placed.begin();
            auto skipped = leaving.begin();
            const auto placeDue = [&](bool rest) {
                while (next != placed.end()
                       && (rest || next->first <= static_cast<int>(result.size())))
                    result.push_back(std::move((next++)->second));
            };
            for (size_t i = 0; i < list.size(); ++i) {
                if (skipped != leaving.end() && *skipped == i) {
                    ++skipped;
                    continue;
                }
                placeDue(false);
                result.push_back(std::move(list[i]));
            }
            placeDue(true);
            list = std::move(result);
        }
    };

    template <typename T>
    static const T &objectOf(const std::shared_ptr<const T> &element)
    {
        return *element;
    }
    template <typename T>
    static const T &objectOf(const T &element)
    {
        return element;
    }
    template <typename T>
    static void put(std::shared_ptr<const T> &element, T object)
    {
        element = std::make_shared<const T>(std::move(object));
    }
    template <typename T>
    static void put(T &element, T object)
    {
        element = std::move(object);
    }
    template <typename Element>
    using ObjectOf = std::remove_cvref_t<decltype(objectOf(std::declval<const Element &>()))>;

    template <typename Element>
    static Address listKey(const Scope &scope)
    {
        return listOf(addressOf(scope, ObjectOf<Element>()));
    }

    template <typename Element>
    Failure changeExisting(std::vector<Element> &list, ListWork &work, const Scope &scope,
                           Arrangement<Element> &arrangement)
    {
        const Lookup lookup(work.items);
        qsizetype wanted = work.items.size();
        for (size_t i = 0; i < list.size() && wanted > 0; ++i) {
            ListWork::Item *item = lookup.find(identityOf(objectOf(list[i])));
            if (!item || item->found)
                continue;
            item->found = true;
            --wanted;
            ObjectOf<Element> object = objectOf(list[i]);
            if (Failure failure = change(object, *item, scope))
                return failure;
            const Change *own = item->change;
            if (own && own->kind == Change::Kind::Remove) {
                arrangement.leaving.push_back(i);
                continue;
            }
            put(list[i], std::move(object));
            if (own && own->positionAfter) {
                arrangement.leaving.push_back(i);
                arrangement.placed.emplace_back(*own->positionAfter, list[i]);
            }
        }
        return {};
    }

    template <typename T>
    Failure change(T &object, const ListWork::Item &item, const Scope &scope)
    {
        if (item.change) {
            for (const auto &[field, pair] : item.change->fields) {
                const Value held = value(object, field);
                if (held != pair.before)
                    return conflict(u"%1 of the %2 is %3, not %4"_qs.arg(
                        fieldLabel(item.address.kind, field), text(item.address), text(held),
                        text(pair.before)));
            }
            if (item.change->kind == Change::Kind::Modify) {
                if (Failure failure = setFields(object, *item.change))
                    return failure;
            }
        }
        if (Failure failure = applyToChildren(object, scope))
            return failure;
        if (item.change && item.change->kind == Change::Kind::Remove && hasChildren(object))
            return conflict(
                u"the %1 holds more than the changes remove"_qs.arg(text(item.address)));
        return {};
    }

    template <typename Element>
    Failure makeAdditions(const std::vector<Element> &list, ListWork &work, const Scope &scope,
                          Arrangement<Element> &arrangement)
    {
        using T = ObjectOf<Element>;
        QSet<QString> removed;
        for (const size_t i : arrangement.leaving)
            removed.insert(identityOf(objectOf(list[i])));
        for (const Change *addition : work.additions) {
            T object;
            setIdentity(object, identityIn(addition->address));
            const auto isThere = [&](const Element &element) {
                return identityOf(objectOf(element)) == identityOf(object);
            };
            if (!identityOf(object).isEmpty() && !removed.contains(identityOf(object))
                && std::ranges::any_of(list, isThere))
                return conflict(u"there is a %1 already"_qs.arg(text(addition->address)));
            if (Failure failure = setFields(object, *addition))
                return failure;
            if (Failure failure = applyToChildren(object, scope))
                return failure;
            // Its children name it as their parent, which is there now.
            const auto item = work.items.find(identityOf(object));
            if (item != work.items.end() && !item->change)
                item->found = true;
            Element element;
            put(element, std::move(object));
            const int end = static_cast<int>(list.size() + work.additions.size());
            arrangement.placed.emplace_back(addition->positionAfter.value_or(end),
                                            std::move(element));
        }
        return {};
    }

    template <typename T>
    Failure applyToChildren(T &object, const Scope &scope)
    {
        Failure failure;
        const Scope inside = childScope(scope, object);
        visitChildren(
            [&](auto &children) {
                if (!failure)
                    failure = applyTo(children, inside);
            },
            object);
        return failure;
    }

    template <typename T>
    static bool hasChildren(T &object)
    {
        bool has = false;
        visitChildren([&](auto &children) { has = has || !pointers(children).empty(); }, object);
        return has;
    }

    template <typename T>
    static Failure setFields(T &object, const Change &change)
    {
        for (const auto &[field, pair] : change.fields) {
            if (!setValue(object, field, pair.after))
                return Error{Error::Kind::Input,
                             u"applying changes"_qs,
                             u"the %1 has no %2 that could be %3"_qs.arg(
                                 text(change.address), fieldLabel(change.address.kind, field),
                                 text(pair.after)),
                             {},
                             false};
        }
        return {};
    }

    std::map<Address, ListWork> m_lists;
};

} // namespace

Result<flags::Snapshot> apply(const flags::Snapshot &snapshot, const ChangeSet &changes)
{
    Application application;
    if (Failure failure = application.prepare(changes))
        return *failure;
    flags::Snapshot result = snapshot;
    if (Failure failure = application.applyTo(result.namespaces, {}))
        return *failure;
    if (Failure failure = applyToOrphans(changes, result.orphans))
        return *failure;
    return result;
}

} // namespace edgewise::changes
