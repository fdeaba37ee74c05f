// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/compare.h>
#include <models/populationsource.h>

#include <vector>

/// The long computations over a population, for LatestJob. Each opens the population, reports its
/// progress and ends with Cancelled when it is told to.
namespace edgewise::models {

using ProgramPointer = std::shared_ptr<const evaluation::Program>;
using ProgressPointer = std::shared_ptr<JobProgress>;

/// What a flag gives a population in one state, or in two.
struct TallyAnswer {
    evaluation::Tally first;
    std::optional<evaluation::Tally> second;
    std::vector<evaluation::MalformedRow> malformedRows; ///< the first few
};

/// `second` may be null. A flag that a state lacks gives an empty tally.
Result<TallyAnswer> tally(const ProgramPointer &first, const ProgramPointer &second,
                          const evaluation::Simulation &simulation, const PopulationSource &source,
                          const ProgressPointer &progress);

/// A cell of a flag's movement: what is served before and after, whatever the reasons.
struct MovementCell {
    evaluation::FlagAddress flag;
    evaluation::AnswerKey before;
    evaluation::AnswerKey after;

    /// Of the same flag, and the same service on both sides.
    bool holds(const evaluation::AnswerKey &otherBefore,
               const evaluation::AnswerKey &otherAfter) const;
};

struct MovementAnswer {
    evaluation::Movement movement;
    std::vector<evaluation::MalformedRow> malformedRows;
};

/// The movement of these flags; of all that differ, when there are none.
Result<MovementAnswer> movement(const ProgramPointer &before, const ProgramPointer &after,
                                const std::vector<evaluation::FlagAddress> &flags,
                                const PopulationSource &source, const ProgressPointer &progress);

/// An entity of a cell, with what decided on both sides.
struct CellEntity {
    QString id;
    QString context; ///< as "plan=pro country=de"
    int decidedBefore = -1;
    int decidedAfter = -1;
};

/// The first `limit` entities behind a cell, moved or not, in the order of the population.
Result<std::vector<CellEntity>> entitiesOf(const ProgramPointer &before,
                                           const ProgramPointer &after, const MovementCell &cell,
                                           const PopulationSource &source, size_t limit,
                                           const ProgressPointer &progress);

/// Writes every entity that moves, as CSV or, by the suffix .json, as JSON; constant memory. The
/// number of moves.
Result<qint64> exportMoves(const ProgramPointer &before, const ProgramPointer &after,
                           const std::vector<evaluation::FlagAddress> &flags,
                           const PopulationSource &source, const QString &file,
                           const ProgressPointer &progress);

} // namespace edgewise::models
