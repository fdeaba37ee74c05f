// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/bucketbar.h>
#include <theme/appearance.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using flagspage::BucketRun;

class TestBucketBar : public QObject {
    Q_OBJECT

    static QList<int> widths(const QList<BucketRun> &runs)
    {
        QList<int> result;
        for (const BucketRun &run : runs)
            result.append(run.buckets);
        return result;
    }

private slots:
    void cutsPercentagesAsFliptDoes_data()
    {
        QTest::addColumn<QList<double>>("percentages");
        QTest::addColumn<QList<int>>("buckets");
        QTest::newRow("halves") << QList<double>{50, 50} << QList<int>{500, 500};
        QTest::newRow("thirds leave one")
            << QList<double>{33.33, 33.33, 33.34} << QList<int>{333, 333, 333, 1};
        QTest::newRow("under 100") << QList<double>{50, 30} << QList<int>{500, 300, 200};
        QTest::newRow("over 100") << QList<double>{80, 40} << QList<int>{800, 200};
        QTest::newRow("too small for a bucket") << QList<double>{0.05} << QList<int>{0, 1000};
        QTest::newRow("float32") << QList<double>{64.3} << QList<int>{643, 357};
        QTest::newRow("nonsense") << QList<double>{-5, 1e300} << QList<int>{0, 1000};
    }
    void cutsPercentagesAsFliptDoes()
    {
        QFETCH(QList<double>, percentages);
        flags::Flag flag;
        flags::Rule rule;
        for (const double percentage : std::as_const(percentages)) {
            flags::Variant variant;
            variant.key = u"v%1"_qs.arg(flag.variants.size());
            variant.id = VariantId(variant.key);
            flag.variants.push_back(variant);
            flags::Distribution distribution;
            distribution.variant = variant.id;
            distribution.rollout = percentage;
            rule.distributions.push_back(distribution);
        }
        QTEST(widths(flagspage::runsOf(rule, flag)), "buckets");
    }

    void variantsKeepTheirColour()
    {
        flags::Flag flag;
        flag.variants.resize(2);
        flag.variants[0].id = VariantId(u"a"_qs);
        flag.variants[1].id = VariantId(u"b"_qs);
        flag.variants[1].key = u"second"_qs;
        flags::Rule rule;
        rule.distributions.resize(2);
        rule.distributions[0].variant = VariantId(u"b"_qs);
        rule.distributions[0].rollout = 10;
        rule.distributions[1].variant = VariantId(u"of another flag"_qs);
        rule.distributions[1].rollout = 10;
        const QList<BucketRun> runs = flagspage::runsOf(rule, flag);
        QCOMPARE(runs[0].colour, 1);
        QCOMPARE(runs[0].label, u"second"_qs);
        QCOMPARE(runs[1].label, u"of another flag"_qs);
        QCOMPARE(runs[2].colour, -1);
    }

    void thresholdsTakeWholeBuckets_data()
    {
        QTest::addColumn<double>("percentage");
        QTest::addColumn<QList<int>>("buckets");
        QTest::newRow("quarter") << 25.0 << QList<int>{25, 75};
        QTest::newRow("half a percent serves one") << 0.5 << QList<int>{1, 99};
        QTest::newRow("never") << 0.0 << QList<int>{100};
        QTest::newRow("always") << 99.5 << QList<int>{100};
        QTest::newRow("beyond") << 140.0 << QList<int>{100};
    }
    void thresholdsTakeWholeBuckets()
    {
        QFETCH(double, percentage);
        QTEST(widths(flagspage::runsOf(flags::Threshold{{}, percentage, true})), "buckets");
    }

    void tellsTheRunsInWords()
    {
        theme::Appearance appearance;
        flagspage::BucketBar bar(appearance);
        bar.setRuns({{u"one-page"_qs, 500, 0}, {u"no variant"_qs, 500, -1}}, 1000);
        QCOMPARE(bar.accessibleName(),
                 u"one-page: 50 %, buckets 0 to 499; no variant: 50 %, buckets 500 to 999"_qs);
        bar.resize(400, bar.sizeHint().height());
        const QImage image = bar.grab().toImage();
        QCOMPARE(image.pixelColor(100, bar.height() / 2), appearance.theme().variant(0));
    }
};

QTEST_MAIN(TestBucketBar)
#include "tst_bucketbar.moc"
