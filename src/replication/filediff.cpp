// SPDX-License-Identifier: GPL-3.0-or-later
#include "replication/filediff.h"

#include "replication/cells.h"

#include <base/whenready.h>

namespace edgewise::replication {

namespace {

constexpr int pairsAtOnce = 4000;
// Below it a second look at the files costs more than it saves.
constexpr qint64 rowsWorthTwoThreads = 20'000;

RowDifference differenceOf(const store::FileComparison::Pair &pair)
{
    using Kind = RowDifference::Kind;
    RowDifference difference{.kind = Kind::Changed, .a = pair.a, .b = pair.b, .changed = {}};
    if (pair.a.isEmpty() || pair.b.isEmpty()) {
        difference.kind = pair.b.isEmpty() ? Kind::OnlyA : Kind::OnlyB;
        return difference;
    }
    for (qsizetype i = 0; i < pair.a.size(); ++i) {
        if (!isSameCell(pair.a[i], pair.b[i]))
            difference.changed.append(int(i));
    }
    return difference;
}

} // namespace

FileDiff::FileDiff(const store::Source &a, const store::Source &b, const store::TableInfo &table,
                   QObject *parent)
    : QObject(parent), m_a(a), m_b(b), m_table(table)
{
}

FileDiff::~FileDiff() = default;

void FileDiff::start()
{
    m_parts.resize(1);
    m_parts[0].comparison = std::make_unique<store::FileComparison>(m_a, m_b, m_table);
    using Extent = Result<std::optional<store::FileComparison::Extent>>;
    whenReady(m_parts[0].comparison->extent(), this, [this](const Extent &extent) {
        if (!extent)
            fail(extent.error());
        else if (*extent)
            begin(**extent);
        else
            emit unsuitable();
    });
}

void FileDiff::begin(const store::FileComparison::Extent &extent)
{
    m_rowsA = extent.rowsA;
    if (extent.rowsA < rowsWorthTwoThreads)
        return ask(0);
    m_parts.resize(2);
    Part &second = m_parts[1];
    m_parts[0].range.upTo = second.range.after = extent.middle;
    second.comparison = std::make_unique<store::FileComparison>(m_a, m_b, m_table);
    using Extent = Result<std::optional<store::FileComparison::Extent>>;
    whenReady(second.comparison->extent(), this,
              [this](const Extent &other) { other ? ask(1) : fail(other.error()); });
    ask(0);
}

void FileDiff::ask(size_t part)
{
    Part &own = m_parts[part];
    own.asked = true;
    whenReady(own.comparison->differences(own.range, pairsAtOnce), this,
              [this, part](const Result<Pairs> &pairs) {
                  pairs ? take(part, *pairs) : fail(pairs.error());
              });
}

void FileDiff::take(size_t part, const Pairs &pairs)
{
    if (m_ended)
        return;
    Part &own = m_parts[part];
    own.asked = false;
    own.last = pairs.size() < pairsAtOnce;
    own.waiting = pairs;
    if (!own.last)
        own.range.after = pairs.last().key;
    if (part == m_current)
        advance();
}

void FileDiff::advance()
{
    while (m_current < m_parts.size()) {
        Part &own = m_parts[m_current];
        if (own.asked || (own.waiting.isEmpty() && !own.last))
            return;
        const Pairs pairs = std::exchange(own.waiting, {});
        if (!own.last)
            ask(m_current); // under way while the receiver works
        tell(pairs);
        if (!own.last || m_ended)
            return;
        ++m_current;
    }
    m_summary.counts.same =
        std::max(0LL, m_rowsA - m_summary.counts.changed - m_summary.counts.onlyA);
    whenReady(m_parts[0].comparison->isUnchanged(), this, [this](const Result<bool> &unchanged) {
        if (!unchanged)
            return fail(unchanged.error());
        if (std::exchange(m_ended, true))
            return;
        m_summary.exact = *unchanged;
        emit finished(m_summary);
    });
}

void FileDiff::tell(const Pairs &pairs)
{
    QList<RowDifference> differences;
    differences.reserve(pairs.size());
    for (const store::FileComparison::Pair &pair : pairs) {
        differences.append(differenceOf(pair));
        m_summary.counts.add(differences.last().kind);
    }
    if (!differences.isEmpty())
        emit rows(differences);
}

void FileDiff::fail(const Error &error)
{
    if (!std::exchange(m_ended, true))
        emit finished(error);
}

} // namespace edgewise::replication
