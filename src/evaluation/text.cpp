// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/text.h"

#include <QChar>

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

namespace edgewise::evaluation {

namespace {

constexpr char32_t replacement = 0xFFFD;

struct Decoded {
    char32_t character = replacement;
    size_t length = 0; ///< 0 when the bytes are invalid
};

bool isContinuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/// The first character of a text that is not empty (RFC 3629: no surrogates, no overlong forms).
Decoded decode(std::string_view text)
{
    const auto byte = [&](size_t index) { return static_cast<unsigned char>(text[index]); };
    const unsigned char first = byte(0);
    if (first < 0x80)
        return {first, 1};
    if (first >= 0xC2 && first <= 0xDF && text.size() >= 2 && isContinuation(byte(1)))
        return {char32_t(first & 0x1F) << 6 | char32_t(byte(1) & 0x3F), 2};
    if ((first & 0xF0) == 0xE0 && text.size() >= 3 && isContinuation(byte(1))
        && isContinuation(byte(2))) {
        const char32_t character =
            char32_t(first & 0x0F) << 12 | char32_t(byte(1) & 0x3F) << 6 | char32_t(byte(2) & 0x3F);
        if (character >= 0x800 && (character < 0xD800 || character > 0xDFFF))
            return {character, 3};
    }
    if (first >= 0xF0 && first <= 0xF4 && text.size() >= 4 && isContinuation(byte(1))
        && isContinuation(byte(2)) && isContinuation(byte(3))) {
        const char32_t character = char32_t(first & 0x07) << 18 | char32_t(byte(1) & 0x3F) << 12
                                   | char32_t(byte(2) & 0x3F) << 6 | char32_t(byte(3) & 0x3F);
        if (character >= 0x10000 && character <= 0x10FFFF)
            return {character, 4};
    }
    return {};
}

bool isSpace(char32_t character)
{
    return (character >= 0x09 && character <= 0x0D) || character == 0x20 || character == 0x85
           || character == 0xA0 || character == 0x1680
           || (character >= 0x2000 && character <= 0x200A) || character == 0x2028
           || character == 0x2029 || character == 0x202F || character == 0x205F
           || character == 0x3000;
}

/// Letters, marks, numbers, punctuation, symbols and the blank (Go: unicode.IsPrint).
bool isPrintable(char32_t character)
{
    if (character == U' ')
        return true;
    switch (QChar::category(character)) {
    case QChar::Separator_Space:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return false;
    default:
        return true;
    }
}

void appendHexadecimal(std::string &text, char32_t number, int digits)
{
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        text += "0123456789abcdef"[number >> shift & 0xF];
}

} // namespace

std::string utf8(QStringView text)
{
    std::string result;
    result.reserve(size_t(text.size()));
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i].unicode();
        if (QChar::isHighSurrogate(unit) && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            appendCharacter(result, QChar::surrogateToUcs4(unit, text[i + 1].unicode()));
            ++i;
        } else {
            appendCharacter(result, unit);
        }
    }
    return result;
}

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

size_t validUtf8Length(std::string_view text)
{
    size_t at = 0;
    while (at < text.size()) {
        // Eight bytes of ASCII at a time: most texts are nothing else.
        std::uint64_t word = 0;
        while (at + sizeof word <= text.size()) {
            std::memcpy(&word, text.data() + at, sizeof word);
            if ((word & 0x8080808080808080ULL) != 0)
                break;
            at += sizeof word;
        }
        if (at == text.size())
            break;
        const Decoded decoded = decode(text.substr(at));
        if (decoded.length == 0)
            break;
        at += decoded.length;
    }
    return at;
}

std::string withReplacements(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const size_t valid = validUtf8Length(text);
        result.append(text.substr(0, valid));
        text.remove_prefix(valid);
        if (!text.empty()) {
            appendCharacter(result, replacement);
            text.remove_prefix(1);
        }
    }
    return result;
}

void appendCharacter(std::string &text, char32_t character)
{
    if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
        character = replacement;
    const auto add = [&](char32_t byte) { text += static_cast<char>(byte); };
    if (character < 0x80) {
        add(character);
    } else if (character < 0x800) {
        add(0xC0 | character >> 6);
        add(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        add(0xE0 | character >> 12);
        add(0x80 | (character >> 6 & 0x3F));
        add(0x80 | (character & 0x3F));
    } else {
        add(0xF0 | character >> 18);
        add(0x80 | (character >> 12 & 0x3F));
        add(0x80 | (character >> 6 & 0x3F));
        add(0x80 | (character & 0x3F));
    }
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty()) {
        const Decoded first = decode(text);
        if (first.length == 0 || !isSpace(first.character))
            break;
        text.remove_prefix(first.length);
    }
    while (!text.empty()) {
        size_t start = text.size() - 1;
        while (start > 0 && isContinuation(static_cast<unsigned char>(text[start])))
            --start;
        const Decoded last = decode(text.substr(start));
        if (last.length != text.size() - start || !isSpace(last.character))
            break;
        text.remove_suffix(last.length);
    }
    return text;
}

std::string quoted(std::string_view text)
{
    constexpr std::string_view named = "\a\b\f\n\r\t\v";
    constexpr std::string_view names = "abfnrtv";
    std::string result = "\"";
    while (!text.empty()) {
        const Decoded decoded = decode(text);
        const size_t length = std::max<size_t>(decoded.length, 1);
        const char32_t character = decoded.character;
        if (decoded.length == 0) {
            result += "\\x";
            appendHexadecimal(result, static_cast<unsigned char>(text[0]), 2);
        } else if (character == U'"' || character == U'\\') {
            result += '\\';
            result += text[0];
        } else if (isPrintable(character)) {
            result.append(text.substr(0, length));
        } else if (const size_t name = named.find(text[0]);
                   character < 0x80 && name != std::string_view::npos) {
            result += '\\';
            result += names[name];
        } else if (character < 0x20 || character == 0x7F) {
            result += "\\x";
            appendHexadecimal(result, character, 2);
        } else if (character < 0x10000) {
            result += "\\u";
            appendHexadecimal(result, character, 4);
        } else {
            result += "\\U";
            appendHexadecimal(result, character, 8);
        }
        text.remove_prefix(length);
    }
    return result + '"';
}

std::string cleanPath(std::string_view path)
{
    if (path.empty())
        return ".";
    const bool rooted = path.front() == '/';
    std::vector<std::string_view> parts;
    for (size_t at = 0; at <= path.size();) {
        const size_t end = std::min(path.find('/', at), path.size());
        const std::string_view part = path.substr(at, end - at);
        at = end + 1;
        if (part.empty() || part == ".")
            continue;
        if (part != "..")
            parts.push_back(part);
        else if (!parts.empty() && parts.back() != "..")
            parts.pop_back();
        else if (!rooted)
            parts.push_back(part);
    }
    std::string result = rooted ? "/" : "";
    for (size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            result += '/';
        result += parts[i];
    }
    return result.empty() ? "." : result;
}

} // namespace edgewise::evaluation
