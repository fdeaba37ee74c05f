// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <support/testdata.h>

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

using namespace edgewise;

namespace {

test::RunResult evaluate(const QByteArray &requests)
{
    return test::runCli({QStringLiteral("evaluate"), test::oracleDatabase(),
                         QStringLiteral("--requests"), QStringLiteral("-")},
                        requests);
}

QJsonObject parsed(const QByteArray &line)
{
    return QJsonDocument::fromJson(line).object();
}

} // namespace

class tst_EvaluateCommand : public QObject {
    Q_OBJECT
private slots:
    void answersAsFliptDid()
    {
        const QByteArrayList recorded =
            test::dataContent(QStringLiteral("oracle/evals.jsonl.gz")).split('\n');
        QList<QJsonObject> expected;
        QByteArray requests;
        for (qsizetype i = 0; i < recorded.size(); i += 7) { // all of them: tests/evaluation
            if (recorded[i].isEmpty())
                continue;
            expected.append(parsed(recorded[i]));
            requests += recorded[i] + '\n'; // what is no part of a request is passed over
        }
        QVERIFY(expected.size() > 2000);
        const auto run = evaluate(requests);
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        const auto answers = run.objects();
        QCOMPARE(answers.size(), expected.size());
        int wrong = 0;
        for (qsizetype i = 0; i < answers.size(); ++i) {
            const bool same = answers[i][u"status"] == expected[i][u"status"]
                              && (answers[i][u"status"].toInt() == 500
                                  || answers[i][u"response"] == expected[i][u"response"]);
            if (!same && wrong++ < 3)
                qWarning() << expected[i] << "got" << answers[i];
        }
        QCOMPARE(wrong, 0);
    }

    void explainsBesideTheAnswer()
    {
        const QByteArray request =
            R"({"kind":"boolean","namespace":"default","flag":"nowhere","entity":"e"})";
        const auto run = test::runCli({QStringLiteral("evaluate"), test::oracleDatabase(),
                                       QStringLiteral("--explain"), QStringLiteral("--requests"),
                                       QStringLiteral("-")},
                                      request + '\n');
        QCOMPARE(run.exitCode, 0);
        const auto answers = run.objects();
        QCOMPARE(answers.size(), 1);
        QCOMPARE(answers[0][u"status"].toInt(), 404);
        const QJsonObject trace = answers[0][u"traces"].toArray().first().toObject();
        QCOMPARE(trace[u"flag"].toString(), QStringLiteral("nowhere"));
        QVERIFY(!trace[u"conclusion"].toString().isEmpty());
    }

    void aMalformedLineAnswersAndTheOthersGoOn_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no JSON") << QByteArray("not json");
        QTest::newRow("empty line") << QByteArray();
        QTest::newRow("cut short") << QByteArray(R"({"kind":"boolean","namespace":)");
        QTest::newRow("an array") << QByteArray("[1,2]");
        QTest::newRow("unknown kind")
            << QByteArray(R"({"kind":"guess","namespace":"default","flag":"a"})");
        QTest::newRow("context is no map of texts") << QByteArray(
            R"({"kind":"boolean","namespace":"default","flag":"a","entity":"e","context":{"a":1}})");
        QTest::newRow("invalid UTF-8") << QByteArray("{\"kind\":\"boolean\",\"flag\":\"\xff\xfe\"");
        QTest::newRow("zero bytes") << QByteArray(10, '\0');
        QTest::newRow("deep nesting") << QByteArray(200000, '[');
    }

    void aMalformedLineAnswersAndTheOthersGoOn()
    {
        QFETCH(const QByteArray, line);
        const QByteArray good =
            R"({"kind":"boolean","namespace":"default","flag":"nowhere","entity":"e","context":{}})";
        const auto run = evaluate(good + '\n' + line + '\n' + good + '\n');
        QCOMPARE(run.exitCode, 0);
        const auto answers = run.objects();
        QCOMPARE(answers.size(), 3);
        QCOMPARE(answers[0][u"status"].toInt(), 404);
        QCOMPARE(answers[1][u"status"].toInt(), 400);
        QCOMPARE(answers[1][u"response"][u"code"].toInt(), 3);
        QVERIFY(!answers[1][u"response"][u"message"].toString().isEmpty());
        QCOMPARE(answers[1][u"response"][u"details"].toArray().size(), 0);
        QVERIFY(answers[1][u"response"].toObject().contains(u"details"));
        QCOMPARE(answers[2], answers[0]);
    }

    // Whoever feeds it by hand or from a program sees each answer before the next request.
    void answersWhileMoreIsToCome()
    {
        QProcess process;
        process.start(test::cliProgram(), {QStringLiteral("evaluate"), test::oracleDatabase(),
                                           QStringLiteral("--requests"), QStringLiteral("-")});
        QVERIFY(process.waitForStarted());
        for (int i = 0; i < 3; ++i) {
            process.write("{\"kind\":\"boolean\",\"namespace\":\"default\",\"flag\":\"nowhere\","
                          "\"entity\":\"e\",\"context\":{}}\n");
            QTRY_VERIFY_WITH_TIMEOUT(process.canReadLine(), 10000);
            QCOMPARE(parsed(process.readLine())[u"status"].toInt(), 404);
        }
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
    }

    void readsAFile()
    {
        const auto run = test::runCli({QStringLiteral("evaluate"), test::oracleDatabase(),
                                       QStringLiteral("--requests"), QStringLiteral("/dev/null")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.output.isEmpty());
        const auto missing = test::runCli({QStringLiteral("evaluate"), test::oracleDatabase(),
                                           QStringLiteral("--requests"),
                                           QStringLiteral("/nonexistent/requests.jsonl")});
        QCOMPARE(missing.exitCode, 2);
        QVERIFY2(test::isOneSentence(missing.errors), missing.errors.constData());
    }

    // `evaluate … | head -n 1` ends soon and quietly.
    void endsWhenTheReaderHasGone()
    {
        QProcess shell;
        shell.start(QStringLiteral("sh"),
                    {QStringLiteral("-c"),
                     QStringLiteral("yes '{\"kind\":\"boolean\",\"flag\":\"nowhere\"}' | '%1' "
                                    "evaluate '%2' --requests - | head -n 1")
                         .arg(test::cliProgram(), test::oracleDatabase())});
        QVERIFY(shell.waitForFinished(30000));
        QCOMPARE(shell.readAllStandardOutput().count('\n'), 1);
        QVERIFY2(!shell.readAllStandardError().contains("edgewise"),
                 "a reader that has gone is no error to speak of");
    }
};

QTEST_GUILESS_MAIN(tst_EvaluateCommand)
#include "tst_evaluatecommand.moc"
