// SPDX-License-Identifier: GPL-3.0-or-later
// A Flipt that answers by what a real one has answered.
#include "commandline.h"
#include "serverthread.h"

#include <support/testdata.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// What identifies a question in the records and on the wire.
QByteArray identity(const QString &kind, const QJsonObject &question, bool onWire)
{
    QJsonArray parts;
    const auto add = [&](const QJsonObject &part) {
        parts.append(
            QJsonObject{{QStringLiteral("n"), part.value(onWire ? u"namespaceKey" : u"namespace")},
                        {QStringLiteral("f"), part.value(onWire ? u"flagKey" : u"flag")},
                        {QStringLiteral("e"), part.value(onWire ? u"entityId" : u"entity")},
                        {QStringLiteral("c"), part.value(u"context").toObject()}});
    };
    if (kind == u"batch")
        for (const QJsonValue &part : question.value(u"requests").toArray())
            add(part.toObject());
    else
        add(question);
    return kind.toLatin1() + QJsonDocument(parts).toJson(QJsonDocument::Compact);
}

struct Recorded {
    QByteArray requests;
    QHash<QByteArray, test::HttpServer::Response> answers;
    int count = 0;
};

Recorded recorded()
{
    Recorded records;
    const QByteArrayList lines =
        test::dataContent(QStringLiteral("oracle/evals.jsonl.gz")).split('\n');
    for (qsizetype i = 0; i < lines.size(); i += 41) {
        if (lines[i].isEmpty())
            continue;
        const QJsonObject line = QJsonDocument::fromJson(lines[i]).object();
        records.requests += lines[i] + '\n';
        records.answers.insert(identity(line.value(u"kind").toString(), line, false),
                               {.status = line.value(u"status").toInt(),
                                .headers = {{"Content-Type", "application/json"}},
                                .body = compact(line.value(u"response").toObject())});
        ++records.count;
    }
    return records;
}

} // namespace

class tst_ParityCommand : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_directory;
    Recorded m_recorded;
    QByteArray m_wrongFor; // identity of the question that is answered wrongly

    test::HttpServer::Handler flipt()
    {
        return [this](const test::HttpServer::Request &request) -> test::HttpServer::Response {
            if (request.path == "/health")
                return {.status = 200, .headers = {}, .body = R"({"status":"SERVING"})"};
            if (request.path == "/meta/info")
                return {.status = 200,
                        .headers = {},
                        .body = R"({"version":"v1.61.1","authentication":{},"storage":{}})"};
            if (request.path == "/meta/config")
                return {.status = 200, .headers = {}, .body = R"({"cache":{}})"};
            if (request.path.startsWith("/internal/"))
                return {.status = 404, .headers = {}, .body = "Not Found"};
            const QString kind =
                QString::fromLatin1(request.path.mid(request.path.lastIndexOf('/') + 1));
            const QByteArray asked =
                identity(kind, QJsonDocument::fromJson(request.body).object(), true);
            test::HttpServer::Response answer = m_recorded.answers.value(asked);
            if (asked == m_wrongFor)
                answer.body.replace("_REASON", "_OTHER");
            return answer;
        };
    }

private slots:
    void initTestCase()
    {
        m_recorded = recorded();
        QVERIFY(m_recorded.count > 400);
    }

    void agreesWithARecordedFlipt()
    {
        const test::ServerThread first(flipt());
        const test::ServerThread second(flipt());
        const auto run = test::runCli(
            {QStringLiteral("parity"), test::oracleDatabase(), first.fliptUrl(), second.fliptUrl(),
             QStringLiteral("--requests"), QStringLiteral("-"), QStringLiteral("--json"),
             QStringLiteral("--settle"), QStringLiteral("0")},
            m_recorded.requests);
        QVERIFY2(run.exitCode == 0, QByteArray(run.output.left(2000) + run.errors).constData());
        const auto summaries = run.objects();
        QCOMPARE(summaries.size(), 2);
        for (const QJsonObject &summary : summaries) {
            QCOMPARE(summary[u"agreed"].toInt(), m_recorded.count);
            QCOMPARE(summary[u"version"].toString(), QStringLiteral("v1.61.1"));
        }
    }

    void namesTheRequestThatDiffers()
    {
        const QByteArray line = m_recorded.requests.split('\n').at(3);
        const QJsonObject question = QJsonDocument::fromJson(line).object();
        m_wrongFor = identity(question.value(u"kind").toString(), question, false);
        const test::ServerThread server(flipt());
        const QString file = test::writeFile(m_directory.path(), QStringLiteral("requests.jsonl"),
                                             m_recorded.requests);
        const QStringList arguments{QStringLiteral("parity"),
                                    test::oracleDatabase(),
                                    server.fliptUrl(),
                                    QStringLiteral("--requests"),
                                    file,
                                    QStringLiteral("--settle"),
                                    QStringLiteral("100")};
        const auto json = test::runCli(arguments + QStringList{QStringLiteral("--json")});
        const auto text = test::runCli(arguments);
        m_wrongFor.clear();
        QCOMPARE(json.exitCode, 1);
        const auto objects = json.objects();
        QCOMPARE(objects.size(), 2);
        QCOMPARE(objects[0][u"line"].toInt(), 4);
        QCOMPARE(objects[0][u"cause"].toString(), QStringLiteral("engine"));
        QVERIFY(objects[0][u"engine"] != objects[0][u"answer"]);
        QCOMPARE(objects[1][u"causes"][u"engine"].toInt(), 1);
        QCOMPARE(text.exitCode, 1);
        QVERIFY2(text.output.contains("line 4 "), text.output.constData());
    }

    void evaluatesThroughARunningFlipt()
    {
        const test::ServerThread server(flipt());
        const QByteArrayList lines = m_recorded.requests.split('\n').mid(0, 40);
        const auto run = test::runCli({QStringLiteral("evaluate"), server.fliptUrl()},
                                      lines.join('\n') + "\nno request\n");
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        const auto answers = run.objects();
        QCOMPARE(answers.size(), lines.size() + 1);
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const QJsonObject expected = QJsonDocument::fromJson(lines[i]).object();
            QCOMPARE(answers[i][u"status"], expected[u"status"]);
            QCOMPARE(answers[i][u"response"], expected[u"response"]);
        }
        QCOMPARE(answers.last()[u"status"].toInt(), 400);
    }

    void refusesWhatCannotBeAsked()
    {
        const auto nobody =
            test::runCli({QStringLiteral("parity"), test::oracleDatabase(),
                          QStringLiteral("flipt+http://127.0.0.1:1")},
                         m_recorded.requests.left(m_recorded.requests.indexOf('\n') + 1));
        QCOMPARE(nobody.exitCode, 2);
        QVERIFY2(test::isOneSentence(nobody.errors), nobody.errors.constData());
        const auto address = test::runCli(
            {QStringLiteral("parity"), test::oracleDatabase(), QStringLiteral("ftp://127.0.0.1")});
        QCOMPARE(address.exitCode, 2);
        QVERIFY2(test::isOneSentence(address.errors), address.errors.constData());
    }
};

QTEST_GUILESS_MAIN(tst_ParityCommand)
#include "tst_paritycommand.moc"
