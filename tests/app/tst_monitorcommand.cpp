// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"
#include "monitorprocess.h"

#include <support/sqldnode.h>

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <csignal>

using namespace edgewise;

using test::Monitor;

class tst_MonitorCommand : public QObject {
    Q_OBJECT
private slots:
    void tellsAReplicaThatFollowsFromOneThatDoesNot()
    {
        test::SqldNode primary;
        test::SqldNode replica(primary);
        primary.execute({QStringLiteral("create table w(id integer primary key)")});
        const QString p = primary.url().toString(), r = replica.url().toString();
        Monitor monitor({p, r});
        QTRY_COMPARE_WITH_TIMEOUT(monitor.state(r), QStringLiteral("in-sync"), 15000);
        QTRY_COMPARE_WITH_TIMEOUT(monitor.state(p), QStringLiteral("primary"), 5000);
        const QJsonObject sample = monitor.last(r);
        for (const char *key :
             {"t", "node", "role", "index", "frames_behind", "ms_behind", "state", "why"})
            QVERIFY2(sample.contains(QLatin1StringView(key)), key);
        QCOMPARE(sample[u"frames_behind"].toInt(-1), 0);
        QVERIFY(QDateTime::fromString(sample[u"t"].toString(), Qt::ISODateWithMs).isValid());

        replica.pause();
        QTRY_COMPARE_WITH_TIMEOUT(monitor.state(r), QStringLiteral("unreachable"), 15000);
        QVERIFY(monitor.last(r)[u"frames_behind"].isNull());
        QVERIFY(monitor.last(r)[u"ms_behind"].isNull());
        QVERIFY(!monitor.last(r)[u"why"].toString().isEmpty());
        replica.resume();
        QTRY_COMPARE_WITH_TIMEOUT(monitor.state(r), QStringLiteral("in-sync"), 15000);
    }

    void knowsThatANodeIsGone()
    {
        test::SqldNode primary;
        const QString gone = QStringLiteral("http://127.0.0.1:9");
        Monitor monitor({primary.url().toString(), gone});
        QTRY_COMPARE_WITH_TIMEOUT(monitor.state(gone), QStringLiteral("unreachable"), 10000);
        QTRY_COMPARE_WITH_TIMEOUT(monitor.state(primary.url().toString()),
                                  QStringLiteral("primary"), 10000);
    }

    void knowsAForeignReplica()
    {
        test::SqldNode primary, other;
        primary.execute({QStringLiteral("create table a(id integer primary key)")});
        other.execute({QStringLiteral("create table b(id integer primary key)")});
        test::SqldNode replica(other);
        Monitor monitor({primary.url().toString(), replica.url().toString()});
        QTRY_COMPARE_WITH_TIMEOUT(monitor.state(replica.url().toString()),
                                  QStringLiteral("foreign"), 15000);
    }

    void isItselfHeldForAWhile()
    {
        test::SqldNode primary;
        test::SqldNode replica(primary);
        primary.execute({QStringLiteral("create table w(id integer primary key)")});
        const QString p = primary.url().toString(), r = replica.url().toString();
        Monitor monitor({p, r});
        QTRY_COMPARE_WITH_TIMEOUT(monitor.state(r), QStringLiteral("in-sync"), 30000);
        const auto held = pid_t(monitor.process().processId());
        ::kill(held, SIGSTOP);
        QElapsedTimer timer;
        timer.start();
        primary.execute({QStringLiteral("insert into w values (1)")});
        constexpr int beyondTheDeadline = 3500;
        QTRY_VERIFY_WITH_TIMEOUT(timer.elapsed() > beyondTheDeadline, 30000);
        const qsizetype before = monitor.samples().size();
        ::kill(held, SIGCONT);
        QTRY_VERIFY_WITH_TIMEOUT(monitor.last(r)[u"index"].toInt() >= 1
                                     && monitor.state(r) == QStringLiteral("in-sync"),
                                 30000);
        // The questions that were on their way are no evidence against the nodes.
        for (const QJsonObject &sample : monitor.samples().mid(before))
            QVERIFY2(sample[u"state"] == QStringLiteral("primary")
                         || sample[u"state"] == QStringLiteral("in-sync")
                         || sample[u"state"] == QStringLiteral("catching-up"),
                     QJsonDocument(sample).toJson().constData());
    }

    void endsAfterItsTimeOrASignal()
    {
        test::SqldNode primary;
        const QString url = primary.url().toString();
        const auto run =
            test::runCli({QStringLiteral("monitor"), url, url, QStringLiteral("--interval"),
                          QStringLiteral("50"), QStringLiteral("--for"), QStringLiteral("1")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.objects().size() >= 4);

        Monitor monitor({url, url});
        QTRY_VERIFY_WITH_TIMEOUT(!monitor.samples().isEmpty(), 10000);
        ::kill(pid_t(monitor.process().processId()), SIGINT);
        QVERIFY(monitor.process().waitForFinished(10000));
        QCOMPARE(monitor.process().exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(tst_MonitorCommand)
#include "tst_monitorcommand.moc"
