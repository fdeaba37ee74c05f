// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/edit.h>
#include <flags/validate.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::flags;
using namespace Qt::StringLiterals;
using Code = Problem::Code;
using Severity = Problem::Severity;

namespace {

const NamespaceKey validated(u"team"_qs);

/// A sound flag with two variants and a rule that splits between them.
Flag soundFlag(const QString &key = u"flag"_qs)
{
    Flag flag;
    flag.key = FlagKey(key);
    flag.name = u"Name"_qs;
    flag.variants = {{VariantId(key + u"-a"), u"a"_qs, {}, {}, {}, {}},
                     {VariantId(key + u"-b"), u"b"_qs, {}, {}, {}, {}}};
    flag.rules.push_back({RuleId(key + u"-rule"),
                          1,
                          OrOperator,
                          {SegmentKey(u"beta"_qs)},
                          {{DistributionId(key + u"-d1"),
                            VariantId(key + u"-a"),
                            50,
                            {u"2026-01-01 00:00:01+00:00"_qs, {}}},
                           {DistributionId(key + u"-d2"),
                            VariantId(key + u"-b"),
                            50,
                            {u"2026-01-01 00:00:02+00:00"_qs, {}}}},
                          {}});
    return flag;
}

Flag soundBoolean()
{
    Flag flag;
    flag.key = FlagKey(u"switch"_qs);
    flag.name = u"Name"_qs;
    flag.type = BooleanFlag;
    flag.rollouts.push_back({RolloutId(u"o1"_qs),
                             ThresholdRollout,
                             {},
                             1,
                             Threshold{RolloutPartId(u"p1"_qs), 50, true},
                             {},
                             {}});
    flag.rollouts.push_back(
        {RolloutId(u"o2"_qs),
         SegmentRollout,
         {},
         2,
         {},
         {{RolloutPartId(u"p2"_qs), true, OrOperator, {SegmentKey(u"beta"_qs)}}},
         {}});
    return flag;
}

Constraint soundConstraint()
{
    return {
        ConstraintId(u"c"_qs), StringConstraint, u"country"_qs, u"eq"_qs, u"de"_qs, QString(), {}};
}

Segment soundSegment(const QString &key = u"beta"_qs)
{
    Segment segment;
    segment.key = SegmentKey(key);
    segment.name = u"Name"_qs;
    segment.constraints.push_back(soundConstraint());
    return segment;
}

Namespace soundNamespace()
{
    Namespace nameSpace;
    nameSpace.key = validated;
    nameSpace.name = u"Team"_qs;
    nameSpace.stateModified = u"2026-01-01 00:00:00+00:00"_qs;
    nameSpace.segments = {std::make_shared<const Segment>(soundSegment()),
                          std::make_shared<const Segment>(soundSegment(u"eu"_qs))};
    Flag user = soundFlag(u"other"_qs);
    user.rules[0].segments.push_back(SegmentKey(u"eu"_qs));
    nameSpace.flags = {std::make_shared<const Flag>(soundFlag()),
                       std::make_shared<const Flag>(user),
                       std::make_shared<const Flag>(soundBoolean())};
    return nameSpace;
}

QString describe(const std::vector<Problem> &problems)
{
    QStringList texts;
    for (const Problem &problem : problems)
        texts.append(QString::number(static_cast<int>(problem.code)) + u'('
                     + problem.arguments.join(u", ") + u')');
    return texts.join(u"; ");
}

bool has(const std::vector<Problem> &problems, Code code)
{
    return std::ranges::find(problems, code, &Problem::code) != problems.end();
}

using FlagEdit = std::function<void(Flag &)>;
using SegmentEdit = std::function<void(Segment &)>;
using NamespaceEdit = std::function<void(Namespace &)>;

} // namespace

Q_DECLARE_METATYPE(FlagEdit)
Q_DECLARE_METATYPE(SegmentEdit)
Q_DECLARE_METATYPE(NamespaceEdit)

class TestValidate : public QObject {
    Q_OBJECT

private slots:
    void soundValuesHaveNoProblems()
    {
        const auto problems =
            validate(Snapshot{{std::make_shared<const Namespace>(soundNamespace())}});
        QVERIFY2(problems.empty(), qPrintable(describe(problems)));
    }

    void judgesVariantFlags_data()
    {
        QTest::addColumn<FlagEdit>("edit");
        QTest::addColumn<int>("code");
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char *name, Code code, const QStringList &arguments,
                            const FlagEdit &edit) {
            QTest::newRow(name) << edit << static_cast<int>(code) << arguments;
        };
        row("key empty", Code::KeyEmpty, {}, [](Flag &f) { f.key = FlagKey(); });
        row("key with dot", Code::KeyInvalid, {u"a.b"_qs},
            [](Flag &f) { f.key = FlagKey(u"a.b"_qs); });
        row("name", Code::NameEmpty, {}, [](Flag &f) { f.name.clear(); });
        row("variant key", Code::KeyEmpty, {}, [](Flag &f) { f.variants[0].key.clear(); });
        row("variant twice", Code::DuplicateKey, {u"a"_qs},
            [](Flag &f) { f.variants[1].key = u"a"_qs; });
        row("attachment", Code::AttachmentNotJson, {u"a"_qs},
            [](Flag &f) { f.variants[0].attachment = u"{a:1}"_qs; });
        row("metadata", Code::MetadataNotObject, {}, [](Flag &f) { f.metadata = u"[1]"_qs; });
        row("metadata text", Code::MetadataEmptyText, {}, [](Flag &f) { f.metadata = u""_qs; });
        row("default variant", Code::DefaultVariantUnknown, {u"other-a"_qs},
            [](Flag &f) { f.defaultVariant = VariantId(u"other-a"_qs); });
        row("no segments", Code::SegmentsEmpty, {}, [](Flag &f) { f.rules[0].segments.clear(); });
        row("unknown segment", Code::SegmentUnknown, {u"x"_qs},
            [](Flag &f) { f.rules[0].segments.push_back(SegmentKey(u"x"_qs)); });
        row("segment twice", Code::SegmentRepeated, {u"beta"_qs},
            [](Flag &f) { f.rules[0].segments.push_back(SegmentKey(u"beta"_qs)); });
        row("rank 0", Code::RankNotPositive, {u"0"_qs}, [](Flag &f) { f.rules[0].rank = 0; });
        row("negative rank", Code::RankNegative, {u"-1"_qs}, [](Flag &f) { f.rules[0].rank = -1; });
        row("large rank", Code::RankTooLarge, {u"2147483648"_qs},
            [](Flag &f) { f.rules[0].rank = 2147483648; });
        row("unknown variant", Code::VariantUnknown, {u"gone"_qs},
            [](Flag &f) { f.rules[0].distributions[0].variant = VariantId(u"gone"_qs); });
        row("lost variant", Code::VariantUnknown, {u"flag-a"_qs},
            [](Flag &f) { f.variants.erase(f.variants.begin()); });
        row("negative share", Code::PercentageNegative, {u"-1"_qs},
            [](Flag &f) { f.rules[0].distributions[0].rollout = -1; });
        row("large share", Code::PercentageTooLarge, {u"100.5"_qs},
            [](Flag &f) { f.rules[0].distributions[0].rollout = 100.5; });
        row("flag type", Code::FlagTypeUnknown, {u"7"_qs}, [](Flag &f) { f.type = 7; });
        row("operator", Code::SegmentOperatorUnknown, {u"7"_qs},
            [](Flag &f) { f.rules[0].segmentOperator = 7; });
        row("rules on boolean", Code::RulesOnBoolean, {u"1"_qs},
            [](Flag &f) { f.type = BooleanFlag; });
        row("tied ranks", Code::RankTied, {u"1"_qs},
            [](Flag &f) { f.rules.push_back(f.rules[0]); });
        row("other flag's variant", Code::VariantOfOtherFlag, {u"a"_qs, u"other"_qs},
            [](Flag &f) { f.rules[0].distributions[0].variant = VariantId(u"other-a"_qs); });
        row("variant twice in a rule", Code::VariantRepeated, {u"b"_qs},
            [](Flag &f) { f.rules[0].distributions[0].variant = VariantId(u"flag-b"_qs); });
        row("under 100", Code::SumUnder100, {u"90"_qs},
            [](Flag &f) { f.rules[0].distributions[0].rollout = 40; });
        row("over 100", Code::SumOver100, {u"110"_qs},
            [](Flag &f) { f.rules[0].distributions[0].rollout = 60; });
        row("lost share", Code::PercentageLost, {u"0.05"_qs},
            [](Flag &f) { f.rules[0].distributions[0].rollout = asStored(0.05); });
        row("tied buckets", Code::BucketOrderTied, {u"2026-01-01 00:00:01+00:00"_qs},
            [](Flag &f) { f.rules[0].distributions[1].times = f.rules[0].distributions[0].times; });
        row("unreadable time", Code::TimeUnreadable, {u"2026-01-01 00:00:01Z"_qs},
            [](Flag &f) { f.times.created = u"2026-01-01 00:00:01Z"_qs; });
        row("T in time", Code::TimeUnsortable, {u"2026-01-01T00:00:01+00:00"_qs},
            [](Flag &f) { f.times.created = u"2026-01-01T00:00:01+00:00"_qs; });
        row("other offset", Code::TimeUnsortable, {u"2026-01-01 00:00:01+02:00"_qs},
            [](Flag &f) { f.times.created = u"2026-01-01 00:00:01+02:00"_qs; });
    }
    void judgesVariantFlags()
    {
        QFETCH(FlagEdit, edit);
        QFETCH(int, code);
        Flag flag = soundFlag();
        edit(flag);
        const auto problems = validate(flag, soundNamespace());
        QVERIFY2(has(problems, static_cast<Code>(code)), qPrintable(describe(problems)));
        const Problem &problem =
            *std::ranges::find(problems, static_cast<Code>(code), &Problem::code);
        QTEST(problem.arguments, "arguments");
        QCOMPARE(problem.location.nameSpace, validated);
        QCOMPARE(problem.location.owner, flag.key.text());
    }

    void judgesBooleanFlags_data()
    {
        QTest::addColumn<FlagEdit>("edit");
        QTest::addColumn<int>("code");
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char *name, Code code, const QStringList &arguments,
                            const FlagEdit &edit) {
            QTest::newRow(name) << edit << static_cast<int>(code) << arguments;
        };
        const auto threshold = [](double percentage) {
            return [percentage](Flag &f) { f.rollouts[0].threshold->percentage = percentage; };
        };
        row("threshold of 140", Code::PercentageOutOfRange, {u"140"_qs}, threshold(140));
        row("negative threshold", Code::PercentageOutOfRange, {u"-0.5"_qs}, threshold(-0.5));
        row("threshold of 0", Code::ThresholdNever, {}, threshold(0));
        row("fractional threshold", Code::ThresholdFractional, {u"0.5"_qs, u"1"_qs},
            threshold(0.5));
        row("decides all", Code::RolloutUnreachable, {u"1"_qs}, threshold(99.5));
        row("rank taken", Code::RankTaken, {u"1"_qs}, [](Flag &f) { f.rollouts[1].rank = 1; });
        row("negative rank", Code::RankNegative, {u"-4"_qs},
            [](Flag &f) { f.rollouts[0].rank = -4; });
        row("no rule", Code::RolloutWithoutRule, {},
            [](Flag &f) { f.rollouts[0].threshold.reset(); });
        row("no segment", Code::RolloutWithoutRule, {},
            [](Flag &f) { f.rollouts[1].segmentMatches[0].segments.clear(); });
        row("type", Code::RolloutTypeMismatch, {u"1"_qs},
            [](Flag &f) { f.rollouts[0].type = SegmentRollout; });
        row("unknown segment", Code::SegmentUnknown, {u"x"_qs},
            [](Flag &f) { f.rollouts[1].segmentMatches[0].segments[0] = SegmentKey(u"x"_qs); });
        row("both kinds", Code::RolloutBothKinds, {}, [](Flag &f) {
            f.rollouts[1].threshold = Threshold{{}, 10, true};
        });
        row("many rows", Code::RolloutManySegmentRows, {u"2"_qs}, [](Flag &f) {
            f.rollouts[1].segmentMatches.push_back(f.rollouts[1].segmentMatches[0]);
        });
        row("stacked", Code::ThresholdStacked, {u"60"_qs, u"50"_qs}, [](Flag &f) {
            f.rollouts[1] = f.rollouts[0];
            f.rollouts[1].rank = 2;
            f.rollouts[1].threshold->percentage = 60;
        });
        row("on a variant flag", Code::RolloutsOnVariant, {u"2"_qs},
            [](Flag &f) { f.type = VariantFlag; });
    }
    void judgesBooleanFlags()
    {
        QFETCH(FlagEdit, edit);
        QFETCH(int, code);
        Flag flag = soundBoolean();
        edit(flag);
        const auto problems = validate(flag, soundNamespace());
        QVERIFY2(has(problems, static_cast<Code>(code)), qPrintable(describe(problems)));
        QTEST(std::ranges::find(problems, static_cast<Code>(code), &Problem::code)->arguments,
              "arguments");
    }

    void judgesSegments_data()
    {
        QTest::addColumn<SegmentEdit>("edit");
        QTest::addColumn<int>("code");
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char *name, Code code, const QStringList &arguments,
                            const SegmentEdit &edit) {
            QTest::newRow(name) << edit << static_cast<int>(code) << arguments;
        };
        const auto constraint = [](int type, const QString &operatorName, const QString &value) {
            return [=](Segment &s) {
                s.constraints[0] = {{}, type, u"p"_qs, operatorName, value, {}, {}};
            };
        };
        row("name", Code::NameEmpty, {}, [](Segment &s) { s.name.clear(); });
        row("match type", Code::MatchTypeUnknown, {u"5"_qs}, [](Segment &s) { s.matchType = 5; });
        row("everyone", Code::SegmentMatchesEveryone, {},
            [](Segment &s) { s.constraints.clear(); });
        row("twice", Code::ConstraintRepeated, {u"1"_qs},
            [](Segment &s) { s.constraints.push_back(s.constraints[0]); });
        row("type", Code::ConstraintTypeUnknown, {u"9"_qs}, constraint(9, u"eq"_qs, u"x"_qs));
        row("no number", Code::ConstraintNeverMatches, {u"eq"_qs, u"abc"_qs},
            constraint(NumberConstraint, u"eq"_qs, u"abc"_qs));
        row("empty list", Code::ConstraintNeverMatches, {u"isoneof"_qs, u"[]"_qs},
            constraint(StringConstraint, u"isoneof"_qs, u"[]"_qs));
        row("list of times", Code::ConstraintNeverMatches, {u"isoneof"_qs, u"2024-01-01"_qs},
            constraint(DateTimeConstraint, u"isoneof"_qs, u"2024-01-01"_qs));
        row("blank before a prefix", Code::ConstraintNeverMatches, {u"prefix"_qs, u" a"_qs},
            constraint(StringConstraint, u"prefix"_qs, u" a"_qs));
        row("value of none", Code::ValueIgnored, {u"present"_qs, u"1"_qs},
            constraint(NumberConstraint, u"present"_qs, u"1"_qs));
    }
    void judgesSegments()
    {
        QFETCH(SegmentEdit, edit);
        QFETCH(int, code);
        Segment segment = soundSegment();
        edit(segment);
        const auto problems = validate(segment, validated);
        QVERIFY2(has(problems, static_cast<Code>(code)), qPrintable(describe(problems)));
        QTEST(std::ranges::find(problems, static_cast<Code>(code), &Problem::code)->arguments,
              "arguments");
    }

    void judgesNamespaces_data()
    {
        QTest::addColumn<NamespaceEdit>("edit");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, Code code, const NamespaceEdit &edit) {
            QTest::newRow(name) << edit << static_cast<int>(code);
        };
        row("key", Code::KeyInvalid, [](Namespace &n) { n.key = NamespaceKey(u"a b"_qs); });
        row("name", Code::NameEmpty, [](Namespace &n) { n.name.clear(); });
        row("stamp", Code::StampUnreadable,
            [](Namespace &n) { n.stateModified = u"2026-01-01T00:00:00Z"_qs; });
        row("no stamp", Code::StampMissing, [](Namespace &n) {
            n.stateModified.reset();
            n.times.created = u"2026-01-01 00:00:00"_qs;
        });
        row("flag twice", Code::DuplicateKey, [](Namespace &n) { n.flags.push_back(n.flags[0]); });
        row("unused segment", Code::SegmentUnused, [](Namespace &n) {
            n.segments.push_back(std::make_shared<const Segment>(soundSegment(u"more"_qs)));
        });
        row("unreachable rule", Code::RuleUnreachable, [](Namespace &n) {
            Segment everyone = *n.segments[0];
            everyone.constraints.clear();
            n.segments[0] = std::make_shared<const Segment>(everyone);
            Flag flag = *n.flags[0];
            flag.rules.push_back(flag.rules[0]);
            n.flags[0] = std::make_shared<const Flag>(flag);
        });
    }
    void judgesNamespaces()
    {
        QFETCH(NamespaceEdit, edit);
        QFETCH(int, code);
        Namespace nameSpace = soundNamespace();
        edit(nameSpace);
        const auto problems = validate(nameSpace);
        QVERIFY2(has(problems, static_cast<Code>(code)), qPrintable(describe(problems)));
    }

    void newErrorsLeaveOldFaultsAlone()
    {
        Namespace faulty = soundNamespace();
        Flag flag = *faulty.flags[0];
        flag.rules[0].distributions[0].rollout = 140;
        faulty.flags[0] = std::make_shared<const Flag>(flag);
        const Snapshot before{{std::make_shared<const Namespace>(faulty)}};
        flag.name = u"Other"_qs;
        flag.rules.insert(flag.rules.begin(), flag.rules[0]); // the faulty rule is the second now
        flag.rules[0].id = RuleId(u"new"_qs);
        flag.rules[0].distributions.clear();
        faulty.flags[0] = std::make_shared<const Flag>(flag);
        const Snapshot after{{std::make_shared<const Namespace>(faulty)}};
        QVERIFY(newErrors(before, after).empty());
        flag.name.clear();
        faulty.flags[0] = std::make_shared<const Flag>(flag);
        const Snapshot worse{{std::make_shared<const Namespace>(faulty)}};
        const auto problems = newErrors(before, worse);
        QCOMPARE(problems.size(), size_t(1));
        QCOMPARE(problems[0].code, Code::NameEmpty);
    }
};

QTEST_GUILESS_MAIN(TestValidate)
#include "tst_validate.moc"
