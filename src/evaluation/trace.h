// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/key.h>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// How an evaluation came to its answer, as a value that lives on its own.
namespace edgewise::evaluation {

enum class Verdict {
    Passed,
    Failed,
    NotReached, ///< an earlier step ended the evaluation, or the flag is off
    Skipped,    ///< Flipt does not see it: a rule none of whose segments exists
    Error,      ///< it fails the request
};

struct ConstraintTrace {
    int type = 0;
    QString property; ///< "entityId" does not count for type 5: the entity is tested
    QString operatorName;
    QString wanted; ///< the constraint's value
    QString seen;   ///< the value that was tested; empty when the context lacks the property
    bool missing = false;
    Verdict verdict = Verdict::NotReached;
    QString reason; ///< empty when not reached

    friend bool operator==(const ConstraintTrace &, const ConstraintTrace &) = default;
};

struct SegmentTrace {
    QString key;
    bool exists = true;
    int matchType = 0;
    std::vector<ConstraintTrace> constraints;
    Verdict verdict = Verdict::NotReached;
    QString reason;

    friend bool operator==(const SegmentTrace &, const SegmentTrace &) = default;
};

/// Buckets from first to below end that get one answer; none when they are equal.
struct RangeTrace {
    int first = 0;
    int end = 0;
    QString answer; ///< variant key, or "true" or "false"
    double percentage = 0;
    bool chosen = false;

    friend bool operator==(const RangeTrace &, const RangeTrace &) = default;
};

/// A rule or a rollout.
struct StepTrace {
    enum class Kind { Rule, Threshold, Segments, Nothing };

    Kind kind = Kind::Rule;
    QString id;
    qint64 rank = 0;
    int segmentOperator = 0;
    std::vector<SegmentTrace> segments;
    int bucket = -1;     ///< the entity's; -1 when it was not asked for
    int bucketCount = 0; ///< 1000 of a rule, 100 of a threshold, 0 of a segment rollout
    std::vector<RangeTrace> ranges;
    Verdict verdict = Verdict::NotReached;
    QString reason;

    friend bool operator==(const StepTrace &, const StepTrace &) = default;
};

struct Trace {
    QString nameSpace; ///< as looked up: never empty
    QString flag;
    QString entity;
    bool found = false;
    bool isBoolean = false;
    bool enabled = false; ///< the flag's switch
    std::optional<QString> defaultVariant;

    // The answer.
    int status = 0;
    QString message; ///< of an error
    QString reason;  ///< Flipt's name, "MATCH_EVALUATION_REASON" …; empty for an error
    bool match = false;
    bool value = false; ///< of a boolean flag
    QString variantKey;
    QString variantAttachment;
    QStringList segmentKeys;

    std::vector<StepTrace> steps; ///< in order of evaluation, those not reached too
    int decidedBy = -1;           ///< index in steps
    QString conclusion;           ///< one sentence

    friend bool operator==(const Trace &, const Trace &) = default;
};

/// "passed", "failed", "not reached" …, translated.
QString verdictName(Verdict verdict);

/// An indented text for people, with marks that need no colour.
QString asText(const Trace &trace);

/// One line of JSON.
QByteArray asJson(const Trace &trace);

} // namespace edgewise::evaluation
