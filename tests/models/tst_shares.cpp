// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/populationwork.h>
#include <models/shares.h>
#include <models/sharetreemodel.h>
#include <support/constants.h>

#include <QAbstractItemModelTester>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::ShareGroup;
using models::shareGroups;
using models::ShareTreeModel;
using test::defaultNamespace;

namespace {

const FlagKey key(u"new-checkout"_qs);

flags::Flag checkout()
{
    flags::Flag flag;
    flag.key = key;
    flag.enabled = true;
    flag.variants = {{VariantId(u"v1"_qs), u"control"_qs, {}, {}, {}, {}},
                     {VariantId(u"v2"_qs), u"one-page"_qs, {}, {}, {}, {}}};
    flag.rules = {{RuleId(u"r1"_qs),
                   1,
                   flags::OrOperator,
                   {SegmentKey(u"pros"_qs)},
                   {{DistributionId(u"d1"_qs), VariantId(u"v2"_qs), 50, {}},
                    {DistributionId(u"d2"_qs), VariantId(u"v1"_qs), 30, {}}},
                   {}}};
    return flag;
}

flags::Flag quiet(std::initializer_list<double> thresholds)
{
    flags::Flag flag;
    flag.key = key;
    flag.type = flags::BooleanFlag;
    qint64 rank = 0;
    for (const double percentage : thresholds)
        flag.rollouts.push_back({RolloutId(QString::number(++rank)),
                                 flags::ThresholdRollout,
                                 {},
                                 rank,
                                 flags::Threshold{{}, percentage, true},
                                 {},
                                 {}});
    return flag;
}

std::shared_ptr<const evaluation::Program> program(const flags::Flag &flag)
{
    flags::Segment pros;
    pros.key = SegmentKey(u"pros"_qs);
    pros.constraints = {{{}, flags::StringConstraint, u"plan"_qs, u"eq"_qs, u"pro"_qs, {}, {}}};
    flags::Namespace nameSpace;
    nameSpace.key = defaultNamespace;
    nameSpace.flags = {std::make_shared<const flags::Flag>(flag)};
    nameSpace.segments = {std::make_shared<const flags::Segment>(pros)};
    return evaluation::compile({{std::make_shared<const flags::Namespace>(std::move(nameSpace))}});
}

/// A tally as simulate() would give it.
evaluation::AnswerKey variant(const QString &name, bool match = true)
{
    evaluation::AnswerKey answer;
    answer.reason =
        match ? evaluation::Outcome::Reason::Match : evaluation::Outcome::Reason::Unknown;
    answer.value = match;
    answer.variant = name;
    return answer;
}

evaluation::AnswerKey boolean(bool value)
{
    evaluation::AnswerKey answer;
    answer.isBoolean = true;
    answer.value = value;
    return answer;
}

evaluation::Tally tallyOf(const std::map<evaluation::Tally::Row, qint64> &counts)
{
    evaluation::Tally tally;
    tally.counts = counts;
    for (const auto &[at, count] : counts)
        tally.entities += count;
    return tally;
}

QString rounded(double value)
{
    return QString::number(value, 'f', 4);
}

} // namespace

class TestShares : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    // Known values: R's prop.test(correct=FALSE) and pchisq(lower.tail=FALSE).
    void intervals()
    {
        const models::Interval half = models::shareInterval(50, 100);
        QCOMPARE(rounded(half.low), u"0.4038"_qs);
        QCOMPARE(rounded(half.high), u"0.5962"_qs);
        const models::Interval none = models::shareInterval(0, 10);
        QCOMPARE(none.low, 0.0);
        QCOMPARE(rounded(none.high), u"0.2775"_qs);
        QCOMPARE(models::shareInterval(0, 0), (models::Interval{0, 1}));
    }

    void probabilities_data()
    {
        QTest::addColumn<double>("statistic");
        QTest::addColumn<int>("freedom");
        QTest::addColumn<QString>("probability");
        QTest::newRow("5 percent of one") << 3.841459 << 1 << u"0.0500"_qs;
        QTest::newRow("5 percent of four") << 9.487729 << 4 << u"0.0500"_qs;
        QTest::newRow("median of two") << 1.386294 << 2 << u"0.5000"_qs;
        QTest::newRow("nothing") << 0.0 << 3 << u"1.0000"_qs;
        QTest::newRow("far out") << 100.0 << 1 << u"0.0000"_qs;
        QTest::newRow("many") << 100.0 << 100 << u"0.4812"_qs;
    }
    void probabilities()
    {
        QFETCH(double, statistic);
        QFETCH(int, freedom);
        QTEST(rounded(models::chiSquareProbability(statistic, freedom)), "probability");
    }

    void fewAreTakenTogether()
    {
        const auto fit = models::goodnessOfFit({{0.983, 983}, {0.01, 12}, {0.004, 3}, {0.003, 2}});
        QCOMPARE(fit.freedom, 2); // 0.4 % and 0.3 % of 1000 expect four and three
        QCOMPARE(models::goodnessOfFit({{0.5, 2}, {0.5, 3}}).freedom, 0);
        QCOMPARE(models::goodnessOfFit({{1, 500}}).freedom, 0);
        // (10-20)^2/20 + (30-20)^2/20
        QCOMPARE(models::goodnessOfFit({{0.5, 10}, {0.5, 30}}).statistic, 10.0);
    }

    void aRuleAgainstItsPercentages()
    {
        const auto tally = tallyOf({{{0, variant(u"one-page"_qs)}, 500},
                                    {{0, variant(u"control"_qs)}, 290},
                                    {{0, variant({}, false)}, 210},
                                    {{-1, variant({}, false)}, 1000}});
        const auto groups = shareGroups(*program(checkout()), {defaultNamespace, key, {}}, tally);
        QCOMPARE(groups.size(), size_t(3));
        const ShareGroup &rule = groups[1];
        QCOMPARE(rule.kind, ShareGroup::Kind::Step);
        QCOMPARE(rule.title, u"Rule 1 · pros"_qs);
        QCOMPARE(rule.entities, 1000);
        QCOMPARE(rule.shares.size(), size_t(3));
        QCOMPARE(rule.shares[0].answer, u"one-page"_qs);
        QCOMPARE(rule.shares[0].colour, 1);
        QCOMPARE(*rule.shares[0].configured, 0.5);
        QCOMPARE(rule.shares[2].answer, u"no variant"_qs);
        QCOMPARE(*rule.shares[2].configured, 0.2);
        QCOMPARE(rule.verdict, u"The split of 1,000 agrees with 50 / 30 / 20 % (p = 0.66)."_qs);
        // All: half of them passed the rule by, as nobody's percentages say.
        const ShareGroup &all = groups[0];
        QCOMPARE(all.shares[0].answer, u"control"_qs);
        QCOMPARE(*all.shares[0].configured, 0.15);
        QCOMPARE(all.shares[0].actual, 0.145);
        QCOMPARE(groups[2].kind, ShareGroup::Kind::Steps);
        QCOMPARE(groups[2].shares[0].answer, u"rule 1"_qs);
        QCOMPARE(groups[2].shares[1].answer, u"no rule matched"_qs);
    }

    void aSplitThatIsWrongIsSaidSo()
    {
        const auto tally = tallyOf({{{0, variant(u"one-page"_qs)}, 600},
                                    {{0, variant(u"control"_qs)}, 200},
                                    {{0, variant({}, false)}, 200}});
        const auto groups = shareGroups(*program(checkout()), {defaultNamespace, key, {}}, tally);
        QCOMPARE(groups[1].verdict,
                 u"The split of 1,000 does not agree with 50 / 30 / 20 % (p < 0.001)."_qs);
        const auto few = shareGroups(*program(checkout()), {defaultNamespace, key, {}},
                                     tallyOf({{{0, variant(u"one-page"_qs)}, 3}}));
        QCOMPARE(few[1].verdict, u"3 are too few to judge the split 50 / 30 / 20 %."_qs);
    }

    // What no bucket is left for gets the flag's default.
    void theRestGetsTheDefault()
    {
        flags::Flag flag = checkout();
        flag.defaultVariant = VariantId(u"v1"_qs);
        const auto tally = tallyOf({{{0, variant(u"one-page"_qs)}, 500},
                                    {{0, variant(u"control"_qs)}, 300},
                                    {{0, variant(u"control"_qs, false)}, 200}});
        const auto groups = shareGroups(*program(flag), {defaultNamespace, key, {}}, tally);
        QCOMPARE(groups[1].shares.size(), size_t(2));
        QCOMPARE(*groups[1].shares[1].configured, 0.5);
        QCOMPARE(groups[1].shares[1].count, 500);
    }

    // 20 % and then 30 % of one flag are 30 % in all: they share a hash.
    void thresholdsShareAHash()
    {
        const auto tally = tallyOf(
            {{{0, boolean(true)}, 200}, {{1, boolean(true)}, 100}, {{-1, boolean(false)}, 700}});
        const auto groups =
            shareGroups(*program(quiet({20, 30})), {defaultNamespace, key, {}}, tally);
        QCOMPARE(groups.size(), size_t(4));
        QCOMPARE(*groups[0].shares[0].configured, 0.3);
        QCOMPARE(groups[0].shares[0].count, 300);
        QCOMPARE(*groups[1].shares[0].configured, 0.2);
        QCOMPARE(groups[2].entities, 800);
        QCOMPARE(*groups[2].shares[0].configured, 0.125);
        // The second can never decide where the first takes more.
        const auto hidden =
            shareGroups(*program(quiet({30, 20})), {defaultNamespace, key, {}},
                        tallyOf({{{0, boolean(true)}, 300}, {{-1, boolean(false)}, 700}}));
        QCOMPARE(*hidden[2].shares[0].configured, 0.0);
    }

    // The engine's own tallies, every entity of them generated and bucketed.
    void agreesWithTheEngine()
    {
        models::PopulationSource population;
        population.plan.count = 20'000;
        population.plan.attributes = {
            {u"plan"_qs, 0.1, evaluation::Choice{{{u"pro"_qs, 1}, {u"free"_qs, 3}}}}};
        const auto compiled = program(checkout());
        const auto answer = models::tally(compiled, nullptr, {defaultNamespace, key, u"plan"_qs},
                                          population, std::make_shared<models::JobProgress>());
        QVERIFY(answer);
        const auto groups =
            shareGroups(*compiled, {defaultNamespace, key, u"plan"_qs}, answer->first);
        QStringList titles;
        for (const ShareGroup &group : groups) {
            titles.append(group.title);
            double actual = 0;
            double configured = 0;
            qint64 count = 0;
            for (const models::Share &share : group.shares) {
                actual += share.actual;
                configured += share.configured.value_or(share.actual);
                count += share.count;
                QVERIFY(share.interval.low <= share.actual && share.actual <= share.interval.high);
            }
            QCOMPARE(rounded(actual), u"1.0000"_qs);
            QCOMPARE(rounded(configured), u"1.0000"_qs);
            QCOMPARE(count, group.entities);
        }
        QCOMPARE(titles, (QStringList{u"All entities"_qs, u"Rule 1 · pros"_qs, u"What decided"_qs,
                                      u"plan = (missing or empty)"_qs, u"plan = free"_qs,
                                      u"plan = pro"_qs}));
        QVERIFY(groups[1].verdict.contains(u" agrees with 50 / 30 / 20 %"_qs));
        QCOMPARE(groups[5].entities, groups[1].entities);
    }

    void tellsTheModel()
    {
        ShareTreeModel model;
        QAbstractItemModelTester tester(&model);
        const auto groups = [&](qint64 first) {
            return shareGroups(*program(checkout()), {defaultNamespace, key, {}},
                               tallyOf({{{0, variant(u"one-page"_qs)}, first},
                                        {{0, variant(u"control"_qs)}, 300},
                                        {{0, variant({}, false)}, 200}}));
        };
        model.setGroups(groups(500));
        const QModelIndex rule = model.index(1, 0);
        QCOMPARE(rule.data().toString(), u"Rule 1 · pros"_qs);
        QCOMPARE(model.rowCount(rule), 3);
        const QModelIndex share = model.index(0, ShareTreeModel::ActualColumn, rule);
        QCOMPARE(share.data().toString(), u"50 %"_qs);
        QCOMPARE(share.siblingAtColumn(ShareTreeModel::IntervalColumn).data().toString(),
                 u"46.9–53.1 %"_qs);
        QCOMPARE(share.data(Qt::AccessibleTextRole).toString(),
                 u"one-page: 50 %, with 95 % confidence 46.9–53.1 %, configured 50 %"_qs);
        // Other figures for the same rows reset nothing.
        QPersistentModelIndex kept(share);
        model.setGroups(groups(400));
        QVERIFY(kept.isValid());
        QCOMPARE(kept.data().toString(), u"44.4 %"_qs);
        const QByteArray csv = model.asCsv();
        QVERIFY2(csv.contains("Rule 1 · pros,one-page,400,900,0.444444444,"), csv.constData());
        const QJsonArray json = QJsonDocument::fromJson(model.asJson()).array();
        QCOMPARE(json[1][u"shares"_qs][0][u"entities"_qs].toInt(), 400);
        QCOMPARE(json[1][u"degreesOfFreedom"_qs].toInt(), 2);
    }

    void knowsNoFlagThatIsNotThere()
    {
        QVERIFY(shareGroups(*program(checkout()), {defaultNamespace, FlagKey(u"other"_qs), {}}, {})
                    .empty());
    }
};

QTEST_GUILESS_MAIN(TestShares)
#include "tst_shares.moc"
