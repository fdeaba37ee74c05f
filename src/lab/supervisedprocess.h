// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QProcess>
#include <QTimer>

namespace edgewise::lab {

/// What to run, and where its output goes.
struct ProcessDescription {
    QString program;
    QStringList arguments;
    /// Added to this program's environment, from which SQLD_*, LIBSQL_*, FLIPT_* and RUST_LOG are
    /// taken away: a stray variable would change a node's role or its authentication.
    QHash<QString, QString> environment;
    QString directory; ///< working directory
    QString logFile;
};

/// A child process that ends before or with this program, in good order. Used on the main thread.
class SupervisedProcess : public QObject {
    Q_OBJECT
public:
    explicit SupervisedProcess(QObject *parent = nullptr);
    /// Ends the child and waits for it, up to five seconds.
    ~SupervisedProcess() override;

    void start(const ProcessDescription &description);
    /// SIGTERM, and SIGKILL five seconds later. Works on a paused process too.
    void stop();
    /// stop() that waits: for destructors alone.
    void stopAndWait();
    void kill();
    void pause();
    void resume();

    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    qint64 processId() const { return m_process.processId(); }
    /// The last `lines` lines that the process wrote since its start.
    QString lastOutput(int lines) const;

signals:
    void started();
    /// The process is gone, or was not to be started; `description` says how, for people.
    void ended(const QString &description);

private:
    void onFinished(int exitCode, QProcess::ExitStatus status);
    void onError(QProcess::ProcessError error);

    QProcess m_process;
    QTimer m_killTimer;
    QString m_logFile;
    qint64 m_logStart = 0;
};

} // namespace edgewise::lab
