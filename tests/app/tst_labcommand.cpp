// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;

namespace {

/// One that has ended and that nobody has waited for, as in a container whose first process waits
/// for no orphans, runs no more.
bool runs(qint64 processId)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(processId));
    return stat.open(QIODevice::ReadOnly) && !stat.readAll().contains(") Z ");
}

class Lab {
public:
    explicit Lab(const QString &directory, int replicas = 1)
    {
        m_process.start(test::cliProgram(),
                        {QStringLiteral("lab"), QStringLiteral("up"), QStringLiteral("--dir"),
                         directory, QStringLiteral("--replicas"), QString::number(replicas)});
        while (!m_process.canReadLine() && m_process.waitForReadyRead(30000)) {
        }
        m_topology = QJsonDocument::fromJson(m_process.readLine()).object();
    }
    ~Lab()
    {
        m_process.terminate();
        m_process.waitForFinished(20000);
    }

    QProcess &process() { return m_process; }
    QJsonObject topology() const { return m_topology; }
    QList<qint64> processIds() const
    {
        QList<qint64> ids{m_topology[u"primary"][u"pid"].toInteger()};
        for (const QJsonValue &replica : m_topology[u"replicas"].toArray())
            ids.append(replica[u"pid"].toInteger());
        return ids;
    }

private:
    QProcess m_process;
    QJsonObject m_topology;
};

} // namespace

class tst_LabCommand : public QObject {
    Q_OBJECT
private slots:
    void saysWhereItsNodesAreAndNothingElse()
    {
        const QTemporaryDir directory;
        Lab lab(directory.path(), 2);
        const QJsonObject topology = lab.topology();
        QCOMPARE(topology[u"replicas"].toArray().size(), 2);
        QVERIFY(topology[u"flipts"].isArray());
        for (const char *key : {"url", "admin", "pid", "data"})
            QVERIFY2(topology[u"primary"].toObject().contains(QLatin1StringView(key)), key);
        for (const qint64 id : lab.processIds())
            QVERIFY(runs(id));
        const QString primary = topology[u"primary"][u"url"].toString();
        const QString replica = topology[u"replicas"][1][u"url"].toString();
        QCOMPARE(test::runCli({QStringLiteral("init"), primary}).exitCode, 0);
        QTRY_COMPARE_WITH_TIMEOUT(
            test::runCli({QStringLiteral("diff"), primary, replica, QStringLiteral("--rows")})
                .exitCode,
            0, 5000);

        lab.process().terminate();
        QVERIFY(lab.process().waitForFinished(15000));
        QCOMPARE(lab.process().exitCode(), 0);
        QVERIFY(lab.process().readAllStandardOutput().isEmpty());
        for (const qint64 id : lab.processIds())
            QTRY_VERIFY_WITH_TIMEOUT(!runs(id), 5000);
    }

    void keepsItsData()
    {
        const QTemporaryDir directory;
        {
            const Lab lab(directory.path(), 0);
            QCOMPARE(test::runCli(
                         {QStringLiteral("init"), lab.topology()[u"primary"][u"url"].toString()})
                         .exitCode,
                     0);
        }
        const Lab lab(directory.path(), 0);
        const auto run =
            test::runCli({QStringLiteral("list"), lab.topology()[u"primary"][u"url"].toString(),
                          QStringLiteral("namespaces")});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(run.lines().size(), 1);
    }

    void isGoneWhenItIsKilled()
    {
        const QTemporaryDir directory;
        Lab lab(directory.path());
        const auto ids = lab.processIds();
        lab.process().kill();
        QVERIFY(lab.process().waitForFinished(10000));
        for (const qint64 id : ids)
            QTRY_VERIFY_WITH_TIMEOUT(!runs(id), 5000);
    }

    void sharesItsFolderWithNobody()
    {
        const QTemporaryDir directory;
        const Lab lab(directory.path());
        QVERIFY(!lab.topology().isEmpty());
        const auto second = test::runCli({QStringLiteral("lab"), QStringLiteral("up"),
                                          QStringLiteral("--dir"), directory.path()});
        QVERIFY(second.exitCode == 2 || second.exitCode == 3);
        QVERIFY2(test::isOneSentence(second.errors), second.errors.constData());
        QVERIFY(second.output.isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_LabCommand)
#include "tst_labcommand.moc"
