// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/yamlwriter.h"

#include "features/gotext.h"
#include "features/yamlscalar.h"
#include "features/yamlstyle.h"

#include <algorithm>
#include <utility>

namespace edgewise::features {

namespace {

constexpr int bestIndent = 2;
constexpr int bestWidth = 80;
constexpr qsizetype longestSimpleKey = 128; // bytes

void appendUtf8(QByteArray &out, char32_t character)
{
    if (character < 0x80) {
        out += char(character);
    } else if (character < 0x800) {
        out += char(0xC0 | (character >> 6));
        out += char(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        out += char(0xE0 | (character >> 12));
        out += char(0x80 | ((character >> 6) & 0x3F));
        out += char(0x80 | (character & 0x3F));
    } else {
        out += char(0xF0 | (character >> 18));
        out += char(0x80 | ((character >> 12) & 0x3F));
        out += char(0x80 | ((character >> 6) & 0x3F));
        out += char(0x80 | (character & 0x3F));
    }
}

bool isSimpleKey(const Node &key)
{
    return key.text.toUtf8().size() <= longestSimpleKey
           && !analyse(codePoints(key.text)).hasLineBreaks;
}

} // namespace

void YamlWriter::writeDocument(const Node &root)
{
    if (!std::exchange(m_first, false)) {
        writeIndent();
        writeIndicator("---", true, false, false);
    }
    writeNode(root, Context::Root);
    m_indent = -1;
    writeIndent();
}

void YamlWriter::writeNode(const Node &node, Context context)
{
    switch (node.kind) {
    case Node::Kind::Sequence:
        if (node.items.empty()) {
            writeIndicator("[", true, true, false);
            writeIndicator("]", false, false, false);
        } else {
            writeSequence(node, context);
        }
        break;
    case Node::Kind::Mapping:
        if (node.entries.empty()) {
            writeIndicator("{", true, true, false);
            writeIndicator("}", false, false, false);
        } else {
            writeMapping(node);
        }
        break;
    default:
        writeScalar(node, context);
    }
}

void YamlWriter::writeSequence(const Node &node, Context context)
{
    const int outer = m_indent;
    // A list that is a map's value stands under its key without indentation.
    if (context != Context::MappingValue || m_afterIndentation)
        increaseIndent(0);
    for (const NodePointer &item : node.items) {
        writeIndent();
        writeIndicator("-", true, false, true);
        writeNode(*item, Context::SequenceItem);
    }
    m_indent = outer;
}

void YamlWriter::writeMapping(const Node &node)
{
    const int outer = m_indent;
    increaseIndent(0);
    for (const auto &[key, value] : node.entries) {
        writeIndent();
        if (isSimpleKey(*key)) {
            writeNode(*key, Context::SimpleKey);
            writeIndicator(":", false, false, false);
        } else {
            writeIndicator("?", true, false, true);
            writeNode(*key, Context::MappingValue);
            writeIndent();
            writeIndicator(":", true, false, true);
        }
        writeNode(*value, Context::MappingValue);
    }
    m_indent = outer;
}

void YamlWriter::writeScalar(const Node &node, Context context)
{
    const int outer = m_indent;
    increaseIndent(bestIndent);
    const bool simpleKey = context == Context::SimpleKey;
    switch (node.kind) {
    case Node::Kind::Null:
        writeText(U"null", false, simpleKey);
        break;
    case Node::Kind::Boolean:
        writeText(node.boolean ? U"true" : U"false", false, simpleKey);
        break;
    case Node::Kind::Integer:
    case Node::Kind::Real:
        writeText(codePoints(QString::fromLatin1(shortestNumber(node.number))), false, simpleKey);
        break;
    default:
        writeText(codePoints(node.text), looksLikeOtherType(node.text), simpleKey);
    }
    m_indent = outer;
}

void YamlWriter::writeText(const std::u32string &text, bool quoted, bool simpleKey)
{
    switch (chooseStyle(text, quoted, simpleKey)) {
    case ScalarStyle::Plain:
        writePlain(text, !simpleKey);
        break;
    case ScalarStyle::SingleQuoted:
        writeSingleQuoted(text, !simpleKey);
        break;
    case ScalarStyle::DoubleQuoted:
        writeDoubleQuoted(text, !simpleKey);
        break;
    case ScalarStyle::Literal:
        writeLiteral(text);
        break;
    }
}

void YamlWriter::writePlain(const std::u32string &text, bool mayBreak)
{
    if (!m_afterBlank)
        put(U' ');
    bool blanks = false;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool blank = text[i] == U' ';
        const bool single = blank && !blanks && (i + 1 == text.size() || text[i + 1] != U' ');
        if (single && mayBreak && m_column > bestWidth)
            writeIndent();
        else
            put(text[i]);
        blanks = blank;
        if (!blank)
            m_afterIndentation = false;
    }
    m_afterBlank = false;
    m_afterIndentation = false;
}

void YamlWriter::writeSingleQuoted(const std::u32string &text, bool mayBreak)
{
    writeIndicator("'", true, false, false);
    bool blanks = false;
    bool breaks = false;
    for (size_t i = 0; i < text.size(); ++i) {
        const char32_t character = text[i];
        if (character == U' ') {
            const bool inside = i > 0 && i + 1 < text.size() && text[i + 1] != U' ';
            if (mayBreak && !blanks && inside && m_column > bestWidth)
                writeIndent();
            else
                put(character);
            blanks = true;
        } else if (isLineBreak(character)) {
            if (!breaks && character == U'\n')
                putLineBreak(U'\n');
            putLineBreak(character);
            m_afterIndentation = true;
            breaks = true;
        } else {
            if (breaks)
                writeIndent();
            if (character == U'\'')
                put(character);
            put(character);
            m_afterIndentation = false;
            blanks = false;
            breaks = false;
        }
    }
    writeIndicator("'", false, false, false);
    m_afterBlank = false;
    m_afterIndentation = false;
}

void YamlWriter::writeDoubleQuoted(const std::u32string &text, bool mayBreak)
{
    writeIndicator("\"", true, false, false);
    // The library looks for the mark at the begin of the text, whatever character it writes.
    const bool startsWithMark = text.starts_with(char32_t(0xFEFF));
    bool blanks = false;
    for (size_t i = 0; i < text.size(); ++i) {
        const char32_t character = text[i];
        if (!isPrintable(character) || isLineBreak(character) || startsWithMark || character == U'"'
            || character == U'\\') {
            writeEscaped(character);
            blanks = false;
        } else if (character == U' ') {
            const bool inside = i > 0 && i + 1 < text.size();
            if (mayBreak && !blanks && inside && m_column > bestWidth) {
                writeIndent();
                if (text[i + 1] == U' ')
                    put(U'\\');
            } else {
                put(character);
            }
            blanks = true;
        } else {
            put(character);
            blanks = false;
        }
    }
    writeIndicator("\"", false, false, false);
    m_afterBlank = false;
    m_afterIndentation = false;
}

void YamlWriter::writeEscaped(char32_t character)
{
    static constexpr std::pair<char32_t, char> names[] = {
        {0x00, '0'},  {0x07, 'a'}, {0x08, 'b'}, {0x09, 't'},   {0x0A, 'n'},
        {0x0B, 'v'},  {0x0C, 'f'}, {0x0D, 'r'}, {0x1B, 'e'},   {0x22, '"'},
        {0x5C, '\\'}, {0x85, 'N'}, {0xA0, '_'}, {0x2028, 'L'}, {0x2029, 'P'},
    };
    put(U'\\');
    for (const auto &[code, name] : names) {
        if (character == code) {
            put(char32_t(name));
            return;
        }
    }
    const int digits = character <= 0xFF ? 2 : character <= 0xFFFF ? 4 : 8;
    put(digits == 2 ? U'x' : digits == 4 ? U'u' : U'U');
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        put(U"0123456789ABCDEF"[(character >> shift) & 0xF]);
}

void YamlWriter::writeLiteral(const std::u32string &text)
{
    writeIndicator("|", true, false, false);
    if (text.front() == U' ' || isLineBreak(text.front()))
        writeIndicator("2", false, false, false);
    if (!isLineBreak(text.back()))
        writeIndicator("-", false, false, false);
    else if (text.size() == 1 || isLineBreak(text[text.size() - 2]))
        writeIndicator("+", false, false, false);
    putLineBreak(U'\n');
    m_afterIndentation = true;
    m_afterBlank = true;
    bool breaks = true;
    for (const char32_t character : text) {
        if (isLineBreak(character)) {
            putLineBreak(character);
            m_afterIndentation = true;
            breaks = true;
        } else {
            if (breaks)
                writeIndent();
            put(character);
            m_afterIndentation = false;
            breaks = false;
        }
    }
}

void YamlWriter::writeIndicator(QByteArrayView text, bool needsBlank, bool isBlank,
                                bool isIndentation)
{
    if (needsBlank && !m_afterBlank)
        put(U' ');
    m_out += text;
    m_column += int(text.size());
    m_afterBlank = isBlank;
    m_afterIndentation = m_afterIndentation && isIndentation;
}

void YamlWriter::writeIndent()
{
    const int indent = std::max(m_indent, 0);
    if (!m_afterIndentation || m_column > indent || (m_column == indent && !m_afterBlank))
        putLineBreak(U'\n');
    while (m_column < indent)
        put(U' ');
    m_afterBlank = true;
    m_afterIndentation = true;
}

void YamlWriter::put(char32_t character)
{
    appendUtf8(m_out, character);
    ++m_column;
}

void YamlWriter::putLineBreak(char32_t character)
{
    appendUtf8(m_out, character);
    m_column = 0;
}

void YamlWriter::increaseIndent(int first)
{
    m_indent = m_indent < 0 ? first : m_indent + bestIndent;
}

} // namespace edgewise::features
