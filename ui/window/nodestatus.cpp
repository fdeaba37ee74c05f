// SPDX-License-Identifier: GPL-3.0-or-later
#include <messages/sentence.h>
#include <window/nodestatus.h>
#include <workspace/fliptfeed.h>

#include <QCoreApplication>
#include <QLocale>

namespace edgewise::window {

using namespace Qt::StringLiterals;
using replication::State;

theme::State lookOf(State state)
{
    switch (state) {
    case State::Primary:
    case State::InSync:
        return theme::State::Ok;
    case State::CatchingUp:
        return theme::State::Warn;
    case State::Stalled:
        return theme::State::Late;
    case State::Diverged:
        return theme::State::Bad;
    case State::Foreign:
        return theme::State::Foreign;
    case State::Unreachable:
        return theme::State::Off;
    }
    Q_UNREACHABLE();
}

QString wordOf(State state)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("NodeState", text); };
    switch (state) {
    case State::Primary:
        return tr("primary");
    case State::InSync:
        return tr("in sync");
    case State::CatchingUp:
        return tr("catching up");
    case State::Stalled:
        return tr("stalled");
    case State::Diverged:
        return tr("diverged");
    case State::Foreign:
        return tr("follows another primary");
    case State::Unreachable:
        return tr("unreachable");
    }
    Q_UNREACHABLE();
}

NodeStatus statusOf(const QString &name, const replication::Judgement &judgement,
                    std::optional<quint64> replicationIndex)
{
    const QLocale locale;
    QString figures;
    if (judgement.framesBehind && *judgement.framesBehind > 0) {
        figures = u'−' + locale.toString(*judgement.framesBehind);
        if (judgement.nanosecondsBehind)
            figures += u" · "_qs + replication::durationInWords(*judgement.nanosecondsBehind);
    } else if (judgement.state != State::Unreachable && replicationIndex) {
        figures = locale.toString(*replicationIndex);
    } else {
        figures = u"—"_qs;
    }
    return {name, lookOf(judgement.state), figures, wordOf(judgement.state), judgement.why};
}

NodeStatus statusOf(const workspace::FliptFeed &flipt)
{
    using Feed = workspace::FliptFeed;
    const auto tr = [](const char *text) { return QCoreApplication::translate("NodeState", text); };
    NodeStatus status{flipt.address().name, theme::State::Off, u"—"_qs, tr("not reached yet"),
                      flipt.address().base.toString()};
    switch (flipt.state()) {
    case Feed::State::Asking:
        break;
    case Feed::State::Serving:
        status.state = theme::State::Ok;
        status.word = tr("Flipt, serving");
        status.figures = flipt.version().isEmpty() ? u"—"_qs : flipt.version();
        if (const auto time = flipt.roundTripNanoseconds())
            status.why += u" · "_qs + tr("answered in %1").arg(replication::durationInWords(*time));
        break;
    case Feed::State::NotServing:
        status.state = theme::State::Late;
        status.word = tr("Flipt, not serving");
        status.figures = flipt.version().isEmpty() ? u"—"_qs : flipt.version();
        break;
    case Feed::State::Unreachable:
        status.word = tr("Flipt, unreachable");
        status.why += u'\n' + messages::sentence(flipt.error());
        break;
    }
    return status;
}

} // namespace edgewise::window
