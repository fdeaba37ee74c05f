// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchflags.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace edgewise::bench {

using namespace Qt::StringLiterals;

namespace {

const QString aDay = u"2024-01-02T03:04:05Z"_qs;

flags::Constraint constraint(int type, const QString &property, const QString &name,
                             const QString &value)
{
    return {{}, type, property, name, value, {}, {}};
}

QString constraintType(int type)
{
    switch (type) {
    case flags::StringConstraint:
        return u"STRING_CONSTRAINT_COMPARISON_TYPE"_qs;
    case flags::NumberConstraint:
        return u"NUMBER_CONSTRAINT_COMPARISON_TYPE"_qs;
    case flags::BooleanConstraint:
        return u"BOOLEAN_CONSTRAINT_COMPARISON_TYPE"_qs;
    case flags::DateTimeConstraint:
        return u"DATETIME_CONSTRAINT_COMPARISON_TYPE"_qs;
    case flags::EntityIdConstraint:
        return u"ENTITY_ID_CONSTRAINT_COMPARISON_TYPE"_qs;
    default:
        return u"UNKNOWN_CONSTRAINT_COMPARISON_TYPE"_qs;
    }
}

QString operatorName(int segmentOperator)
{
    return segmentOperator == flags::AndOperator ? u"AND_SEGMENT_OPERATOR"_qs
                                                 : u"OR_SEGMENT_OPERATOR"_qs;
}

class SnapshotPrinter {
public:
    explicit SnapshotPrinter(const flags::Namespace &nameSpace) : m_nameSpace(nameSpace)
    {
        for (const auto &flag : nameSpace.flags) {
            for (const flags::Variant &variant : flag->variants)
                m_variants[variant.id.text()] = &variant;
        }
    }

    QJsonObject flag(const flags::Flag &flag) const
    {
        const bool isBoolean = flag.type == flags::BooleanFlag;
        QJsonArray rules;
        QJsonArray rollouts;
        if (isBoolean) {
            for (const flags::Rollout &rollout : flag.rollouts)
                add(rollout, rollouts);
        } else {
            for (const flags::Rule &rule : flag.rules)
                add(rule, rules);
        }
        QJsonObject object{
            {u"key"_qs, flag.key.text()},
            {u"name"_qs, flag.name},
            {u"description"_qs, flag.description},
            {u"enabled"_qs, flag.enabled},
            {u"type"_qs, isBoolean ? u"BOOLEAN_FLAG_TYPE"_qs : u"VARIANT_FLAG_TYPE"_qs},
            {u"createdAt"_qs, aDay},
            {u"updatedAt"_qs, aDay},
            {u"rules"_qs, rules},
            {u"rollouts"_qs, rollouts}};
        if (flag.defaultVariant && m_variants.contains(flag.defaultVariant->text())) {
            const flags::Variant &variant = *m_variants[flag.defaultVariant->text()];
            object[u"defaultVariant"] =
                QJsonObject{{u"id"_qs, variant.id.text()},
                            {u"key"_qs, variant.key},
                            {u"attachment"_qs, variant.attachment.value_or(QString())}};
        }
        return object;
    }

private:
    QJsonArray segments(const std::vector<SegmentKey> &keys) const
    {
        QJsonArray list;
        for (const SegmentKey &key : keys) {
            const auto segment = m_nameSpace.segment(key);
            if (!segment)
                continue;
            QJsonArray constraints;
            for (const flags::Constraint &part : segment->constraints)
                constraints.append(QJsonObject{{u"id"_qs, part.id.text()},
                                               {u"type"_qs, constraintType(part.type)},
                                               {u"property"_qs, part.property},
                                               {u"operator"_qs, part.operatorName},
                                               {u"value"_qs, part.value}});
            list.append(QJsonObject{{u"key"_qs, key.text()},
                                    {u"name"_qs, u""_qs},
                                    {u"description"_qs, u""_qs},
                                    {u"matchType"_qs, segment->matchType == flags::AnyMatch
                                                          ? u"ANY_SEGMENT_MATCH_TYPE"_qs
                                                          : u"ALL_SEGMENT_MATCH_TYPE"_qs},
                                    {u"constraints"_qs, constraints}});
        }
        return list;
    }

    void add(const flags::Rule &rule, QJsonArray &rules) const
    {
        QJsonArray distributions;
        for (const flags::Distribution &part : rule.distributions) {
            const flags::Variant *variant = m_variants.value(part.variant.text());
            if (!variant)
                continue;
            distributions.append(
                QJsonObject{{u"id"_qs, u""_qs},
                            {u"ruleId"_qs, u""_qs},
                            {u"variantId"_qs, part.variant.text()},
                            {u"variantKey"_qs, variant->key},
                            {u"variantAttachment"_qs, variant->attachment.value_or(QString())},
                            {u"rollout"_qs, part.rollout}});
        }
        QJsonArray repeated;
        for (size_t i = 0; i < rule.segments.size(); ++i) {
            for (const QJsonValue &distribution : distributions)
                repeated.append(distribution);
        }
        const QJsonObject object{{u"id"_qs, rule.id.text()},
                                 {u"segments"_qs, segments(rule.segments)},
                                 {u"rank"_qs, rule.rank},
                                 {u"segmentOperator"_qs, operatorName(rule.segmentOperator)},
                                 {u"distributions"_qs, repeated}};
        for (size_t i = 0; i < rule.segments.size(); ++i)
            rules.append(object);
    }

    void add(const flags::Rollout &rollout, QJsonArray &rollouts) const
    {
        QJsonObject object{{u"rank"_qs, rollout.rank}};
        if (rollout.threshold) {
            object[u"type"] = u"THRESHOLD_ROLLOUT_TYPE"_qs;
            object[u"threshold"] = QJsonObject{{u"percentage"_qs, rollout.threshold->percentage},
                                               {u"value"_qs, rollout.threshold->value}};
        } else if (!rollout.segmentMatches.empty()) {
            const flags::SegmentMatch &match = rollout.segmentMatches.front();
            object[u"type"] = u"SEGMENT_ROLLOUT_TYPE"_qs;
            object[u"segment"] =
                QJsonObject{{u"value"_qs, match.value},
                            {u"segmentOperator"_qs, operatorName(match.segmentOperator)},
                            {u"segments"_qs, segments(match.segments)}};
        } else {
            return;
        }
        rollouts.append(object);
    }

    const flags::Namespace &m_nameSpace;
    QHash<QString, const flags::Variant *> m_variants;
};

} // namespace

flags::Snapshot flagsOfRules(int ruleCount)
{
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"default"_qs);
    flags::Flag flag;
    flag.key = FlagKey(u"rules"_qs);
    flag.enabled = true;
    for (const QString &key : {u"a"_qs, u"b"_qs, u"c"_qs})
        flag.variants.push_back({VariantId(key), key, {}, {}, {}, {}});
    for (int i = 1; i <= ruleCount; ++i) {
        flags::Segment segment;
        segment.key = SegmentKey(u"segment-%1"_qs.arg(i));
        segment.constraints = {constraint(flags::StringConstraint, u"plan"_qs, u"eq"_qs, u"pro"_qs),
                               constraint(flags::NumberConstraint, u"age"_qs,
                                          i == ruleCount ? u"gte"_qs : u"lt"_qs, u"18"_qs)};
        nameSpace.segments.push_back(std::make_shared<const flags::Segment>(segment));
        flags::Rule rule;
        rule.id = RuleId(QString::number(i));
        rule.rank = i;
        rule.segments = {segment.key};
        rule.distributions = {{{}, VariantId(u"a"_qs), 50, {}},
                              {{}, VariantId(u"b"_qs), 30, {}},
                              {{}, VariantId(u"c"_qs), 20, {}}};
        flag.rules.push_back(rule);
    }
    flags::Flag boolean;
    boolean.key = FlagKey(u"threshold"_qs);
    boolean.type = flags::BooleanFlag;
    flags::Segment missed;
    missed.key = SegmentKey(u"missed"_qs);
    missed.constraints = {constraint(flags::StringConstraint, u"plan"_qs, u"eq"_qs, u"free"_qs)};
    nameSpace.segments.push_back(std::make_shared<const flags::Segment>(missed));
    flags::Rollout segments;
    segments.rank = 1;
    segments.segmentMatches = {{{}, true, flags::OrOperator, {missed.key}}};
    flags::Rollout threshold;
    threshold.rank = 2;
    threshold.threshold = flags::Threshold{{}, 50, true};
    boolean.rollouts = {segments, threshold};
    nameSpace.flags = {std::make_shared<const flags::Flag>(flag),
                       std::make_shared<const flags::Flag>(boolean)};
    return {{std::make_shared<const flags::Namespace>(std::move(nameSpace))}};
}

QByteArray clientSnapshot(const flags::Namespace &nameSpace)
{
    const SnapshotPrinter printer(nameSpace);
    QJsonArray list;
    for (const auto &flag : nameSpace.flags)
        list.append(printer.flag(*flag));
    return QJsonDocument(
               QJsonObject{{u"namespace"_qs, QJsonObject{{u"key"_qs, nameSpace.key.text()}}},
                           {u"flags"_qs, list}})
        .toJson(QJsonDocument::Compact);
}

} // namespace edgewise::bench
