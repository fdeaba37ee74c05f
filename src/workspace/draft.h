// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>
#include <changes/rebase.h>
#include <flags/validate.h>

#include <QObject>

#include <functional>

namespace edgewise::workspace {

/// What a person has changed and not saved: a base, which is the primary's newest snapshot, and the
/// snapshot as it shall be. Every step can be undone, also after it was saved: then undoing it is a
/// new change. GUI thread.
class Draft : public QObject {
    Q_OBJECT

public:
    using Edit = std::function<Result<flags::Snapshot>(const flags::Snapshot &)>;

    explicit Draft(QObject *parent = nullptr);

    const flags::Snapshot &base() const { return m_base; }
    const flags::Snapshot &current() const { return m_current; }
    /// diff(base(), current()).
    const changes::ChangeSet &changes() const { return m_changes; }
    bool isChanged() const { return !m_changes.isEmpty(); }
    /// Errors that the changes brought in; they must be mended before a save.
    const std::vector<flags::Problem> &errors() const { return m_errors; }

    /// Makes one step of what `edit` gives for current(). Its error, with nothing changed, where it
    /// refuses; an edit that changes nothing makes no step. `label` is a phrase for the undo
    /// action: "switch off quiet-hours".
    Result<void> edit(const QString &label, const Edit &edit);
    /// Further steps of the same `topic` replace the snapshot of the last one, so that typing a
    /// name is one step; an empty topic never does.
    Result<void> edit(const QString &label, const QString &topic, const Edit &edit);
    /// Back to the base, as a step of its own.
    void discard(const QString &label);

    bool canUndo() const { return !m_done.empty(); }
    bool canRedo() const { return !m_undone.empty(); }
    QString undoLabel() const; ///< empty when there is nothing to undo
    QString redoLabel() const;
    void undo();
    void redo();

    /// The base moved: the changes are made on the fresh one. What both did alike is done; what
    /// collides becomes a conflict, and theirs stands until takeMine().
    void rebaseOn(const flags::Snapshot &fresh);
    /// Changes that were made on an older base, `base` holding at least what they touch: as one
    /// step on what stands now. Input where they do not fit their base.
    Result<void> restore(const QString &label, const changes::ChangeSet &mine,
                         const flags::Snapshot &base);
    /// A new database: nothing of the old draft or its history stays.
    void reset(const flags::Snapshot &base);

    std::vector<changes::Conflict> conflicts() const;
    /// By index in conflicts(). NotFound where the object can no longer take my side.
    Result<void> takeMine(size_t conflict);
    void takeTheirs(size_t conflict);

signals:
    void baseChanged();
    void currentChanged(); ///< current(), changes() or errors()
    void historyChanged();
    void conflictsChanged();

private:
    struct Step {
        QString label;
        QString topic;
        flags::Snapshot before;
        flags::Snapshot after;
    };
    /// What a conflict was found with, which deciding for it needs.
    struct Pending {
        changes::Conflict conflict;
        changes::ChangeSet mine;
        flags::Snapshot base;
    };

    void setCurrent(flags::Snapshot next);
    void replay(const flags::Snapshot &from, const flags::Snapshot &to);
    void keepConflicts(const std::vector<changes::Conflict> &conflicts,
                       const changes::ChangeSet &mine, const flags::Snapshot &base);

    flags::Snapshot m_base;
    flags::Snapshot m_current;
    changes::ChangeSet m_changes;
    std::vector<flags::Problem> m_errors;
    std::vector<Step> m_done;
    std::vector<Step> m_undone;
    std::vector<Pending> m_pending;
};

} // namespace edgewise::workspace
