// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/sampler.h"

#include <base/whenready.h>
#include <hrana/client.h>

#include <algorithm>

namespace edgewise::replication {

namespace {

constexpr int fastMilliseconds = 50;
constexpr int fastMillisecondsPerNode = 5;    // many nodes are not asked twenty times a second
constexpr qint64 logInterval = 2'000'000'000; // nanoseconds
constexpr qint64 troubledLogInterval = 300'000'000;

} // namespace

struct Sampler::Watch {
    WatchedNode node;
    std::unique_ptr<hrana::Client> client;
    History history;
    std::optional<ContentCheck> content;
    std::optional<NodeSample> newest;
    std::optional<qint64> roundTrip;
    std::optional<hrana::Position> held; ///< a position that waits for the log it belongs to
    std::optional<qint64> missedAt;      ///< one question had no answer; the next one decides
    qint64 logAskedAt = 0;
    bool positionPending = false;
    bool logPending = false;
    bool published = false;
};

Sampler::Sampler(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Sampler::ask);
}

Sampler::~Sampler() = default;

void Sampler::setNodes(const QList<WatchedNode> &nodes)
{
    std::vector<std::shared_ptr<Watch>> watches;
    const std::shared_ptr<Watch> primaryBefore = std::exchange(m_primary, nullptr);
    for (const WatchedNode &node : nodes) {
        const auto known = std::find_if(m_watches.begin(), m_watches.end(),
                                        [&](const auto &watch) { return watch->node == node; });
        std::shared_ptr<Watch> watch;
        if (known != m_watches.end()) {
            watch = *known;
        } else {
            watch = std::make_shared<Watch>();
            watch->node = node;
            hrana::Endpoint endpoint;
            endpoint.url = node.url;
            endpoint.token = node.token;
            endpoint.databaseNamespace = node.databaseNamespace;
            endpoint.authorities = node.authorities;
            endpoint.proxy = node.proxy;
            watch->client = std::make_unique<hrana::Client>(endpoint, m_clock, m_deadline);
        }
        if (node.role == Role::Primary)
            m_primary = watch;
        watches.push_back(std::move(watch));
    }
    if (m_primary != primaryBefore)
        m_lag = {};
    m_watches.swap(watches);
    if (m_running)
        hurry();
}

void Sampler::setInterval(int milliseconds)
{
    m_interval = std::clamp(milliseconds, 5, 60000);
    if (m_running)
        hurry();
}

void Sampler::setAdaptive(bool adaptive)
{
    m_adaptive = adaptive;
}

void Sampler::setDeadline(int milliseconds)
{
    m_deadline = std::max(1, milliseconds);
}

void Sampler::start()
{
    m_running = true;
    hurry();
}

void Sampler::stop()
{
    m_running = false;
    m_timer.stop();
}

void Sampler::hurry()
{
    if (m_running)
        m_timer.start(0);
}

void Sampler::setContentCheck(const QString &node, const ContentCheck &check)
{
    for (const auto &watch : m_watches) {
        if (watch->node.text != node)
            continue;
        // That one table is equal says nothing of another one that is not.
        const bool isOfAnother = check.equal && !check.table.isEmpty() && watch->content
                                 && !watch->content->equal && watch->content->table != check.table;
        if (!isOfAnother)
            watch->content = check;
    }
}

QList<NodeSample> Sampler::newest() const
{
    QList<NodeSample> samples;
    for (const auto &watch : m_watches) {
        if (watch->published)
            samples.append(*watch->newest);
    }
    return samples;
}

int Sampler::pace() const
{
    const bool follows = std::any_of(m_watches.begin(), m_watches.end(), [](const auto &watch) {
        return watch->newest && watch->newest->judgement.state == State::CatchingUp;
    });
    if (!m_adaptive || !follows)
        return m_interval;
    return std::min(m_interval,
                    std::max(fastMilliseconds, int(m_watches.size()) * fastMillisecondsPerNode));
}

void Sampler::ask()
{
    m_timer.start(pace());
    // All in one tick, so that the thread wakes once and not once a node; the primary first, so
    // that what it wrote in between is not counted against a replica.
    if (m_primary)
        askPosition(m_primary);
    const qint64 now = m_clock.steadyNanoseconds();
    for (const auto &watch : m_watches) {
        if (watch != m_primary)
            askPosition(watch);
        if (isLogDue(*watch, now))
            askLog(watch);
    }
}

void Sampler::askPosition(const std::shared_ptr<Watch> &watch)
{
    if (watch->positionPending || watch->held)
        return;
    watch->positionPending = true;
    whenReady(watch->client->position(), this,
              [this, weak = std::weak_ptr(watch)](const Result<hrana::Position> &result) {
                  if (const auto still = weak.lock())
                      onPosition(still, result);
              });
}

bool Sampler::isLogDue(const Watch &watch, qint64 now) const
{
    if (watch.logPending)
        return false;
    if (watch.logAskedAt == 0)
        return true;
    const std::optional<LogSample> &log = watch.history.newestLog();
    const bool calm = watch.newest
                      && (watch.newest->judgement.state == State::InSync
                          || watch.newest->judgement.state == State::Primary)
                      && log && !log->failure && watch.history.isLogSettled();
    return now - watch.logAskedAt >= (calm ? logInterval : troubledLogInterval);
}

void Sampler::askLog(const std::shared_ptr<Watch> &watch)
{
    watch->logPending = true;
    watch->logAskedAt = m_clock.steadyNanoseconds();
    whenReady(watch->client->hello(), this,
              [this, weak = std::weak_ptr(watch)](const Result<hrana::LogIdentity> &result) {
                  if (const auto still = weak.lock())
                      onLog(still, result);
              });
}

void Sampler::onPosition(const std::shared_ptr<Watch> &watch, const Result<hrana::Position> &result)
{
    watch->positionPending = false;
    History &history = watch->history;
    if (!result) {
        if (result.error().kind == Error::Kind::Cancelled)
            return;
        const qint64 now = m_clock.steadyNanoseconds();
        // A busy machine may miss one deadline, and one connection may break: asked again at once.
        // Two failures in a row are an absence, which began with the first.
        if (!watch->missedAt && !history.isEmpty() && !history.newest().failure) {
            watch->missedAt = now;
            askPosition(watch);
            return;
        }
        history.addFailure(result.error(), watch->missedAt.value_or(now));
        history.addFailure(result.error(), now);
        watch->roundTrip.reset();
        publish(*watch);
        return;
    }
    watch->missedAt.reset();
    // A primary that was away, or counts lower than before, may have begun another log: its
    // position means nothing before the log is known.
    const bool mayBeAnotherLog = history.isEmpty() || history.newest().failure
                                 || result->replicationIndex < history.newest().index;
    if (watch == m_primary && mayBeAnotherLog) {
        watch->held = *result;
        if (!watch->logPending)
            askLog(watch);
        return;
    }
    record(*watch, *result);
}

void Sampler::onLog(const std::shared_ptr<Watch> &watch, const Result<hrana::LogIdentity> &result)
{
    watch->logPending = false;
    LogSample sample{.at = m_clock.steadyNanoseconds(),
                     .failure = {},
                     .logId = {},
                     .primaryIndex = {},
                     .askedAt = watch->logAskedAt};
    if (result) {
        sample.logId = result->logId;
        sample.primaryIndex = result->replicationIndex;
    } else if (result.error().kind == Error::Kind::Cancelled) {
        return;
    } else {
        sample.failure = result.error();
    }
    watch->history.addLog(sample);
    if (watch->held)
        record(*watch, *std::exchange(watch->held, std::nullopt));
}

void Sampler::record(Watch &watch, const hrana::Position &position)
{
    watch.roundTrip = position.roundTrip.nanoseconds();
    watch.history.addAnswer(position.replicationIndex, position.roundTrip.answeredAt);
    if (&watch == m_primary.get())
        m_lag.observe(watch.history.logId(), position.replicationIndex,
                      position.roundTrip.answeredAt);
    publish(watch);
}

void Sampler::publish(Watch &watch)
{
    const bool isPrimary = &watch == m_primary.get();
    const History none;
    const Judgement judgement = isPrimary ? judgePrimary(watch.history)
                                          : judgeReplica(m_primary ? m_primary->history : none,
                                                         watch.history, m_lag, watch.content);
    const Stretch &stretch = watch.history.newest();
    const qint64 age = m_clock.steadyNanoseconds() - stretch.at;
    watch.newest = NodeSample{.node = watch.node.text,
                              .role = watch.node.role,
                              .at = stretch.at,
                              .wallAt = m_clock.wallNanoseconds() - age,
                              .index = stretch.failure ? std::nullopt : stretch.index,
                              .logId = watch.history.logId(),
                              .roundTripNanoseconds = watch.roundTrip,
                              .judgement = judgement};
    // A replica cannot be judged before its primary has been asked.
    if (!isPrimary && m_primary && m_primary->history.isEmpty())
        return;
    watch.published = true;
    emit sampled(*watch.newest);
    if (!isPrimary)
        return;
    const auto watches = m_watches; // who hears sampled() may set other nodes
    for (const auto &other : watches) {
        if (other->newest && !other->published)
            publish(*other);
    }
}

} // namespace edgewise::replication
