// SPDX-License-Identifier: GPL-3.0-or-later
#include <lab/lab.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include "support/sqldnode.h"

using namespace edgewise;
using namespace edgewise::lab;
using edgewise::test::executeOn;

class TestLab : public QObject {
    Q_OBJECT
private slots:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void aWriteOnThePrimaryIsSeenOnEachReplica()
    {
        Lab lab(options(2));
        up(lab);
        const QList<Node> nodes = lab.nodes();
        QCOMPARE(nodes.size(), 3);
        QCOMPARE(nodes[0].name, QStringLiteral("primary"));
        QCOMPARE(nodes[2].name, QStringLiteral("replica-2"));
        for (const Node &node : nodes) {
            QCOMPARE(node.state, NodeState::Ready);
            QCOMPARE(node.url.host(), QStringLiteral("127.0.0.1"));
            QVERIFY(node.processId > 0);
            QVERIFY(QFile::exists(node.logFile));
        }
        write(nodes[0], QStringLiteral("create table t(v)"));
        write(nodes[0], QStringLiteral("insert into t values ('travelled')"));
        QTRY_VERIFY(sees(nodes[1], "travelled"));
        QTRY_VERIFY(sees(nodes[2], "travelled"));
        down(lab);
        QCOMPARE(lab.nodes()[0].state, NodeState::Stopped);
        // What makes the next start keep the log.
        QVERIFY(!QFile::exists(nodes[0].dataDirectory + QStringLiteral("/dbs/default/.sentinel")));
        QVERIFY(!QFile::exists(m_directory->filePath(QStringLiteral("processes.json"))));
    }

    void topologyIsOneLineOfJson()
    {
        Lab lab(options(2));
        up(lab);
        const QByteArray line = lab.topologyJson();
        QVERIFY(!line.contains('\n'));
        const QJsonObject topology = QJsonDocument::fromJson(line).object();
        QCOMPARE(topology.keys(), QStringList({QStringLiteral("flipts"), QStringLiteral("primary"),
                                               QStringLiteral("replicas")}));
        QCOMPARE(topology[u"replicas"].toArray().size(), 2);
        QVERIFY(topology[u"flipts"].toArray().isEmpty());
        for (const QJsonObject &node :
             {topology[u"primary"].toObject(), topology[u"replicas"].toArray()[1].toObject()}) {
            QCOMPARE(node.keys(), QStringList({QStringLiteral("admin"), QStringLiteral("data"),
                                               QStringLiteral("pid"), QStringLiteral("url")}));
            QVERIFY(QDir(node[u"data"].toString()).exists());
            QVERIFY(executeOn(QUrl(node[u"url"].toString()), {QStringLiteral("select 1")})
                        .contains("execute"));
            QCOMPARE(::kill(pid_t(node[u"pid"].toInteger()), 0), 0);
        }
    }

    void pausedReplicaAnswersAgainAfterResume()
    {
        Lab lab(options(1));
        up(lab);
        const Node replica = lab.nodes()[1];
        lab.pauseNode(replica.name);
        QCOMPARE(lab.nodes()[1].state, NodeState::Paused);
        QVERIFY(executeOn(replica.url, {QStringLiteral("select 1")}, 300).isEmpty());
        lab.resumeNode(replica.name);
        QCOMPARE(lab.nodes()[1].state, NodeState::Ready);
        QTRY_VERIFY(executeOn(replica.url, {QStringLiteral("select 1")}, 1000).contains("execute"));
        // A lab with a paused node goes down like any other.
        lab.pauseNode(replica.name);
        down(lab);
    }

    void whatSomebodyElsePausedIsLeftAlone()
    {
        Lab lab(options(1));
        up(lab);
        QSignalSpy changed(&lab, &Lab::nodeChanged);
        const Node replica = lab.nodes()[1];
        ::kill(pid_t(replica.processId), SIGSTOP);
        QVERIFY(!changed.wait(1500));
        QCOMPARE(lab.nodes()[1].processId, replica.processId);
        ::kill(pid_t(replica.processId), SIGCONT);
        QTRY_VERIFY(executeOn(replica.url, {QStringLiteral("select 1")}, 1000).contains("execute"));
    }

    void aKilledPrimaryComesBackOnItsPorts()
    {
        Lab lab(options(1));
        up(lab);
        const Node before = lab.nodes()[0];
        write(before, QStringLiteral("create table t(v)"));
        write(before, QStringLiteral("insert into t values ('committed')"));
        lab.killPrimary();
        QTRY_COMPARE(lab.nodes()[0].state, NodeState::Stopped);
        QVERIFY(executeOn(before.url, {QStringLiteral("select 1")}, 300).isEmpty());
        lab.startNode(before.name);
        QTRY_COMPARE(lab.nodes()[0].state, NodeState::Ready);
        QCOMPARE(lab.nodes()[0].url, before.url);
        QVERIFY(lab.nodes()[0].processId != before.processId);
        QTRY_VERIFY(sees(lab.nodes()[1], "committed"));
    }

    void replicasComeAndGo()
    {
        Lab lab(options(0));
        up(lab);
        QCOMPARE(lab.nodes().size(), 1);
        write(lab.nodes()[0], QStringLiteral("create table t(v)"));
        write(lab.nodes()[0], QStringLiteral("insert into t values ('there')"));
        const QString name = lab.addReplica();
        QCOMPARE(name, QStringLiteral("replica-1"));
        QTRY_COMPARE(lab.nodes()[1].state, NodeState::Ready);
        QTRY_VERIFY(sees(lab.nodes()[1], "there"));

        const QString data = lab.nodes()[1].dataDirectory;
        QVERIFY(QDir(data).exists());
        QSignalSpy removed(&lab, &Lab::nodeRemoved);
        lab.removeReplica(name);
        QTRY_COMPARE(removed.size(), 1);
        QCOMPARE(lab.nodes().size(), 1);
        QVERIFY(!QDir(data).exists());
    }

    void aWipedReplicaLoadsEverythingAnew()
    {
        Lab lab(options(1));
        up(lab);
        write(lab.nodes()[0], QStringLiteral("create table t(v)"));
        write(lab.nodes()[0], QStringLiteral("insert into t values ('again')"));
        const Node before = lab.nodes()[1];
        QTRY_VERIFY(sees(before, "again"));
        QFile mark(before.dataDirectory + QStringLiteral("/mark"));
        QVERIFY(mark.open(QIODevice::WriteOnly));
        lab.wipeReplica(before.name);
        QTRY_VERIFY_WITH_TIMEOUT(lab.nodes()[1].state == NodeState::Ready
                                     && lab.nodes()[1].processId != before.processId,
                                 30000);
        QVERIFY(!mark.exists());
        QTRY_VERIFY_WITH_TIMEOUT(sees(lab.nodes()[1], "again"), 30000);
        lab.wipeReplica(QStringLiteral("primary")); // never
        QCOMPARE(lab.nodes()[0].state, NodeState::Ready);
    }

    void aReplicaComesAndGoesWithItsFlipt()
    {
        LabOptions withFlipt = options(0);
        withFlipt.flipt = QStringLiteral(FLIPT_STAND_IN);
        Lab lab(withFlipt);
        up(lab);
        const QString name = lab.addReplica();
        QTRY_VERIFY_WITH_TIMEOUT(
            lab.nodes().size() == 4 && lab.nodes()[3].state == NodeState::Ready, 30000);
        QCOMPARE(lab.nodes()[3].database, name);
        lab.removeReplica(name);
        QTRY_COMPARE_WITH_TIMEOUT(lab.nodes().size(), 2, 30000);
    }

    void dataOutlivesTheLab()
    {
        {
            Lab lab(options(1));
            up(lab);
            write(lab.nodes()[0], QStringLiteral("create table t(v)"));
            write(lab.nodes()[0], QStringLiteral("insert into t values ('kept')"));
        } // the destructor alone has to end it in good order
        Lab lab(options(1));
        up(lab);
        QVERIFY(sees(lab.nodes()[0], "kept"));
        QTRY_VERIFY(sees(lab.nodes()[1], "kept"));
    }

    void aSecondLabInTheSameFolderIsRefused()
    {
        Lab first(options(0));
        up(first);
        Lab second(options(0));
        QSignalSpy failed(&second, &Lab::failed);
        second.start();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(second.state(), Lab::State::Failed);
        const Error error = failed[0][0].value<Error>();
        QCOMPARE(error.kind, Error::Kind::Conflict);
        QVERIFY(error.step.contains(m_directory->path()));
        QVERIFY(sees(first.nodes()[0], "1", "select 1"));
        down(first);
        second.start();
        QTRY_COMPARE(second.state(), Lab::State::Ready);
    }

    void aTakenPortIsChosenAgain()
    {
        Lab lab(options(1));
        up(lab);
        const Node before = lab.nodes()[0];
        lab.stopNode(before.name);
        QTRY_COMPARE(lab.nodes()[0].state, NodeState::Stopped);
        QTcpServer thief;
        QVERIFY(thief.listen(QHostAddress::LocalHost, quint16(before.url.port())));
        lab.startNode(before.name);
        QTRY_COMPARE(lab.nodes()[0].state, NodeState::Ready);
        const Node after = lab.nodes()[0];
        QVERIFY(after.url != before.url);
        // The replica has been told: it follows again.
        write(after, QStringLiteral("create table t(v)"));
        write(after, QStringLiteral("insert into t values ('found')"));
        QTRY_VERIFY(sees(lab.nodes()[1], "found"));
    }

    void aProgramThatIsNoSqldFails()
    {
        LabOptions wrong = options(1);
        wrong.sqld = QStringLiteral("/bin/false");
        Lab lab(wrong);
        QSignalSpy failed(&lab, &Lab::failed);
        lab.start();
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].value<Error>().detail.contains(u"exit code 1"));
    }

    void aProgramThatNeverAnswersFails()
    {
        LabOptions silent = options(0);
        silent.sqld = m_directory->filePath(QStringLiteral("silent"));
        QFile script(silent.sqld);
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\nexec sleep 60\n");
        script.close();
        QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        silent.readyMilliseconds = 200;
        Lab lab(silent);
        QSignalSpy failed(&lab, &Lab::failed);
        lab.start();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(lab.nodes()[0].processId, 0);
    }

    void aFliptOnEachNode()
    {
        qputenv("FLIPT_SERVER_HOST", "0.0.0.0"); // stray settings must not reach it
        qputenv("SQLD_HTTP_LISTEN_ADDR", "0.0.0.0:1");
        qputenv("FLIPT_STORAGE_TYPE", "git");
        LabOptions withFlipt = options(1);
        withFlipt.flipt = QStringLiteral(FLIPT_STAND_IN);
        Lab lab(withFlipt);
        up(lab);
        qunsetenv("FLIPT_SERVER_HOST");
        qunsetenv("SQLD_HTTP_LISTEN_ADDR");
        qunsetenv("FLIPT_STORAGE_TYPE");

        const QJsonObject topology = QJsonDocument::fromJson(lab.topologyJson()).object();
        const QJsonArray flipts = topology[u"flipts"].toArray();
        QCOMPARE(flipts.size(), 2);
        QCOMPARE(flipts[0].toObject()[u"node"], topology[u"primary"].toObject()[u"url"]);
        QCOMPARE(flipts[1].toObject()[u"node"],
                 topology[u"replicas"].toArray()[0].toObject()[u"url"]);
        QFile environment(
            QStringLiteral("/proc/%1/environ").arg(flipts[1].toObject()[u"pid"].toInteger()));
        QVERIFY(environment.open(QIODevice::ReadOnly));
        const QByteArrayList variables = environment.readAll().split('\0');
        QVERIFY(variables.contains("FLIPT_SERVER_HOST=127.0.0.1"));
        QVERIFY(variables.contains("FLIPT_DB_URL="
                                   + flipts[1].toObject()[u"node"].toString().toUtf8()));
        QVERIFY(!variables.contains("FLIPT_STORAGE_TYPE=git"));
        QVERIFY(!variables.contains("SQLD_HTTP_LISTEN_ADDR=0.0.0.0:1"));
    }

private:
    LabOptions options(int replicas) const
    {
        LabOptions options;
        options.directory = m_directory->path();
        options.replicas = replicas;
        options.sqld = test::sqldProgram();
        return options;
    }

    static void up(Lab &lab)
    {
        lab.start();
        QTRY_COMPARE_WITH_TIMEOUT(lab.state(), Lab::State::Ready, 20000);
    }

    static void down(Lab &lab)
    {
        lab.stop();
        QTRY_COMPARE_WITH_TIMEOUT(lab.state(), Lab::State::Stopped, 10000);
    }

    static void write(const Node &node, const QString &sql)
    {
        const QByteArray answer = executeOn(node.url, {sql});
        QVERIFY2(answer.contains(R"("response":{"type":"execute")"), answer.constData());
    }

    static bool sees(const Node &node, const QByteArray &text, const char *sql = "select v from t")
    {
        return executeOn(node.url, {QLatin1String(sql)}).contains(QByteArray('"' + text + '"'));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(TestLab)
#include "tst_lab.moc"
