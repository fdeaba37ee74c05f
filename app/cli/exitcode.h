// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/error.h>

namespace edgewise::cli {

/// What the program tells its caller when it ends.
enum ExitCode {
    Done = 0,
    Findings = 1,   ///< differences of diff, expectations that are not met
    Failed = 2,     ///< usage, input or I/O; nothing was written
    Conflicted = 3, ///< somebody else changed the same rows; nothing was written
    OutcomeUnknown =
        4, ///< the connection was lost at the commit and the primary could not be asked
};

ExitCode exitCodeOf(const Error &error);

} // namespace edgewise::cli
