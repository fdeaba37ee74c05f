// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/fields.h>
#include <changes/rebase.h>

#include <changes/largenamespace.h>
#include <support/generator.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::changes;
using namespace Qt::StringLiterals;
using test::large;
using test::withFlag;

namespace {

const Address flagOne{ObjectKind::Flag, large, u"flag-1"_qs, {}, {}};

flags::Snapshot withoutFlag(const flags::Snapshot &snapshot, size_t index)
{
    flags::Snapshot result = snapshot;
    flags::Namespace nameSpace = *result.namespaces.front();
    nameSpace.flags.erase(nameSpace.flags.begin() + static_cast<std::ptrdiff_t>(index));
    result.namespaces.front() = std::make_shared<const flags::Namespace>(std::move(nameSpace));
    return result;
}

void giveMyName(flags::Flag &flag)
{
    flag.name = u"mine"_qs;
}

} // namespace

class TestRebase : public QObject {
    Q_OBJECT

private slots:
    void lawsHoldForGeneratedSnapshots()
    {
        int conflicting = 0;
        int clean = 0;
        int merged = 0;
        for (quint32 seed = 0; seed < 300; ++seed) {
            test::SnapshotGenerator generator(seed);
            const flags::Snapshot base = generator.snapshot();
            const flags::Snapshot mine = generator.edited(base, 8);
            const flags::Snapshot theirs = generator.edited(base, 8);
            const ChangeSet changes = diff(base, mine);
            const QByteArray which = QByteArray::number(seed);

            const auto unmoved = rebase(changes, base, base);
            QVERIFY(unmoved && unmoved->conflicts.empty());
            QVERIFY2(unmoved->changes == changes, which.constData());
            const auto done = rebase(changes, base, mine);
            QVERIFY2(done && done->changes.isEmpty() && done->conflicts.empty(), which.constData());

            const auto rebased = rebase(changes, base, theirs);
            QVERIFY2(rebased, qPrintable(rebased ? QString() : rebased.error().detail));
            const auto applied = apply(theirs, rebased->changes);
            QVERIFY2(applied, which.constData());
            merged += rebased->merged;
            clean += rebased->conflicts.empty() && !rebased->changes.isEmpty() ? 1 : 0;
            conflicting += rebased->conflicts.empty() ? 0 : 1;
            for (const Conflict &conflict : rebased->conflicts) {
                if (conflict.kind == Conflict::Kind::Field)
                    QVERIFY(conflict.mine != conflict.theirs);
                const auto taken = takeMine(rebased->changes, conflict, changes, base, theirs);
                QVERIFY2(taken, qPrintable(taken ? QString() : taken.error().detail));
                QVERIFY2(!(*taken == rebased->changes), which.constData());
            }
            // Undoing mine again leaves theirs as it was.
            const auto undone = apply(*applied, invert(rebased->changes));
            QVERIFY(undone && *undone == theirs);
        }
        QVERIFY2(
            clean > 50 && conflicting > 50 && merged > 10,
            qPrintable(
                u"%1 clean, %2 conflicting, %3 merged"_qs.arg(clean).arg(conflicting).arg(merged)));
        qInfo("%d clean, %d conflicting, %d objects merged", clean, conflicting, merged);
    }

    void differentFieldsMerge()
    {
        const flags::Snapshot base = test::largeSnapshot(3);
        const flags::Snapshot theirs = withFlag(base, 1, [](flags::Flag &flag) {
            flag.enabled = true;
            flag.times.updated = u"2030-01-01 00:00:00+00:00"_qs;
        });
        const ChangeSet mine = diff(base, withFlag(base, 1, giveMyName));
        const auto rebased = rebase(mine, base, theirs);
        QVERIFY(rebased && rebased->conflicts.empty());
        QCOMPARE(rebased->merged, 1);
        const auto merged = apply(theirs, rebased->changes);
        QVERIFY(merged);
        const flags::Flag &flag = *merged->namespaces.front()->flags[1];
        QCOMPARE(flag.name, u"mine"_qs);
        QVERIFY(flag.enabled);
    }

    void sameFieldConflicts()
    {
        const flags::Snapshot base = test::largeSnapshot(3);
        const flags::Snapshot theirs =
            withFlag(base, 1, [](flags::Flag &flag) { flag.name = u"theirs"_qs; });
        const ChangeSet mine = diff(base, withFlag(base, 1, giveMyName));
        const auto rebased = rebase(mine, base, theirs);
        QVERIFY(rebased && rebased->changes.isEmpty());
        QCOMPARE(rebased->conflicts.size(), size_t(1));
        QVERIFY(rebased->conflicts.front()
                == (Conflict{Conflict::Kind::Field, flagOne, Field::Name, u"Flag 1"_qs,
                             u"theirs"_qs, u"mine"_qs}));
        const auto taken =
            takeMine(rebased->changes, rebased->conflicts.front(), mine, base, theirs);
        QVERIFY(taken);
        QCOMPARE(apply(theirs, *taken)->namespaces.front()->flags[1]->name, u"mine"_qs);
    }

    void removalsConflictWithChanges()
    {
        const flags::Snapshot base = test::largeSnapshot(3);
        const flags::Snapshot renamed = withFlag(base, 1, [](flags::Flag &flag) {
            flag.rules[0].segments = {SegmentKey(u"segment-0"_qs), SegmentKey(u"segment-9"_qs)};
        });
        const flags::Snapshot removed = withoutFlag(base, 1);

        const ChangeSet removal = diff(base, removed);
        const auto here = rebase(removal, base, renamed);
        QVERIFY(here && here->changes.isEmpty());
        QCOMPARE(here->conflicts.size(), size_t(1));
        QCOMPARE(here->conflicts.front().kind, Conflict::Kind::RemovedHere);
        QVERIFY(here->conflicts.front().address == flagOne);
        const auto gone = takeMine(here->changes, here->conflicts.front(), removal, base, renamed);
        QVERIFY(gone && *apply(renamed, *gone) == removed);

        const ChangeSet edit = diff(base, renamed);
        const auto there = rebase(edit, base, removed);
        QVERIFY(there && there->changes.isEmpty());
        QCOMPARE(there->conflicts.size(), size_t(1));
        QCOMPARE(there->conflicts.front().kind, Conflict::Kind::RemovedThere);
        QVERIFY(there->conflicts.front().address == flagOne);
        const auto back = takeMine(there->changes, there->conflicts.front(), edit, base, removed);
        QVERIFY(back && *apply(removed, *back) == renamed);
    }

    void addedOnBothSides()
    {
        const flags::Snapshot base = withoutFlag(test::largeSnapshot(3), 1);
        const flags::Snapshot theirs = test::largeSnapshot(3);
        const ChangeSet same = diff(base, theirs);
        const auto alike = rebase(same, base, theirs);
        QVERIFY(alike && alike->changes.isEmpty() && alike->conflicts.empty());
        const ChangeSet other = diff(base, withFlag(theirs, 1, giveMyName));
        const auto differing = rebase(other, base, theirs);
        QVERIFY(differing && differing->changes.isEmpty());
        QCOMPARE(differing->conflicts.size(), size_t(1));
        QCOMPARE(differing->conflicts.front().field, Field::Name);
    }

    void refusesChangesOfAnotherBase()
    {
        const flags::Snapshot base = test::largeSnapshot(3);
        const ChangeSet mine = diff(base, withFlag(base, 1, giveMyName));
        const auto rebased = rebase(mine, withoutFlag(base, 1), base);
        QVERIFY(!rebased);
        QCOMPARE(rebased.error().kind, Error::Kind::Input);
    }
};

QTEST_GUILESS_MAIN(TestRebase)
#include "tst_rebase.moc"
