// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/byteserver.h>

#include <hrana/cursor.h>
#include <hrana/httptransport.h>
#include <support/sqldnode.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::hrana;
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<Cursor> makeCursor(const QUrl &url)
{
    Endpoint endpoint;
    endpoint.url = url;
    return std::make_unique<Cursor>(
        endpoint,
        std::make_unique<HttpTransport>(endpoint,
                                        HttpLimits{.headBytes = 1000, .bodyBytes = 10'000}),
        10000);
}

Statement statement(const QString &sql)
{
    Statement result;
    result.sql = sql;
    return result;
}

} // namespace

class TestCursor : public QObject {
    Q_OBJECT

private slots:
    void readsRowsAsTheyCome()
    {
        const test::SqldNode node;
        auto cursor = makeCursor(node.url());
        // Far more bytes than the limit for what may lie around.
        const auto opened = cursor->open(statement(
            u"with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) "
            "select i, i * 0.5, 'text ' || i, null from n"_qs));
        QVERIFY2(opened.has_value(), qPrintable(opened ? QString() : opened.error().detail));
        QCOMPARE(cursor->columns().size(), size_t(4));
        std::vector<Value> cells;
        for (qint64 i = 1; i <= 5000; ++i) {
            const auto more = cursor->next(cells);
            QVERIFY(more.has_value() && *more);
            QVERIFY(cells[0] == Value(i));
            QVERIFY(cells[2] == Value(u"text %1"_qs.arg(i)));
        }
        QCOMPARE(cursor->next(cells).value(), false);
        QCOMPARE(cursor->next(cells).value(), false);
    }

    void tellsErrors()
    {
        const test::SqldNode node;
        QVERIFY(!makeCursor(node.url())->open(statement(u"selec 1"_qs)).has_value());
        const auto missing = makeCursor(node.url())->open(statement(u"select * from nowhere"_qs));
        QVERIFY(!missing.has_value());
        QVERIFY(missing.error().detail.contains(u"nowhere"));
        // After rows have come.
        auto cursor = makeCursor(node.url());
        QVERIFY(cursor->open(statement(u"select 1 union all select abs(-9223372036854775808)"_qs)));
        std::vector<Value> cells;
        QVERIFY(cursor->next(cells).value());
        const auto failed = cursor->next(cells);
        QVERIFY(!failed.has_value());
        QVERIFY(failed.error().detail.contains(u"overflow"));
    }

    void refusesWhatIsNoCursor_data()
    {
        QTest::addColumn<QByteArray>("body");
        const QByteArray begin(
            "{\"baton\":\"b\"}\n"
            "{\"type\":\"step_begin\",\"step\":0,\"cols\":[{\"name\":\"a\"}]}\n");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no columns") << QByteArray("{\"baton\":\"b\"}\n{\"type\":\"step_end\"}\n");
        QTest::newRow("no JSON") << QByteArray("hello\n");
        QTest::newRow("broken off") << begin + "{\"type\":\"row\",\"row\":[{\"type\":\"null\"}]}\n";
        QTest::newRow("half a line") << begin + "{\"type\":\"row\"";
        QTest::newRow("row too long")
            << begin + "{\"type\":\"row\",\"row\":[{\"type\":\"null\"},{\"type\":\"null\"}]}\n";
        QTest::newRow("row too long, then a good one")
            << begin
                   + "{\"type\":\"row\",\"row\":[{\"type\":\"null\"},{\"type\":\"null\"}]}\n"
                     "{\"type\":\"row\",\"row\":[{\"type\":\"null\"}]}\n";
        QTest::newRow("unknown entry") << begin + "{\"type\":\"news\"}\n";
        QTest::newRow("batch failed")
            << begin + "{\"type\":\"error\",\"error\":{\"message\":\"m\"}}\n";
        QTest::newRow("line without an end") << begin + QByteArray(50'000, ' ');
    }
    void refusesWhatIsNoCursor()
    {
        QFETCH(QByteArray, body);
        test::ByteServer server({test::httpAnswer("200 OK", body)});
        auto cursor = makeCursor(server.url());
        if (!cursor->open(statement(u"select 1"_qs)))
            return;
        std::vector<Value> cells;
        for (int i = 0; i < 3; ++i) {
            if (const auto more = cursor->next(cells); !more) {
                QCOMPARE(cursor->next(cells).value(), false);
                return;
            } else {
                QVERIFY(*more);
            }
        }
        QFAIL("The rows ended as if all were well.");
    }
};

QTEST_GUILESS_MAIN(TestCursor)
#include "tst_cursor.moc"
