// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/flagreader.h"

#include "features/gotext.h"

#include <QSet>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace edgewise::features {

namespace {

/// As Flipt stores a list (Flipt: internal/storage/sql/common/util.go, sanitizeSegmentKeys): each
/// key once, and the operator of one alone is OR.
std::vector<SegmentKey> storedSegments(const QStringList &keys, int &segmentOperator)
{
    std::vector<SegmentKey> result;
    QSet<QString> seen;
    for (const QString &key : keys) {
        if (seen.contains(key))
            continue;
        seen.insert(key);
        result.push_back(SegmentKey(key));
    }
    if (result.size() == 1)
        segmentOperator = flags::OrOperator;
    return result;
}

} // namespace

QString idPart(const QString &key)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(key));
}

std::optional<flags::Flag> FlagReader::read(const Node &node, const NamespaceKey &nameSpace)
{
    m_fields.warnUnknownKeys(node, {"key"_L1, "name"_L1, "type"_L1, "description"_L1, "enabled"_L1,
                                    "metadata"_L1, "variants"_L1, "rules"_L1, "rollouts"_L1});
    flags::Flag flag;
    QString key;
    if (!m_fields.text(node, u"key", key) || !m_fields.text(node, u"name", flag.name)
        || !m_fields.text(node, u"description", flag.description)
        || !m_fields.boolean(node, u"enabled", flag.enabled))
        return std::nullopt;
    flag.key = FlagKey(key);
    if (const NodePointer type = FieldReader::given(node, u"type"); type && !type->text.isEmpty()) {
        if (!require(*type, {1, 1}, u"flag.type"_qs))
            return std::nullopt;
    }
    m_path = QString(syntheticPrefix) + idPart(nameSpace.text()) + u'/' + idPart(key) + u'/';
    const bool complete = m_fields.enumeration(node, u"type",
                                               {{"VARIANT_FLAG_TYPE"_L1, flags::VariantFlag},
                                                {"BOOLEAN_FLAG_TYPE"_L1, flags::BooleanFlag}},
                                               flag.type)
                          && readMetadata(node, flag) && readVariants(node, flag)
                          && readRules(node, flag) && readRollouts(node, flag);
    return complete ? std::optional(std::move(flag)) : std::nullopt;
}

bool FlagReader::readVariants(const Node &node, flags::Flag &flag)
{
    const NodePointer nodes = m_fields.list(node, u"variants");
    if (!nodes)
        return !m_fields.error();
    QSet<QString> keys;
    for (const NodePointer &item : nodes->items) {
        if (item->kind == Node::Kind::Null)
            continue;
        const NodePointer entry = m_fields.map(item, u"a variant");
        if (!entry)
            return false;
        m_fields.warnUnknownKeys(
            *entry, {"default"_L1, "key"_L1, "name"_L1, "description"_L1, "attachment"_L1});
        flags::Variant variant;
        bool isDefault = false;
        if (!m_fields.text(*entry, u"key", variant.key)
            || !m_fields.text(*entry, u"name", variant.name)
            || !m_fields.text(*entry, u"description", variant.description)
            || !m_fields.boolean(*entry, u"default", isDefault) || !readAttachment(*entry, variant))
            return false;
        if (keys.contains(variant.key))
            return m_fields.fail(*entry, u"variant \"%1\" is not unique for flag \"%2\""_qs.arg(
                                             variant.key, flag.key.text()));
        keys.insert(variant.key);
        variant.id = VariantId(m_path + u"variants/" + idPart(variant.key));
        if (isDefault) {
            if (!require(*entry, {1, 3}, u"variant.default"_qs))
                return false;
            if (flag.defaultVariant)
                m_fields.warn(*entry,
                              u"flag \"%1\" has several default variants; the last counts"_qs.arg(
                                  flag.key.text()));
            flag.defaultVariant = variant.id;
        }
        flag.variants.push_back(std::move(variant));
    }
    return true;
}

bool FlagReader::readRules(const Node &node, flags::Flag &flag)
{
    const NodePointer nodes = m_fields.list(node, u"rules");
    if (!nodes)
        return !m_fields.error();
    for (qsizetype position = 1; const NodePointer &item : nodes->items) {
        const qsizetype place = position++; // null items count
        if (item->kind == Node::Kind::Null)
            continue;
        const NodePointer entry = m_fields.map(item, u"a rule");
        if (!entry)
            return false;
        m_fields.warnUnknownKeys(*entry, {"segment"_L1, "rank"_L1, "distributions"_L1});
        flags::Rule rule;
        rule.id = RuleId(m_path + u"rules/" + QString::number(place));
        rule.rank = 0;
        if (!m_fields.rank(*entry, u"rank", rule.rank) || !readRuleSegments(*entry, rule)
            || !readDistributions(*entry, rule, flag))
            return false;
        if (rule.rank == 0 && m_version >= DocumentVersion{1, 1})
            rule.rank = place;
        flag.rules.push_back(std::move(rule));
    }
    std::ranges::stable_sort(flag.rules, {}, &flags::Rule::rank);
    return true;
}

bool FlagReader::readRuleSegments(const Node &node, flags::Rule &rule)
{
    const NodePointer value = FieldReader::given(node, u"segment");
    if (!value)
        return m_fields.fail(node, u"the rule has no segment"_qs);
    QStringList keys;
    if (value->kind == Node::Kind::Mapping) {
        m_fields.warnUnknownKeys(*value, {"keys"_L1, "operator"_L1});
        if (!m_fields.texts(*value, u"keys", keys)
            || !m_fields.enumeration(*value, u"operator",
                                     {{"OR_SEGMENT_OPERATOR"_L1, flags::OrOperator},
                                      {"AND_SEGMENT_OPERATOR"_L1, flags::AndOperator}},
                                     rule.segmentOperator))
            return false;
    } else {
        QString key;
        if (value->kind == Node::Kind::Sequence || !m_fields.scalarText(*value, u"segment", key))
            return m_fields.fail(*value,
                                 u"segment must be a key, or a map with keys and operator"_qs);
        if (!key.isEmpty())
            keys.append(key);
    }
    if (keys.isEmpty())
        return m_fields.fail(*value, u"the rule has no segment"_qs);
    if (keys.contains(QString())) // no table could hold it
        return m_fields.fail(*value, u"a segment of the rule has no key"_qs);
    rule.segments = storedSegments(keys, rule.segmentOperator);
    return true;
}

bool FlagReader::readDistributions(const Node &node, flags::Rule &rule, const flags::Flag &flag)
{
    const NodePointer nodes = m_fields.list(node, u"distributions");
    if (!nodes)
        return !m_fields.error();
    for (qsizetype position = 1; const NodePointer &item : nodes->items) {
        const qsizetype place = position++;
        if (item->kind == Node::Kind::Null)
            continue;
        const NodePointer entry = m_fields.map(item, u"a distribution");
        if (!entry)
            return false;
        m_fields.warnUnknownKeys(*entry, {"variant"_L1, "rollout"_L1});
        flags::Distribution distribution;
        QString key;
        if (!m_fields.text(*entry, u"variant", key)
            || !m_fields.percentage(*entry, u"rollout", distribution.rollout))
            return false;
        const auto variant = std::ranges::find(flag.variants, key, &flags::Variant::key);
        if (variant == flag.variants.end())
            return m_fields.fail(*entry,
                                 u"finding variant: %1; flag: %2"_qs.arg(key, flag.key.text()));
        distribution.id =
            DistributionId(rule.id.text() + u"/distributions/" + QString::number(place));
        distribution.variant = variant->id;
        rule.distributions.push_back(std::move(distribution));
    }
    return true;
}

bool FlagReader::readRollouts(const Node &node, flags::Flag &flag)
{
    const NodePointer nodes = m_fields.list(node, u"rollouts");
    if (!nodes)
        return !m_fields.error();
    if (!nodes->items.empty() && !require(*nodes, {1, 1}, u"flag.rollouts"_qs))
        return false;
    for (qsizetype position = 1; const NodePointer &item : nodes->items) {
        const qsizetype place = position++;
        if (item->kind == Node::Kind::Null)
            continue;
        const NodePointer entry = m_fields.map(item, u"a rollout");
        if (!entry)
            return false;
        m_fields.warnUnknownKeys(*entry, {"description"_L1, "segment"_L1, "threshold"_L1});
        flags::Rollout rollout;
        rollout.id = RolloutId(m_path + u"rollouts/" + QString::number(place));
        rollout.rank = place;
        const NodePointer segment = FieldReader::given(*entry, u"segment");
        const NodePointer threshold = FieldReader::given(*entry, u"threshold");
        if (!m_fields.text(*entry, u"description", rollout.description))
            return false;
        if (segment && threshold)
            return m_fields.fail(*entry,
                                 u"a rollout cannot have both segment and percentage rule"_qs);
        if (segment) {
            const NodePointer part = m_fields.map(segment, u"the segment of a rollout");
            if (!part || !readSegmentMatch(*part, rollout))
                return false;
        } else if (threshold) {
            const NodePointer part = m_fields.map(threshold, u"a threshold");
            if (!part || !readThreshold(*part, rollout))
                return false;
        } else {
            return m_fields.fail(*entry, u"rollout rule is missing"_qs);
        }
        flag.rollouts.push_back(std::move(rollout));
    }
    return true;
}

bool FlagReader::readThreshold(const Node &node, flags::Rollout &rollout)
{
    m_fields.warnUnknownKeys(node, {"percentage"_L1, "value"_L1});
    flags::Threshold threshold;
    threshold.id = RolloutPartId(rollout.id.text() + u"/part");
    if (!m_fields.percentage(node, u"percentage", threshold.percentage)
        || !m_fields.boolean(node, u"value", threshold.value))
        return false;
    rollout.type = flags::ThresholdRollout;
    rollout.threshold = std::move(threshold);
    return true;
}

bool FlagReader::readSegmentMatch(const Node &node, flags::Rollout &rollout)
{
    m_fields.warnUnknownKeys(node, {"key"_L1, "keys"_L1, "operator"_L1, "value"_L1});
    flags::SegmentMatch match;
    match.id = RolloutPartId(rollout.id.text() + u"/part");
    QString key;
    QStringList keys;
    if (!m_fields.text(node, u"key", key) || !m_fields.texts(node, u"keys", keys)
        || !m_fields.boolean(node, u"value", match.value)
        || !m_fields.enumeration(node, u"operator",
                                 {{"OR_SEGMENT_OPERATOR"_L1, flags::OrOperator},
                                  {"AND_SEGMENT_OPERATOR"_L1, flags::AndOperator}},
                                 match.segmentOperator))
        return false;
    if (!keys.isEmpty() && !key.isEmpty())
        return m_fields.fail(node, u"a rollout cannot have both segment.keys and segment.key"_qs);
    if (!keys.isEmpty() && !require(node, {1, 2}, u"flag.rollouts[*].segment.keys"_qs))
        return false;
    if (!key.isEmpty())
        keys.append(key);
    if (keys.isEmpty())
        return m_fields.fail(node, u"the rollout has no segment"_qs);
    if (keys.contains(QString()))
        return m_fields.fail(node, u"a segment of the rollout has no key"_qs);
    rollout.type = flags::SegmentRollout;
    match.segments = storedSegments(keys, match.segmentOperator);
    rollout.segmentMatches.push_back(std::move(match));
    return true;
}

bool FlagReader::readMetadata(const Node &node, flags::Flag &flag)
{
    const NodePointer value = FieldReader::given(node, u"metadata");
    if (!value)
        return true;
    const NodePointer object = m_fields.map(value, u"metadata");
    if (!object)
        return false;
    if (object->entries.empty())
        return true;
    // Only the keys below the first level must be texts; those of the first become texts.
    Node top = *object;
    for (Node::Entry &entry : top.entries)
        entry.first = textNode(entry.first->text);
    const auto text = jsonText(top, IntegerRule::Double, false);
    if (const auto *refusal = std::get_if<JsonRefusal>(&text))
        return m_fields.fail(refusal->offset, u"metadata: "_qs + refusal->what);
    flag.metadata = QString::fromUtf8(*std::get_if<QByteArray>(&text));
    return true;
}

bool FlagReader::readAttachment(const Node &node, flags::Variant &variant)
{
    const NodePointer value = FieldReader::given(node, u"attachment");
    if (!value)
        return true;
    const auto integers =
        m_fields.format() == Format::Yaml ? IntegerRule::Exact : IntegerRule::Double;
    const auto text = jsonText(*value, integers, true);
    if (const auto *refusal = std::get_if<JsonRefusal>(&text))
        return m_fields.fail(refusal->offset, u"marshalling attachment: "_qs + refusal->what);
    variant.attachment = QString::fromUtf8(*std::get_if<QByteArray>(&text));
    return true;
}

bool FlagReader::require(const Node &node, DocumentVersion since, const QString &field)
{
    if (m_version >= since)
        return true;
    return m_fields.fail(node, u"%1 is supported in version >=%2.%3, found %4.%5"_qs.arg(field)
                                   .arg(since.major)
                                   .arg(since.minor)
                                   .arg(m_version.major)
                                   .arg(m_version.minor));
}

} // namespace edgewise::features
