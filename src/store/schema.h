// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace edgewise::store {

/// What stands in a database where Flipt's schema should by the migrations of Flipt 1.61.
struct SchemaState {
    enum class Kind {
        Empty,   ///< no table at all: may be initialised
        Foreign, ///< tables, but not Flipt's: never initialised, not readable as flags
        TooOld,  ///< before version 11: not readable
        Older,   ///< 11 to 14: read-only until `flipt migrate`
        Current, ///< 15, clean: read and write
        Dirty,   ///< an interrupted migration: read-only
        Newer,   ///< read-only
    };
    Kind kind = Kind::Empty;
    int version = 0; ///< of schema_migrations, 0 when there is none

    bool readable() const
    {
        return kind == Kind::Older || kind == Kind::Current || kind == Kind::Dirty
               || kind == Kind::Newer;
    }
    bool writable() const { return kind == Kind::Current; }
    friend bool operator==(const SchemaState &, const SchemaState &) = default;
};

/// The version that Edgewise writes: Flipt 1.51 to 1.61.
inline constexpr int currentSchemaVersion = 15;

} // namespace edgewise::store
