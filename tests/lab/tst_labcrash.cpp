// SPDX-License-Identifier: GPL-3.0-or-later
// What a SIGKILL of the program leaves behind: nothing.
#include <lab/lab.h>
#include <lab/processlist.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include "support/sqldnode.h"

using namespace edgewise;
using namespace edgewise::lab;

namespace {

struct Topology {
    Node primary;
    Node replica;
};

Node nodeOf(const QJsonObject &object)
{
    Node node;
    node.url = QUrl(object[u"url"].toString());
    node.processId = object[u"pid"].toInteger();
    node.dataDirectory = object[u"data"].toString();
    return node;
}

bool runs(const Node &node)
{
    return identify(node.processId).has_value();
}

void pause(const Node &node)
{
    ::kill(pid_t(node.processId), SIGSTOP);
    // A program that is killed in the moment of the stop leaves a child that stays paused.
    QFile stat(QStringLiteral("/proc/%1/stat").arg(node.processId));
    QTRY_VERIFY((stat.close(), stat.open(QIODevice::ReadOnly)) && stat.readAll().contains(") T "));
}

} // namespace

class TestLabCrash : public QObject {
    Q_OBJECT
private slots:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void childrenEndCleanlyWithAKilledProgram_data()
    {
        QTest::addColumn<bool>("pauseReplica");
        QTest::addColumn<bool>("pausePrimary");
        QTest::newRow("all running") << false << false;
        QTest::newRow("replica paused") << true << false;
        QTest::newRow("primary paused") << false << true;
    }

    void childrenEndCleanlyWithAKilledProgram()
    {
        QFETCH(bool, pauseReplica);
        QFETCH(bool, pausePrimary);
        QProcess program;
        const Topology topology = start(program);
        const QByteArray answer = test::executeOn(
            topology.primary.url,
            {QStringLiteral("create table t(v)"), QStringLiteral("insert into t values ('kept')")});
        QVERIFY2(!answer.contains("error"), answer.constData());
        const QString sentinel =
            topology.primary.dataDirectory + QStringLiteral("/dbs/default/.sentinel");
        QVERIFY(QFile::exists(sentinel));
        if (pauseReplica)
            pause(topology.replica);
        if (pausePrimary)
            pause(topology.primary);

        program.kill();
        QVERIFY(program.waitForFinished());
        QTRY_VERIFY(!runs(topology.primary));
        QTRY_VERIFY(!runs(topology.replica));
        QVERIFY(!QFile::exists(sentinel));

        // The folder is taken over as if nothing had happened.
        QProcess successor;
        const Topology after = start(successor);
        QVERIFY(test::executeOn(after.primary.url, {QStringLiteral("select v from t")})
                    .contains("kept"));
        successor.terminate();
        QVERIFY(successor.waitForFinished());
        QTRY_VERIFY(!runs(after.primary));
    }

    void childrenThatOutlivedTheirLabAreEnded()
    {
        // A process that nobody ends, in the list of a lab that is no more.
        QProcess leftover;
        leftover.start(QStringLiteral("sleep"), {QStringLiteral("60")});
        QVERIFY(leftover.waitForStarted());
        ::kill(pid_t(leftover.processId()), SIGSTOP);
        saveProcessList(m_directory->path(), {*identify(leftover.processId())});

        QProcess program;
        start(program);
        QVERIFY(leftover.waitForFinished(1000));
        program.terminate();
        QVERIFY(program.waitForFinished());
    }

private:
    Topology start(QProcess &program) const
    {
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program.start(QStringLiteral(LAB_PROGRAM), {m_directory->path(), test::sqldProgram()});
        while (!program.canReadLine()) {
            if (!program.waitForReadyRead(20000))
                qFatal("The lab is not ready: %s", qPrintable(program.errorString()));
        }
        const QJsonObject topology = QJsonDocument::fromJson(program.readLine()).object();
        return {nodeOf(topology[u"primary"].toObject()),
                nodeOf(topology[u"replicas"].toArray()[0].toObject())};
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(TestLabCrash)
#include "tst_labcrash.moc"
