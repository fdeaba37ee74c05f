// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/compiled.h>
#include <evaluation/request.h>
#include <evaluation/trace.h>

#include <QCoreApplication>

namespace edgewise::evaluation {

/// Builds the steps of one flag. What was not reached is listed with its parts, unjudged.
class Explanation {
    Q_DECLARE_TR_FUNCTIONS(edgewise::evaluation::Explanation)

public:
    /// `reached` is false when the evaluation failed or ended before the first step.
    Explanation(const CompiledNamespace &nameSpace, const CompiledFlag &flag,
                const Request &request, bool reached)
        : m_nameSpace(nameSpace), m_flag(flag), m_request(request),
          m_walk(reached ? Walk::Going : Walk::Ended)
    {
    }

    std::vector<StepTrace> steps();

private:
    enum class Walk { Going, Ended };

    StepTrace ruleStep(const CompiledRule &rule);
    StepTrace rolloutStep(const CompiledRollout &rollout);
    void judgeSegments(StepTrace &step);
    void judgeDistribution(StepTrace &step, const CompiledRule &rule);
    void judgeThreshold(StepTrace &step, const CompiledRollout &rollout);
    std::vector<SegmentTrace> segments(const std::vector<SegmentKey> &keys, const Slots &present);
    SegmentTrace segment(const CompiledSegment &compiled);
    ConstraintTrace constraint(const flags::Constraint &source, const CompiledConstraint &compiled);
    std::vector<RangeTrace> ranges(const CompiledRule &rule);

    const CompiledNamespace &m_nameSpace;
    const CompiledFlag &m_flag;
    const Request &m_request;
    Walk m_walk;
};

} // namespace edgewise::evaluation
