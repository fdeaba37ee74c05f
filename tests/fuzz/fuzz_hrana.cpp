// SPDX-License-Identifier: GPL-3.0-or-later
#include <hrana/cursor.h>
#include <hrana/decoder.h>
#include <hrana/gzip.h>
#include <hrana/hello.h>
#include <hrana/refusal.h>
#include <hrana/responsereader.h>

#include <cstdlib>
#include <iostream>

/// Any bytes in the place of a server's answer. The first one chooses the place, the second one
/// what was asked or how the rest is cut into pieces.
namespace {

using namespace edgewise;
using namespace edgewise::hrana;

constexpr qsizetype limit = 1024 * 1024;
constexpr HttpLimits limits{.headBytes = 4096, .bodyBytes = limit};

void demand(bool holds, const char *law)
{
    if (holds)
        return;
    std::cerr << "Broken: " << law << '\n';
    std::abort();
}

void checkResult(const StatementResult &result)
{
    demand(result.columns.empty() ? result.cells.empty()
                                  : result.cells.size() % result.columns.size() == 0,
           "each row has a cell a column");
}

std::vector<Request> questions(unsigned kind)
{
    Batch batch;
    batch.steps.resize(kind % 5);
    switch (kind % 4) {
    case 0:
        return {Execute(), GetAutocommit()};
    case 1:
        return {RunBatch{batch}, GetAutocommit()};
    case 2:
        return {Describe(), CloseStream()};
    default:
        return {Execute(), RunBatch{batch}, Describe(), GetAutocommit(), CloseStream()};
    }
}

void pipeline(QByteArray body, unsigned kind)
{
    const std::vector<Request> asked = questions(kind);
    Decoder decoder;
    const auto answer = decoder.pipeline(body, asked);
    if (!answer) {
        demand(answer.error().kind == Error::Kind::Protocol, "a refusal is Protocol");
        return;
    }
    demand(answer->answers.size() == asked.size(), "one answer a request");
    for (size_t i = 0; i < asked.size(); ++i) {
        if (const auto *result = std::get_if<StatementResult>(&answer->answers[i]))
            checkResult(*result);
        const auto *batch = std::get_if<BatchAnswer>(&answer->answers[i]);
        if (!batch)
            continue;
        const size_t steps = std::get<RunBatch>(asked[i]).batch.steps.size();
        demand(batch->results.size() == steps && batch->errors.size() == steps,
               "one answer a step");
        for (const auto &result : batch->results) {
            if (result)
                checkResult(*result);
        }
    }
}

/// Hands a body out in pieces, as a socket would.
class ScriptedTransport final : public Transport {
public:
    ScriptedTransport(QByteArray body, qsizetype piece) : m_body(std::move(body)), m_piece(piece) {}
    Result<HttpHead> send(const HttpRequest &, QDeadlineTimer) override
    {
        return HttpHead{.status = 200, .headers = {}};
    }
    Result<bool> read(QByteArray &body, QDeadlineTimer) override
    {
        if (m_body.isEmpty())
            return false;
        body.append(m_body.first(qMin(m_piece, m_body.size())));
        m_body.remove(0, qMin(m_piece, m_body.size()));
        return true;
    }
    bool wasSent() const override { return true; }
    qsizetype bodyLimit() const override { return 4096; }
    void close() override {}
    void cancel() override {}

private:
    QByteArray m_body;
    qsizetype m_piece;
};

void cursor(const QByteArray &body, unsigned piece)
{
    Cursor rows({}, std::make_unique<ScriptedTransport>(body, qsizetype(piece) + 1), 1000);
    if (!rows.open({}))
        return;
    std::vector<Value> cells;
    for (;;) {
        const auto more = rows.next(cells);
        if (!more || !*more)
            break;
        demand(cells.size() == rows.columns().size(), "each row has a cell a column");
    }
    const auto after = rows.next(cells);
    demand(!after || !*after, "nothing follows the end");
}

void http(QByteArrayView bytes, unsigned piece)
{
    ResponseReader reader(limits);
    while (!bytes.isEmpty() && !reader.isComplete()) {
        const QByteArrayView part = bytes.first(qMin(qsizetype(piece) + 1, bytes.size()));
        const auto used = reader.feed(part);
        if (!used)
            return;
        demand(*used == part.size() || reader.isComplete(), "all bytes are taken until the end");
        reader.takeBody();
        bytes = bytes.sliced(*used);
    }
    const auto finished = reader.finish();
    demand(!finished || reader.isComplete(), "a finished answer is complete");
    if (!finished)
        return;
    Decoder decoder;
    QByteArray words = reader.takeBody();
    const Refusal refusal = explainRefusal(reader.head(), decoder.refusal(words));
    demand(!refusal.error.detail.isEmpty(), "a refusal says why");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size < 2)
        return 0;
    const QByteArray rest(reinterpret_cast<const char *>(data) + 2, qsizetype(size) - 2);
    const unsigned second = data[1];
    switch (data[0]) {
    case 'p':
        pipeline(rest, second);
        break;
    case 'c':
        cursor(rest, second);
        break;
    case 'h':
        http(rest, second);
        break;
    case 'e': {
        Decoder decoder;
        QByteArray body = rest;
        demand(decoder.refusal(body).message.size() <= 1000, "a refusal's words are few");
        break;
    }
    case 'g':
        if (const auto unpacked = unpackGzip(rest, limit))
            demand(unpacked->size() <= limit, "what is unpacked is bounded");
        break;
    case 'l': {
        const auto identity = readHello(HttpResponse{
            .head = {.status = 200, .headers = {{"content-type", "application/grpc-web+proto"}}},
            .body = rest});
        demand(!identity || !identity->logId.isEmpty(), "a log has an identity");
        break;
    }
    default:
        return -1;
    }
    return 0;
}
