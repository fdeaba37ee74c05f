// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/transfer.h>
#include <flags/validate.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestTransfer : public QObject {
    Q_OBJECT

    static std::shared_ptr<const flags::Segment> segment(const QString &key, const QString &plan)
    {
        flags::Segment made;
        made.key = SegmentKey(key);
        made.name = key;
        made.constraints.resize(1);
        made.constraints[0].id = ConstraintId(key + plan);
        made.constraints[0].property = u"plan"_qs;
        made.constraints[0].operatorName = u"eq"_qs;
        made.constraints[0].value = plan;
        return std::make_shared<const flags::Segment>(made);
    }
    static flags::Snapshot snapshot()
    {
        flags::Flag flag;
        flag.key = FlagKey(u"checkout"_qs);
        flag.name = u"Checkout"_qs;
        flag.variants.resize(2);
        for (int i = 0; i < 2; ++i) {
            flag.variants[size_t(i)].id = VariantId(u"v%1"_qs.arg(i));
            flag.variants[size_t(i)].key = u"key%1"_qs.arg(i);
            flag.variants[size_t(i)].times.created = u"2026-01-0%1 00:00:00+00:00"_qs.arg(i + 1);
        }
        flag.defaultVariant = VariantId(u"v1"_qs);
        flag.rules.resize(1);
        flag.rules[0].id = RuleId(u"r"_qs);
        flag.rules[0].segments = {SegmentKey(u"fresh"_qs), SegmentKey(u"other"_qs)};
        flag.rules[0].distributions = {{DistributionId(u"d"_qs), VariantId(u"v1"_qs), 60, {}},
                                       {DistributionId(u"e"_qs), VariantId(u"v0"_qs), 40, {}}};
        flags::Namespace from;
        from.key = NamespaceKey(u"from"_qs);
        from.flags.push_back(std::make_shared<const flags::Flag>(flag));
        from.segments = {segment(u"fresh"_qs, u"pro"_qs), segment(u"other"_qs, u"pro"_qs)};
        flags::Namespace to;
        to.key = NamespaceKey(u"to"_qs);
        to.segments = {segment(u"other"_qs, u"free"_qs)};
        flags::Snapshot made;
        made.namespaces = {std::make_shared<const flags::Namespace>(from),
                           std::make_shared<const flags::Namespace>(to)};
        return made;
    }
    static flags::Transfer transfer()
    {
        flags::Transfer made;
        made.from = NamespaceKey(u"from"_qs);
        made.to = NamespaceKey(u"to"_qs);
        made.flags = {FlagKey(u"checkout"_qs)};
        return made;
    }

private slots:
    void plansWhatGoesAlong()
    {
        const flags::TransferPlan plan = flags::planTransfer(snapshot(), transfer());
        QVERIFY(plan.existing.empty());
        QCOMPARE(plan.newSegments, std::vector{SegmentKey(u"fresh"_qs)});
        QCOMPARE(plan.otherSegments, std::vector{SegmentKey(u"other"_qs)});
        QVERIFY(plan.missingSegments.empty());
    }

    void copiesWithIdsOfItsOwn()
    {
        const flags::Snapshot before = snapshot();
        const Result<flags::Snapshot> done = flags::transferFlags(before, transfer());
        QVERIFY(done);
        QCOMPARE(*done->namespaces[0], *before.namespaces[0]);
        const flags::Namespace &to = *done->namespaces[1];
        const flags::Flag copy = *to.flag(FlagKey(u"checkout"_qs));
        QVERIFY(copy.variants[0].id != VariantId(u"v0"_qs));
        QVERIFY(copy.variants[0].times.created.isEmpty());
        QCOMPARE(copy.defaultVariant, copy.variants[1].id);
        QCOMPARE(copy.rules[0].distributions[0].variant, copy.variants[1].id);
        QCOMPARE(copy.rules[0].distributions[1].variant, copy.variants[0].id);
        QVERIFY(copy.rules[0].id != RuleId(u"r"_qs) && !copy.rules[0].id.isEmpty());
        QVERIFY(to.segment(SegmentKey(u"fresh"_qs))->constraints[0].id
                != ConstraintId(u"freshpro"_qs));
        // What differs there stays as it is unless told.
        QCOMPARE(to.segment(SegmentKey(u"other"_qs))->constraints[0].value, u"free"_qs);
        QVERIFY(flags::newErrors(before, *done).empty());
    }

    void takesSegmentsMovesAndReplaces()
    {
        flags::Transfer wanted = transfer();
        wanted.takesSegments = true;
        const Result<flags::Snapshot> once = flags::transferFlags(snapshot(), wanted);
        QVERIFY(once);
        QCOMPARE(once->namespaces[1]->segment(SegmentKey(u"other"_qs))->constraints[0].value,
                 u"pro"_qs);
        const Result<flags::Snapshot> twice = flags::transferFlags(*once, wanted);
        QVERIFY(!twice);
        QCOMPARE(twice.error().kind, Error::Kind::Input);
        wanted.replaces = true;
        wanted.isMove = true;
        const Result<flags::Snapshot> moved = flags::transferFlags(*once, wanted);
        QVERIFY(moved);
        QVERIFY(moved->namespaces[0]->flags.empty());
        QCOMPARE(int(moved->namespaces[1]->flags.size()), 1);
    }

    void duplicatesInPlace()
    {
        flags::Transfer wanted = transfer();
        wanted.to = wanted.from;
        QVERIFY(!flags::transferFlags(snapshot(), wanted));
        wanted.newKey = FlagKey(u"checkout-2"_qs);
        const Result<flags::Snapshot> done = flags::transferFlags(snapshot(), wanted);
        QVERIFY(done);
        QCOMPARE(int(done->namespaces[0]->flags.size()), 2);
        wanted.to = NamespaceKey(u"nowhere"_qs);
        QCOMPARE(flags::transferFlags(snapshot(), wanted).error().kind, Error::Kind::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestTransfer)
#include "tst_transfer.moc"
