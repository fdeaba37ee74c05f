// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <support/testdata.h>

#include <QTest>

using namespace edgewise;

class tst_ListCommand : public QObject {
    Q_OBJECT
private slots:
    // The numbers are the recorded database's (counted with sqlite3).
    void listsEverything_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("count");
        QTest::newRow("namespaces") << QStringLiteral("namespaces") << 6;
        QTest::newRow("flags") << QStringLiteral("flags") << 125;
        QTest::newRow("segments") << QStringLiteral("segments") << 432;
    }

    void listsEverything()
    {
        QFETCH(const QString, what);
        QFETCH(const int, count);
        const auto json = test::runCli(
            {QStringLiteral("list"), test::oracleDatabase(), what, QStringLiteral("--json")});
        QVERIFY2(json.exitCode == 0, json.errors.constData());
        QCOMPARE(json.objects().size(), count);
        const auto text = test::runCli({QStringLiteral("list"), test::oracleDatabase(), what});
        QCOMPARE(text.exitCode, 0);
        QCOMPARE(text.lines().size(), count);
    }

    void keepsToOneNamespace()
    {
        const auto run = test::runCli({QStringLiteral("list"), test::oracleDatabase(),
                                       QStringLiteral("flags"), QStringLiteral("--namespace"),
                                       QStringLiteral("team-a"), QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(!run.objects().isEmpty());
        for (const QJsonObject &flag : run.objects())
            QCOMPARE(flag[u"namespace"].toString(), QStringLiteral("team-a"));
    }

    void namesAnUnknownNamespace()
    {
        const auto run = test::runCli({QStringLiteral("list"), test::oracleDatabase(),
                                       QStringLiteral("--namespace"), QStringLiteral("nowhere")});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(test::isOneSentence(run.errors), run.errors.constData());
        QVERIFY(run.errors.contains("nowhere"));
        QVERIFY(run.output.isEmpty());
    }

    void listsADocument()
    {
        const auto run = test::runCli({QStringLiteral("list"),
                                       test::dataPath(QStringLiteral("oracle/features.yml")),
                                       QStringLiteral("flags"), QStringLiteral("--json")});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(run.objects().size(), 125);
    }
};

QTEST_GUILESS_MAIN(tst_ListCommand)
#include "tst_listcommand.moc"
