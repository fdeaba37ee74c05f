// SPDX-License-Identifier: GPL-3.0-or-later
// The evaluation engine beside Flipt's own client engine, on the same requests in the same run.
// EDGEWISE_CLIENT_ENGINE names the latter's library; without it only our own times are taken.
#include "benchflags.h"
#include "clientengine.h"
#include "measure.h"

#include <support/generator.h>
#include <support/snapshotloader.h>
#include <support/testdata.h>

#include <evaluation/compiled.h>
#include <evaluation/evaluate.h>
#include <evaluation/json.h>
#include <evaluation/jsonreader.h>
#include <evaluation/populationplan.h>
#include <evaluation/simulate.h>
#include <evaluation/text.h>

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <map>

using namespace edgewise;
using namespace edgewise::bench;
using namespace Qt::StringLiterals;

namespace {

using Kind = evaluation::Request::Kind;

constexpr int entityCount = 1000;
constexpr int ruleRounds = 15; ///< short ones, so that bursts of other work hit few of them

bool hasPeer()
{
    return qEnvironmentVariableIsSet("EDGEWISE_CLIENT_ENGINE");
}

std::string json(std::string_view text)
{
    std::string quoted;
    evaluation::appendJsonString(quoted, text);
    return quoted;
}

std::vector<std::string> entities()
{
    std::vector<std::string> ids;
    for (int i = 0; i < entityCount; ++i)
        ids.push_back("user-" + std::to_string(i * 7919));
    return ids;
}

constexpr std::array<evaluation::Property, 2> entityContext{{{"plan", "pro"}, {"age", "42"}}};
const std::string entityContextJson = R"({"plan":"pro","age":"42"})";

std::unique_ptr<ClientEngine> engineOf(const flags::Namespace &nameSpace)
{
    if (!hasPeer())
        return {};
    return std::make_unique<ClientEngine>(nameSpace.key.text().toUtf8(), clientSnapshot(nameSpace));
}

/// Nanoseconds of one of `count` units that `work` does.
std::function<double()> perUnit(double count, std::function<void()> work)
{
    return [count, work = std::move(work)] { return seconds(work) * 1e9 / count; };
}

/// Requests for the client engine, of one flag and each entity; proved to be answered. The boolean
/// flag's threshold lets half of them pass, the variant flag's last rule all.
std::vector<std::string> engineRequests(const ClientEngine &engine, std::string_view flag,
                                        bool isBoolean)
{
    std::vector<std::string> requests;
    for (const std::string &id : entities())
        requests.push_back(
            ClientEngine::request(json("default"), json(flag), json(id), entityContextJson));
    for (const std::string &request : requests) {
        const QByteArray answer =
            isBoolean ? engine.booleanAnswer(request) : engine.variantAnswer(request);
        const auto object = QJsonDocument::fromJson(answer).object();
        const bool isMatch = object[u"result"][u"reason"] == u"MATCH_EVALUATION_REASON"_qs;
        if (object[u"status"] != u"success"_qs || (!isMatch && !isBoolean))
            qFatal("the client engine answers %s", answer.constData());
    }
    return requests;
}

std::function<double()> engineWork(const ClientEngine *engine,
                                   const std::vector<std::string> &requests, bool isBoolean,
                                   int repeats)
{
    if (!engine)
        return {};
    return perUnit(double(repeats) * double(requests.size()), [=, &requests] {
        for (int i = 0; i < repeats; ++i) {
            for (const std::string &request : requests)
                isBoolean ? engine->evaluateBoolean(request) : engine->evaluateVariant(request);
        }
    });
}

/// Nanoseconds of an evaluation of the flag for each entity in turn.
std::function<double()> ownWork(const evaluation::Program &program, std::string_view flag,
                                Kind kind, const std::vector<std::string> &ids, int repeats)
{
    return perUnit(double(repeats) * double(ids.size()), [=, &program, &ids] {
        evaluation::Outcome outcome;
        for (int i = 0; i < repeats; ++i) {
            for (const std::string &id : ids) {
                evaluate(program, {kind, "default", flag, id, entityContext}, outcome);
                const bool isMatch = outcome.reason == evaluation::Outcome::Reason::Match;
                if (outcome.status != 200 || (!isMatch && kind == Kind::Variant))
                    qFatal("the flag is not evaluated as it should be");
            }
        }
    });
}

Figures evaluateFlag(std::string_view flag, Kind kind)
{
    const flags::Snapshot snapshot = flagsOfRules(5);
    const auto program = evaluation::compile(snapshot);
    const auto engine = engineOf(*snapshot.namespaces.front());
    const bool isBoolean = kind == Kind::Boolean;
    const auto ids = entities();
    const auto requests =
        engine ? engineRequests(*engine, flag, isBoolean) : std::vector<std::string>();
    return interleaved(ownWork(*program, flag, kind, ids, 100),
                       engineWork(engine.get(), requests, isBoolean, 10), ruleRounds);
}

/// What each further rule that does not match adds: 100 more of them, a hundredth of the
/// difference.
Figures evaluateRule()
{
    const flags::Snapshot few = flagsOfRules(5);
    const flags::Snapshot many = flagsOfRules(105);
    const auto fewProgram = evaluation::compile(few);
    const auto manyProgram = evaluation::compile(many);
    const auto fewEngine = engineOf(*few.namespaces.front());
    const auto manyEngine = engineOf(*many.namespaces.front());
    const auto ids = entities();
    const auto requests =
        fewEngine ? engineRequests(*fewEngine, "rules", false) : std::vector<std::string>();
    const auto difference = [](std::function<double()> longer, std::function<double()> shorter) {
        return [=] { return (longer() - shorter()) / 100; };
    };
    return interleaved(difference(ownWork(*manyProgram, "rules", Kind::Variant, ids, 10),
                                  ownWork(*fewProgram, "rules", Kind::Variant, ids, 10)),
                       fewEngine ? difference(engineWork(manyEngine.get(), requests, false, 1),
                                              engineWork(fewEngine.get(), requests, false, 1))
                                 : std::function<double()>(),
                       ruleRounds);
}

Figures evaluateJson()
{
    const flags::Snapshot snapshot = flagsOfRules(5);
    evaluation::LineEvaluator evaluator(evaluation::compile(snapshot));
    const auto engine = engineOf(*snapshot.namespaces.front());
    const auto requests =
        engine ? engineRequests(*engine, "rules", false) : std::vector<std::string>();
    std::vector<std::string> lines;
    for (const std::string &id : entities())
        lines.push_back(R"({"kind":"variant","namespace":"default","flag":"rules","entity":)"
                        + json(id) + R"(,"context":)" + entityContextJson + '}');
    constexpr int repeats = 30;
    return interleaved(perUnit(repeats * entityCount,
                               [&] {
                                   for (int i = 0; i < repeats; ++i) {
                                       for (const std::string &line : lines)
                                           evaluator.answer(line);
                                   }
                               }),
                       engineWork(engine.get(), requests, false, 10), ruleRounds);
}

/// The recorded requests that were answered with status 200, each for both engines. Ours stand side
/// by side in memory, as a stream of entities would.
class Recorded {
public:
    struct EngineRequest {
        const ClientEngine *engine;
        bool isBoolean;
        std::string text;
    };
    std::vector<EngineRequest> engineRequests;

    void add(const evaluation::Request &request)
    {
        evaluation::Request copy = request;
        copy.nameSpace = m_texts.keep(request.nameSpace);
        copy.flag = m_texts.keep(request.flag);
        copy.entity = m_texts.keep(request.entity);
        m_requests.push_back(copy);
        m_starts.push_back(m_properties.size());
        for (const evaluation::Property &property : request.context)
            m_properties.push_back({m_texts.keep(property.name), m_texts.keep(property.value)});
    }
    /// Once all are there.
    const std::vector<evaluation::Request> &seal()
    {
        m_starts.push_back(m_properties.size());
        for (size_t i = 0; i < m_requests.size(); ++i)
            m_requests[i].context =
                std::span(m_properties).subspan(m_starts[i], m_starts[i + 1] - m_starts[i]);
        return m_requests;
    }

private:
    evaluation::Batch m_texts;
    std::vector<evaluation::Request> m_requests;
    std::vector<evaluation::Property> m_properties;
    std::vector<size_t> m_starts;
};

std::string contextJson(std::span<const evaluation::Property> context)
{
    std::string object = "{";
    for (const evaluation::Property &property : context) {
        if (object.size() > 1)
            object += ',';
        object += json(property.name) + ':' + json(property.value);
    }
    return object + '}';
}

Recorded recordedRequests(const std::shared_ptr<const evaluation::Program> &program,
                          const std::map<std::string, std::unique_ptr<ClientEngine>> &engines)
{
    Recorded recorded;
    evaluation::RequestLine line;
    evaluation::LineEvaluator evaluator(program);
    const QByteArrayList texts =
        test::dataContent(u"oracle/evals.jsonl.gz"_qs).trimmed().split('\n');
    for (const QByteArray &text : texts) {
        const std::string_view view(text.constData(), size_t(text.size()));
        if (!line.read(view) || line.kind() == evaluation::RequestLine::Kind::Batch
            || line.request().nameSpace == "probe")
            continue;
        const auto expected = QJsonDocument::fromJson(text).object();
        if (expected[u"status"].toInt() != 200)
            continue;
        const std::string_view answer = evaluator.answer(view);
        const auto given =
            QJsonDocument::fromJson(QByteArray(answer.data(), qsizetype(answer.size()))).object();
        if (given[u"response"] != expected[u"response"])
            qFatal("not the recorded answer: %s", text.constData());
        const evaluation::Request &request = line.request();
        if (hasPeer()) {
            const std::string space(request.nameSpace.empty() ? "default" : request.nameSpace);
            recorded.engineRequests.push_back(
                {engines.at(space).get(), request.kind == Kind::Boolean,
                 ClientEngine::request(json(space), json(request.flag), json(request.entity),
                                       contextJson(request.context))});
        }
        recorded.add(request);
    }
    return recorded;
}

Figures evaluateOracle()
{
    const flags::Snapshot snapshot = test::loadSnapshot(test::oracleDatabase());
    const auto program = evaluation::compile(snapshot);
    std::map<std::string, std::unique_ptr<ClientEngine>> engines;
    for (const auto &nameSpace : snapshot.namespaces) {
        if (hasPeer() && nameSpace->key.text() != u"probe")
            engines[evaluation::utf8(nameSpace->key.text())] = engineOf(*nameSpace);
    }
    Recorded recorded = recordedRequests(program, engines);
    const auto &requests = recorded.seal();
    constexpr int repeats = 5;
    evaluation::Outcome outcome;
    const auto ours = perUnit(repeats * double(requests.size()), [&] {
        for (int i = 0; i < repeats; ++i) {
            for (const evaluation::Request &request : requests)
                evaluate(*program, request, outcome);
        }
    });
    std::function<double()> peer;
    if (hasPeer()) {
        peer = perUnit(double(recorded.engineRequests.size()), [&] {
            for (const auto &request : recorded.engineRequests)
                request.isBoolean ? request.engine->evaluateBoolean(request.text)
                                  : request.engine->evaluateVariant(request.text);
        });
    }
    return interleaved(ours, peer, ruleRounds);
}

evaluation::PopulationPlan millionPlan()
{
    evaluation::PopulationPlan plan;
    plan.count = 1'000'000;
    plan.attributes = {{u"plan"_qs, 0.1, evaluation::Choice{{{u"pro"_qs, 1}, {u"free"_qs, 1}}}},
                       {u"age"_qs, 0, evaluation::NumberRange{10, 90, 0}}};
    return plan;
}

/// Milliseconds for a million entities on all cores, making them included; the peer evaluates the
/// first of them one after the other, as often as makes a tenth of a million, times ten.
Figures simulateMillion()
{
    const flags::Snapshot snapshot = flagsOfRules(5);
    const auto program = evaluation::compile(snapshot);
    const auto engine = engineOf(*snapshot.namespaces.front());
    const evaluation::PopulationPlan plan = millionPlan();
    std::vector<std::string> requests;
    if (engine) {
        evaluation::Batch batch;
        const auto population = evaluation::generatedPopulation(plan); // owns the names
        population->next(batch);
        for (const evaluation::Entity &entity : batch.entities())
            requests.push_back(ClientEngine::request(json("default"), json("rules"),
                                                     json(entity.id), contextJson(entity.context)));
    }
    const auto ours = [&] {
        return 1000 * seconds([&] {
                   evaluation::Progress progress;
                   const auto population = evaluation::generatedPopulation(plan);
                   const auto tally =
                       simulate(*program, {NamespaceKey(u"default"_qs), FlagKey(u"rules"_qs), {}},
                                *population, progress);
                   if (!tally || tally->entities != plan.count)
                       qFatal("the simulation failed");
               });
    };
    std::function<double()> peer;
    if (engine) {
        peer = [&, one = engineWork(engine.get(), requests, false, 25)] {
            return one(); // nanoseconds of a call are milliseconds of a million
        };
    }
    return interleaved(ours, peer);
}

/// Milliseconds of compiling after one edit among 10,000 flags, beside compiling them all.
Figures compileEdit()
{
    const flags::Snapshot snapshot = test::largeSnapshot(10'000);
    const auto program = evaluation::compile(snapshot);
    flags::Namespace nameSpace = *snapshot.namespaces.front();
    flags::Flag flag = *nameSpace.flags[5000];
    flag.enabled = !flag.enabled;
    nameSpace.flags[5000] = std::make_shared<const flags::Flag>(flag);
    const flags::Snapshot edited{{std::make_shared<const flags::Namespace>(nameSpace)}};
    return interleaved(
        [&] { return 1000 * seconds([&] { evaluation::compile(edited, program); }); },
        [&] { return 1000 * seconds([&] { evaluation::compile(edited); }); });
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return measureRows(
        argc, argv,
        {{"evaluate-variant", [] { return evaluateFlag("rules", Kind::Variant); }},
         {"evaluate-boolean", [] { return evaluateFlag("threshold", Kind::Boolean); }},
         {"evaluate-oracle", evaluateOracle},
         {"evaluate-json", evaluateJson},
         {"evaluate-rule", evaluateRule},
         {"simulate-million", simulateMillion},
         {"compile-edit", compileEdit}});
}
