// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/fieldreader.h"

#include "features/yamlscalar.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace edgewise::features {

namespace {

/// For messages: long texts are cut.
QString quoted(const QString &text)
{
    constexpr qsizetype longest = 80;
    return u'"' + (text.size() > longest ? text.left(longest) + u'…' : text) + u'"';
}

bool isContainer(const Node &node)
{
    return node.kind == Node::Kind::Sequence || node.kind == Node::Kind::Mapping;
}

} // namespace

NodePointer FieldReader::given(const Node &map, QStringView key)
{
    NodePointer value = map.value(key);
    return value && value->kind == Node::Kind::Null ? nullptr : value;
}

bool FieldReader::scalarText(const Node &node, QStringView key, QString &target)
{
    // YAML gives any scalar's characters to a text field, JSON strings alone.
    const bool taken =
        m_format == Format::Yaml ? !isContainer(node) : node.kind == Node::Kind::Text;
    if (!taken)
        return wrongType(node, key, u"a text"_qs);
    target = node.text;
    return true;
}

bool FieldReader::text(const Node &map, QStringView key, QString &target)
{
    const NodePointer node = given(map, key);
    return !node || scalarText(*node, key, target);
}

bool FieldReader::boolean(const Node &map, QStringView key, bool &target)
{
    const NodePointer node = given(map, key);
    if (!node)
        return true;
    if (node->kind == Node::Kind::Boolean) {
        target = node->boolean;
        return true;
    }
    const bool mayBeWord = m_format == Format::Yaml && node->kind == Node::Kind::Text;
    const auto word = mayBeWord ? booleanWord(node->text) : std::nullopt;
    if (!word)
        return wrongType(*node, key, u"true or false"_qs);
    target = *word;
    return true;
}

bool FieldReader::percentage(const Node &map, QStringView key, double &target)
{
    const NodePointer node = given(map, key);
    if (!node)
        return true;
    const bool isNumber = node->kind == Node::Kind::Integer || node->kind == Node::Kind::Real;
    if (!isNumber)
        return wrongType(*node, key, u"a number"_qs);
    const double wide = node->toDouble();
    if (!(std::abs(wide) <= double(std::numeric_limits<float>::max())))
        return wrongType(*node, key, u"a number within the range of 32 bits"_qs);
    target = double(float(wide));
    return true;
}

bool FieldReader::rank(const Node &map, QStringView key, qint64 &target)
{
    const NodePointer node = given(map, key);
    if (!node)
        return true;
    const bool isNumber = node->kind == Node::Kind::Integer || node->kind == Node::Kind::Real;
    const double value = isNumber ? node->toDouble() : -1;
    if (!(value >= 0 && value <= std::numeric_limits<qint32>::max() && std::trunc(value) == value))
        return wrongType(*node, key, u"a whole number from 0 to 2147483647"_qs);
    target = qint64(value);
    return true;
}

bool FieldReader::texts(const Node &map, QStringView key, QStringList &target)
{
    const NodePointer nodes = list(map, key);
    if (!nodes)
        return !m_error;
    for (const NodePointer &item : nodes->items) {
        QString element;
        if (item->kind != Node::Kind::Null && !scalarText(*item, key, element))
            return false;
        target.append(element);
    }
    return true;
}

bool FieldReader::enumeration(const Node &map, QStringView key,
                              std::initializer_list<std::pair<QLatin1StringView, int>> names,
                              int &target)
{
    QString name;
    if (!text(map, key, name))
        return false;
    if (name.isEmpty())
        return true;
    const auto found =
        std::ranges::find_if(names, [&](const auto &entry) { return name == entry.first; });
    target = found == names.end() ? 0 : found->second;
    if (found == names.end())
        warn(*map.value(key),
             u"%1 is no value of %2; Flipt takes it for its first one"_qs.arg(quoted(name), key));
    return true;
}

NodePointer FieldReader::list(const Node &map, QStringView key)
{
    NodePointer node = given(map, key);
    if (node && node->kind != Node::Kind::Sequence) {
        wrongType(*node, key, u"a list"_qs);
        return nullptr;
    }
    return node;
}

NodePointer FieldReader::map(const NodePointer &node, QStringView what)
{
    if (node->kind == Node::Kind::Mapping)
        return node;
    wrongType(*node, what, u"a map"_qs);
    return nullptr;
}

void FieldReader::warnUnknownKeys(const Node &map, std::initializer_list<QLatin1StringView> known)
{
    for (const Node::Entry &entry : map.entries) {
        const QString &key = entry.first->text;
        if (std::ranges::none_of(known, [&](QLatin1StringView name) { return key == name; }))
            warn(*entry.first, u"key %1 is unknown and ignored"_qs.arg(quoted(key)));
    }
}

void FieldReader::warn(const Node &node, const QString &text)
{
    if (m_warnings.size() >= maximumWarnings)
        return;
    const auto [line, column] = m_positions.at(node.offset);
    m_warnings.push_back({.line = line, .column = column, .text = text});
}

bool FieldReader::fail(qsizetype offset, const QString &what)
{
    if (!m_error)
        m_error = m_positions.error(offset, what);
    return false;
}

bool FieldReader::wrongType(const Node &node, QStringView key, const QString &wanted)
{
    return fail(node, u"%1 must be %2"_qs.arg(key, wanted));
}

} // namespace edgewise::features
