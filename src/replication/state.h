// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace edgewise::replication {

enum class Role { Primary, Replica };

/// How a node stands to the primary that is watched with it.
enum class State {
    Primary,     ///< it is the primary, and answers
    InSync,      ///< has applied the primary's newest frame
    CatchingUp,  ///< behind, and following
    Stalled,     ///< answers, but no longer follows
    Diverged,    ///< same log, same frame, other content
    Foreign,     ///< follows another log
    Unreachable, ///< does not answer: nothing else is known of it
};

/// "primary", "replica": the word in data, never translated.
QString roleName(Role role);
/// "primary", "in-sync", "catching-up", "stalled", "diverged", "foreign", "unreachable".
QString stateName(State state);

} // namespace edgewise::replication
