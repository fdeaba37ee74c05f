// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <replication/sampler.h>
#include <workspace/draft.h>
#include <workspace/fliptfeed.h>
#include <workspace/save.h>
#include <workspace/snapshotfeed.h>

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <memory>
#include <vector>

namespace edgewise::workspace {

/// One database of one primary and its replicas while it is open: the state that all pages share.
/// Opens read-only; only unlock() makes a connection that may write. GUI thread.
class Workspace : public QObject {
    Q_OBJECT

public:
    struct Node {
        QString name; ///< for people
        store::Source source;
        store::ConnectionOptions options; ///< readOnly is the workspace's own matter

        /// For a sampler. Without authorities or proxy where those of the options cannot be read:
        /// then no connection with them opens, and says so.
        replication::WatchedNode watched(replication::Role role) const;
    };

    /// Starts reading with start(). `clock` must outlive the application object: connections end
    /// on the global thread pool, so that closing a workspace never waits for a node that is down.
    /// `journal` may be null; else it must outlive the workspace, holds what is saved and keeps the
    /// draft after each edit, and start() restores what it holds for the primary.
    Workspace(Node primary, QList<Node> replicas, const Clock &clock, QObject *parent = nullptr,
              store::Journal *journal = nullptr);
    ~Workspace() override;

    void start();
    /// The running Flipts beside the nodes; before start().
    void setFlipts(const QList<FliptFeed::Address> &addresses);
    QList<FliptFeed *> flipts() const;

    const Node &primaryNode() const { return m_primaryNode; }
    const QList<Node> &replicaNodes() const { return m_replicaNodes; }
    SnapshotFeed &primary() const { return *m_primary; }
    QList<SnapshotFeed *> replicas() const;
    /// For rows of any table, read-only: 0 is the primary, then the replicas.
    store::Connection &reader(int node) const;
    Draft &draft() { return m_draft; }

    bool isLocked() const { return !m_writer; }
    void unlock();
    /// While a save is being written, or its outcome is unknown: afterwards.
    void lock();

    /// Why save() would refuse, as an Error whose detail says it; nothing when it would not.
    std::optional<Error> whyNotSave() const;
    /// The same, whatever the draft holds: for changes that are none of it.
    std::optional<Error> whyNotWrite() const;
    /// Writes the draft; follow the Save, which stays the workspace's and valid until the next one.
    /// The error of whyNotSave() where that is one. The author is the system's user.
    Result<Save *> save(const QString &reason = {});
    /// The same for these changes to draft().base() alone: a part of the draft, or what is none of
    /// it. What else the draft holds stays in it. Input where they bring in errors.
    Result<Save *> saveOnly(const changes::ChangeSet &changes, const QString &reason = {});
    Save *lastSave() const { return m_save.get(); } ///< null before the first
    /// While the last save is Save::State::Unknown: nothing more is saved until resolveOutcome()
    /// has learnt what became of it.
    bool isOutcomeUnknown() const;
    /// Save::resolve() of the last save, where that is unknown; saveStateChanged() tells the
    /// answer.
    void resolveOutcome();
    /// Creates Flipt's schema in an empty database. ReadOnly while locked.
    QFuture<Result<void>> initialise();

signals:
    /// The draft of an earlier session was brought back; draft().conflicts() may say more.
    void draftRestored();
    void lockChanged();
    void saveStarted(edgewise::workspace::Save *save);
    void saveStateChanged();

private:
    void takePrimaryReading();
    bool isWriting() const;
    void restoreDraft();
    void keepDraft();
    Save *begin(const changes::ChangeSet &changes, const QString &reason);
    void followSave();

    const Clock &m_clock;
    store::Journal *const m_journal;
    Node m_primaryNode;
    QList<Node> m_replicaNodes;
    // Connections before what uses them, so that they go last.
    std::vector<std::unique_ptr<store::Connection>> m_readers;
    std::unique_ptr<store::Connection> m_writer; ///< null while locked
    std::unique_ptr<SnapshotFeed> m_primary;
    std::vector<std::unique_ptr<SnapshotFeed>> m_replicas;
    Draft m_draft;
    std::unique_ptr<Save> m_save;
    bool m_hasBase = false;
    bool m_isKeeping = false;  ///< the journal has not answered yet
    bool m_keepAgain = false;  ///< the draft changed meanwhile
    bool m_isRestored = false; ///< before, the journal's draft must not be replaced
    bool m_lockWanted = false;
    std::vector<std::unique_ptr<FliptFeed>> m_flipts;
};

} // namespace edgewise::workspace
