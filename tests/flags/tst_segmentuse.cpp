// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/segmentuse.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestSegmentUse : public QObject {
    Q_OBJECT

    static flags::Snapshot snapshot()
    {
        flags::Flag rules;
        rules.key = FlagKey(u"rules"_qs);
        rules.rules.resize(3);
        rules.rules[0].segments = {SegmentKey(u"beta"_qs)};
        rules.rules[1].segments = {SegmentKey(u"eu"_qs), SegmentKey(u"beta"_qs)};
        rules.rules[1].segmentOperator = flags::AndOperator;
        rules.rules[2].segments = {SegmentKey(u"eu"_qs)};
        for (int i = 0; i < 3; ++i) {
            rules.rules[size_t(i)].id = RuleId(u"r%1"_qs.arg(i));
            rules.rules[size_t(i)].rank = i + 1;
        }
        flags::Flag rollouts;
        rollouts.key = FlagKey(u"rollouts"_qs);
        rollouts.rollouts.resize(2);
        rollouts.rollouts[0].threshold = flags::Threshold{{}, 10, true};
        rollouts.rollouts[1].rank = 2;
        rollouts.rollouts[1].segmentMatches = {
            {{}, true, flags::OrOperator, {SegmentKey(u"beta"_qs)}}};
        flags::Namespace nameSpace;
        nameSpace.key = NamespaceKey(u"default"_qs);
        for (const flags::Flag &flag : {rules, rollouts})
            nameSpace.flags.push_back(std::make_shared<const flags::Flag>(flag));
        for (const QString &key : {u"beta"_qs, u"eu"_qs, u"idle"_qs}) {
            flags::Segment segment;
            segment.key = SegmentKey(key);
            nameSpace.segments.push_back(std::make_shared<const flags::Segment>(segment));
        }
        flags::Snapshot result;
        result.namespaces.push_back(std::make_shared<const flags::Namespace>(nameSpace));
        return result;
    }

private slots:
    void tellsEveryUse()
    {
        const flags::Snapshot before = snapshot();
        const flags::Namespace &nameSpace = *before.namespaces[0];
        const std::vector<flags::SegmentUse> expected{{FlagKey(u"rules"_qs), false, 1, true},
                                                      {FlagKey(u"rules"_qs), false, 2, false},
                                                      {FlagKey(u"rollouts"_qs), true, 2, true}};
        QCOMPARE(flags::usesOf(nameSpace, SegmentKey(u"beta"_qs)), expected);
        QVERIFY(flags::usesOf(nameSpace, SegmentKey(u"idle"_qs)).empty());
        const QHash<QString, int> counts{{u"beta"_qs, 2}, {u"eu"_qs, 1}};
        QCOMPARE(flags::segmentUseCounts(nameSpace), counts);
    }

    void removesASegmentWithItsUses()
    {
        const Result<flags::Snapshot> done = flags::removeSegmentAndUses(
            snapshot(), NamespaceKey(u"default"_qs), SegmentKey(u"beta"_qs));
        QVERIFY(done);
        const flags::Namespace &nameSpace = *done->namespaces[0];
        QVERIFY(!nameSpace.segment(SegmentKey(u"beta"_qs)));
        const auto rules = nameSpace.flag(FlagKey(u"rules"_qs))->rules;
        QCOMPARE(int(rules.size()), 2);
        QCOMPARE(rules[0].id, RuleId(u"r1"_qs));
        QCOMPARE(rules[0].rank, 1);
        QCOMPARE(rules[0].segments, std::vector{SegmentKey(u"eu"_qs)});
        QCOMPARE(rules[0].segmentOperator, int(flags::OrOperator));
        QCOMPARE(rules[1].rank, 2);
        // The threshold stays as it was.
        const auto rollouts = nameSpace.flag(FlagKey(u"rollouts"_qs))->rollouts;
        QCOMPARE(int(rollouts.size()), 1);
        QVERIFY(rollouts[0].threshold);
    }

    void anUnusedOneLeavesFlagsAlone()
    {
        const flags::Snapshot before = snapshot();
        const Result<flags::Snapshot> done = flags::removeSegmentAndUses(
            before, NamespaceKey(u"default"_qs), SegmentKey(u"idle"_qs));
        QVERIFY(done);
        QCOMPARE(done->namespaces[0]->flags, before.namespaces[0]->flags);
        QVERIFY(!flags::removeSegmentAndUses(before, NamespaceKey(u"default"_qs),
                                             SegmentKey(u"nobody"_qs)));
    }
};

QTEST_GUILESS_MAIN(TestSegmentUse)
#include "tst_segmentuse.moc"
