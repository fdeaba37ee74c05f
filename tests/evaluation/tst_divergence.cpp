// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/divergence.h>
#include <evaluation/explain.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using evaluation::Divergence;

namespace {

flags::Segment segment(const QString &key, const QString &plan)
{
    flags::Constraint constraint;
    constraint.id = ConstraintId(key + u"-c"_qs);
    constraint.property = u"plan"_qs;
    constraint.operatorName = u"eq"_qs;
    constraint.value = plan;
    flags::Segment made;
    made.key = SegmentKey(key);
    made.constraints = {constraint};
    return made;
}

flags::Rule rule(const QString &id, qint64 rank, const QString &segmentKey, double first)
{
    return {RuleId(id),
            rank,
            flags::OrOperator,
            {SegmentKey(segmentKey)},
            {{DistributionId(id + u"-1"_qs), VariantId(u"v1"_qs), first, {}},
             {DistributionId(id + u"-2"_qs), VariantId(u"v2"_qs), 100 - first, {}}},
            {}};
}

/// Two rules: of "pro" and of "free" plans.
struct Sources {
    std::vector<flags::Segment> segments{segment(u"pros"_qs, u"pro"_qs),
                                         segment(u"frees"_qs, u"free"_qs)};
    flags::Flag flag;

    Sources()
    {
        flag.key = FlagKey(u"f"_qs);
        flag.enabled = true;
        flag.variants = {{VariantId(u"v1"_qs), u"one"_qs, {}, {}, {}, {}},
                         {VariantId(u"v2"_qs), u"two"_qs, {}, {}, {}, {}}};
        flag.rules = {rule(u"r1"_qs, 1, u"pros"_qs, 50), rule(u"r2"_qs, 2, u"frees"_qs, 100)};
    }

    evaluation::Trace trace(std::string_view entity, std::string_view plan) const
    {
        flags::Namespace nameSpace;
        nameSpace.key = NamespaceKey(u"default"_qs);
        nameSpace.flags = {std::make_shared<const flags::Flag>(flag)};
        for (const flags::Segment &source : segments)
            nameSpace.segments.push_back(std::make_shared<const flags::Segment>(source));
        const evaluation::Property property{"plan", plan};
        return explain(*evaluation::compile(
                           {{std::make_shared<const flags::Namespace>(std::move(nameSpace))}}),
                       {evaluation::Request::Kind::ByFlag, "", "f", entity, {&property, 1}});
    }
};

} // namespace

class TestDivergence : public QObject {
    Q_OBJECT

private slots:
    void findsNoneInEqualTraces()
    {
        const Sources sources;
        QVERIFY(!firstDivergence(sources.trace("a", "pro"), sources.trace("a", "pro")));
        QVERIFY(!firstDivergence(sources.trace("a", "x"), sources.trace("b", "y")));
    }

    void findsTheConstraintThatPartsTwoUsers()
    {
        const Sources sources;
        const auto found = firstDivergence(sources.trace("a", "pro"), sources.trace("a", "free"));
        QVERIFY(found);
        QCOMPARE(found->place, Divergence::Place::Constraint);
        QCOMPARE(found->stepA, 0);
        QCOMPARE(found->segment, u"pros"_qs);
        QCOMPARE(found->constraintA, 0);
        QCOMPARE(found->reasonB, u"“free” is not “pro”"_qs);
    }

    void findsTheBucketThatPartsTwoUsers()
    {
        const Sources sources;
        std::optional<Divergence> found;
        for (const char *entity : {"b", "c", "d", "e", "f", "g", "h", "i"}) {
            const auto other = sources.trace(entity, "pro");
            if (other.variantKey != sources.trace("a", "pro").variantKey) {
                found = firstDivergence(sources.trace("a", "pro"), other);
                break;
            }
        }
        QVERIFY(found);
        QCOMPARE(found->place, Divergence::Place::Bucket);
    }

    void seesPastARuleThatDoesNotMatter()
    {
        const Sources before;
        Sources after;
        after.flag.rules.insert(after.flag.rules.begin(), rule(u"r0"_qs, 0, u"frees"_qs, 0));
        QVERIFY(!firstDivergence(before.trace("a", "pro"), after.trace("a", "pro")));
        const auto found = firstDivergence(before.trace("a", "free"), after.trace("a", "free"));
        QVERIFY(found);
        QCOMPARE(found->place, Divergence::Place::Step);
        QCOMPARE(found->stepA, -1);
        QCOMPARE(found->stepB, 0);
        const auto back = firstDivergence(after.trace("a", "free"), before.trace("a", "free"));
        QVERIFY(back);
        QCOMPARE(back->stepA, 0);
        QCOMPARE(back->stepB, -1);
    }

    void findsAReorder()
    {
        const Sources before;
        Sources after;
        after.segments[1] = segment(u"frees"_qs, u"pro"_qs);
        Sources swapped = after;
        swapped.flag.rules[0].rank = 3;
        const auto found = firstDivergence(after.trace("a", "pro"), swapped.trace("a", "pro"));
        QVERIFY(found);
        QCOMPARE(found->place, Divergence::Place::Step);
    }

    void findsASwitch()
    {
        const Sources before;
        Sources after;
        after.flag.enabled = false;
        const auto found = firstDivergence(before.trace("a", "pro"), after.trace("a", "pro"));
        QVERIFY(found);
        QCOMPARE(found->place, Divergence::Place::Flag);
        after = before;
        after.flag.defaultVariant = VariantId(u"v2"_qs);
        const auto other = firstDivergence(before.trace("a", "x"), after.trace("a", "x"));
        QVERIFY(other);
        QCOMPARE(other->place, Divergence::Place::Flag);
        QVERIFY(!firstDivergence(before.trace("a", "pro"), after.trace("a", "pro")));
    }
};

QTEST_GUILESS_MAIN(TestDivergence)
#include "tst_divergence.moc"
