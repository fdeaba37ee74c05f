// SPDX-License-Identifier: GPL-3.0-or-later
// Row differences and sampling. EDGEWISE_SQLDIFF names the program sqldiff, the peer for files.
#include "curlclient.h"
#include "measure.h"

#include <support/sqldnode.h>

#include <replication/sampler.h>
#include <replication/tablediff.h>

#include <QCoreApplication>
#include <QEventLoop>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTimer>

#include <thread>

using namespace edgewise;
using namespace edgewise::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr int million = 1'000'000;
constexpr int hundredThousand = 100'000;

const QString createTable = u"create table t(id integer primary key, a text, b real, c text)"_qs;

QString fillTable(int rows)
{
    return u"insert into t with recursive n(i) as (select 1 union all select i+1 from n where i < "
           "%1) select i, 'text ' || i, i * 1.25, 'a longer text for row ' || i from n"_qs.arg(
               rows);
}

/// What makes the second side differ: about one row in a thousand.
const QStringList edits{u"update t set a = 'changed' where id % 1250 = 3"_qs,
                        u"insert into t select -id, a, b, c from t where id <= 100"_qs,
                        u"delete from t where id % 5000 = 7"_qs};

void execute(const QString &path, const QStringList &statements)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_qs, path);
        database.setDatabaseName(path);
        if (!database.open() || !database.transaction())
            qFatal("%s", qPrintable(database.lastError().text()));
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            if (!query.exec(statement))
                qFatal("%s", qPrintable(query.lastError().text()));
        }
        database.commit();
    }
    QSqlDatabase::removeDatabase(path);
}

/// The counts of a comparison of table t, run to its end.
replication::RowCounts compare(store::Connection &a, store::Connection &b)
{
    replication::TableDiff diff(a, b, u"t"_qs);
    diff.setOnlyDifferences(true);
    QEventLoop loop;
    replication::RowCounts counts;
    QObject::connect(&diff, &replication::TableDiff::finished, &loop,
                     [&](const Result<replication::TableDiffSummary> &summary) {
                         if (!summary)
                             qFatal("%s", qPrintable(summary.error().detail));
                         counts = summary->counts;
                         loop.quit();
                     });
    diff.start();
    loop.exec();
    return counts;
}

store::Connection openReader(const QString &text, const Clock &clock)
{
    return {*store::Source::parse(text),
            {.token = {}, .readOnly = true, .deadlineMilliseconds = 60'000},
            clock};
}

void checkCounts(const replication::RowCounts &counts, int rows)
{
    if (counts.changed != rows / 1250 || counts.onlyA != rows / 5000 || counts.onlyB != 100)
        qFatal("%lld changed, %lld and %lld on one side", counts.changed, counts.onlyA,
               counts.onlyB);
}

/// Seconds for two files of a million rows.
Figures compareFiles()
{
    const QTemporaryDir folder;
    const QString a = folder.filePath(u"a.db"_qs);
    const QString b = folder.filePath(u"b.db"_qs);
    execute(a, {createTable, fillTable(million)});
    execute(b, QStringList{createTable, fillTable(million)} + edits);
    const SystemClock clock;
    const QString sqldiff = qEnvironmentVariable("EDGEWISE_SQLDIFF");
    std::function<double()> peer;
    if (!sqldiff.isEmpty()) {
        peer = [&] {
            return seconds([&] {
                QProcess process;
                process.setStandardOutputFile(QProcess::nullDevice());
                process.start(sqldiff, {u"--table"_qs, u"t"_qs, a, b});
                if (!process.waitForFinished(60'000) || process.exitCode() != 0)
                    qFatal("sqldiff failed: %s", process.readAllStandardError().constData());
            });
        };
    }
    return interleaved(
        [&] {
            return seconds([&] {
                store::Connection left = openReader(a, clock);
                store::Connection right = openReader(b, clock);
                checkCounts(compare(left, right), million);
            });
        },
        peer, 5);
}

/// Milliseconds for 100,000 rows on two nodes; the peer fetches both tables at the same time.
Figures compareNodes()
{
    const test::SqldNode a;
    const test::SqldNode b;
    for (const test::SqldNode *node : {&a, &b})
        node->execute({createTable, fillTable(hundredThousand)});
    b.execute(edits);
    const SystemClock clock;
    store::Connection left = openReader(a.url().toString(), clock);
    store::Connection right = openReader(b.url().toString(), clock);
    const auto fetch = [](CurlClient &curl) {
        constexpr int window = 10'000;
        for (int after = -100; after < hundredThousand; after += window)
            curl.execute("SELECT * FROM t WHERE id > " + QByteArray::number(after)
                         + " ORDER BY id LIMIT " + QByteArray::number(window));
    };
    CurlClient curlA(a.url());
    CurlClient curlB(b.url());
    return interleaved(
        [&] { return 1000 * seconds([&] { checkCounts(compare(left, right), hundredThousand); }); },
        [&] {
            return 1000 * seconds([&] {
                       std::thread other([&] { fetch(curlB); });
                       fetch(curlA);
                       other.join();
                   });
        });
}

/// Per cent of a core for sampling 100 nodes once a second: a real primary and 99 connections to
/// one real replica, each of which is a node to the sampler. The servers' own time does not count.
Figures sampleHundred()
{
    constexpr int nodes = 100;
    constexpr int rounds = 5;
    constexpr int roundMilliseconds = 3000;
    const test::SqldNode primary;
    const test::SqldNode replica(primary);
    primary.execute({createTable});

    const SystemClock clock;
    replication::Sampler sampler(clock);
    QList<replication::WatchedNode> watched;
    for (int i = 0; i < nodes; ++i) {
        const bool isPrimary = i == 0;
        watched.append(
            {.text = u"node %1"_qs.arg(i),
             .url = isPrimary ? primary.url() : replica.url(),
             .token = {},
             .databaseNamespace = {},
             .role = isPrimary ? replication::Role::Primary : replication::Role::Replica});
    }
    sampler.setInterval(1000);
    sampler.setNodes(watched);
    int samples = 0;
    int unreachable = 0;
    QObject::connect(&sampler, &replication::Sampler::sampled, &sampler,
                     [&](const replication::NodeSample &sample) {
                         ++samples;
                         unreachable += sample.index ? 0 : 1;
                     });
    sampler.start();
    const auto wait = [](int milliseconds) {
        QEventLoop loop;
        QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
        loop.exec();
    };
    wait(roundMilliseconds); // connections are made, logs are asked for
    std::vector<double> shares;
    samples = unreachable = 0;
    for (int i = 0; i < rounds; ++i) {
        const double cpu = processCpuSeconds();
        const double wall = wallSeconds();
        wait(roundMilliseconds);
        shares.push_back(100 * (processCpuSeconds() - cpu) / (wallSeconds() - wall));
    }
    if (samples < nodes * (rounds * roundMilliseconds / 1000 - 2) || unreachable > samples / 100)
        qFatal("%d samples, %d of nodes that did not answer", samples, unreachable);
    return {median(shares)};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return measureRows(argc, argv,
                       {{"row-diff-files", compareFiles},
                        {"row-diff-nodes", compareNodes},
                        {"replicas-hundred", sampleHundred}});
}
