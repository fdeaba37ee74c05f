// SPDX-License-Identifier: GPL-3.0-or-later
#include <hrana/responsereader.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::hrana;
using namespace Qt::StringLiterals;

namespace {

struct Whole {
    HttpHead head;
    QByteArray body;
    bool complete = false;
    bool failed = false;
    qsizetype used = 0;
};

/// Reads `bytes` in pieces that end at the given places.
Whole readPieces(const QByteArray &bytes, const QList<qsizetype> &cuts, bool closes = false,
                 HttpLimits limits = {})
{
    ResponseReader reader(limits);
    Whole whole;
    qsizetype begin = 0;
    QList<qsizetype> ends = cuts;
    ends.append(bytes.size());
    for (const qsizetype end : ends) {
        const auto used = reader.feed(QByteArrayView(bytes).sliced(begin, end - begin));
        if (!used) {
            whole.failed = true;
            return whole;
        }
        whole.used += *used;
        whole.body += reader.takeBody();
        begin = end;
    }
    if (closes && !reader.finish())
        whole.failed = true;
    whole.complete = reader.isComplete();
    if (reader.hasHead())
        whole.head = reader.head();
    return whole;
}

const QByteArray
    chunkedAnswer("HTTP/1.1 200 OK\r\nServer-Timing: query_total;dur=7.7\xc2\xb5s,\r\n"
                  "transfer-encoding: Chunked\r\nX-Empty:\r\n\r\n"
                  "5\r\nhello\r\n1;ext=1\r\n \r\n5\r\nworld\r\n0\r\nTrailer: x\r\n\r\n");
const QByteArray lengthAnswer("HTTP/1.1 404 \r\ncontent-length: 11\r\nConnection: close\r\n\r\n"
                              "hello world");

} // namespace

class TestResponseReader : public QObject {
    Q_OBJECT

private slots:
    void readsTheSameWhereverItIsCut_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("keepAlive");
        QTest::newRow("chunks") << chunkedAnswer << 200 << true;
        QTest::newRow("length") << lengthAnswer << 404 << false;
        QTest::newRow("after an interim answer")
            << "HTTP/1.1 100 Continue\r\nX: y\r\n\r\n" + lengthAnswer << 404 << false;
        QTest::newRow("bare line ends")
            << QByteArray("HTTP/1.1 200\nContent-Length: 11\n\nhello world") << 200 << true;
        QTest::newRow("HTTP/1.0 with a length")
            << QByteArray("HTTP/1.0 200 OK\r\nContent-Length: 11\r\n\r\nhello world") << 200
            << false;
    }
    void readsTheSameWhereverItIsCut()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        QFETCH(bool, keepAlive);
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            const Whole whole = readPieces(bytes, {cut});
            QVERIFY(whole.complete);
            QCOMPARE(whole.body, QByteArray("hello world"));
            QCOMPARE(whole.head.status, status);
            QCOMPARE(whole.head.keepAlive, keepAlive);
            QCOMPARE(whole.used, bytes.size());
        }
        QList<qsizetype> everywhere;
        for (qsizetype i = 1; i < bytes.size(); ++i)
            everywhere.append(i);
        QVERIFY(readPieces(bytes, everywhere).complete);
        // Cut short it is never complete, and the close says so.
        for (qsizetype size = 0; size < bytes.size(); ++size) {
            const Whole whole = readPieces(bytes.first(size), {}, true);
            QVERIFY(whole.failed && !whole.complete);
        }
    }

    void keepsHeaders()
    {
        const Whole whole = readPieces(chunkedAnswer, {});
        QCOMPARE(whole.head.header("SERVER-TIMING"), QByteArray("query_total;dur=7.7\xc2\xb5s,"));
        QCOMPARE(whole.head.header("x-empty"), QByteArray());
        QCOMPARE(whole.head.header("nowhere"), QByteArray());
    }

    void aBodyWithoutLengthEndsWithTheConnection()
    {
        const QByteArray bytes("HTTP/1.1 200 OK\r\n\r\nhello");
        const Whole open = readPieces(bytes, {});
        QVERIFY(!open.complete && !open.failed);
        const Whole closed = readPieces(bytes, {}, true);
        QVERIFY(closed.complete);
        QCOMPARE(closed.body, QByteArray("hello"));
        QVERIFY(!closed.head.keepAlive);
    }

    void leavesWhatBelongsToTheNextAnswer()
    {
        const Whole whole = readPieces(lengthAnswer + "HTTP/1.1 200", {});
        QVERIFY(whole.complete);
        QCOMPARE(whole.used, lengthAnswer.size());
        const Whole empty = readPieces("HTTP/1.1 204 No Content\r\n\r\nrest", {});
        QVERIFY(empty.complete && empty.body.isEmpty());
    }

    void refusesWhatIsNoHttp_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *name, const QByteArray &bytes) {
            QTest::newRow(name) << bytes;
        };
        const QByteArray ok = "HTTP/1.1 200 OK\r\n";
        row("smtp", "220 mail.example ESMTP\r\n");
        row("HTTP/2", "HTTP/2 200 OK\r\n\r\n");
        row("TLS alert", QByteArray("\x15\x03\x01\x00\x02\x02\x16\n", 8));
        row("empty line", "\r\n");
        row("status of two digits", "HTTP/1.1 20 OK\r\n");
        row("status of four digits", "HTTP/1.1 2000 OK\r\n");
        row("negative status", "HTTP/1.1 -20 OK\r\n");
        row("no colon", ok + "header\r\n");
        row("no name", ok + ": value\r\n");
        row("folded", ok + "a: b\r\n c: d\r\n");
        row("NUL", ok + QByteArray("a: \0\r\n", 6));
        row("length with a sign", ok + "Content-Length: +5\r\n\r\n");
        row("negative length", ok + "Content-Length: -5\r\n\r\n");
        row("length beyond 64 bits", ok + "Content-Length: 99999999999999999999\r\n\r\n");
        row("two lengths", ok + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n");
        row("length and chunks", ok + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n");
        row("packed twice", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n");
        row("another protocol", "HTTP/1.1 101 Switching Protocols\r\n\r\n");
        row("chunk size is no number", ok + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n");
        row("chunk size is empty", ok + "Transfer-Encoding: chunked\r\n\r\n\r\n");
        row("chunk size beyond 64 bits",
            ok + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n");
        row("negative chunk", ok + "Transfer-Encoding: chunked\r\n\r\n-1\r\n");
        row("chunk too long", ok + "Transfer-Encoding: chunked\r\n\r\n1\r\nxx\r\n");
    }
    void refusesWhatIsNoHttp()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(readPieces(bytes, {}).failed);
        QList<qsizetype> everywhere;
        for (qsizetype i = 1; i < bytes.size(); ++i)
            everywhere.append(i);
        QVERIFY(readPieces(bytes, everywhere).failed);
    }

    void memoryIsBounded_data()
    {
        QTest::addColumn<QByteArray>("begin");
        QTest::addColumn<QByteArray>("endless");
        const QByteArray ok = "HTTP/1.1 200 OK\r\n";
        QTest::newRow("status line") << QByteArray("HTTP/1.1 200 ") << QByteArray("x");
        QTest::newRow("headers") << ok << QByteArray("a: b\r\n");
        QTest::newRow("one header") << ok + "a: " << QByteArray("x");
        QTest::newRow("interim answers") << QByteArray() << QByteArray("HTTP/1.1 100\r\n\r\n");
        QTest::newRow("body") << ok + "\r\n" << QByteArray("x");
        QTest::newRow("huge length") << ok + "Content-Length: 9223372036854775807\r\n\r\n"
                                     << QByteArray("x");
        QTest::newRow("chunks") << ok + "Transfer-Encoding: chunked\r\n\r\n"
                                << QByteArray("1\r\nx\r\n");
        QTest::newRow("chunk extension")
            << ok + "Transfer-Encoding: chunked\r\n\r\n1;" << QByteArray("x");
        QTest::newRow("trailers") << ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n"
                                  << QByteArray("a: b\r\n");
    }
    void memoryIsBounded()
    {
        QFETCH(QByteArray, begin);
        QFETCH(QByteArray, endless);
        ResponseReader reader(HttpLimits{.headBytes = 1000, .bodyBytes = 1000});
        QVERIFY(reader.feed(begin).has_value());
        int fed = 0;
        while (fed < 100'000 && reader.feed(endless))
            ++fed;
        QVERIFY(fed < 2000);
    }

    void writesRequests()
    {
        HttpRequest request;
        request.target = "/v3/pipeline";
        request.headers = {{"Host", "h:1"}};
        request.body = "{}";
        QCOMPARE(encodeRequest(request), QByteArray("POST /v3/pipeline HTTP/1.1\r\nHost: h:1\r\n"
                                                    "Content-Length: 2\r\n\r\n{}"));
    }
};

QTEST_GUILESS_MAIN(TestResponseReader)
#include "tst_responsereader.moc"
