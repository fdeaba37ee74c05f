// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/generator.h"
#include "support/snapshotloader.h"
#include "support/testdata.h"

#include <evaluation/compiled.h>
#include <evaluation/evaluate.h>
#include <evaluation/explain.h>
#include <evaluation/json.h>
#include <evaluation/requestline.h>
#include <evaluation/text.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace edgewise;
using namespace Qt::StringLiterals;
using evaluation::ConstraintTrace;
using evaluation::SegmentTrace;
using evaluation::StepTrace;
using evaluation::Trace;
using evaluation::Verdict;

namespace {

/// What is wrong with a trace that is held against the answer, or an empty text.
QString fault(const SegmentTrace &segment, bool reached)
{
    if (!segment.exists)
        return segment.verdict == (reached ? Verdict::Skipped : Verdict::NotReached)
                   ? QString()
                   : u"a missing segment is judged"_qs;
    const auto count = [&](Verdict verdict) {
        return std::ranges::count(segment.constraints, verdict, &ConstraintTrace::verdict);
    };
    const auto all = std::ranges::ssize(segment.constraints);
    for (const ConstraintTrace &constraint : segment.constraints) {
        if (constraint.reason.isEmpty() == reached)
            return u"a constraint's reason does not fit"_qs;
    }
    if (!reached)
        return segment.verdict == Verdict::NotReached && count(Verdict::NotReached) == all
                   ? QString()
                   : u"judged without being reached"_qs;
    Verdict expected = Verdict::Failed;
    if (count(Verdict::Error) > 0)
        expected = Verdict::Error;
    else if ((segment.matchType == flags::AllMatch && count(Verdict::Passed) == all)
             || (segment.matchType == flags::AnyMatch && (all == 0 || count(Verdict::Passed) > 0)))
        expected = Verdict::Passed;
    return segment.verdict == expected && !segment.reason.isEmpty()
               ? QString()
               : u"segment %1 does not follow from its constraints"_qs.arg(segment.key);
}

QString fault(const Trace &trace)
{
    bool reached = trace.found && (trace.isBoolean || trace.enabled)
                   && !(trace.status != 200 && trace.decidedBy < 0
                        && std::ranges::none_of(trace.steps, [](const StepTrace &step) {
                               return step.verdict == Verdict::Error;
                           }));
    int decidedBy = -1;
    for (size_t i = 0; i < trace.steps.size(); ++i) {
        const StepTrace &step = trace.steps[i];
        const bool refusedAtOnce = step.verdict == Verdict::Error && step.rank < 0;
        for (const SegmentTrace &segment : step.segments) {
            if (const QString problem = fault(segment, reached && !refusedAtOnce);
                !problem.isEmpty())
                return u"step %1: "_qs.arg(i) + problem;
        }
        if (!reached) {
            if (step.verdict != Verdict::NotReached)
                return u"step %1 is judged without being reached"_qs.arg(i);
            continue;
        }
        if (step.verdict == Verdict::NotReached || step.reason.isEmpty())
            return u"step %1 is not judged"_qs.arg(i);
        const auto chosen = std::ranges::count(step.ranges, true, &evaluation::RangeTrace::chosen);
        if (step.kind == StepTrace::Kind::Rule && step.bucket >= 0) {
            const bool inRange = std::ranges::any_of(step.ranges, [&](const auto &range) {
                return range.chosen && range.first <= step.bucket && step.bucket < range.end
                       && range.answer == trace.variantKey;
            });
            if (inRange != trace.match || chosen != (trace.match ? 1 : 0))
                return u"step %1: the range does not hold the bucket"_qs.arg(i);
        }
        if (step.verdict == Verdict::Passed)
            decidedBy = int(i);
        reached = step.verdict != Verdict::Passed && step.verdict != Verdict::Error;
    }
    if (trace.status == 200 && decidedBy != trace.decidedBy)
        return u"decided by %1, not %2"_qs.arg(trace.decidedBy).arg(decidedBy);
    return trace.conclusion.isEmpty() ? u"no conclusion"_qs : QString();
}

flags::Snapshot oneRule(const flags::Segment &segment, double rollout = 50)
{
    flags::Flag flag;
    flag.key = FlagKey(u"checkout"_qs);
    flag.enabled = true;
    flag.variants = {{VariantId(u"v"_qs), u"one-page"_qs, {}, {}, {}, {}}};
    flag.rules = {{RuleId(u"r"_qs),
                   1,
                   flags::OrOperator,
                   {segment.key},
                   {{DistributionId(u"d"_qs), VariantId(u"v"_qs), rollout, {}}},
                   {}}};
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"default"_qs);
    nameSpace.flags = {std::make_shared<const flags::Flag>(flag)};
    nameSpace.segments = {std::make_shared<const flags::Segment>(segment)};
    return {{std::make_shared<const flags::Namespace>(nameSpace)}};
}

flags::Segment segmentOf(int type, const QString &operatorName, const QString &value)
{
    flags::Constraint constraint;
    constraint.type = type;
    constraint.property = u"x"_qs;
    constraint.operatorName = operatorName;
    constraint.value = value;
    flags::Segment segment;
    segment.key = SegmentKey(u"s"_qs);
    segment.constraints = {constraint};
    return segment;
}

} // namespace

class TestExplain : public QObject {
    Q_OBJECT

private slots:
    void agreesWithTheAnswers()
    {
        const auto program = evaluation::compile(test::loadSnapshot(test::oracleDatabase()));
        evaluation::RequestLine line;
        evaluation::Outcome outcome;
        int explained = 0;
        const QByteArrayList lines =
            test::dataContent(u"oracle/evals.jsonl.gz"_qs).trimmed().split('\n');
        for (qsizetype i = 0; i < lines.size(); i += 7) {
            QVERIFY(line.read({lines[i].data(), size_t(lines[i].size())}));
            if (line.kind() == evaluation::RequestLine::Kind::Batch)
                continue;
            const Trace trace = explain(*program, line.request());
            evaluate(*program, line.request(), outcome);
            QCOMPARE(trace.status, outcome.status);
            QCOMPARE(trace.variantKey, evaluation::fromUtf8(outcome.variantKey));
            QCOMPARE(trace.value, outcome.enabled);
            if (const QString problem = fault(trace); !problem.isEmpty())
                QFAIL(qPrintable(problem + u'\n' + asText(trace)));
            ++explained;
        }
        QVERIFY(explained > 2500);
    }

    void agreesOnFaultySnapshots()
    {
        evaluation::Outcome outcome;
        for (quint32 seed = 1; seed <= 150; ++seed) {
            const auto program = evaluation::compile(test::SnapshotGenerator(seed).snapshot());
            const evaluation::Property context[]{{"a", "a"}, {"Name", "two words"}};
            for (const auto &nameSpace : program->namespaces()) {
                for (const auto &flag : nameSpace->flags) {
                    for (const auto kind :
                         {evaluation::Request::Kind::ByFlag, evaluation::Request::Kind::Variant}) {
                        const evaluation::Request request{kind, nameSpace->key, flag->key, "a",
                                                          context};
                        const Trace trace = explain(*program, request);
                        evaluate(*program, request, outcome);
                        QCOMPARE(trace.status, outcome.status);
                        if (const QString problem = fault(trace); !problem.isEmpty())
                            QFAIL(qPrintable(problem + u'\n' + asText(trace)));
                    }
                }
            }
        }
    }

    void saysWhyAConstraintFails_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("operatorName");
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("seen");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, int type, const QString &operatorName,
                            const QString &wanted, const QString &seen, const QString &reason) {
            QTest::newRow(name) << type << operatorName << wanted << seen << reason;
        };
        row("other text", 1, u"eq"_qs, u"pro"_qs, u"free"_qs, u"“free” is not “pro”"_qs);
        row("place marker", 1, u"eq"_qs, u"pro"_qs, u"%2"_qs, u"“%2” is not “pro”"_qs);
        row("missing", 1, u"neq"_qs, u"pro"_qs, {}, u"the context has no “x”"_qs);
        row("empty", 1, u"neq"_qs, u"pro"_qs, u""_qs, u"the value is empty"_qs);
        row("no number", 2, u"gt"_qs, u"5"_qs, u"1,000"_qs, u"not a number: “1,000”"_qs);
        row("wanted is none", 2, u"gt"_qs, u"abc"_qs, u"1"_qs,
            u"the constraint's value is not a number: “abc”"_qs);
        row("smaller", 2, u"gt"_qs, u"5"_qs, u"4"_qs, u"“4” is not greater than “5”"_qs);
        row("no boolean", 3, u"true"_qs, u""_qs, u"yes"_qs, u"not a boolean: “yes”"_qs);
        row("no date", 4, u"lt"_qs, u"2024-01-01"_qs, u"now"_qs, u"not a date: “now”"_qs);
        row("no list", 1, u"isoneof"_qs, u"a,b"_qs, u"a"_qs,
            u"the constraint's value is no JSON list of texts"_qs);
        row("dead operator", 4, u"isoneof"_qs, u"[]"_qs, u"2024-01-01"_qs,
            u"the operator “isoneof” is never true for this type"_qs);
        row("unknown type", 9, u"eq"_qs, u"a"_qs, u"a"_qs,
            u"the type 9 is unknown: Flipt refuses the request"_qs);
    }
    void saysWhyAConstraintFails()
    {
        QFETCH(int, type);
        QFETCH(QString, operatorName);
        QFETCH(QString, wanted);
        QFETCH(QString, seen);
        const auto program = evaluation::compile(oneRule(segmentOf(type, operatorName, wanted)));
        const std::string value = evaluation::utf8(seen);
        const evaluation::Property property{"x", value};
        evaluation::Request request{evaluation::Request::Kind::Variant, "", "checkout", "e", {}};
        if (!seen.isNull())
            request.context = {&property, 1};
        const Trace trace = explain(*program, request);
        const ConstraintTrace &constraint = trace.steps[0].segments[0].constraints[0];
        QTEST(constraint.reason, "reason");
        QVERIFY(constraint.verdict == (type == 9 ? Verdict::Error : Verdict::Failed));
        QCOMPARE(constraint.missing, seen.isNull());
    }

    void concludesInASentence()
    {
        const auto conclusion = [](const flags::Snapshot &snapshot, const char *flag) {
            const evaluation::Property property{"x", "pro"};
            return explain(*evaluation::compile(snapshot),
                           {evaluation::Request::Kind::ByFlag, "", flag, "user-1", {&property, 1}})
                .conclusion;
        };
        const flags::Segment pro = segmentOf(1, u"eq"_qs, u"pro"_qs);
        // CRC-32 of "checkoutuser-1" is 0x959E0CAE: bucket 118.
        QCOMPARE(conclusion(oneRule(pro, 100), "checkout"),
                 u"Variant “one-page” by rule 1: bucket 118 of 0 to 999."_qs);
        QCOMPARE(conclusion(oneRule(pro, 5), "checkout"),
                 u"Rule 1 matches, but bucket 118 belongs to no variant of it: no variant, no "
                 "match."_qs);
        QCOMPARE(conclusion(oneRule(pro, 0), "checkout"),
                 u"Rule 1 matches and distributes to no variant: no variant."_qs);
        QCOMPARE(conclusion(oneRule(segmentOf(1, u"eq"_qs, u"x"_qs)), "checkout"),
                 u"No rule matches: no variant."_qs);
        QCOMPARE(conclusion(oneRule(pro), "other"),
                 u"Flipt refuses the request (404): flag \"default/other\" not found"_qs);
    }

    void printsTracesBesideAnswers()
    {
        evaluation::LineEvaluator evaluator(
            evaluation::compile(oneRule(segmentOf(1, u"eq"_qs, u"pro"_qs))),
            evaluation::LineEvaluator::Detail::Trace);
        const auto traces = [&](std::string_view line) {
            const std::string_view text = evaluator.answer(line);
            return QJsonDocument::fromJson(QByteArray(text.data(), qsizetype(text.size())))
                .object()[u"traces"]
                .toArray();
        };
        const QJsonArray one = traces(R"({"kind":"variant","flag":"checkout"})");
        QCOMPARE(one.size(), 1);
        const QJsonObject step = one[0].toObject()[u"steps"].toArray()[0].toObject();
        QCOMPARE(step[u"verdict"].toString(), u"failed"_qs);
        const QJsonObject segment = step[u"segments"].toArray()[0].toObject();
        QVERIFY(segment[u"constraints"].toArray()[0].toObject()[u"seen"].isNull());
        QCOMPARE(traces(R"({"kind":"batch","requests":[{"flag":"checkout"},{"flag":"y"}]})").size(),
                 2);
    }
};

QTEST_GUILESS_MAIN(TestExplain)
#include "tst_explain.moc"
