// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/client.h"

#include "hrana/decoder.h"
#include "hrana/encoder.h"
#include "hrana/hello.h"
#include "hrana/lane.h"
#include "hrana/refusal.h"

#include <QPromise>

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

namespace {

std::vector<Request> positionRequests()
{
    return {Execute{Statement{.sql = u"select 1"_qs, .arguments = {}, .namedArguments = {}}},
            CloseStream()};
}

Result<Position> readPosition(HttpResponse &response)
{
    Decoder decoder;
    if (response.head.status != 200)
        return explainRefusal(response.head, decoder.refusal(response.body)).error;
    const auto answer = decoder.pipeline(response.body, positionRequests());
    if (!answer)
        return answer.error();
    if (const auto *refused = std::get_if<SqlError>(&answer->answers.front()))
        return explain(*refused);
    const auto &result = std::get<StatementResult>(answer->answers.front());
    return Position{.replicationIndex =
                        result.forwarded ? std::nullopt : result.replicationIndex,
                    .roundTrip = {}};
}

/// Asks by `lane` and finishes the future with what `read` makes of the answer.
template <typename T, typename Lane, typename Read>
QFuture<Result<T>> askLane(Lane &lane, HttpRequest request, Read read)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    QFuture<Result<T>> future = promise->future();
    lane.ask(
        std::move(request), [promise, read](Result<HttpResponse> response, RoundTrip roundTrip) {
            Result<T> result = response ? read(*response) : Result<T>(std::move(response).error());
            if (result)
                result->roundTrip = roundTrip;
            promise->addResult(std::move(result));
            promise->finish();
        });
    return future;
}

template <typename T>
QFuture<Result<T>> failedFuture(Error error)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(Result<T>(std::move(error)));
    promise.finish();
    return promise.future();
}

} // namespace

Client::Client(Endpoint endpoint, const Clock &clock, int deadlineMilliseconds, QObject *parent)
    : QObject(parent), m_endpoint(std::move(endpoint)),
      m_positionLane(std::make_unique<Lane>(m_endpoint, clock, deadlineMilliseconds)),
      m_helloLane(std::make_unique<Lane>(m_endpoint, clock, deadlineMilliseconds))
{
    m_endpoint.compression = false; // nothing to gain with answers of some hundred bytes
}

Client::~Client() = default;

const Endpoint &Client::endpoint() const
{
    return m_endpoint;
}

QFuture<Result<Position>> Client::position()
{
    if (const auto valid = check(m_endpoint); !valid)
        return failedFuture<Position>(valid.error());
    const Pipeline pipeline{.baton = {}, .requests = positionRequests()};
    return askLane<Position>(
        *m_positionLane,
        postRequest(m_endpoint, "/v3/pipeline", "application/json", encodePipeline(pipeline)),
        readPosition);
}

QFuture<Result<LogIdentity>> Client::hello()
{
    if (const auto valid = check(m_endpoint); !valid)
        return failedFuture<LogIdentity>(valid.error());
    return askLane<LogIdentity>(*m_helloLane, helloRequest(m_endpoint), readHello);
}

} // namespace edgewise::hrana
