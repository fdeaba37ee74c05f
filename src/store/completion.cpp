// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/completion.h>

#include <changes/access.h>
#include <changes/bucketorder.h>
#include <changes/fields.h>
#include <flags/timestamp.h>
#include <store/newids.h>
#include <store/readorder.h>
#include <store/references.h>

#include <QHash>
#include <QUuid>

#include <algorithm>
#include <cmath>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using changes::Change;
using changes::ChangeSet;
using changes::Field;
using changes::ObjectKind;

namespace {

constexpr qint64 nanosecondsPerMicrosecond = 1000;

/// Whether the object's own row differs in what a person edits.
template <typename T>
bool contentDiffers(const T &a, const T &b)
{
    for (const changes::FieldInfo &info :
         changes::kindInfo(changes::ObjectTraits<T>::kind).fields) {
        const bool isTime = info.field == Field::Created || info.field == Field::Updated
                            || info.field == Field::StateModified;
        if (!isTime && changes::value(a, info.field) != changes::value(b, info.field))
            return true;
    }
    return false;
}

/// As float32, which is what Flipt holds. A value that is one but for the last digits of its double
/// (a dump in 15 digits was loaded) stays as another database has it.
double widened(double percentage)
{
    constexpr double noise = 1e-12;
    const double single = double(float(percentage));
    return std::abs(single - percentage) <= noise * std::abs(percentage) ? percentage : single;
}

template <typename T>
const T *withId(const std::vector<T> *objects, const T &wanted)
{
    if (!objects)
        return nullptr;
    const auto found = std::ranges::find(*objects, wanted.id, &T::id);
    return found == objects->end() ? nullptr : &*found;
}

/// Row order after the save: the old ones in their order, then the new ones in the list's.
template <typename T>
bool ranksFitTheOrder(const std::vector<T> *before, const std::vector<T> &list)
{
    QHash<QString, qint64> rows;
    if (before) {
        for (const T &object : *before)
            rows.insert(object.id.text(), rows.size());
    }
    const qint64 firstNew = rows.size();
    const auto rowOf = [&](size_t i) {
        return rows.value(list[i].id.text(), firstNew + qint64(i));
    };
    for (size_t i = 1; i < list.size(); ++i) {
        if (std::pair(list[i - 1].rank, rowOf(i - 1)) > std::pair(list[i].rank, rowOf(i)))
            return false;
    }
    return true;
}

template <typename T>
bool isNumberedThrough(const std::vector<T> &list)
{
    for (size_t i = 0; i < list.size(); ++i) {
        if (list[i].rank != qint64(i) + 1)
            return false;
    }
    return true;
}

class Completion {
public:
    Completion(const flags::Snapshot &base, qint64 now)
        : m_base(base), m_now(now), m_nowText(flags::microsecondText(now))
    {
        m_save.generated.insert(m_nowText);
    }

    Result<CompletedSave> run(ChangeSet changes, const IdGenerator &newId)
    {
        auto filled = fillIds(std::move(changes), newId, m_save.generated);
        if (!filled)
            return filled.error();
        auto applied = changes::apply(m_base, *filled);
        if (!applied)
            return applied.error();
        m_save.after = std::move(*applied);

        for (const Change &change : filled->changes)
            touch(change.address);
        for (std::shared_ptr<const flags::Namespace> &nameSpace : m_save.after.namespaces) {
            if (m_touched.contains(nameSpace->key.text()))
                completeNamespace(nameSpace);
        }
        if (auto checked = checkReferences(m_save.after, *filled); !checked)
            return checked.error();
        dropWhatGoesWithVariants(m_save.after, *filled);
        dropOrphansOfRemoved(m_save.after, *filled);
        stampNamespaces(*filled);
        sortAsRead(m_base, m_save.after);
        m_save.changes = changes::diff(m_base, m_save.after);
        return std::move(m_save);
    }

private:
    struct Touched {
        QSet<QString> flags;
        QSet<QString> segments;
    };

    void touch(const changes::Address &address)
    {
        if (address.orphan)
            return;
        Touched &touched = m_touched[address.nameSpace.text()];
        if (address.kind == ObjectKind::Segment || address.kind == ObjectKind::Constraint)
            touched.segments.insert(address.owner);
        else if (address.kind != ObjectKind::Namespace)
            touched.flags.insert(address.owner);
    }

    /// Each later than the one before.
    QString nextTime()
    {
        const QString text = flags::microsecondText(m_now + m_made * nanosecondsPerMicrosecond);
        ++m_made;
        m_save.generated.insert(text);
        return text;
    }

    template <typename T>
    void completeTimes(const T *before, T &object, bool isChanged)
    {
        if (before) {
            if (isChanged && object.times.updated == before->times.updated)
                object.times.updated = m_nowText;
            return;
        }
        const bool isNew = object.times.created.isEmpty();
        if (isNew)
            object.times.created = nextTime();
        if (object.times.updated.isEmpty())
            object.times.updated = isNew ? object.times.created : m_nowText;
    }

    template <typename T>
    void completeTimes(const T *before, T &object)
    {
        completeTimes(before, object, before && contentDiffers(*before, object));
    }

    void completeNamespace(std::shared_ptr<const flags::Namespace> &pointer)
    {
        const std::shared_ptr<const flags::Namespace> before = m_base.nameSpace(pointer->key);
        const Touched &touched = m_touched[pointer->key.text()];
        auto nameSpace = std::make_shared<flags::Namespace>(*pointer);
        completeTimes(before.get(), *nameSpace);
        completeObjects(before ? &before->segments : nullptr, nameSpace->segments,
                        touched.segments);
        completeObjects(before ? &before->flags : nullptr, nameSpace->flags, touched.flags);
        pointer = std::move(nameSpace);
    }

    template <typename T>
    void completeObjects(const std::vector<std::shared_ptr<const T>> *before,
                         std::vector<std::shared_ptr<const T>> &objects,
                         const QSet<QString> &touched)
    {
        QHash<QString, const T *> old;
        if (before && !touched.isEmpty()) {
            for (const std::shared_ptr<const T> &object : *before) {
                if (touched.contains(object->key.text()))
                    old.insert(object->key.text(), object.get());
            }
        }
        for (std::shared_ptr<const T> &pointer : objects) {
            if (!touched.contains(pointer->key.text()))
                continue;
            auto object = std::make_shared<T>(*pointer);
            complete(old.value(object->key.text()), *object);
            pointer = std::move(object);
        }
    }

    void complete(const flags::Segment *before, flags::Segment &segment)
    {
        completeTimes(before, segment);
        for (flags::Constraint &constraint : segment.constraints)
            completeTimes(withId(before ? &before->constraints : nullptr, constraint), constraint);
    }

    void complete(const flags::Flag *before, flags::Flag &flag)
    {
        completeTimes(before, flag);
        for (flags::Variant &variant : flag.variants)
            completeTimes(withId(before ? &before->variants : nullptr, variant), variant);
        completeRanked(before ? &before->rules : nullptr, flag.rules);
        completeRanked(before ? &before->rollouts : nullptr, flag.rollouts);
    }

    template <typename T>
    void completeRanked(const std::vector<T> *before, std::vector<T> &list)
    {
        bool hasLost = false;
        bool hasGiven = false; // ranks that the change set itself gives
        size_t stayed = 0;
        for (const T &object : list) {
            const T *old = withId(before, object);
            stayed += old ? 1 : 0;
            hasGiven |= !old || old->rank != object.rank;
        }
        hasLost = before && stayed < before->size();
        if (!ranksFitTheOrder(before, list)
            || (hasLost && !hasGiven && isNumberedThrough(*before))) {
            for (size_t i = 0; i < list.size(); ++i)
                list[i].rank = qint64(i) + 1;
        }
        // Flipt orders all rules of a flag at once, after a deletion too, with one time for all.
        bool isReordered = hasLost;
        for (const T &object : list) {
            const T *old = withId(before, object);
            isReordered |=
                old && old->rank != object.rank && old->times.updated == object.times.updated;
        }
        for (T &object : list)
            complete(withId(before, object), object, isReordered);
    }

    void complete(const flags::Rule *before, flags::Rule &rule, bool isReordered)
    {
        completeTimes(before, rule, before && (isReordered || contentDiffers(*before, rule)));
        if (before && before->distributions == rule.distributions)
            return;
        const std::vector<flags::Distribution> none;
        const std::vector<flags::Distribution> &old = before ? before->distributions : none;
        for (flags::Distribution &distribution : rule.distributions) {
            const flags::Distribution *known = withId(&old, distribution);
            if (!known || known->rollout != distribution.rollout)
                distribution.rollout = widened(distribution.rollout);
            if (known)
                continue;
            // Created and updated are one instant, unless the new row keeps an older created_at.
            const bool keepsTime = !distribution.times.created.isEmpty();
            if (keepsTime && distribution.times.updated.isEmpty())
                distribution.times.updated = m_nowText;
        }
        changes::layOutBuckets(old, rule.distributions, [this] { return nextTime(); });
        for (flags::Distribution &distribution : rule.distributions) {
            if (distribution.times.updated.isEmpty())
                distribution.times.updated = distribution.times.created;
            completeTimes(withId(&old, distribution), distribution);
        }
    }

    void complete(const flags::Rollout *before, flags::Rollout &rollout, bool isReordered)
    {
        if (rollout.threshold
            && !(before && before->threshold
                 && before->threshold->percentage == rollout.threshold->percentage))
            rollout.threshold->percentage = widened(rollout.threshold->percentage);
        const bool isChanged = before
                               && (isReordered || contentDiffers(*before, rollout)
                                   || before->threshold != rollout.threshold
                                   || before->segmentMatches != rollout.segmentMatches);
        completeTimes(before, rollout, isChanged);
    }

    /// Greater than the old stamp whatever the clock says: equal or earlier would answer clients
    /// with "not modified".
    void stampNamespaces(const ChangeSet &changes)
    {
        // What cascades may have touched further namespaces.
        QSet<QString> touched;
        for (const Change &change : changes.changes)
            touched.insert(change.address.nameSpace.text());
        for (const auto &nameSpace : m_save.after.namespaces) {
            const std::shared_ptr<const flags::Namespace> before = m_base.nameSpace(nameSpace->key);
            if (before != nameSpace && !(before && *before == *nameSpace))
                touched.insert(nameSpace->key.text());
        }
        for (std::shared_ptr<const flags::Namespace> &pointer : m_save.after.namespaces) {
            if (!touched.contains(pointer->key.text()))
                continue;
            auto nameSpace = std::make_shared<flags::Namespace>(*pointer);
            // Not before any time that this save has made.
            qint64 stamp = m_now + m_made * nanosecondsPerMicrosecond;
            const std::shared_ptr<const flags::Namespace> before = m_base.nameSpace(pointer->key);
            for (const flags::Namespace *known : {before.get(), pointer.get()}) {
                if (!known || !known->stateModified)
                    continue;
                if (const auto old = flags::parseTimestamp(*known->stateModified))
                    stamp = std::max(stamp, *old + 1);
            }
            nameSpace->stateModified = flags::nanosecondText(stamp);
            m_save.stamps.insert(pointer->key.text(), *nameSpace->stateModified);
            m_save.generated.insert(*nameSpace->stateModified);
            pointer = std::move(nameSpace);
        }
    }

    const flags::Snapshot &m_base;
    const qint64 m_now;
    const QString m_nowText;
    qint64 m_made = 0;
    QHash<QString, Touched> m_touched;
    CompletedSave m_save;
};

} // namespace

QString randomId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Result<CompletedSave> completeSave(const ChangeSet &changes, const flags::Snapshot &base,
                                   qint64 now, const IdGenerator &newId)
{
    return Completion(base, now).run(changes, newId);
}

} // namespace edgewise::store
