// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/naming.h"

#include "changes/fields.h"
#include "changes/text.h"

#include <flags/percentage.h>

#include <algorithm>
#include <array>

namespace edgewise::changes {

namespace {

using namespace flags;

template <typename T>
struct Found {
    const T *object;
    int number; ///< from 1, among its siblings
};

template <typename T>
std::optional<Found<T>> byId(const std::vector<T> &objects, const QString &id)
{
    for (size_t i = 0; i < objects.size(); ++i) {
        if (objects[i].id.text() == id)
            return Found<T>{&objects[i], static_cast<int>(i) + 1};
    }
    return std::nullopt;
}

std::shared_ptr<const Flag> flagIn(const Snapshot &snapshot, const Address &address)
{
    const auto nameSpace = snapshot.nameSpace(address.nameSpace);
    return nameSpace ? nameSpace->flag(FlagKey(address.owner)) : nullptr;
}

QString quoted(const QString &text)
{
    return u'"' + text + u'"';
}

/// What tells the object from its siblings for people; empty when the snapshot does not have it.
QString nameIn(const Snapshot &snapshot, const Address &address)
{
    if (address.kind == ObjectKind::Constraint) {
        const auto nameSpace = snapshot.nameSpace(address.nameSpace);
        const auto segment = nameSpace ? nameSpace->segment(SegmentKey(address.owner)) : nullptr;
        const auto found = segment ? byId(segment->constraints, address.id) : std::nullopt;
        if (!found)
            return {};
        const Constraint &constraint = *found->object;
        const QString value =
            constraint.value.isEmpty() ? QString() : QString(u' ' + quoted(constraint.value));
        return constraint.property + u' ' + constraint.operatorName + value;
    }
    const auto flag = flagIn(snapshot, address);
    if (!flag)
        return {};
    switch (address.kind) {
    case ObjectKind::Variant: {
        const auto found = byId(flag->variants, address.id);
        return found ? quoted(found->object->key) : QString();
    }
    case ObjectKind::Rule: {
        const auto found = byId(flag->rules, address.id);
        return found ? QString::number(found->number) : QString();
    }
    case ObjectKind::Rollout: {
        const auto found = byId(flag->rollouts, address.id);
        return found ? QString::number(found->number) : QString();
    }
    case ObjectKind::Distribution: {
        const auto rule = byId(flag->rules, address.parent);
        const auto found = rule ? byId(rule->object->distributions, address.id) : std::nullopt;
        if (!found)
            return {};
        const auto variant = byId(flag->variants, found->object->variant.text());
        return quoted(variant ? variant->object->key : found->object->variant.text());
    }
    default:
        return {};
    }
}

struct NumberName {
    ObjectKind kind;
    Field field;
    qint64 number;
    QLatin1StringView name;
};

constexpr std::array numberNames{
    NumberName{ObjectKind::Flag, Field::Type, VariantFlag, QLatin1StringView("variant")},
    NumberName{ObjectKind::Flag, Field::Type, BooleanFlag, QLatin1StringView("boolean")},
    NumberName{ObjectKind::Segment, Field::MatchType, AllMatch, QLatin1StringView("all")},
    NumberName{ObjectKind::Segment, Field::MatchType, AnyMatch, QLatin1StringView("any")},
    NumberName{ObjectKind::Rule, Field::SegmentOperator, OrOperator, QLatin1StringView("or")},
    NumberName{ObjectKind::Rule, Field::SegmentOperator, AndOperator, QLatin1StringView("and")},
    NumberName{ObjectKind::SegmentMatch, Field::SegmentOperator, OrOperator,
               QLatin1StringView("or")},
    NumberName{ObjectKind::SegmentMatch, Field::SegmentOperator, AndOperator,
               QLatin1StringView("and")},
    NumberName{ObjectKind::Rollout, Field::Type, SegmentRollout, QLatin1StringView("segment")},
    NumberName{ObjectKind::Rollout, Field::Type, ThresholdRollout, QLatin1StringView("threshold")},
    NumberName{ObjectKind::Constraint, Field::Type, StringConstraint, QLatin1StringView("string")},
    NumberName{ObjectKind::Constraint, Field::Type, NumberConstraint, QLatin1StringView("number")},
    NumberName{ObjectKind::Constraint, Field::Type, BooleanConstraint,
               QLatin1StringView("boolean")},
    NumberName{ObjectKind::Constraint, Field::Type, DateTimeConstraint,
               QLatin1StringView("datetime")},
    NumberName{ObjectKind::Constraint, Field::Type, EntityIdConstraint,
               QLatin1StringView("entityId")},
};

} // namespace

Naming::Naming(Snapshot before, Snapshot after)
    : m_before(std::move(before)), m_after(std::move(after))
{
}

QString Naming::object(const Address &address) const
{
    if (address.orphan)
        return text(address);
    const QString kind(kindInfo(address.kind).label);
    switch (address.kind) {
    case ObjectKind::Namespace:
        return kind + u' ' + quoted(address.nameSpace.text());
    case ObjectKind::Flag:
    case ObjectKind::Segment:
        return kind + u' ' + quoted(address.owner);
    case ObjectKind::Threshold:
    case ObjectKind::SegmentMatch:
        return kind;
    default:
        break;
    }
    QString name = nameIn(m_after, address);
    if (name.isEmpty())
        name = nameIn(m_before, address);
    return kind + u' ' + (name.isEmpty() ? address.id : name);
}

QString Naming::path(const Address &address) const
{
    if (address.orphan || address.kind == ObjectKind::Namespace || address.kind == ObjectKind::Flag
        || address.kind == ObjectKind::Segment)
        return text(address);
    const auto parent = parentOf(address);
    return parent ? QString(object(address) + u" of " + path(*parent)) : object(address);
}

QString Naming::variantKey(const Address &address, const QString &id) const
{
    for (const Snapshot *snapshot : {&m_after, &m_before}) {
        const auto flag = flagIn(*snapshot, address);
        const auto found = flag ? byId(flag->variants, id) : std::nullopt;
        if (found)
            return found->object->key;
    }
    return id;
}

QString Naming::value(const Address &address, Field field, const Value &value) const
{
    if (const qint64 *number = std::get_if<qint64>(&value)) {
        const auto named = std::ranges::find_if(numberNames, [&](const NumberName &name) {
            return name.kind == address.kind && name.field == field && name.number == *number;
        });
        if (named != numberNames.end())
            return QString(named->name);
    }
    const QString *id = std::get_if<QString>(&value);
    if (id && (field == Field::Variant || field == Field::DefaultVariant))
        return quoted(variantKey(address, *id));
    if (const double *percentage = std::get_if<double>(&value))
        return percentageText(*percentage) + u" %";
    return text(value);
}

} // namespace edgewise::changes
