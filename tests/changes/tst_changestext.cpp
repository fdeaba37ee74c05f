// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/text.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::changes;
using namespace Qt::StringLiterals;

namespace {

flags::Snapshot snapshotOf(const flags::Flag &flag, const flags::Segment &segment)
{
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"shop"_qs);
    nameSpace.flags.push_back(std::make_shared<const flags::Flag>(flag));
    nameSpace.segments.push_back(std::make_shared<const flags::Segment>(segment));
    return {{std::make_shared<const flags::Namespace>(nameSpace)}};
}

} // namespace

class TestChangesText : public QObject {
    Q_OBJECT

private slots:
    void namesObjectsAsPeopleKnowThem()
    {
        flags::Segment segment;
        segment.key = SegmentKey(u"beta"_qs);
        segment.constraints.push_back({ConstraintId(u"c1"_qs),
                                       flags::StringConstraint,
                                       u"country"_qs,
                                       u"eq"_qs,
                                       u"de"_qs,
                                       {},
                                       {}});
        flags::Flag flag;
        flag.key = FlagKey(u"checkout"_qs);
        flag.name = u"Checkout"_qs;
        flag.variants = {{VariantId(u"v1"_qs), u"old"_qs, {}, {}, {}, {}},
                         {VariantId(u"v2"_qs), u"new"_qs, {}, {}, {}, {}}};
        flag.rules.push_back({RuleId(u"r1"_qs),
                              1,
                              flags::OrOperator,
                              {segment.key},
                              {{DistributionId(u"d1"_qs), VariantId(u"v1"_qs), 50, {}}},
                              {}});
        const flags::Snapshot before = snapshotOf(flag, segment);
        flag.name = u"New checkout"_qs;
        flag.defaultVariant = VariantId(u"v2"_qs);
        flag.type = flags::BooleanFlag;
        flag.rules[0].distributions[0].rollout = 33.33000183105469;
        flag.rules[0].segmentOperator = flags::AndOperator;
        segment.constraints[0].value = u"at"_qs;
        segment.constraints.push_back({ConstraintId(u"c2"_qs),
                                       flags::BooleanConstraint,
                                       u"staff"_qs,
                                       u"true"_qs,
                                       {},
                                       {},
                                       {}});
        const flags::Snapshot after = snapshotOf(flag, segment);
        const QStringList expected{
            u"~ constraint country eq \"at\" of segment \"shop/beta\""_qs,
            u"    value: \"de\" → \"at\""_qs,
            u"+ constraint staff true of segment \"shop/beta\""_qs,
            u"    type: boolean"_qs,
            u"    property: \"staff\""_qs,
            u"    operator: \"true\""_qs,
            u"~ flag \"shop/checkout\""_qs,
            u"    name: \"Checkout\" → \"New checkout\""_qs,
            u"    type: variant → boolean"_qs,
            u"    default variant: none → \"new\""_qs,
            u"~ rule 1 of flag \"shop/checkout\""_qs,
            u"    segment operator: or → and"_qs,
            u"~ distribution \"old\" of rule 1 of flag \"shop/checkout\""_qs,
            u"    percentage: 50 % → 33.33 %"_qs,
        };
        QCOMPARE(text(diff(before, after), before, after), expected);

        flags::Flag gone = flag;
        gone.rules.clear();
        const flags::Snapshot without = snapshotOf(gone, segment);
        const QStringList removal = text(diff(after, without), after, without);
        QCOMPARE(removal.first(), u"- distribution \"old\" of rule 1 of flag \"shop/checkout\""_qs);
        QCOMPARE(removal[1], u"    variant: \"old\""_qs);
    }

    void printsValues_data()
    {
        QTest::addColumn<Value>("value");
        QTest::addColumn<QString>("words");
        QTest::newRow("null") << Value() << u"none"_qs;
        QTest::newRow("true") << Value(true) << u"on"_qs;
        QTest::newRow("number") << Value(qint64(-4)) << u"-4"_qs;
        QTest::newRow("list") << Value(QStringList{u"a"_qs, u"b"_qs}) << u"[a, b]"_qs;
    }
    void printsValues()
    {
        QFETCH(Value, value);
        QTEST(text(value), "words");
    }
};

QTEST_GUILESS_MAIN(TestChangesText)
#include "tst_changestext.moc"
