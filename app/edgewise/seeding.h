// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>

#include <QObject>

#include <optional>

namespace edgewise::workspace {
class Workspace;
}

namespace edgewise {

/// Loads a workspace of samples into a primary that holds no flag yet, as soon as that is known:
/// creates Flipt's tables where there are none, and leaves nothing to undo. Once; a primary that
/// holds anything, is locked, or is of another schema is left alone.
class Seeding : public QObject {
    Q_OBJECT

public:
    /// `workspace` must outlive it.
    Seeding(workspace::Workspace &workspace, flags::Snapshot seed, QObject *parent = nullptr);

private:
    void takeReading();
    void takeState();
    void save();
    void forget();

    workspace::Workspace &m_workspace;
    std::optional<flags::Snapshot> m_seed; ///< until it is known whether it is wanted
    bool m_hasInitialised = false;
    bool m_isSaving = false; ///< until what is saved has become the draft's base
};

} // namespace edgewise
