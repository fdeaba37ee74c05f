// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/gotext.h"

#include "features/yamlscalar.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>

using namespace Qt::StringLiterals;

namespace edgewise::features {

namespace {

/// Shortest decimal digits d1 d2 … and the exponent of d1.
struct Digits {
    bool negative = false;
    QByteArray digits;
    int exponent = 0;
};

template <typename Float>
Digits shortestDigits(Float value)
{
    char buffer[64];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
    QByteArrayView text(buffer, end - buffer);
    Digits result;
    result.negative = text.startsWith('-');
    if (result.negative)
        text = text.sliced(1);
    const qsizetype mark = text.indexOf('e');
    result.digits = text.first(mark).toByteArray().replace('.', "");
    QByteArrayView exponent = text.sliced(mark + 1);
    if (exponent.startsWith('+'))
        exponent = exponent.sliced(1);
    result.exponent = exponent.toInt();
    return result;
}

QByteArray plainForm(const Digits &digits)
{
    QByteArray text = digits.negative ? "-" : "";
    const qsizetype count = digits.digits.size();
    if (digits.exponent < 0)
        return text + "0." + QByteArray(-digits.exponent - 1, '0') + digits.digits;
    const qsizetype whole = digits.exponent + 1;
    if (count <= whole)
        return text + digits.digits + QByteArray(whole - count, '0');
    return text + digits.digits.first(whole) + '.' + digits.digits.sliced(whole);
}

QByteArray exponentForm(const Digits &digits, int exponentWidth)
{
    QByteArray text = digits.negative ? "-" : "";
    text += digits.digits.first(1);
    if (digits.digits.size() > 1)
        text += '.' + digits.digits.sliced(1);
    text += digits.exponent < 0 ? "e-" : "e+";
    return text + QByteArray::number(std::abs(digits.exponent)).rightJustified(exponentWidth, '0');
}

template <typename Float>
QByteArray generalForm(Float value)
{
    if (std::isnan(value))
        return ".nan";
    if (std::isinf(value))
        return value > 0 ? ".inf" : "-.inf";
    const Digits digits = shortestDigits(value);
    const bool plain = digits.exponent >= -4 && digits.exponent < 6;
    return plain ? plainForm(digits) : exponentForm(digits, 2);
}

template <typename Float>
QByteArray jsonForm(Float value)
{
    const Digits digits = shortestDigits(value);
    const Float magnitude = std::abs(value);
    const bool plain = value == 0 || (magnitude >= Float(1e-6) && magnitude < Float(1e21));
    return plain ? plainForm(digits) : exponentForm(digits, 1);
}

/// Appends to one buffer; stops at the first thing that JSON cannot hold.
class JsonWriter {
public:
    enum class KeyOrder { Bytes, AsGiven };

    JsonWriter(IntegerRule integers, bool timesAllowed, KeyOrder order)
        : m_integers(integers), m_timesAllowed(timesAllowed), m_order(order)
    {
    }

    bool write(const Node &node)
    {
        switch (node.kind) {
        case Node::Kind::Null:
            m_out += "null";
            return true;
        case Node::Kind::Boolean:
            m_out += node.boolean ? "true" : "false";
            return true;
        case Node::Kind::Integer:
            m_out += m_integers == IntegerRule::Exact ? jsonNumber(node.number)
                                                      : jsonNumber(node.toDouble());
            return true;
        case Node::Kind::Real:
            if (!std::isfinite(node.toDouble()))
                return refuse(node, u"JSON has no such number"_qs);
            m_out += jsonNumber(node.number);
            return true;
        case Node::Kind::Time:
            if (!m_timesAllowed)
                return refuse(node, u"a date must stand in quotes here"_qs);
            m_out += jsonString(rfc3339(node.text).value_or(node.text));
            return true;
        case Node::Kind::Text:
            m_out += jsonString(node.text);
            return true;
        case Node::Kind::Sequence:
            return writeSequence(node);
        case Node::Kind::Mapping:
            return writeMapping(node);
        }
        return true;
    }

    std::variant<QByteArray, JsonRefusal> result() &&
    {
        if (m_refusal)
            return *std::move(m_refusal);
        return std::move(m_out);
    }

private:
    bool refuse(const Node &node, QString what)
    {
        m_refusal = JsonRefusal{node.offset, std::move(what)};
        return false;
    }

    bool writeSequence(const Node &node)
    {
        m_out += '[';
        for (qsizetype i = 0; const NodePointer &item : node.items) {
            if (i++ > 0)
                m_out += ',';
            if (!write(*item))
                return false;
        }
        m_out += ']';
        return true;
    }

    bool writeMapping(const Node &node)
    {
        std::vector<const Node::Entry *> sorted;
        sorted.reserve(node.entries.size());
        for (const Node::Entry &entry : node.entries) {
            if (entry.first->kind != Node::Kind::Text)
                return refuse(*entry.first, u"key \"%1\" must be a text: put it in quotes"_qs.arg(
                                                entry.first->text));
            sorted.push_back(&entry);
        }
        if (m_order == KeyOrder::Bytes)
            std::ranges::stable_sort(sorted, [](const Node::Entry *a, const Node::Entry *b) {
                return lessByBytes(a->first->text, b->first->text);
            });
        m_out += '{';
        bool first = true;
        for (size_t i = 0; i < sorted.size(); ++i) {
            if (i + 1 < sorted.size() && sorted[i]->first->text == sorted[i + 1]->first->text)
                continue;
            if (!std::exchange(first, false))
                m_out += ',';
            m_out += jsonString(sorted[i]->first->text);
            m_out += ':';
            if (!write(*sorted[i]->second))
                return false;
        }
        m_out += '}';
        return true;
    }

    const IntegerRule m_integers;
    const bool m_timesAllowed;
    const KeyOrder m_order;
    QByteArray m_out;
    std::optional<JsonRefusal> m_refusal;
};

} // namespace

QByteArray shortestNumber(const std::variant<qint64, quint64, double, float> &number)
{
    if (const auto *real = std::get_if<double>(&number))
        return generalForm(*real);
    if (const auto *single = std::get_if<float>(&number))
        return generalForm(*single);
    return jsonNumber(number);
}

QByteArray jsonNumber(const std::variant<qint64, quint64, double, float> &number)
{
    if (const auto *real = std::get_if<double>(&number))
        return jsonForm(*real);
    if (const auto *single = std::get_if<float>(&number))
        return jsonForm(*single);
    if (const auto *natural = std::get_if<quint64>(&number))
        return QByteArray::number(*natural);
    return QByteArray::number(*std::get_if<qint64>(&number));
}

QByteArray jsonString(QStringView text)
{
    static constexpr char hex[] = "0123456789abcdef";
    QByteArray result = "\"";
    const QByteArray bytes = withoutLoneSurrogates(text.toString()).toUtf8();
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        switch (c) {
        case '"':
        case '\\':
            result += '\\';
            result += c;
            break;
        case '\b':
            result += "\\b";
            break;
        case '\f':
            result += "\\f";
            break;
        case '\n':
            result += "\\n";
            break;
        case '\r':
            result += "\\r";
            break;
        case '\t':
            result += "\\t";
            break;
        default: {
            const bool separator = c == '\xE2' && i + 2 < bytes.size() && bytes[i + 1] == '\x80'
                                   && (bytes[i + 2] == '\xA8' || bytes[i + 2] == '\xA9');
            if (separator) {
                result += bytes[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
                i += 2;
            } else if (uchar(c) < 0x20 || c == '<' || c == '>' || c == '&') {
                result += "\\u00";
                result += hex[uchar(c) >> 4];
                result += hex[uchar(c) & 0xF];
            } else {
                result += c;
            }
        }
        }
    }
    result += '"';
    return result;
}

std::variant<QByteArray, JsonRefusal> jsonText(const Node &node, IntegerRule integers,
                                               bool timesAllowed)
{
    JsonWriter writer(integers, timesAllowed, JsonWriter::KeyOrder::Bytes);
    writer.write(node);
    return std::move(writer).result();
}

QByteArray jsonInOrder(const Node &node)
{
    JsonWriter writer(IntegerRule::Double, true, JsonWriter::KeyOrder::AsGiven);
    [[maybe_unused]] const bool complete = writer.write(node);
    Q_ASSERT(complete);
    const auto result = std::move(writer).result();
    const auto *text = std::get_if<QByteArray>(&result);
    return text ? *text : QByteArray();
}

} // namespace edgewise::features
