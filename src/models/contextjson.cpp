// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contextjson.h"

#include <evaluation/jsonreader.h>
#include <evaluation/text.h>

#include <QCoreApplication>

namespace edgewise::models {

using namespace Qt::StringLiterals;

namespace {

struct ContextJson {
    Q_DECLARE_TR_FUNCTIONS(edgewise::models::ContextJson)
};

/// Where in the text: "line 2, column 7".
QString placeIn(std::string_view text, size_t position)
{
    const std::string_view before = text.substr(0, std::min(position, text.size()));
    const auto line = std::ranges::count(before, '\n') + 1;
    const size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const auto column = evaluation::fromUtf8(before.substr(start)).size() + 1;
    return ContextJson::tr("line %1, column %2").arg(line).arg(column);
}

class ContextReader {
public:
    explicit ContextReader(const std::string &text) : m_text(text), m_json(text) {}

    Result<ContextModel::Context> read()
    {
        if (m_json.atEnd())
            return m_context;
        if (!m_json.take('{'))
            return refusal(ContextJson::tr("a context is an object: {\"property\": \"value\"}"));
        if (!m_json.take('}')) {
            do {
                if (const QString problem = readProperty(); !problem.isEmpty())
                    return refusal(problem);
            } while (m_json.take(','));
            if (!m_json.take('}'))
                return refusal(ContextJson::tr("a comma or a closing brace is missing"));
        }
        if (!m_json.atEnd())
            return refusal(ContextJson::tr("there is more after the object"));
        return m_context;
    }

private:
    QString readProperty()
    {
        std::string decoded;
        std::string_view name;
        if (m_json.peek() != '"' || !m_json.string(name, decoded))
            return ContextJson::tr("the name of a property in double quotes is missing");
        const QString key = evaluation::fromUtf8(name);
        if (!m_json.take(':'))
            return ContextJson::tr("a colon is missing after \"%1\"").arg(key);
        if (m_json.peek() != '"')
            return ContextJson::tr("the value of \"%1\" must be a text in double quotes: Flipt "
                                   "takes no other")
                .arg(key);
        std::string decodedValue;
        std::string_view value;
        if (!m_json.string(value, decodedValue))
            return ContextJson::tr("the value of \"%1\" is no JSON string").arg(key);
        m_context.emplace_back(key, evaluation::fromUtf8(value));
        return {};
    }

    Error refusal(const QString &problem) const
    {
        return {.kind = Error::Kind::Input,
                .step = u"reading a context"_qs,
                .detail = placeIn(m_text, m_json.position()) + u": "_qs + problem};
    }

    const std::string &m_text;
    evaluation::JsonReader m_json;
    ContextModel::Context m_context;
};

} // namespace

QString printContext(const ContextModel::Context &context)
{
    std::string text = "{";
    for (const auto &[name, value] : context) {
        text += text.size() > 1 ? ",\n    " : "\n    ";
        evaluation::appendJsonString(text, evaluation::utf8(name));
        text += ": ";
        evaluation::appendJsonString(text, evaluation::utf8(value));
    }
    text += context.empty() ? "}" : "\n}";
    return evaluation::fromUtf8(text);
}

Result<ContextModel::Context> parseContext(const QString &text)
{
    const std::string bytes = evaluation::utf8(text);
    return ContextReader(bytes).read();
}

} // namespace edgewise::models
