// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/edit.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::flags;
using namespace Qt::StringLiterals;

namespace {

const NamespaceKey team(u"team"_qs);

Flag flagNamed(const QString &key)
{
    Flag flag;
    flag.key = FlagKey(key);
    flag.name = key;
    return flag;
}

Snapshot sample()
{
    Namespace nameSpace;
    nameSpace.key = team;
    Segment segment;
    segment.key = SegmentKey(u"beta"_qs);
    Flag user = flagNamed(u"user"_qs);
    user.rules.push_back({RuleId(u"r"_qs), 1, OrOperator, {segment.key}, {}, {}});
    nameSpace.segments.push_back(std::make_shared<const Segment>(segment));
    nameSpace.flags.push_back(std::make_shared<const Flag>(user));
    nameSpace.flags.push_back(std::make_shared<const Flag>(flagNamed(u"other"_qs)));
    return {{std::make_shared<const Namespace>(nameSpace)}};
}

} // namespace

class TestEdit : public QObject {
    Q_OBJECT

private slots:
    void insertsReplacesAndRemovesFlags()
    {
        const Snapshot base = sample();
        Flag fresh = flagNamed(u"fresh"_qs);
        fresh.variants.push_back({{}, u"a"_qs, {}, {}, {}, {}});
        fresh.rules.push_back({{}, 1, OrOperator, {SegmentKey(u"beta"_qs)}, {{}}, {}});
        fresh.rollouts.push_back({{}, ThresholdRollout, {}, 1, Threshold{}, {SegmentMatch{}}, {}});
        const auto inserted = insertFlag(base, team, fresh);
        QVERIFY(inserted);
        const auto &flags = inserted->namespaces.front()->flags;
        QCOMPARE(flags.size(), size_t(3));
        QCOMPARE(flags[0], base.namespaces.front()->flags[0]); // shared
        const Flag &made = *flags.back();
        const QRegularExpression uuid(u"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f-]{17}$"_qs);
        for (const QString &id :
             {made.variants[0].id.text(), made.rules[0].id.text(),
              made.rules[0].distributions[0].id.text(), made.rollouts[0].id.text(),
              made.rollouts[0].threshold->id.text(), made.rollouts[0].segmentMatches[0].id.text()})
            QVERIFY2(uuid.match(id).hasMatch(), qPrintable(id));

        Flag renamed = made;
        renamed.name = u"Renamed"_qs;
        const auto replaced = replaceFlag(*inserted, team, renamed);
        QVERIFY(replaced);
        QCOMPARE(replaced->namespaces.front()->flags[2]->name, u"Renamed"_qs);
        const auto removed = removeFlag(*replaced, team, renamed.key);
        QVERIFY(removed);
        QVERIFY(*removed == base);
    }

    void editsAndRemovesManyFlags()
    {
        const Snapshot base = sample();
        const FlagKey user(u"user"_qs);
        const FlagKey other(u"other"_qs);
        const auto edited = editFlags(base, team, {other, user},
                                      [&](Flag &flag) { flag.enabled = flag.key == other; });
        QVERIFY(edited);
        const auto &flags = edited->namespaces.front()->flags;
        QCOMPARE(flags[0], base.namespaces.front()->flags[0]); // nothing changed, so it is shared
        QVERIFY(flags[1]->enabled);
        QVERIFY(!base.namespaces.front()->flags[1]->enabled);

        const auto removed = removeFlags(base, team, {user});
        QVERIFY(removed);
        QCOMPARE(removed->namespaces.front()->flags.size(), size_t(1));
        QCOMPARE(removed->namespaces.front()->flags[0], base.namespaces.front()->flags[1]);
    }

    void refusesDuplicatesAndMissing_data()
    {
        QTest::addColumn<Error>("error");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("detail");
        const Snapshot base = sample();
        const NamespaceKey nowhere(u"nowhere"_qs);
        const int input = static_cast<int>(Error::Kind::Input);
        const int notFound = static_cast<int>(Error::Kind::NotFound);
        Segment beta;
        beta.key = SegmentKey(u"beta"_qs);
        Namespace again;
        again.key = team;
        QTest::newRow("flag twice") << insertFlag(base, team, flagNamed(u"user"_qs)).error()
                                    << input << u"flag \"team/user\" is not unique"_qs;
        QTest::newRow("segment twice") << insertSegment(base, team, beta).error() << input
                                       << u"segment \"team/beta\" is not unique"_qs;
        QTest::newRow("namespace twice") << insertNamespace(base, again).error() << input
                                         << u"namespace \"team\" is not unique"_qs;
        QTest::newRow("no namespace") << insertFlag(base, nowhere, flagNamed(u"x"_qs)).error()
                                      << notFound << u"namespace \"nowhere\" not found"_qs;
        QTest::newRow("no flag") << replaceFlag(base, team, flagNamed(u"x"_qs)).error() << notFound
                                 << u"flag \"team/x\" not found"_qs;
        const std::vector<FlagKey> some{FlagKey(u"user"_qs), FlagKey(u"x"_qs)};
        QTest::newRow("not all flags to edit") << editFlags(base, team, some, [](Flag &) {}).error()
                                               << notFound << u"flag \"team/x\" not found"_qs;
        QTest::newRow("not all flags to remove")
            << removeFlags(base, team, some).error() << notFound << u"flag \"team/x\" not found"_qs;
        QTest::newRow("segment in use")
            << removeSegment(base, team, beta.key).error() << input
            << u"segment \"team/beta\" is in use by flag \"team/user\""_qs;
    }
    void refusesDuplicatesAndMissing()
    {
        QFETCH(Error, error);
        QTEST(static_cast<int>(error.kind), "kind");
        QTEST(error.detail, "detail");
    }

    void storesAsFlipt()
    {
        Flag flag;
        const SegmentKey a(u"a"_qs);
        flag.rules.push_back({{}, 1, AndOperator, {a, a}, {{{}, {}, 33.33, {}}}, {}});
        const Flag stored = asStored(flag);
        QCOMPARE(stored.rules[0].segments.size(), size_t(1));
        QCOMPARE(stored.rules[0].segmentOperator, static_cast<int>(OrOperator));
        QCOMPARE(stored.rules[0].distributions[0].rollout, 33.33000183105469);

        Segment segment;
        segment.constraints.push_back(
            {{}, StringConstraint, u"p"_qs, u"EMPTY"_qs, u"x"_qs, {}, {}});
        segment.constraints.push_back({{},
                                       DateTimeConstraint,
                                       u"p"_qs,
                                       u"eq"_qs,
                                       u"2024-01-01T00:00:00.75+01:00"_qs,
                                       {},
                                       {}});
        const Segment tidy = asStored(segment);
        QCOMPARE(tidy.constraints[0].operatorName, u"empty"_qs);
        QCOMPARE(tidy.constraints[0].value, QString());
        QCOMPARE(tidy.constraints[1].value, u"2023-12-31T23:00:00Z"_qs);
    }
};

QTEST_GUILESS_MAIN(TestEdit)
#include "tst_edit.moc"
