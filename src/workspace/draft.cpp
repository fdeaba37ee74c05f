// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/draft.h"

namespace edgewise::workspace {

namespace {

/// Snapshots share their objects, so that steps are cheap; still there is an end to them.
constexpr size_t mostSteps = 500;

} // namespace

Draft::Draft(QObject *parent) : QObject(parent) {}

void Draft::setCurrent(flags::Snapshot next)
{
    m_current = std::move(next);
    m_changes = changes::diff(m_base, m_current);
    m_errors = flags::newErrors(m_base, m_current);
    emit currentChanged();
}

Result<void> Draft::edit(const QString &label, const Edit &edit)
{
    return this->edit(label, QString(), edit);
}

Result<void> Draft::edit(const QString &label, const QString &topic, const Edit &edit)
{
    Result<flags::Snapshot> edited = edit(m_current);
    if (!edited)
        return edited.error();
    if (*edited == m_current)
        return {};
    const bool continues = !topic.isEmpty() && !m_done.empty() && m_done.back().topic == topic
                           && m_undone.empty() && m_done.back().after == m_current;
    if (continues) {
        m_done.back().after = *edited;
        if (m_done.back().before == *edited)
            m_done.pop_back();
    } else {
        if (m_done.size() == mostSteps)
            m_done.erase(m_done.begin());
        m_done.push_back({label, topic, m_current, *edited});
        m_undone.clear();
    }
    setCurrent(std::move(*edited));
    emit historyChanged();
    return {};
}

void Draft::discard(const QString &label)
{
    const bool hadConflicts = !m_pending.empty();
    m_pending.clear();
    const auto done = edit(label, [this](const flags::Snapshot &) { return m_base; });
    Q_ASSERT(done);
    if (hadConflicts)
        emit conflictsChanged();
}

QString Draft::undoLabel() const
{
    return canUndo() ? m_done.back().label : QString();
}

QString Draft::redoLabel() const
{
    return canRedo() ? m_undone.back().label : QString();
}

void Draft::undo()
{
    if (!canUndo())
        return;
    Step step = std::move(m_done.back());
    m_done.pop_back();
    replay(step.after, step.before);
    m_undone.push_back(std::move(step));
    emit historyChanged();
}

void Draft::redo()
{
    if (!canRedo())
        return;
    Step step = std::move(m_undone.back());
    m_undone.pop_back();
    replay(step.before, step.after);
    m_done.push_back(std::move(step));
    emit historyChanged();
}

/// Makes the difference of the two on what stands now; where nothing else moved, that is `to`.
void Draft::replay(const flags::Snapshot &from, const flags::Snapshot &to)
{
    if (m_current == from) {
        setCurrent(to);
        return;
    }
    const changes::ChangeSet mine = changes::diff(from, to);
    const auto rebased = changes::rebase(mine, from, m_current);
    auto next = rebased ? changes::apply(m_current, rebased->changes) : m_current;
    Q_ASSERT(rebased && next);
    if (!rebased || !next)
        return;
    keepConflicts(rebased->conflicts, mine, from);
    setCurrent(std::move(*next));
}

void Draft::keepConflicts(const std::vector<changes::Conflict> &conflicts,
                          const changes::ChangeSet &mine, const flags::Snapshot &base)
{
    for (const changes::Conflict &conflict : conflicts)
        m_pending.push_back({conflict, mine, base});
    if (!conflicts.empty())
        emit conflictsChanged();
}

void Draft::rebaseOn(const flags::Snapshot &fresh)
{
    if (fresh == m_base)
        return;
    if (m_changes.isEmpty()) { // and so nothing to bring over: no reason to compare the two
        m_base = fresh;
        setCurrent(fresh);
        emit baseChanged();
        return;
    }
    const auto rebased = changes::rebase(m_changes, m_base, fresh);
    auto next = rebased ? changes::apply(fresh, rebased->changes) : fresh;
    Q_ASSERT(rebased && next);
    if (!rebased || !next)
        return;
    const changes::ChangeSet mine = std::exchange(m_changes, {});
    const flags::Snapshot base = std::exchange(m_base, fresh);
    setCurrent(std::move(*next));
    emit baseChanged();
    keepConflicts(rebased->conflicts, mine, base);
}

Result<void> Draft::restore(const QString &label, const changes::ChangeSet &mine,
                            const flags::Snapshot &base)
{
    const auto rebased = changes::rebase(mine, base, m_current);
    if (!rebased)
        return rebased.error();
    keepConflicts(rebased->conflicts, mine, base);
    return edit(label, [&](const flags::Snapshot &current) {
        return changes::apply(current, rebased->changes);
    });
}

void Draft::reset(const flags::Snapshot &base)
{
    m_done.clear();
    m_undone.clear();
    m_pending.clear();
    m_base = base;
    setCurrent(base);
    emit baseChanged();
    emit historyChanged();
    emit conflictsChanged();
}

std::vector<changes::Conflict> Draft::conflicts() const
{
    std::vector<changes::Conflict> conflicts;
    for (const Pending &pending : m_pending)
        conflicts.push_back(pending.conflict);
    return conflicts;
}

Result<void> Draft::takeMine(size_t conflict)
{
    const Pending pending = m_pending.at(conflict);
    const auto label = tr("keep my side of a conflict");
    const auto done = edit(label, [&](const flags::Snapshot &current) -> Result<flags::Snapshot> {
        const auto decided =
            changes::takeMine({}, pending.conflict, pending.mine, pending.base, current);
        if (!decided)
            return decided.error();
        return changes::apply(current, *decided);
    });
    if (done)
        takeTheirs(conflict);
    return done;
}

void Draft::takeTheirs(size_t conflict)
{
    m_pending.erase(m_pending.begin() + static_cast<std::ptrdiff_t>(conflict));
    emit conflictsChanged();
}

} // namespace edgewise::workspace
