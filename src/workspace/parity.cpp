// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/parity.h"

#include <base/whenready.h>
#include <evaluation/json.h>
#include <flags/timestamp.h>
#include <replication/judge.h>

#include <QJsonDocument>
#include <QSet>

#include <map>

namespace edgewise::workspace {

using namespace Qt::StringLiterals;

namespace {

constexpr int questionsAtOnce = 8;
constexpr int againMilliseconds = 200;

QString textOf(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

flipt::Request requestOf(const evaluation::Request &request)
{
    flipt::Request asked{.nameSpace = NamespaceKey(textOf(request.nameSpace)),
                         .flag = FlagKey(textOf(request.flag)),
                         .entity = textOf(request.entity),
                         .context = {}};
    for (const evaluation::Property &property : request.context)
        asked.context.insert(textOf(property.name), textOf(property.value));
    return asked;
}

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), size_t(bytes.size())};
}

QSet<QString> namespacesOf(const flipt::Question &question)
{
    QSet<QString> keys;
    for (const flipt::Request &request : question.requests) {
        const QString key = request.nameSpace.text();
        keys.insert(key.isEmpty() ? u"default"_qs : key);
    }
    return keys;
}

} // namespace

struct ParityRun::Line {
    QByteArray text;
    std::optional<flipt::Question> question;
    flipt::Reply engine;
};

struct ParityRun::EdgeState {
    Edge edge;
    std::unique_ptr<flipt::FliptClient> client;
    size_t next = 0;
    int running = 0;
    std::shared_ptr<const evaluation::Program> node; ///< of the database that it reads
    std::map<QString, QByteArray> tags;              ///< by namespace, where it gave one
};

struct ParityRun::Open {
    qsizetype line = 0;
    int edge = 0;
    flipt::Reply engine;
    flipt::Reply answer;
    bool explained = false;
};

std::optional<flipt::Question> questionOf(std::string_view line)
{
    evaluation::RequestLine parsed;
    if (!parsed.read(line))
        return std::nullopt;
    flipt::Question question;
    if (parsed.kind() == evaluation::RequestLine::Kind::Batch) {
        question.kind = flipt::Question::Kind::Batch;
        for (const evaluation::Request &request : parsed.requests())
            question.requests.push_back(requestOf(request));
        return question;
    }
    question.kind = parsed.request().kind == evaluation::Request::Kind::Boolean
                        ? flipt::Question::Kind::Boolean
                        : flipt::Question::Kind::Variant;
    question.requests.push_back(requestOf(parsed.request()));
    return question;
}

flipt::Reply engineReply(const std::shared_ptr<const evaluation::Program> &program,
                         std::string_view line)
{
    evaluation::LineEvaluator evaluator(program);
    const std::string_view answer = evaluator.answer(line);
    const QJsonObject object =
        QJsonDocument::fromJson(QByteArray(answer.data(), qsizetype(answer.size()))).object();
    return {object.value("status"_L1).toInt(), object.value("response"_L1).toObject()};
}

ParityRun::ParityRun(Read source, QList<Edge> edges, std::vector<QByteArray> lines,
                     const Clock &clock, QObject *parent)
    : QObject(parent), m_source(std::move(source)), m_clock(clock)
{
    m_lines.reserve(lines.size());
    for (QByteArray &line : lines) {
        auto question = questionOf(viewOf(line));
        m_report.skipped += question ? 0 : 1;
        m_lines.push_back({.text = std::move(line), .question = std::move(question), .engine = {}});
    }
    m_report.lines = qsizetype(m_lines.size());
    m_report.flipts.resize(size_t(edges.size()));
    for (const Edge &edge : edges) {
        m_edges.push_back(std::make_unique<EdgeState>());
        m_edges.back()->edge = edge;
        m_edges.back()->client =
            std::make_unique<flipt::FliptClient>(edge.url, edge.token, m_clock);
        m_edges.back()->client->setRoute(edge.route.authorities, edge.route.proxy);
    }
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &ParityRun::settle);
}

ParityRun::~ParityRun() = default;

void ParityRun::start()
{
    whenReady(m_source(), this, [this](const Result<flags::Snapshot> &snapshot) {
        snapshot ? takeSource(snapshot) : fail(snapshot.error());
    });
}

void ParityRun::takeSource(const Result<flags::Snapshot> &snapshot)
{
    m_snapshot = *snapshot;
    m_program = evaluation::compile(m_snapshot);
    for (Line &line : m_lines) {
        if (!line.question)
            continue;
        const qint64 before = m_clock.steadyNanoseconds();
        evaluation::LineEvaluator(m_program).answer(viewOf(line.text));
        m_report.engineTimes.push_back(m_clock.steadyNanoseconds() - before);
        line.engine = engineReply(m_program, viewOf(line.text));
    }
    m_pending = int(m_edges.size());
    for (int i = 0; i < int(m_edges.size()); ++i)
        askNode(i);
}

/// The engine on the replica, before the Flipt there is asked.
void ParityRun::askNode(int edge)
{
    const Edge &asked = m_edges[size_t(edge)]->edge;
    if (!asked.node)
        return introduce(edge);
    whenReady(asked.node(), this, [this, edge](const Result<flags::Snapshot> &snapshot) {
        if (snapshot) { // else it is no evidence
            const auto program = evaluation::compile(*snapshot, m_program);
            qsizetype differs = 0;
            for (const Line &line : m_lines)
                differs += line.question
                           && !sameReply(line.engine, engineReply(program, viewOf(line.text)));
            m_report.flipts[size_t(edge)].nodeDiffers = differs;
        }
        introduce(edge);
    });
}

void ParityRun::introduce(int edge)
{
    flipt::FliptClient &client = *m_edges[size_t(edge)]->client;
    ParityTally &tally = m_report.flipts[size_t(edge)];
    whenReady(
        client.info(), this,
        [this, edge, &client, &tally](const Result<flipt::Timed<flipt::Info>> &info) {
            if (!info)
                return fail(info.error());
            tally.version = info->value.version;
            whenReady(
                client.cacheSettings(), this,
                [this, edge, &tally](const Result<flipt::Timed<flipt::CacheSettings>> &settings) {
                    if (settings) // a proxy in front may keep the configuration to itself
                        tally.cache = settings->value;
                    askMore(edge);
                });
        });
}

void ParityRun::askMore(int edge)
{
    EdgeState &state = *m_edges[size_t(edge)];
    while (state.running < questionsAtOnce && state.next < m_lines.size()) {
        const auto line = qsizetype(state.next++);
        const auto &question = m_lines[size_t(line)].question;
        if (!question)
            continue;
        ++state.running;
        whenReady(flipt::ask(*state.client, *question), this,
                  [this, edge, line](const Result<flipt::Timed<flipt::Reply>> &reply) {
                      takeReply(edge, line, reply);
                  });
    }
    if (state.running == 0)
        endEdge();
}

void ParityRun::takeReply(int edge, qsizetype line, const Result<flipt::Timed<flipt::Reply>> &reply)
{
    if (!reply)
        return fail(reply.error());
    const Line &asked = m_lines[size_t(line)];
    ParityTally &tally = m_report.flipts[size_t(edge)];
    ++tally.asked;
    tally.roundTrips.push_back(reply->nanoseconds());
    if (sameReply(asked.engine, reply->value))
        ++tally.agreed;
    else
        m_open.push_back(
            std::make_shared<Open>(Open{line, edge, asked.engine, reply->value, false}));
    --m_edges[size_t(edge)]->running;
    askMore(edge);
}

void ParityRun::endEdge()
{
    if (m_ended || --m_pending > 0)
        return;
    m_settleUntil = m_clock.steadyNanoseconds() + qint64(m_settling) * 1'000'000;
    settle();
}

void ParityRun::settle()
{
    std::erase_if(m_open, [](const auto &open) { return open->explained; });
    if (m_open.empty())
        return finish();
    if (m_clock.steadyNanoseconds() >= m_settleUntil)
        return readNodes();
    whenReady(m_source(), this, [this](const Result<flags::Snapshot> &snapshot) {
        snapshot ? askAgain(*snapshot) : fail(snapshot.error());
    });
}

void ParityRun::askAgain(const flags::Snapshot &source)
{
    m_snapshot = source;
    m_program = evaluation::compile(source, m_program);
    m_pending = int(m_open.size());
    const auto asked = m_open;
    for (const auto &open : asked) {
        const Line &line = m_lines[size_t(open->line)];
        const flipt::Reply engine = engineReply(m_program, viewOf(line.text));
        whenReady(flipt::ask(*m_edges[size_t(open->edge)]->client, *line.question), this,
                  [this, open, engine](const Result<flipt::Timed<flipt::Reply>> &reply) {
                      takeAgain(open, engine, reply);
                  });
    }
}

void ParityRun::takeAgain(const std::shared_ptr<Open> &open, const flipt::Reply &engine,
                          const Result<flipt::Timed<flipt::Reply>> &reply)
{
    if (!reply)
        return fail(reply.error());
    const ParityTally &tally = m_report.flipts[size_t(open->edge)];
    if (sameReply(engine, reply->value)) {
        const qint64 waited =
            m_clock.steadyNanoseconds() - (m_settleUntil - qint64(m_settling) * 1'000'000);
        const QString agreed =
            u"they agreed %1 later"_qs.arg(replication::durationInWords(std::max(0LL, waited)));
        if (!sameReply(engine, open->engine))
            tell(*open, MismatchCause::Lag, u"the flags changed meanwhile; "_qs + agreed);
        else
            tell(*open, tally.cache.enabled ? MismatchCause::Cache : MismatchCause::Lag, agreed);
        open->explained = true;
    } else {
        open->engine = engine;
        open->answer = reply->value;
    }
    endRound();
}

void ParityRun::endRound()
{
    if (!m_ended && --m_pending == 0)
        m_again.start(againMilliseconds);
}

void ParityRun::readNodes()
{
    m_pending = 1;
    for (const auto &edge : m_edges) {
        if (!edge->edge.node)
            continue;
        ++m_pending;
        whenReady(edge->edge.node(), this,
                  [this, state = edge.get()](const Result<flags::Snapshot> &snapshot) {
                      if (snapshot) // else it is no evidence
                          state->node = evaluation::compile(*snapshot);
                      if (--m_pending == 0)
                          readTags();
                  });
    }
    if (--m_pending == 0)
        readTags();
}

void ParityRun::readTags()
{
    std::vector<std::pair<EdgeState *, QString>> wanted;
    for (const auto &open : m_open) {
        EdgeState *state = m_edges[size_t(open->edge)].get();
        for (const QString &key : namespacesOf(*m_lines[size_t(open->line)].question)) {
            if (state->tags.try_emplace(key).second)
                wanted.emplace_back(state, key);
        }
    }
    m_pending = int(wanted.size()) + 1;
    for (const auto &[state, key] : wanted)
        whenReady(state->client->snapshotVersion(NamespaceKey(key)), this,
                  [this, state = state,
                   key = key](const Result<flipt::Timed<flipt::SnapshotVersion>> &version) {
                      if (version)
                          state->tags[key] = version->value.tag;
                      if (--m_pending == 0)
                          judgeRest();
                  });
    if (--m_pending == 0)
        judgeRest();
}

void ParityRun::judgeRest()
{
    if (m_ended)
        return;
    for (const auto &open : m_open)
        judge(*open);
    m_open.clear();
    finish();
}

void ParityRun::judge(const Open &open)
{
    const EdgeState &state = *m_edges[size_t(open.edge)];
    const ParityTally &tally = m_report.flipts[size_t(open.edge)];
    const Line &line = m_lines[size_t(open.line)];
    MismatchEvidence evidence{.engine = open.engine,
                              .answer = open.answer,
                              .atNode = {},
                              .version = tally.version,
                              .cache = tally.cache,
                              .spaces = {},
                              .wallNow = m_clock.wallNanoseconds()};
    if (state.node)
        evidence.atNode = engineReply(state.node, viewOf(line.text));
    const QSet<QString> keys = namespacesOf(*line.question);
    for (const QString &key : keys) {
        const auto nameSpace = m_snapshot.nameSpace(NamespaceKey(key));
        const auto stamp = nameSpace && nameSpace->stateModified
                               ? flags::parseTimestamp(*nameSpace->stateModified)
                               : std::nullopt;
        evidence.spaces.append({.key = key, .stamp = stamp, .tag = state.tags.at(key)});
    }
    const MismatchExplanation explanation = explainMismatch(evidence);
    tell(open, explanation.cause, explanation.why);
}

void ParityRun::tell(const Open &open, MismatchCause cause, const QString &why)
{
    emit mismatched({.line = open.line + 1,
                     .flipt = open.edge,
                     .request = m_lines[size_t(open.line)].text,
                     .engine = open.engine,
                     .answer = open.answer,
                     .cause = cause,
                     .why = why});
}

void ParityRun::fail(const Error &error)
{
    if (std::exchange(m_ended, true))
        return;
    m_again.stop();
    emit finished(error);
}

void ParityRun::finish()
{
    if (std::exchange(m_ended, true))
        return;
    emit finished(m_report);
}

} // namespace edgewise::workspace
