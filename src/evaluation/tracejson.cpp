// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/trace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace edgewise::evaluation {

using namespace Qt::StringLiterals;

namespace {

// Names in files and pipes: never translated.
QString name(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Passed:
        return u"passed"_qs;
    case Verdict::Failed:
        return u"failed"_qs;
    case Verdict::NotReached:
        return u"not-reached"_qs;
    case Verdict::Skipped:
        return u"skipped"_qs;
    case Verdict::Error:
        break;
    }
    return u"error"_qs;
}

QString name(StepTrace::Kind kind)
{
    switch (kind) {
    case StepTrace::Kind::Rule:
        return u"rule"_qs;
    case StepTrace::Kind::Threshold:
        return u"threshold"_qs;
    case StepTrace::Kind::Segments:
        return u"segments"_qs;
    case StepTrace::Kind::Nothing:
        break;
    }
    return u"nothing"_qs;
}

QJsonObject toJson(const ConstraintTrace &constraint)
{
    return {{u"type"_qs, constraint.type},
            {u"property"_qs, constraint.property},
            {u"operator"_qs, constraint.operatorName},
            {u"value"_qs, constraint.wanted},
            {u"seen"_qs, constraint.missing ? QJsonValue() : QJsonValue(constraint.seen)},
            {u"verdict"_qs, name(constraint.verdict)},
            {u"reason"_qs, constraint.reason}};
}

QJsonObject toJson(const SegmentTrace &segment)
{
    QJsonArray constraints;
    for (const ConstraintTrace &constraint : segment.constraints)
        constraints.append(toJson(constraint));
    return {{u"key"_qs, segment.key},
            {u"exists"_qs, segment.exists},
            {u"matchType"_qs, segment.matchType},
            {u"constraints"_qs, constraints},
            {u"verdict"_qs, name(segment.verdict)},
            {u"reason"_qs, segment.reason}};
}

QJsonObject toJson(const StepTrace &step)
{
    QJsonArray segments;
    for (const SegmentTrace &segment : step.segments)
        segments.append(toJson(segment));
    QJsonArray ranges;
    for (const RangeTrace &range : step.ranges) {
        ranges.append(QJsonObject{{u"first"_qs, range.first},
                                  {u"end"_qs, range.end},
                                  {u"answer"_qs, range.answer},
                                  {u"percentage"_qs, range.percentage},
                                  {u"chosen"_qs, range.chosen}});
    }
    return {{u"kind"_qs, name(step.kind)},
            {u"id"_qs, step.id},
            {u"rank"_qs, step.rank},
            {u"segmentOperator"_qs, step.segmentOperator},
            {u"segments"_qs, segments},
            {u"bucket"_qs, step.bucket < 0 ? QJsonValue() : QJsonValue(step.bucket)},
            {u"buckets"_qs, step.bucketCount},
            {u"ranges"_qs, ranges},
            {u"verdict"_qs, name(step.verdict)},
            {u"reason"_qs, step.reason}};
}

} // namespace

QByteArray asJson(const Trace &trace)
{
    QJsonArray steps;
    for (const StepTrace &step : trace.steps)
        steps.append(toJson(step));
    const QJsonObject object{
        {u"namespace"_qs, trace.nameSpace},
        {u"flag"_qs, trace.flag},
        {u"entity"_qs, trace.entity},
        {u"found"_qs, trace.found},
        {u"type"_qs, trace.isBoolean ? u"boolean"_qs : u"variant"_qs},
        {u"enabled"_qs, trace.enabled},
        {u"defaultVariant"_qs,
         trace.defaultVariant ? QJsonValue(*trace.defaultVariant) : QJsonValue()},
        {u"status"_qs, trace.status},
        {u"message"_qs, trace.message},
        {u"reason"_qs, trace.reason},
        {u"match"_qs, trace.match},
        {u"value"_qs, trace.value},
        {u"variantKey"_qs, trace.variantKey},
        {u"variantAttachment"_qs, trace.variantAttachment},
        {u"segmentKeys"_qs, QJsonArray::fromStringList(trace.segmentKeys)},
        {u"steps"_qs, steps},
        {u"decidedBy"_qs, trace.decidedBy < 0 ? QJsonValue() : QJsonValue(trace.decidedBy)},
        {u"conclusion"_qs, trace.conclusion}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace edgewise::evaluation
