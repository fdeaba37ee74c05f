// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/jsonform.h"

#include <array>
#include <cstring>

namespace edgewise::hrana {

namespace {

constexpr int greatestDepth = 1000;

/// One pass over the text, with a stack of the brackets that are open.
class Form {
public:
    explicit Form(QByteArrayView text) : m_at(text.data()), m_end(text.data() + text.size()) {}

    bool check()
    {
        for (;;) {
            if (!takeValue())
                return false;
            // Behind a value: what closes, and then a comma or the end.
            for (;;) {
                skipSpace();
                if (m_depth == 0)
                    return m_at == m_end;
                if (m_at == m_end)
                    return false;
                if (*m_at != m_closing[size_t(m_depth - 1)])
                    break;
                ++m_at;
                --m_depth;
            }
            if (*m_at++ != ',')
                return false;
            if (m_closing[size_t(m_depth - 1)] == '}' && !takeKey())
                return false;
        }
    }

private:
    void skipSpace()
    {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t'))
            ++m_at;
    }

    /// A scalar or an empty container, whatever has to be opened before it.
    bool takeValue()
    {
        for (;;) {
            skipSpace();
            if (m_at == m_end)
                return false;
            const char first = *m_at++;
            if (first == '"')
                return takeString();
            if (first != '{' && first != '[') {
                --m_at;
                return takeScalar();
            }
            const char closing = first == '{' ? '}' : ']';
            skipSpace();
            if (m_at != m_end && *m_at == closing) {
                ++m_at;
                return true;
            }
            if (m_depth == greatestDepth)
                return false;
            m_closing[size_t(m_depth++)] = closing;
            if (closing == '}' && !takeKey())
                return false;
        }
    }

    bool takeKey()
    {
        skipSpace();
        if (m_at == m_end || *m_at++ != '"' || !takeString())
            return false;
        skipSpace();
        return m_at != m_end && *m_at++ == ':';
    }

    /// Behind its first quote, up to and with its last.
    bool takeString()
    {
        for (;;) {
            const auto *quote =
                static_cast<const char *>(std::memchr(m_at, '"', size_t(m_end - m_at)));
            if (!quote)
                return false;
            const char *slash = quote;
            while (slash != m_at && slash[-1] == '\\')
                --slash;
            m_at = quote + 1;
            if ((quote - slash) % 2 == 0) // else the quote itself is escaped
                return true;
        }
    }

    bool takeScalar()
    {
        const char *begin = m_at;
        while (m_at != m_end
               && ((*m_at >= '0' && *m_at <= '9') || (*m_at >= 'a' && *m_at <= 'z') || *m_at == '-'
                   || *m_at == '+' || *m_at == '.' || *m_at == 'E'))
            ++m_at;
        return m_at != begin;
    }

    const char *m_at;
    const char *m_end;
    std::array<char, greatestDepth> m_closing = {};
    int m_depth = 0;
};

} // namespace

bool hasJsonForm(QByteArrayView text)
{
    return Form(text).check();
}

} // namespace edgewise::hrana
