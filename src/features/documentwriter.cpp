// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/documentwriter.h"

#include "features/jsonreader.h"
#include "features/yamlstyle.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace edgewise::features {

namespace {

/// A map under construction. Empty texts and false are left out where Flipt's fields are
/// "omitempty".
class MapBuilder {
public:
    void add(QLatin1StringView key, NodePointer value)
    {
        m_node.entries.emplace_back(textNode(QString(key)), std::move(value));
    }
    void addText(QLatin1StringView key, const QString &text)
    {
        if (!text.isEmpty())
            add(key, textNode(text));
    }
    void addIfTrue(QLatin1StringView key, bool value)
    {
        if (value)
            add(key, booleanNode(true));
    }
    void addList(QLatin1StringView key, std::vector<NodePointer> items)
    {
        if (items.empty())
            return;
        Node list;
        list.kind = Node::Kind::Sequence;
        list.items = std::move(items);
        add(key, std::make_shared<const Node>(std::move(list)));
    }
    NodePointer take()
    {
        m_node.kind = Node::Kind::Mapping;
        return std::make_shared<const Node>(std::move(m_node));
    }

private:
    Node m_node;
};

/// An enum's name, or its number where it has none, as Go's protobuf prints it.
QString enumName(int value, std::initializer_list<QLatin1StringView> names)
{
    return value >= 0 && size_t(value) < names.size() ? QString(*(names.begin() + value))
                                                      : QString::number(value);
}

QString operatorName(int segmentOperator)
{
    return enumName(segmentOperator, {"OR_SEGMENT_OPERATOR"_L1, "AND_SEGMENT_OPERATOR"_L1});
}

std::vector<NodePointer> textNodes(const std::vector<SegmentKey> &keys)
{
    std::vector<NodePointer> nodes;
    for (const SegmentKey &key : keys)
        nodes.push_back(textNode(key.text()));
    return nodes;
}

std::vector<SegmentKey> sortedKeys(std::vector<SegmentKey> keys)
{
    std::ranges::sort(keys, [](const SegmentKey &a, const SegmentKey &b) {
        return lessByBytes(a.text(), b.text());
    });
    return keys;
}

/// Flipt merges several rows of one rollout: the keys of all, the rest of the first (Flipt:
/// internal/storage/sql/common/rollout.go, ListRollouts).
std::vector<SegmentKey> mergedKeys(const flags::Rollout &rollout)
{
    std::vector<SegmentKey> keys;
    for (const flags::SegmentMatch &match : rollout.segmentMatches)
        keys.insert(keys.end(), match.segments.begin(), match.segments.end());
    return keys;
}

template <typename T>
void sortByKey(std::vector<std::shared_ptr<const T>> &objects)
{
    std::ranges::stable_sort(objects, [](const auto &a, const auto &b) {
        return lessByBytes(a->key.text(), b->key.text());
    });
}

} // namespace

NodePointer DocumentWriter::document(const flags::Namespace &nameSpace, bool withVersion)
{
    m_nameSpace = nameSpace.key.text();
    auto flagObjects = nameSpace.flags;
    auto segmentObjects = nameSpace.segments;
    if (m_sortByKey) {
        sortByKey(flagObjects);
        sortByKey(segmentObjects);
    }
    MapBuilder document;
    if (withVersion)
        document.addText("version"_L1, u"1.4"_qs);
    MapBuilder head;
    head.addText("key"_L1, nameSpace.key.text());
    head.addText("name"_L1, nameSpace.name);
    head.addText("description"_L1, nameSpace.description);
    document.add("namespace"_L1, head.take());
    std::vector<NodePointer> flagNodes;
    for (const auto &flag : flagObjects)
        flagNodes.push_back(flagNode(*flag));
    document.addList("flags"_L1, std::move(flagNodes));
    std::vector<NodePointer> segmentNodes;
    for (const auto &segment : segmentObjects)
        segmentNodes.push_back(segmentNode(*segment));
    document.addList("segments"_L1, std::move(segmentNodes));
    return document.take();
}

NodePointer DocumentWriter::flagNode(const flags::Flag &flag)
{
    MapBuilder node;
    node.addText("key"_L1, flag.key.text());
    node.addText("name"_L1, flag.name);
    node.addText("type"_L1, enumName(flag.type, {"VARIANT_FLAG_TYPE"_L1, "BOOLEAN_FLAG_TYPE"_L1}));
    node.addText("description"_L1, flag.description);
    node.add("enabled"_L1, booleanNode(flag.enabled));
    if (flag.metadata) {
        const auto owner = u"the metadata of flag \"%1\""_qs.arg(flag.key.text());
        const NodePointer metadata = jsonNode(*flag.metadata, owner, true);
        if (metadata && !metadata->entries.empty())
            node.add("metadata"_L1, metadata);
    }
    auto variants = flag.variants;
    if (m_sortByKey)
        std::ranges::stable_sort(variants, [](const flags::Variant &a, const flags::Variant &b) {
            return lessByBytes(a.key, b.key);
        });
    std::vector<NodePointer> variantNodes;
    for (const flags::Variant &variant : variants)
        variantNodes.push_back(variantNode(flag, variant));
    node.addList("variants"_L1, std::move(variantNodes));
    std::vector<NodePointer> ruleNodes;
    for (const flags::Rule &rule : flag.rules) {
        if (NodePointer entry = ruleNode(flag, rule))
            ruleNodes.push_back(std::move(entry));
    }
    node.addList("rules"_L1, std::move(ruleNodes));
    std::vector<NodePointer> rolloutNodes;
    for (const flags::Rollout &rollout : flag.rollouts)
        rolloutNodes.push_back(rolloutNode(flag, rollout));
    node.addList("rollouts"_L1, std::move(rolloutNodes));
    return node.take();
}

NodePointer DocumentWriter::variantNode(const flags::Flag &flag, const flags::Variant &variant)
{
    MapBuilder node;
    node.addIfTrue("default"_L1, flag.defaultVariant == variant.id);
    node.addText("key"_L1, variant.key);
    node.addText("name"_L1, variant.name);
    node.addText("description"_L1, variant.description);
    if (variant.attachment && !variant.attachment->isEmpty()) {
        const auto owner =
            u"the attachment of variant \"%1\" of flag \"%2\""_qs.arg(variant.key, flag.key.text());
        const NodePointer attachment = jsonNode(*variant.attachment, owner, false);
        if (attachment && attachment->kind != Node::Kind::Null)
            node.add("attachment"_L1, attachment);
    }
    return node.take();
}

NodePointer DocumentWriter::ruleNode(const flags::Flag &flag, const flags::Rule &rule)
{
    if (rule.segments.empty()) {
        warn(u"a rule of flag \"%1\" has no segment and is left out"_qs.arg(flag.key.text()));
        return nullptr;
    }
    MapBuilder node;
    if (rule.segments.size() == 1) {
        node.add("segment"_L1, textNode(rule.segments.front().text()));
    } else {
        MapBuilder segment;
        segment.addList("keys"_L1, textNodes(sortedKeys(rule.segments)));
        segment.addText("operator"_L1, operatorName(rule.segmentOperator));
        node.add("segment"_L1, segment.take());
    }
    std::vector<NodePointer> distributions;
    for (const flags::Distribution &distribution : rule.distributions) {
        const auto variant =
            std::ranges::find(flag.variants, distribution.variant, &flags::Variant::id);
        MapBuilder entry;
        if (variant != flag.variants.end())
            entry.addText("variant"_L1, variant->key);
        else
            warn(u"a distribution of flag \"%1\" names no variant of it: its variant is left out"_qs
                     .arg(flag.key.text()));
        entry.add("rollout"_L1, singleNode(distribution.rollout));
        distributions.push_back(entry.take());
    }
    node.addList("distributions"_L1, std::move(distributions));
    return node.take();
}

NodePointer DocumentWriter::rolloutNode(const flags::Flag &flag, const flags::Rollout &rollout)
{
    MapBuilder node;
    node.addText("description"_L1, rollout.description);
    std::vector<SegmentKey> keys = mergedKeys(rollout);
    if (rollout.type == flags::SegmentRollout && !keys.empty()) {
        const flags::SegmentMatch &match = *std::ranges::find_if(
            rollout.segmentMatches, [](const auto &part) { return !part.segments.empty(); });
        const auto segmentRollouts =
            std::ranges::count(flag.rollouts, int(flags::SegmentRollout), &flags::Rollout::type);
        // SQLite answers for one rollout from another index than for several.
        if (segmentRollouts == 1)
            keys = sortedKeys(std::move(keys));
        MapBuilder segment;
        if (keys.size() == 1)
            segment.addText("key"_L1, keys.front().text());
        else
            segment.addList("keys"_L1, textNodes(keys));
        if (match.segmentOperator == flags::AndOperator)
            segment.addText("operator"_L1, operatorName(match.segmentOperator));
        segment.addIfTrue("value"_L1, match.value);
        node.add("segment"_L1, segment.take());
    } else if (rollout.type == flags::ThresholdRollout && rollout.threshold) {
        MapBuilder threshold;
        threshold.add("percentage"_L1, singleNode(rollout.threshold->percentage));
        threshold.addIfTrue("value"_L1, rollout.threshold->value);
        node.add("threshold"_L1, threshold.take());
    } else {
        warn(u"a rollout of flag \"%1\" has neither segment nor threshold of its type"_qs.arg(
            flag.key.text()));
    }
    return node.take();
}

NodePointer DocumentWriter::segmentNode(const flags::Segment &segment) const
{
    MapBuilder node;
    node.addText("key"_L1, segment.key.text());
    node.addText("name"_L1, segment.name);
    node.addText("description"_L1, segment.description);
    std::vector<NodePointer> constraints;
    for (const flags::Constraint &constraint : segment.constraints) {
        MapBuilder entry;
        entry.addText("type"_L1,
                      enumName(constraint.type,
                               {"UNKNOWN_COMPARISON_TYPE"_L1, "STRING_COMPARISON_TYPE"_L1,
                                "NUMBER_COMPARISON_TYPE"_L1, "BOOLEAN_COMPARISON_TYPE"_L1,
                                "DATETIME_COMPARISON_TYPE"_L1, "ENTITY_ID_COMPARISON_TYPE"_L1}));
        entry.addText("property"_L1, constraint.property);
        entry.addText("operator"_L1, constraint.operatorName);
        entry.addText("value"_L1, constraint.value);
        entry.addText("description"_L1, constraint.description.value_or(QString()));
        constraints.push_back(entry.take());
    }
    node.addList("constraints"_L1, std::move(constraints));
    node.addText("match_type"_L1,
                 enumName(segment.matchType, {"ALL_MATCH_TYPE"_L1, "ANY_MATCH_TYPE"_L1}));
    return node.take();
}

NodePointer DocumentWriter::jsonNode(const QString &text, const QString &owner, bool mustBeObject)
{
    const auto value = readJson(text.toUtf8());
    if (!value) {
        warn(u"%1 is no JSON and is left out: %2"_qs.arg(owner, value.error().detail));
        return nullptr;
    }
    if (mustBeObject && (*value)->kind == Node::Kind::Null)
        return nullptr;
    if (mustBeObject && (*value)->kind != Node::Kind::Mapping) {
        warn(u"%1 is no JSON object and is left out"_qs.arg(owner));
        return nullptr;
    }
    return ordered(*value);
}

/// The value as Go's maps hold and print it: of equal keys the last, sorted.
NodePointer DocumentWriter::ordered(const NodePointer &node) const
{
    if (node->kind != Node::Kind::Sequence && node->kind != Node::Kind::Mapping)
        return node;
    Node result = *node;
    for (NodePointer &item : result.items)
        item = ordered(item);
    std::ranges::stable_sort(result.entries, [](const Node::Entry &a, const Node::Entry &b) {
        return lessByBytes(a.first->text, b.first->text);
    });
    std::vector<Node::Entry> entries;
    for (Node::Entry &entry : result.entries) {
        if (!entries.empty() && entries.back().first->text == entry.first->text)
            entries.pop_back();
        entries.emplace_back(entry.first, ordered(entry.second));
    }
    if (m_format == Format::Yaml)
        std::ranges::stable_sort(entries, [](const Node::Entry &a, const Node::Entry &b) {
            return lessNaturally(a.first->text, b.first->text);
        });
    result.entries = std::move(entries);
    return std::make_shared<const Node>(std::move(result));
}

void DocumentWriter::warn(const QString &text)
{
    if (m_warnings.size() < maximumWarnings)
        m_warnings.push_back({.text = u"namespace \"%1\": %2"_qs.arg(m_nameSpace, text)});
}

} // namespace edgewise::features
