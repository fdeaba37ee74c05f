// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/transfer.h"

#include "flags/edit.h"

#include <QHash>

#include <algorithm>

namespace edgewise::flags {

namespace {

void collect(const std::vector<SegmentKey> &keys, std::vector<SegmentKey> &all)
{
    for (const SegmentKey &key : keys)
        if (std::ranges::find(all, key) == all.end())
            all.push_back(key);
}

std::vector<SegmentKey> segmentsOf(const Flag &flag)
{
    std::vector<SegmentKey> all;
    for (const Rule &rule : flag.rules)
        collect(rule.segments, all);
    for (const Rollout &rollout : flag.rollouts)
        for (const SegmentMatch &match : rollout.segmentMatches)
            collect(match.segments, all);
    return all;
}

/// Whether both match the same entities as far as their texts say it.
bool matchAlike(const Segment &a, const Segment &b)
{
    return a.matchType == b.matchType
           && std::ranges::equal(
               a.constraints, b.constraints, [](const Constraint &x, const Constraint &y) {
                   return x.type == y.type && x.property == y.property
                          && x.operatorName == y.operatorName && x.value == y.value;
               });
}

FlagKey targetKey(const Transfer &transfer, const FlagKey &key)
{
    return transfer.newKey.isEmpty() ? key : transfer.newKey;
}

Result<Snapshot> putSegment(const Snapshot &snapshot, const Transfer &transfer, bool isThere,
                            const Segment &segment)
{
    if (!isThere)
        return insertSegment(snapshot, transfer.to, copyOf(segment, segment.key));
    Segment taken = copyOf(segment, segment.key);
    taken.times = snapshot.nameSpace(transfer.to)->segment(segment.key)->times;
    return replaceSegment(snapshot, transfer.to, std::move(taken));
}

} // namespace

Flag copyOf(const Flag &flag, const FlagKey &key)
{
    Flag copy = flag;
    copy.key = key;
    copy.times = {};
    QHash<QString, VariantId> variants;
    for (Variant &variant : copy.variants) {
        const VariantId id(newId());
        variants.insert(variant.id.text(), id);
        variant.id = id;
        variant.times = {};
    }
    const auto mapped = [&](const VariantId &id) { return variants.value(id.text(), id); };
    if (copy.defaultVariant)
        copy.defaultVariant = mapped(*copy.defaultVariant);
    for (Rule &rule : copy.rules) {
        rule.id = {};
        rule.times = {};
        for (Distribution &distribution : rule.distributions) {
            distribution.id = {};
            distribution.times = {};
            distribution.variant = mapped(distribution.variant);
        }
    }
    for (Rollout &rollout : copy.rollouts) {
        rollout.id = {};
        rollout.times = {};
        if (rollout.threshold)
            rollout.threshold->id = {};
        for (SegmentMatch &match : rollout.segmentMatches)
            match.id = {};
    }
    return copy;
}

Segment copyOf(const Segment &segment, const SegmentKey &key)
{
    Segment copy = segment;
    copy.key = key;
    copy.times = {};
    for (Constraint &constraint : copy.constraints) {
        constraint.id = {};
        constraint.times = {};
    }
    return copy;
}

TransferPlan planTransfer(const Snapshot &snapshot, const Transfer &transfer)
{
    TransferPlan plan;
    const auto from = snapshot.nameSpace(transfer.from);
    const auto to = snapshot.nameSpace(transfer.to);
    if (!from || !to)
        return plan;
    std::vector<SegmentKey> needed;
    for (const FlagKey &key : transfer.flags) {
        const auto flag = from->flag(key);
        if (!flag)
            continue;
        collect(segmentsOf(*flag), needed);
        if (to->flag(targetKey(transfer, key)))
            plan.existing.push_back(targetKey(transfer, key));
    }
    for (const SegmentKey &key : needed) {
        const auto source = from->segment(key);
        const auto target = to->segment(key);
        if (!target)
            (source ? plan.newSegments : plan.missingSegments).push_back(key);
        else if (source && !matchAlike(*source, *target))
            plan.otherSegments.push_back(key);
    }
    return plan;
}

Result<Snapshot> transferFlags(const Snapshot &snapshot, const Transfer &transfer)
{
    const auto from = snapshot.nameSpace(transfer.from);
    const auto refused = [&](Error::Kind kind, const QString &detail) {
        return Error{
            kind, QStringLiteral("copying flags to %1").arg(transfer.to.text()), detail, {}, false};
    };
    if (!from || !snapshot.nameSpace(transfer.to))
        return refused(Error::Kind::NotFound, QStringLiteral("the namespace is gone"));
    const TransferPlan plan = planTransfer(snapshot, transfer);
    if (!plan.existing.empty() && !transfer.replaces)
        return refused(Error::Kind::Input,
                       QStringLiteral("flag \"%1/%2\" is not unique")
                           .arg(transfer.to.text(), plan.existing.front().text()));
    Result<Snapshot> result = snapshot;
    for (const SegmentKey &key : plan.newSegments) {
        result = putSegment(*result, transfer, false, *from->segment(key));
        if (!result)
            return result;
    }
    for (const SegmentKey &key : plan.otherSegments) {
        if (!transfer.takesSegments)
            break;
        result = putSegment(*result, transfer, true, *from->segment(key));
        if (!result)
            return result;
    }
    for (const FlagKey &key : transfer.flags) {
        const auto flag = from->flag(key);
        if (!flag)
            return refused(Error::Kind::NotFound,
                           QStringLiteral("flag \"%1\" is gone").arg(key.text()));
        const FlagKey newKey = targetKey(transfer, key);
        if (result->nameSpace(transfer.to)->flag(newKey))
            result = removeFlag(*result, transfer.to, newKey);
        if (result)
            result = insertFlag(*result, transfer.to, copyOf(*flag, newKey));
        if (result && transfer.isMove && (transfer.from != transfer.to || newKey != key))
            result = removeFlag(*result, transfer.from, key);
        if (!result)
            return result;
    }
    return result;
}

} // namespace edgewise::flags
