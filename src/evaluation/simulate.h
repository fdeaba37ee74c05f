// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/key.h>
#include <base/result.h>
#include <evaluation/outcome.h>
#include <evaluation/population.h>
#include <evaluation/program.h>
#include <evaluation/progress.h>

#include <map>
#include <tuple>

namespace edgewise::evaluation {

/// What an entity gets, as far as tallies and movements tell answers apart.
struct AnswerKey {
    int status = 200;
    Outcome::Reason reason = Outcome::Reason::Unknown;
    bool isBoolean = false;
    bool value = false; ///< match of a variant flag, answer of a boolean one
    QString variant;    ///< key; empty for none

    friend bool operator==(const AnswerKey &, const AnswerKey &) = default;
    friend bool operator<(const AnswerKey &a, const AnswerKey &b)
    {
        return std::tie(a.status, a.reason, a.isBoolean, a.value, a.variant)
               < std::tie(b.status, b.reason, b.isBoolean, b.value, b.variant);
    }
};

AnswerKey answerKey(const Outcome &outcome);

/// Whether what the caller gets differs: variant or value, or an error. Another reason alone is no
/// move.
bool sameService(const AnswerKey &a, const AnswerKey &b);

struct Tally {
    /// Rule or rollout (index in order of evaluation, -1 for none) and answer.
    using Row = std::pair<int, AnswerKey>;

    qint64 entities = 0;
    qint64 malformed = 0;
    std::map<Row, qint64> counts;
    /// The same by the values of a property, if one was asked for; entities without it under "".
    std::map<QString, std::map<Row, qint64>> byValue;

    friend bool operator==(const Tally &, const Tally &) = default;
};

struct Simulation {
    NamespaceKey nameSpace;
    FlagKey flag;
    QString breakdown; ///< a property, or empty for none; past 100 values all others are in one
};

/// The value under which a breakdown collects what is beyond its limit.
QString otherValues();

/// Evaluates the whole population on all cores; blocks, so not for the GUI thread. NotFound when
/// there is no such flag, Cancelled. The same whatever the number of threads.
Result<Tally> simulate(const Program &program, const Simulation &simulation, Population &population,
                       Progress &progress);

} // namespace edgewise::evaluation
