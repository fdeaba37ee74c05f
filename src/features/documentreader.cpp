// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/documentreader.h"

#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace edgewise::features {

namespace {

/// "1" to "v1.4.0" as three numbers, or Flipt's words for what is wrong (blang/semver:
/// ParseTolerant).
std::variant<std::array<quint64, 3>, QString> versionNumbers(QString text)
{
    static constexpr std::array names{"major"_L1, "minor"_L1, "patch"_L1};
    text = text.trimmed();
    if (text.startsWith(u'v'))
        text.remove(0, 1);
    QStringList parts = text.split(u'.');
    if (parts.size() > 3)
        parts = {parts[0], parts[1], parts.mid(2).join(u'.')};
    std::array<quint64, 3> numbers{};
    for (qsizetype i = 0; i < parts.size(); ++i) {
        QString part = parts[i];
        while (part.size() > 1 && part.startsWith(u'0'))
            part.remove(0, 1);
        if (parts[i].size() > 1 && (part.isEmpty() || part[0] < u'0' || part[0] > u'9'))
            part.prepend(u'0');
        const bool digits = !part.isEmpty() && std::ranges::all_of(part, [](QChar c) {
            return c >= u'0' && c <= u'9';
        });
        if (!digits)
            return u"parsing document version: Invalid character(s) found in %1 number \"%2\""_qs
                .arg(names[size_t(i)], part);
        numbers[size_t(i)] =
            part.size() > 9 ? std::numeric_limits<quint64>::max() : part.toULongLong();
    }
    return numbers;
}

} // namespace

Result<Document> DocumentReader::read(const std::vector<NodePointer> &roots)
{
    for (size_t i = 0; i < roots.size(); ++i) {
        const Node &root = *roots[i];
        if (root.kind == Node::Kind::Null)
            continue;
        if (root.kind != Node::Kind::Mapping)
            m_fields.fail(
                root, u"a document must be a map with the keys namespace, flags and segments"_qs);
        else if (i != 0 || readVersion(root)) // later documents' versions do not count
            readDocument(root);
        if (m_fields.error())
            return *m_fields.error();
    }
    Document document;
    for (const auto &building : m_namespaces) {
        if (building->keyOnly) {
            document.keyOnly.insert(building->value.key);
            // Flipt leaves it empty where a map has none (Flipt: internal/ext/importer.go).
            if (!building->isMap)
                building->value.name = building->value.key.text();
        }
        document.snapshot.namespaces.push_back(
            std::make_shared<const flags::Namespace>(std::move(building->value)));
    }
    document.warnings = m_fields.takeWarnings();
    return document;
}

bool DocumentReader::readVersion(const Node &root)
{
    QString written;
    if (!m_fields.text(root, u"version", written))
        return false;
    if (written.isEmpty())
        return true;
    const Node &node = *root.value(u"version");
    const auto numbers = versionNumbers(written);
    if (const auto *reason = std::get_if<QString>(&numbers))
        return m_fields.fail(node, *reason);
    const auto [major, minor, patch] = *std::get_if<0>(&numbers);
    if (major != 1 || minor > 4 || patch != 0)
        return m_fields.fail(node, u"unsupported version: %1"_qs.arg(written));
    m_version = {.major = 1, .minor = static_cast<int>(minor)};
    return true;
}

bool DocumentReader::readDocument(const Node &root)
{
    m_fields.warnUnknownKeys(root, {"version"_L1, "namespace"_L1, "flags"_L1, "segments"_L1});
    Building *building = nameSpace(root);
    return building && readFlags(root, *building) && readSegments(root, *building);
}

DocumentReader::Building *DocumentReader::nameSpace(const Node &root)
{
    flags::Namespace value;
    value.key = NamespaceKey(u"default"_qs);
    bool keyOnly = true;
    bool isMap = false;
    if (const NodePointer node = FieldReader::given(root, u"namespace")) {
        QString key;
        if (node->kind == Node::Kind::Mapping) {
            isMap = true;
            m_fields.warnUnknownKeys(*node, {"key"_L1, "name"_L1, "description"_L1});
            if (!m_fields.text(*node, u"key", key) || !m_fields.text(*node, u"name", value.name)
                || !m_fields.text(*node, u"description", value.description))
                return nullptr;
            keyOnly =
                !FieldReader::given(*node, u"name") && !FieldReader::given(*node, u"description");
        } else if (node->kind == Node::Kind::Sequence
                   || !m_fields.scalarText(*node, u"namespace", key)) {
            m_fields.fail(*node,
                          u"namespace must be a key, or a map with key, name and description"_qs);
            return nullptr;
        }
        if (key.isEmpty()) {
            m_fields.fail(*node, u"the namespace has no key"_qs);
            return nullptr;
        }
        value.key = NamespaceKey(key);
    }
    if (Building *known = m_byKey.value(value.key.text())) {
        if (known->keyOnly && !keyOnly) {
            known->value.name = value.name;
            known->value.description = value.description;
            known->keyOnly = false;
        }
        return known;
    }
    auto building = std::make_unique<Building>();
    building->value = std::move(value);
    building->keyOnly = keyOnly;
    building->isMap = isMap;
    m_namespaces.push_back(std::move(building));
    Building *added = m_namespaces.back().get();
    m_byKey.insert(added->value.key.text(), added);
    return added;
}

bool DocumentReader::readFlags(const Node &root, Building &building)
{
    const NodePointer nodes = m_fields.list(root, u"flags");
    if (!nodes)
        return !m_fields.error();
    for (const NodePointer &item : nodes->items) {
        if (item->kind == Node::Kind::Null)
            continue;
        const NodePointer node = m_fields.map(item, u"a flag");
        auto value =
            node ? FlagReader(m_fields, m_version).read(*node, building.value.key) : std::nullopt;
        if (!value)
            return false;
        const QString &key = value->key.text();
        if (building.flagKeys.contains(key))
            return m_fields.fail(
                *item, u"flag \"%1/%2\" is not unique"_qs.arg(building.value.key.text(), key));
        building.flagKeys.insert(key);
        building.value.flags.push_back(std::make_shared<const flags::Flag>(*std::move(value)));
    }
    return true;
}

bool DocumentReader::readSegments(const Node &root, Building &building)
{
    const NodePointer nodes = m_fields.list(root, u"segments");
    if (!nodes)
        return !m_fields.error();
    for (const NodePointer &item : nodes->items) {
        if (item->kind == Node::Kind::Null)
            continue;
        const NodePointer node = m_fields.map(item, u"a segment");
        auto value = node ? segment(*node, building.value.key) : std::nullopt;
        if (!value)
            return false;
        const QString &key = value->key.text();
        if (building.segmentKeys.contains(key))
            return m_fields.fail(
                *item, u"segment \"%1/%2\" is not unique"_qs.arg(building.value.key.text(), key));
        building.segmentKeys.insert(key);
        building.value.segments.push_back(
            std::make_shared<const flags::Segment>(*std::move(value)));
    }
    return true;
}

std::optional<flags::Segment> DocumentReader::segment(const Node &node,
                                                      const NamespaceKey &nameSpace)
{
    m_fields.warnUnknownKeys(
        node, {"key"_L1, "name"_L1, "description"_L1, "constraints"_L1, "match_type"_L1});
    flags::Segment segment;
    QString key;
    if (!m_fields.text(node, u"key", key) || !m_fields.text(node, u"name", segment.name)
        || !m_fields.text(node, u"description", segment.description)
        || !m_fields.enumeration(
            node, u"match_type",
            {{"ALL_MATCH_TYPE"_L1, flags::AllMatch}, {"ANY_MATCH_TYPE"_L1, flags::AnyMatch}},
            segment.matchType))
        return std::nullopt;
    segment.key = SegmentKey(key);
    const NodePointer nodes = m_fields.list(node, u"constraints");
    if (!nodes)
        return m_fields.error() ? std::nullopt : std::optional(std::move(segment));
    const QString path =
        QString(syntheticPrefix) + idPart(nameSpace.text()) + u'/' + idPart(key) + u"/constraints/";
    for (qsizetype position = 1; const NodePointer &item : nodes->items) {
        const qsizetype place = position++;
        if (item->kind == Node::Kind::Null)
            continue;
        const NodePointer entry = m_fields.map(item, u"a constraint");
        auto value = entry ? constraint(*entry) : std::nullopt;
        if (!value)
            return std::nullopt;
        value->id = ConstraintId(path + QString::number(place));
        segment.constraints.push_back(*std::move(value));
    }
    return segment;
}

std::optional<flags::Constraint> DocumentReader::constraint(const Node &node)
{
    m_fields.warnUnknownKeys(
        node, {"type"_L1, "property"_L1, "operator"_L1, "value"_L1, "description"_L1});
    flags::Constraint constraint;
    constraint.type = flags::UnknownConstraint;
    QString description;
    if (!m_fields.enumeration(node, u"type",
                              {{"STRING_COMPARISON_TYPE"_L1, flags::StringConstraint},
                               {"NUMBER_COMPARISON_TYPE"_L1, flags::NumberConstraint},
                               {"BOOLEAN_COMPARISON_TYPE"_L1, flags::BooleanConstraint},
                               {"DATETIME_COMPARISON_TYPE"_L1, flags::DateTimeConstraint},
                               {"ENTITY_ID_COMPARISON_TYPE"_L1, flags::EntityIdConstraint},
                               {"UNKNOWN_COMPARISON_TYPE"_L1, flags::UnknownConstraint}},
                              constraint.type)
        || !m_fields.text(node, u"property", constraint.property)
        || !m_fields.text(node, u"operator", constraint.operatorName)
        || !m_fields.text(node, u"value", constraint.value)
        || !m_fields.text(node, u"description", description))
        return std::nullopt;
    constraint.operatorName = constraint.operatorName.toLower();
    constraint.description = description;
    return constraint;
}

} // namespace edgewise::features
