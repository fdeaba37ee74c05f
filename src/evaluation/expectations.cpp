// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/expectations.h"

#include "evaluation/explain.h"
#include "evaluation/jsonreader.h"
#include "evaluation/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace edgewise::evaluation {

using namespace Qt::StringLiterals;

namespace {

struct Expectations {
    Q_DECLARE_TR_FUNCTIONS(edgewise::evaluation::Expectations)
};

/// A word of a line; a quoted one is never a keyword.
struct Word {
    QString text;
    bool isQuoted = false;

    bool is(QStringView keyword) const { return !isQuoted && text == keyword; }
};

bool isBlank(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\r';
}

/// Cuts a line into words; a "=" ends one.
class WordReader {
public:
    explicit WordReader(QStringView line) : m_rest(line) {}

    /// Nothing at the end of the line, or after a failure.
    std::optional<Word> next()
    {
        skipBlanks();
        if (m_rest.isEmpty() || m_rest.front() == u'#')
            return std::nullopt;
        return m_rest.front() == u'"' ? quotedWord() : plainWord();
    }
    /// True, and "=" is gone, when it comes next without a blank before it.
    bool takeEquals()
    {
        if (!m_rest.startsWith(u'='))
            return false;
        m_rest = m_rest.sliced(1);
        return true;
    }
    /// The word that follows a "=" at once; an empty one when a blank does.
    std::optional<Word> value()
    {
        if (m_rest.isEmpty() || isBlank(m_rest.front()))
            return Word();
        return next();
    }
    bool failed() const { return m_failed; }

private:
    void skipBlanks()
    {
        while (!m_rest.isEmpty() && isBlank(m_rest.front()))
            m_rest = m_rest.sliced(1);
    }

    std::optional<Word> plainWord()
    {
        qsizetype length = 0;
        while (length < m_rest.size() && !isBlank(m_rest[length]) && m_rest[length] != u'='
               && m_rest[length] != u'"')
            ++length;
        const QString text = m_rest.first(length).toString();
        m_rest = m_rest.sliced(length);
        return Word{text, false};
    }

    std::optional<Word> quotedWord()
    {
        qsizetype end = 1;
        while (end < m_rest.size() && m_rest[end] != u'"')
            end += m_rest[end] == u'\\' ? 2 : 1;
        const std::string quoted = utf8(m_rest.first(std::min(end + 1, m_rest.size())));
        std::string decoded;
        std::string_view text;
        JsonReader json(quoted);
        if (!json.string(text, decoded) || !json.atEnd()) {
            m_failed = true;
            return std::nullopt;
        }
        m_rest = m_rest.sliced(end + 1);
        return Word{fromUtf8(text), true};
    }

    QStringView m_rest;
    bool m_failed = false;
};

void setAnswer(Expectation &expectation, const Word &word)
{
    if (word.is(u"none"))
        expectation.answer = Expectation::Answer::NoVariant;
    else if (word.is(u"missing"))
        expectation.answer = Expectation::Answer::Missing;
    else if (word.is(u"true"))
        expectation.answer = Expectation::Answer::True;
    else if (word.is(u"false"))
        expectation.answer = Expectation::Answer::False;
    else
        expectation.answer = Expectation::Answer::Variant;
    if (expectation.answer == Expectation::Answer::Variant)
        expectation.variant = word.text;
}

/// Reads what follows the flag, or says what is wrong.
QString readRest(WordReader &words, Expectation &expectation)
{
    const auto entity = words.next();
    if (!entity || entity->is(u"->"))
        return Expectations::tr("an entity is missing; write \"\" for an empty one");
    expectation.entity = entity->text;
    auto word = words.next();
    for (; word && !word->is(u"->"); word = words.next()) {
        const auto value = words.takeEquals() ? words.value() : std::nullopt;
        if (!value && !words.failed())
            return Expectations::tr("a property needs a value: %1=…").arg(word->text);
        if (!value)
            return Expectations::tr("a quoted word is no JSON string");
        expectation.context.emplace_back(word->text, value->text);
    }
    const auto answer = word ? words.next() : std::nullopt;
    if (words.failed())
        return Expectations::tr("a quoted word is no JSON string");
    if (!answer)
        return Expectations::tr("\"-> answer\" is missing");
    setAnswer(expectation, *answer);
    if (words.next() || words.failed())
        return Expectations::tr("there are words after the answer");
    return {};
}

/// As one word that parses back.
QString word(const QString &text)
{
    const auto isPlain = [](QChar c) {
        return c > u' ' && c != u'"' && c != u'=' && c != u'#' && c.isPrint();
    };
    if (!text.isEmpty() && text != u"->" && text != u"namespace"
        && std::ranges::all_of(text, isPlain))
        return text;
    std::string json;
    appendJsonString(json, utf8(text));
    return fromUtf8(json);
}

QString answerText(Expectation::Answer answer, const QString &variant)
{
    switch (answer) {
    case Expectation::Answer::NoVariant:
        return u"none"_qs;
    case Expectation::Answer::True:
        return u"true"_qs;
    case Expectation::Answer::False:
        return u"false"_qs;
    case Expectation::Answer::Missing:
        return u"missing"_qs;
    case Expectation::Answer::Variant:
        break;
    }
    const bool isKeyword =
        QStringList{u"none"_qs, u"true"_qs, u"false"_qs, u"missing"_qs}.contains(variant);
    return isKeyword ? u'"' + variant + u'"' : word(variant);
}

QString served(const Trace &trace)
{
    if (trace.status == 404)
        return answerText(Expectation::Answer::Missing, {});
    if (trace.status != 200)
        return trace.message;
    if (trace.isBoolean)
        return answerText(trace.value ? Expectation::Answer::True : Expectation::Answer::False, {});
    // A default variant is served without a match.
    const bool hasVariant = !trace.variantKey.isEmpty();
    return answerText(hasVariant ? Expectation::Answer::Variant : Expectation::Answer::NoVariant,
                      trace.variantKey);
}

} // namespace

ExpectationFile parseExpectations(const QByteArray &text)
{
    ExpectationFile file;
    NamespaceKey nameSpace(u"default"_qs);
    int number = 0;
    for (const QByteArray &bytes : text.split('\n')) {
        ++number;
        if (validUtf8Length({bytes.constData(), size_t(bytes.size())}) < size_t(bytes.size())) {
            file.problems.push_back({number, Expectations::tr("it is not UTF-8")});
            continue;
        }
        const QString line = QString::fromUtf8(bytes);
        WordReader words(line);
        const auto first = words.next();
        QString problem;
        if (!first) {
            if (words.failed())
                file.problems.push_back(
                    {number, Expectations::tr("a quoted word is no JSON string")});
            continue;
        }
        if (first->is(u"namespace")) {
            const auto key = words.next();
            if (!key || words.next())
                problem = Expectations::tr("\"namespace\" takes one key");
            else
                nameSpace = NamespaceKey(key->text);
        } else {
            Expectation expectation;
            expectation.nameSpace = nameSpace;
            expectation.flag = FlagKey(first->text);
            expectation.line = number;
            problem = readRest(words, expectation);
            if (problem.isEmpty())
                file.expectations.push_back(std::move(expectation));
        }
        if (!problem.isEmpty())
            file.problems.push_back({number, problem});
    }
    return file;
}

QString printExpectation(const Expectation &expectation)
{
    QStringList words{word(expectation.flag.text()), word(expectation.entity)};
    for (const auto &[name, value] : expectation.context)
        words.append(word(name) + u'=' + (value.isEmpty() ? QString() : word(value)));
    words.append(u"->"_qs);
    words.append(answerText(expectation.answer, expectation.variant));
    return words.join(u' ');
}

QByteArray printExpectations(const std::vector<Expectation> &expectations)
{
    QString text;
    NamespaceKey nameSpace(u"default"_qs);
    for (const Expectation &expectation : expectations) {
        if (expectation.nameSpace != nameSpace) {
            nameSpace = expectation.nameSpace;
            text += u"namespace "_qs + word(nameSpace.text()) + u'\n';
        }
        text += printExpectation(expectation) + u'\n';
    }
    return text.toUtf8();
}

ExpectationResult check(const Program &program, const Expectation &expectation)
{
    const std::string nameSpace = utf8(expectation.nameSpace.text());
    const std::string flag = utf8(expectation.flag.text());
    const std::string entity = utf8(expectation.entity);
    std::vector<std::pair<std::string, std::string>> texts;
    for (const auto &[name, value] : expectation.context)
        texts.emplace_back(utf8(name), utf8(value));
    std::vector<Property> context;
    for (const auto &[name, value] : texts)
        context.push_back({name, value});
    const Trace trace = explain(program, {Request::Kind::ByFlag, nameSpace, flag, entity, context});
    ExpectationResult result;
    result.expected = answerText(expectation.answer, expectation.variant);
    result.actual = served(trace);
    // An error's text could spell an answer, but is none.
    result.isMet = (trace.status == 200 || trace.status == 404) && result.actual == result.expected;
    result.why = trace.conclusion;
    return result;
}

} // namespace edgewise::evaluation
