// SPDX-License-Identifier: GPL-3.0-or-later
#include <lab/supervisedprocess.h>

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace edgewise::lab;
using namespace Qt::StringLiterals;

class TestSupervisedProcess : public QObject {
    Q_OBJECT
private slots:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void outputGoesToItsLog()
    {
        SupervisedProcess process;
        QSignalSpy ended(&process, &SupervisedProcess::ended);
        process.start(shell(u"echo first; echo second >&2; exit 3"_qs));
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(ended[0][0].toString().contains(u"exit code 3"));
        QCOMPARE(process.lastOutput(5), u"first\nsecond"_qs);
        QCOMPARE(process.lastOutput(1), u"second"_qs);
        // The log goes on, but the last output is this start's.
        process.start(shell(u"echo third"_qs));
        QTRY_COMPARE(ended.size(), 2);
        QCOMPARE(process.lastOutput(5), u"third"_qs);
        QFile log(m_directory->filePath(u"log"_qs));
        QVERIFY(log.open(QIODevice::ReadOnly));
        QCOMPARE(log.readAll(), "first\nsecond\nthird\n");
    }

    void aStopIsASigterm()
    {
        SupervisedProcess process;
        QSignalSpy ended(&process, &SupervisedProcess::ended);
        process.start(
            shell(u"trap 'echo asked; exit 0' TERM; echo up; while :; do sleep 0.05; done"_qs));
        QTRY_COMPARE(process.lastOutput(1), u"up"_qs);
        process.stop();
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(ended[0][0].toString().contains(u"exit code 0"));
        QCOMPARE(process.lastOutput(1), u"asked"_qs);
    }

    void aStopReachesAPausedProcess()
    {
        SupervisedProcess process;
        QSignalSpy started(&process, &SupervisedProcess::started);
        QSignalSpy ended(&process, &SupervisedProcess::ended);
        process.start(shell(u"exec sleep 60"_qs));
        QTRY_COMPARE(started.size(), 1);
        process.pause();
        process.stop();
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(ended[0][0].toString().contains(u"signal"));
    }

    void signalsAreAsAProgramExpectsThem()
    {
        // This program blocks and ignores some; its children must not.
        sigset_t blocked;
        sigemptyset(&blocked);
        sigaddset(&blocked, SIGTERM);
        sigset_t before;
        sigprocmask(SIG_BLOCK, &blocked, &before);
        const auto oldHandler = std::signal(SIGINT, SIG_IGN);
        SupervisedProcess process;
        QSignalSpy ended(&process, &SupervisedProcess::ended);
        process.start(shell(u"grep -E 'SigBlk|SigIgn' /proc/self/status"_qs));
        QTRY_COMPARE(ended.size(), 1);
        std::signal(SIGINT, oldHandler);
        sigprocmask(SIG_SETMASK, &before, nullptr);
        const QStringList lines = process.lastOutput(2).split(u'\n');
        QCOMPARE(mask(lines[0]), 0);
        QVERIFY((mask(lines[1]) & bit(SIGINT)) == 0);
        QVERIFY((mask(lines[1]) & bit(SIGTERM)) == 0);
    }

    void strayVariablesStayOut()
    {
        qputenv("SQLD_NODE", "replica");
        qputenv("LIBSQL_ADMIN_AUTH_KEY", "x");
        qputenv("FLIPT_DB_URL", "x");
        qputenv("RUST_LOG", "off");
        qputenv("EDGEWISE_STAYS", "here");
        SupervisedProcess process;
        QSignalSpy ended(&process, &SupervisedProcess::ended);
        ProcessDescription description = shell(u"env"_qs);
        description.environment.insert(u"FLIPT_LOG_LEVEL"_qs, u"warn"_qs);
        process.start(description);
        QTRY_COMPARE(ended.size(), 1);
        for (const char *name :
             {"SQLD_NODE", "LIBSQL_ADMIN_AUTH_KEY", "FLIPT_DB_URL", "RUST_LOG", "EDGEWISE_STAYS"})
            qunsetenv(name);
        const QStringList variables = process.lastOutput(1000).split(u'\n');
        QVERIFY(variables.contains(u"EDGEWISE_STAYS=here"_qs));
        QVERIFY(variables.contains(u"FLIPT_LOG_LEVEL=warn"_qs));
        for (const QString &variable : variables) {
            QVERIFY2(!variable.startsWith(u"SQLD_") && !variable.startsWith(u"LIBSQL_")
                         && !variable.startsWith(u"FLIPT_DB_URL")
                         && !variable.startsWith(u"RUST_LOG"),
                     qPrintable(variable));
        }
    }

    void aProgramThatIsNotThere()
    {
        SupervisedProcess process;
        QSignalSpy ended(&process, &SupervisedProcess::ended);
        ProcessDescription description = shell({});
        description.program = u"/nowhere/sqld"_qs;
        process.start(description);
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(ended[0][0].toString().contains(u"cannot be started"));
        QVERIFY(!process.isRunning());
    }

    void theDestructorEndsIt()
    {
        qint64 processId = 0;
        {
            SupervisedProcess process;
            QSignalSpy started(&process, &SupervisedProcess::started);
            process.start(shell(u"exec sleep 60"_qs));
            QTRY_COMPARE(started.size(), 1);
            processId = process.processId();
        }
        QCOMPARE(::kill(pid_t(processId), 0), -1);
    }

private:
    ProcessDescription shell(const QString &script) const
    {
        return {.program = u"/bin/sh"_qs,
                .arguments = {u"-c"_qs, script},
                .environment = {},
                .directory = m_directory->path(),
                .logFile = m_directory->filePath(u"log"_qs)};
    }

    static quint64 bit(int signal) { return quint64(1) << (signal - 1); }
    static quint64 mask(const QString &line)
    {
        return line.section(u'\t', 1).toULongLong(nullptr, 16);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(TestSupervisedProcess)
#include "tst_supervisedprocess.moc"
