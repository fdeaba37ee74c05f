// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace edgewise::theme {

/// The states that the window knows, each with a shape, a word and a colour of its own.
enum class State {
    Ok,      ///< ● in sync, enabled, passed
    Warn,    ///< ◐ catching up, in flight
    Late,    ///< ▲ stalled, over budget
    Bad,     ///< ✕ diverged, error, failed
    Off,     ///< ○ unreachable, disabled, not reached
    Foreign, ///< ◇ follows another primary
};

/// The state's shape as a character, for plain text and accessible names.
QChar stateGlyph(State state);

/// The name of the state's icon, for Appearance::icon().
QString stateIconName(State state);

/// How much a connection's data matters: the colour of the line over the window and of its chip.
enum class Environment { Local, Development, Staging, Production };

} // namespace edgewise::theme
