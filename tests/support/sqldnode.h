// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>

namespace edgewise::test {

/// A real sqld on loopback for one test, with a data directory of its own. The constructor returns
/// when it answers; a test that cannot start one ends with a message, it never skips.
class SqldNode {
public:
    /// A primary that replicas may follow. `extra` goes to sqld's command line; `token` lets
    /// execute() in where that asks for one.
    explicit SqldNode(const QStringList &extra = {}, const QByteArray &token = {});
    /// A replica of `primary`, which must outlive it.
    explicit SqldNode(const SqldNode &primary, const QStringList &extra = {});
    /// A replica whose primary is behind that port of 127.0.0.1.
    struct Link {
        int port = 0;
    };
    explicit SqldNode(Link link, const QStringList &extra = {}) : SqldNode(link.port, extra, {}) {}
    /// A primary on a data directory of somebody else's, which stays.
    struct Directory {
        QString path;
    };
    explicit SqldNode(const Directory &directory);
    ~SqldNode();

    int grpcPort() const { return m_grpcPort; } ///< of a primary
    QUrl url() const;
    QUrl adminUrl() const;
    QString directory() const { return m_path; }
    QString logFile() const; ///< what the node says; removed with it
    qint64 processId() const { return m_process->processId(); }

    void pause();  ///< SIGSTOP
    void resume(); ///< SIGCONT
    void stop();   ///< SIGTERM, waits for the end; keeps the data
    void kill();   ///< SIGKILL, waits for the end; a primary starts a new log afterwards
    /// Again, on the same ports and data. Returns when the node answers by itself: a replica that
    /// loads its first copy has its primary answer, which a test would take for replicated.
    void start();
    void launch(); ///< the same without waiting
    /// How long a writer may keep others waiting before the node ends its transaction, five seconds
    /// by default. The node is stopped and started for it.
    void setTransactionTimeout(int seconds);

    /// Runs statements through the bare protocol, independent of the program's own client; the
    /// answer's "results" entry of each as JSON text. Ends the test on a transport failure.
    QByteArray execute(const QStringList &statements) const;

private:
    SqldNode(int primaryGrpcPort, const QStringList &extra, const QByteArray &token,
             const QString &directory = {});

    std::unique_ptr<QTemporaryDir> m_directory; ///< null when it is somebody else's
    QString m_path;
    std::unique_ptr<QProcess> m_process;
    QStringList m_arguments;
    QByteArray m_token;
    int m_httpPort = 0;
    int m_grpcPort = 0;
    int m_adminPort = 0;
    bool m_replica = false;
};

/// SqldNode::execute() for a node that somebody else started; empty when there is no answer in
/// time.
QByteArray executeOn(const QUrl &node, const QStringList &statements, int milliseconds = 15000);

/// Path of the sqld that tests run: EDGEWISE_SQLD, PATH, or the pinned copy of
/// packaging/install-sqld.
QString sqldProgram();

} // namespace edgewise::test
