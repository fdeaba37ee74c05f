// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/explain.h"

#include "evaluation/evaluate.h"
#include "evaluation/explanation.h"
#include "evaluation/json.h"
#include "evaluation/text.h"

namespace edgewise::evaluation {

using namespace Qt::StringLiterals;

namespace {

struct Conclusion {
    Q_DECLARE_TR_FUNCTIONS(edgewise::evaluation::Conclusion)

public:
    static QString of(const Trace &trace);

private:
    static QString ofVariant(const Trace &trace);
    static QString ofBoolean(const Trace &trace);
};

QString quote(const QString &text)
{
    return u"“"_qs + text + u"”"_qs;
}

QString Conclusion::ofVariant(const Trace &trace)
{
    const QString served = trace.variantKey.isEmpty() && !trace.defaultVariant
                               ? tr("no variant")
                               : tr("variant %1").arg(quote(trace.variantKey));
    if (trace.decidedBy < 0) {
        if (!trace.enabled)
            return tr("The flag is off: %1.").arg(served);
        return tr("No rule matches: %1.").arg(served);
    }
    const StepTrace &step = trace.steps[size_t(trace.decidedBy)];
    const int number = trace.decidedBy + 1;
    if (!trace.match) {
        return tr("Rule %1 matches, but bucket %2 belongs to no variant of it: %3, no match.")
            .arg(number)
            .arg(step.bucket)
            .arg(served);
    }
    if (step.bucket < 0)
        return tr("Rule %1 matches and distributes to no variant: %2.").arg(number).arg(served);
    const auto range = std::ranges::find(step.ranges, true, &RangeTrace::chosen);
    return tr("Variant %1 by rule %2: bucket %3 of %4 to %5.")
        .arg(quote(trace.variantKey))
        .arg(number)
        .arg(step.bucket)
        .arg(range->first)
        .arg(range->end - 1);
}

QString Conclusion::ofBoolean(const Trace &trace)
{
    const QString value = trace.value ? tr("True") : tr("False");
    if (trace.decidedBy < 0) {
        return (trace.value ? tr("%1: no rollout decides and the flag is on.")
                            : tr("%1: no rollout decides and the flag is off."))
            .arg(value);
    }
    return tr("%1 by rollout %2: %3.")
        .arg(value)
        .arg(trace.decidedBy + 1)
        .arg(trace.steps[size_t(trace.decidedBy)].reason);
}

QString Conclusion::of(const Trace &trace)
{
    if (trace.status != 200)
        return tr("Flipt refuses the request (%1): %2").arg(trace.status).arg(trace.message);
    return trace.isBoolean ? ofBoolean(trace) : ofVariant(trace);
}

void setAnswer(Trace &trace, const Outcome &outcome)
{
    trace.status = outcome.status;
    trace.message = fromUtf8(outcome.message);
    trace.match = outcome.match;
    trace.value = outcome.enabled;
    trace.variantKey = fromUtf8(outcome.variantKey);
    trace.variantAttachment = fromUtf8(outcome.variantAttachment);
    for (const std::string_view key : outcome.segmentKeys)
        trace.segmentKeys.append(fromUtf8(key));
    trace.decidedBy = outcome.decidedBy;
    if (outcome.status == 200)
        trace.reason = fromUtf8(reasonName(outcome.reason));
}

/// Whether the first rule or rollout is looked at at all.
bool reachesSteps(const CompiledFlag &flag, Request::Kind asked)
{
    const bool isVariant = flag.source->type == flags::VariantFlag;
    const bool isBoolean = flag.source->type == flags::BooleanFlag;
    const bool rightKind = asked == Request::Kind::ByFlag    ? isVariant || isBoolean
                           : asked == Request::Kind::Variant ? isVariant
                                                             : isBoolean;
    return rightKind && !flag.unreadable && flag.ranksReadable
           && (isBoolean || flag.source->enabled);
}

} // namespace

Trace explain(const Program &program, const Request &request)
{
    Trace trace;
    trace.nameSpace = request.nameSpace.empty() ? u"default"_qs : fromUtf8(request.nameSpace);
    trace.flag = fromUtf8(request.flag);
    trace.entity = fromUtf8(request.entity);

    Outcome outcome;
    evaluate(program, request, outcome);
    setAnswer(trace, outcome);
    const CompiledNamespace *nameSpace = program.nameSpace(request.nameSpace);
    const CompiledFlag *flag = nameSpace ? nameSpace->flag(request.flag) : nullptr;
    if (flag) {
        trace.found = true;
        trace.isBoolean = flag->source->type == flags::BooleanFlag;
        trace.enabled = flag->source->enabled;
        if (flag->defaultVariant)
            trace.defaultVariant = fromUtf8(flag->defaultVariant->key);
        trace.steps =
            Explanation(*nameSpace, *flag, request, reachesSteps(*flag, request.kind)).steps();
    }
    trace.conclusion = Conclusion::of(trace);
    return trace;
}

} // namespace edgewise::evaluation
