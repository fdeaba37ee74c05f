// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/state.h>

namespace edgewise::theme {

using namespace Qt::StringLiterals;

QChar stateGlyph(State state)
{
    switch (state) {
    case State::Ok:
        return u'●';
    case State::Warn:
        return u'◐';
    case State::Late:
        return u'▲';
    case State::Bad:
        return u'✕';
    case State::Off:
        return u'○';
    case State::Foreign:
        return u'◇';
    }
    Q_UNREACHABLE();
}

QString stateIconName(State state)
{
    switch (state) {
    case State::Ok:
        return u"state-ok"_qs;
    case State::Warn:
        return u"state-warn"_qs;
    case State::Late:
        return u"state-late"_qs;
    case State::Bad:
        return u"state-bad"_qs;
    case State::Off:
        return u"state-off"_qs;
    case State::Foreign:
        return u"state-foreign"_qs;
    }
    Q_UNREACHABLE();
}

} // namespace edgewise::theme
