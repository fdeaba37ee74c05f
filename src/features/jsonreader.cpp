// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/jsonreader.h"

#include "features/yamlscalar.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace edgewise::features {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// A recursive descent over one text. A failed method leaves the reason in m_failure.
class JsonReader {
public:
    JsonReader(QByteArrayView text, qsizetype nodeLimit) : m_text(text), m_nodesLeft(nodeLimit) {}

    void skipSpace()
    {
        while (m_at < m_text.size()
               && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n'
                   || m_text[m_at] == '\r'))
            ++m_at;
    }
    bool atEnd() const { return m_at == m_text.size(); }
    Error error() const { return Positions(m_text).error(m_at, m_failure); }

    NodePointer value(int depth)
    {
        skipSpace();
        if (depth > maximumDepth)
            return fail(u"nested too deeply"_qs);
        if (atEnd())
            return fail(u"the text ends too early"_qs);
        if (--m_nodesLeft < 0)
            return fail(u"the document holds too many things"_qs);
        Node node;
        node.offset = m_at;
        switch (m_text[m_at]) {
        case '{':
            return mapping(std::move(node), depth);
        case '[':
            return sequence(std::move(node), depth);
        case '"': {
            auto text = string();
            if (!text)
                return nullptr;
            node.kind = Node::Kind::Text;
            node.text = *std::move(text);
            return done(std::move(node));
        }
        case 't':
        case 'f':
            node.kind = Node::Kind::Boolean;
            node.boolean = m_text[m_at] == 't';
            node.text = node.boolean ? u"true"_qs : u"false"_qs;
            return word(node.boolean ? "true" : "false") ? done(std::move(node)) : nullptr;
        case 'n':
            return word("null") ? done(std::move(node)) : nullptr;
        default:
            return number(std::move(node));
        }
    }

private:
    static NodePointer done(Node node) { return std::make_shared<const Node>(std::move(node)); }

    NodePointer fail(QString what)
    {
        m_failure = std::move(what);
        return nullptr;
    }

    NodePointer unexpected(const QString &wanted)
    {
        return fail(atEnd() ? u"the text ends too early"_qs
                            : u"%1 is expected here"_qs.arg(wanted));
    }

    bool take(char c)
    {
        if (atEnd() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    bool word(QByteArrayView expected)
    {
        if (!m_text.sliced(m_at).startsWith(expected)) {
            unexpected(u"a JSON value"_qs);
            return false;
        }
        m_at += expected.size();
        return true;
    }

    NodePointer sequence(Node node, int depth)
    {
        node.kind = Node::Kind::Sequence;
        ++m_at;
        skipSpace();
        if (take(']'))
            return done(std::move(node));
        do {
            NodePointer item = value(depth + 1);
            if (!item)
                return nullptr;
            node.depth = std::max(node.depth, item->depth + 1);
            node.items.push_back(std::move(item));
            skipSpace();
        } while (take(','));
        return take(']') ? done(std::move(node)) : unexpected(u"\",\" or \"]\""_qs);
    }

    NodePointer mapping(Node node, int depth)
    {
        node.kind = Node::Kind::Mapping;
        ++m_at;
        skipSpace();
        if (take('}'))
            return done(std::move(node));
        do {
            skipSpace();
            Node key;
            key.kind = Node::Kind::Text;
            key.offset = m_at;
            if (atEnd() || m_text[m_at] != '"')
                return unexpected(u"a key in quotes"_qs);
            auto text = string();
            if (!text)
                return nullptr;
            key.text = *std::move(text);
            skipSpace();
            if (!take(':'))
                return unexpected(u"\":\""_qs);
            NodePointer entry = value(depth + 1);
            if (!entry)
                return nullptr;
            node.depth = std::max(node.depth, entry->depth + 1);
            node.entries.emplace_back(done(std::move(key)), std::move(entry));
            skipSpace();
        } while (take(','));
        return take('}') ? done(std::move(node)) : unexpected(u"\",\" or \"}\""_qs);
    }

    NodePointer number(Node node)
    {
        const qsizetype start = m_at;
        take('-');
        if (!take('0')) {
            if (atEnd() || !isDigit(m_text[m_at]))
                return unexpected(u"a JSON value"_qs);
            skipDigits();
        }
        if (take('.') && !skipDigits())
            return unexpected(u"a digit"_qs);
        if (take('e') || take('E')) {
            if (!take('+'))
                take('-');
            if (!skipDigits())
                return unexpected(u"a digit"_qs);
        }
        const QByteArray digits = m_text.sliced(start, m_at - start).toByteArray();
        const auto real = decimalDouble(digits);
        if (!real)
            return fail(u"the number is too large"_qs);
        node.kind = Node::Kind::Real;
        node.number = *real;
        node.text = QString::fromLatin1(digits);
        return done(std::move(node));
    }

    bool skipDigits()
    {
        const qsizetype start = m_at;
        while (!atEnd() && isDigit(m_text[m_at]))
            ++m_at;
        return m_at > start;
    }

    std::optional<QString> string()
    {
        QByteArray run; // bytes since the last escape
        QString result;
        ++m_at;
        while (true) {
            if (atEnd()) {
                fail(u"the text ends within quotes"_qs);
                return std::nullopt;
            }
            const char c = m_text[m_at];
            if (uchar(c) < 0x20) {
                fail(u"a control character within quotes must be escaped"_qs);
                return std::nullopt;
            }
            ++m_at;
            if (c == '"') {
                result += textOfUtf8(run);
                return withoutLoneSurrogates(std::move(result));
            }
            if (c != '\\') {
                run.append(c);
                continue;
            }
            result += textOfUtf8(run);
            run.clear();
            const auto unit = escape();
            if (!unit)
                return std::nullopt;
            result += *unit;
        }
    }

    std::optional<QChar> escape()
    {
        static constexpr QByteArrayView names = "\"\\/bfnrt";
        static constexpr QByteArrayView meanings = "\"\\/\b\f\n\r\t";
        const char c = atEnd() ? '\0' : m_text[m_at++];
        if (c == 'u')
            return hexEscape();
        const qsizetype index = c == '\0' ? -1 : names.indexOf(c);
        if (index < 0) {
            fail(u"this escape is unknown"_qs);
            return std::nullopt;
        }
        return QChar(QLatin1Char(meanings[index]));
    }

    std::optional<QChar> hexEscape()
    {
        char16_t unit = 0;
        for (int i = 0; i < 4; ++i) {
            const char c = atEnd() ? '\0' : m_text[m_at];
            const char lower = char(c | 0x20);
            if (!isDigit(c) && (lower < 'a' || lower > 'f')) {
                fail(u"four hexadecimal digits are expected here"_qs);
                return std::nullopt;
            }
            unit = char16_t(unit * 16 + (isDigit(c) ? c - '0' : lower - 'a' + 10));
            ++m_at;
        }
        return QChar(unit);
    }

    const QByteArrayView m_text;
    qsizetype m_nodesLeft;
    qsizetype m_at = 0;
    QString m_failure;
};

} // namespace

Result<NodePointer> readJson(QByteArrayView text)
{
    JsonReader reader(text, maximumNodes);
    NodePointer root = reader.value(1);
    if (!root)
        return reader.error();
    reader.skipSpace();
    if (!reader.atEnd())
        return Positions(text).error(text.size(), u"something follows the JSON value"_qs);
    return root;
}

Result<std::vector<NodePointer>> readJsonStream(QByteArrayView text, qsizetype nodeLimit)
{
    std::vector<NodePointer> documents;
    JsonReader reader(text, nodeLimit);
    for (reader.skipSpace(); !reader.atEnd(); reader.skipSpace()) {
        NodePointer root = reader.value(1);
        if (!root)
            return reader.error();
        documents.push_back(std::move(root));
    }
    return documents;
}

} // namespace edgewise::features
