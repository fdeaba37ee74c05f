// SPDX-License-Identifier: GPL-3.0-or-later
#include "flipt/fliptclient.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QPromise>
#include <QSslCertificate>
#include <QTimer>

#include <memory>

using namespace Qt::StringLiterals;

namespace edgewise::flipt {

struct FliptClient::Raw {
    int status = 0;
    QByteArray tag;
    QByteArray body;
};

namespace {

constexpr qint64 largestAnswer = 64 * 1024 * 1024;

QString stepOf(const QUrl &base)
{
    return u"asking the Flipt at %1"_qs.arg(base.toDisplayString());
}

/// What every question shares: an answer that is no success.
Error unexpectedAnswer(const QUrl &base, int status, const QByteArray &body)
{
    if (status == 401 || status == 403) {
        const auto refusal = parseRefusal(status, body);
        return {.kind = Error::Kind::Auth,
                .step = stepOf(base),
                .detail = refusal ? refusal->message : u"status %1"_qs.arg(status),
                .nativeCode = QString::number(status)};
    }
    const auto refusal = parseRefusal(status, body);
    return {.kind = Error::Kind::Protocol,
            .step = stepOf(base),
            .detail = refusal ? refusal->message : refusal.error().detail,
            .nativeCode = QString::number(status)};
}

} // namespace

/// One request and its answer; belongs to its reply.
struct FliptClient::Exchange {
    QPromise<Result<Timed<Raw>>> promise;
    qint64 sentAt = 0;
    bool headerOnly = false;
    bool timedOut = false;
    bool tooLarge = false;
    bool headerSeen = false;
    bool finished = false;

    void finish(Result<Timed<Raw>> result)
    {
        if (std::exchange(finished, true))
            return;
        promise.addResult(std::move(result));
        promise.finish();
    }
};

FliptClient::FliptClient(QUrl base, Token token, const Clock &clock, int deadlineMilliseconds,
                         QObject *parent)
    : QObject(parent), m_base(std::move(base)), m_token(std::move(token)), m_clock(clock),
      m_deadline(deadlineMilliseconds), m_network(new QNetworkAccessManager(this))
{
    m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    // A proxy of the desktop cannot reach this machine's own ports.
    const QString host = m_base.host();
    if (host == u"localhost" || host == u"127.0.0.1" || host == u"::1")
        m_network->setProxy(QNetworkProxy::NoProxy);
}

void FliptClient::setRoute(const QByteArray &authorities, const std::optional<Proxy> &proxy)
{
    m_encryption.addCaCertificates(QSslCertificate::fromData(authorities));
    if (proxy)
        m_network->setProxy(proxy->as<QNetworkProxy>());
}

FliptClient::~FliptClient()
{
    // Ends every reply, whose finished() ends its promise, while the members still live.
    const auto replies = m_network->findChildren<QNetworkReply *>();
    for (QNetworkReply *reply : replies)
        reply->abort();
}

QNetworkRequest FliptClient::requestFor(const QByteArray &path) const
{
    QUrl url = m_base;
    url.setPath(m_base.path(QUrl::FullyEncoded) + QString::fromLatin1(path), QUrl::StrictMode);
    QNetworkRequest request(url);
    request.setSslConfiguration(m_encryption);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setRawHeader("Accept-Encoding", "identity"); // and so nothing is unpacked here
    request.setRawHeader("Accept", "application/json");
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token.reveal());
    return request;
}

QFuture<Result<Timed<FliptClient::Raw>>>
FliptClient::exchange(const QByteArray &method, const QByteArray &path, const QByteArray &body,
                      const QByteArray &knownTag, bool headerOnly)
{
    QNetworkRequest request = requestFor(path);
    if (!body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_qs);
    if (!knownTag.isEmpty())
        request.setRawHeader("If-None-Match", knownTag);

    auto state = std::make_shared<Exchange>();
    state->promise.start();
    state->headerOnly = headerOnly;
    state->sentAt = m_clock.steadyNanoseconds();
    QNetworkReply *reply = m_network->sendCustomRequest(request, method, body);
    auto *deadline = new QTimer(reply);
    deadline->setSingleShot(true);
    connect(deadline, &QTimer::timeout, reply, [reply, state] {
        state->timedOut = true;
        reply->abort();
    });
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply, state](qint64 received) {
        if (received > largestAnswer) {
            state->tooLarge = true;
            reply->abort();
        }
    });
    if (headerOnly)
        connect(reply, &QNetworkReply::metaDataChanged, reply, [reply, state] {
            const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
            state->headerSeen = status == 200 || status == 304;
            if (state->headerSeen)
                reply->abort();
        });
    connect(reply, &QNetworkReply::finished, this, [this, reply, state] {
        reply->deleteLater();
        const qint64 answeredAt = m_clock.steadyNanoseconds();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const auto fail = [&](Error::Kind kind, const QString &why, bool retryable) {
            state->finish(Error{.kind = kind,
                                .step = stepOf(m_base),
                                .detail = why,
                                .nativeCode = {},
                                .retryable = retryable});
        };
        if (state->timedOut)
            return fail(Error::Kind::Network, u"no answer within %1 ms"_qs.arg(m_deadline), true);
        if (state->tooLarge)
            return fail(Error::Kind::Protocol, u"the answer is larger than 64 MiB"_qs, false);
        const auto problem = reply->error();
        if (problem == QNetworkReply::OperationCanceledError && !state->headerSeen)
            return fail(Error::Kind::Cancelled, {}, false);
        // A complete answer with a status is an answer, whatever Qt thinks of the status.
        const bool transportFailed = status == 0 || problem == QNetworkReply::RemoteHostClosedError
                                     || (status == 200 && problem != QNetworkReply::NoError);
        if (transportFailed && !state->headerSeen) {
            const bool tls = problem == QNetworkReply::SslHandshakeFailedError;
            return fail(tls ? Error::Kind::Protocol : Error::Kind::Network, reply->errorString(),
                        !tls);
        }
        if (status >= 300 && status < 400 && status != 304)
            return fail(Error::Kind::Protocol, u"it sends to another address"_qs, false);
        state->finish(
            Timed<Raw>{.value = {.status = status,
                                 .tag = reply->rawHeader("Etag"),
                                 .body = state->headerOnly && state->headerSeen ? QByteArray()
                                                                                : reply->readAll()},
                       .sentAt = state->sentAt,
                       .answeredAt = answeredAt});
    });
    deadline->start(m_deadline);
    return state->promise.future();
}

QFuture<Result<Timed<bool>>> FliptClient::health()
{
    return exchange("GET", "/health", {})
        .then([base = m_base](Result<Timed<Raw>> answer) -> Result<Timed<bool>> {
            if (!answer)
                return std::move(answer).error();
            const Raw &raw = answer->value;
            if (raw.status != 200 && raw.status != 503)
                return unexpectedAnswer(base, raw.status, raw.body);
            return Timed<bool>{.value = raw.status == 200 && raw.body.contains("SERVING")
                                        && !raw.body.contains("NOT_SERVING"),
                               .sentAt = answer->sentAt,
                               .answeredAt = answer->answeredAt};
        });
}

QFuture<Result<Timed<Info>>> FliptClient::info()
{
    return exchange("GET", "/meta/info", {})
        .then([base = m_base](Result<Timed<Raw>> answer) -> Result<Timed<Info>> {
            if (!answer)
                return std::move(answer).error();
            if (answer->value.status != 200)
                return unexpectedAnswer(base, answer->value.status, answer->value.body);
            auto info = parseInfo(answer->value.body);
            if (!info)
                return std::move(info).error();
            return Timed<Info>{*std::move(info), answer->sentAt, answer->answeredAt};
        });
}

QFuture<Result<Timed<CacheSettings>>> FliptClient::cacheSettings()
{
    return exchange("GET", "/meta/config", {})
        .then([base = m_base](Result<Timed<Raw>> answer) -> Result<Timed<CacheSettings>> {
            if (!answer)
                return std::move(answer).error();
            if (answer->value.status != 200)
                return unexpectedAnswer(base, answer->value.status, answer->value.body);
            auto settings = parseCacheSettings(answer->value.body);
            if (!settings)
                return std::move(settings).error();
            return Timed<CacheSettings>{*settings, answer->sentAt, answer->answeredAt};
        });
}

template <typename Answer>
QFuture<Result<Evaluated<Answer>>>
FliptClient::evaluate(const QByteArray &path, const QByteArray &body,
                      Result<Answer> (*parse)(const QByteArray &))
{
    return exchange("POST", path, body)
        .then([base = m_base, parse](Result<Timed<Raw>> answer) -> Result<Evaluated<Answer>> {
            if (!answer)
                return std::move(answer).error();
            const Raw &raw = answer->value;
            if (raw.status == 401 || raw.status == 403)
                return unexpectedAnswer(base, raw.status, raw.body);
            Evaluated<Answer> result{
                .value = Refusal(), .sentAt = answer->sentAt, .answeredAt = answer->answeredAt};
            if (raw.status == 200) {
                auto parsed = parse(raw.body);
                if (!parsed)
                    return std::move(parsed).error();
                result.value = *std::move(parsed);
            } else {
                auto refusal = parseRefusal(raw.status, raw.body);
                if (!refusal)
                    return std::move(refusal).error();
                result.value = *std::move(refusal);
            }
            return result;
        });
}

QFuture<Result<Evaluated<VariantAnswer>>> FliptClient::evaluateVariant(const Request &request)
{
    return evaluate<VariantAnswer>("/evaluate/v1/variant", requestBody(request), &parseVariant);
}

QFuture<Result<Evaluated<BooleanAnswer>>> FliptClient::evaluateBoolean(const Request &request)
{
    return evaluate<BooleanAnswer>("/evaluate/v1/boolean", requestBody(request), &parseBoolean);
}

QFuture<Result<Evaluated<std::vector<BatchPart>>>>
FliptClient::evaluateBatch(const std::vector<Request> &requests)
{
    return evaluate<std::vector<BatchPart>>("/evaluate/v1/batch", batchBody(requests), &parseBatch);
}

QFuture<Result<Timed<SnapshotVersion>>> FliptClient::snapshotVersion(const NamespaceKey &nameSpace,
                                                                     const QByteArray &knownTag)
{
    const QByteArray path =
        "/internal/v1/evaluation/snapshot/namespace/" + QUrl::toPercentEncoding(nameSpace.text());
    return exchange("GET", path, {}, knownTag, true)
        .then([base = m_base,
               knownTag](Result<Timed<Raw>> answer) -> Result<Timed<SnapshotVersion>> {
            if (!answer)
                return std::move(answer).error();
            const Raw &raw = answer->value;
            if (raw.status != 200 && raw.status != 304)
                return unexpectedAnswer(base, raw.status, raw.body);
            const bool unchanged =
                raw.status == 304 || (!knownTag.isEmpty() && raw.tag == knownTag);
            return Timed<SnapshotVersion>{
                .value = {.tag = raw.status == 304 ? knownTag : raw.tag, .unchanged = unchanged},
                .sentAt = answer->sentAt,
                .answeredAt = answer->answeredAt};
        });
}

} // namespace edgewise::flipt
