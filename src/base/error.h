// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace edgewise {

/// What went wrong, as a value. Sentences for people are made from it in src/messages alone.
struct Error {
    enum class Kind {
        Input,      ///< a text, file or argument from outside is not what it must be
        Network,    ///< no answer: refused, timed out, cut
        Auth,       ///< the token is missing, wrong or lacks the right
        Protocol,   ///< an answer that is not what the protocol allows
        Schema,     ///< the database is not one that Edgewise may read or write
        Constraint, ///< the database refused the statement
        Conflict,   ///< somebody else changed the same rows
        NotFound,
        ReadOnly, ///< the source cannot or must not be written
        Unknown,  ///< it is not known whether a save landed; nothing may be saved until it is
        Cancelled,
        Internal,
    };

    Kind kind = Kind::Internal;
    /// What was being done, as a phrase that continues "while": "reading the flags of http://…".
    QString step;
    /// The other side's own words, or the exact reason. Never holds a token.
    QString detail;
    /// The server's or SQLite's code ("SQLITE_CONSTRAINT"), empty when there is none.
    /// Has an initialiser so that a braced Error may leave it out without a warning.
    QString nativeCode = {};
    /// True when the same call may succeed later with nothing changed.
    bool retryable = false;

    friend bool operator==(const Error &, const Error &) = default;
};

} // namespace edgewise
