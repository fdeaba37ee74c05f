// SPDX-License-Identifier: GPL-3.0-or-later
#include <sqldriver/libsqldriver.h>
#include <support/byteserver.h>
#include <support/memory.h>

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::ByteServer;
using test::httpAnswer;

namespace {

/// What one answer may hold here, and what memory may grow by at the most: the body, the decoder's
/// index of it, the values.
constexpr qint64 answerLimit = 4 * 1024 * 1024;
constexpr qint64 memoryLimit = 64 * 1024 * 1024;

QByteArray json(const QByteArray &first)
{
    return R"({"baton":"b","base_url":null,"results":[)" + first
           + R"(,{"type":"ok","response":{"type":"get_autocommit","is_autocommit":true}}]})";
}
QByteArray executed(const QByteArray &columns, const QByteArray &rows)
{
    return json(R"({"type":"ok","response":{"type":"execute","result":{"cols":)" + columns
                + R"(,"rows":)" + rows + "}}}");
}
QByteArray cell(const QByteArray &value)
{
    return executed(R"([{"name":"a"}])", "[[" + value + "]]");
}
QByteArray good()
{
    return httpAnswer("200 OK", cell(R"({"type":"integer","value":"1"})"));
}
/// The head of a cursor's answer, its columns come, and what follows.
QByteArray cursor(const QByteArray &rest)
{
    return "HTTP/1.1 200 OK\r\n\r\n{\"baton\":null}\n"
           "{\"type\":\"step_begin\",\"step\":0,\"cols\":[{\"name\":\"a\"}]}\n"
           + rest;
}

const QByteArray chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
const QByteArray openHead = "HTTP/1.1 200 OK\r\n\r\n"; // its body ends with the connection

} // namespace

/// Servers that lie, stall and flood: each an error, within the deadline, in bounded memory. Some
/// of these answers never end, so a client that waits for their end never comes back.
class TestHostileServers : public QObject {
    Q_OBJECT

private:
    static QSqlDatabase open(const ByteServer &server, int timeout)
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QLIBSQL"_qs, u"hostile"_qs);
        database.setDatabaseName(server.url().toString());
        database.setConnectOptions(
            u"QLIBSQL_RETRIES=0;QLIBSQL_TIMEOUT=%1;QLIBSQL_MAX_ANSWER=%2"_qs.arg(timeout).arg(
                answerLimit));
        if (!database.open())
            qFatal("%s", qPrintable(database.lastError().text()));
        return database;
    }

private slots:
    void initTestCase() { sqldriver::registerDriver(); }
    void cleanup() { QSqlDatabase::removeDatabase(u"hostile"_qs); }

    void anErrorEach_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("tail"); // follows for ever
        QTest::addColumn<bool>("patient");    // the deadline is what ends it
        const auto row = [](const char *name, const QByteArray &answer, const QByteArray &tail = {},
                            bool patient = false) {
            QTest::newRow(name) << answer << tail << patient;
        };
        // Truncated.
        row("hung up", {});
        row("half a status line", "HTTP/1.1 2");
        row("half a head", "HTTP/1.1 200 OK\r\nContent-Le");
        row("half a body", good().chopped(20));
        row("half a chunk", chunkedHead + "ff\r\n{\"results\":");
        row("no last chunk", chunkedHead + "4\r\n{  }\r\n");
        row("half of a document", httpAnswer("200 OK", json("{}").chopped(30)));
        // Oversized and endless.
        row("length beyond the limit",
            "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n", "xxxxxxxx");
        row("length beyond 64 bits",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n");
        row("chunk beyond the limit", chunkedHead + "7fffffffffffffff\r\n", QByteArray(65536, ' '));
        row("chunk beyond 64 bits", chunkedHead + "ffffffffffffffffff\r\n");
        row("endless body", openHead, QByteArray(65536, ' '));
        row("endless chunks", chunkedHead, "10000\r\n" + QByteArray(65536, ' ') + "\r\n");
        row("endless chunk line", chunkedHead, QByteArray(65536, '0'));
        const QByteArray lines = QByteArray("X: y\r\n").repeated(1000);
        row("endless trailers", chunkedHead + "0\r\n", lines);
        row("endless status line", {"HTTP/1.1 200 "}, QByteArray(65536, 'x'));
        row("endless header", "HTTP/1.1 200 OK\r\nX: ", QByteArray(65536, 'x'));
        row("endless headers", "HTTP/1.1 200 OK\r\n", lines);
        row("endless interim answers", "HTTP/1.1 100 Continue\r\n\r\n",
            QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(1000));
        row("rows without end", openHead + executed(R"([{"name":"a"}])", "[").chopped(80),
            QByteArray(R"([{"type":"null"}],)").repeated(1000));
        // Slow.
        row("silence", ByteServer::silence, {}, true);
        row("a head byte by byte", "HTTP/1.1 200 OK\r\nX: ", "x", true);
        row("a body byte by byte", openHead, " ", true);
        row("chunks byte by byte", chunkedHead, "1\r\n \r\n", true);
        // Malformed.
        row("no HTTP", "220 mail.example ESMTP\r\n");
        row("another version", "HTTP/2.0 200 OK\r\n\r\n");
        row("no status", "HTTP/1.1 OK\r\n\r\n");
        row("header without colon", "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n");
        row("NUL in a header", QByteArray("HTTP/1.1 200 OK\r\nX: \0\r\n\r\n", 25));
        row("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}");
        row("length and chunks",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}");
        row("negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n");
        row("unknown coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n");
        row("another protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n");
        row("brotli", httpAnswer("200 OK", "\x8b\x01", "Content-Encoding: br\r\n"));
        row("no gzip", httpAnswer("200 OK", QByteArray(100, 'x'), "Content-Encoding: gzip\r\n"));
        // Not sqld.
        row("a web page", httpAnswer("200 OK", "<!doctype html><title>Welcome</title>"));
        row("nothing", httpAnswer("200 OK", {}));
        row("no content", "HTTP/1.1 204 No Content\r\n\r\n");
        row("no such page", httpAnswer("404 Not Found", "<html>"));
        row("a login", httpAnswer("302 Found", {}, "Location: /login\r\n"));
        row("a redirect to itself",
            httpAnswer("307 Temporary Redirect", {}, "Location: /v3/pipeline\r\n"));
        // Wrongly typed.
        row("a number", httpAnswer("200 OK", "42"));
        row("an array", httpAnswer("200 OK", "[]"));
        row("no results", httpAnswer("200 OK", "{}"));
        row("results that are a text", httpAnswer("200 OK", R"({"results":"ok"})"));
        row("too few results", httpAnswer("200 OK", R"({"baton":null,"results":[]})"));
        row("too many results", httpAnswer("200 OK", json("{},{},{}")));
        row("an answer to another question",
            httpAnswer("200 OK", json(R"({"type":"ok","response":{"type":"close"}})")));
        row("rows that are a text", httpAnswer("200 OK", executed("[]", "\"none\"")));
        row("columns that are null", httpAnswer("200 OK", executed("null", "[]")));
        row("a row that is too long",
            httpAnswer("200 OK", executed("[{}]", R"([[{"type":"null"},{"type":"null"}]])")));
        row("rows without columns", httpAnswer("200 OK", executed("[]", R"([[{"type":"null"}]])")));
        row("cell without type", httpAnswer("200 OK", cell("{}")));
        row("cell of an unknown type",
            httpAnswer("200 OK", cell(R"({"type":"vector","value":"1"})")));
        row("integer beyond 64 bits",
            httpAnswer("200 OK", cell(R"({"type":"integer","value":"9223372036854775808"})")));
        row("integer with a sign of its own",
            httpAnswer("200 OK", cell(R"({"type":"integer","value":"+1"})")));
        row("integer that is a word",
            httpAnswer("200 OK", cell(R"({"type":"integer","value":"one"})")));
        row("double that is a text",
            httpAnswer("200 OK", cell(R"({"type":"float","value":"0.5"})")));
        row("text that is a number", httpAnswer("200 OK", cell(R"({"type":"text","value":5})")));
        row("damaged base64", httpAnswer("200 OK", cell(R"({"type":"blob","base64":"@@@@"})")));
        row("blob without content", httpAnswer("200 OK", cell(R"({"type":"blob"})")));
        row("deep nesting", httpAnswer("200 OK", QByteArray(1'000'000, '[')));
        row("deep nesting in a cell",
            httpAnswer("200 OK", cell(QByteArray(1'000'000, '[') + QByteArray(1'000'000, ']'))));
        // Not UTF-8.
        row("bytes in a text",
            httpAnswer("200 OK", cell("{\"type\":\"text\",\"value\":\"a\xff\xfe\"}")));
        row("bytes in a column's name",
            httpAnswer("200 OK", executed("[{\"name\":\"\xc3\x28\"}]", "[]")));
        row("bytes for JSON", httpAnswer("200 OK", QByteArray(1000, '\xff')));
        row("bytes in an error",
            httpAnswer(
                "200 OK",
                json("{\"type\":\"error\",\"error\":{\"message\":\"\xff\",\"code\":\"X\"}}")));
        row("bytes in a refusal", httpAnswer("500 \xff", QByteArray(100'000, '\xff')));
    }
    void anErrorEach()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, tail);
        QFETCH(bool, patient);
        ByteServer server({good(), answer}, tail, patient ? 20 : 0);
        QSqlDatabase database = open(server, patient ? 300 : 30000);
        test::resetResidentPeak();
        const qint64 before = test::residentBytes();
        QSqlQuery query(database);
        QVERIFY(!query.exec(u"select 1"_qs));
        QVERIFY(query.lastError().isValid());
        QVERIFY(!query.lastError().databaseText().isEmpty());
        QVERIFY(query.lastError().databaseText().size() <= 2000);
        QVERIFY(!query.isActive() && !query.next());
        const qint64 growth = test::residentPeakBytes() - before;
        QVERIFY2(growth < memoryLimit, qPrintable(QString::number(growth)));
    }

    /// The server refuses the rows as too large, so they are asked of a cursor.
    void anErrorEachByCursor_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("tail");
        QTest::addColumn<bool>("patient");
        const auto row = [](const char *name, const QByteArray &answer, const QByteArray &tail = {},
                            bool patient = false) {
            QTest::newRow(name) << answer << tail << patient;
        };
        row("hung up", {});
        row("nothing", httpAnswer("200 OK", {}));
        row("a web page", httpAnswer("200 OK", "<html>\n"));
        row("broken off", cursor({}));
        row("a row that never ends", cursor(R"({"type":"row","row":[)"), QByteArray(65536, ' '));
        row("a row of the wrong width", cursor("{\"type\":\"row\",\"row\":[]}\n"), "\n");
        row("empty lines", cursor({}), "\n");
        row("rows of nothing", cursor({}), "{\"type\":\"row\",\"row\":[{}]}\n");
        row("step ends without end", cursor({}), "{\"type\":\"step_end\"}\n", true);
        row("silence", ByteServer::silence, {}, true);
        row("a row byte by byte", cursor(R"({"type":"row")"), " ", true);
        row("bytes", cursor("\xff\xfe\n"));
        row("refused", httpAnswer("500 Internal Server Error", "no"));
        row("refused without end", "HTTP/1.1 500 Internal Server Error\r\n\r\n",
            QByteArray(65536, 'x'));
    }
    void anErrorEachByCursor()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, tail);
        QFETCH(bool, patient);
        const QByteArray tooLarge = httpAnswer(
            "200 OK",
            json(R"({"type":"error","error":{"message":"large","code":"RESPONSE_TOO_LARGE"}})"));
        ByteServer server({good(), tooLarge, answer}, tail, patient ? 20 : 0);
        QSqlDatabase database = open(server, patient ? 300 : 30000);
        test::resetResidentPeak();
        const qint64 before = test::residentBytes();
        QSqlQuery query(database);
        query.setForwardOnly(true);
        if (query.exec(u"select 1"_qs)) {
            while (query.next())
                ;
        }
        QVERIFY(query.lastError().isValid());
        QVERIFY(!query.lastError().databaseText().isEmpty());
        const qint64 growth = test::residentPeakBytes() - before;
        QVERIFY2(growth < memoryLimit, qPrintable(QString::number(growth)));
    }
};

QTEST_GUILESS_MAIN(TestHostileServers)
#include "tst_hostileservers.moc"
