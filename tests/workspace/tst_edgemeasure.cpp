// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/httpserver.h>
#include <support/linkproxy.h>
#include <workspace/edgemeasure.h>

#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace edgewise::workspace;
using namespace Qt::StringLiterals;

namespace {

flags::Snapshot snapshotWith(flags::FlagType type)
{
    auto nameSpace = std::make_shared<flags::Namespace>();
    nameSpace->key = NamespaceKey(u"default"_qs);
    auto flag = std::make_shared<flags::Flag>();
    flag->key = FlagKey(u"asked"_qs);
    flag->type = type;
    flag->enabled = true;
    nameSpace->flags.push_back(flag);
    flags::Snapshot snapshot;
    snapshot.namespaces.push_back(nameSpace);
    return snapshot;
}

} // namespace

class TestEdgeMeasure : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;

    static test::HttpServer::Response answer(const test::HttpServer::Request &request)
    {
        const bool isVariant = request.path.endsWith("/variant");
        return {.status = 200,
                .headers = {{"Content-Type", "application/json"}},
                .body =
                    isVariant
                        ? "{\"match\":false,\"segmentKeys\":[],\"reason\":\"R\","
                          "\"variantKey\":\"\",\"variantAttachment\":\"\",\"flagKey\":\"asked\"}"
                        : "{\"enabled\":true,\"segmentKeys\":[],\"reason\":\"R\","
                          "\"flagKey\":\"asked\"}"};
    }

private slots:
    void theModelAndItsBreakEven()
    {
        QCOMPARE(variantOnRdbms.milliseconds(10), 51.8);
        QCOMPARE(variantOnRdbms.breakEven(9.3), 1.5);
        QCOMPARE(variantOnRdbms.breakEven(1.0), 0.0); // faster than an RDBMS beside it
        QCOMPARE(booleanOnRdbms.milliseconds(50), 150.9);
    }

    void figures()
    {
        std::vector<qint64> times;
        for (qint64 i = 100; i > 0; --i)
            times.push_back(i);
        const auto figures = latencyFigures(u"x"_qs, times);
        QCOMPARE(figures->median, 50);
        QCOMPARE(figures->worst, 99);
        QVERIFY(!latencyFigures(u"x"_qs, {}));
    }

    void aDelayedServerIsMeasuredWithItsDelay_data()
    {
        QTest::addColumn<int>("type");
        QTest::newRow("variant") << int(flags::VariantFlag);
        QTest::newRow("boolean") << int(flags::BooleanFlag);
    }
    void aDelayedServerIsMeasuredWithItsDelay()
    {
        QFETCH(int, type);
        constexpr int oneWay = 15; // milliseconds
        test::HttpServer server(&TestEdgeMeasure::answer);
        const test::LinkProxy link(server.url().port(), oneWay);
        EdgeMeasure measure(
            {{.name = u"near"_qs, .base = server.url()},
             {.name = u"far"_qs, .base = QUrl(u"http://127.0.0.1:%1"_qs.arg(link.port()))},
             {.name = u"nobody"_qs, .base = QUrl(u"http://127.0.0.1:1"_qs)}},
            snapshotWith(flags::FlagType(type)), 12, m_clock);
        QSignalSpy finished(&measure, &EdgeMeasure::finished);
        QVERIFY(measure.start());
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
        QCOMPARE(measure.flagKey(), u"asked"_qs);
        const auto &flipts = measure.flipts();
        QCOMPARE(flipts[0].count, 12);
        QVERIFY(flipts[1].median >= 2 * oneWay * 1'000'000);
        QVERIFY(flipts[1].worst >= flipts[1].median);
        QVERIFY(flipts[2].failure.has_value());
        QCOMPARE(flipts[2].name, u"nobody"_qs);
        QCOMPARE(measure.engine().count, 12);
        // Thirty milliseconds and more are worth their while only far from the RDBMS.
        QVERIFY(measure.model().breakEven(double(flipts[1].median) / 1e6) > 5);
    }

    void withoutAFlagNothingIsAsked()
    {
        EdgeMeasure measure({}, {}, 5, m_clock);
        QVERIFY(!measure.start());
    }
};

QTEST_GUILESS_MAIN(TestEdgeMeasure)
#include "tst_edgemeasure.moc"
