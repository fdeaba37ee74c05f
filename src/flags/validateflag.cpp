// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/jsontext.h"
#include "flags/percentage.h"
#include "flags/problems.h"
#include "flags/snapshot.h"

#include <QSet>

#include <algorithm>
#include <cmath>
#include <limits>

namespace edgewise::flags {

namespace {

using Code = Problem::Code;
using Attribute = Location::Attribute;
using Part = Location::Part;

constexpr qsizetype longestAttachment = 1'024'000;

/// Judges one flag; its parts share the flag, the namespace around it and where problems go.
class FlagCheck {
public:
    FlagCheck(ProblemList &problems, const Flag &flag, const References &references)
        : m_problems(problems), m_flag(flag), m_references(references)
    {
    }

    void run()
    {
        checkRow();
        checkVariants();
        checkRules();
        checkRollouts();
    }

private:
    void enter(Part part, const QString &id = {}, int index = -1, const QString &parent = {})
    {
        m_problems.setPlace({part, m_references.nameSpace(), m_flag.key.text(), parent, id, index,
                             Attribute::Object});
    }

    bool owns(const VariantId &id) const
    {
        return std::ranges::find(m_flag.variants, id, &Variant::id) != m_flag.variants.end();
    }

    void checkRow()
    {
        enter(Part::Flag);
        checkKeyAndName(m_problems, m_flag.key.text(), m_flag.name);
        m_problems.checkCreated(m_flag.times);
        if (m_flag.type != VariantFlag && m_flag.type != BooleanFlag)
            m_problems.warning(Code::FlagTypeUnknown, Attribute::Type,
                               {QString::number(m_flag.type)});
        if (m_flag.metadata) {
            // The text null is stored by other tools, and harmless.
            if (m_flag.metadata->isEmpty())
                m_problems.error(Code::MetadataEmptyText, Attribute::Metadata);
            else if (!isJsonObject(*m_flag.metadata) && m_flag.metadata->trimmed() != u"null")
                m_problems.error(Code::MetadataNotObject, Attribute::Metadata);
        }
        if (m_flag.defaultVariant && !owns(*m_flag.defaultVariant))
            m_problems.error(Code::DefaultVariantUnknown, Attribute::DefaultVariant,
                             {m_flag.defaultVariant->text()});
        if (m_flag.type == BooleanFlag && !m_flag.rules.empty())
            m_problems.warning(Code::RulesOnBoolean, Attribute::Object,
                               {QString::number(m_flag.rules.size())});
        if (m_flag.type == VariantFlag && !m_flag.rollouts.empty())
            m_problems.warning(Code::RolloutsOnVariant, Attribute::Object,
                               {QString::number(m_flag.rollouts.size())});
    }

    void checkVariants()
    {
        QSet<QString> keys;
        for (size_t i = 0; i < m_flag.variants.size(); ++i) {
            const Variant &variant = m_flag.variants[i];
            enter(Part::Variant, variant.id.text(), static_cast<int>(i));
            m_problems.checkCreated(variant.times);
            if (variant.key.isEmpty())
                m_problems.error(Code::KeyEmpty, Attribute::Key);
            else if (keys.contains(variant.key))
                m_problems.error(Code::DuplicateKey, Attribute::Key, {variant.key});
            keys.insert(variant.key);
            if (!variant.attachment || variant.attachment->isEmpty())
                continue;
            if (!isJson(*variant.attachment)) {
                m_problems.error(Code::AttachmentNotJson, Attribute::Attachment, {variant.key});
                continue;
            }
            const qsizetype bytes = variant.attachment->toUtf8().size();
            if (bytes > longestAttachment)
                m_problems.error(Code::AttachmentTooLong, Attribute::Attachment,
                                 {variant.key, QString::number(bytes)});
        }
    }

    void checkSegments(const std::vector<SegmentKey> &keys, int segmentOperator)
    {
        for (size_t i = 0; i < keys.size(); ++i) {
            if (!m_references.segment(keys[i]))
                m_problems.error(Code::SegmentUnknown, Attribute::Segments, {keys[i].text()});
            if (std::find(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(i), keys[i])
                != keys.begin() + static_cast<std::ptrdiff_t>(i))
                m_problems.error(Code::SegmentRepeated, Attribute::Segments, {keys[i].text()});
        }
        if (segmentOperator != OrOperator && segmentOperator != AndOperator)
            m_problems.warning(Code::SegmentOperatorUnknown, Attribute::SegmentOperator,
                               {QString::number(segmentOperator)});
    }

    /// Whether every entity passes (Flipt: any number that is no operator passes always).
    bool passesEveryone(const std::vector<SegmentKey> &keys, int segmentOperator) const
    {
        const auto everyone = [this](const SegmentKey &key) {
            const Segment *segment = m_references.segment(key);
            return segment && matchesEveryone(*segment);
        };
        if (keys.empty())
            return false;
        if (segmentOperator == OrOperator)
            return std::ranges::any_of(keys, everyone);
        return segmentOperator != AndOperator || std::ranges::all_of(keys, everyone);
    }

    void checkRank(qint64 rank)
    {
        if (rank < 0)
            m_problems.error(Code::RankNegative, Attribute::Rank, {QString::number(rank)});
        if (rank > std::numeric_limits<qint32>::max())
            m_problems.error(Code::RankTooLarge, Attribute::Rank, {QString::number(rank)});
    }

    void checkRules()
    {
        QSet<qint64> ranks;
        std::optional<size_t> decisive; // number of the first rule that no entity gets past
        for (size_t i = 0; i < m_flag.rules.size(); ++i) {
            const Rule &rule = m_flag.rules[i];
            enter(Part::Rule, rule.id.text(), static_cast<int>(i));
            checkRank(rule.rank);
            if (rule.rank == 0)
                m_problems.error(Code::RankNotPositive, Attribute::Rank, {u"0"_qs});
            if (ranks.contains(rule.rank))
                m_problems.warning(Code::RankTied, Attribute::Rank, {QString::number(rule.rank)});
            ranks.insert(rule.rank);
            if (rule.segments.empty())
                m_problems.error(Code::SegmentsEmpty, Attribute::Segments);
            checkSegments(rule.segments, rule.segmentOperator);
            if (decisive)
                m_problems.warning(Code::RuleUnreachable, Attribute::Object,
                                   {QString::number(*decisive)});
            else if (passesEveryone(rule.segments, rule.segmentOperator))
                decisive = i + 1;
            checkSum(rule);
            checkDistributions(rule);
        }
    }

    /// A rule without distributions answers with the default variant, and needs no sum.
    void checkSum(const Rule &rule)
    {
        double sum = 0;
        for (const Distribution &distribution : rule.distributions)
            sum += std::max(distribution.rollout, 0.0);
        constexpr double slack = 0.005; // 33.33 + 33.33 + 33.33 is meant as it stands; 99.99 is not
        if (!rule.distributions.empty() && sum < 100 - slack)
            m_problems.warning(Code::SumUnder100, Attribute::Percentage, {percentageText(sum)});
        if (sum > 100 + slack)
            m_problems.warning(Code::SumOver100, Attribute::Percentage, {percentageText(sum)});
    }

    void checkDistributions(const Rule &rule)
    {
        QSet<QString> created;
        QSet<QString> variants;
        for (size_t i = 0; i < rule.distributions.size(); ++i) {
            const Distribution &distribution = rule.distributions[i];
            enter(Part::Distribution, distribution.id.text(), static_cast<int>(i), rule.id.text());
            m_problems.checkCreated(distribution.times);
            checkVariantOf(distribution);
            if (variants.contains(distribution.variant.text()))
                m_problems.warning(Code::VariantRepeated, Attribute::Variant,
                                   {variantKey(distribution.variant)});
            variants.insert(distribution.variant.text());
            checkShare(distribution.rollout);
            const QString &time = distribution.times.created;
            if (!time.isEmpty() && created.contains(time))
                m_problems.warning(Code::BucketOrderTied, Attribute::Created, {time});
            created.insert(time);
        }
    }

    QString variantKey(const VariantId &id) const
    {
        const auto own = std::ranges::find(m_flag.variants, id, &Variant::id);
        if (own != m_flag.variants.end())
            return own->key;
        const References::KnownVariant *known = m_references.variant(id);
        return known ? known->key : id.text();
    }

    void checkVariantOf(const Distribution &distribution)
    {
        if (owns(distribution.variant))
            return;
        const References::KnownVariant *known = m_references.variant(distribution.variant);
        // A flag that is being edited may have lost the variant that its saved form still has.
        if (!known || known->flag == m_flag.key)
            m_problems.error(Code::VariantUnknown, Attribute::Variant,
                             {distribution.variant.text()});
        else
            m_problems.warning(Code::VariantOfOtherFlag, Attribute::Variant,
                               {known->key, known->flag.text()});
    }

    void checkShare(double percentage)
    {
        if (percentage < 0)
            m_problems.error(Code::PercentageNegative, Attribute::Percentage,
                             {percentageText(percentage)});
        else if (percentage > 100)
            m_problems.error(Code::PercentageTooLarge, Attribute::Percentage,
                             {percentageText(percentage)});
        // Buckets are tenths of a percent, cut (Flipt: legacy_evaluator.go).
        else if (percentage > 0 && static_cast<float>(percentage) * 10.0F < 1.0F)
            m_problems.warning(Code::PercentageLost, Attribute::Percentage,
                               {percentageText(percentage)});
    }

    void checkRollouts()
    {
        QSet<qint64> ranks;
        std::optional<size_t> decisive;
        double decided = 0; // percentage that earlier thresholds have taken
        for (size_t i = 0; i < m_flag.rollouts.size(); ++i) {
            const Rollout &rollout = m_flag.rollouts[i];
            enter(Part::Rollout, rollout.id.text(), static_cast<int>(i));
            m_problems.checkCreated(rollout.times);
            checkRank(rollout.rank);
            if (ranks.contains(rollout.rank))
                m_problems.error(Code::RankTaken, Attribute::Rank, {QString::number(rollout.rank)});
            ranks.insert(rollout.rank);
            checkParts(rollout);
            if (decisive) {
                m_problems.warning(Code::RolloutUnreachable, Attribute::Object,
                                   {QString::number(*decisive)});
                continue;
            }
            if (rollout.threshold) {
                checkThreshold(rollout.threshold->percentage, decided);
                decided = std::max(decided, rollout.threshold->percentage);
                if (rollout.threshold->percentage > 99)
                    decisive = i + 1;
            } else if (std::ranges::any_of(rollout.segmentMatches, [this](const auto &match) {
                           return passesEveryone(match.segments, match.segmentOperator);
                       })) {
                decisive = i + 1;
            }
        }
    }

    /// The type column and the parts must agree, or the namespace's snapshot ends in a crash
    /// (Flipt: internal/server/evaluation/data/server.go).
    void checkParts(const Rollout &rollout)
    {
        const bool hasSegments = std::ranges::any_of(
            rollout.segmentMatches, [](const auto &match) { return !match.segments.empty(); });
        for (const SegmentMatch &match : rollout.segmentMatches)
            checkSegments(match.segments, match.segmentOperator);
        if (!rollout.threshold && !hasSegments) {
            m_problems.error(Code::RolloutWithoutRule, Attribute::Object);
        } else if ((rollout.type == ThresholdRollout && !rollout.threshold)
                   || (rollout.type == SegmentRollout && !hasSegments)
                   || (rollout.type != ThresholdRollout && rollout.type != SegmentRollout)) {
            m_problems.error(Code::RolloutTypeMismatch, Attribute::Type,
                             {QString::number(rollout.type)});
        }
        if (rollout.threshold && hasSegments)
            m_problems.warning(Code::RolloutBothKinds, Attribute::Object);
        if (rollout.segmentMatches.size() > 1)
            m_problems.warning(Code::RolloutManySegmentRows, Attribute::Segments,
                               {QString::number(rollout.segmentMatches.size())});
    }

    /// All thresholds of a flag share one hash: a later one decides only what exceeds the earlier.
    void checkThreshold(double percentage, double decided)
    {
        if (percentage < 0 || percentage > 100) {
            m_problems.error(Code::PercentageOutOfRange, Attribute::Percentage,
                             {percentageText(percentage)});
            return;
        }
        if (percentage == 0) {
            m_problems.warning(Code::ThresholdNever, Attribute::Percentage);
            return;
        }
        if (percentage != std::floor(percentage))
            m_problems.warning(Code::ThresholdFractional, Attribute::Percentage,
                               {percentageText(percentage), percentageText(std::ceil(percentage))});
        if (decided > 0)
            m_problems.warning(Code::ThresholdStacked, Attribute::Percentage,
                               {percentageText(percentage), percentageText(decided)});
    }

    ProblemList &m_problems;
    const Flag &m_flag;
    const References &m_references;
};

} // namespace

void checkFlag(ProblemList &problems, const Flag &flag, const References &references)
{
    FlagCheck(problems, flag, references).run();
}

} // namespace edgewise::flags
