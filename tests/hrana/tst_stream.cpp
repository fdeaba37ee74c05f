// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/byteserver.h>

#include <hrana/httptransport.h>
#include <hrana/stream.h>
#include <support/sqldnode.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::hrana;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 10000;

std::unique_ptr<Stream> openStream(const QUrl &url, int deadline = patience, HttpLimits limits = {})
{
    Endpoint endpoint;
    endpoint.url = url;
    return std::make_unique<Stream>(endpoint, std::make_unique<HttpTransport>(endpoint, limits),
                                    deadline);
}

Outcome<Answer> execute(Stream &stream, const QString &sql)
{
    Execute request;
    request.statement.sql = sql;
    return stream.run(std::move(request));
}

bool worked(const Outcome<Answer> &outcome)
{
    const auto *answer = std::get_if<Answer>(&outcome);
    return answer && std::holds_alternative<StatementResult>(*answer);
}

/// One row with one integer, outside of a transaction.
QByteArray goodAnswer(const QByteArray &baton)
{
    const QByteArray quoted = baton.isEmpty() ? QByteArray("null") : '"' + baton + '"';
    return test::httpAnswer(
        "200 OK",
        "{\"baton\":" + quoted
            + ",\"results\":[{\"type\":\"ok\",\"response\":{\"type\":\"execute\",\"result\":"
              "{\"cols\":[{\"name\":\"a\"}],\"rows\":[[{\"type\":\"integer\",\"value\":\"1\"}]]}}},"
              "{\"type\":\"ok\",\"response\":{\"type\":\"get_autocommit\",\"is_autocommit\":true}}]"
              "}");
}

const QByteArray expired = test::httpAnswer(
    "400 Bad Request", "{\"message\":\"The stream has expired\",\"code\":\"STREAM_EXPIRED\"}",
    "Content-Type: application/json\r\n");

} // namespace

class TestStream : public QObject {
    Q_OBJECT

private slots:
    void knowsItsTransaction()
    {
        const test::SqldNode node;
        auto stream = openStream(node.url());
        QVERIFY(worked(execute(*stream, u"create table t(a unique)"_qs)));
        QVERIFY(stream->autocommit());
        QVERIFY(worked(execute(*stream, u"begin"_qs)));
        QVERIFY(!stream->autocommit());
        QVERIFY(worked(execute(*stream, u"insert into t values(1)"_qs)));
        QVERIFY(!worked(execute(*stream, u"insert into t values(1)"_qs)));
        QVERIFY(!stream->autocommit());
        QVERIFY(!worked(execute(*stream, u"insert or rollback into t values(1)"_qs)));
        QVERIFY(stream->autocommit());
        // Closing gives the connection back, its transaction undone.
        QVERIFY(worked(execute(*stream, u"begin immediate"_qs)));
        stream->close();
        QVERIFY(stream->autocommit());
        auto other = openStream(node.url(), 2000);
        QVERIFY(worked(execute(*other, u"insert into t values(1)"_qs)));
    }

    void manyStreamsLeaveNoConnectionBehind()
    {
        // The server has 128, and keeps each for ten seconds unless it is closed.
        const test::SqldNode node;
        for (int i = 0; i < 200; ++i)
            QVERIFY(worked(execute(*openStream(node.url()), u"select 1"_qs)));
    }

    void opensAnExpiredStreamAgainOutsideOfTransactions()
    {
        test::ByteServer server(
            {goodAnswer("one"), expired, goodAnswer("two"), expired, expired, goodAnswer("three")});
        auto stream = openStream(server.url());
        QVERIFY(worked(execute(*stream, u"select 1"_qs)));
        QVERIFY(worked(execute(*stream, u"select 1"_qs)));
        QCOMPARE(server.requests(), 3);
        // Once, not for ever.
        const auto outcome = execute(*stream, u"select 1"_qs);
        QVERIFY(!worked(outcome));
        QCOMPARE(std::get<RequestFailure>(outcome).error.nativeCode, u"STREAM_EXPIRED"_qs);
        QCOMPARE(std::get<RequestFailure>(outcome).mayHaveRun, false);
        QVERIFY(worked(execute(*stream, u"select 1"_qs)));
    }

    void tellsWhetherALostRequestMayHaveRun_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("mayHaveRun");
        QTest::addColumn<Error::Kind>("kind");
        const auto row = [](const char *name, const QByteArray &answer, bool mayHaveRun,
                            Error::Kind kind) {
            QTest::newRow(name) << answer << mayHaveRun << kind;
        };
        row("hung up", QByteArray(), true, Error::Kind::Network);
        row("silence", test::ByteServer::silence, true, Error::Kind::Network);
        row("cut", goodAnswer("x").chopped(5), true, Error::Kind::Network);
        row("no JSON", test::httpAnswer("200 OK", "hello"), true, Error::Kind::Protocol);
        row("answer to less", test::httpAnswer("200 OK", "{\"results\":[]}"), true,
            Error::Kind::Protocol);
        row("500", test::httpAnswer("500 Internal Server Error", "{\"error\":\"x\"}"), true,
            Error::Kind::Protocol);
        row("bad gateway", test::httpAnswer("502 Bad Gateway", "<html>"), true,
            Error::Kind::Network);
        row("malformed", test::httpAnswer("400 Bad Request", "Cannot deserialize"), false,
            Error::Kind::Protocol);
        row("no token", test::httpAnswer("401 Unauthorized", "{\"error\":\"Unauthorized\"}"), false,
            Error::Kind::Auth);
        row("no right", test::httpAnswer("403 Forbidden", "{\"error\":\"forbidden\"}"), false,
            Error::Kind::Auth);
        row("no namespace",
            test::httpAnswer("404 Not Found", "{\"error\":\"Namespace `x` doesn't exist\"}",
                             "Content-Type: application/json\r\n"),
            false, Error::Kind::NotFound);
        row("no such path", test::httpAnswer("404 Not Found", ""), false, Error::Kind::Protocol);
        row("too many", test::httpAnswer("429 Too Many Requests", "{\"error\":\"x\"}"), false,
            Error::Kind::Network);
        row("redirect",
            test::httpAnswer("308 Permanent Redirect", "", "Location: http://127.0.0.1:1/\r\n"),
            false, Error::Kind::Protocol);
        row("too large", test::httpAnswer("200 OK", QByteArray(200'000, ' ')), true,
            Error::Kind::Protocol);
        row("packed, and damaged",
            test::httpAnswer("200 OK", QByteArray(30, 'x'), "Content-Encoding: gzip\r\n"), true,
            Error::Kind::Protocol);
    }
    void tellsWhetherALostRequestMayHaveRun()
    {
        QFETCH(QByteArray, answer);
        QFETCH(bool, mayHaveRun);
        QFETCH(Error::Kind, kind);
        test::ByteServer server({answer});
        auto stream = openStream(server.url(), answer == test::ByteServer::silence ? 200 : patience,
                                 HttpLimits{.headBytes = 1000, .bodyBytes = 100'000});
        const auto outcome = execute(*stream, u"insert into t values(1)"_qs);
        QVERIFY(std::holds_alternative<RequestFailure>(outcome));
        const auto &failure = std::get<RequestFailure>(outcome);
        QCOMPARE(failure.mayHaveRun, mayHaveRun);
        QCOMPARE(failure.error.kind, kind);
        QVERIFY(!failure.error.detail.isEmpty());
        // Nothing was sent twice.
        QCOMPARE(server.requests(), 1);
    }

    void aRefusedConnectionSendsNothing()
    {
        QUrl url;
        {
            test::ByteServer server({});
            url = server.url();
        }
        auto stream = openStream(url);
        const auto outcome = execute(*stream, u"insert into t values(1)"_qs);
        QCOMPARE(std::get<RequestFailure>(outcome).mayHaveRun, false);
        QCOMPARE(std::get<RequestFailure>(outcome).error.retryable, true);
    }

    void aServerThatHangsUpBetweenRequestsIsNoticed()
    {
        // One answer a connection, although it promised to keep it.
        test::ByteServer server({goodAnswer("one")});
        auto stream = openStream(server.url());
        QVERIFY(worked(execute(*stream, u"select 1"_qs)));
        QTRY_COMPARE(server.hangUps(), 1);
        // The second goes out on a new connection, where this server hangs up without a word.
        const auto outcome = execute(*stream, u"select 1"_qs);
        QVERIFY(std::holds_alternative<RequestFailure>(outcome));
        QTRY_COMPARE(server.requests(), 2);
    }

    void oneByteAtATimeMeetsTheDeadline()
    {
        // A head that never ends is cut off by its size, one that never comes by the time.
        QByteArray endless("HTTP/1.1 200 OK\r\nX: ");
        endless.append(100'000, 'x');
        test::ByteServer server({endless});
        auto stream = openStream(server.url());
        const auto outcome = execute(*stream, u"select 1"_qs);
        QCOMPARE(std::get<RequestFailure>(outcome).error.kind, Error::Kind::Protocol);
    }
};

QTEST_GUILESS_MAIN(TestStream)
#include "tst_stream.moc"
