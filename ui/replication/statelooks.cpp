// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/statelooks.h>

namespace edgewise::replicationpage {

theme::State lookOf(replication::State state)
{
    switch (state) {
    case replication::State::Primary:
    case replication::State::InSync:
        return theme::State::Ok;
    case replication::State::CatchingUp:
        return theme::State::Warn;
    case replication::State::Stalled:
        return theme::State::Late;
    case replication::State::Diverged:
        return theme::State::Bad;
    case replication::State::Foreign:
        return theme::State::Foreign;
    case replication::State::Unreachable:
        return theme::State::Off;
    }
    Q_UNREACHABLE();
}

} // namespace edgewise::replicationpage
