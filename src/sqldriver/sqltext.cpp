// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqldriver/sqltext.h"

#include <QHash>

namespace edgewise::sqldriver {

using namespace Qt::StringLiterals;

namespace {

/// SQLite's SQLITE_MAX_VARIABLE_NUMBER.
constexpr int largestParameter = 32766;

bool isWordCharacter(QChar c)
{
    return c.unicode() >= 0x80 || c.isLetterOrNumber() || c == u'_' || c == u'$';
}

/// The tokens of SQLite (its tokenize.c), as far as they matter here.
class Tokenizer {
public:
    explicit Tokenizer(QStringView sql) : m_sql(sql) {}

    enum class Kind { End, Word, Quoted, Placeholder, Semicolon, Other };
    struct Token {
        Kind kind = Kind::End;
        qsizetype position = 0;
        QStringView text;
        bool is(QLatin1StringView word) const
        {
            return kind == Kind::Word && text.compare(word, Qt::CaseInsensitive) == 0;
        }
        bool is(QChar sign) const { return kind == Kind::Other && text.front() == sign; }
    };

    Token next()
    {
        skipBlanks();
        const qsizetype start = m_position;
        const Kind kind = read();
        return {kind, start, m_sql.sliced(start, m_position - start)};
    }

private:
    QChar at(qsizetype position) const
    {
        return position < m_sql.size() ? m_sql[position] : QChar(u'\0');
    }

    void skipTo(QStringView mark)
    {
        const qsizetype end = m_sql.indexOf(mark, m_position);
        m_position = end < 0 ? m_sql.size() : end + mark.size();
    }

    void skipBlanks()
    {
        while (m_position < m_sql.size()) {
            if (at(m_position).isSpace()) {
                ++m_position;
            } else if (at(m_position) == u'-' && at(m_position + 1) == u'-') {
                skipTo(u"\n");
            } else if (at(m_position) == u'/' && at(m_position + 1) == u'*') {
                m_position += 2;
                skipTo(u"*/");
            } else {
                return;
            }
        }
    }

    void skipWord()
    {
        while (m_position < m_sql.size() && isWordCharacter(m_sql[m_position]))
            ++m_position;
    }

    void skipQuoted(QChar quote)
    {
        ++m_position;
        while (m_position < m_sql.size()) {
            if (m_sql[m_position++] != quote)
                continue;
            if (quote == u']' || at(m_position) != quote)
                return;
            ++m_position; // a doubled quote stands for one
        }
    }

    Kind read()
    {
        if (m_position >= m_sql.size())
            return Kind::End;
        const QChar c = m_sql[m_position];
        if (c == u'\'' || c == u'"' || c == u'`' || c == u'[') {
            skipQuoted(c == u'[' ? QChar(u']') : c);
            return Kind::Quoted;
        }
        if (c == u'?') {
            ++m_position;
            while (at(m_position) >= u'0' && at(m_position) <= u'9')
                ++m_position;
            return Kind::Placeholder;
        }
        if ((c == u':' || c == u'@' || c == u'$') && isWordCharacter(at(m_position + 1))) {
            ++m_position;
            skipWord();
            return Kind::Placeholder;
        }
        if (isWordCharacter(c)) {
            skipWord();
            return Kind::Word;
        }
        ++m_position;
        return c == u';' ? Kind::Semicolon : Kind::Other;
    }

    QStringView m_sql;
    qsizetype m_position = 0;
};

using Token = Tokenizer::Token;
using Kind = Tokenizer::Kind;
using Verb = SqlText::Verb;

Verb verbOf(const Token &token)
{
    static constexpr std::pair<QLatin1StringView, Verb> verbs[] = {
        {"select"_L1, Verb::Select},       {"values"_L1, Verb::Values},
        {"explain"_L1, Verb::Explain},     {"pragma"_L1, Verb::Pragma},
        {"insert"_L1, Verb::Change},       {"replace"_L1, Verb::Change},
        {"update"_L1, Verb::Change},       {"delete"_L1, Verb::Change},
        {"begin"_L1, Verb::Begin},         {"commit"_L1, Verb::Commit},
        {"end"_L1, Verb::Commit},          {"rollback"_L1, Verb::Rollback},
        {"savepoint"_L1, Verb::Savepoint}, {"release"_L1, Verb::Release},
    };
    for (const auto &[word, verb] : verbs) {
        if (token.is(word))
            return verb;
    }
    return Verb::Other;
}

/// Pragmas that answer and change nothing when they are given a table or an index.
bool isReadingPragma(const QString &name)
{
    static const QStringList names = {
        u"table_info"_qs,        u"table_xinfo"_qs,   u"index_list"_qs,     u"index_info"_qs,
        u"index_xinfo"_qs,       u"table_list"_qs,    u"database_list"_qs,  u"foreign_key_list"_qs,
        u"foreign_key_check"_qs, u"function_list"_qs, u"collation_list"_qs, u"integrity_check"_qs,
        u"quick_check"_qs};
    return names.contains(name, Qt::CaseInsensitive);
}

/// Reads one statement, token by token.
class Reader {
public:
    explicit Reader(QStringView sql) : m_tokens(sql) { m_text.end = sql.size(); }

    SqlText read()
    {
        while (const auto token = significant())
            take(*token);
        if (m_text.verb == Verb::Other && m_with)
            m_text.verb = Verb::Select; // the server will tell what is wrong with it
        m_text.readOnly = isReadOnly();
        return std::move(m_text);
    }

private:
    std::optional<Token> significant()
    {
        Token token = m_tokens.next();
        if (m_text.verb == Verb::None) {
            while (token.kind == Kind::Semicolon)
                token = m_tokens.next();
        }
        if (token.kind == Kind::End)
            return std::nullopt;
        return token;
    }

    void take(const Token &token)
    {
        if (m_ended) {
            if (token.kind != Kind::Semicolon)
                m_text.severalStatements = true;
            return;
        }
        ++m_count;
        if (token.kind == Kind::Placeholder)
            takePlaceholder(token);
        if (m_count == 1) {
            m_with = token.is("with"_L1);
            m_create = token.is("create"_L1);
            m_text.verb = verbOf(token);
        } else if (m_with && m_depth == 0 && m_text.verb == Verb::Other
                   && token.kind == Kind::Word) {
            const Verb verb = verbOf(token);
            if (verb == Verb::Select || verb == Verb::Values || verb == Verb::Change)
                m_text.verb = verb;
        }
        if (m_create && m_count <= 3 && token.is("trigger"_L1))
            m_trigger = true;
        if (m_text.verb == Verb::Begin && token.kind == Kind::Word
            && (token.is("immediate"_L1) || token.is("exclusive"_L1)))
            m_locks = true;
        if (m_text.verb == Verb::Pragma)
            takePragma(token);
        if (token.is(u'('))
            ++m_depth;
        else if (token.is(u')'))
            --m_depth;
        // The statements within a trigger end in semicolons too; the trigger in "; END".
        if (token.kind == Kind::Semicolon && (!m_trigger || m_triggerEnded)) {
            m_ended = true;
            m_text.end = token.position + 1;
        }
        m_triggerEnded = m_afterSemicolon && token.is("end"_L1);
        m_afterSemicolon = token.kind == Kind::Semicolon;
    }

    void takePlaceholder(const Token &token)
    {
        Placeholder placeholder{.position = token.position,
                                .length = token.text.size(),
                                .number = m_text.parameterCount + 1,
                                .name = {}};
        if (token.text.front() != u'?') {
            placeholder.name = token.text.toString();
            if (const int known = m_numbers.value(placeholder.name))
                placeholder.number = known;
            else
                m_numbers.insert(placeholder.name, placeholder.number);
        } else if (token.text.size() > 1) {
            placeholder.number = token.text.sliced(1).toInt();
            if (placeholder.number < 1 || placeholder.number > largestParameter) {
                m_text.impossibleParameter = true; // and no list that long is made
                return;
            }
        }
        m_text.parameterCount = qMax(m_text.parameterCount, placeholder.number);
        m_text.placeholders.append(placeholder);
    }

    void takePragma(const Token &token)
    {
        if (token.kind == Kind::Word && !m_pragmaArgument)
            m_pragma = token.text.toString(); // behind a schema's name and a dot, the last counts
        else if (token.is(u'=') || token.is(u'('))
            m_pragmaArgument = true;
        m_pragmaAssigns = m_pragmaAssigns || token.is(u'=');
    }

    bool isReadOnly() const
    {
        switch (m_text.verb) {
        case Verb::None:
        case Verb::Select:
        case Verb::Values:
        case Verb::Explain:
        case Verb::Commit:
        case Verb::Rollback:
        case Verb::Savepoint:
        case Verb::Release:
            return true;
        case Verb::Begin:
            return !m_locks;
        case Verb::Pragma:
            return !m_pragmaArgument || (!m_pragmaAssigns && isReadingPragma(m_pragma));
        case Verb::Change:
        case Verb::Other:
            break;
        }
        return false;
    }

    Tokenizer m_tokens;
    SqlText m_text;
    QHash<QString, int> m_numbers;
    int m_count = 0;
    int m_depth = 0;
    bool m_with = false;
    bool m_create = false;
    bool m_trigger = false;
    bool m_triggerEnded = false;
    bool m_afterSemicolon = false;
    bool m_locks = false;
    QString m_pragma;
    bool m_pragmaArgument = false;
    bool m_pragmaAssigns = false;
    bool m_ended = false;
};

} // namespace

bool SqlText::hasNames() const
{
    return std::any_of(placeholders.begin(), placeholders.end(),
                       [](const Placeholder &p) { return !p.name.isEmpty(); });
}

bool SqlText::hasUnnamed() const
{
    return std::any_of(placeholders.begin(), placeholders.end(),
                       [](const Placeholder &p) { return p.name.isEmpty(); });
}

SqlText readSqlText(QStringView sql)
{
    return Reader(sql).read();
}

QString withNumbers(const QString &sql, const SqlText &text)
{
    QString out;
    out.reserve(sql.size() + text.placeholders.size() * 2);
    qsizetype done = 0;
    for (const Placeholder &placeholder : text.placeholders) {
        out.append(QStringView(sql).sliced(done, placeholder.position - done));
        out.append(u'?').append(QString::number(placeholder.number));
        done = placeholder.position + placeholder.length;
    }
    return out.append(QStringView(sql).sliced(done));
}

} // namespace edgewise::sqldriver
