// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outcomelag.h"

#include <base/whenready.h>
#include <evaluation/compare.h>
#include <evaluation/populationplan.h>
#include <workspace/namedvalues.h>

#include <QPromise>

#include <algorithm>

namespace edgewise::models {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostEvaluations = 1'000'000; // less than a second
constexpr qint64 fewestUsers = 100;
constexpr double withoutValue = 0.25;

evaluation::PopulationPlan planFor(const flags::Snapshot &snapshot, qint64 users)
{
    evaluation::PopulationPlan plan;
    plan.count = users;
    plan.ids = {
        .form = evaluation::EntityIds::Form::Pattern, .first = 1, .pattern = u"user-{n}"_qs};
    QMap<QString, QStringList> values;
    for (const auto &nameSpace : snapshot.namespaces) {
        const QMap<QString, QStringList> named = workspace::namedValues(*nameSpace);
        for (auto property = named.begin(); property != named.end(); ++property)
            values[property.key()] += *property;
    }
    for (auto property = values.begin(); property != values.end(); ++property) {
        property->removeDuplicates();
        evaluation::Choice choice;
        for (const QString &value : std::as_const(*property))
            choice.options.push_back({.value = value, .weight = 1});
        if (!choice.options.empty())
            plan.attributes.push_back(
                {.name = property.key(), .missing = withoutValue, .values = choice});
    }
    return plan;
}

struct Compared {
    std::shared_ptr<const evaluation::Program> primary;
    std::shared_ptr<const evaluation::Program> replica;
    std::optional<OutcomeShare> share;
};

} // namespace

std::optional<OutcomeShare> outcomeShare(const evaluation::Program &primary,
                                         const evaluation::Program &replica,
                                         const flags::Snapshot &snapshot, qint64 users,
                                         evaluation::Progress &progress)
{
    const auto flags = evaluation::changedFlags(primary, replica);
    if (!flags.empty())
        users =
            std::clamp(mostEvaluations / qint64(flags.size()), std::min(users, fewestUsers), users);
    OutcomeShare share{.moved = 0, .users = users, .flags = 0};
    if (flags.empty())
        return share;
    const auto population = evaluation::generatedPopulation(planFor(snapshot, users));
    std::string last; // an entity's moves come one after the other
    const auto movement = evaluation::compare(primary, replica, flags, *population, progress,
                                              [&](evaluation::Move &&move) {
                                                  if (move.entity == last)
                                                      return;
                                                  last = std::move(move.entity);
                                                  ++share.moved;
                                              });
    if (!movement)
        return std::nullopt;
    share.flags =
        std::count_if(movement->flags.begin(), movement->flags.end(),
                      [](const evaluation::FlagMovement &flag) { return flag.moved > 0; });
    return share;
}

struct OutcomeLag::State {
    QString node;
    std::optional<OutcomeShare> share;
    std::shared_ptr<const evaluation::Program> primary; ///< of the last comparison, as is the next
    std::shared_ptr<const evaluation::Program> replica;
    bool isRunning = false;
    bool again = false; ///< something moved meanwhile
};

OutcomeLag::OutcomeLag(const workspace::Workspace &workspace, qint64 users, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_users(users),
      m_progress(std::make_shared<evaluation::Progress>())
{
    m_pool.setMaxThreadCount(1);
    const QList<workspace::SnapshotFeed *> replicas = workspace.replicas();
    for (int i = 0; i < replicas.size(); ++i) {
        m_states.push_back(std::make_unique<State>());
        m_states.back()->node = replicas[i]->source().text;
        const auto lookAtIt = [this, i] { look(i); };
        connect(replicas[i], &workspace::SnapshotFeed::readingChanged, this, lookAtIt);
        connect(replicas[i], &workspace::SnapshotFeed::stateChanged, this, lookAtIt);
        connect(&workspace.primary(), &workspace::SnapshotFeed::readingChanged, this, lookAtIt);
        look(i);
    }
}

OutcomeLag::~OutcomeLag()
{
    m_progress->isCancelled = true;
}

std::optional<OutcomeShare> OutcomeLag::share(const QString &node) const
{
    for (const auto &state : m_states) {
        if (state->node == node)
            return state->share;
    }
    return std::nullopt;
}

void OutcomeLag::look(int replica)
{
    State &state = *m_states[size_t(replica)];
    const workspace::SnapshotFeed &feed = *m_workspace.replicas().at(replica);
    if (!feed.hasReading() || feed.state() == workspace::SnapshotFeed::State::Error) {
        if (std::exchange(state.share, std::nullopt))
            emit changed(state.node);
        return;
    }
    if (!m_workspace.primary().hasReading())
        return;
    state.again = true;
    if (!state.isRunning)
        begin(replica);
}

void OutcomeLag::begin(int replica)
{
    State &state = *m_states[size_t(replica)];
    state.isRunning = true;
    state.again = false;
    auto promise = std::make_shared<QPromise<Compared>>();
    promise->start();
    whenReady(promise->future(), this, [this, replica](const Compared &outcome) {
        State &own = *m_states[size_t(replica)];
        own.isRunning = false;
        own.primary = outcome.primary;
        own.replica = outcome.replica;
        const auto &feed = *m_workspace.replicas().at(replica);
        const bool answers = feed.state() != workspace::SnapshotFeed::State::Error;
        if (own.again && answers)
            begin(replica);
        if (!answers || !outcome.share || own.share == outcome.share)
            return;
        own.share = outcome.share;
        emit changed(own.node);
    });
    const flags::Snapshot here = m_workspace.primary().reading().snapshot;
    const flags::Snapshot there = m_workspace.replicas().at(replica)->reading().snapshot;
    m_pool.start([promise, here, there, users = m_users, progress = m_progress,
                  primary = state.primary, old = state.replica] {
        Compared outcome;
        outcome.primary = evaluation::compile(here, primary);
        outcome.replica = evaluation::compile(there, old ? old : outcome.primary);
        outcome.share = outcomeShare(*outcome.primary, *outcome.replica, here, users, *progress);
        promise->addResult(std::move(outcome));
        promise->finish();
    });
}

} // namespace edgewise::models
