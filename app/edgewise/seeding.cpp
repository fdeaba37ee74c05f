// SPDX-License-Identifier: GPL-3.0-or-later
#include "seeding.h"

#include <base/whenready.h>
#include <changes/align.h>
#include <workspace/workspace.h>

#include <algorithm>

namespace edgewise {

using workspace::Draft;
using workspace::SnapshotFeed;

Seeding::Seeding(workspace::Workspace &workspace, flags::Snapshot seed, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_seed(std::move(seed))
{
    connect(&m_workspace.primary(), &SnapshotFeed::readingChanged, this, &Seeding::takeReading);
    connect(&m_workspace.primary(), &SnapshotFeed::stateChanged, this, &Seeding::takeState);
}

void Seeding::takeReading()
{
    const SnapshotFeed &feed = m_workspace.primary();
    if (!m_seed || !feed.hasReading() || m_workspace.isLocked())
        return;
    const auto &namespaces = feed.reading().snapshot.namespaces;
    const bool isEmpty =
        std::all_of(namespaces.begin(), namespaces.end(), [](const auto &nameSpace) {
            return nameSpace->flags.empty() && nameSpace->segments.empty();
        });
    if (isEmpty && feed.reading().schema.writable())
        save();
    m_seed.reset();
}

void Seeding::takeState()
{
    const SnapshotFeed &feed = m_workspace.primary();
    if (!m_seed || m_workspace.isLocked() || m_hasInitialised
        || feed.state() != SnapshotFeed::State::Error || feed.error().kind != Error::Kind::Schema)
        return;
    m_hasInitialised = true;
    whenReady(m_workspace.reader(0).schema(), this,
              [this](const Result<store::SchemaState> &schema) {
                  if (!schema || schema->kind != store::SchemaState::Kind::Empty)
                      return;
                  whenReady(m_workspace.initialise(), this,
                            [this](const Result<void> &) { m_workspace.primary().refresh(); });
              });
}

void Seeding::save()
{
    const Result<void> edited = m_workspace.draft().edit(
        tr("load the workspace"),
        [this](const flags::Snapshot &snapshot) -> Result<flags::Snapshot> {
            return changes::align(snapshot, *m_seed, changes::AlignMode::Merge);
        });
    if (!edited || !m_workspace.save())
        return;
    m_isSaving = true;
    connect(&m_workspace.draft(), &Draft::baseChanged, this, &Seeding::forget,
            Qt::QueuedConnection);
}

void Seeding::forget()
{
    const workspace::Save *save = m_workspace.lastSave();
    Draft &draft = m_workspace.draft();
    if (!m_isSaving || !save || !save->isCommitted() || draft.isChanged())
        return;
    // What the program loaded by itself is nothing to undo.
    m_isSaving = false;
    draft.reset(draft.base());
}

} // namespace edgewise
