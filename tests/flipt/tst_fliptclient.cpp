// SPDX-License-Identifier: GPL-3.0-or-later
#include <flipt/fliptclient.h>
#include <support/httpserver.h>
#include <support/testdata.h>

#include <QFutureWatcher>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using flipt::FliptClient;
using test::HttpServer;

class TestFliptClient : public QObject {
    Q_OBJECT

    using Response = HttpServer::Response;

    static Response json(int status, const QByteArray &body)
    {
        return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = body};
    }

    template <typename T>
    static T wait(const QFuture<T> &future)
    {
        // QTRY_… looks every 50 ms only, which is long for five hundred answers.
        QFutureWatcher<T> watcher;
        QSignalSpy finished(&watcher, &QFutureWatcher<T>::finished);
        watcher.setFuture(future);
        if (!future.isFinished())
            finished.wait();
        return future.isFinished() ? future.result() : T(Error{});
    }

    static flipt::Request requestOf(const QJsonObject &line)
    {
        flipt::Request request;
        request.nameSpace = NamespaceKey(line.value(u"namespace"_qs).toString());
        request.flag = FlagKey(line.value(u"flag"_qs).toString());
        request.entity = line.value(u"entity"_qs).toString();
        const QJsonObject context = line.value(u"context"_qs).toObject();
        for (auto entry = context.begin(); entry != context.end(); ++entry)
            request.context.insert(entry.key(), entry.value().toString());
        return request;
    }

    static QJsonArray toJson(const QStringList &texts) { return QJsonArray::fromStringList(texts); }
    static QJsonObject toJson(const flipt::VariantAnswer &answer)
    {
        return {{u"match"_qs, answer.match},
                {u"segmentKeys"_qs, toJson(answer.segmentKeys)},
                {u"reason"_qs, answer.reason},
                {u"variantKey"_qs, answer.variantKey},
                {u"variantAttachment"_qs, answer.variantAttachment},
                {u"flagKey"_qs, answer.flagKey}};
    }
    static QJsonObject toJson(const flipt::BooleanAnswer &answer)
    {
        return {{u"enabled"_qs, answer.enabled},
                {u"segmentKeys"_qs, toJson(answer.segmentKeys)},
                {u"reason"_qs, answer.reason},
                {u"flagKey"_qs, answer.flagKey}};
    }
    static QJsonObject toJson(const flipt::MissingAnswer &answer)
    {
        return {{u"flagKey"_qs, answer.flagKey},
                {u"namespaceKey"_qs, answer.namespaceKey},
                {u"reason"_qs, answer.reason}};
    }
    static QJsonObject toJson(const std::vector<flipt::BatchPart> &parts)
    {
        static const QStringList names{u"variant"_qs, u"boolean"_qs, u"error"_qs};
        QJsonArray array;
        for (const flipt::BatchPart &part : parts) {
            const QString name = names[qsizetype(part.index())];
            const QJsonObject content =
                std::visit([](const auto &answer) { return toJson(answer); }, part);
            array.append(
                QJsonObject{{u"type"_qs, QString(name.toUpper() + u"_EVALUATION_RESPONSE_TYPE"_qs)},
                            {QString(name + u"Response"_qs), content}});
        }
        return {{u"responses"_qs, array}};
    }
    static QJsonObject toJson(const flipt::Refusal &refusal)
    {
        return {{u"code"_qs, refusal.code},
                {u"message"_qs, refusal.message},
                {u"details"_qs, QJsonArray()}};
    }

    template <typename Answer>
    static void compare(const Result<flipt::Evaluated<Answer>> &answer, const QJsonObject &line)
    {
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
        const QJsonObject actual =
            std::visit([](const auto &content) { return toJson(content); }, answer->value);
        QCOMPARE(actual, line.value(u"response"_qs).toObject());
        const auto *refusal = std::get_if<flipt::Refusal>(&answer->value);
        QCOMPARE(refusal ? refusal->status : 200, line.value(u"status"_qs).toInt());
        QVERIFY(answer->answeredAt >= answer->sentAt);
    }

private slots:
    /// The answers of a real Flipt, with the fields back that the record leaves out.
    void readsRecordedAnswers()
    {
        QJsonObject line;
        HttpServer server([&](const HttpServer::Request &) {
            QJsonObject body = line.value(u"response"_qs).toObject();
            body.insert(u"requestId"_qs, u"0f3c"_qs);
            body.insert(u"requestDurationMillis"_qs, 0.25);
            body.insert(u"timestamp"_qs, u"2026-11-24T21:30:33.469495Z"_qs);
            return json(line.value(u"status"_qs).toInt(), QJsonDocument(body).toJson());
        });
        FliptClient client(server.url(), {}, m_clock);
        const QList<QByteArray> lines = test::dataContent(u"oracle/evals.jsonl.gz"_qs).split('\n');
        int compared = 0;
        for (qsizetype i = 0; i + 1 < lines.size(); i += 37) {
            line = QJsonDocument::fromJson(lines[i]).object();
            const QString kind = line.value(u"kind"_qs).toString();
            if (kind == u"variant") {
                compare(wait(client.evaluateVariant(requestOf(line))), line);
            } else if (kind == u"boolean") {
                compare(wait(client.evaluateBoolean(requestOf(line))), line);
            } else {
                std::vector<flipt::Request> requests;
                const QJsonArray parts = line.value(u"requests"_qs).toArray();
                for (const QJsonValue &part : parts)
                    requests.push_back(requestOf(part.toObject()));
                compare(wait(client.evaluateBatch(requests)), line);
                QCOMPARE(QJsonDocument::fromJson(server.requests().last().body)
                             .object()
                             .value(u"requests"_qs)
                             .toArray()
                             .size(),
                         parts.size());
            }
            ++compared;
        }
        QVERIFY(compared > 500);
    }

    void sendsWhatFliptTakes()
    {
        HttpServer server([](const HttpServer::Request &) { return json(500, "{}"); });
        QUrl base = server.url();
        base.setPath(u"/behind/a%2Fproxy"_qs, QUrl::StrictMode);
        FliptClient client(base, Token("s3cret"), m_clock);
        flipt::Request request;
        request.nameSpace = NamespaceKey(u"team-a"_qs);
        request.flag = FlagKey(u"é🎉"_qs);
        request.entity = u"\"quoted\"\n"_qs;
        request.context = {{u"plan"_qs, u"pro"_qs}};
        QVERIFY(!wait(client.evaluateVariant(request)));
        const HttpServer::Request &sent = server.requests().last();
        QCOMPARE(sent.method, QByteArray("POST"));
        QCOMPARE(sent.path, QByteArray("/behind/a%2Fproxy/evaluate/v1/variant"));
        QCOMPARE(sent.headers.value("authorization"), QByteArray("Bearer s3cret"));
        QCOMPARE(sent.headers.value("accept-encoding"), QByteArray("identity"));
        QCOMPARE(sent.headers.value("content-type"), QByteArray("application/json"));
        QCOMPARE(QJsonDocument::fromJson(sent.body).object(),
                 (QJsonObject{{u"namespaceKey"_qs, u"team-a"_qs},
                              {u"flagKey"_qs, u"é🎉"_qs},
                              {u"entityId"_qs, u"\"quoted\"\n"_qs},
                              {u"context"_qs, QJsonObject{{u"plan"_qs, u"pro"_qs}}}}));

        QVERIFY(!wait(client.snapshotVersion(NamespaceKey(u"x,y/z"_qs))));
        QCOMPARE(
            server.requests().last().path,
            QByteArray("/behind/a%2Fproxy/internal/v1/evaluation/snapshot/namespace/x%2Cy%2Fz"));
    }

    void tellsHealth()
    {
        Response response = json(200, R"({"status":"SERVING"})");
        HttpServer server([&](const HttpServer::Request &) { return response; });
        FliptClient client(server.url(), {}, m_clock);
        QCOMPARE(wait(client.health())->value, true);
        response = json(503, R"({"status":"NOT_SERVING"})");
        QCOMPARE(wait(client.health())->value, false);
        response = json(404, "Not Found");
        QCOMPARE(wait(client.health()).error().kind, Error::Kind::Protocol);
    }

    void tellsInfo()
    {
        Response response = json(
            200, R"({"version":"v1.61.1","commit":"e30e734","goVersion":"go1.26","isRelease":true,)"
                 R"("authentication":{"required":false},"storage":{"type":"database"},"ui":{}})");
        HttpServer server([&](const HttpServer::Request &) { return response; });
        FliptClient client(server.url(), {}, m_clock);
        const auto info = wait(client.info());
        QVERIFY(info);
        QCOMPARE(info->value, (flipt::Info{.version = u"v1.61.1"_qs,
                                           .commit = u"e30e734"_qs,
                                           .authenticationRequired = false,
                                           .storage = u"database"_qs}));
        response = json(200, R"({"name":"another program"})");
        QCOMPARE(wait(client.info()).error().kind, Error::Kind::Protocol);
        response =
            json(401, R"({"code":16,"message":"request was not authenticated","details":[]})");
        const auto refused = wait(client.info());
        QCOMPARE(refused.error().kind, Error::Kind::Auth);
        QCOMPARE(refused.error().detail, u"request was not authenticated"_qs);
    }

    void tellsSnapshotVersions()
    {
        const QByteArray tag = "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12";
        HttpServer server([&](const HttpServer::Request &request) {
            if (request.headers.value("if-none-match") == tag)
                return Response{.status = 304};
            return Response{.headers = {{"Etag", tag}}, .body = QByteArray(5'000'000, ' ')};
        });
        FliptClient client(server.url(), {}, m_clock);
        const auto first = wait(client.snapshotVersion(NamespaceKey(u"default"_qs)));
        QVERIFY2(first, first ? "" : qPrintable(first.error().detail));
        QCOMPARE(first->value, (flipt::SnapshotVersion{.tag = tag, .unchanged = false}));
        const auto second = wait(client.snapshotVersion(NamespaceKey(u"default"_qs), tag));
        QVERIFY2(second, second ? "" : qPrintable(second.error().detail));
        QCOMPARE(second->value, (flipt::SnapshotVersion{.tag = tag, .unchanged = true}));
        QCOMPARE(wait(client.snapshotVersion(NamespaceKey(u"default"_qs), "older"))->value,
                 (flipt::SnapshotVersion{.tag = tag, .unchanged = false}));
    }

    void survivesHostileServers_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<Error::Kind>("kind");
        const auto ok = [](const QByteArray &body) -> QByteArray {
            return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size())
                   + "\r\n\r\n" + body;
        };
        using Kind = Error::Kind;
        QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << Kind::Network;
        QTest::newRow("nothing") << QByteArray("") << Kind::Network;
        QTest::newRow("cut off") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
                                 << Kind::Network;
        QTest::newRow("a page") << ok("<html>It works</html>") << Kind::Protocol;
        QTest::newRow("a list") << ok("[1]") << Kind::Protocol;
        QTest::newRow("empty object") << ok("{}") << Kind::Protocol;
        QTest::newRow("wrong types")
            << ok(R"({"match":"yes","segmentKeys":{},"reason":1,"variantKey":null})")
            << Kind::Protocol;
        QTest::newRow("keys of another kind")
            << ok(R"({"match":true,"segmentKeys":[1],"reason":"","variantKey":"",)"
                  R"("variantAttachment":"","flagKey":""})")
            << Kind::Protocol;
        QTest::newRow("deep") << ok(QByteArray(100'000, '[')) << Kind::Protocol;
        QTest::newRow("another form of error")
            << QByteArray("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 2\r\n\r\nno")
            << Kind::Protocol;
        QTest::newRow("redirect") << QByteArray(
            "HTTP/1.1 302 Found\r\nLocation: /evaluate/v1/variant\r\n"
            "Content-Length: 0\r\n\r\n")
                                  << Kind::Protocol;
    }
    void survivesHostileServers()
    {
        QFETCH(QByteArray, answer);
        QFETCH(Error::Kind, kind);
        HttpServer server([&](const HttpServer::Request &) { return Response{.raw = answer}; });
        FliptClient client(server.url(), Token("s3cret"), m_clock);
        const auto result = wait(client.evaluateVariant({}));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, kind);
        QVERIFY(!result.error().step.contains(u"s3cret"));
        QVERIFY(!result.error().detail.contains(u"s3cret"));
    }

    void givesUpAtTheDeadline()
    {
        HttpServer server([](const HttpServer::Request &) { return std::nullopt; });
        FliptClient client(server.url(), {}, m_clock, 50);
        const auto result = wait(client.health());
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Network);
        QVERIFY(result.error().retryable);
    }

    void tellsAPortWithoutServer()
    {
        QUrl url;
        {
            HttpServer server([](const HttpServer::Request &) { return Response(); });
            url = server.url();
        }
        FliptClient client(url, {}, m_clock);
        const auto result = wait(client.info());
        QCOMPARE(result.error().kind, Error::Kind::Network);
    }

    void endsWhatIsPending()
    {
        HttpServer server([](const HttpServer::Request &) { return std::nullopt; });
        auto client = std::make_unique<FliptClient>(server.url(), Token(), m_clock);
        const auto pending = client->health();
        QTRY_COMPARE(server.requests().size(), 1);
        client.reset();
        QVERIFY(pending.isFinished());
        QCOMPARE(pending.result().error().kind, Error::Kind::Cancelled);
    }

private:
    SystemClock m_clock;
};

QTEST_GUILESS_MAIN(TestFliptClient)
#include "tst_fliptclient.moc"
