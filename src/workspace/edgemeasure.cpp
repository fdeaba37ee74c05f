// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/edgemeasure.h"

#include <base/whenready.h>
#include <evaluation/json.h>

#include <algorithm>
#include <cmath>

namespace edgewise::workspace {

using namespace Qt::StringLiterals;

namespace {

QString entityName(int number)
{
    return u"edge-%1"_qs.arg(number);
}

} // namespace

struct EdgeMeasure::Target {
    QString name;
    std::unique_ptr<flipt::FliptClient> client;
    std::vector<qint64> times;
    size_t place = 0; ///< in m_flipts
};

std::optional<LatencyFigures> latencyFigures(const QString &name, std::vector<qint64> times)
{
    if (times.empty())
        return std::nullopt;
    std::sort(times.begin(), times.end());
    const auto at = [&times](double part) {
        const auto rank = size_t(std::ceil(part * double(times.size())));
        return times[std::clamp<size_t>(rank, 1, times.size()) - 1];
    };
    return LatencyFigures{.name = name,
                          .failure = {},
                          .median = at(0.5),
                          .worst = at(0.99),
                          .count = int(times.size())};
}

EdgeMeasure::EdgeMeasure(const QList<FliptFeed::Address> &flipts, const flags::Snapshot &snapshot,
                         int count, const Clock &clock, QObject *parent)
    : QObject(parent), m_clock(clock), m_count(std::max(1, count))
{
    const auto choose = [&](flags::FlagType type) {
        for (const auto &nameSpace : snapshot.namespaces) {
            for (const auto &flag : nameSpace->flags) {
                if (flag->type != int(type) || !m_flag.isEmpty()
                    || (type == flags::VariantFlag && !flag->enabled))
                    continue;
                m_nameSpace = nameSpace->key.text();
                m_flag = flag->key.text();
                m_isVariant = type == flags::VariantFlag;
            }
        }
    };
    choose(flags::VariantFlag);
    choose(flags::BooleanFlag);
    m_model = m_isVariant ? variantOnRdbms : booleanOnRdbms;
    m_flipts.resize(size_t(flipts.size()));
    for (const FliptFeed::Address &address : flipts) {
        auto target = std::make_unique<Target>();
        target->name = address.name;
        target->client = address.connect(m_clock);
        target->place = m_targets.size();
        m_targets.push_back(std::move(target));
    }
    if (!m_flag.isEmpty())
        timeEngine(snapshot);
}

EdgeMeasure::~EdgeMeasure() = default;

flipt::Question EdgeMeasure::question(int number) const
{
    return {.kind = m_isVariant ? flipt::Question::Kind::Variant : flipt::Question::Kind::Boolean,
            .requests = {{.nameSpace = NamespaceKey(m_nameSpace),
                          .flag = FlagKey(m_flag),
                          .entity = entityName(number),
                          .context = {}}}};
}

void EdgeMeasure::timeEngine(const flags::Snapshot &snapshot)
{
    const auto program = evaluation::compile(snapshot);
    const std::string nameSpace = m_nameSpace.toStdString(), flag = m_flag.toStdString();
    evaluation::Outcome outcome;
    std::vector<qint64> times;
    for (int i = 0; i < m_count; ++i) {
        const std::string entity = entityName(i).toStdString();
        const evaluation::Request request{.kind = evaluation::Request::Kind::ByFlag,
                                          .nameSpace = nameSpace,
                                          .flag = flag,
                                          .entity = entity,
                                          .context = {}};
        const qint64 before = m_clock.steadyNanoseconds();
        evaluation::evaluate(*program, request, outcome);
        times.push_back(m_clock.steadyNanoseconds() - before);
    }
    m_engine = *latencyFigures(tr("the engine here"), std::move(times));
}

bool EdgeMeasure::start()
{
    if (m_flag.isEmpty())
        return false;
    m_running = int(m_targets.size());
    for (const auto &target : m_targets)
        ask(*target);
    if (m_running == 0)
        QMetaObject::invokeMethod(this, &EdgeMeasure::finished, Qt::QueuedConnection);
    return true;
}

void EdgeMeasure::ask(Target &target)
{
    whenReady(flipt::ask(*target.client, question(int(target.times.size()))), this,
              [this, &target](const Result<flipt::Timed<flipt::Reply>> &reply) {
                  LatencyFigures &figures = m_flipts[target.place];
                  if (reply)
                      target.times.push_back(reply->nanoseconds());
                  if (reply && int(target.times.size()) < m_count)
                      return ask(target);
                  if (reply)
                      figures = *latencyFigures(target.name, target.times);
                  else
                      figures = {.name = target.name, .failure = reply.error()};
                  if (--m_running == 0)
                      emit finished();
              });
}

} // namespace edgewise::workspace
