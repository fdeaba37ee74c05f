// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/simulate.h>

#include <functional>

namespace edgewise::evaluation {

struct FlagAddress {
    NamespaceKey nameSpace;
    FlagKey flag;

    friend auto operator<=>(const FlagAddress &, const FlagAddress &) = default;
};

/// Flags that may answer differently: themselves edited, added or removed, or a segment that they
/// name was. In the order of `after`, then those that are gone.
std::vector<FlagAddress> changedFlags(const Program &before, const Program &after);

/// One side of a move: the answer and the step that gave it.
struct Served {
    AnswerKey answer;
    /// Index of the rule or rollout in order of evaluation, -1 for none.
    int decidedBy = -1;

    friend bool operator==(const Served &, const Served &) = default;
};

/// An entity that will be served something else.
struct Move {
    FlagAddress flag;
    std::string entity; ///< UTF-8
    Served before;
    Served after;

    friend bool operator==(const Move &, const Move &) = default;
};

/// How one flag's entities go from answers (rows) to answers (columns).
struct FlagMovement {
    FlagAddress flag;
    std::map<std::pair<AnswerKey, AnswerKey>, qint64> matrix;
    qint64 moved = 0; ///< those whose service differs

    friend bool operator==(const FlagMovement &, const FlagMovement &) = default;
};

struct Movement {
    qint64 entities = 0;
    qint64 malformed = 0;
    std::vector<FlagMovement> flags; ///< in the order of the flags asked for

    friend bool operator==(const Movement &, const Movement &) = default;
};

/// Evaluates every entity before and after; blocks, so not for the GUI thread. `moved` gets each
/// move in the order of the population and of `flags`, from one thread at a time; keeping the list
/// is its business, so that memory does not grow here. A flag that one side lacks answers 404
/// there.
Result<Movement> compare(const Program &before, const Program &after,
                         const std::vector<FlagAddress> &flags, Population &population,
                         Progress &progress, const std::function<void(Move &&)> &moved);

} // namespace edgewise::evaluation
