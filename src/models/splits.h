// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/compiled.h>
#include <evaluation/simulate.h>
#include <models/statistics.h>

#include <map>
#include <vector>

namespace edgewise::models {

using Counts = std::map<evaluation::Tally::Row, qint64>;

/// One answer of a step with the share that the percentages promise it.
struct SplitPart {
    QString answer;
    int colour = -1; ///< see Share::colour
    double configured = 0;
    qint64 seen = 0;
};

/// What a rule or threshold makes of the entities that come to it.
struct Split {
    int step = 0; ///< index in order of evaluation
    QString title;
    qint64 entities = 0;
    std::vector<SplitPart> parts;
};

/// The steps whose percentages decided any of the entities.
std::vector<Split> splitsOf(const evaluation::CompiledFlag &flag, const Counts &counts);

GoodnessOfFit fitOf(const Split &split);

/// What the percentages of all steps promise the entities of `counts`, by answer: how many. What no
/// percentage decides is promised as it came.
std::map<QString, double> promised(const evaluation::CompiledFlag &flag, const Counts &counts,
                                   const std::vector<Split> &splits);

/// The place of what is served among the flag's variants; -1 for what is none of them.
int colourOf(const flags::Flag &flag, const evaluation::AnswerKey &answer);

} // namespace edgewise::models
