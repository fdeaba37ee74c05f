// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <models/statelistmodel.h>
#include <workspace/workspace.h>

#include <QFileSystemWatcher>

#include <memory>

namespace edgewise::models {

/// The states of a workspace, kept live: its draft, its primary, its replicas, and the files that
/// somebody holds beside them. GUI thread.
class WorkspaceStates : public StateListModel {
    Q_OBJECT

public:
    static QString draftId();
    static QString primaryId();
    static QString replicaId(int replica); ///< by index, from 0
    static QString fileId(const QString &path);

    /// Both must outlive it.
    WorkspaceStates(workspace::Workspace &workspace, const Clock &clock, QObject *parent = nullptr);
    ~WorkspaceStates() override;

    /// A document (features.yml, .json), a database file or a data directory; read when it changes.
    void addFile(const QString &path);

signals:
    /// The file could not be read; it stays in the list, and is read again when it changes.
    void fileFailed(const QString &path, const edgewise::Error &error);

private:
    /// A database file and what keeps it fresh.
    struct DatabaseFile;

    void addFeed(const QString &id, const QString &name, workspace::SnapshotFeed &feed);
    void takeDraft();
    void readDocument(const QString &path);
    void openDatabase(const QString &path);
    void fail(const QString &path, const Error &error);

    workspace::Workspace &m_workspace;
    const Clock &m_clock;
    QFileSystemWatcher m_watcher;
    std::vector<std::unique_ptr<DatabaseFile>> m_databases;
};

} // namespace edgewise::models
