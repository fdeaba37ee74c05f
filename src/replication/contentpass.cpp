// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/contentpass.h"

#include <base/whenready.h>

#include <algorithm>

namespace edgewise::replication {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 retryNanoseconds = 3'000'000'000;
constexpr qint64 mendingNanoseconds = 10'000'000'000; // what differed may have been mended
constexpr int restPerLook = 20;

} // namespace

ContentPass::ContentPass(Sampler &sampler, const Clock &clock, QObject *parent)
    : QObject(parent), m_sampler(sampler), m_clock(clock)
{
    connect(&sampler, &Sampler::sampled, this, &ContentPass::take);
}

ContentPass::~ContentPass() = default;

void ContentPass::setNodes(const Node &primary, const QList<Node> &replicas)
{
    m_diff.reset();
    m_current = nullptr;
    ++m_number;
    m_primary = primary;
    m_replicas.clear();
    for (const Node &node : replicas)
        m_replicas.push_back({.node = node, .logId = {}, .notBefore = 0});
}

void ContentPass::take(const NodeSample &sample)
{
    const bool concerns =
        sample.node == m_primary.text || (m_current && sample.node == m_current->node.text);
    if (m_current && concerns && sample.index != m_index)
        giveUp();
    const auto replica =
        std::find_if(m_replicas.begin(), m_replicas.end(),
                     [&sample](const Replica &known) { return known.node.text == sample.node; });
    if (replica == m_replicas.end() || !m_primary.connection)
        return;
    switch (sample.judgement.state) {
    case State::Unreachable:
        replica->notBefore = 0; // who knows what was done to it meanwhile
        return;
    case State::InSync:
    case State::Diverged: // it may have been mended
        break;
    default:
        return;
    }
    if (m_current || !sample.index || sample.logId.isEmpty() || sample.at < replica->notBefore)
        return;
    replica->logId = sample.logId;
    m_index = sample.index;
    begin(*replica);
}

void ContentPass::begin(Replica &replica)
{
    m_current = &replica;
    m_begun = m_clock.steadyNanoseconds();
    m_differences.clear();
    const int number = ++m_number;
    using Tables = Result<QList<store::TableInfo>>;
    whenReady(m_primary.connection->tables(), this, [this, number](const Tables &a) {
        if (number != m_number)
            return;
        if (!a)
            return giveUp();
        whenReady(m_current->node.connection->tables(), this, [this, number, a](const Tables &b) {
            if (number != m_number)
                return;
            b ? takeTables(*a, *b) : giveUp();
        });
    });
}

void ContentPass::takeTables(const QList<store::TableInfo> &a, const QList<store::TableInfo> &b)
{
    m_tables.clear();
    for (const store::TableInfo &table : a) {
        if (b.contains(table)) // another schema at one index is on its way, or will be told by rows
            m_tables.append(table.name);
    }
    next();
}

void ContentPass::next()
{
    if (m_tables.isEmpty())
        return conclude();
    m_diff = std::make_unique<TableDiff>(*m_primary.connection, *m_current->node.connection,
                                         m_tables.takeFirst());
    m_diff->setOnlyDifferences(true);
    connect(m_diff.get(), &TableDiff::finished, this, &ContentPass::takeTable);
    m_diff->start();
}

void ContentPass::takeTable(const Result<TableDiffSummary> &summary)
{
    m_diff.release()->deleteLater(); // it is the caller
    if (!summary || !summary->isSamePosition() || summary->b.index != m_index)
        return giveUp();
    const RowCounts &counts = summary->counts;
    if (!counts.isEqual())
        m_differences.append(u"table %1: %2 of its rows differ"_qs.arg(
            summary->table.name, QString::number(counts.changed + counts.onlyA + counts.onlyB)));
    next();
}

void ContentPass::conclude()
{
    Replica &replica = *std::exchange(m_current, nullptr);
    ++m_number;
    const qint64 now = m_clock.steadyNanoseconds();
    const qint64 rest = m_differences.isEmpty() ? m_rest : std::min(m_rest, mendingNanoseconds);
    replica.notBefore = now + std::max(rest, restPerLook * (now - m_begun));
    m_sampler.setContentCheck(replica.node.text, {.logId = replica.logId,
                                                  .index = *m_index,
                                                  .equal = m_differences.isEmpty(),
                                                  .difference = m_differences.join(u", "),
                                                  .table = {}});
    emit compared(replica.node.text, m_differences.isEmpty());
}

void ContentPass::giveUp()
{
    m_diff.reset();
    ++m_number;
    if (Replica *replica = std::exchange(m_current, nullptr))
        replica->notBefore = m_clock.steadyNanoseconds() + retryNanoseconds;
}

} // namespace edgewise::replication
