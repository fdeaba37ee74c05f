// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/divergence.h"

#include <QCoreApplication>

#include <algorithm>

namespace edgewise::evaluation {

namespace {

/// Walks along two traces in step.
class Comparison {
    Q_DECLARE_TR_FUNCTIONS(edgewise::evaluation::Comparison)

public:
    Comparison(const Trace &a, const Trace &b) : m_a(a), m_b(b) {}

    std::optional<Divergence> run() const;

private:
    std::optional<Divergence> compareFlags() const;
    std::optional<Divergence> compareSteps(size_t a, size_t b) const;
    std::optional<Divergence> compareSegments(const SegmentTrace &a, const SegmentTrace &b) const;
    bool sameAnswers() const;
    static QString missing() { return tr("there is no such step"); }

    const Trace &m_a;
    const Trace &m_b;
};

bool matters(const StepTrace &step)
{
    return step.verdict == Verdict::Passed || step.verdict == Verdict::Error;
}

bool hasStep(const Trace &trace, const QString &id)
{
    return std::ranges::find(trace.steps, id, &StepTrace::id) != trace.steps.end();
}

bool Comparison::sameAnswers() const
{
    return m_a.status == m_b.status && m_a.message == m_b.message && m_a.reason == m_b.reason
           && m_a.match == m_b.match && m_a.value == m_b.value && m_a.variantKey == m_b.variantKey
           && m_a.variantAttachment == m_b.variantAttachment && m_a.segmentKeys == m_b.segmentKeys;
}

std::optional<Divergence> Comparison::compareFlags() const
{
    const bool sameSwitch = m_a.isBoolean || m_a.enabled == m_b.enabled;
    if (m_a.found == m_b.found && m_a.isBoolean == m_b.isBoolean && sameSwitch)
        return std::nullopt;
    Divergence divergence;
    divergence.reasonA = m_a.conclusion;
    divergence.reasonB = m_b.conclusion;
    return divergence;
}

std::optional<Divergence> Comparison::compareSegments(const SegmentTrace &a,
                                                      const SegmentTrace &b) const
{
    if (a.verdict == b.verdict)
        return std::nullopt;
    Divergence divergence;
    divergence.place = Divergence::Place::Segment;
    divergence.segment = a.key;
    divergence.reasonA = a.reason;
    divergence.reasonB = b.reason;
    // The constraint to blame, where there is one to be matched by what it asks.
    std::vector<bool> used(b.constraints.size());
    for (size_t i = 0; i < a.constraints.size(); ++i) {
        for (size_t j = 0; j < b.constraints.size(); ++j) {
            const ConstraintTrace &mine = a.constraints[i];
            const ConstraintTrace &other = b.constraints[j];
            const bool same =
                i == j
                || (mine.type == other.type && mine.property == other.property
                    && mine.operatorName == other.operatorName && mine.wanted == other.wanted);
            if (used[j] || !same)
                continue;
            used[j] = true;
            if (mine.verdict != other.verdict) {
                divergence.place = Divergence::Place::Constraint;
                divergence.constraintA = int(i);
                divergence.constraintB = int(j);
                divergence.reasonA = mine.reason;
                divergence.reasonB = other.reason;
                return divergence;
            }
            break;
        }
    }
    return divergence;
}

std::optional<Divergence> Comparison::compareSteps(size_t a, size_t b) const
{
    const StepTrace &left = m_a.steps[a];
    const StepTrace &right = m_b.steps[b];
    const auto at = [&](Divergence divergence) {
        divergence.stepA = int(a);
        divergence.stepB = int(b);
        return divergence;
    };
    Divergence divergence;
    divergence.reasonA = left.reason;
    divergence.reasonB = right.reason;
    const bool sameVerdict = left.verdict == right.verdict;
    if (!sameVerdict || left.segments != right.segments) {
        for (const SegmentTrace &segment : left.segments) {
            const auto other = std::ranges::find(right.segments, segment.key, &SegmentTrace::key);
            if (other == right.segments.end())
                continue;
            // One segment more or less does not count as long as the step comes out the same and
            // does not decide.
            const bool counts = !sameVerdict || matters(left);
            if (const auto found = compareSegments(segment, *other); found && counts)
                return at(*found);
        }
    }
    if (!sameVerdict) {
        divergence.place = left.kind == StepTrace::Kind::Threshold ? Divergence::Place::Bucket
                                                                   : Divergence::Place::Step;
        return at(divergence);
    }
    if (!matters(left))
        return std::nullopt;
    // Both end here.
    if (sameAnswers())
        return std::nullopt;
    const bool sameBuckets = left.bucket == right.bucket && left.ranges == right.ranges;
    divergence.place = sameBuckets ? Divergence::Place::Step : Divergence::Place::Bucket;
    return at(divergence);
}

std::optional<Divergence> Comparison::run() const
{
    if (const auto divergence = compareFlags())
        return divergence;
    size_t a = 0;
    size_t b = 0;
    while (a < m_a.steps.size() || b < m_b.steps.size()) {
        const StepTrace *left = a < m_a.steps.size() ? &m_a.steps[a] : nullptr;
        const StepTrace *right = b < m_b.steps.size() ? &m_b.steps[b] : nullptr;
        if (left && right && left->id == right->id) {
            if (const auto divergence = compareSteps(a, b))
                return divergence;
            if (matters(*left))
                return std::nullopt;
            ++a;
            ++b;
            continue;
        }
        const bool leftAlone = left && (!right || !hasStep(m_b, left->id));
        const bool rightAlone = right && !leftAlone && (!left || !hasStep(m_a, right->id));
        Divergence divergence;
        divergence.place = Divergence::Place::Step;
        if (left && !rightAlone) {
            divergence.stepA = int(a);
            divergence.reasonA = left->reason;
            divergence.reasonB = missing();
        }
        if (right && !leftAlone) {
            divergence.stepB = int(b);
            divergence.reasonB = right->reason;
            if (rightAlone)
                divergence.reasonA = missing();
        }
        if ((divergence.stepA >= 0 && matters(*left)) || (divergence.stepB >= 0 && matters(*right)))
            return divergence;
        a += divergence.stepA >= 0 ? 1 : 0;
        b += divergence.stepB >= 0 ? 1 : 0;
    }
    if (sameAnswers())
        return std::nullopt;
    // No step decided on either side, yet the answers differ: the flags' defaults do.
    Divergence divergence;
    divergence.reasonA = m_a.conclusion;
    divergence.reasonB = m_b.conclusion;
    return divergence;
}

} // namespace

std::optional<Divergence> firstDivergence(const Trace &a, const Trace &b)
{
    return Comparison(a, b).run();
}

} // namespace edgewise::evaluation
