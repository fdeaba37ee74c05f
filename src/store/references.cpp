// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/references.h>

#include <changes/fields.h>
#include <changes/orphans.h>
#include <changes/text.h>

#include <QHash>
#include <QSet>

#include <algorithm>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using changes::Address;
using changes::Change;
using changes::Field;
using changes::ObjectKind;

namespace {

Error refusal(const QString &words)
{
    return {.kind = Error::Kind::Constraint, .step = u"preparing a save"_qs, .detail = words};
}

QString path(const Address &address)
{
    return address.nameSpace.text() + u'/' + address.owner;
}

const changes::Value *valueAfter(const Change &change, Field field)
{
    const auto pair = change.fields.find(field);
    return pair == change.fields.end() ? nullptr : &pair->second.after;
}

/// What can be referred to, looked up once and only where somebody asks.
class Known {
public:
    explicit Known(const flags::Snapshot &snapshot) : m_snapshot(snapshot) {}

    bool hasVariant(const QString &id)
    {
        if (!m_variants) {
            m_variants.emplace();
            for (const auto &nameSpace : m_snapshot.namespaces) {
                for (const auto &flag : nameSpace->flags) {
                    for (const flags::Variant &variant : flag->variants)
                        m_variants->insert(variant.id.text());
                }
            }
        }
        return m_variants->contains(id);
    }

    bool hasSegment(const NamespaceKey &nameSpace, const QString &key)
    {
        auto found = m_segments.find(nameSpace);
        if (found == m_segments.end()) {
            found = m_segments.insert(nameSpace, {});
            if (const auto space = m_snapshot.nameSpace(nameSpace)) {
                for (const auto &segment : space->segments)
                    found->insert(segment->key.text());
            }
        }
        return found->contains(key);
    }

    bool isUsed(const NamespaceKey &nameSpace, const QString &segment)
    {
        auto found = m_usedSegments.find(nameSpace);
        if (found == m_usedSegments.end()) {
            found = m_usedSegments.insert(nameSpace, {});
            if (const auto space = m_snapshot.nameSpace(nameSpace)) {
                for (const auto &flag : space->flags)
                    collectSegments(*flag, *found);
            }
        }
        return found->contains(segment);
    }

private:
    static void collectSegments(const flags::Flag &flag, QSet<QString> &keys)
    {
        for (const flags::Rule &rule : flag.rules) {
            for (const SegmentKey &key : rule.segments)
                keys.insert(key.text());
        }
        for (const flags::Rollout &rollout : flag.rollouts) {
            for (const flags::SegmentMatch &match : rollout.segmentMatches) {
                for (const SegmentKey &key : match.segments)
                    keys.insert(key.text());
            }
        }
    }

    const flags::Snapshot &m_snapshot;
    std::optional<QSet<QString>> m_variants;
    QHash<NamespaceKey, QSet<QString>> m_segments;
    QHash<NamespaceKey, QSet<QString>> m_usedSegments;
};

Result<void> checkSegments(const Change &change, Known &after)
{
    const changes::Value *value = valueAfter(change, Field::Segments);
    const QStringList *keys = value ? std::get_if<QStringList>(value) : nullptr;
    if (!keys)
        return {};
    const Address &address = change.address;
    for (const QString &key : *keys) {
        if (after.hasSegment(address.nameSpace, key))
            continue;
        if (address.kind == ObjectKind::Rule)
            return refusal(u"flag \"%1\" or segment \"%2/%3\" not found"_qs.arg(
                path(address), address.nameSpace.text(), key));
        return refusal(u"flag \"%1 or segment %2\" not found"_qs.arg(path(address), key));
    }
    return {};
}

Result<void> checkVariants(const Change &change, Known &after)
{
    const Address &address = change.address;
    for (const Field field : {Field::DefaultVariant, Field::Variant}) {
        const changes::Value *value = valueAfter(change, field);
        const QString *id = value ? std::get_if<QString>(value) : nullptr;
        if (!id || after.hasVariant(*id))
            continue;
        if (field == Field::DefaultVariant)
            return refusal(u"variant \"%1\" not found for flag \"%2\""_qs.arg(*id, path(address)));
        return refusal(
            u"variant \"%1\", rule \"%2\", flag \"%3\" in namespace \"%4\" not found"_qs.arg(
                *id, address.parent, address.owner, address.nameSpace.text()));
    }
    return {};
}

/// Whether the orphan names the object as what it belongs to.
bool wouldAdopt(const Address &address, const flags::Orphan &orphan)
{
    const bool sameNamespace = orphan.nameSpace == address.nameSpace;
    const auto isOneOf = [&]<typename... T>() {
        return (std::holds_alternative<T>(orphan.object) || ...);
    };
    switch (address.kind) {
    case ObjectKind::Namespace:
        return sameNamespace && isOneOf.template operator()<flags::Flag, flags::Segment>();
    case ObjectKind::Flag:
        return sameNamespace && orphan.owner == address.owner
               && isOneOf.template operator()<flags::Variant, flags::Rule, flags::Rollout>();
    case ObjectKind::Segment:
        return sameNamespace && orphan.owner == address.owner
               && isOneOf.template operator()<flags::Constraint>();
    case ObjectKind::Rule:
    case ObjectKind::Rollout:
        return orphan.parent == address.id || (!orphan.hasRow && orphan.identity() == address.id);
    default:
        return !orphan.hasRow && orphan.identity() == address.id;
    }
}

/// The tables refuse orphans, and what is left of an earlier object would become part of a new one
/// of its key without a word.
Result<void> checkOrphans(const Change &change, const flags::Snapshot &after)
{
    if (change.address.orphan && change.kind != Change::Kind::Remove)
        return refusal(u"%1 cannot be written: what it belongs to is not there"_qs.arg(
            changes::text(change.address)));
    if (change.kind != Change::Kind::Add)
        return {};
    const auto adopted = std::ranges::find_if(after.orphans, [&](const flags::Orphan &orphan) {
        return wouldAdopt(change.address, orphan);
    });
    if (adopted == after.orphans.end())
        return {};
    return refusal(u"%1 is left of an earlier %2 and would become part of the new one; remove it "
                   u"first (edgewise-cli doctor --repair)"_qs.arg(
                       changes::text(changes::addressOf(*adopted)),
                       changes::kindInfo(change.address.kind).label));
}

/// Removed by the changes and not added again elsewhere.
QSet<QString> goneVariants(Known &after, const changes::ChangeSet &changes)
{
    QSet<QString> gone;
    for (const Change &change : changes.changes) {
        if (change.kind == Change::Kind::Remove && change.address.kind == ObjectKind::Variant
            && !after.hasVariant(change.address.id))
            gone.insert(change.address.id);
    }
    return gone;
}

bool namesVariant(const flags::Flag &flag, const QSet<QString> &variants)
{
    if (flag.defaultVariant && variants.contains(flag.defaultVariant->text()))
        return true;
    return std::ranges::any_of(flag.rules, [&](const flags::Rule &rule) {
        return std::ranges::any_of(rule.distributions, [&](const flags::Distribution &d) {
            return variants.contains(d.variant.text());
        });
    });
}

void dropVariants(flags::Flag &flag, const QSet<QString> &variants)
{
    if (flag.defaultVariant && variants.contains(flag.defaultVariant->text()))
        flag.defaultVariant.reset();
    for (flags::Rule &rule : flag.rules)
        std::erase_if(rule.distributions, [&](const flags::Distribution &distribution) {
            return variants.contains(distribution.variant.text());
        });
}

} // namespace

Result<void> checkReferences(const flags::Snapshot &after, const changes::ChangeSet &changes)
{
    Known known(after);
    for (const Change &change : changes.changes) {
        if (auto checked = checkOrphans(change, after); !checked)
            return checked;
        if (change.address.orphan)
            continue;
        if (change.kind == Change::Kind::Remove) {
            if (change.address.kind == ObjectKind::Segment
                && !known.hasSegment(change.address.nameSpace, change.address.owner)
                && known.isUsed(change.address.nameSpace, change.address.owner))
                return refusal(u"segment \"%1\" is in use"_qs.arg(path(change.address)));
            continue;
        }
        if (auto checked = checkSegments(change, known); !checked)
            return checked;
        if (auto checked = checkVariants(change, known); !checked)
            return checked;
    }
    return {};
}

void dropOrphansOfRemoved(flags::Snapshot &after, const changes::ChangeSet &changes)
{
    if (after.orphans.empty())
        return;
    Known known(after);
    const QSet<QString> variants = goneVariants(known, changes);
    QSet<QString> namespaces;
    for (const Change &change : changes.changes) {
        if (change.kind == Change::Kind::Remove && change.address.kind == ObjectKind::Namespace)
            namespaces.insert(change.address.nameSpace.text());
    }
    std::erase_if(after.orphans, [&](const flags::Orphan &orphan) {
        const auto *distribution = std::get_if<flags::Distribution>(&orphan.object);
        return namespaces.contains(orphan.nameSpace.text())
               || (distribution && variants.contains(distribution->variant.text()));
    });
}

void dropWhatGoesWithVariants(flags::Snapshot &after, const changes::ChangeSet &changes)
{
    Known known(after);
    const QSet<QString> gone = goneVariants(known, changes);
    if (gone.isEmpty())
        return;
    for (std::shared_ptr<const flags::Namespace> &pointer : after.namespaces) {
        std::shared_ptr<flags::Namespace> nameSpace;
        for (size_t i = 0; i < pointer->flags.size(); ++i) {
            if (!namesVariant(*pointer->flags[i], gone))
                continue;
            if (!nameSpace)
                nameSpace = std::make_shared<flags::Namespace>(*pointer);
            auto flag = std::make_shared<flags::Flag>(*pointer->flags[i]);
            dropVariants(*flag, gone);
            nameSpace->flags[i] = std::move(flag);
        }
        if (nameSpace)
            pointer = std::move(nameSpace);
    }
}

} // namespace edgewise::store
