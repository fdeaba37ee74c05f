// SPDX-License-Identifier: GPL-3.0-or-later
// A Flipt that answers by what a real one has answered.
#include "commandline.h"
#include "serverthread.h"

#include <support/recordedflipt.h>
#include <support/testdata.h>

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;

class tst_ParityCommand : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_directory;
    test::RecordedFlipt m_recorded{41};

private slots:
    void initTestCase() { QVERIFY(m_recorded.count() > 400); }

    void agreesWithARecordedFlipt()
    {
        const test::ServerThread first(m_recorded.handler());
        const test::ServerThread second(m_recorded.handler());
        const auto run = test::runCli(
            {QStringLiteral("parity"), test::oracleDatabase(), first.fliptUrl(), second.fliptUrl(),
             QStringLiteral("--requests"), QStringLiteral("-"), QStringLiteral("--json"),
             QStringLiteral("--settle"), QStringLiteral("0")},
            m_recorded.requests());
        QVERIFY2(run.exitCode == 0, QByteArray(run.output.left(2000) + run.errors).constData());
        const auto summaries = run.objects();
        QCOMPARE(summaries.size(), 2);
        for (const QJsonObject &summary : summaries) {
            QCOMPARE(summary[u"agreed"].toInt(), m_recorded.count());
            QCOMPARE(summary[u"version"].toString(), QStringLiteral("v1.61.1"));
        }
    }

    void namesTheRequestThatDiffers()
    {
        m_recorded.answerWrongly(3);
        const test::ServerThread server(m_recorded.handler());
        const QString file = test::writeFile(m_directory.path(), QStringLiteral("requests.jsonl"),
                                             m_recorded.requests());
        const QStringList arguments{QStringLiteral("parity"),
                                    test::oracleDatabase(),
                                    server.fliptUrl(),
                                    QStringLiteral("--requests"),
                                    file,
                                    QStringLiteral("--settle"),
                                    QStringLiteral("100")};
        const auto json = test::runCli(arguments + QStringList{QStringLiteral("--json")});
        const auto text = test::runCli(arguments);
        m_recorded.answerWrongly(-1);
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
        const test::ServerThread server(m_recorded.handler());
        const QByteArrayList lines = m_recorded.requests().split('\n').mid(0, 40);
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
                         m_recorded.requests().left(m_recorded.requests().indexOf('\n') + 1));
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
