// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/split.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestSplit : public QObject {
    Q_OBJECT

    static flags::Rule rule(const std::vector<std::pair<QString, double>> &shares)
    {
        flags::Rule made;
        for (const auto &[variant, percentage] : shares)
            made.distributions.push_back(
                {DistributionId(variant + u"-id"), VariantId(variant), percentage, {}});
        return made;
    }

private slots:
    void equalSharesLeaveNoBucket_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {1, 2, 3, 6, 7, 8, 16, 999, 1000})
            QTest::addRow("%d", count) << count;
    }
    void equalSharesLeaveNoBucket()
    {
        QFETCH(int, count);
        flags::Rule made;
        made.distributions.resize(size_t(count));
        evaluation::splitEqually(made.distributions);
        const evaluation::BucketLayout layout = evaluation::buckets(made);
        QCOMPARE(layout.unmatched, 1000);
        QCOMPARE(int(layout.ranges.size()), count);
        for (const evaluation::BucketRange &range : layout.ranges)
            QVERIFY(range.width() == 1000 / count || range.width() == 1000 / count + 1);
    }

    void fillingUpGivesTheRestToTheLast()
    {
        flags::Rule made = rule({{u"a"_qs, 33.33}, {u"b"_qs, 10}});
        evaluation::fillUp(made.distributions);
        const evaluation::BucketLayout layout = evaluation::buckets(made);
        QCOMPARE(layout.unmatched, 1000);
        QCOMPARE(layout.ranges[0].width(), 333);
        made = rule({{u"a"_qs, 60}, {u"b"_qs, 0}});
        evaluation::fillUp(made.distributions);
        QCOMPARE(evaluation::buckets(made).ranges[1].width(), 400);
        made = rule({{u"a"_qs, 80}, {u"b"_qs, 80}});
        const auto before = made.distributions;
        evaluation::fillUp(made.distributions);
        QCOMPARE(made.distributions, before);
    }

    void movingFewestKeepsSharesAndIds()
    {
        const flags::Rule saved = rule({{u"a"_qs, 50}, {u"b"_qs, 50}});
        const flags::Rule wanted = rule({{u"a"_qs, 20}, {u"b"_qs, 40}, {u"c"_qs, 40}});
        const evaluation::BucketLayout before = evaluation::buckets(saved);
        const flags::Rule better = evaluation::movingFewest(wanted, before);
        QCOMPARE(evaluation::movedCount(before, evaluation::buckets(wanted)), 700);
        QCOMPARE(evaluation::movedCount(before, evaluation::buckets(better)), 400);
        std::map<QString, int> widths;
        for (const evaluation::BucketRange &range : evaluation::buckets(better).ranges)
            widths[range.variant.text()] += range.width();
        QCOMPARE(widths, (std::map<QString, int>{{u"a"_qs, 200}, {u"b"_qs, 400}, {u"c"_qs, 400}}));
        QCOMPARE(better.distributions[0].id, DistributionId(u"a-id"_qs));
    }
};

QTEST_GUILESS_MAIN(TestSplit)
#include "tst_split.moc"
