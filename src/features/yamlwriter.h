// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <features/node.h>

#include <QByteArray>

namespace edgewise::features {

/// Writes block style YAML byte for byte as the library of Flipt's export does (gopkg.in/yaml.v2
/// 2.4.0: encode.go, emitterc.go): its quoting, its line breaks after column 80, its numbers.
/// Entries of maps are written in the order given.
class YamlWriter {
public:
    /// Adds a document; from the second on, a line --- stands before it.
    void writeDocument(const Node &root);
    const QByteArray &text() const { return m_out; }

private:
    enum class Context { Root, SequenceItem, MappingValue, SimpleKey };

    void writeNode(const Node &node, Context context);
    void writeSequence(const Node &node, Context context);
    void writeMapping(const Node &node);
    void writeScalar(const Node &node, Context context);
    void writeText(const std::u32string &text, bool quoted, bool simpleKey);
    void writePlain(const std::u32string &text, bool mayBreak);
    void writeSingleQuoted(const std::u32string &text, bool mayBreak);
    void writeDoubleQuoted(const std::u32string &text, bool mayBreak);
    void writeLiteral(const std::u32string &text);
    void writeEscaped(char32_t character);

    void writeIndicator(QByteArrayView text, bool needsBlank, bool isBlank, bool isIndentation);
    void writeIndent();
    void put(char32_t character);
    void putLineBreak(char32_t character);
    void increaseIndent(int first);

    QByteArray m_out;
    int m_indent = -1;
    int m_column = 0; ///< characters since the last break
    bool m_afterBlank = true;
    bool m_afterIndentation = true;
    bool m_first = true;
};

} // namespace edgewise::features
