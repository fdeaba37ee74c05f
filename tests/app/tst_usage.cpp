// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <QTest>

using namespace edgewise;

class tst_Usage : public QObject {
    Q_OBJECT
private slots:
    void helpNamesEveryCommand()
    {
        const auto run = test::runCli({QStringLiteral("--help")});
        QCOMPARE(run.exitCode, 0);
        for (const char *command :
             {"init", "list", "export", "apply", "diff", "evaluate", "monitor", "lab"})
            QVERIFY2(run.output.contains(command), command);
        QVERIFY(run.errors.isEmpty());
    }

    void versionIsALine()
    {
        const auto run = test::runCli({QStringLiteral("--version")});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.lines().size(), 1);
        QVERIFY(run.output.startsWith("edgewise-cli 0."));
    }

    void wrongUseExitsWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown command") << QStringList{QStringLiteral("frobnicate")};
        QTest::newRow("unknown option") << QStringList{
            QStringLiteral("list"), QStringLiteral("a.db"), QStringLiteral("--loud")};
        QTest::newRow("missing source") << QStringList{QStringLiteral("list")};
        QTest::newRow("missing replica")
            << QStringList{QStringLiteral("monitor"), QStringLiteral("http://127.0.0.1:9")};
        QTest::newRow("nothing to list")
            << QStringList{QStringLiteral("list"), QStringLiteral("a.db"), QStringLiteral("rules")};
        QTest::newRow("lab without up") << QStringList{QStringLiteral("lab")};
        QTest::newRow("too many replicas")
            << QStringList{QStringLiteral("lab"), QStringLiteral("up"),
                           QStringLiteral("--replicas"), QStringLiteral("4000")};
        QTest::newRow("token on the command line")
            << QStringList{QStringLiteral("--token"), QStringLiteral("secret"),
                           QStringLiteral("list"), QStringLiteral("a.db")};
        QTest::newRow("token file that is not there")
            << QStringList{QStringLiteral("--token-file"), QStringLiteral("/nonexistent/token"),
                           QStringLiteral("list"), QStringLiteral("a.db")};
    }

    void wrongUseExitsWithTwo()
    {
        QFETCH(const QStringList, arguments);
        const auto run = test::runCli(arguments);
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.output.isEmpty());
        QVERIFY2(run.errors.size() > 10, run.errors.constData());
    }
};

QTEST_GUILESS_MAIN(tst_Usage)
#include "tst_usage.moc"
