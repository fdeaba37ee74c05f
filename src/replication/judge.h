// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <replication/history.h>
#include <replication/lagclock.h>
#include <replication/state.h>

namespace edgewise::replication {

struct Judgement {
    State state = State::Unreachable;
    QString why; ///< the evidence, as a phrase
    /// None when unknown, and always for a node that does not answer.
    std::optional<quint64> framesBehind;
    std::optional<qint64> nanosecondsBehind;

    friend bool operator==(const Judgement &, const Judgement &) = default;
};

struct JudgeSettings {
    /// A replica that is behind and has not moved for so long no longer follows. sqld's replicas
    /// try to reconnect once a second.
    qint64 stalledAfterNanoseconds = 2'000'000'000;
    /// The same while it is seen to reach its primary: it applies whole transactions (sqld:
    /// libsql-replication/src/replicator.rs), so its index stands still while a large one arrives.
    qint64 transactionNanoseconds = 30'000'000'000;
    /// How long a position beyond the primary's may be explained by a log that has begun anew.
    qint64 resetNanoseconds = 5'000'000'000;
};

/// Of the primary: it answers, or it does not.
Judgement judgePrimary(const History &primary);

/// Of a replica, against its primary: a function of what was seen, and of nothing else. `lag` has
/// observed the same primary. `content` is the newest comparison of rows, where there was one.
Judgement judgeReplica(const History &primary, const History &replica, const LagClock &lag,
                       const std::optional<ContentCheck> &content = {},
                       const JudgeSettings &settings = {});

/// "180 ms", "3.2 s", "2 min 10 s": two significant digits.
QString durationInWords(qint64 nanoseconds);

} // namespace edgewise::replication
