// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/align.h"

#include "changes/access.h"
#include "changes/bucketorder.h"

#include <flags/edit.h>

#include <QHash>
#include <QJsonDocument>
#include <QSet>

namespace edgewise::changes {

namespace {

using namespace flags;

bool isDocument(const Times &times)
{
    return times.created.isEmpty();
}

/// Whether two JSON texts say the same; a document cannot keep the spelling.
bool sameJson(const std::optional<QString> &a, const std::optional<QString> &b)
{
    if (!a || !b)
        return a == b;
    const auto parse = [](const QString &text) {
        QJsonParseError error;
        const auto document = QJsonDocument::fromJson('[' + text.toUtf8() + ']', &error);
        return error.error == QJsonParseError::NoError ? document : QJsonDocument();
    };
    return *a == *b || (!parse(*a).isNull() && parse(*a) == parse(*b));
}

class Alignment {
public:
    Alignment(const Snapshot &target, AlignMode mode) : m_mode(mode) { collectIds(target); }

    Snapshot run(const Snapshot &target, const Snapshot &source)
    {
        // Variants first: a distribution may name one of any flag.
        for (const auto &nameSpace : source.namespaces) {
            const auto old = target.nameSpace(nameSpace->key);
            alignVariants(old.get(), *nameSpace);
        }
        Snapshot result;
        result.orphans = target.orphans; // no source says anything about them
        result.namespaces = merged<std::shared_ptr<const Namespace>>(
            target.namespaces, source.namespaces,
            [](const Namespace &object) { return object.key.text(); },
            [this](const Namespace *old, const Namespace &from) { return aligned(old, from); });
        return result;
    }

private:
    bool replaces() const { return m_mode == AlignMode::Replace; }

    void collectIds(const Snapshot &target)
    {
        for (const auto &nameSpace : target.namespaces)
            collectIdsOf(*nameSpace);
    }
    template <typename T>
    void collectIdsOf(const T &object)
    {
        if constexpr (requires { object.id; })
            m_taken.insert(object.id.text());
        visitChildren(
            [this](const auto &children) {
                for (const auto *child : pointers(children))
                    this->collectIdsOf(*child);
            },
            object);
    }

    template <typename Id>
    Id idFor(const Id &wanted, bool fromDocument)
    {
        if (!fromDocument && !wanted.isEmpty() && !m_taken.contains(wanted.text())) {
            m_taken.insert(wanted.text());
            return wanted;
        }
        return Id(newId());
    }

    Times timesFor(const Times &old, const Times &from) const
    {
        return replaces() && !isDocument(from) ? Times{from.created, old.updated} : old;
    }

    /// Optional texts: Merge does not take away.
    void take(std::optional<QString> &old, const std::optional<QString> &from, bool fromDocument)
    {
        if (!from && !replaces())
            return;
        if (fromDocument && sameJson(old, from))
            return;
        old = from;
    }

    template <typename T>
    static const T &object(const std::shared_ptr<const T> &element)
    {
        return *element;
    }
    template <typename T>
    static const T &object(const T &element)
    {
        return element;
    }
    /// What is equal to the target's object is that object.
    template <typename T>
    static std::shared_ptr<const T> element(T made, const std::shared_ptr<const T> *old)
    {
        return old && **old == made ? *old : std::make_shared<const T>(std::move(made));
    }
    template <typename T>
    static T element(T made, const T *)
    {
        return made;
    }

    /// Two lists, matched by a text that tells objects apart, in the order in which they will be
    /// read: with the times of a source that replaces, in its order; else new ones by their
    /// creation time, at the end when they have none.
    template <typename Element, typename KeyOf, typename Align>
    std::vector<Element> merged(const std::vector<Element> &target,
                                const std::vector<Element> &source, KeyOf keyOf, Align align)
    {
        QHash<QString, QList<size_t>> places;
        for (size_t i = 0; i < target.size(); ++i)
            places[keyOf(object(target[i]))].append(i);
        std::vector<Element> made(target);
        std::vector<bool> matched(target.size(), false);
        std::vector<Element> added;
        std::vector<Element> inSourceOrder;
        bool hasTimes = true;
        for (const Element &from : source) {
            hasTimes = hasTimes && !isDocument(object(from).times);
            const auto place = places.find(keyOf(object(from)));
            if (place == places.end() || place->isEmpty()) {
                added.push_back(element(align(nullptr, object(from)), nullPointer<Element>()));
                inSourceOrder.push_back(added.back());
                continue;
            }
            const size_t at = place->takeFirst();
            matched[at] = true;
            made[at] = element(align(&object(target[at]), object(from)), &target[at]);
            inSourceOrder.push_back(made[at]);
        }
        if (replaces() && hasTimes)
            return inSourceOrder;
        std::vector<Element> result;
        for (size_t i = 0; i < made.size(); ++i) {
            if (matched[i] || !replaces())
                result.push_back(std::move(made[i]));
        }
        for (Element &fresh : added)
            insertByTime(result, std::move(fresh));
        return result;
    }

    template <typename Element>
    static const Element *nullPointer()
    {
        return nullptr;
    }

    template <typename Element>
    static void insertByTime(std::vector<Element> &list, Element fresh)
    {
        auto place = list.end();
        const QString created = object(fresh).times.created;
        while (!created.isEmpty() && place != list.begin()
               && (object(*std::prev(place)).times.created > created
                   || object(*std::prev(place)).times.created.isEmpty()))
            --place;
        list.insert(place, std::move(fresh));
    }

    Namespace aligned(const Namespace *old, const Namespace &from)
    {
        Namespace made = old ? *old : from;
        const bool document = isDocument(from.times);
        if (old) {
            // A document may name the key alone: an existing namespace keeps its name then.
            const bool keyAlone = document && from.description.isEmpty()
                                  && (from.name == from.key.text() || from.name.isEmpty());
            if (!keyAlone) {
                made.name = from.name;
                made.description = from.description;
            }
            if (!document)
                made.isProtected = from.isProtected;
            made.times = timesFor(old->times, from.times);
        }
        const std::vector<std::shared_ptr<const Segment>> noSegments;
        made.segments = merged<std::shared_ptr<const Segment>>(
            old ? old->segments : noSegments, from.segments,
            [](const Segment &object) { return object.key.text(); },
            [this](const Segment *segment, const Segment &other) {
                return aligned(segment, other);
            });
        const std::vector<std::shared_ptr<const Flag>> noFlags;
        made.flags = merged<std::shared_ptr<const Flag>>(
            old ? old->flags : noFlags, from.flags,
            [](const Flag &object) { return object.key.text(); },
            [this](const Flag *flag, const Flag &other) {
                return aligned(flag, other, m_variants.value(&other));
            });
        return made;
    }

    Segment aligned(const Segment *old, const Segment &from)
    {
        Segment made = from;
        if (old)
            made.times = timesFor(old->times, from.times);
        made.constraints = merged<Constraint>(
            old ? old->constraints : std::vector<Constraint>(), from.constraints,
            [](const Constraint &constraint) -> QString {
                const QChar separator(u'\0');
                return QString::number(constraint.type) + separator + constraint.property
                       + separator + constraint.operatorName + separator + constraint.value;
            },
            [this](const Constraint *constraint, const Constraint &other) {
                Constraint result = other;
                if (!constraint) {
                    result.id = idFor(other.id, isDocument(other.times));
                    return result;
                }
                result.id = constraint->id;
                result.times = timesFor(constraint->times, other.times);
                // NULL and '' say the same.
                if (other.description.value_or(QString())
                    == constraint->description.value_or(QString()))
                    result.description = constraint->description;
                return result;
            });
        return made;
    }

    void alignVariants(const Namespace *old, const Namespace &from)
    {
        QHash<QString, const Flag *> oldFlags;
        if (old) {
            for (const auto &flag : old->flags)
                oldFlags.insert(flag->key.text(), flag.get());
        }
        for (const auto &flag : from.flags)
            m_variants.insert(flag.get(), alignedVariants(oldFlags.value(flag->key.text()), *flag));
    }

    std::vector<Variant> alignedVariants(const Flag *old, const Flag &from)
    {
        return merged<Variant>(
            old ? old->variants : std::vector<Variant>(), from.variants,
            [](const Variant &variant) { return variant.key; },
            [this](const Variant *variant, const Variant &other) {
                Variant made = other;
                const bool document = isDocument(other.times);
                if (variant) {
                    made.id = variant->id;
                    made.times = timesFor(variant->times, other.times);
                    made.attachment = variant->attachment;
                    take(made.attachment, other.attachment, document);
                } else {
                    made.id = idFor(other.id, document);
                }
                m_variantIds.insert(other.id.text(), made.id);
                return made;
            });
    }

    VariantId variantId(const VariantId &source) const
    {
        return m_variantIds.value(source.text(), source);
    }

    Flag aligned(const Flag *old, const Flag &from, std::vector<Variant> variants)
    {
        Flag made = from;
        const bool document = isDocument(from.times);
        made.variants = std::move(variants);
        if (from.defaultVariant)
            made.defaultVariant = variantId(*from.defaultVariant);
        if (old) {
            made.times = timesFor(old->times, from.times);
            made.metadata = old->metadata;
            take(made.metadata, from.metadata, document);
            if (!from.defaultVariant && !replaces())
                made.defaultVariant = old->defaultVariant;
        }
        made.rules = byPosition<Rule>(
            old ? old->rules : std::vector<Rule>(), from.rules,
            [this](const Rule *rule, const Rule &other) { return aligned(rule, other); });
        made.rollouts =
            byPosition<Rollout>(old ? old->rollouts : std::vector<Rollout>(), from.rollouts,
                                [this](const Rollout *rollout, const Rollout &other) {
                                    return aligned(rollout, other);
                                });
        return made;
    }

    /// Rules and rollouts. What the target has more of stays behind the source's in a merge.
    template <typename T, typename Align>
    std::vector<T> byPosition(const std::vector<T> &target, const std::vector<T> &source,
                              Align align)
    {
        std::vector<T> result;
        for (size_t i = 0; i < source.size(); ++i) {
            const T *old = i < target.size() ? &target[i] : nullptr;
            T made = align(old, source[i]);
            if (old) {
                made.id = old->id;
                made.times = timesFor(old->times, source[i].times);
            } else {
                made.id = idFor(source[i].id, isDocument(source[i].times));
            }
            result.push_back(std::move(made));
        }
        for (size_t i = source.size(); !replaces() && i < target.size(); ++i) {
            T kept = target[i];
            if (!source.empty() && kept.rank <= result.back().rank)
                kept.rank = result.back().rank + 1;
            result.push_back(std::move(kept));
        }
        return result;
    }

    Rule aligned(const Rule *old, const Rule &from)
    {
        Rule made = from;
        made.distributions.clear();
        std::vector<Distribution> rest = old ? old->distributions : std::vector<Distribution>();
        for (const Distribution &other : from.distributions) {
            Distribution distribution = other;
            distribution.variant = variantId(other.variant);
            const auto match =
                std::ranges::find(rest, distribution.variant, &Distribution::variant);
            if (match != rest.end()) {
                distribution.id = match->id;
                distribution.times = timesFor(match->times, other.times);
                rest.erase(match);
            } else {
                distribution.id = idFor(other.id, isDocument(other.times));
            }
            made.distributions.push_back(std::move(distribution));
        }
        if (!replaces())
            std::ranges::move(rest, std::back_inserter(made.distributions));
        if (old)
            layOutBuckets(old->distributions, made.distributions);
        return made;
    }

    Rollout aligned(const Rollout *old, const Rollout &from)
    {
        Rollout made = from;
        const bool document = isDocument(from.times);
        if (made.threshold)
            made.threshold->id =
                old && old->threshold ? old->threshold->id : idFor(from.threshold->id, document);
        for (size_t i = 0; i < made.segmentMatches.size(); ++i) {
            SegmentMatch &match = made.segmentMatches[i];
            match.id = old && i < old->segmentMatches.size() ? old->segmentMatches[i].id
                                                             : idFor(match.id, document);
        }
        return made;
    }

    AlignMode m_mode;
    QSet<QString> m_taken;                  ///< row ids of the target, and those given since
    QHash<QString, VariantId> m_variantIds; ///< the source's row id to the one here
    QHash<const Flag *, std::vector<Variant>> m_variants; ///< of the source's flags, aligned
};

} // namespace

flags::Snapshot align(const flags::Snapshot &target, const flags::Snapshot &source, AlignMode mode)
{
    return Alignment(target, mode).run(target, source);
}

} // namespace edgewise::changes
