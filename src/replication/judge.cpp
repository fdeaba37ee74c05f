// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/judge.h"

namespace edgewise::replication {

using namespace Qt::StringLiterals;

namespace {

QString frameText(std::optional<quint64> index)
{
    return index ? u"frame %1"_qs.arg(*index) : u"no frame"_qs;
}

QString reasonOf(const Error &error)
{
    return error.detail.isEmpty() ? u"no answer"_qs : error.detail;
}

Judgement unreachable(const Stretch &stretch)
{
    const QString since = stretch.at == stretch.since
                              ? QString()
                              : u" for %1"_qs.arg(durationInWords(stretch.at - stretch.since));
    return {.state = State::Unreachable,
            .why = u"no answer%1: %2"_qs.arg(since, reasonOf(*stretch.failure)),
            .framesBehind = {},
            .nanosecondsBehind = {}};
}

/// How many frames lie between two positions of one log; an empty log comes before frame 0.
std::optional<quint64> framesBetween(std::optional<quint64> replica, std::optional<quint64> primary)
{
    const quint64 applied = replica ? *replica + 1 : 0;
    const quint64 written = primary ? *primary + 1 : 0;
    return applied <= written ? std::optional(written - applied) : std::nullopt;
}

/// The replica says that it cannot reach its primary (gRPC: UNAVAILABLE), and nothing newer shows
/// that it follows again; or it has long been silent about it, which once is nothing: a primary
/// that is busy with a large commit answers late.
bool isLinkCut(const History &replica, const JudgeSettings &settings)
{
    const std::optional<LogSample> &log = replica.newestLog();
    if (!log || !log->failure || log->failure->kind != Error::Kind::Network)
        return false;
    if (log->failure->nativeCode == u"14")
        return replica.newest().since <= log->at;
    const qint64 since = *replica.logFailingSince();
    return replica.newest().since <= since && log->at - since >= settings.stalledAfterNanoseconds;
}

/// The replica has just passed a question on to its primary and brought the answer back.
bool reachesPrimary(const History &replica, const JudgeSettings &settings)
{
    const std::optional<LogSample> &log = replica.newestLog();
    return log && !log->failure && replica.newest().at - log->at < settings.stalledAfterNanoseconds;
}

Judgement judgePosition(std::optional<quint64> primaryIndex, const History &replica,
                        const LagClock &lag, const JudgeSettings &settings)
{
    const Stretch &own = replica.newest();
    Judgement judgement;
    judgement.framesBehind = framesBetween(own.index, primaryIndex);
    judgement.nanosecondsBehind = lag.behind(own.index, own.at);
    if (judgement.framesBehind == quint64(0)) {
        judgement.state = State::InSync;
        judgement.nanosecondsBehind = 0;
        judgement.why = u"at the primary's %1"_qs.arg(frameText(own.index));
        return judgement;
    }
    // Behind without a move, counted from when there was something to follow.
    const qint64 still =
        std::min(own.at - own.since, judgement.nanosecondsBehind.value_or(own.at - own.since));
    const bool reaches = reachesPrimary(replica, settings);
    if (still >= (reaches ? settings.transactionNanoseconds : settings.stalledAfterNanoseconds)) {
        judgement.state = State::Stalled;
        judgement.why = u"at %1 without a move for %2, the primary is at %3"_qs.arg(
            frameText(own.index), durationInWords(still), frameText(primaryIndex));
    } else {
        judgement.state = State::CatchingUp;
        judgement.why =
            u"at %1, the primary is at %2"_qs.arg(frameText(own.index), frameText(primaryIndex));
        if (still >= settings.stalledAfterNanoseconds)
            judgement.why += u"; it reaches the primary, and takes in a large transaction"_qs;
    }
    return judgement;
}

/// A position that the primary has not reached by its own account.
Judgement judgeBeyond(const Stretch &primary, const History &replica, const JudgeSettings &settings)
{
    const Stretch &own = replica.newest();
    Judgement judgement;
    if (own.since >= primary.at) { // it was asked later, and the frames came in between
        judgement.state = State::InSync;
        judgement.framesBehind = 0;
        judgement.nanosecondsBehind = 0;
        judgement.why = u"at %1, newer than the primary's last answer"_qs.arg(frameText(own.index));
    } else if (primary.at - std::max(own.since, primary.since) < settings.resetNanoseconds) {
        judgement.state = State::CatchingUp;
        judgement.why =
            u"still at %1 of an earlier log; the primary began anew and is at %2"_qs.arg(
                frameText(own.index), frameText(primary.index));
    } else {
        judgement.state = State::Diverged;
        judgement.why = u"at %1, which the primary at %2 has never written"_qs.arg(
            frameText(own.index), frameText(primary.index));
    }
    return judgement;
}

/// The primary does not answer us: then the replica's own connection to it decides.
Judgement judgeWithoutPrimary(const Stretch &primary, const History &replica, const LagClock &lag,
                              const JudgeSettings &settings)
{
    const std::optional<LogSample> &log = replica.newestLog();
    if (log && !log->failure && log->at > primary.since) {
        Judgement judgement = judgePosition(log->primaryIndex, replica, lag, settings);
        judgement.why += u"; the primary does not answer here, but its replica reaches it"_qs;
        return judgement;
    }
    return {.state = State::Stalled,
            .why = u"its primary does not answer: %1"_qs.arg(reasonOf(*primary.failure)),
            .framesBehind = {},
            .nanosecondsBehind = {}};
}

} // namespace

Judgement judgePrimary(const History &primary)
{
    if (primary.isEmpty())
        return {.state = State::Unreachable,
                .why = u"not asked yet"_qs,
                .framesBehind = {},
                .nanosecondsBehind = {}};
    if (primary.newest().failure)
        return unreachable(primary.newest());
    return {.state = State::Primary,
            .why = primary.isLogSettled()
                       ? frameText(primary.newest().index)
                       : u"%1; its log began anew"_qs.arg(frameText(primary.newest().index)),
            .framesBehind = 0,
            .nanosecondsBehind = 0};
}

Judgement judgeReplica(const History &primary, const History &replica, const LagClock &lag,
                       const std::optional<ContentCheck> &content, const JudgeSettings &settings)
{
    if (replica.isEmpty() || replica.newest().failure)
        return judgePrimary(replica); // it is the same: nothing is known of it
    const Stretch &own = replica.newest();
    if (primary.isEmpty()) { // not watched
        const std::optional<LogSample> &log = replica.newestLog();
        if (log && !log->failure)
            return judgePosition(log->primaryIndex, replica, lag, settings);
        return {.state = log ? State::Stalled : State::CatchingUp,
                .why = log ? u"cannot reach its primary: %1"_qs.arg(reasonOf(*log->failure))
                           : u"its primary is not known yet"_qs,
                .framesBehind = {},
                .nanosecondsBehind = {}};
    }

    // While a log changes, one node may have been asked before and the other after it.
    const QString primaryLog = primary.logId();
    const QString replicaLog = replica.logId();
    if (!primaryLog.isEmpty() && !replicaLog.isEmpty() && primaryLog != replicaLog
        && primary.isLogSettled() && replica.isLogSettled())
        return {.state = State::Foreign,
                .why = u"follows the log %1, the primary's is %2"_qs.arg(replicaLog.first(8),
                                                                         primaryLog.first(8)),
                .framesBehind = {},
                .nanosecondsBehind = {}};

    const Stretch &head = primary.newest();
    if (head.failure)
        return judgeWithoutPrimary(head, replica, lag, settings);

    // What the primary wrote after the replica's last answer is no evidence against the replica.
    const LagClock::Known then = lag.primaryAt(own.at);
    const std::optional<quint64> primaryIndex = then.seen ? then.index : head.index;
    Judgement judgement = own.index > primaryIndex
                              ? judgeBeyond(head, replica, settings)
                              : judgePosition(primaryIndex, replica, lag, settings);
    if (isLinkCut(replica, settings)) {
        judgement.state = State::Stalled;
        judgement.why = u"at %1, cannot reach its primary: %2"_qs.arg(
            frameText(own.index), reasonOf(*replica.newestLog()->failure));
    }
    if (content && !content->equal && content->logId == replicaLog && own.index >= content->index) {
        judgement.state = State::Diverged;
        judgement.why =
            u"other content at frame %1: %2"_qs.arg(content->index).arg(content->difference);
    }
    return judgement;
}

QString durationInWords(qint64 nanoseconds)
{
    const double milliseconds = double(nanoseconds) / 1e6;
    if (milliseconds < 9.95)
        return u"%1 ms"_qs.arg(milliseconds, 0, 'f', 1);
    if (milliseconds < 999.5)
        return u"%1 ms"_qs.arg(milliseconds, 0, 'f', 0);
    if (milliseconds < 9950)
        return u"%1 s"_qs.arg(milliseconds / 1000, 0, 'f', 1);
    const qint64 seconds = qRound64(milliseconds / 1000);
    if (seconds < 60)
        return u"%1 s"_qs.arg(seconds);
    if (seconds < 3600)
        return u"%1 min %2 s"_qs.arg(seconds / 60).arg(seconds % 60);
    return u"%1 h %2 min"_qs.arg(seconds / 3600).arg(seconds / 60 % 60);
}

} // namespace edgewise::replication
