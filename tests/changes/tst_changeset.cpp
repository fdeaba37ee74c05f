// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/changeset.h>
#include <changes/fields.h>

#include <changes/largenamespace.h>
#include <support/generator.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::changes;
using namespace Qt::StringLiterals;
using test::large;
using test::withFlag;
using Kind = Change::Kind;

namespace {

/// Independent of diff: whether the objects share memory wherever they are equal.
int unsharedFlags(const flags::Snapshot &a, const flags::Snapshot &b)
{
    int count = 0;
    for (size_t i = 0; i < a.namespaces.front()->flags.size(); ++i)
        count += a.namespaces.front()->flags[i] != b.namespaces.front()->flags[i];
    return count;
}

} // namespace

class TestChangeSet : public QObject {
    Q_OBJECT

private slots:
    void lawsHoldForGeneratedSnapshots()
    {
        int changed = 0;
        QSet<int> kindsSeen;
        const qsizetype everyKind = kinds().size() * 3; // each came, went, changed
        quint32 seed = 0;
        for (; seed < 120 || (kindsSeen.size() < everyKind && seed < 1000); ++seed) {
            test::SnapshotGenerator generator(seed);
            const flags::Snapshot a = generator.snapshot();
            const flags::Snapshot b = seed % 5 == 0
                                          ? generator.snapshot()
                                          : generator.edited(a, 1 + static_cast<int>(seed % 7));
            const ChangeSet forth = diff(a, b);
            const ChangeSet back = diff(b, a);
            QCOMPARE(forth.isEmpty(), a == b);
            const auto applied = apply(a, forth);
            QVERIFY2(applied, qPrintable(applied ? QString() : applied.error().detail));
            QVERIFY2(*applied == b, qPrintable(QString::number(seed)));
            QVERIFY2(invert(forth) == back, qPrintable(QString::number(seed)));
            QVERIFY(invert(back) == forth);
            const auto undone = apply(b, invert(forth));
            QVERIFY(undone && *undone == a);
            QVERIFY(diff(a, a).isEmpty());
            for (const Change &change : forth.changes) {
                kindsSeen.insert(static_cast<int>(change.address.kind) * 4
                                 + static_cast<int>(change.kind));
                QVERIFY(change.kind != Kind::Modify || !change.fields.empty()
                        || change.positionAfter);
                for (const auto &[field, pair] : change.fields)
                    QVERIFY(change.kind != Kind::Modify || pair.before != pair.after);
            }
            changed += forth.isEmpty() ? 0 : 1;
        }
        QVERIFY2(changed > int(seed) * 2 / 3, qPrintable(QString::number(changed)));
        QCOMPARE(kindsSeen.size(), everyKind);
    }

    void orphansComeAndGoLikeAnythingElse()
    {
        QSet<size_t> kindsSeen;
        for (quint32 seed = 0; seed < 100; ++seed) {
            test::SnapshotGenerator generator(seed);
            const flags::Snapshot a = generator.withOrphans(generator.snapshot());
            flags::Snapshot b = generator.withOrphans(a);
            if (seed % 3 == 0) { // some stay, and one changes
                b.orphans.insert(b.orphans.end(), a.orphans.begin(), a.orphans.end());
                for (flags::Orphan &orphan : b.orphans) {
                    if (auto *variant = std::get_if<flags::Variant>(&orphan.object))
                        variant->name += u"!"_qs;
                }
                flags::sortOrphans(b.orphans);
            }
            for (const flags::Orphan &orphan : a.orphans)
                kindsSeen.insert(orphan.object.index());
            const ChangeSet forth = diff(a, b);
            QCOMPARE(forth.isEmpty(), a == b);
            const auto applied = apply(a, forth);
            QVERIFY2(applied, qPrintable(applied ? QString() : applied.error().detail));
            QVERIFY(*applied == b);
            QVERIFY(invert(forth) == diff(b, a));
            const auto undone = apply(b, invert(forth));
            QVERIFY(undone && *undone == a);
            QVERIFY(semantic(forth).isEmpty());
            QCOMPARE(visible(forth).changes.size(), forth.changes.size());
            // Twice is a conflict, not a second deletion.
            QCOMPARE(apply(b, forth).has_value(), forth.isEmpty());
        }
        QCOMPARE(kindsSeen.size(), qsizetype(std::variant_size_v<flags::Orphan::Object>));
    }

    void keepsCanonicalOrder()
    {
        for (quint32 seed = 0; seed < 50; ++seed) {
            test::SnapshotGenerator generator(seed);
            const ChangeSet set = diff(generator.snapshot(), generator.snapshot());
            std::map<Address, size_t> place;
            for (size_t i = 0; i < set.changes.size(); ++i)
                place[set.changes[i].address] = i;
            for (const Change &change : set.changes) {
                const auto parent = parentOf(change.address);
                if (!parent || !place.contains(*parent))
                    continue;
                const bool parentFirst = place[*parent] < place[change.address];
                if (change.kind == Kind::Add)
                    QVERIFY(parentFirst);
                if (change.kind == Kind::Remove)
                    QVERIFY(!parentFirst);
            }
        }
    }

    void renamingIsOneField()
    {
        const flags::Snapshot a = test::largeSnapshot(20);
        const flags::Snapshot b =
            withFlag(a, 7, [](flags::Flag &flag) { flag.name = u"New name"_qs; });
        const ChangeSet set = diff(a, b);
        QCOMPARE(set.changes.size(), size_t(1));
        const Change &change = set.changes.front();
        QCOMPARE(change.kind, Kind::Modify);
        QVERIFY(change.address == (Address{ObjectKind::Flag, large, u"flag-7"_qs, {}, {}}));
        QCOMPARE(change.fields.size(), size_t(1));
        QVERIFY(change.fields.at(Field::Name) == (Change::Pair{u"Flag 7"_qs, u"New name"_qs}));
        QVERIFY(!change.positionBefore && !change.positionAfter);
    }

    void movingARuleIsAMove()
    {
        const flags::Snapshot a = withFlag(test::largeSnapshot(3), 1, [](flags::Flag &flag) {
            for (int i = 3; i <= 9; ++i) {
                flags::Rule rule = flag.rules.front();
                rule.id = RuleId(u"rule-%1"_qs.arg(i));
                rule.rank = 5; // all tied, so that nothing but the order tells
                flag.rules.push_back(rule);
            }
        });
        const flags::Snapshot b = withFlag(a, 1, [](flags::Flag &flag) {
            std::rotate(flag.rules.begin() + 2, flag.rules.begin() + 3, flag.rules.end());
        });
        const ChangeSet set = diff(a, b);
        QCOMPARE(set.changes.size(), size_t(1));
        QCOMPARE(set.changes.front().address.id, u"rule-3"_qs);
        QVERIFY(set.changes.front().fields.empty());
        QCOMPARE(set.changes.front().positionBefore, std::optional(2));
        QCOMPARE(set.changes.front().positionAfter, std::optional(8));
        QCOMPARE(semantic(set).changes.size(), size_t(1));
    }

    void sharesWhatIsUntouched()
    {
        const flags::Snapshot a = test::largeSnapshot(1000);
        const flags::Snapshot b = withFlag(a, 500, [](flags::Flag &flag) { flag.enabled = true; });
        const auto applied = apply(a, diff(a, b));
        QVERIFY(applied);
        QCOMPARE(unsharedFlags(a, *applied), 1);
        QVERIFY(std::ranges::equal(a.namespaces.front()->segments,
                                   applied->namespaces.front()->segments));
    }

    void refusesWhatIsNotAsBefore_data()
    {
        QTest::addColumn<int>("theirs");
        QTest::addColumn<QString>("named");
        QTest::newRow("field changed") << 0 << u"name of the flag \"large/flag-1\""_qs;
        QTest::newRow("object gone") << 1 << u"flag \"large/flag-1\""_qs;
    }
    void refusesWhatIsNotAsBefore()
    {
        QFETCH(int, theirs);
        QFETCH(QString, named);
        const flags::Snapshot base = test::largeSnapshot(3);
        const ChangeSet mine =
            diff(base, withFlag(base, 1, [](flags::Flag &flag) { flag.name = u"mine"_qs; }));
        flags::Snapshot current =
            withFlag(base, 1, [](flags::Flag &flag) { flag.name = u"theirs"_qs; });
        if (theirs == 1) {
            flags::Namespace emptied = *base.namespaces.front();
            emptied.flags.erase(emptied.flags.begin() + 1);
            current.namespaces.front() = std::make_shared<const flags::Namespace>(emptied);
        }
        const auto applied = apply(current, mine);
        QVERIFY(!applied);
        QCOMPARE(applied.error().kind, Error::Kind::Conflict);
        QVERIFY2(applied.error().detail.contains(named), qPrintable(applied.error().detail));
    }

    void refusesToAddTwiceOrToRemoveMore()
    {
        const flags::Snapshot base = test::largeSnapshot(2);
        flags::Snapshot without = base;
        flags::Namespace emptied = *base.namespaces.front();
        emptied.flags.pop_back();
        without.namespaces.front() = std::make_shared<const flags::Namespace>(emptied);

        const auto twice = apply(base, diff(without, base));
        QVERIFY(!twice);
        QCOMPARE(twice.error().kind, Error::Kind::Conflict);

        const flags::Snapshot grown = withFlag(base, 1, [](flags::Flag &flag) {
            flag.variants.push_back({VariantId(u"theirs"_qs), u"theirs"_qs, {}, {}, {}, {}});
        });
        const auto removed = apply(grown, diff(base, without));
        QVERIFY(!removed);
        QCOMPARE(removed.error().kind, Error::Kind::Conflict);
        QVERIFY(removed.error().detail.contains(u"holds more"));
    }

    void refusesFieldsOfTheWrongType()
    {
        const flags::Snapshot base = test::largeSnapshot(1);
        ChangeSet set =
            diff(base, withFlag(base, 0, [](flags::Flag &flag) { flag.name = u"x"_qs; }));
        set.changes.front().fields.at(Field::Name).after = qint64(1);
        const auto applied = apply(base, set);
        QVERIFY(!applied);
        QCOMPARE(applied.error().kind, Error::Kind::Input);
    }

    void semanticLeavesOutTimes()
    {
        const flags::Snapshot a = test::largeSnapshot(4);
        const flags::Snapshot b = withFlag(a, 2, [](flags::Flag &flag) {
            flag.times.updated = u"2030-01-01 00:00:00+00:00"_qs;
            flag.rules[0].distributions[1].times.created = u"2030-01-01 00:00:00+00:00"_qs;
        });
        QCOMPARE(diff(a, b).changes.size(), size_t(2));
        QVERIFY(semantic(diff(a, b)).isEmpty());
        const flags::Snapshot c = withFlag(b, 2, [](flags::Flag &flag) {
            std::swap(flag.variants[0], flag.variants[1]); // shown elsewhere, answers the same
        });
        QVERIFY(semantic(diff(a, c)).isEmpty());
        const flags::Snapshot d = withFlag(b, 2, [](flags::Flag &flag) {
            std::swap(flag.rules[0].distributions[0], flag.rules[0].distributions[1]);
        });
        QCOMPARE(semantic(diff(a, d)).changes.size(), size_t(1)); // other buckets
    }

    void applyOfOneChangeIsQuick()
    {
        const flags::Snapshot a = test::largeSnapshot(10000);
        const flags::Snapshot b = withFlag(a, 9999, [](flags::Flag &flag) { flag.enabled = true; });
        const ChangeSet set = diff(a, b);
        QCOMPARE(set.changes.size(), size_t(1));
        QBENCHMARK
        {
            const auto applied = apply(a, set);
            QVERIFY(applied);
        }
    }
};

QTEST_GUILESS_MAIN(TestChangeSet)
#include "tst_changeset.moc"
