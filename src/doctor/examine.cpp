// SPDX-License-Identifier: GPL-3.0-or-later
#include "doctor/examine.h"

#include <flags/timestamp.h>

#include <QSet>

#include <algorithm>
#include <cmath>
#include <limits>

namespace edgewise::doctor {

using namespace flags;

namespace {

using Code = Problem::Code;
using Part = Location::Part;

struct Treatment {
    Remedy remedy = Remedy::None;
    bool keepsAnswers = true;
};

/// Ids of variants that Flipt finds although their flag is in another namespace or not there: it
/// joins distributions with them by id alone (Flipt: internal/storage/sql/common/evaluation.go).
QSet<QString> reachableVariants(const Snapshot &snapshot, bool orphaned)
{
    QSet<QString> ids;
    for (const auto &nameSpace : snapshot.namespaces) {
        for (const auto &flag : nameSpace->flags) {
            for (const Variant &variant : flag->variants) {
                if (!orphaned)
                    ids.insert(variant.id.text());
            }
        }
    }
    for (const Orphan &orphan : snapshot.orphans) {
        const auto *variant = std::get_if<Variant>(&orphan.object);
        if (variant && orphaned)
            ids.insert(variant->id.text());
    }
    return ids;
}

/// Flipt reads percentages into a float32 and fails beyond.
bool overflowsSingle(const Problem &problem)
{
    return std::abs(problem.arguments.value(0).toDouble()) > std::numeric_limits<float>::max();
}

class Examination {
public:
    Examination(const Snapshot &snapshot, const std::vector<Problem> &stored)
        : m_snapshot(snapshot), m_stored(stored)
    {
    }

    std::vector<Finding> run()
    {
        for (Problem &problem : validate(m_snapshot)) {
            if (const std::optional<Treatment> treatment = treatmentOf(problem))
                m_findings.push_back(
                    {std::move(problem), treatment->remedy, treatment->keepsAnswers});
        }
        for (const auto &nameSpace : m_snapshot.namespaces) {
            checkStamp(*nameSpace);
            for (const auto &flag : nameSpace->flags)
                checkEmptyAttachments(nameSpace->key, *flag);
        }
        for (const Problem &problem : m_stored)
            m_findings.push_back({problem, Remedy::None, true});
        return std::move(m_findings);
    }

private:
    /// None for what is no fault of the database.
    std::optional<Treatment> treatmentOf(const Problem &problem)
    {
        const bool isRule = problem.location.part == Part::Rule;
        switch (problem.code) {
        case Code::StampMissing:
        case Code::StampUnreadable:
            return Treatment{Remedy::RenewStamp};
        case Code::OrphanRow:
            return orphanTreatment(problem.location);
        case Code::DefaultVariantUnknown:
            return Treatment{Remedy::ClearDefaultVariant};
        case Code::VariantUnknown:
            return variantTreatment(problem.arguments.value(0));
        case Code::SegmentUnknown:
            return Treatment{leadsOutside(problem) ? Remedy::None : Remedy::RemoveSegmentLink};
        case Code::SegmentsEmpty:
            // Evaluation does not know such a rule, and the export fails on it.
            return isRule ? std::optional(Treatment{Remedy::RemoveRule}) : std::nullopt;
        case Code::BucketOrderTied:
            return Treatment{Remedy::SeparateTimes};
        case Code::RankTied:
        case Code::RankTaken:
            return Treatment{Remedy::Renumber};
        case Code::RankNegative:
        case Code::RankTooLarge:
            return Treatment{Remedy::Renumber, false};
        case Code::AttachmentNotJson:
            return Treatment{Remedy::QuoteAttachment, false};
        case Code::MetadataNotObject:
        case Code::MetadataEmptyText:
            return Treatment{Remedy::WrapMetadata, false};
        case Code::ConstraintTypeUnknown:
            return Treatment{Remedy::ChooseConstraintType, false};
        case Code::FlagTypeUnknown:
            return Treatment{Remedy::ChooseFlagType, false};
        case Code::RolloutWithoutRule:
            return Treatment{Remedy::RemoveRollout};
        case Code::RolloutTypeMismatch:
            return Treatment{Remedy::ChooseRolloutType};
        case Code::PercentageNegative:
        case Code::PercentageTooLarge:
        case Code::PercentageOutOfRange:
            if (overflowsSingle(problem))
                return Treatment{Remedy::LimitPercentage, false};
            return std::nullopt;
        case Code::DuplicateKey: // of a document: the tables hold no two
            return Treatment{Remedy::None};
        default:
            return std::nullopt;
        }
    }

    /// The segment is there, in the other namespace that the row names.
    bool leadsOutside(const Problem &problem) const
    {
        return std::ranges::any_of(m_stored, [&](const Problem &stored) {
            return stored.code == Code::LinkOutside && stored.location.id == problem.location.id;
        });
    }

    /// Flipt answers for the flags of a namespace that is not there, and serves variants without a
    /// flag.
    Treatment orphanTreatment(const Location &location) const
    {
        const bool hasOwners = std::ranges::any_of(m_snapshot.orphans, [](const Orphan &orphan) {
            return std::holds_alternative<Flag>(orphan.object);
        });
        return {Remedy::RemoveOrphan, !hasOwners && location.part != Part::Variant};
    }

    Treatment variantTreatment(const QString &id)
    {
        if (!m_variants) {
            m_variants = reachableVariants(m_snapshot, false);
            m_orphanedVariants = reachableVariants(m_snapshot, true);
        }
        // Of another namespace: it is served, and only a person knows which one was meant.
        if (m_variants->contains(id))
            return {Remedy::None};
        return {Remedy::RemoveDistribution, !m_orphanedVariants.contains(id)};
    }

    /// Each write of Flipt's renews the stamp afterwards, so no time of the namespace is later.
    void checkStamp(const Namespace &nameSpace)
    {
        if (!nameSpace.stateModified || !parseTimestamp(*nameSpace.stateModified))
            return;
        const LatestTime latest = latestTime(nameSpace);
        if (latest.moment <= *parseTimestamp(*nameSpace.stateModified))
            return;
        Problem problem{Problem::Severity::Error,
                        Code::StampStale,
                        latest.location,
                        {*nameSpace.stateModified, latest.text}};
        problem.location.attribute = Location::Attribute::StateModified;
        m_findings.push_back({std::move(problem), Remedy::RenewStamp, true});
    }

    struct LatestTime {
        qint64 moment = std::numeric_limits<qint64>::min();
        QString text;
        Location location;
    };

    static void note(LatestTime &latest, const Times &times, const Location &location)
    {
        for (const QString &text : {times.created, times.updated}) {
            // Texts of Flipt's own form compare like their moments, which saves reading them.
            const bool isFliptsForm = text.endsWith(u"+00:00") && text.indexOf(u' ') == 10;
            if (isFliptsForm && !latest.text.isEmpty() && text <= latest.text)
                continue;
            const std::optional<qint64> moment = parseTimestamp(text);
            if (moment && *moment > latest.moment)
                latest = {*moment, isFliptsForm ? text : microsecondText(*moment), location};
        }
    }

    static LatestTime latestTime(const Namespace &nameSpace)
    {
        LatestTime latest;
        note(latest, nameSpace.times, {Part::Namespace, nameSpace.key, {}, {}, {}, -1, {}});
        for (const auto &segment : nameSpace.segments) {
            const Location place{Part::Segment, nameSpace.key, segment->key.text(), {}, {}, -1, {}};
            note(latest, segment->times, place);
            for (const Constraint &constraint : segment->constraints)
                note(latest, constraint.times, place);
        }
        for (const auto &flag : nameSpace.flags) {
            const Location place{Part::Flag, nameSpace.key, flag->key.text(), {}, {}, -1, {}};
            note(latest, flag->times, place);
            for (const Variant &variant : flag->variants)
                note(latest, variant.times, place);
            for (const Rule &rule : flag->rules) {
                note(latest, rule.times, place);
                for (const Distribution &distribution : rule.distributions)
                    note(latest, distribution.times, place);
            }
            for (const Rollout &rollout : flag->rollouts)
                note(latest, rollout.times, place);
        }
        return latest;
    }

    /// Stored '' where NULL must stand: Flipt takes it for JSON that ends too early.
    void checkEmptyAttachments(const NamespaceKey &nameSpace, const Flag &flag)
    {
        for (size_t i = 0; i < flag.variants.size(); ++i) {
            const Variant &variant = flag.variants[i];
            if (!variant.attachment || !variant.attachment->isEmpty())
                continue;
            const Location place{Part::Variant,
                                 nameSpace,
                                 flag.key.text(),
                                 {},
                                 variant.id.text(),
                                 static_cast<int>(i),
                                 Location::Attribute::Attachment};
            m_findings.push_back(
                {{Problem::Severity::Error, Code::AttachmentNotJson, place, {variant.key}},
                 Remedy::QuoteAttachment,
                 false});
        }
    }

    const Snapshot &m_snapshot;
    const std::vector<Problem> &m_stored;
    std::vector<Finding> m_findings;
    std::optional<QSet<QString>> m_variants;
    QSet<QString> m_orphanedVariants;
};

} // namespace

std::vector<Finding> examine(const Snapshot &snapshot, const std::vector<Problem> &stored)
{
    return Examination(snapshot, stored).run();
}

} // namespace edgewise::doctor
