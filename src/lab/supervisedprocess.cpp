// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/supervisedprocess.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace edgewise::lab {

using namespace Qt::StringLiterals;

namespace {

// sqld is started with --shutdown-timeout 3, so it needs no longer.
constexpr int stopMilliseconds = 5000;
constexpr qint64 logLimit = 8 * 1024 * 1024;

QProcessEnvironment childEnvironment(const QHash<QString, QString> &added)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith(u"SQLD_") || name.startsWith(u"LIBSQL_") || name.startsWith(u"FLIPT_")
            || name == u"RUST_LOG")
            environment.remove(name);
    }
    for (auto it = added.cbegin(); it != added.cend(); ++it)
        environment.insert(it.key(), it.value());
    return environment;
}

/// Runs in the child between fork and exec: system calls only.
void prepareChild(pid_t parent)
{
    // Signals as a program expects them, whatever this one blocks or ignores.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    // A group of its own, so that Ctrl+C in a terminal reaches the lab alone, which then stops its
    // nodes in order. When the lab dies while a node is paused, the kernel finds that group
    // orphaned and sends SIGHUP and SIGCONT: the node continues, and takes its SIGTERM. SIGHUP has
    // to be ignored, since it would end a primary before it can remove its .sentinel.
    setpgid(0, 0);
    signal(SIGHUP, SIG_IGN);
    // SIGTERM, not SIGKILL: a primary that is killed loses its log.
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) // died before the line above
        _exit(0);
}

} // namespace

SupervisedProcess::SupervisedProcess(QObject *parent) : QObject(parent)
{
    m_killTimer.setSingleShot(true);
    m_killTimer.setInterval(stopMilliseconds);
    connect(&m_killTimer, &QTimer::timeout, this, &SupervisedProcess::kill);
    connect(&m_process, &QProcess::started, this, &SupervisedProcess::started);
    connect(&m_process, &QProcess::finished, this, &SupervisedProcess::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, &SupervisedProcess::onError);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardInputFile(QProcess::nullDevice());
}

SupervisedProcess::~SupervisedProcess()
{
    m_process.disconnect(this);
    stopAndWait();
}

void SupervisedProcess::start(const ProcessDescription &description)
{
    // The parent-death signal comes when the forking thread ends, not the process.
    Q_ASSERT(QThread::currentThread() == QCoreApplication::instance()->thread());
    Q_ASSERT(!isRunning());
    m_logFile = description.logFile;
    m_logStart = QFileInfo(m_logFile).size();
    if (m_logStart > logLimit) {
        QFile::remove(m_logFile + u".1"_qs);
        QFile::rename(m_logFile, m_logFile + u".1"_qs);
        m_logStart = 0;
    }
    m_process.setProcessEnvironment(childEnvironment(description.environment));
    m_process.setWorkingDirectory(description.directory);
    m_process.setStandardOutputFile(m_logFile, QIODevice::Append);
    m_process.setChildProcessModifier([parent = ::getpid()] { prepareChild(parent); });
    m_process.start(description.program, description.arguments);
}

void SupervisedProcess::stop()
{
    if (!isRunning())
        return;
    m_process.terminate();
    resume();
    m_killTimer.start();
}

void SupervisedProcess::stopAndWait()
{
    if (!isRunning())
        return;
    stop();
    if (!m_process.waitForFinished(stopMilliseconds)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

void SupervisedProcess::kill()
{
    if (isRunning())
        m_process.kill();
}

void SupervisedProcess::pause()
{
    if (processId() > 0)
        ::kill(pid_t(processId()), SIGSTOP);
}

void SupervisedProcess::resume()
{
    if (processId() > 0)
        ::kill(pid_t(processId()), SIGCONT);
}

QString SupervisedProcess::lastOutput(int lines) const
{
    QFile file(m_logFile);
    constexpr qint64 tail = 16 * 1024;
    if (!file.open(QIODevice::ReadOnly) || !file.seek(std::max(m_logStart, file.size() - tail)))
        return {};
    const QStringList all = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    return all.mid(std::max<qsizetype>(0, all.size() - lines)).join(u'\n');
}

void SupervisedProcess::onFinished(int exitCode, QProcess::ExitStatus status)
{
    m_killTimer.stop();
    emit ended(status == QProcess::CrashExit ? u"was ended by a signal"_qs
                                             : u"ended with exit code %1"_qs.arg(exitCode));
}

void SupervisedProcess::onError(QProcess::ProcessError error)
{
    if (error == QProcess::FailedToStart) // no finished() follows this one
        emit ended(u"cannot be started: %1"_qs.arg(m_process.errorString()));
}

} // namespace edgewise::lab
