// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/jsonformat.h"

#include "flags/jsontext.h"

#include <QStringList>

namespace edgewise::flags {

namespace {

/// Of a text that is known to be JSON: the token at `at`, white space before it skipped.
QStringView nextToken(QStringView text, qsizetype &at)
{
    const auto isSpace = [](QChar c) {
        return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r';
    };
    while (at < text.size() && isSpace(text[at]))
        ++at;
    const qsizetype start = at;
    if (at == text.size())
        return {};
    if (text[at] == u'"') {
        for (++at; text[at] != u'"'; ++at)
            at += text[at] == u'\\' ? 1 : 0;
        ++at;
    } else if (QStringView(u"{}[],:").contains(text[at])) {
        ++at;
    } else {
        while (at < text.size() && !isSpace(text[at]) && !QStringView(u",]}:").contains(text[at]))
            ++at;
    }
    return text.sliced(start, at - start);
}

QStringView peekToken(QStringView text, qsizetype at)
{
    return nextToken(text, at);
}

/// The next whole value, compact.
QString takeValue(QStringView text, qsizetype &at)
{
    QString value;
    int depth = 0;
    do {
        const QStringView token = nextToken(text, at);
        if (token == u"{" || token == u"[")
            ++depth;
        else if (token == u"}" || token == u"]")
            --depth;
        value += token;
    } while (depth > 0);
    return value;
}

QChar unescaped(QChar letter)
{
    switch (letter.unicode()) {
    case u'b':
        return u'\b';
    case u'f':
        return u'\f';
    case u'n':
        return u'\n';
    case u'r':
        return u'\r';
    case u't':
        return u'\t';
    default:
        return letter;
    }
}

} // namespace

QString formattedJson(QStringView text, int indent)
{
    if (!isJson(text))
        return text.toString();
    QString result;
    int depth = 0;
    qsizetype at = 0;
    const auto line = [&] {
        result += u'\n';
        result += QString(qsizetype(depth) * indent, u' ');
    };
    for (QStringView token = nextToken(text, at); !token.isEmpty(); token = nextToken(text, at)) {
        if (token == u"{" || token == u"[") {
            result += token;
            const QStringView next = peekToken(text, at);
            if (next == u"}" || next == u"]") {
                result += nextToken(text, at);
                continue;
            }
            ++depth;
            line();
        } else if (token == u"}" || token == u"]") {
            --depth;
            line();
            result += token;
        } else if (token == u",") {
            result += token;
            line();
        } else if (token == u":") {
            result += u": ";
        } else {
            result += token;
        }
    }
    return result;
}

QString compactJson(QStringView text)
{
    if (!isJson(text))
        return text.toString();
    QString result;
    qsizetype at = 0;
    for (QStringView token = nextToken(text, at); !token.isEmpty(); token = nextToken(text, at))
        result += token;
    return result;
}

std::optional<std::vector<JsonMember>> jsonMembers(QStringView text)
{
    if (!isJsonObject(text))
        return std::nullopt;
    std::vector<JsonMember> members;
    qsizetype at = 0;
    nextToken(text, at); // the brace
    for (QStringView token = nextToken(text, at); token != u"}"; token = nextToken(text, at)) {
        if (token == u",")
            continue;
        const QString name = textOfJson(token).value_or(QString());
        nextToken(text, at); // the colon
        members.push_back({name, takeValue(text, at)});
    }
    return members;
}

QString jsonObject(const std::vector<JsonMember> &members)
{
    QString result = QStringLiteral("{");
    for (const JsonMember &member : members) {
        if (result.size() > 1)
            result += u',';
        result += jsonText(member.name) + u':' + member.value;
    }
    return result + u'}';
}

QString jsonText(QStringView text)
{
    QString result = QStringLiteral("\"");
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            result += u'\\';
        if (c == u'\n')
            result += u"\\n";
        else if (c == u'\t')
            result += u"\\t";
        else if (c < u' ')
            result += u"\\u00" + QString::number(c.unicode(), 16).rightJustified(2, u'0');
        else
            result += c;
    }
    return result + u'"';
}

std::optional<QString> textOfJson(QStringView json)
{
    const QStringView text = json.trimmed();
    if (!text.startsWith(u'"') || !isJson(text))
        return std::nullopt;
    QString result;
    for (qsizetype i = 1; i < text.size() - 1; ++i) {
        if (text[i] != u'\\') {
            result += text[i];
        } else if (text[++i] == u'u') {
            result += QChar(char16_t(text.sliced(i + 1, 4).toUShort(nullptr, 16)));
            i += 4;
        } else {
            result += unescaped(text[i]);
        }
    }
    return result;
}

std::optional<QStringList> jsonScalars(QStringView text)
{
    if (!text.trimmed().startsWith(u'[') || !isJson(text))
        return std::nullopt;
    QStringList elements;
    qsizetype at = 0;
    nextToken(text, at); // the bracket
    for (QStringView token = nextToken(text, at); token != u"]"; token = nextToken(text, at)) {
        if (token == u",")
            continue;
        if (token == u"{" || token == u"[")
            return std::nullopt;
        elements.append(textOfJson(token).value_or(token.toString()));
    }
    return elements;
}

} // namespace edgewise::flags
