// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/program.h>
#include <flags/snapshot.h>

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace edgewise::models {

/// States of the flags that a question can be put to: the draft, the primary, a replica, a file.
/// Keeps a compiled program of each up to date on another thread. GUI thread.
class StateListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole, ///< QString
        NoteRole,              ///< QString: how it stands, "no changes", "unreachable: …"
        ReadyRole,             ///< bool: questions can be answered
        CurrentRole,           ///< bool: and of what the state is now
    };
    struct State {
        QString id;
        QString name; ///< for people
        QString note;
        flags::Snapshot snapshot;
        std::shared_ptr<const evaluation::Program> program; ///< null until the first is compiled
        bool hasSnapshot = false;
        bool isStale = false; ///< the program is of an older snapshot
    };

    explicit StateListModel(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    /// At the end; one of that id keeps its place and content and is renamed.
    void addState(const QString &id, const QString &name);
    void removeState(const QString &id);
    /// The program follows; until then the older one stays in use.
    void setSnapshot(const QString &id, const flags::Snapshot &snapshot);
    void setNote(const QString &id, const QString &note);

    /// Null when there is none.
    const State *state(const QString &id) const;
    /// -1 when there is none.
    int rowOf(const QString &id) const;
    /// Both are known and nothing differs between them.
    bool areEqual(const QString &a, const QString &b) const;
    /// No snapshot waits for its program.
    bool isSettled() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    /// Some program is a newer one now, or a state came or went.
    void programsChanged();

private:
    struct Compilation {
        QString id;
        flags::Snapshot snapshot;
        std::shared_ptr<const evaluation::Program> program; ///< the previous one, then the new one
    };
    State *find(const QString &id);
    void compileNext();
    void take(const std::vector<Compilation> &compiled);

    std::vector<State> m_states;
    bool m_isCompiling = false;
};

} // namespace edgewise::models
