// SPDX-License-Identifier: GPL-3.0-or-later
#include <workspace/draft.h>

#include <flags/edit.h>
#include <support/generator.h>

#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using workspace::Draft;

namespace {

const NamespaceKey large(u"large"_qs);

/// An edit that changes one flag of the namespace "large".
template <typename Change>
Draft::Edit onFlag(const QString &key, Change change)
{
    return [=](const flags::Snapshot &snapshot) -> Result<flags::Snapshot> {
        const auto found = snapshot.nameSpace(large)->flag(FlagKey(key));
        if (!found)
            return Error{Error::Kind::NotFound, {}, key, {}, false};
        flags::Flag flag = *found;
        change(flag);
        return flags::replaceFlag(snapshot, large, flag);
    };
}

Draft::Edit renaming(const QString &key, const QString &name)
{
    return onFlag(key, [=](flags::Flag &flag) { flag.name = name; });
}

flags::Snapshot edited(const flags::Snapshot &snapshot, const Draft::Edit &edit)
{
    return *edit(snapshot);
}

QString nameOf(const flags::Snapshot &snapshot, const QString &key)
{
    return snapshot.nameSpace(large)->flag(FlagKey(key))->name;
}

} // namespace

class TestDraft : public QObject {
    Q_OBJECT

private slots:
    void undoesAndRedoes()
    {
        Draft draft;
        const flags::Snapshot base = test::largeSnapshot(5);
        draft.reset(base);
        QVERIFY(!draft.isChanged() && !draft.canUndo());
        QSignalSpy current(&draft, &Draft::currentChanged);
        QVERIFY(draft.edit(u"first"_qs, renaming(u"flag-1"_qs, u"One"_qs)));
        QVERIFY(draft.edit(u"second"_qs, renaming(u"flag-2"_qs, u"Two"_qs)));
        QCOMPARE(current.size(), 2);
        QCOMPARE(draft.changes().changes.size(), size_t(2));
        QCOMPARE(draft.undoLabel(), u"second"_qs);
        draft.undo();
        QCOMPARE(draft.undoLabel(), u"first"_qs);
        QCOMPARE(draft.redoLabel(), u"second"_qs);
        QCOMPARE(draft.changes().changes.size(), size_t(1));
        draft.undo();
        QVERIFY(!draft.isChanged() && draft.current() == base);
        draft.redo();
        draft.redo();
        QVERIFY(!draft.canRedo());
        QCOMPARE(nameOf(draft.current(), u"flag-2"_qs), u"Two"_qs);
        draft.undo();
        QVERIFY(draft.edit(u"third"_qs, renaming(u"flag-3"_qs, u"Three"_qs)));
        QVERIFY(!draft.canRedo());
        draft.discard(u"discard"_qs);
        QVERIFY(!draft.isChanged());
        draft.undo();
        QCOMPARE(draft.changes().changes.size(), size_t(2));
    }

    void refusedEditsChangeNothing()
    {
        Draft draft;
        draft.reset(test::largeSnapshot(2));
        QSignalSpy current(&draft, &Draft::currentChanged);
        const auto refused = draft.edit(u"x"_qs, renaming(u"flag-9"_qs, u"x"_qs));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::NotFound);
        QVERIFY(draft.edit(u"same"_qs, renaming(u"flag-1"_qs, u"Flag 1"_qs)));
        QVERIFY(!draft.canUndo());
        QCOMPARE(current.size(), 0);
    }

    void oneTopicIsOneStep()
    {
        Draft draft;
        draft.reset(test::largeSnapshot(3));
        for (const QString &typed : {u"N"_qs, u"Ne"_qs, u"New"_qs})
            QVERIFY(draft.edit(u"rename"_qs, u"name of flag-1"_qs, renaming(u"flag-1"_qs, typed)));
        draft.undo();
        QVERIFY(!draft.canUndo() && !draft.isChanged());
        draft.redo();
        QCOMPARE(nameOf(draft.current(), u"flag-1"_qs), u"New"_qs);
        // Typing back to the start leaves no step.
        draft.undo();
        QVERIFY(draft.edit(u"rename"_qs, u"t"_qs, renaming(u"flag-1"_qs, u"x"_qs)));
        QVERIFY(draft.edit(u"rename"_qs, u"t"_qs, renaming(u"flag-1"_qs, u"Flag 1"_qs)));
        QVERIFY(!draft.canUndo());
    }

    void tellsNewErrorsAlone()
    {
        Draft draft;
        flags::Snapshot base = test::largeSnapshot(3);
        base = edited(base, renaming(u"flag-0"_qs, QString())); // a fault that was there before
        draft.reset(base);
        QVERIFY(draft.edit(u"a"_qs, renaming(u"flag-1"_qs, u"x"_qs)));
        QVERIFY(draft.errors().empty());
        QVERIFY(draft.edit(u"b"_qs, renaming(u"flag-2"_qs, QString())));
        QCOMPARE(draft.errors().size(), size_t(1));
        QCOMPARE(draft.errors().front().code, flags::Problem::Code::NameEmpty);
        QCOMPARE(draft.errors().front().location.owner, u"flag-2"_qs);
    }

    void rebasesOnAFreshBase()
    {
        Draft draft;
        const flags::Snapshot base = test::largeSnapshot(5);
        draft.reset(base);
        QVERIFY(draft.edit(u"mine"_qs, renaming(u"flag-1"_qs, u"Mine"_qs)));
        const flags::Snapshot fresh = edited(base, renaming(u"flag-2"_qs, u"Theirs"_qs));
        draft.rebaseOn(fresh);
        QVERIFY(draft.conflicts().empty());
        QCOMPARE(draft.changes().changes.size(), size_t(1));
        QCOMPARE(nameOf(draft.current(), u"flag-2"_qs), u"Theirs"_qs);
        // Undo takes back my step alone.
        draft.undo();
        QVERIFY(draft.current() == fresh && !draft.isChanged());
        draft.redo();
        QCOMPARE(nameOf(draft.current(), u"flag-1"_qs), u"Mine"_qs);
        // My change landed: nothing is left to save, and undoing it is a new change.
        draft.rebaseOn(draft.current());
        QVERIFY(!draft.isChanged());
        draft.undo();
        QCOMPARE(draft.changes().changes.size(), size_t(1));
        QCOMPARE(nameOf(draft.current(), u"flag-1"_qs), u"Flag 1"_qs);
    }

    void keepsConflictsUntilDecided()
    {
        const flags::Snapshot base = test::largeSnapshot(5);
        const flags::Snapshot fresh = edited(base, renaming(u"flag-1"_qs, u"Theirs"_qs));
        for (const bool mine : {true, false}) {
            Draft draft;
            draft.reset(base);
            QVERIFY(draft.edit(u"a"_qs, renaming(u"flag-1"_qs, u"Mine"_qs)));
            QVERIFY(draft.edit(u"b"_qs, renaming(u"flag-2"_qs, u"Other"_qs)));
            QSignalSpy conflicts(&draft, &Draft::conflictsChanged);
            draft.rebaseOn(fresh);
            QCOMPARE(conflicts.size(), 1);
            QCOMPARE(draft.conflicts().size(), size_t(1));
            QCOMPARE(nameOf(draft.current(), u"flag-1"_qs), u"Theirs"_qs);
            QCOMPARE(nameOf(draft.current(), u"flag-2"_qs), u"Other"_qs);
            if (mine)
                QVERIFY(draft.takeMine(0));
            else
                draft.takeTheirs(0);
            QVERIFY(draft.conflicts().empty());
            QCOMPARE(nameOf(draft.current(), u"flag-1"_qs), mine ? u"Mine"_qs : u"Theirs"_qs);
            QCOMPARE(draft.changes().changes.size(), size_t(mine ? 2 : 1));
        }
    }

    void historyIsSoundForGeneratedEdits()
    {
        for (quint32 seed = 0; seed < 30; ++seed) {
            test::SnapshotGenerator generator(seed);
            Draft draft;
            const flags::Snapshot base = generator.snapshot();
            draft.reset(base);
            for (int i = 0; i < 6; ++i)
                QVERIFY(draft.edit(u"step"_qs, [&](const flags::Snapshot &snapshot) {
                    return Result<flags::Snapshot>(generator.edited(snapshot, 2));
                }));
            const flags::Snapshot last = draft.current();
            while (draft.canUndo())
                draft.undo();
            QVERIFY(draft.current() == base);
            while (draft.canRedo())
                draft.redo();
            QVERIFY(draft.current() == last);
            draft.rebaseOn(generator.edited(base, 3));
            QVERIFY(*changes::apply(draft.base(), draft.changes()) == draft.current());
            while (draft.canUndo())
                draft.undo();
            QVERIFY(*changes::apply(draft.base(), draft.changes()) == draft.current());
        }
    }
};

QTEST_GUILESS_MAIN(TestDraft)
#include "tst_draft.moc"
