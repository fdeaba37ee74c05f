// SPDX-License-Identifier: GPL-3.0-or-later
#include "doctor/repair.h"

#include "doctor/examine.h"

#include <changes/bucketorder.h>
#include <flags/constraintrules.h>
#include <flags/rowplace.h>
#include <flags/timestamp.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <map>

namespace edgewise::doctor {

using namespace flags;

namespace {

using Findings = std::vector<const Finding *>;
using Part = Location::Part;

/// By namespace, then by the key of the flag or segment; the namespace's own under no key.
using FindingsByOwner = std::map<NamespaceKey, std::map<std::pair<Part, QString>, Findings>>;

FindingsByOwner sorted(const std::vector<Finding> &findings)
{
    FindingsByOwner result;
    for (const Finding &finding : findings) {
        const Location &place = finding.problem.location;
        if (finding.remedy == Remedy::None || finding.remedy == Remedy::RemoveOrphan)
            continue;
        const bool ofSegment = place.part == Part::Segment || place.part == Part::Constraint;
        const std::pair owner =
            finding.remedy == Remedy::RenewStamp
                ? std::pair(Part::Namespace, QString())
                : std::pair(ofSegment ? Part::Segment : Part::Flag, place.owner);
        result[place.nameSpace][owner].push_back(&finding);
    }
    return result;
}

template <typename T>
T *withId(std::vector<T> &objects, const QString &id)
{
    const auto found =
        std::ranges::find_if(objects, [&](const T &object) { return object.id.text() == id; });
    return found == objects.end() ? nullptr : &*found;
}

void removeLinks(std::vector<SegmentKey> &segments, const QString &key)
{
    std::erase_if(segments, [&](const SegmentKey &segment) { return segment.text() == key; });
}

bool isEmptyRollout(const Rollout &rollout)
{
    return !rollout.threshold && std::ranges::all_of(rollout.segmentMatches, [](const auto &match) {
        return match.segments.empty();
    });
}

template <typename T>
void numberThrough(std::vector<T> &list)
{
    for (size_t i = 0; i < list.size(); ++i)
        list[i].rank = qint64(i) + 1;
}

/// As one JSON text, which Flipt answers as it stands.
QString jsonText(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

double limited(double percentage)
{
    return std::clamp(percentage, 0.0, 100.0);
}

int typeFor(const Constraint &constraint)
{
    for (const int type : {StringConstraint, NumberConstraint, BooleanConstraint}) {
        const auto operators = operatorsOf(type);
        if (std::find(operators.begin(), operators.end(), constraint.operatorName)
            != operators.end())
            return type;
    }
    return StringConstraint;
}

class FlagRepair {
public:
    explicit FlagRepair(Flag &flag) : m_flag(flag) {}

    void run(const Findings &findings)
    {
        for (const Finding *finding : findings)
            treat(*finding);
        std::erase_if(m_flag.rules, [&](const Rule &rule) {
            return rule.segments.empty() && m_emptied.contains(rule.id.text());
        });
        std::erase_if(m_flag.rollouts, [&](const Rollout &rollout) {
            return isEmptyRollout(rollout) && m_emptied.contains(rollout.id.text());
        });
        // Evaluation takes rules by rank and then by id, rollouts by rank and then by row
        // (Flipt: internal/server/evaluation/legacy_evaluator.go).
        if (m_renumbersRules) {
            std::ranges::stable_sort(m_flag.rules, [](const Rule &a, const Rule &b) {
                return a.rank != b.rank ? a.rank < b.rank
                                        : compareBytes(a.id.text(), b.id.text()) < 0;
            });
            numberThrough(m_flag.rules);
        }
        if (m_renumbersRollouts)
            numberThrough(m_flag.rollouts);
    }

private:
    void treat(const Finding &finding)
    {
        const Location &place = finding.problem.location;
        switch (finding.remedy) {
        case Remedy::ClearDefaultVariant:
            m_flag.defaultVariant.reset();
            break;
        case Remedy::RemoveDistribution:
            if (Rule *rule = withId(m_flag.rules, place.parent))
                std::erase_if(rule->distributions,
                              [&](const auto &one) { return one.id.text() == place.id; });
            break;
        case Remedy::RemoveSegmentLink:
            removeLink(place, finding.problem.arguments.value(0));
            break;
        case Remedy::RemoveRule:
        case Remedy::RemoveRollout:
            m_emptied.insert(place.id);
            break;
        case Remedy::SeparateTimes:
            if (Rule *rule = withId(m_flag.rules, place.parent))
                changes::separateTimes(rule->distributions);
            break;
        case Remedy::Renumber:
            (place.part == Part::Rule ? m_renumbersRules : m_renumbersRollouts) = true;
            break;
        case Remedy::QuoteAttachment:
            if (Variant *variant = withId(m_flag.variants, place.id)) {
                if (variant->attachment->trimmed().isEmpty())
                    variant->attachment.reset();
                else
                    variant->attachment = jsonText(*variant->attachment);
            }
            break;
        case Remedy::WrapMetadata:
            wrapMetadata();
            break;
        case Remedy::ChooseFlagType:
            m_flag.type =
                !m_flag.rollouts.empty() && m_flag.variants.empty() ? BooleanFlag : VariantFlag;
            break;
        case Remedy::ChooseRolloutType:
            if (Rollout *rollout = withId(m_flag.rollouts, place.id))
                rollout->type = rollout->threshold ? ThresholdRollout : SegmentRollout;
            break;
        case Remedy::LimitPercentage:
            limitPercentage(place);
            break;
        case Remedy::None:
        case Remedy::RenewStamp:
        case Remedy::RemoveOrphan:
        case Remedy::ChooseConstraintType:
            break;
        }
    }

    void removeLink(const Location &place, const QString &key)
    {
        m_emptied.insert(place.id);
        if (Rule *rule = withId(m_flag.rules, place.id))
            removeLinks(rule->segments, key);
        if (Rollout *rollout = withId(m_flag.rollouts, place.id)) {
            for (SegmentMatch &match : rollout->segmentMatches)
                removeLinks(match.segments, key);
        }
    }

    void wrapMetadata()
    {
        if (m_flag.metadata->trimmed().isEmpty()) {
            m_flag.metadata.reset();
            return;
        }
        const QJsonObject object{{QStringLiteral("text"), *m_flag.metadata}};
        m_flag.metadata = QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    }

    void limitPercentage(const Location &place)
    {
        if (place.part == Part::Rollout) {
            Rollout *rollout = withId(m_flag.rollouts, place.id);
            if (rollout && rollout->threshold)
                rollout->threshold->percentage = limited(rollout->threshold->percentage);
            return;
        }
        Rule *rule = withId(m_flag.rules, place.parent);
        Distribution *distribution = rule ? withId(rule->distributions, place.id) : nullptr;
        if (distribution)
            distribution->rollout = limited(distribution->rollout);
    }

    Flag &m_flag;
    bool m_renumbersRules = false;
    bool m_renumbersRollouts = false;
    QSet<QString> m_emptied; ///< rules and rollouts that go when nothing is left of them
};

void repairSegment(Segment &segment, const Findings &findings)
{
    for (const Finding *finding : findings) {
        Constraint *constraint = withId(segment.constraints, finding->problem.location.id);
        if (constraint && finding->remedy == Remedy::ChooseConstraintType)
            constraint->type = typeFor(*constraint);
    }
}

/// Later than whatever the namespace says, and not before now.
void renewStamp(Namespace &nameSpace, const Findings &findings, qint64 now)
{
    qint64 stamp = now;
    for (const Finding *finding : findings) {
        for (const QString &text : finding->problem.arguments) {
            if (const auto moment = parseTimestamp(text))
                stamp = std::max(stamp, *moment + 1);
        }
    }
    nameSpace.stateModified = nanosecondText(stamp);
}

template <typename T, typename Repair>
void replaceObject(std::vector<std::shared_ptr<const T>> &objects, const QString &key,
                   Repair repairOne)
{
    const auto found = std::ranges::find_if(
        objects, [&](const auto &object) { return object->key.text() == key; });
    if (found == objects.end())
        return;
    auto copy = std::make_shared<T>(**found);
    repairOne(*copy);
    *found = std::move(copy);
}

Snapshot repairedOnce(const Snapshot &snapshot, const std::vector<Finding> &findings, qint64 now)
{
    Snapshot repaired = snapshot;
    const FindingsByOwner owners = sorted(findings);
    for (auto &pointer : repaired.namespaces) {
        const auto found = owners.find(pointer->key);
        if (found == owners.end())
            continue;
        auto nameSpace = std::make_shared<Namespace>(*pointer);
        for (const auto &entry : found->second) {
            const auto &[part, key] = entry.first;
            const Findings &list = entry.second;
            if (part == Part::Namespace)
                renewStamp(*nameSpace, list, now);
            else if (part == Part::Segment)
                replaceObject(nameSpace->segments, key,
                              [&](Segment &segment) { repairSegment(segment, list); });
            else
                replaceObject(nameSpace->flags, key,
                              [&](Flag &flag) { FlagRepair(flag).run(list); });
        }
        pointer = std::move(nameSpace);
    }
    if (std::ranges::any_of(findings, [](const Finding &finding) {
            return finding.remedy == Remedy::RemoveOrphan;
        }))
        repaired.orphans.clear();
    return repaired;
}

} // namespace

changes::ChangeSet repair(const Snapshot &snapshot, const std::vector<Finding> &findings,
                          qint64 now)
{
    std::vector<Problem> stored;
    for (const Finding &finding : findings) {
        if (finding.problem.code == Problem::Code::LinkOutside
            || finding.problem.code == Problem::Code::StorageType)
            stored.push_back(finding.problem);
    }
    // One remedy may bring out another fault: without its last link a rollout is of another type.
    constexpr int mostRounds = 5;
    Snapshot repaired = snapshot;
    std::vector<Finding> left = findings;
    for (int round = 0; round < mostRounds; ++round) {
        repaired = repairedOnce(repaired, left, now);
        left = examine(repaired, stored);
        if (std::ranges::all_of(
                left, [](const Finding &finding) { return finding.remedy == Remedy::None; }))
            break;
    }
    return changes::diff(snapshot, repaired);
}

} // namespace edgewise::doctor
