// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/requestline.h"

#include "evaluation/jsonreader.h"
#include "evaluation/text.h"

namespace edgewise::evaluation {

bool RequestLine::refuse(std::string problem)
{
    m_problem = std::move(problem);
    return false;
}

bool RequestLine::refuseType(JsonReader &json)
{
    // Where the rest is no JSON either, that is the problem to name.
    return json.skip() ? refuse("invalid values for key(s) in json body") : false;
}

bool RequestLine::readText(JsonReader &json, std::string_view &text)
{
    text = {};
    switch (json.peek()) {
    case 'n':
        return json.literal("null");
    case '"':
        return json.string(text, m_decoded);
    default:
        return refuseType(json);
    }
}

bool RequestLine::readKind(JsonReader &json)
{
    std::string_view name;
    if (!readText(json, name))
        return false;
    m_kind = name == "batch" ? Kind::Batch : Kind::Single;
    if (name == "variant")
        m_requests.front().kind = Request::Kind::Variant;
    else if (name == "boolean")
        m_requests.front().kind = Request::Kind::Boolean;
    else if (name != "batch")
        return refuse("unknown kind " + quoted(name));
    return true;
}

/// Calls `member` with the name of each member of an object; null is an object without any.
template <typename Member>
bool RequestLine::readMembers(JsonReader &json, Member member)
{
    if (json.peek() == 'n')
        return json.literal("null");
    if (json.peek() != '{')
        return refuseType(json);
    json.take('{');
    if (json.take('}'))
        return true;
    do {
        std::string_view name;
        if (!json.string(name, m_decoded) || !json.take(':') || !member(name))
            return false;
    } while (json.take(','));
    return json.take('}');
}

bool RequestLine::readContext(JsonReader &json, Range &range)
{
    const size_t start = m_properties.size();
    const bool complete = readMembers(json, [&](std::string_view name) {
        std::string_view value;
        if (!readText(json, value))
            return false;
        m_properties.push_back({name, value});
        return true;
    });
    range = {start, m_properties.size() - start};
    return complete;
}

bool RequestLine::readRequests(JsonReader &json)
{
    m_requests.resize(1);
    m_contexts.resize(1);
    if (json.peek() == 'n')
        return json.literal("null");
    if (!json.take('['))
        return refuseType(json);
    if (json.take(']'))
        return true;
    do {
        m_requests.emplace_back();
        m_contexts.emplace_back();
        if (!readObject(json, m_requests.size() - 1, false))
            return false;
    } while (json.take(','));
    return json.take(']');
}

bool RequestLine::readObject(JsonReader &json, size_t request, bool isLine)
{
    return readMembers(json, [&](std::string_view name) {
        if (name == "namespace")
            return readText(json, m_requests[request].nameSpace);
        if (name == "flag")
            return readText(json, m_requests[request].flag);
        if (name == "entity")
            return readText(json, m_requests[request].entity);
        if (name == "context")
            return readContext(json, m_contexts[request]);
        if (isLine && name == "kind")
            return readKind(json);
        if (isLine && name == "requests")
            return readRequests(json);
        return json.skip();
    });
}

bool RequestLine::read(std::string_view line)
{
    if (validUtf8Length(line) < line.size()) {
        m_line = withReplacements(line);
        line = m_line;
    }
    m_kind = Kind::None;
    m_requests.assign(1, {});
    m_contexts.assign(1, {});
    m_properties.clear();
    m_problem.clear();
    m_decoded.clear();
    // A decoded string is never longer than its escapes, so the views into it stay where they are.
    if (line.find('\\') != std::string_view::npos)
        m_decoded.reserve(line.size());

    JsonReader json(line);
    if (!readObject(json, 0, true) || !json.atEnd()) {
        if (m_problem.empty())
            m_problem = "invalid JSON at byte " + std::to_string(json.position());
        return false;
    }
    if (m_kind == Kind::None)
        return refuse("kind is missing: it is \"variant\", \"boolean\" or \"batch\"");
    for (size_t i = 0; i < m_requests.size(); ++i)
        m_requests[i].context =
            std::span(m_properties).subspan(m_contexts[i].start, m_contexts[i].count);
    return true;
}

} // namespace edgewise::evaluation
