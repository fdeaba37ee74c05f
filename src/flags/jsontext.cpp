// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/jsontext.h"

#include <QString>

#include <vector>

namespace edgewise::flags {

namespace {

class JsonScanner {
public:
    explicit JsonScanner(QStringView text) : m_rest(text) {}

    /// One value of any kind, without recursion.
    bool takeValue()
    {
        constexpr size_t deepest = 10'000;
        std::vector<QChar> open;
        for (;;) {
            skipSpace();
            if (take(u'{')) {
                skipSpace();
                if (!take(u'}')) {
                    if (!takeName())
                        return false;
                    open.push_back(u'}');
                    if (open.size() > deepest)
                        return false;
                    continue;
                }
            } else if (take(u'[')) {
                skipSpace();
                if (!take(u']')) {
                    open.push_back(u']');
                    if (open.size() > deepest)
                        return false;
                    continue;
                }
            } else if (!takeScalar()) {
                return false;
            }
            for (;;) {
                if (open.empty())
                    return true;
                skipSpace();
                if (take(u',')) {
                    if (open.back() == u'}' && !takeName())
                        return false;
                    break;
                }
                if (!take(open.back()))
                    return false;
                open.pop_back();
            }
        }
    }

    bool take(QChar c)
    {
        if (!m_rest.startsWith(c))
            return false;
        m_rest = m_rest.sliced(1);
        return true;
    }

    bool take(QStringView word)
    {
        if (!m_rest.startsWith(word))
            return false;
        m_rest = m_rest.sliced(word.size());
        return true;
    }

    bool takeText()
    {
        if (!take(u'"'))
            return false;
        while (!m_rest.isEmpty()) {
            const QChar c = m_rest.front();
            m_rest = m_rest.sliced(1);
            if (c == u'"')
                return true;
            if (c < u' ')
                return false;
            if (c == u'\\' && !takeEscape())
                return false;
        }
        return false;
    }

    bool takeNumber()
    {
        take(u'-');
        if (!take(u'0') && !takeDigits())
            return false;
        if (take(u'.') && !takeDigits())
            return false;
        if (take(u'e') || take(u'E')) {
            if (!take(u'+'))
                take(u'-');
            return takeDigits();
        }
        return true;
    }

    void skipSpace()
    {
        while (take(u' ') || take(u'\t') || take(u'\n') || take(u'\r')) {
        }
    }

    bool startsWith(QChar c) const { return m_rest.startsWith(c); }
    qsizetype left() const { return m_rest.size(); }
    bool atEnd() const { return m_rest.isEmpty(); }

private:
    bool takeScalar()
    {
        if (startsWith(u'"'))
            return takeText();
        return take(u"true") || take(u"false") || take(u"null") || takeNumber();
    }

    bool takeName()
    {
        skipSpace();
        if (!takeText())
            return false;
        skipSpace();
        return take(u':');
    }

    bool takeEscape()
    {
        if (m_rest.isEmpty())
            return false;
        const QChar c = m_rest.front();
        m_rest = m_rest.sliced(1);
        if (c != u'u')
            return QStringView(u"\"\\/bfnrt").contains(c);
        for (int i = 0; i < 4; ++i) {
            if (m_rest.isEmpty() || !isHexadecimal(m_rest.front()))
                return false;
            m_rest = m_rest.sliced(1);
        }
        return true;
    }

    static bool isHexadecimal(QChar c)
    {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    }

    bool takeDigits()
    {
        const qsizetype before = m_rest.size();
        while (!m_rest.isEmpty() && m_rest.front() >= u'0' && m_rest.front() <= u'9')
            m_rest = m_rest.sliced(1);
        return m_rest.size() < before;
    }

    QStringView m_rest;
};

template <typename TakeElement>
std::optional<int> countElements(QStringView text, TakeElement takeElement)
{
    JsonScanner scanner(text);
    int count = 0;
    scanner.skipSpace();
    if (!scanner.take(u"null")) {
        if (!scanner.take(u'['))
            return std::nullopt;
        scanner.skipSpace();
        if (!scanner.take(u']')) {
            do {
                scanner.skipSpace();
                const qsizetype start = text.size() - scanner.left();
                if (!scanner.take(u"null") && !takeElement(scanner, start))
                    return std::nullopt;
                ++count;
                scanner.skipSpace();
            } while (scanner.take(u','));
            if (!scanner.take(u']'))
                return std::nullopt;
        }
    }
    scanner.skipSpace();
    return scanner.atEnd() ? std::optional(count) : std::nullopt;
}

} // namespace

bool isJson(QStringView text)
{
    JsonScanner scanner(text);
    if (!scanner.takeValue())
        return false;
    scanner.skipSpace();
    return scanner.atEnd();
}

std::optional<qsizetype> jsonFault(QStringView text)
{
    JsonScanner scanner(text);
    if (scanner.takeValue()) {
        scanner.skipSpace();
        if (scanner.atEnd())
            return std::nullopt;
    }
    return text.size() - scanner.left();
}

bool isJsonObject(QStringView text)
{
    JsonScanner scanner(text);
    scanner.skipSpace();
    return scanner.startsWith(u'{') && isJson(text);
}

std::optional<int> countJsonTexts(QStringView text)
{
    return countElements(text, [](JsonScanner &scanner, qsizetype) { return scanner.takeText(); });
}

std::optional<int> countJsonNumbers(QStringView text)
{
    return countElements(text, [text](JsonScanner &scanner, qsizetype start) {
        if (!scanner.takeNumber())
            return false;
        bool fits = false;
        const QStringView number = text.sliced(start, text.size() - scanner.left() - start);
        Q_UNUSED(number.toDouble(&fits))
        return fits;
    });
}

} // namespace edgewise::flags
