// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <changes/changeset.h>

#include <vector>

/// What becomes of changes when somebody else saved meanwhile: a three-way merge down to the field.
namespace edgewise::changes {

/// Something that both sides changed differently, with all three values. `mine` is not part of the
/// rebased changes until somebody decides for it (takeMine).
struct Conflict {
    enum class Kind {
        Field,        ///< both set the field, each to something else
        Position,     ///< both moved it
        RemovedThere, ///< they removed what I changed, or what I added something to
        RemovedHere,  ///< I removed what they changed, or what they added something to
    };
    Kind kind = Kind::Field;
    Address address;           ///< of the object that is removed on one side, or whose field it is
    Field field = Field::Name; ///< of Kind::Field alone
    Value base;
    Value theirs;
    Value mine;

    friend bool operator==(const Conflict &, const Conflict &) = default;
};

struct Rebased {
    /// From `current`: all of mine that theirs leaves alone.
    ChangeSet changes;
    std::vector<Conflict> conflicts; ///< by address
    int merged = 0;                  ///< objects that both sides changed, without a conflict
};

/// `mine` was made on `base`; gives what it means on `current`. What both sides did alike is done.
/// Law: with current == base it gives `mine`. Input when `mine` does not fit `base`.
Result<Rebased> rebase(const ChangeSet &mine, const flags::Snapshot &base,
                       const flags::Snapshot &current);

/// The rebased changes with my side of the conflict, on the same `current`. For RemovedThere what I
/// had is brought back with everything in it; `base` and `mine` are those that were rebased.
Result<ChangeSet> takeMine(const ChangeSet &rebased, const Conflict &conflict,
                           const ChangeSet &mine, const flags::Snapshot &base,
                           const flags::Snapshot &current);

} // namespace edgewise::changes
