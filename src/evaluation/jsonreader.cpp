// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/jsonreader.h"

#include "evaluation/number.h"
#include "evaluation/text.h"

#include <algorithm>

namespace edgewise::evaluation {

namespace {

constexpr size_t maximumDepth = 10'000; // Go: encoding/json scanner.go maxNestingDepth

bool isWhite(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDecimal(char c)
{
    return c >= '0' && c <= '9';
}

/// The four hexadecimal digits at the front, or -1.
int codeUnit(std::string_view digits)
{
    if (digits.size() < 4)
        return -1;
    int value = 0;
    for (const char c : digits.substr(0, 4)) {
        int digit = 0;
        if (isDecimal(c))
            digit = c - '0';
        else if (c >= 'a' && c <= 'f')
            digit = c - 'a' + 10;
        else if (c >= 'A' && c <= 'F')
            digit = c - 'A' + 10;
        else
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/// Decodes what stands after a backslash and returns how many bytes that is; 0 for no escape.
size_t decodeEscape(std::string_view rest, std::string &decoded)
{
    constexpr std::string_view names = "\"\\/bfnrt";
    constexpr std::string_view characters = "\"\\/\b\f\n\r\t";
    if (rest.empty())
        return 0;
    if (const size_t name = names.find(rest[0]); name != std::string_view::npos) {
        decoded += characters[name];
        return 1;
    }
    const int unit = rest[0] == 'u' ? codeUnit(rest.substr(1)) : -1;
    if (unit < 0)
        return 0;
    if (unit >= 0xD800 && unit < 0xDC00 && rest.substr(5).starts_with("\\u")) {
        const int low = codeUnit(rest.substr(7));
        if (low >= 0xDC00 && low < 0xE000) {
            appendCharacter(decoded,
                            0x10000 + (char32_t(unit - 0xD800) << 10) + char32_t(low - 0xDC00));
            return 11;
        }
    }
    appendCharacter(decoded, char32_t(unit));
    return 5;
}

} // namespace

char JsonReader::peek()
{
    while (m_at < m_text.size() && isWhite(m_text[m_at]))
        ++m_at;
    return m_failed || m_at == m_text.size() ? '\0' : m_text[m_at];
}

bool JsonReader::take(char c)
{
    if (peek() != c || m_failed || m_at == m_text.size())
        return false;
    ++m_at;
    return true;
}

bool JsonReader::fail()
{
    m_failed = true;
    return false;
}

bool JsonReader::string(std::string_view &value, std::string &decoded)
{
    if (!take('"'))
        return fail();
    const size_t start = m_at;
    const auto isPlain = [](char c) {
        return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
    };
    while (m_at < m_text.size() && isPlain(m_text[m_at]))
        ++m_at;
    if (m_at < m_text.size() && m_text[m_at] == '"') {
        value = m_text.substr(start, m_at++ - start);
        return true;
    }
    const size_t first = decoded.size();
    decoded += m_text.substr(start, m_at - start);
    while (m_at < m_text.size()) {
        const char c = m_text[m_at];
        if (c == '"') {
            ++m_at;
            value = std::string_view(decoded).substr(first);
            return true;
        }
        if (isPlain(c)) {
            decoded += c;
            ++m_at;
            continue;
        }
        const size_t length = c == '\\' ? decodeEscape(m_text.substr(m_at + 1), decoded) : 0;
        if (length == 0)
            return fail();
        m_at += 1 + length;
    }
    return fail();
}

bool JsonReader::skipString()
{
    ++m_at;
    while (m_at < m_text.size()) {
        const char c = m_text[m_at++];
        if (c == '"')
            return true;
        if (static_cast<unsigned char>(c) < 0x20)
            return fail();
        if (c != '\\')
            continue;
        std::string ignored;
        const size_t length = decodeEscape(m_text.substr(m_at), ignored);
        if (length == 0)
            return fail();
        m_at += length;
    }
    return fail();
}

bool JsonReader::number(std::string_view &token)
{
    peek();
    const size_t start = m_at;
    const auto digits = [&] {
        const size_t first = m_at;
        while (m_at < m_text.size() && isDecimal(m_text[m_at]))
            ++m_at;
        return m_at > first;
    };
    const auto next = [&](std::string_view set) {
        if (m_at == m_text.size() || set.find(m_text[m_at]) == std::string_view::npos)
            return false;
        ++m_at;
        return true;
    };
    next("-");
    if (m_failed || (!next("0") && !digits()))
        return fail();
    if (next(".") && !digits())
        return fail();
    if (next("eE")) {
        next("+-");
        if (!digits())
            return fail();
    }
    token = m_text.substr(start, m_at - start);
    return true;
}

bool JsonReader::literal(std::string_view word)
{
    peek();
    if (m_failed || !m_text.substr(m_at).starts_with(word))
        return fail();
    m_at += word.size();
    return true;
}

bool JsonReader::skipScalar()
{
    std::string_view token;
    switch (peek()) {
    case '"':
        return skipString();
    case 't':
        return literal("true");
    case 'f':
        return literal("false");
    case 'n':
        return literal("null");
    default:
        return number(token);
    }
}

bool JsonReader::skip()
{
    // A stack of its own instead of recursion: a hostile text nests deeper than a thread's.
    std::vector<char> open;
    while (true) {
        const char c = peek();
        if (c == '{' || c == '[') {
            if (open.size() == maximumDepth)
                return fail();
            ++m_at;
            const char close = c == '{' ? '}' : ']';
            if (!take(close)) {
                open.push_back(close);
                if (close == '}' && (peek() != '"' || !skipString() || !take(':')))
                    return fail();
                continue;
            }
        } else if (!skipScalar()) {
            return false;
        }
        while (!open.empty() && take(open.back()))
            open.pop_back();
        if (open.empty())
            return true;
        if (!take(','))
            return fail();
        if (open.back() == '}' && (peek() != '"' || !skipString() || !take(':')))
            return fail();
    }
}

bool isJson(std::string_view text)
{
    JsonReader reader(text);
    return reader.skip() && reader.atEnd();
}

bool isMetadata(std::string_view text)
{
    JsonReader reader(text);
    const char first = reader.peek();
    if ((first != '{' && first != 'n') || !isJson(text))
        return false;
    // Valid already: what is left to find are numbers, which start where no string is open.
    bool inString = false;
    for (size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (inString && c == '\\') {
            ++at;
        } else if (c == '"') {
            inString = !inString;
        } else if (!inString && (isDecimal(c) || c == '-')) {
            const size_t end = std::min(text.find_first_not_of("0123456789+-.eE", at), text.size());
            if (!parseNumber(text.substr(at, end - at)))
                return false;
            at = end - 1;
        }
    }
    return true;
}

std::string compacted(std::string_view json)
{
    std::string result;
    result.reserve(json.size());
    bool inString = false;
    for (size_t at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (inString && c == '\\') {
            result += c;
            result += json[++at];
            continue;
        }
        if (c == '"')
            inString = !inString;
        if (inString || !isWhite(c))
            result += c;
    }
    return result;
}

namespace {

/// Calls `element` for each element of the list `json`; false when the text is no list of what it
/// takes.
template <typename Element>
bool readList(std::string_view json, Element element)
{
    JsonReader reader(json);
    if (reader.peek() == 'n')
        return reader.literal("null") && reader.atEnd();
    if (!reader.take('['))
        return false;
    if (reader.take(']'))
        return reader.atEnd();
    do {
        if (!element(reader))
            return false;
    } while (reader.take(','));
    return reader.take(']') && reader.atEnd();
}

} // namespace

std::optional<std::vector<std::string>> parseTexts(std::string_view json)
{
    std::vector<std::string> texts;
    const bool read = readList(json, [&](JsonReader &reader) {
        std::string_view text;
        std::string decoded;
        if (reader.peek() == 'n' ? !reader.literal("null") : !reader.string(text, decoded))
            return false;
        texts.emplace_back(text);
        return true;
    });
    return read ? std::optional(std::move(texts)) : std::nullopt;
}

std::optional<std::vector<double>> parseNumbers(std::string_view json)
{
    std::vector<double> numbers;
    const bool read = readList(json, [&](JsonReader &reader) {
        std::string_view token;
        if (reader.peek() == 'n') {
            numbers.push_back(0);
            return reader.literal("null");
        }
        const auto value = reader.number(token) ? parseNumber(token) : std::nullopt;
        if (value)
            numbers.push_back(*value);
        return value.has_value();
    });
    return read ? std::optional(std::move(numbers)) : std::nullopt;
}

void appendJsonString(std::string &json, std::string_view text)
{
    json += '"';
    size_t start = 0;
    for (size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20)
            continue;
        json += text.substr(start, at - start);
        start = at + 1;
        constexpr std::string_view named = "\"\\\b\f\n\r\t";
        constexpr std::string_view names = "\"\\bfnrt";
        json += '\\';
        if (const size_t name = named.find(c); name != std::string_view::npos) {
            json += names[name];
        } else {
            json += "u00";
            json += c < 0x10 ? '0' : '1';
            json += "0123456789abcdef"[c & 0xF];
        }
    }
    json += text.substr(start);
    json += '"';
}

} // namespace edgewise::evaluation
