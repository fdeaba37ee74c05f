// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/statelistmodel.h"

#include <base/whenready.h>

#include <QtConcurrentRun>

namespace edgewise::models {

StateListModel::State *StateListModel::find(const QString &id)
{
    const auto found = std::ranges::find(m_states, id, &State::id);
    return found == m_states.end() ? nullptr : &*found;
}

const StateListModel::State *StateListModel::state(const QString &id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_states[size_t(row)];
}

int StateListModel::rowOf(const QString &id) const
{
    const auto found = std::ranges::find(m_states, id, &State::id);
    return found == m_states.end() ? -1 : int(found - m_states.begin());
}

bool StateListModel::areEqual(const QString &a, const QString &b) const
{
    const State *one = state(a);
    const State *other = state(b);
    return one && other && one->hasSnapshot && other->hasSnapshot
           && one->snapshot == other->snapshot;
}

bool StateListModel::isSettled() const
{
    return !m_isCompiling && std::ranges::none_of(m_states, &State::isStale);
}

void StateListModel::addState(const QString &id, const QString &name)
{
    if (State *known = find(id)) {
        known->name = name;
        const QModelIndex at = index(rowOf(id));
        emit dataChanged(at, at);
        return;
    }
    const int row = rowCount();
    beginInsertRows({}, row, row);
    State state;
    state.id = id;
    state.name = name;
    m_states.push_back(std::move(state));
    endInsertRows();
    emit programsChanged();
}

void StateListModel::removeState(const QString &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_states.erase(m_states.begin() + row);
    endRemoveRows();
    emit programsChanged();
}

void StateListModel::setSnapshot(const QString &id, const flags::Snapshot &snapshot)
{
    State *known = find(id);
    if (!known || (known->hasSnapshot && known->snapshot == snapshot))
        return;
    known->snapshot = snapshot;
    known->hasSnapshot = true;
    known->isStale = true;
    const QModelIndex at = index(rowOf(id));
    emit dataChanged(at, at, {CurrentRole});
    compileNext();
}

void StateListModel::setNote(const QString &id, const QString &note)
{
    State *known = find(id);
    if (!known || known->note == note)
        return;
    known->note = note;
    const QModelIndex at = index(rowOf(id));
    emit dataChanged(at, at, {NoteRole, Qt::ToolTipRole});
}

void StateListModel::compileNext()
{
    // One at a time, so that what has become old meanwhile is never compiled.
    if (m_isCompiling)
        return;
    std::vector<Compilation> work;
    for (const State &each : m_states)
        if (each.isStale)
            work.push_back({each.id, each.snapshot, each.program});
    if (work.empty())
        return;
    m_isCompiling = true;
    // States share nearly everything with each other.
    const auto model = m_states.front().program;
    whenReady(QtConcurrent::run([work, model]() mutable {
                  auto shared = model;
                  for (Compilation &each : work) {
                      each.program =
                          evaluation::compile(each.snapshot, each.program ? each.program : shared);
                      if (!shared)
                          shared = each.program;
                  }
                  return work;
              }),
              this, [this](const std::vector<Compilation> &compiled) { take(compiled); });
}

void StateListModel::take(const std::vector<Compilation> &compiled)
{
    m_isCompiling = false;
    for (const Compilation &each : compiled) {
        State *known = find(each.id);
        if (!known)
            continue;
        const bool wasReady = known->program != nullptr;
        known->program = each.program;
        known->isStale = known->snapshot != each.snapshot; // it may have changed meanwhile
        if (!wasReady) {
            const QModelIndex at = index(rowOf(each.id));
            emit dataChanged(at, at, {ReadyRole});
        }
    }
    compileNext();
    emit programsChanged();
}

int StateListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_states.size());
}

QVariant StateListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const State &known = m_states[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return known.name;
    case IdRole:
        return known.id;
    case NoteRole:
    case Qt::ToolTipRole:
        return known.note;
    case ReadyRole:
        return known.program != nullptr;
    case CurrentRole:
        return known.program && !known.isStale;
    default:
        return {};
    }
}

QHash<int, QByteArray> StateListModel::roleNames() const
{
    return {{Qt::DisplayRole, "display"},
            {IdRole, "id"},
            {NoteRole, "note"},
            {ReadyRole, "ready"},
            {CurrentRole, "current"}};
}

} // namespace edgewise::models
