// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/state.h"

namespace edgewise::replication {

using namespace Qt::StringLiterals;

QString roleName(Role role)
{
    return role == Role::Primary ? u"primary"_qs : u"replica"_qs;
}

QString stateName(State state)
{
    switch (state) {
    case State::Primary:
        return u"primary"_qs;
    case State::InSync:
        return u"in-sync"_qs;
    case State::CatchingUp:
        return u"catching-up"_qs;
    case State::Stalled:
        return u"stalled"_qs;
    case State::Diverged:
        return u"diverged"_qs;
    case State::Foreign:
        return u"foreign"_qs;
    case State::Unreachable:
        return u"unreachable"_qs;
    }
    Q_UNREACHABLE();
}

} // namespace edgewise::replication
