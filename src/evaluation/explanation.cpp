// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/explanation.h"

#include "evaluation/constraintreason.h"
#include "evaluation/hashing.h"
#include "evaluation/steps.h"
#include "evaluation/text.h"

#include <algorithm>

namespace edgewise::evaluation {

using namespace Qt::StringLiterals;

namespace {

int clipped(std::int64_t end)
{
    return int(std::clamp<std::int64_t>(end, 0, 1000));
}

} // namespace

ConstraintTrace Explanation::constraint(const flags::Constraint &source,
                                        const CompiledConstraint &compiled)
{
    ConstraintTrace trace;
    trace.type = source.type;
    trace.property = source.property;
    trace.operatorName = source.operatorName;
    trace.wanted = source.value;
    const auto named = [&](const Property &property) { return property.name == compiled.property; };
    trace.missing = !compiled.onEntity && std::ranges::none_of(m_request.context, named);
    const std::string_view seen =
        compiled.onEntity ? m_request.entity : valueOf(m_request, compiled.property);
    trace.seen = fromUtf8(seen);
    if (m_walk == Walk::Ended)
        return trace;
    if (!hasKnownType(source))
        trace.verdict = Verdict::Error;
    else
        trace.verdict = passes(compiled, seen) ? Verdict::Passed : Verdict::Failed;
    trace.reason = constraintReason(source, compiled, trace.seen, trace.missing);
    return trace;
}

SegmentTrace Explanation::segment(const CompiledSegment &compiled)
{
    SegmentTrace trace;
    trace.key = compiled.source->key.text();
    trace.matchType = compiled.matchType;
    const auto &sources = compiled.source->constraints;
    for (size_t i = 0; i < sources.size(); ++i)
        trace.constraints.push_back(constraint(sources[i], compiled.constraints[i]));
    if (m_walk == Walk::Ended)
        return trace;
    if (compiled.hasUnknownType) {
        trace.verdict = Verdict::Error;
        trace.reason = tr("a constraint of unknown type fails the request");
        return trace;
    }
    Values values(m_request);
    trace.verdict = matches(compiled, values) ? Verdict::Passed : Verdict::Failed;
    const auto passed =
        std::ranges::count(trace.constraints, Verdict::Passed, &ConstraintTrace::verdict);
    if (compiled.matchType != flags::AllMatch && compiled.matchType != flags::AnyMatch)
        trace.reason = tr("the match type %1 is unknown and never matches").arg(compiled.matchType);
    else if (sources.empty())
        trace.reason = tr("no constraints: it matches everyone");
    else
        trace.reason = (compiled.matchType == flags::AllMatch ? tr("%1 of %2 hold, all must")
                                                              : tr("%1 of %2 hold, one must"))
                           .arg(passed)
                           .arg(sources.size());
    return trace;
}

std::vector<SegmentTrace> Explanation::segments(const std::vector<SegmentKey> &keys,
                                                const Slots &present)
{
    std::vector<SegmentTrace> traces;
    for (const std::uint32_t slot : present) {
        if (const CompiledSegment *compiled = m_nameSpace.segments[slot].get())
            traces.push_back(segment(*compiled));
    }
    for (const SegmentKey &key : keys) {
        if (std::ranges::find(traces, key.text(), &SegmentTrace::key) != traces.end())
            continue;
        SegmentTrace absent;
        absent.key = key.text();
        absent.exists = false;
        absent.verdict = m_walk == Walk::Ended ? Verdict::NotReached : Verdict::Skipped;
        absent.reason = tr("there is no such segment");
        traces.push_back(std::move(absent));
    }
    return traces;
}

/// Sets the verdict of a step that depends on segments.
void Explanation::judgeSegments(StepTrace &step)
{
    const auto existing = std::ranges::count(step.segments, true, &SegmentTrace::exists);
    if (existing == 0) {
        step.verdict = m_walk == Walk::Ended ? Verdict::NotReached : Verdict::Skipped;
        step.reason = tr("no segment of it exists, so Flipt passes over it");
        return;
    }
    if (m_walk == Walk::Ended)
        return;
    if (std::ranges::find(step.segments, Verdict::Error, &SegmentTrace::verdict)
        != step.segments.end()) {
        step.verdict = Verdict::Error;
        step.reason = tr("a constraint of unknown type fails the request");
        m_walk = Walk::Ended;
        return;
    }
    const auto matching =
        std::ranges::count(step.segments, Verdict::Passed, &SegmentTrace::verdict);
    const bool passed = passesOperator(step.segmentOperator, size_t(matching), size_t(existing));
    step.verdict = passed ? Verdict::Passed : Verdict::Failed;
    if (step.segmentOperator == flags::OrOperator)
        step.reason = tr("%1 of %2 match, one must").arg(matching).arg(existing);
    else if (step.segmentOperator == flags::AndOperator)
        step.reason = tr("%1 of %2 match, all must").arg(matching).arg(existing);
    else
        step.reason =
            tr("the operator %1 is unknown and lets everyone pass").arg(step.segmentOperator);
    if (passed)
        m_walk = Walk::Ended;
}

std::vector<RangeTrace> Explanation::ranges(const CompiledRule &rule)
{
    std::vector<RangeTrace> result;
    int first = 0;
    for (size_t i = 0; i < rule.ends.size(); ++i) {
        const int end = std::max(first, clipped(rule.ends[i]));
        const auto &distribution = rule.source->distributions[size_t(rule.distributions[i])];
        result.push_back(
            {first, end, fromUtf8(rule.variants[i]->key), distribution.rollout, false});
        first = end;
    }
    return result;
}

void Explanation::judgeDistribution(StepTrace &step, const CompiledRule &rule)
{
    if (!rule.readable) {
        step.verdict = Verdict::Error;
        step.reason = tr("a distribution or its variant's attachment cannot be read");
        return;
    }
    if (rule.ends.empty()) {
        step.reason += tr("; it distributes to no variant");
        return;
    }
    step.bucket = variantBucket(m_flag.checksum, m_request.entity);
    const size_t index = distributionOf(rule.ends, step.bucket);
    if (index == rule.ends.size()) {
        step.reason += tr("; bucket %1 belongs to no variant").arg(step.bucket);
        return;
    }
    RangeTrace &range = step.ranges[index];
    range.chosen = true;
    step.reason += tr("; bucket %1 lies in %2 to %3 of %4")
                       .arg(step.bucket)
                       .arg(range.first)
                       .arg(range.end - 1)
                       .arg(range.answer);
}

StepTrace Explanation::ruleStep(const CompiledRule &rule)
{
    StepTrace step;
    step.id = rule.source->id.text();
    step.rank = rule.rank;
    step.segmentOperator = rule.segmentOperator;
    step.bucketCount = 1000;
    step.ranges = ranges(rule);
    if (m_walk == Walk::Going && rule.rank < 0 && exists(m_nameSpace, rule.segments)) {
        m_walk = Walk::Ended;
        step.segments = segments(rule.source->segments, rule.segments);
        step.verdict = Verdict::Error;
        step.reason = tr("a negative rank fails the request");
        return step;
    }
    step.segments = segments(rule.source->segments, rule.segments);
    judgeSegments(step);
    if (step.verdict == Verdict::Passed)
        judgeDistribution(step, rule);
    return step;
}

void Explanation::judgeThreshold(StepTrace &step, const CompiledRollout &rollout)
{
    const auto below = [&] {
        int count = 0;
        while (count < 100 && float(count) < rollout.percentage)
            ++count;
        return count;
    };
    step.bucketCount = 100;
    step.ranges = {{0, below(), rollout.value ? u"true"_qs : u"false"_qs,
                    rollout.source->threshold->percentage, false}};
    if (m_walk == Walk::Ended)
        return;
    step.bucket = thresholdBucket(m_request.entity, m_flag.key);
    const bool passed = float(step.bucket) < rollout.percentage;
    const QString percentage = QString::number(double(rollout.percentage));
    step.ranges.front().chosen = passed;
    step.verdict = passed ? Verdict::Passed : Verdict::Failed;
    step.reason = (passed ? tr("bucket %1 is below %2 %") : tr("bucket %1 is not below %2 %"))
                      .arg(step.bucket)
                      .arg(percentage);
    if (passed)
        m_walk = Walk::Ended;
}

StepTrace Explanation::rolloutStep(const CompiledRollout &rollout)
{
    StepTrace step;
    step.id = rollout.source->id.text();
    step.rank = rollout.rank;
    step.segmentOperator = rollout.segmentOperator;
    if (m_walk == Walk::Going && rollout.rank < 0) {
        m_walk = Walk::Ended;
        step.kind = StepTrace::Kind::Nothing;
        step.verdict = Verdict::Error;
        step.reason = tr("a negative rank fails the request");
        return step;
    }
    switch (rollout.kind) {
    case CompiledRollout::Kind::Threshold:
        step.kind = StepTrace::Kind::Threshold;
        judgeThreshold(step, rollout);
        break;
    case CompiledRollout::Kind::Segments: {
        step.kind = StepTrace::Kind::Segments;
        std::vector<SegmentKey> keys;
        for (const flags::SegmentMatch &part : rollout.source->segmentMatches)
            keys.insert(keys.end(), part.segments.begin(), part.segments.end());
        step.segments = segments(keys, rollout.segments);
        step.ranges = {{0, 0, rollout.value ? u"true"_qs : u"false"_qs, 100, false}};
        judgeSegments(step);
        step.ranges.front().chosen = step.verdict == Verdict::Passed;
        break;
    }
    case CompiledRollout::Kind::Skipped:
        step.kind = StepTrace::Kind::Nothing;
        step.verdict = m_walk == Walk::Ended ? Verdict::NotReached : Verdict::Skipped;
        step.reason = tr("it has neither a threshold nor segments");
        break;
    }
    return step;
}

std::vector<StepTrace> Explanation::steps()
{
    std::vector<StepTrace> result;
    if (m_flag.source->type == flags::BooleanFlag) {
        for (const CompiledRollout &rollout : m_flag.rollouts)
            result.push_back(rolloutStep(rollout));
    } else {
        for (const CompiledRule &rule : m_flag.rules)
            result.push_back(ruleStep(rule));
    }
    return result;
}

} // namespace edgewise::evaluation
