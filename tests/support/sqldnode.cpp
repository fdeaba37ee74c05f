// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/sqldnode.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace edgewise::test {

namespace {

constexpr int startMilliseconds = 60000;

/// Below the range from which the kernel takes ports for connections that go out, and apart from
/// what test programs beside this one choose: between the choice and the server's own bind a port
/// can be taken, and then the test would talk to somebody else's node.
int freePort()
{
    constexpr int firstPort = 10000;
    constexpr int portsEach = 200;
    constexpr int programs = 100;
    static int next = 0;
    const int base = firstPort + int(QCoreApplication::applicationPid() % programs) * portsEach;
    for (int i = 0; i < portsEach; ++i) {
        const int port = base + next++ % portsEach;
        QTcpServer server;
        if (server.listen(QHostAddress::LocalHost, quint16(port)))
            return port;
    }
    qFatal("No free port on loopback from %d on", base);
}

/// One HTTP exchange on a fresh connection, or an empty array.
QByteArray post(int port, const QByteArray &path, const QByteArray &body, int milliseconds,
                const QByteArray &token = {})
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, quint16(port));
    if (!socket.waitForConnected(milliseconds))
        return {};
    socket.write("POST " + path + " HTTP/1.0\r\n"
                 + (token.isEmpty() ? QByteArray() : "Authorization: Bearer " + token + "\r\n")
                 + "Host: localhost\r\nContent-Type: application/json\r\n"
                   "Content-Length: "
                 + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QByteArray answer;
    while (socket.waitForReadyRead(milliseconds))
        answer += socket.readAll();
    answer += socket.readAll();
    const qsizetype end = answer.indexOf("\r\n\r\n");
    return end < 0 ? QByteArray() : answer.sliced(end + 4);
}

QByteArray pipelineBody(const QStringList &statements)
{
    QJsonArray requests;
    for (const QString &sql : statements) {
        requests.append(
            QJsonObject{{QStringLiteral("type"), QStringLiteral("execute")},
                        {QStringLiteral("stmt"), QJsonObject{{QStringLiteral("sql"), sql}}}});
    }
    requests.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("close")}});
    return QJsonDocument(QJsonObject{{QStringLiteral("requests"), requests}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

QString sqldProgram()
{
    if (const QString given = qEnvironmentVariable("EDGEWISE_SQLD"); !given.isEmpty())
        return given;
    if (const QString found = QStandardPaths::findExecutable(QStringLiteral("sqld"));
        !found.isEmpty())
        return found;
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
           + QStringLiteral("/edgewise/sqld-0.24.32/sqld");
}

QByteArray executeOn(const QUrl &node, const QStringList &statements, int milliseconds)
{
    return post(node.port(), "/v2/pipeline", pipelineBody(statements), milliseconds);
}

SqldNode::SqldNode(const QStringList &extra, const QByteArray &token) : SqldNode(0, extra, token) {}

SqldNode::SqldNode(const SqldNode &primary, const QStringList &extra)
    : SqldNode(primary.m_grpcPort, extra, primary.m_token)
{
}

SqldNode::SqldNode(const Directory &directory) : SqldNode(0, {}, {}, directory.path) {}

SqldNode::SqldNode(int primaryGrpcPort, const QStringList &extra, const QByteArray &token,
                   const QString &directory)
    : m_directory(directory.isEmpty() ? std::make_unique<QTemporaryDir>() : nullptr),
      m_path(m_directory ? m_directory->path() : directory), m_token(token), m_httpPort(freePort()),
      m_adminPort(freePort()), m_replica(primaryGrpcPort != 0)
{
    m_arguments = {QStringLiteral("--no-welcome"),
                   QStringLiteral("-d"),
                   m_path,
                   QStringLiteral("--http-listen-addr"),
                   QStringLiteral("127.0.0.1:%1").arg(m_httpPort),
                   QStringLiteral("--admin-listen-addr"),
                   QStringLiteral("127.0.0.1:%1").arg(m_adminPort),
                   QStringLiteral("--shutdown-timeout"),
                   QStringLiteral("3")};
    if (m_replica) {
        m_arguments += {QStringLiteral("--primary-grpc-url"),
                        QStringLiteral("http://127.0.0.1:%1").arg(primaryGrpcPort)};
    } else {
        m_grpcPort = freePort();
        m_arguments +=
            {QStringLiteral("--grpc-listen-addr"), QStringLiteral("127.0.0.1:%1").arg(m_grpcPort)};
    }
    m_arguments += extra;
    start();
}

SqldNode::~SqldNode()
{
    if (m_process->state() != QProcess::NotRunning) {
        resume();
        stop();
    }
    QFile::remove(logFile());
}

QUrl SqldNode::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_httpPort));
}

QUrl SqldNode::adminUrl() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_adminPort));
}

QString SqldNode::logFile() const
{
    return m_path + QStringLiteral("-%1.log").arg(m_httpPort);
}

void SqldNode::launch()
{
    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith(u"SQLD_") || name.startsWith(u"LIBSQL_"))
            environment.remove(name);
    }
    environment.insert(QStringLiteral("RUST_LOG"), QStringLiteral("warn"));
    m_process->setProcessEnvironment(environment);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardOutputFile(logFile(), QIODevice::Append);
    m_process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
    m_process->start(sqldProgram(), m_arguments);
    if (!m_process->waitForStarted())
        qFatal("sqld does not start (%s): %s. Run packaging/install-sqld.",
               qPrintable(sqldProgram()), qPrintable(m_process->errorString()));
}

void SqldNode::start()
{
    launch();
    // A query, not /health: a replica loads its data when the first request touches it.
    QElapsedTimer timer;
    timer.start();
    const auto answersItself = [this] {
        const QByteArray answer = post(m_httpPort, "/v2/pipeline",
                                       pipelineBody({QStringLiteral("select 1")}), 1000, m_token);
        // A node that asks for a token which this object has not answers as well.
        return answer.contains("Unauthorized")
               || (answer.contains("\"ok\"") && !answer.contains("\"query_duration_ms\":0.0}"));
    };
    while (!answersItself()) {
        if (timer.elapsed() > startMilliseconds || m_process->state() == QProcess::NotRunning)
            qFatal("sqld on port %d does not answer; its log is %s", m_httpPort,
                   qPrintable(logFile()));
        QThread::msleep(10);
    }
}

void SqldNode::setTransactionTimeout(int seconds)
{
    const QByteArray body = R"({"block_reads":false,"block_writes":false,"txn_timeout_s":)"
                            + QByteArray::number(seconds) + '}';
    post(m_adminPort, "/v1/namespaces/default/config", body, startMilliseconds);
    stop(); // it reads that when it loads the namespace
    start();
}

void SqldNode::pause()
{
    ::kill(pid_t(processId()), SIGSTOP);
    // Until then it may still answer.
    siginfo_t info = {};
    waitid(P_PID, id_t(processId()), &info, WSTOPPED | WEXITED | WNOWAIT);
}

void SqldNode::resume()
{
    ::kill(pid_t(processId()), SIGCONT);
}

void SqldNode::stop()
{
    m_process->terminate();
    if (!m_process->waitForFinished(startMilliseconds))
        m_process->kill();
}

void SqldNode::kill()
{
    m_process->kill();
    m_process->waitForFinished();
}

QByteArray SqldNode::execute(const QStringList &statements) const
{
    const QByteArray answer =
        post(m_httpPort, "/v2/pipeline", pipelineBody(statements), startMilliseconds, m_token);
    if (answer.isEmpty())
        qFatal("sqld on port %d gave no answer", m_httpPort);
    return answer;
}

} // namespace edgewise::test
