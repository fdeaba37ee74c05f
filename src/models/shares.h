// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/program.h>
#include <evaluation/simulate.h>
#include <models/statistics.h>

#include <optional>
#include <vector>

namespace edgewise::models {

/// How many of some entities got one answer, against how many the percentages promise.
struct Share {
    QString answer;  ///< variant key, "true", "no variant" …
    int colour = -1; ///< place among the flag's variants; -1 for what is none of them
    qint64 count = 0;
    double actual = 0;                ///< of the group's entities, 0 to 1
    Interval interval;                ///< of `actual`, 95 %
    std::optional<double> configured; ///< nothing where percentages do not decide it

    friend bool operator==(const Share &, const Share &) = default;
};

/// Entities with something in common: all, those that one rule decided, those of one plan.
struct ShareGroup {
    enum class Kind {
        All,
        Step,  ///< a rule, or a threshold and what passes it
        Value, ///< of the property that the breakdown asks for
        Steps, ///< all, by what decided them; nothing is configured here
    };

    Kind kind = Kind::All;
    QString title;
    qint64 entities = 0;
    std::vector<Share> shares;
    GoodnessOfFit fit;
    QString verdict; ///< one sentence; empty where nothing is configured

    friend bool operator==(const ShareGroup &a, const ShareGroup &b)
    {
        return a.kind == b.kind && a.title == b.title && a.entities == b.entities
               && a.shares == b.shares && a.verdict == b.verdict;
    }
};

/// The tally of a flag, ready to be looked at: all entities, then each rule or threshold that
/// decided any, what decided, then the values of the breakdown. The program must be the one that
/// was simulated; nothing for a flag that it does not have. A rule promises each variant its
/// buckets of 1000, a threshold its own of those that earlier thresholds left, since all of one
/// flag share a hash (Flipt: internal/server/evaluation/evaluation.go).
std::vector<ShareGroup> shareGroups(const evaluation::Program &program,
                                    const evaluation::Simulation &simulation,
                                    const evaluation::Tally &tally);

/// "49.9 %": one decimal unless it is exact.
QString percentText(double share);
/// "p = 0.41", "p < 0.001".
QString probabilityText(double probability);
/// What an answer is called: "one-page", "true", "no variant", "no such flag", "refused".
QString answerName(const evaluation::AnswerKey &answer);

} // namespace edgewise::models
