// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/generator.h"

#include <flags/timestamp.h>

#include <algorithm>
#include <iterator>

namespace edgewise::test {

using namespace flags;

QString SnapshotGenerator::text()
{
    static const QStringList texts{u""_qs,          u"a"_qs,      u"Name"_qs,
                                   u"two words"_qs, u"ключ"_qs,   u"\"quoted\"\n"_qs,
                                   u"🎉"_qs,         u"x,y;'--"_qs};
    return texts.at(below(static_cast<int>(texts.size())));
}

QString SnapshotGenerator::id()
{
    return QString::number(m_random.generate(), 16) + u'-' + QString::number(m_next++);
}

double SnapshotGenerator::percentage()
{
    static constexpr float values[]{0, 33.33F, 50, 99.9F, 100, 140, -1, 0.05F};
    return static_cast<double>(values[below(std::size(values))]);
}

Times SnapshotGenerator::times()
{
    // Few distinct moments, so that some are tied; some texts that are no times.
    if (oneIn(12))
        return {u"2026-01-01T00:00:00Z"_qs, u""_qs};
    // One draw a statement: each compiler orders the operands of an expression as it likes, and a
    // seed must mean one snapshot.
    const qint64 seconds = 1'795'000'000LL + below(20);
    const qint64 moment = seconds * 1'000'000'000 + below(3) * 1000;
    return {microsecondText(moment), microsecondText(moment + below(2) * 5000)};
}

std::vector<SegmentKey> SnapshotGenerator::segmentKeys()
{
    std::vector<SegmentKey> keys;
    for (int count = below(3); count > 0; --count) {
        SegmentKey wanted(m_segmentKeys.isEmpty() || oneIn(8)
                              ? key("missing")
                              : m_segmentKeys.at(below(static_cast<int>(m_segmentKeys.size()))));
        if (std::ranges::find(keys, wanted) == keys.end())
            keys.push_back(std::move(wanted));
    }
    return keys;
}

Variant SnapshotGenerator::variant()
{
    Variant made{VariantId(id()), key("v"), text(), text(), {}, times()};
    if (oneIn(3))
        made.attachment = oneIn(2) ? u"{\"a\": 1}"_qs : text();
    m_variantIds.append(made.id.text());
    return made;
}

Constraint SnapshotGenerator::constraint()
{
    static const QStringList operators{u"eq"_qs, u"isoneof"_qs, u"present"_qs, u"nonsense"_qs};
    Constraint made{ConstraintId(id()),
                    oneIn(6) ? 9 : 1 + below(5),
                    text(),
                    operators.at(below(4)),
                    text(),
                    text(),
                    times()};
    if (oneIn(4))
        made.description.reset();
    return made;
}

Segment SnapshotGenerator::segment()
{
    Segment made{SegmentKey(key("s")), text(), text(), oneIn(10) ? 5 : below(2), {}, times()};
    for (int count = below(4); count > 0; --count)
        made.constraints.push_back(constraint());
    m_segmentKeys.append(made.key.text());
    return made;
}

Distribution SnapshotGenerator::distribution()
{
    const bool dangling = m_variantIds.isEmpty() || oneIn(8);
    return {
        DistributionId(id()),
        VariantId(dangling ? id() : m_variantIds.at(below(static_cast<int>(m_variantIds.size())))),
        percentage(), times()};
}

Rule SnapshotGenerator::rule()
{
    Rule made{RuleId(id()), below(4) - 1, oneIn(10) ? 7 : below(2), segmentKeys(), {}, times()};
    for (int count = below(4); count > 0; --count)
        made.distributions.push_back(distribution());
    return made;
}

Rollout SnapshotGenerator::rollout()
{
    Rollout made{RolloutId(id()), below(3), text(), below(4) - 1, {}, {}, times()};
    if (oneIn(2))
        made.threshold = Threshold{RolloutPartId(id()), percentage(), oneIn(2)};
    for (int count = below(3); count > 0; --count)
        made.segmentMatches.push_back({RolloutPartId(id()), oneIn(2), below(2), segmentKeys()});
    return made;
}

Flag SnapshotGenerator::flag()
{
    Flag made;
    made.key = FlagKey(key("f"));
    made.name = text();
    made.description = text();
    made.enabled = oneIn(2);
    made.type = oneIn(10) ? 7 : below(2);
    made.times = times();
    for (int count = below(4); count > 0; --count)
        made.variants.push_back(variant());
    for (int count = below(5); count > 0; --count)
        made.rules.push_back(rule());
    for (int count = below(4); count > 0; --count)
        made.rollouts.push_back(rollout());
    if (!m_variantIds.isEmpty() && oneIn(3))
        made.defaultVariant =
            VariantId(m_variantIds.at(below(static_cast<int>(m_variantIds.size()))));
    if (oneIn(3))
        made.metadata = oneIn(3) ? text() : u"{\"tag\":\"x\"}"_qs;
    return made;
}

Snapshot SnapshotGenerator::snapshot()
{
    Snapshot made;
    for (int count = below(4); count > 0; --count) {
        Namespace nameSpace;
        nameSpace.key = NamespaceKey(key("n"));
        nameSpace.name = text();
        nameSpace.description = text();
        nameSpace.isProtected = oneIn(4);
        nameSpace.times = times();
        if (!oneIn(3))
            nameSpace.stateModified = times().updated;
        for (int segments = below(5); segments > 0; --segments)
            nameSpace.segments.push_back(std::make_shared<const Segment>(segment()));
        for (int flags = below(6); flags > 0; --flags)
            nameSpace.flags.push_back(std::make_shared<const Flag>(flag()));
        made.namespaces.push_back(std::make_shared<const Namespace>(std::move(nameSpace)));
    }
    return made;
}

template <typename T, typename Make>
void SnapshotGenerator::editList(std::vector<T> &list, Make make)
{
    const int size = static_cast<int>(list.size());
    switch (below(4)) {
    case 0:
        list.insert(list.begin() + below(size + 1), make());
        break;
    case 1:
        if (size > 0)
            list.erase(list.begin() + below(size));
        break;
    case 2:
        if (size > 1)
            std::swap(list[static_cast<size_t>(below(size))],
                      list[static_cast<size_t>(below(size))]);
        break;
    default:
        std::shuffle(list.begin(), list.end(), m_random);
    }
}

void SnapshotGenerator::edit(Segment &segment)
{
    switch (below(4)) {
    case 0:
        segment.name = text();
        break;
    case 1:
        segment.matchType = below(3);
        break;
    case 2:
        editList(segment.constraints, [this] { return constraint(); });
        break;
    default:
        if (!segment.constraints.empty()) {
            Constraint &edited = segment.constraints[static_cast<size_t>(
                below(static_cast<int>(segment.constraints.size())))];
            edited.value = text();
            edited.description.reset();
        }
    }
}

void SnapshotGenerator::edit(Rule &rule)
{
    switch (below(4)) {
    case 0:
        rule.segments = segmentKeys();
        break;
    case 1:
        rule.rank = below(6) - 1;
        break;
    case 2:
        editList(rule.distributions, [this] { return distribution(); });
        break;
    default:
        if (!rule.distributions.empty()) {
            rule.distributions.back().rollout = percentage();
            rule.distributions.front().times = times();
        }
    }
}

void SnapshotGenerator::edit(Rollout &rollout)
{
    switch (below(5)) {
    case 0:
        rollout.description = text();
        break;
    case 1:
        rollout.threshold.reset();
        break;
    case 2:
        if (rollout.threshold)
            rollout.threshold->percentage = percentage();
        else
            rollout.threshold = Threshold{RolloutPartId(id()), percentage(), oneIn(2)};
        break;
    case 3:
        editList(rollout.segmentMatches, [this] {
            return SegmentMatch{RolloutPartId(id()), oneIn(2), below(2), segmentKeys()};
        });
        break;
    default:
        if (!rollout.segmentMatches.empty())
            rollout.segmentMatches.front().segments = segmentKeys();
    }
}

void SnapshotGenerator::edit(Flag &flag)
{
    const auto any = [this](auto &list) {
        return &list[static_cast<size_t>(below(static_cast<int>(list.size())))];
    };
    switch (below(9)) {
    case 0:
        flag.name = text();
        break;
    case 1:
        flag.enabled = !flag.enabled;
        break;
    case 2:
        flag.metadata = text();
        flag.defaultVariant.reset();
        break;
    case 3:
        editList(flag.variants, [this] { return variant(); });
        break;
    case 4:
        editList(flag.rules, [this] { return rule(); });
        break;
    case 5:
        editList(flag.rollouts, [this] { return rollout(); });
        break;
    case 6:
        if (!flag.variants.empty())
            any(flag.variants)->attachment = text();
        break;
    case 7:
        if (!flag.rules.empty())
            edit(*any(flag.rules));
        break;
    default:
        if (!flag.rollouts.empty())
            edit(*any(flag.rollouts));
    }
}

void SnapshotGenerator::edit(Namespace &nameSpace)
{
    const auto replaceAny = [this](auto &list) {
        if (list.empty())
            return;
        auto &chosen = list[static_cast<size_t>(below(static_cast<int>(list.size())))];
        auto copy = *chosen;
        edit(copy);
        chosen = std::make_shared<const decltype(copy)>(std::move(copy));
    };
    switch (below(7)) {
    case 0:
        nameSpace.name = text();
        nameSpace.stateModified = times().updated;
        break;
    case 1:
        editList(nameSpace.segments, [this] { return std::make_shared<const Segment>(segment()); });
        break;
    case 2:
        editList(nameSpace.flags, [this] { return std::make_shared<const Flag>(flag()); });
        break;
    case 3:
        replaceAny(nameSpace.segments);
        break;
    default:
        replaceAny(nameSpace.flags);
    }
}

Snapshot SnapshotGenerator::edited(const Snapshot &snapshot, int edits)
{
    Snapshot result = snapshot;
    for (; edits > 0; --edits) {
        if (result.namespaces.empty() || oneIn(10)) {
            editList(result.namespaces, [this] {
                Namespace nameSpace;
                nameSpace.key = NamespaceKey(key("n"));
                nameSpace.name = text();
                nameSpace.flags.push_back(std::make_shared<const Flag>(flag()));
                return std::make_shared<const Namespace>(std::move(nameSpace));
            });
            continue;
        }
        auto &chosen =
            result
                .namespaces[static_cast<size_t>(below(static_cast<int>(result.namespaces.size())))];
        Namespace copy = *chosen;
        if (oneIn(4)) { // an equal copy instead of the shared object
            for (auto &flag : copy.flags)
                flag = std::make_shared<const Flag>(*flag);
        }
        edit(copy);
        chosen = std::make_shared<const Namespace>(std::move(copy));
    }
    return result;
}

Orphan SnapshotGenerator::orphan()
{
    const NamespaceKey nameSpace(key("nowhere-"));
    const QString owner = key("nobody-");
    const QString parent = id();
    switch (below(10)) {
    case 0: {
        Segment object = segment();
        object.constraints.clear();
        return {nameSpace, {}, {}, object};
    }
    case 1:
        return {nameSpace, owner, {}, constraint()};
    case 2: {
        Flag object = flag();
        object.variants.clear();
        object.rules.clear();
        object.rollouts.clear();
        return {nameSpace, {}, {}, object};
    }
    case 3:
        return {nameSpace, owner, {}, variant()};
    case 4: {
        Rule object = rule();
        object.distributions.clear();
        return {nameSpace, owner, {}, object};
    }
    case 5:
        return {{}, {}, parent, distribution()};
    case 6: {
        Rollout object = rollout();
        object.threshold.reset();
        object.segmentMatches.clear();
        return {nameSpace, owner, {}, object};
    }
    case 7:
        return {{}, {}, parent, Threshold{RolloutPartId(id()), percentage(), oneIn(2)}};
    case 8:
        return {{}, {}, parent, SegmentMatch{RolloutPartId(id()), oneIn(2), 0, {}}};
    default: {
        Rule object;
        object.id = RuleId(id());
        object.segments = {SegmentKey(key("s"))};
        return {{}, {}, {}, object, false};
    }
    }
}

Snapshot SnapshotGenerator::withOrphans(const Snapshot &snapshot)
{
    Snapshot result = snapshot;
    result.orphans.clear();
    for (int count = below(6); count > 0; --count)
        result.orphans.push_back(orphan());
    sortOrphans(result.orphans);
    return result;
}

Snapshot largeSnapshot(int flagCount)
{
    const auto number = [](const char *stem, int i) -> QString {
        return QLatin1StringView(stem) + QString::number(i);
    };
    const Times times{u"2026-11-24 21:30:33.469495+00:00"_qs,
                      u"2026-11-24 21:30:33.469495+00:00"_qs};
    Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"large"_qs);
    nameSpace.times = times;
    const int segmentCount = std::max(1, flagCount / 10);
    for (int i = 0; i < segmentCount; ++i) {
        Segment segment{
            SegmentKey(number("segment-", i)), number("Segment ", i), {}, AllMatch, {}, times};
        for (int j = 0; j < 2; ++j)
            segment.constraints.push_back({ConstraintId(number("c", i * 2 + j)), StringConstraint,
                                           u"country"_qs, u"eq"_qs, number("", j), QString(),
                                           times});
        nameSpace.segments.push_back(std::make_shared<const Segment>(std::move(segment)));
    }
    for (int i = 0; i < flagCount; ++i) {
        Flag flag;
        flag.key = FlagKey(number("flag-", i));
        flag.name = number("Flag ", i);
        flag.times = times;
        for (int j = 0; j < 3; ++j)
            flag.variants.push_back(
                {VariantId(number("v", i * 3 + j)), number("v", j), {}, {}, {}, times});
        for (int j = 0; j < 2; ++j) {
            Rule rule{RuleId(number("r", i * 2 + j)),
                      j + 1,
                      OrOperator,
                      {SegmentKey(number("segment-", (i + j) % segmentCount))},
                      {},
                      times};
            for (int k = 0; k < 2; ++k)
                rule.distributions.push_back({DistributionId(number("d", (i * 2 + j) * 2 + k)),
                                              flag.variants[static_cast<size_t>(k)].id, 50, times});
            flag.rules.push_back(std::move(rule));
        }
        nameSpace.flags.push_back(std::make_shared<const Flag>(std::move(flag)));
    }
    return {{std::make_shared<const Namespace>(std::move(nameSpace))}};
}

} // namespace edgewise::test
