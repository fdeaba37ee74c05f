// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and saving 10,000 flags with 100,000 dependent rows on real sqld nodes.
#include "curlclient.h"
#include "largenode.h"
#include "measure.h"

#include <changes/changeset.h>
#include <sqldriver/variants.h>
#include <store/completion.h>
#include <store/writeplan.h>

#include <QCoreApplication>

#include <array>

using namespace edgewise;
using namespace edgewise::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr int flagCount = largeFlagCount;

template <typename T>
T take(QFuture<Result<T>> future)
{
    Result<T> result = future.takeResult();
    if (!result)
        qFatal("%s: %s", qPrintable(result.error().step), qPrintable(result.error().detail));
    return *std::move(result);
}

QList<hrana::Value> toValues(const QVariantList &arguments)
{
    QList<hrana::Value> values;
    for (const QVariant &argument : arguments)
        values.append(*sqldriver::toValue(argument));
    return values;
}

flags::Snapshot readFrom(LargeNode &node, const flags::Snapshot &previous = {})
{
    flags::Snapshot snapshot = take(node.connection().read(previous)).snapshot;
    qsizetype flags = 0;
    for (const auto &nameSpace : snapshot.namespaces)
        flags += qsizetype(nameSpace->flags.size());
    if (flags != flagCount)
        qFatal("%lld flags", flags);
    return snapshot;
}

/// Milliseconds of reading it all; the peer only fetches the same rows in windows of 10,000.
Figures readSnapshot()
{
    LargeNode node;
    CurlClient curl(node.url());
    struct Fetched {
        const char *table;
        const char *columns;
        int rows;
    };
    static constexpr std::array tables{Fetched{"segments", "rowid, *", flagCount / 2},
                                       Fetched{"constraints", "rowid, *", flagCount},
                                       Fetched{"flags", "rowid, *", flagCount},
                                       Fetched{"variants", "rowid, *", 3 * flagCount},
                                       Fetched{"rules", "rowid, *", 2 * flagCount},
                                       Fetched{"rule_segments", "rowid, *", 2 * flagCount},
                                       Fetched{"distributions", "rowid, *", 2 * flagCount}};
    const auto fetch = [&] {
        constexpr int window = 10'000;
        for (const Fetched &table : tables) {
            for (int after = 0; after < table.rows; after += window)
                curl.execute(
                    u"SELECT %1 FROM %2 WHERE rowid > %3 ORDER BY rowid LIMIT %4"_qs
                        .arg(QLatin1StringView(table.columns), QLatin1StringView(table.table))
                        .arg(after)
                        .arg(window)
                        .toUtf8());
        }
    };
    return interleaved([&] { return 1000 * seconds([&] { readFrom(node); }); },
                       [&] { return 1000 * seconds(fetch); });
}

/// Megabytes that a second snapshot adds, read from another node with the same content.
Figures snapshotMemory()
{
    LargeNode primary;
    LargeNode other;
    const flags::Snapshot first = readFrom(primary);
    // Buffers that a reading leaves behind are there before the second one counts.
    readFrom(other, first);
    const qint64 before = currentMemory();
    const flags::Snapshot second = readFrom(other, first);
    // Each node has times of its own for its namespace.
    if (second.namespaces.front()->flags != first.namespaces.front()->flags
        || second.namespaces.front()->segments != first.namespaces.front()->segments)
        qFatal("the nodes differ");
    return {double(std::max<qint64>(0, currentMemory() - before)) / 1e6};
}

/// Milliseconds of finding 100 differences between the snapshots of two nodes that share nothing.
Figures diffSnapshots()
{
    LargeNode primary;
    LargeNode other;
    other.node().execute({u"update flags set name = name || ' changed' where rowid % 100 = 7"_qs});
    const flags::Snapshot a = readFrom(primary);
    const flags::Snapshot b = readFrom(other);
    return interleaved(
        [&] {
            return 1000 * seconds([&] {
                       if (changes::diff(a, b).changes.size() != 100)
                           qFatal("not 100 differences");
                   });
        },
        {});
}

/// Each round renames the next 1,000 flags, on a node for each client.
Figures saveThousand()
{
    LargeNode node;
    LargeNode peerNode;
    CurlClient curl(peerNode.url());
    const SystemClock clock;
    struct Side {
        LargeNode &node;
        flags::Snapshot base;
        int round = 0;

        changes::ChangeSet nextChanges()
        {
            constexpr int count = 1000;
            flags::Snapshot edited = base;
            auto nameSpace = std::make_shared<flags::Namespace>(*edited.namespaces.front());
            const int first = round++ % (flagCount / count) * count;
            for (int i = first; i < first + count; ++i) {
                auto flag = std::make_shared<flags::Flag>(*nameSpace->flags[size_t(i)]);
                flag->name = u"Renamed in round %1"_qs.arg(round);
                nameSpace->flags[size_t(i)] = flag;
            }
            edited.namespaces.front() = nameSpace;
            return changes::diff(base, edited);
        }
    };
    Side ours{node, readFrom(node)};
    Side peer{peerNode, readFrom(peerNode)};
    return interleaved(
        [&] {
            const changes::ChangeSet changes = ours.nextChanges();
            const double taken =
                1000 * seconds([&] { take(node.connection().write(changes, ours.base)); });
            ours.base = readFrom(node, ours.base);
            return taken;
        },
        [&] {
            const auto plan = store::planWrite(peer.nextChanges(), peer.base,
                                               clock.wallNanoseconds(), store::randomId);
            if (!plan)
                qFatal("%s", qPrintable(plan.error().detail));
            std::vector<hrana::Statement> statements;
            for (const store::WriteStatement &statement : plan->statements)
                statements.push_back({.sql = statement.sql,
                                      .arguments = toValues(statement.arguments),
                                      .namedArguments = {}});
            const double taken = 1000 * curl.writeBatch(std::move(statements));
            peer.base = readFrom(peerNode, peer.base);
            return taken;
        });
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return measureRows(argc, argv,
                       {{"snapshot", readSnapshot},
                        {"snapshot-memory", snapshotMemory},
                        {"diff", diffSnapshots},
                        {"save-thousand", saveThousand}});
}
