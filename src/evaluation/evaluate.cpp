// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/evaluate.h"

#include "evaluation/hashing.h"
#include "evaluation/steps.h"
#include "evaluation/text.h"

namespace edgewise::evaluation {

namespace {

void reset(Outcome &outcome)
{
    outcome.kind = Outcome::Kind::Error;
    outcome.reason = Outcome::Reason::Unknown;
    outcome.match = false;
    outcome.enabled = false;
    outcome.flagKey = {};
    outcome.variantKey = {};
    outcome.variantAttachment = {};
    outcome.segmentKeys.clear();
    outcome.status = 200;
    outcome.code = 0;
    outcome.message.clear();
    outcome.decidedBy = -1;
    outcome.bucket = -1;
}

void setError(Outcome &outcome, int status, int code, std::string message)
{
    reset(outcome);
    outcome.status = status;
    outcome.code = code;
    outcome.message = std::move(message);
}

std::string notFound(const Request &request)
{
    std::string path(request.nameSpace.empty() ? "default" : request.nameSpace);
    path += '/';
    path += request.flag;
    return "flag " + quoted(cleanPath(path)) + " not found";
}

std::string typeName(int type)
{
    switch (type) {
    case flags::VariantFlag:
        return "VARIANT_FLAG_TYPE";
    case flags::BooleanFlag:
        return "BOOLEAN_FLAG_TYPE";
    default:
        return std::to_string(type);
    }
}

/// Evaluates every segment of a rule or rollout and collects the keys that match. A step whose
/// segments are all missing does not exist.
enum class Passage { Passed, Missed, Absent, Failed };

Passage pass(const CompiledNamespace &nameSpace, const Slots &segmentSlots, int segmentOperator,
             Values &values, Outcome &outcome)
{
    size_t existing = 0;
    for (const std::uint32_t slot : segmentSlots) {
        const CompiledSegment *segment = nameSpace.segments[slot].get();
        if (!segment)
            continue;
        ++existing;
        if (segment->hasUnknownType) {
            setError(outcome, 400, 3, "unknown constraint type");
            return Passage::Failed;
        }
        if (matches(*segment, values))
            outcome.segmentKeys.push_back(segment->key);
    }
    if (existing == 0)
        return Passage::Absent;
    if (passesOperator(segmentOperator, outcome.segmentKeys.size(), existing))
        return Passage::Passed;
    outcome.segmentKeys.clear();
    return Passage::Missed;
}

void decide(const CompiledFlag &flag, const CompiledRule &rule, const Request &request,
            Outcome &outcome)
{
    if (!rule.readable) {
        setError(outcome, 500, 13, "reading the distributions of a rule failed");
        return;
    }
    if (rule.ends.empty()) {
        outcome.match = true;
        outcome.reason = Outcome::Reason::Match;
        return;
    }
    outcome.bucket = variantBucket(flag.checksum, request.entity);
    const size_t index = distributionOf(rule.ends, outcome.bucket);
    if (index == rule.ends.size())
        return;
    outcome.match = true;
    outcome.reason = Outcome::Reason::Match;
    outcome.variantKey = rule.variants[index]->key;
    outcome.variantAttachment = rule.variants[index]->attachment;
}

void evaluateVariant(const CompiledNamespace &nameSpace, const CompiledFlag &flag,
                     const Request &request, Outcome &outcome)
{
    outcome.kind = Outcome::Kind::Variant;
    outcome.flagKey = flag.key;
    if (flag.defaultVariant) {
        outcome.reason = Outcome::Reason::Default;
        outcome.variantKey = flag.defaultVariant->key;
        outcome.variantAttachment = flag.defaultVariant->attachment;
    }
    if (!flag.source->enabled) {
        outcome.reason = Outcome::Reason::FlagDisabled;
        return;
    }
    if (!flag.ranksReadable) {
        setError(outcome, 500, 13, "a rule's rank is out of range");
        return;
    }
    Values values(request);
    for (size_t i = 0; i < flag.rules.size(); ++i) {
        const CompiledRule &rule = flag.rules[i];
        // Sorted by rank, so only a negative one can be below what came before, which starts at 0.
        if (rule.rank < 0 && exists(nameSpace, rule.segments)) {
            setError(outcome, 400, 3,
                     "rule rank: " + std::to_string(rule.rank) + " detected out of order");
            return;
        }
        const Passage passage =
            pass(nameSpace, rule.segments, rule.segmentOperator, values, outcome);
        if (passage == Passage::Failed)
            return;
        if (passage == Passage::Passed) {
            outcome.decidedBy = int(i);
            decide(flag, rule, request, outcome);
            return;
        }
    }
}

void evaluateBoolean(const CompiledNamespace &nameSpace, const CompiledFlag &flag,
                     const Request &request, Outcome &outcome)
{
    outcome.kind = Outcome::Kind::Boolean;
    outcome.flagKey = flag.key;
    if (!flag.ranksReadable) {
        setError(outcome, 500, 13, "a rollout's rank is out of range");
        return;
    }
    Values values(request);
    for (size_t i = 0; i < flag.rollouts.size(); ++i) {
        const CompiledRollout &rollout = flag.rollouts[i];
        if (rollout.rank < 0) {
            setError(outcome, 500, 13,
                     "rollout rank: " + std::to_string(rollout.rank) + " detected out of order");
            return;
        }
        bool passed = false;
        if (rollout.kind == CompiledRollout::Kind::Threshold) {
            if (outcome.bucket < 0)
                outcome.bucket = thresholdBucket(request.entity, flag.key);
            passed = float(outcome.bucket) < rollout.percentage;
        } else if (rollout.kind == CompiledRollout::Kind::Segments) {
            const Passage passage =
                pass(nameSpace, rollout.segments, rollout.segmentOperator, values, outcome);
            if (passage == Passage::Failed)
                return;
            passed = passage == Passage::Passed;
        }
        if (passed) {
            outcome.enabled = rollout.value;
            outcome.reason = Outcome::Reason::Match;
            outcome.decidedBy = int(i);
            return;
        }
    }
    outcome.reason = Outcome::Reason::Default;
    outcome.enabled = flag.source->enabled;
}

} // namespace

void evaluate(const CompiledNamespace &nameSpace, const CompiledFlag &flag, const Request &request,
              Outcome &outcome)
{
    reset(outcome);
    if (flag.unreadable) {
        setError(outcome, 500, 13, flag.unreadable);
        return;
    }
    const int type = flag.source->type;
    const bool isVariant = type == flags::VariantFlag;
    const bool isBoolean = type == flags::BooleanFlag;
    if (request.kind == Request::Kind::ByFlag && !isVariant && !isBoolean)
        setError(outcome, 400, 3, "unknown flag type: " + typeName(type));
    else if ((request.kind == Request::Kind::Variant && !isVariant)
             || (request.kind == Request::Kind::Boolean && !isBoolean))
        setError(outcome, 400, 3, "flag type " + typeName(type) + " invalid");
    else if (isVariant)
        evaluateVariant(nameSpace, flag, request, outcome);
    else
        evaluateBoolean(nameSpace, flag, request, outcome);
}

void evaluate(const Program &program, const Request &request, Outcome &outcome)
{
    const CompiledNamespace *nameSpace = program.nameSpace(request.nameSpace);
    const CompiledFlag *flag = nameSpace ? nameSpace->flag(request.flag) : nullptr;
    if (flag)
        evaluate(*nameSpace, *flag, request, outcome);
    else
        setError(outcome, 404, 5, notFound(request));
}

void evaluate(const Program &program, std::span<const Request> requests, BatchOutcome &outcome)
{
    outcome.status = 200;
    outcome.code = 0;
    outcome.message.clear();
    outcome.responses.resize(requests.size());
    for (size_t i = 0; i < requests.size(); ++i) {
        Request request = requests[i];
        request.kind = Request::Kind::ByFlag;
        Outcome &response = outcome.responses[i];
        evaluate(program, request, response);
        if (response.status != 200 && response.status != 404) {
            outcome.status = response.status;
            outcome.code = response.code;
            outcome.message = response.message;
            outcome.responses.clear();
            return;
        }
    }
}

} // namespace edgewise::evaluation
