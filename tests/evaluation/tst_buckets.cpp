// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/buckets.h>
#include <evaluation/evaluate.h>
#include <evaluation/hashing.h>
#include <evaluation/text.h>

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace edgewise;
using namespace Qt::StringLiterals;
using evaluation::BucketLayout;
using evaluation::buckets;
using evaluation::movedBuckets;
using evaluation::Share;

namespace {

flags::Rule rule(const std::vector<std::pair<QString, double>> &shares)
{
    flags::Rule made;
    made.id = RuleId(u"r"_qs);
    made.segments = {SegmentKey(u"all"_qs)};
    for (const auto &[variant, percentage] : shares)
        made.distributions.push_back({{}, VariantId(variant), percentage, {}});
    return made;
}

flags::Rule rule(const std::vector<Share> &split)
{
    flags::Rule made;
    for (const Share &share : split)
        made.distributions.push_back(
            {{}, share.variant, evaluation::percentageOf(share.buckets), {}});
    return made;
}

int moved(const BucketLayout &before, const BucketLayout &after)
{
    int count = 0;
    for (const evaluation::BucketMove &move : movedBuckets(before, after))
        count += move.end - move.first;
    return count;
}

/// The fewest moves there can be: a bucket below the sum of the shares stays where its variant
/// still has room, all others move.
int fewest(const BucketLayout &before, const std::vector<Share> &wanted)
{
    int total = 0;
    for (const Share &share : wanted)
        total += share.buckets;
    int kept = 0;
    for (const Share &share : wanted) {
        int owned = 0;
        for (int bucket = 0; bucket < total; ++bucket) {
            const auto *range = before.rangeOf(bucket);
            owned += range && range->variant == share.variant ? 1 : 0;
        }
        kept += std::min(owned, share.buckets);
    }
    const int givenUp = std::max(0, before.unmatched - total);
    return total - kept + givenUp;
}

} // namespace

class TestBuckets : public QObject {
    Q_OBJECT

private slots:
    void laysOutAsFliptDoes_data()
    {
        QTest::addColumn<double>("percentage");
        QTest::addColumn<int>("width");
        const std::pair<float, int> widths[]{
            {0.05F, 0},   {0.09F, 0},    {0.1F, 1},     {0.29F, 2},    {0.7F, 7},    {1.15F, 11},
            {16.1F, 161}, {33.33F, 333}, {33.34F, 333}, {57.99F, 579}, {64.3F, 643}, {66.67F, 666},
            {99.9F, 999}, {99.99F, 999}, {100, 1000},   {140, 1000}};
        for (const auto &[percentage, width] : widths)
            QTest::addRow("%g", double(percentage)) << double(percentage) << width;
    }
    void laysOutAsFliptDoes()
    {
        QFETCH(double, percentage);
        const BucketLayout layout = buckets(rule({{u"a"_qs, percentage}}));
        QTEST(layout.unmatched, "width");
        QCOMPARE(layout.ranges.size(), size_t(1));
        QTEST(layout.ranges[0].width(), "width");
    }

    void tellsWhatRoundingCosts()
    {
        const double third = double(33.33F);
        const BucketLayout layout = buckets(
            rule({{u"a"_qs, third}, {u"b"_qs, 0}, {u"c"_qs, third}, {u"d"_qs, double(33.34F)}}));
        QCOMPARE(layout.unmatched, 999);
        QCOMPARE(layout.ranges[1].distribution, 2);
        QVERIFY(layout.lostToRounding > 0.99 && layout.lostToRounding < 1.01);
        QCOMPARE(buckets(rule({{u"a"_qs, double(12.3F)}})).lostToRounding, 0.0);
        QCOMPARE(buckets(rule({{u"a"_qs, 60}, {u"b"_qs, 60}})).ranges[1].end, 1000);
        QCOMPARE(buckets(rule({{u"a"_qs, -5}, {u"b"_qs, 1e300}})).unmatched, 1000);
    }

    void countsThresholds()
    {
        const std::pair<double, int> counts[]{{0, 0},      {1e-9, 1},  {0.5, 1},   {1, 1}, {1.5, 2},
                                              {99.5, 100}, {100, 100}, {140, 100}, {-3, 0}};
        for (const auto &[percentage, count] : counts)
            QCOMPARE(evaluation::buckets(flags::Threshold{{}, percentage, true}), count);
    }

    void agreesWithTheEngine()
    {
        flags::Flag flag;
        flag.key = FlagKey(u"f"_qs);
        flag.enabled = true;
        for (const QString &key : {u"a"_qs, u"b"_qs, u"c"_qs})
            flag.variants.push_back({VariantId(key), key, {}, {}, {}, {}});
        flag.rules = {rule({{u"a"_qs, double(33.33F)}, {u"b"_qs, double(0.09F)}, {u"c"_qs, 40}})};
        flags::Namespace nameSpace;
        nameSpace.key = NamespaceKey(u"default"_qs);
        flags::Segment everyone;
        everyone.key = SegmentKey(u"all"_qs);
        nameSpace.segments = {std::make_shared<const flags::Segment>(everyone)};
        nameSpace.flags = {std::make_shared<const flags::Flag>(flag)};
        const auto program =
            evaluation::compile({{std::make_shared<const flags::Namespace>(std::move(nameSpace))}});
        const BucketLayout layout = buckets(flag.rules[0]);
        std::vector<bool> seen(1000);
        evaluation::Outcome outcome;
        for (int i = 0; i < 20'000; ++i) {
            const std::string entity = std::to_string(i);
            evaluate(*program, {evaluation::Request::Kind::Variant, "", "f", entity, {}}, outcome);
            const auto *range = layout.rangeOf(outcome.bucket);
            QCOMPARE(evaluation::fromUtf8(outcome.variantKey),
                     range ? range->variant.text() : QString());
            seen[size_t(outcome.bucket)] = true;
        }
        QVERIFY(std::ranges::all_of(seen, std::identity()));
    }

    void findsMovedBuckets()
    {
        const auto moves = movedBuckets(buckets(rule({{u"a"_qs, 50}, {u"b"_qs, 50}})),
                                        buckets(rule({{u"a"_qs, 60}, {u"b"_qs, 30}})));
        QCOMPARE(moves.size(), size_t(2));
        QCOMPARE(moves[0],
                 (evaluation::BucketMove{500, 600, VariantId(u"b"_qs), VariantId(u"a"_qs)}));
        QCOMPARE(moves[1], (evaluation::BucketMove{900, 1000, VariantId(u"b"_qs), std::nullopt}));
    }

    void printsPercentagesThatKeepTheirBuckets()
    {
        for (int width = 1; width <= 1000; ++width) {
            const double percentage = evaluation::percentageOf(width);
            QCOMPARE(buckets(rule({{u"a"_qs, percentage}})).unmatched, width);
            QVERIFY(std::abs(percentage - width / 10.0) < 1e-4);
        }
    }

    void movesTheFewestBuckets()
    {
        QRandomGenerator random(7);
        const QStringList names{u"a"_qs, u"b"_qs, u"c"_qs, u"d"_qs};
        for (int round = 0; round < 300; ++round) {
            std::vector<std::pair<QString, double>> old;
            int left = 1000;
            for (const QString &name : names) {
                const int width = random.bounded(3) == 0 ? 0 : random.bounded(left + 1);
                left -= width;
                old.emplace_back(name, evaluation::percentageOf(width));
            }
            std::shuffle(old.begin(), old.end(), random);
            const BucketLayout before = buckets(rule(old));
            std::vector<Share> wanted;
            left = random.bounded(2) == 0 ? 1000 : random.bounded(1001);
            for (const QString &name : names) {
                const int width = name == u"d" ? left : random.bounded(left + 1);
                left -= width;
                wanted.push_back({VariantId(name), width});
            }
            const std::vector<Share> split = splitMovingFewest(before, wanted);
            const BucketLayout after = buckets(rule(split));
            for (const Share &share : wanted) {
                int given = 0;
                for (const auto &range : after.ranges)
                    given += range.variant == share.variant ? range.width() : 0;
                QCOMPARE(given, share.buckets);
            }
            QCOMPARE(moved(before, after), fewest(before, wanted));
        }
    }
};

QTEST_GUILESS_MAIN(TestBuckets)
#include "tst_buckets.moc"
