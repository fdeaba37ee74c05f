// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <lab/node.h>

#include <QElapsedTimer>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>
#include <vector>

namespace edgewise::lab {

class DirectoryLock;
class ManagedNode;
struct Ports;
struct ProcessDescription;

/// The program that runs sqld: `setting` when it is not empty, else `sqld` on PATH, else the
/// build's pinned copy in the user's cache (packaging/install-sqld). NotFound says what was tried.
Result<QString> findSqld(const QString &setting = {});

/// The program that runs Flipt: `setting` when it is not empty, else `flipt` on PATH. NotFound when
/// there is none; a lab works without.
Result<QString> findFlipt(const QString &setting = {});

/// A folder below the user's data directory that does not exist yet, for a lab of its own.
QString newLabDirectory();

struct LabOptions {
    /// The lab's own folder, created where it is missing; empty means `edgewise/lab` in the user's
    /// data directory. Only one lab may use it at a time.
    QString directory;
    int replicas = 1; ///< 0 to 40
    QString sqld;     ///< as of findSqld()
    QString flipt;    ///< path of a flipt; empty starts none
    /// How long a process may take from its start to its first answer.
    int readyMilliseconds = 20000;
};

/// An sqld primary, its replicas and, where a flipt is given, a Flipt on each, as child processes
/// on loopback. They end with this object, and, by a parent-death signal, with this program, a
/// SIGKILL of it included.
///
/// Lives on the main thread: the kernel binds the parent-death signal to the thread that starts the
/// child (prctl(2), PR_SET_PDEATHSIG). All methods return at once; signals tell what happened.
class Lab : public QObject {
    Q_OBJECT
public:
    enum class State { Stopped, Starting, Ready, Stopping, Failed };

    explicit Lab(LabOptions options, QObject *parent = nullptr);
    /// Ends what still runs and waits for it, up to five seconds. Call stop() and wait for
    /// stopped() where an event loop must not wait.
    ~Lab() override;

    /// Takes the directory, ends what a crashed lab left running in it, and starts the primary,
    /// then the replicas, then the Flipts. Ends in ready() or failed().
    void start();
    /// SIGTERM to each, SIGKILL only to what is still there five seconds later; then stopped().
    void stop();

    State state() const { return m_state; }
    QString directory() const { return m_options.directory; }
    /// Primary first, then the replicas in the order of their numbers, then the Flipts.
    QList<Node> nodes() const;
    /// The topology as one line of JSON without line break: {"primary":{"url","admin","pid",
    /// "data"},"replicas":[the same four],"flipts":[{"url","node","pid"}]}; a Flipt's "node" is the
    /// URL of the sqld that it reads. Complete once ready.
    QByteArray topologyJson() const;

    // By name; a name that does not exist, or a state in which it makes no sense, does nothing.
    void startNode(const QString &name);
    void stopNode(const QString &name);
    void restartNode(const QString &name);
    void pauseNode(const QString &name);  ///< SIGSTOP
    void resumeNode(const QString &name); ///< SIGCONT, whoever paused it
    /// SIGKILL. sqld starts a new log afterwards and every replica loads anew (libsql-server:
    /// src/replication/primary/logger.rs), so this is an experiment, never a way to stop.
    void killPrimary();
    /// Starts one more, with a Flipt where the lab has one, and returns its name.
    QString addReplica();
    /// Stops it and its Flipt, forgets them, and deletes its data.
    void removeReplica(const QString &name);
    /// Stops it, deletes its data, and starts it again: it loads everything anew.
    void wipeReplica(const QString &name);

signals:
    void stateChanged(edgewise::lab::Lab::State state);
    /// Every process has answered for the first time since start().
    void ready();
    /// start() came to nothing, and whatever had been started has ended.
    void failed(const edgewise::Error &error);
    void stopped();
    void nodeAdded(const QString &name);
    void nodeChanged(const edgewise::lab::Node &node);
    void nodeRemoved(const QString &name);

private:
    ManagedNode *find(const QString &name) const;
    /// find() for what is done to a single node, which has to wait until all are up.
    ManagedNode *findReady(const QString &name) const;
    ManagedNode *addNode(Role role, const QString &name, const QString &database = {});
    ProcessDescription describe(const Node &node, const Ports &ports) const;
    void endLeftovers();
    void advance();
    bool startAll(Role role);
    void startFlipts(const QString &database);
    void remove(ManagedNode &node);
    void wipe(ManagedNode &node);
    void onReady(ManagedNode &node, bool moved);
    void onStopped(ManagedNode &node);
    void fail(const Error &error);
    void stopNext();
    void finishStop();
    void setState(State state);
    void saveChildren() const;

    LabOptions m_options;
    State m_state = State::Stopped;
    QString m_sqld;
    std::unique_ptr<DirectoryLock> m_lock;
    std::vector<std::unique_ptr<ManagedNode>> m_nodes;
    QSet<QString> m_removing;
    QSet<QString> m_wiping;
    QTimer m_leftoverTimer;
    QElapsedTimer m_leftoverTime;
    std::optional<Error> m_failure; ///< reported once everything has ended
};

} // namespace edgewise::lab
