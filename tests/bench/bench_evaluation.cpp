// SPDX-License-Identifier: GPL-3.0-or-later
// Times of the evaluation engine, a line of JSON for each: name, value, unit. Arguments choose
// among the names; --cpu counts the thread's own time instead of the clock's, for a busy machine.
// Each value is the median of seven rounds.
#include "support/generator.h"
#include "support/snapshotloader.h"
#include "support/testdata.h"

#include <evaluation/compiled.h>
#include <evaluation/evaluate.h>
#include <evaluation/json.h>
#include <evaluation/populationplan.h>
#include <evaluation/simulate.h>

#include <QStringList>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace edgewise;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 7;

bool countsCpu = false;

/// Nanoseconds.
double now()
{
    timespec time{};
    clock_gettime(countsCpu ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);
    return double(time.tv_sec) * 1e9 + double(time.tv_nsec);
}

/// Nanoseconds of one call of `work`, which does `count` units.
double nanosecondsPerUnit(qint64 count, const std::function<void()> &work)
{
    std::array<double, rounds> times{};
    work(); // warm
    for (double &time : times) {
        const double start = now();
        work();
        time = (now() - start) / double(count);
    }
    std::ranges::sort(times);
    return times[rounds / 2];
}

flags::Constraint constraint(int type, const QString &property, const QString &name,
                             const QString &value)
{
    return {{}, type, property, name, value, {}, {}};
}

/// A variant flag with rules of two constraints each, of which only the last one can match, and
/// three distributions; and a boolean flag with a segment that misses and a threshold.
flags::Snapshot flagsOfRules(int ruleCount)
{
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"default"_qs);
    flags::Flag flag;
    flag.key = FlagKey(u"rules"_qs);
    flag.enabled = true;
    for (const QString &key : {u"a"_qs, u"b"_qs, u"c"_qs})
        flag.variants.push_back({VariantId(key), key, {}, {}, {}, {}});
    for (int i = 1; i <= ruleCount; ++i) {
        flags::Segment segment;
        segment.key = SegmentKey(u"segment-%1"_qs.arg(i));
        segment.constraints = {constraint(flags::StringConstraint, u"plan"_qs, u"eq"_qs, u"pro"_qs),
                               constraint(flags::NumberConstraint, u"age"_qs,
                                          i == ruleCount ? u"gte"_qs : u"lt"_qs, u"18"_qs)};
        nameSpace.segments.push_back(std::make_shared<const flags::Segment>(segment));
        flags::Rule rule;
        rule.id = RuleId(QString::number(i));
        rule.rank = i;
        rule.segments = {segment.key};
        rule.distributions = {{{}, VariantId(u"a"_qs), 50, {}},
                              {{}, VariantId(u"b"_qs), 30, {}},
                              {{}, VariantId(u"c"_qs), 20, {}}};
        flag.rules.push_back(rule);
    }
    flags::Flag boolean;
    boolean.key = FlagKey(u"threshold"_qs);
    boolean.type = flags::BooleanFlag;
    flags::Segment missed;
    missed.key = SegmentKey(u"missed"_qs);
    missed.constraints = {constraint(flags::StringConstraint, u"plan"_qs, u"eq"_qs, u"free"_qs)};
    nameSpace.segments.push_back(std::make_shared<const flags::Segment>(missed));
    flags::Rollout segments;
    segments.rank = 1;
    segments.segmentMatches = {{{}, true, flags::OrOperator, {missed.key}}};
    flags::Rollout threshold;
    threshold.rank = 2;
    threshold.threshold = flags::Threshold{{}, 50, true};
    boolean.rollouts = {segments, threshold};
    nameSpace.flags = {std::make_shared<const flags::Flag>(flag),
                       std::make_shared<const flags::Flag>(boolean)};
    return {{std::make_shared<const flags::Namespace>(std::move(nameSpace))}};
}

std::vector<std::string> entities()
{
    std::vector<std::string> ids;
    for (int i = 0; i < 1000; ++i)
        ids.push_back("user-" + std::to_string(i * 7919));
    return ids;
}

/// Nanoseconds of one evaluation of the flag for a thousand entities in turn.
double evaluateFlag(const flags::Snapshot &snapshot, std::string_view flag,
                    evaluation::Request::Kind kind)
{
    constexpr int repeats = 200;
    const auto program = evaluation::compile(snapshot);
    const std::vector<std::string> ids = entities();
    const std::array<evaluation::Property, 2> context{{{"plan", "pro"}, {"age", "42"}}};
    evaluation::Outcome outcome;
    return nanosecondsPerUnit(repeats * qint64(ids.size()), [&] {
        for (int i = 0; i < repeats; ++i) {
            for (const std::string &id : ids) {
                evaluate(*program, {kind, "default", flag, id, context}, outcome);
                if (outcome.status != 200)
                    qFatal("the flag is not evaluated");
            }
        }
    });
}

double evaluateOracle()
{
    const auto program =
        evaluation::compile(test::loadSnapshot(test::dataPath(u"oracle/flipt.db"_qs)));
    std::vector<std::unique_ptr<evaluation::RequestLine>> lines;
    evaluation::Outcome outcome;
    const QByteArrayList texts =
        test::dataContent(u"oracle/evals.jsonl.gz"_qs).trimmed().split('\n');
    for (const QByteArray &text : texts) {
        auto line = std::make_unique<evaluation::RequestLine>();
        if (!line->read({text.data(), size_t(text.size())})
            || line->kind() == evaluation::RequestLine::Kind::Batch
            || line->request().nameSpace == "probe")
            continue;
        evaluate(*program, line->request(), outcome);
        if (outcome.status == 200)
            lines.push_back(std::move(line));
    }
    constexpr int repeats = 10;
    return nanosecondsPerUnit(repeats * qint64(lines.size()), [&] {
        for (int i = 0; i < repeats; ++i) {
            for (const auto &line : lines)
                evaluate(*program, line->request(), outcome);
        }
    });
}

double evaluateJson()
{
    evaluation::LineEvaluator evaluator(evaluation::compile(flagsOfRules(5)));
    std::vector<std::string> lines;
    for (const std::string &id : entities()) {
        lines.push_back(R"({"kind":"variant","namespace":"default","flag":"rules","entity":")" + id
                        + R"(","context":{"plan":"pro","age":"42"}})");
    }
    constexpr int repeats = 100;
    return nanosecondsPerUnit(repeats * qint64(lines.size()), [&] {
        for (int i = 0; i < repeats; ++i) {
            for (const std::string &line : lines)
                evaluator.answer(line);
        }
    });
}

/// What each further rule that does not match adds.
double evaluateRule()
{
    const auto kind = evaluation::Request::Kind::Variant;
    return (evaluateFlag(flagsOfRules(105), "rules", kind)
            - evaluateFlag(flagsOfRules(5), "rules", kind))
           / 100;
}

double simulateMillion()
{
    const auto program = evaluation::compile(flagsOfRules(5));
    evaluation::PopulationPlan plan;
    plan.count = 1'000'000;
    plan.attributes = {{u"plan"_qs, 0.1, evaluation::Choice{{{u"pro"_qs, 1}, {u"free"_qs, 1}}}},
                       {u"age"_qs, 0, evaluation::NumberRange{10, 90, 0}}};
    return nanosecondsPerUnit(1'000'000, [&] { // per million, in milliseconds
        evaluation::Progress progress;
        const auto population = evaluation::generatedPopulation(plan);
        const auto tally =
            simulate(*program, {NamespaceKey(u"default"_qs), FlagKey(u"rules"_qs), {}}, *population,
                     progress);
        if (!tally || tally->entities != plan.count)
            qFatal("the simulation failed");
    });
}

/// Compiling after one edit among 10,000 flags, in milliseconds.
double compileEdit()
{
    const flags::Snapshot snapshot = test::largeSnapshot(10'000);
    const auto program = evaluation::compile(snapshot);
    flags::Namespace nameSpace = *snapshot.namespaces.front();
    flags::Flag flag = *nameSpace.flags[5000];
    flag.enabled = !flag.enabled;
    nameSpace.flags[5000] = std::make_shared<const flags::Flag>(flag);
    const flags::Snapshot edited{{std::make_shared<const flags::Namespace>(nameSpace)}};
    return nanosecondsPerUnit(1'000'000, [&] { evaluation::compile(edited, program); });
}

double compileAll()
{
    const flags::Snapshot snapshot = test::largeSnapshot(10'000);
    return nanosecondsPerUnit(1'000'000, [&] { evaluation::compile(snapshot); });
}

} // namespace

int main(int argc, char **argv)
{
    using Kind = evaluation::Request::Kind;
    struct Row {
        const char *name;
        const char *unit;
        std::function<double()> measure;
    };
    const std::vector<Row> rows{
        {"evaluate-variant", "ns",
         [] { return evaluateFlag(flagsOfRules(5), "rules", Kind::Variant); }},
        {"evaluate-boolean", "ns",
         [] { return evaluateFlag(flagsOfRules(5), "threshold", Kind::Boolean); }},
        {"evaluate-oracle", "ns", evaluateOracle},
        {"evaluate-json", "ns", evaluateJson},
        {"evaluate-rule", "ns", evaluateRule},
        {"simulate-million", "ms", simulateMillion},
        {"compile-edit", "ms", compileEdit},
        {"compile-all", "ms", compileAll},
    };
    QStringList wanted;
    for (int i = 1; i < argc; ++i)
        wanted.append(QString::fromLocal8Bit(argv[i]));
    countsCpu = wanted.removeAll(u"--cpu"_qs) > 0;
    for (const Row &row : rows) {
        if (!wanted.isEmpty() && !wanted.contains(QLatin1StringView(row.name)))
            continue;
        std::printf("{\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", row.name, row.measure(),
                    row.unit);
        std::fflush(stdout);
    }
    return 0;
}
