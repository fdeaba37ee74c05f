// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/stream.h"

#include "hrana/encoder.h"
#include "hrana/refusal.h"

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

namespace {

/// sqld drops a stream after 10 s without a request (hrana/http/stream.rs). A little before, a new
/// one saves the refused attempt.
constexpr qint64 idleMilliseconds = 9500;
constexpr int closeMilliseconds = 500;

} // namespace

Stream::Stream(Endpoint endpoint, std::unique_ptr<Transport> transport, int deadlineMilliseconds)
    : m_endpoint(std::move(endpoint)), m_transport(std::move(transport)),
      m_deadlineMilliseconds(deadlineMilliseconds)
{
}

Stream::~Stream()
{
    close();
}

RequestFailure Stream::lose(Error error, bool mayHaveRun)
{
    m_baton.clear();
    m_autocommit = true;
    return RequestFailure{std::move(error), mayHaveRun};
}

Outcome<PipelineAnswer> Stream::exchange(const Pipeline &pipeline, QDeadlineTimer deadline)
{
    const HttpRequest request =
        postRequest(m_endpoint, "/v3/pipeline", "application/json", encodePipeline(pipeline));
    auto response = m_transport->exchange(request, deadline);
    if (!response) {
        // A stream that the request has not reached is still there.
        if (!m_transport->wasSent())
            return RequestFailure{.error = response.error(), .mayHaveRun = false};
        return lose(response.error(), true);
    }
    if (response->head.status == 200) {
        auto answer = m_decoder.pipeline(response->body, pipeline.requests);
        if (!answer)
            return lose(answer.error(), true);
        return std::move(*answer);
    }
    const Refusal refusal = explainRefusal(response->head, m_decoder.refusal(response->body));
    if (refusal.unknownStream && m_autocommit && !pipeline.baton.isEmpty()) {
        m_baton.clear();
        return exchange(Pipeline{.baton = {}, .requests = pipeline.requests}, deadline);
    }
    if (refusal.streamLost)
        return lose(refusal.error, !refusal.notExecuted);
    return RequestFailure{refusal.error, !refusal.notExecuted};
}

Outcome<Answer> Stream::run(Request request)
{
    return run(std::move(request), QDeadlineTimer(m_deadlineMilliseconds));
}

Outcome<Answer> Stream::run(Request request, QDeadlineTimer deadline)
{
    if (m_autocommit && m_idle.isValid() && m_idle.hasExpired(idleMilliseconds))
        m_baton.clear();
    Pipeline pipeline{.baton = m_baton, .requests = {}};
    pipeline.requests.reserve(2);
    pipeline.requests.push_back(std::move(request));
    // The server's own word is the only one to trust: an error may have ended the transaction, and
    // so may another writer that had waited for it.
    pipeline.requests.emplace_back(GetAutocommit());
    auto outcome = exchange(pipeline, deadline);
    if (auto *failure = std::get_if<RequestFailure>(&outcome))
        return std::move(*failure);
    auto &answer = std::get<PipelineAnswer>(outcome);
    m_baton = answer.baton;
    m_idle.start();
    const auto *autocommit = std::get_if<AutocommitAnswer>(&answer.answers.back());
    // Without a word, as in a stream that is gone, no transaction may be taken for granted.
    m_autocommit = m_baton.isEmpty() || (autocommit && autocommit->autocommit);
    return std::move(answer.answers.front());
}

void Stream::close()
{
    if (!m_baton.isEmpty()) {
        Pipeline pipeline{.baton = std::exchange(m_baton, QByteArray()), .requests = {}};
        pipeline.requests.emplace_back(CloseStream());
        const HttpRequest request =
            postRequest(m_endpoint, "/v3/pipeline", "application/json", encodePipeline(pipeline));
        // Without an answer the server closes the stream itself, ten seconds later.
        const auto ignored = m_transport->exchange(
            request, QDeadlineTimer(qMin(m_deadlineMilliseconds, closeMilliseconds)));
        Q_UNUSED(ignored);
    }
    m_autocommit = true;
    m_transport->close();
}

} // namespace edgewise::hrana
