// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/json.h"

#include "evaluation/explain.h"
#include "evaluation/jsonreader.h"

namespace edgewise::evaluation {

namespace {

void appendBoolean(std::string &json, bool value)
{
    json += value ? "true" : "false";
}

void appendSegmentKeys(std::string &json, const Outcome &outcome)
{
    json += "\"segmentKeys\":[";
    for (size_t i = 0; i < outcome.segmentKeys.size(); ++i) {
        if (i > 0)
            json += ',';
        appendJsonString(json, outcome.segmentKeys[i]);
    }
    json += ']';
}

void appendError(std::string &json, int code, std::string_view message)
{
    json += "{\"code\":";
    json += std::to_string(code);
    json += ",\"message\":";
    appendJsonString(json, message);
    json += ",\"details\":[]}";
}

/// One answer in a batch, of the request that it answers.
void appendResponse(std::string &json, const Outcome &outcome, const Request &request)
{
    switch (outcome.kind) {
    case Outcome::Kind::Variant:
        json += "{\"type\":\"VARIANT_EVALUATION_RESPONSE_TYPE\",\"variantResponse\":";
        appendJson(json, outcome);
        break;
    case Outcome::Kind::Boolean:
        json += "{\"type\":\"BOOLEAN_EVALUATION_RESPONSE_TYPE\",\"booleanResponse\":";
        appendJson(json, outcome);
        break;
    case Outcome::Kind::Error:
        json += "{\"type\":\"ERROR_EVALUATION_RESPONSE_TYPE\",\"errorResponse\":{\"flagKey\":";
        appendJsonString(json, request.flag);
        json += ",\"namespaceKey\":";
        appendJsonString(json, request.nameSpace);
        json += ",\"reason\":\"NOT_FOUND_ERROR_EVALUATION_REASON\"}";
        break;
    }
    json += '}';
}

} // namespace

std::string_view reasonName(Outcome::Reason reason)
{
    switch (reason) {
    case Outcome::Reason::FlagDisabled:
        return "FLAG_DISABLED_EVALUATION_REASON";
    case Outcome::Reason::Match:
        return "MATCH_EVALUATION_REASON";
    case Outcome::Reason::Default:
        return "DEFAULT_EVALUATION_REASON";
    case Outcome::Reason::Unknown:
        break;
    }
    return "UNKNOWN_EVALUATION_REASON";
}

void appendJson(std::string &json, const Outcome &outcome)
{
    switch (outcome.kind) {
    case Outcome::Kind::Variant:
        json += "{\"match\":";
        appendBoolean(json, outcome.match);
        json += ',';
        appendSegmentKeys(json, outcome);
        json += ",\"reason\":\"";
        json += reasonName(outcome.reason);
        json += "\",\"variantKey\":";
        appendJsonString(json, outcome.variantKey);
        json += ",\"variantAttachment\":";
        appendJsonString(json, outcome.variantAttachment);
        json += ",\"flagKey\":";
        appendJsonString(json, outcome.flagKey);
        json += '}';
        break;
    case Outcome::Kind::Boolean:
        json += "{\"enabled\":";
        appendBoolean(json, outcome.enabled);
        json += ",\"reason\":\"";
        json += reasonName(outcome.reason);
        json += "\",\"flagKey\":";
        appendJsonString(json, outcome.flagKey);
        json += ',';
        appendSegmentKeys(json, outcome);
        json += '}';
        break;
    case Outcome::Kind::Error:
        appendError(json, outcome.code, outcome.message);
        break;
    }
}

void appendJson(std::string &json, std::span<const Request> requests, const BatchOutcome &outcome)
{
    if (outcome.status != 200) {
        appendError(json, outcome.code, outcome.message);
        return;
    }
    json += "{\"responses\":[";
    for (size_t i = 0; i < outcome.responses.size(); ++i) {
        if (i > 0)
            json += ',';
        appendResponse(json, outcome.responses[i], requests[i]);
    }
    json += "]}";
}

void LineEvaluator::appendTraces(std::span<const Request> requests)
{
    m_answer += ",\"traces\":[";
    for (const Request &request : requests) {
        if (&request != requests.data())
            m_answer += ',';
        const QByteArray trace = asJson(explain(*m_program, request));
        m_answer.append(trace.data(), size_t(trace.size()));
    }
    m_answer += ']';
}

std::string_view LineEvaluator::answer(std::string_view line)
{
    const bool isRequest = m_line.read(line);
    if (!isRequest) {
        m_outcome = {};
        m_outcome.status = 400;
        m_outcome.code = 3;
        m_outcome.message = m_line.problem();
    }
    const bool isBatch = isRequest && m_line.kind() == RequestLine::Kind::Batch;
    if (isBatch)
        evaluate(*m_program, m_line.requests(), m_batch);
    else if (isRequest)
        evaluate(*m_program, m_line.request(), m_outcome);

    m_answer = "{\"status\":";
    m_answer += std::to_string(isBatch ? m_batch.status : m_outcome.status);
    m_answer += ",\"response\":";
    if (isBatch)
        appendJson(m_answer, m_line.requests(), m_batch);
    else
        appendJson(m_answer, m_outcome);
    if (m_detail == Detail::Trace && isBatch)
        appendTraces(m_line.requests());
    else if (m_detail == Detail::Trace && isRequest)
        appendTraces({&m_line.request(), 1});
    m_answer += '}';
    return m_answer;
}

} // namespace edgewise::evaluation
