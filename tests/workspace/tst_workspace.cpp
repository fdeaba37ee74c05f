// SPDX-License-Identifier: GPL-3.0-or-later
#include <workspace/workspace.h>

#include <flags/edit.h>
#include <support/constants.h>
#include <support/sqldnode.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::defaultNamespace;
using test::patience;
using workspace::Save;
using workspace::SnapshotFeed;
using workspace::Workspace;

namespace {

Workspace::Node nodeAt(const QString &address)
{
    const auto source = store::Source::parse(address);
    Q_ASSERT(source);
    return {address, *source, {}};
}

flags::Flag flagNamed(const QString &key)
{
    flags::Flag flag;
    flag.key = FlagKey(key);
    flag.name = u"Name of "_qs + key;
    flag.variants.push_back({{}, u"on"_qs, {}, {}, {}, {}});
    return flag;
}

workspace::Draft::Edit adding(const QString &key)
{
    return [=](const flags::Snapshot &snapshot) {
        return flags::insertFlag(snapshot, defaultNamespace, flagNamed(key));
    };
}

bool shows(const SnapshotFeed &feed, const QString &key)
{
    const auto nameSpace = feed.reading().snapshot.nameSpace(defaultNamespace);
    return nameSpace && nameSpace->flag(FlagKey(key));
}

} // namespace

class TestWorkspace : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;

    /// A workspace on a new database with Flipt's schema, unlocked and read.
    std::unique_ptr<Workspace> open(const QString &primary, const QStringList &replicas = {},
                                    store::Journal *journal = nullptr)
    {
        QList<Workspace::Node> nodes;
        for (const QString &replica : replicas)
            nodes.append(nodeAt(replica));
        auto made = std::make_unique<Workspace>(nodeAt(primary), nodes, m_clock, nullptr, journal);
        made->unlock();
        const auto initialised = made->initialise();
        [&] { QTRY_VERIFY_WITH_TIMEOUT(initialised.isFinished(), patience); }();
        [&] { QVERIFY2(initialised.result(), "the schema cannot be created"); }();
        made->start();
        [&] { QTRY_VERIFY_WITH_TIMEOUT(made->primary().hasReading(), patience); }();
        return made;
    }

private slots:
    void savesToAFile()
    {
        QTemporaryDir directory;
        const auto open_ = open(directory.filePath(u"flipt.db"_qs));
        Workspace &workspace = *open_;
        QVERIFY(workspace.draft().base().nameSpace(defaultNamespace));
        QVERIFY(workspace.draft().edit(u"add"_qs, adding(u"first"_qs)));
        const auto save = workspace.save();
        QVERIFY2(save, qPrintable(save ? QString() : save.error().detail));
        QTRY_COMPARE_WITH_TIMEOUT((*save)->state(), Save::State::Arrived, patience);
        QTRY_VERIFY_WITH_TIMEOUT(shows(workspace.primary(), u"first"_qs), patience);
        // What was saved is no longer a change, though the writer filled times in.
        QTRY_VERIFY(!workspace.draft().isChanged());
        const auto flag = workspace.draft().base().nameSpace(defaultNamespace)->flags.front();
        QVERIFY(!flag->times.created.isEmpty());
        // Undoing the saved step is a new change, and can be saved as well.
        workspace.draft().undo();
        QVERIFY(workspace.draft().isChanged());
        const auto undone = workspace.save();
        QVERIFY(undone);
        QTRY_COMPARE_WITH_TIMEOUT((*undone)->state(), Save::State::Arrived, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!shows(workspace.primary(), u"first"_qs), patience);
    }

    void keepsDraftsAndSavesInTheJournal()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(u"flipt.db"_qs);
        store::Journal journal(directory.filePath(u"journal.db"_qs), m_clock);
        {
            const auto opened = open(path, {}, &journal);
            QVERIFY(opened->draft().edit(u"add"_qs, adding(u"typed"_qs)));
            // Only the journal tells when an edit is safe.
            const auto kept = [&] {
                const auto draft = journal.draft(path);
                [&] { QTRY_VERIFY_WITH_TIMEOUT(draft.isFinished(), patience); }();
                return draft.result().value_or(std::nullopt).has_value();
            };
            QTRY_VERIFY_WITH_TIMEOUT(kept(), patience);
        } // the program ends
        const auto opened = open(path, {}, &journal);
        QTRY_VERIFY_WITH_TIMEOUT(opened->draft().isChanged(), patience);
        QCOMPARE(opened->draft().undoLabel(), u"restore unsaved changes"_qs);
        const auto save = opened->save(u"because"_qs);
        QVERIFY(save);
        QTRY_COMPARE_WITH_TIMEOUT((*save)->state(), Save::State::Arrived, patience);
        // What was written, times included, is what the inverse takes back.
        const auto &written = (*save)->changes().changes;
        QVERIFY(std::ranges::any_of(written, [](const changes::Change &change) {
            return change.kind == changes::Change::Kind::Add
                   && change.address.kind == changes::ObjectKind::Flag
                   && change.fields.at(changes::Field::Created).after != changes::Value(QString());
        }));
        using State = store::JournalSummary::State;
        store::JournalSummary summary;
        const auto isSaved = [&] {
            const auto summaries = journal.summaries(path, 0, 10);
            [&] { QTRY_VERIFY_WITH_TIMEOUT(summaries.isFinished(), patience); }();
            const auto list = summaries.result().value_or(QList<store::JournalSummary>());
            summary = list.value(0);
            return list.size() == 1 && summary.state == State::Saved;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isSaved(), patience);
        QCOMPARE(summary.reason, u"because"_qs);
        QCOMPARE(summary.author, store::systemAuthor());
        QCOMPARE(summary.stamps, (*save)->receipt().stamps);
    }

    void isReadOnlyUntilUnlocked()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(u"flipt.db"_qs);
        open(path);
        Workspace workspace(nodeAt(path), {}, m_clock);
        workspace.start();
        QTRY_VERIFY_WITH_TIMEOUT(workspace.primary().hasReading(), patience);
        QVERIFY(workspace.isLocked());
        QVERIFY(workspace.draft().edit(u"add"_qs, adding(u"first"_qs)));
        QCOMPARE(workspace.whyNotSave().value_or(Error{}).kind, Error::Kind::ReadOnly);
        QVERIFY(!workspace.save());
        QSignalSpy lock(&workspace, &Workspace::lockChanged);
        workspace.unlock();
        QCOMPARE(lock.size(), 1);
        QVERIFY(!workspace.whyNotSave());
        workspace.lock();
        QCOMPARE(workspace.whyNotSave().value_or(Error{}).kind, Error::Kind::ReadOnly);
        workspace.unlock();
        QVERIFY(workspace.draft().edit(u"add"_qs, adding(u"a key with blanks"_qs)));
        QCOMPARE(workspace.whyNotSave().value_or(Error{}).kind, Error::Kind::Input);
    }

    void findsAnotherWritersChange()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(u"flipt.db"_qs);
        const auto mine = open(path);
        const auto theirs = open(path);
        QVERIFY(mine->draft().edit(u"add"_qs, adding(u"same"_qs)));
        QVERIFY(theirs->draft().edit(u"add"_qs, [](const flags::Snapshot &snapshot) {
            flags::Flag flag = flagNamed(u"same"_qs);
            flag.name = u"Theirs"_qs;
            return flags::insertFlag(snapshot, defaultNamespace, flag);
        }));
        mine->primary().stop(); // as if we had not heard of it yet
        const auto first = theirs->save();
        QVERIFY(first);
        QTRY_COMPARE_WITH_TIMEOUT((*first)->state(), Save::State::Arrived, patience);
        const auto second = mine->save();
        QVERIFY(second);
        QTRY_COMPARE_WITH_TIMEOUT((*second)->state(), Save::State::Conflict, patience);
        // The fresh reading tells what collided, and nothing can be saved until it is decided.
        QTRY_VERIFY_WITH_TIMEOUT(!mine->draft().conflicts().empty(), patience);
        QCOMPARE(mine->draft().conflicts().front().theirs, changes::Value(u"Theirs"_qs));
        QVERIFY(!mine->save());
    }

    void followsASaveToTheReplica()
    {
        const test::SqldNode primary;
        const test::SqldNode replica(primary);
        const auto opened = open(primary.url().toString(), {replica.url().toString()});
        Workspace &workspace = *opened;
        SnapshotFeed &feed = *workspace.replicas().front();
        QTRY_VERIFY_WITH_TIMEOUT(feed.hasReading() && feed.state() == SnapshotFeed::State::Ready,
                                 patience);
        QVERIFY(workspace.draft().edit(u"add"_qs, adding(u"travelling"_qs)));
        const auto save = workspace.save();
        QVERIFY(save);
        QSignalSpy arrived(*save, &Save::arrived);
        QTRY_COMPARE_WITH_TIMEOUT((*save)->state(), Save::State::Arrived, patience);
        QCOMPARE(arrived.size(), 1);
        QVERIFY((*save)->receipt().replicationIndex);
        QCOMPARE((*save)->arrivals().size(), 1);
        QCOMPARE((*save)->arrivals().front().node, replica.url().toString());
        QVERIFY((*save)->arrivals().front().nanoseconds.value_or(-1) >= 0);
        QTRY_VERIFY_WITH_TIMEOUT(shows(feed, u"travelling"_qs), patience);
        QTRY_VERIFY_WITH_TIMEOUT(shows(workspace.primary(), u"travelling"_qs), patience);
        // The replica's snapshot is the primary's, object by object.
        QTRY_VERIFY_WITH_TIMEOUT(feed.reading().snapshot.nameSpace(defaultNamespace)->flags.front()
                                     == workspace.primary()
                                            .reading()
                                            .snapshot.nameSpace(defaultNamespace)
                                            ->flags.front(),
                                 patience);
    }

    void survivesANodeThatIsDown()
    {
        test::SqldNode node;
        const auto opened = open(node.url().toString());
        QTRY_COMPARE_WITH_TIMEOUT(opened->primary().state(), SnapshotFeed::State::Ready, patience);
        node.stop();
        opened->primary().refresh();
        QTRY_COMPARE_WITH_TIMEOUT(opened->primary().state(), SnapshotFeed::State::Error, patience);
        QVERIFY(opened->primary().hasReading());
        QCOMPARE(opened->primary().error().kind, Error::Kind::Network);
        node.start();
        QTRY_COMPARE_WITH_TIMEOUT(opened->primary().state(), SnapshotFeed::State::Ready, patience);
    }
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
