// SPDX-License-Identifier: GPL-3.0-or-later
#include <lab/processlist.h>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace edgewise::lab;

class TestProcessList : public QObject {
    Q_OBJECT
private slots:
    void identifiesThisProcess()
    {
        const auto first = identify(::getpid());
        QVERIFY(first.has_value());
        QVERIFY(first->startTicks > 0);
        QCOMPARE(identify(::getpid()), first);
        QVERIFY(!identify(0).has_value());
    }

    void findsWhatStillRuns()
    {
        QTemporaryDir directory;
        QProcess process;
        process.start(QStringLiteral("sleep"), {QStringLiteral("60")});
        QVERIFY(process.waitForStarted());
        const auto identity = identify(process.processId());
        QVERIFY(identity.has_value());
        // The same number, but another start time: somebody else's process by now.
        const ProcessIdentity other{identity->processId, identity->startTicks + 1};

        QVERIFY(runningProcesses(directory.path()).isEmpty());
        saveProcessList(directory.path(), {*identity, other});
        QCOMPARE(runningProcesses(directory.path()), QList<ProcessIdentity>{*identity});

        endProcess(other, true);
        QVERIFY(!process.waitForFinished(200));
        endProcess(*identity, false);
        QVERIFY(process.waitForFinished());
        QVERIFY(runningProcesses(directory.path()).isEmpty());
        removeProcessList(directory.path());
        QVERIFY(!QFile::exists(directory.filePath(QStringLiteral("processes.json"))));
    }

    void aPausedProcessEndsToo()
    {
        QProcess process;
        process.start(QStringLiteral("sleep"), {QStringLiteral("60")});
        QVERIFY(process.waitForStarted());
        ::kill(pid_t(process.processId()), SIGSTOP);
        endProcess(*identify(process.processId()), false);
        QVERIFY(process.waitForFinished());
    }

    void aListOfAnEarlierBootSaysNothing()
    {
        QTemporaryDir directory;
        saveProcessList(directory.path(), {*identify(::getpid())});
        QFile file(directory.filePath(QStringLiteral("processes.json")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray text = file.readAll();
        file.close();
        const qsizetype boot = text.indexOf("boot\": \"") + 8;
        text.replace(boot, 8, "00000000");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        QVERIFY(runningProcesses(directory.path()).isEmpty());
    }

    void aSpoiltListIsNone()
    {
        QTemporaryDir directory;
        QFile file(directory.filePath(QStringLiteral("processes.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"processes\":[{\"pid\":");
        file.close();
        QVERIFY(runningProcesses(directory.path()).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestProcessList)
#include "tst_processlist.moc"
