// SPDX-License-Identifier: GPL-3.0-or-later
#include "curlclient.h"

#include "measure.h"

#include <hrana/encoder.h>

#include <curl/curl.h>

namespace edgewise::bench {

namespace {

hrana::Statement statement(const char *sql)
{
    return {.sql = QLatin1StringView(sql), .arguments = {}, .namedArguments = {}};
}

} // namespace

CurlClient::CurlClient(const QUrl &node, Answers answers) : m_answers(answers)
{
    static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
    CURL *curl = curl_easy_init();
    if (initialised != CURLE_OK || !curl)
        qFatal("libcurl cannot be used");
    m_curl = curl;
    m_headers = curl_slist_append(nullptr, "Content-Type: application/json");
    m_headers = curl_slist_append(static_cast<curl_slist *>(m_headers), "Expect:");
    const QByteArray url = node.resolved(QUrl(QStringLiteral("/v3/pipeline"))).toEncoded();
    curl_easy_setopt(curl, CURLOPT_URL, url.constData());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, m_headers);
    curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &CurlClient::receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
}

CurlClient::~CurlClient()
{
    curl_easy_cleanup(m_curl);
    curl_slist_free_all(static_cast<curl_slist *>(m_headers));
}

size_t CurlClient::receive(char *data, size_t size, size_t count, void *self)
{
    auto *client = static_cast<CurlClient *>(self);
    client->m_received += qint64(size * count);
    if (client->m_answers == Answers::Kept)
        client->m_answer.append(data, qsizetype(size * count));
    return size * count;
}

const QByteArray &CurlClient::post(const QByteArray &body)
{
    m_answer.resize(0);
    m_received = 0;
    curl_easy_setopt(m_curl, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.size()));
    curl_easy_setopt(m_curl, CURLOPT_POSTFIELDS, body.constData());
    const CURLcode code = curl_easy_perform(m_curl);
    if (code != CURLE_OK)
        qFatal("libcurl: %s", curl_easy_strerror(code));
    return m_answer;
}

void CurlClient::execute(const QByteArray &sql)
{
    const QByteArray baton = m_baton.isEmpty() ? QByteArray("null") : '"' + m_baton + '"';
    post(R"({"baton":)" + baton + R"(,"requests":[{"type":"execute","stmt":{"sql":")" + sql
         + R"(","want_rows":true}}]})");
    keepBaton();
}

double CurlClient::writeBatch(std::vector<hrana::Statement> statements)
{
    using Kind = hrana::Condition::Kind;
    hrana::Batch batch;
    batch.steps.push_back({statement("begin immediate"), {}});
    for (hrana::Statement &next : statements) {
        const int before = int(batch.steps.size()) - 1;
        batch.steps.push_back({std::move(next), {Kind::StepOk, before}});
    }
    const int last = int(batch.steps.size()) - 1;
    batch.steps.push_back({statement("commit"), {Kind::StepOk, last}});
    batch.steps.push_back({statement("rollback"), {Kind::StepFailed, last + 1}});
    hrana::Pipeline pipeline{.baton = m_baton, .requests = {}};
    pipeline.requests.emplace_back(hrana::RunBatch{std::move(batch)});
    const QByteArray body = hrana::encodePipeline(pipeline);
    const double taken = seconds([&] { post(body); });
    if (m_answer.contains("\"message\""))
        qFatal("the batch failed: %s", m_answer.right(2000).constData());
    keepBaton();
    return taken;
}

void CurlClient::keepBaton()
{
    constexpr QByteArrayView mark("\"baton\":\"");
    const qsizetype start = m_answer.indexOf(mark) + mark.size();
    m_baton = m_answer.mid(start, m_answer.indexOf('"', start) - start);
}

} // namespace edgewise::bench
