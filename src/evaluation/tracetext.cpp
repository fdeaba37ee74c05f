// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/trace.h"

#include <QCoreApplication>

namespace edgewise::evaluation {

using namespace Qt::StringLiterals;

namespace {

struct TraceText {
    Q_DECLARE_TR_FUNCTIONS(edgewise::evaluation::TraceText)

public:
    static QString verdict(Verdict verdict);
    static QString step(const StepTrace &step, int number);
    static QString segment(const SegmentTrace &segment);
    static QString constraint(const ConstraintTrace &constraint);
    static QString range(const RangeTrace &range);
};

/// A mark in front of every line, told apart by shape.
QString mark(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Passed:
        return u"● "_qs;
    case Verdict::Failed:
        return u"✕ "_qs;
    case Verdict::Error:
        return u"‼ "_qs;
    case Verdict::NotReached:
    case Verdict::Skipped:
        break;
    }
    return u"○ "_qs;
}

QString TraceText::verdict(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Passed:
        return tr("passed");
    case Verdict::Failed:
        return tr("failed");
    case Verdict::NotReached:
        return tr("not reached");
    case Verdict::Skipped:
        return tr("skipped");
    case Verdict::Error:
        return tr("refused");
    }
    return {};
}

QString withReason(const QString &line, const QString &reason)
{
    return reason.isEmpty() ? line : line + u" — "_qs + reason;
}

QString TraceText::step(const StepTrace &step, int number)
{
    const QString title = step.kind == StepTrace::Kind::Rule ? tr("Rule %1").arg(number)
                                                             : tr("Rollout %1").arg(number);
    return withReason(mark(step.verdict) + title + u' ' + verdict(step.verdict), step.reason);
}

QString TraceText::segment(const SegmentTrace &segment)
{
    return withReason(mark(segment.verdict)
                          + tr("segment %1 %2").arg(segment.key, verdict(segment.verdict)),
                      segment.reason);
}

QString TraceText::constraint(const ConstraintTrace &constraint)
{
    const QString subject = constraint.type == 5 ? tr("entity") : constraint.property;
    QString line = subject + u' ' + constraint.operatorName;
    if (!constraint.wanted.isEmpty())
        line += u' ' + constraint.wanted;
    return withReason(mark(constraint.verdict) + line + u' ' + verdict(constraint.verdict),
                      constraint.reason);
}

QString TraceText::range(const RangeTrace &range)
{
    const QString buckets = range.first == range.end
                                ? tr("no bucket")
                                : tr("%1 to %2").arg(range.first).arg(range.end - 1);
    return (range.chosen ? u"▸ "_qs : u"  "_qs) + buckets + u": "_qs + range.answer;
}

} // namespace

QString verdictName(Verdict verdict)
{
    return TraceText::verdict(verdict);
}

QString asText(const Trace &trace)
{
    QStringList lines;
    lines.append(trace.nameSpace + u'/' + trace.flag + u" · "_qs + trace.entity);
    lines.append(trace.conclusion);
    for (size_t i = 0; i < trace.steps.size(); ++i) {
        const StepTrace &step = trace.steps[i];
        lines.append(TraceText::step(step, int(i) + 1));
        for (const SegmentTrace &segment : step.segments) {
            lines.append(u"    "_qs + TraceText::segment(segment));
            for (const ConstraintTrace &constraint : segment.constraints)
                lines.append(u"        "_qs + TraceText::constraint(constraint));
        }
        // A segment rollout has an answer, but no buckets.
        if (step.bucketCount > 0) {
            for (const RangeTrace &range : step.ranges)
                lines.append(u"    "_qs + TraceText::range(range));
        }
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace edgewise::evaluation
