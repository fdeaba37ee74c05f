// SPDX-License-Identifier: GPL-3.0-or-later
// The driver QLIBSQL beside libcurl, on one real sqld.
#include "curlclient.h"
#include "measure.h"

#include <support/sqldnode.h>

#include <sqldriver/libsqldriver.h>

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>

using namespace edgewise;
using namespace edgewise::bench;

namespace {

constexpr int hundredThousand = 100'000;

/// A node that gives answers of any size, with a table of `rows` rows like those that the figures
/// of other clients were taken with: integer key, text, real, text, integer.
class Node {
public:
    explicit Node(int rows, const QStringList &arguments = {QStringLiteral("--max-response-size"),
                                                            QStringLiteral("1GB")})
        : m_node(arguments)
    {
        m_node.execute(
            {QStringLiteral("create table t(id integer primary key, a text, b real, c text, "
                            "d integer)"),
             QStringLiteral("insert into t with recursive n(i) as (select 1 union all select i+1 "
                            "from n where i < %1) select i, 'text number ' || i, i * 1.25, "
                            "'another, somewhat longer text for row ' || i, i * 7919 from n")
                 .arg(rows)});
    }
    QUrl url() const { return m_node.url(); }

    QSqlDatabase open() const
    {
        sqldriver::registerDriver();
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QLIBSQL"));
        database.setDatabaseName(url().toString());
        if (!database.open())
            qFatal("%s", qPrintable(database.lastError().text()));
        return database;
    }

private:
    test::SqldNode m_node;
};

void run(QSqlQuery &query, const QString &sql)
{
    if (!query.exec(sql))
        qFatal("%s", qPrintable(query.lastError().text()));
}

/// Milliseconds of a request, by the clock of `now`.
Figures roundTrip(double (*now)())
{
    const Node node(1);
    const QSqlDatabase database = node.open();
    CurlClient curl(node.url());
    constexpr int requests = 500;
    const auto perRequest = [=](const auto &ask) {
        const double start = now();
        for (int i = 0; i < requests; ++i)
            ask();
        return (now() - start) * 1000 / requests;
    };
    return interleaved(
        [&] {
            QSqlQuery query(database);
            return perRequest([&] {
                run(query, QStringLiteral("SELECT 1"));
                if (!query.next() || query.value(0).toInt() != 1)
                    qFatal("no answer");
            });
        },
        [&] { return perRequest([&] { curl.execute("SELECT 1"); }); });
}

/// Milliseconds for 100,000 rows, every cell looked at, in windows by key; the peer throws one
/// answer with all of them away.
Figures readRows()
{
    const Node node(hundredThousand);
    const QSqlDatabase database = node.open();
    CurlClient curl(node.url(), CurlClient::Answers::Discarded);
    const QByteArray all = R"({"requests":[{"type":"execute","stmt":{"sql":)"
                           R"("SELECT id, a, b, c, d FROM t ORDER BY id","want_rows":true}},)"
                           R"({"type":"close"}]})";
    const auto ours = [&] {
        constexpr int window = 10'000;
        QSqlQuery query(database);
        query.setForwardOnly(true);
        query.prepare(
            QStringLiteral("SELECT id, a, b, c, d FROM t WHERE id > ? ORDER BY id LIMIT ?"));
        qint64 last = 0;
        qint64 rows = 0;
        qint64 texts = 0;
        for (bool more = true; more;) {
            query.bindValue(0, last);
            query.bindValue(1, window);
            if (!query.exec())
                qFatal("%s", qPrintable(query.lastError().text()));
            int count = 0;
            for (; query.next(); ++count) {
                last = query.value(0).toLongLong();
                texts += query.value(1).toString().size() + query.value(3).toString().size();
                texts += qint64(query.value(2).toDouble()) + query.value(4).toLongLong();
            }
            rows += count;
            more = count == window;
        }
        if (rows != hundredThousand || texts == 0)
            qFatal("%lld rows", rows);
    };
    return interleaved([&] { return 1000 * seconds(ours); },
                       [&] {
                           const double taken = 1000 * seconds([&] { curl.post(all); });
                           if (curl.receivedBytes() < 10'000'000)
                               qFatal("the answer is too short");
                           return taken;
                       });
}

/// Megabytes above idle at the peak, while a consumer that rests after every hundred rows reads a
/// million of one forward-only query.
Figures rowsMemory()
{
    constexpr qint64 million = 1'000'000;
    const Node node(int(million), {});
    const QSqlDatabase database = node.open();
    QSqlQuery query(database);
    run(query, QStringLiteral("SELECT 1"));
    query.setForwardOnly(true);
    resetPeakMemory();
    const qint64 idle = peakMemory();
    run(query, QStringLiteral("SELECT id, a, b, c, d FROM t ORDER BY id"));
    qint64 rows = 0;
    for (; query.next(); ++rows) {
        if (query.value(0).toLongLong() != rows + 1)
            qFatal("row %lld is not there", rows + 1);
        if (rows % 100 == 0)
            QThread::usleep(500);
    }
    if (rows != million)
        qFatal("%lld rows: %s", rows, qPrintable(query.lastError().text()));
    return {double(peakMemory() - idle) / 1e6};
}

/// Milliseconds of 1,000 inserts in one batch.
Figures insertThousand()
{
    const Node node(1);
    const QSqlDatabase database = node.open();
    CurlClient curl(node.url());
    CurlClient setUp(node.url());
    constexpr int count = 1000;
    const QString insert = QStringLiteral("insert into w(a, b, c) values (?, ?, ?)");
    QVariantList numbers;
    QVariantList texts;
    QVariantList reals;
    std::vector<hrana::Statement> statements;
    for (qint64 i = 0; i < count; ++i) {
        const QString text = QStringLiteral("a text for row %1").arg(i);
        numbers.append(i);
        texts.append(text);
        reals.append(double(i) / 4);
        statements.push_back(
            {.sql = insert, .arguments = {i, text, double(i) / 4}, .namedArguments = {}});
    }
    const auto empty = [&] {
        setUp.execute("drop table if exists w");
        setUp.execute("create table w(a integer, b text, c real)");
    };
    const auto ours = [&] {
        empty();
        QSqlQuery query(database);
        query.prepare(insert);
        query.addBindValue(numbers);
        query.addBindValue(texts);
        query.addBindValue(reals);
        return 1000 * seconds([&] {
                   if (!query.execBatch())
                       qFatal("%s", qPrintable(query.lastError().text()));
               });
    };
    const auto peer = [&] {
        empty();
        return 1000 * curl.writeBatch(statements);
    };
    return interleaved(ours, peer, 15);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return measureRows(argc, argv,
                       {{"round-trip", [] { return roundTrip(wallSeconds); }},
                        {"round-trip-cpu", [] { return roundTrip(processCpuSeconds); }},
                        {"rows", readRows},
                        {"rows-memory", rowsMemory},
                        {"inserts-thousand", insertThousand}});
}
