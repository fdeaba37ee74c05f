// SPDX-License-Identifier: GPL-3.0-or-later
#include "savefixture.h"

#include <store/journal.h>

#include <QDir>
#include <QProcess>
#include <QRandomGenerator>

#include <cstdio>

using namespace edgewise;
using namespace Qt::StringLiterals;
using store::Journal;
using store::JournalDraft;
using store::JournalEntry;
using store::JournalSummary;
using test::defaultKey;
using test::plainFlag;
using test::richFlag;
using test::richSnapshot;

namespace {

const QString primary = u"http://127.0.0.1:8080"_qs;

flags::Snapshot emptyDatabase()
{
    auto nameSpace = std::make_shared<flags::Namespace>();
    nameSpace->key = defaultKey;
    nameSpace->name = u"Default"_qs;
    return {.namespaces = {nameSpace}};
}

/// A draft that renames the flag "rich".
JournalDraft draftNamed(const flags::Snapshot &base, const QString &name)
{
    flags::Flag flag = richFlag(base);
    flag.name = name;
    return {.source = primary,
            .changes = changes::diff(base, *flags::replaceFlag(base, defaultKey, flag)),
            .base = base};
}

QString nameIn(const JournalDraft &draft)
{
    return std::get<QString>(draft.changes.changes.front().fields.at(changes::Field::Name).after);
}

/// The child: keeps drafts named 1, 2, 3 … and says each number once it is kept.
int keepDrafts(const QString &path)
{
    const SystemClock clock;
    Journal journal(path, clock);
    const flags::Snapshot base = richSnapshot(emptyDatabase());
    for (int number = 1; number < 100'000; ++number) {
        if (!journal.keepDraft(draftNamed(base, QString::number(number))).result())
            return 1;
        std::printf("%d\n", number);
        std::fflush(stdout);
    }
    return 0;
}

} // namespace

class TestJournal : public QObject {
    Q_OBJECT

    test::StandingClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;

    QString path() const { return m_folder->filePath(u"state/journal.db"_qs); }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void keepsTheNewestThousandSightingsOfASource()
    {
        Journal journal(path(), m_clock);
        const auto sighting = [](qint64 at) {
            return store::JournalSighting{
                .source = primary,
                .seenAt = at,
                .uncertainty = 250'000'000,
                .replicationIndex = quint64(at),
                .stamps = {{u"default"_qs, u"2030-01-02 03:04:05+00:00"_qs}},
                .stops = {{.kind = 1,
                           .arrival = {.node = u"r"_qs,
                                       .nanoseconds = 9'007'199'254'740'993, // beyond a double
                                       .uncertainty = 20'000'000}}}};
        };
        QVERIFY(journal.keepSighting(sighting(1)).result());
        store::JournalSighting again = sighting(1);
        again.replicationIndex.reset();
        QVERIFY(journal.keepSighting(again).result());
        QCOMPARE(journal.sightings(primary, 10).result().value(), QList{again});
        QVERIFY(journal.sightings(u"another"_qs, 10).result()->isEmpty());
        for (qint64 at = 2; at <= 1010; ++at)
            QVERIFY(journal.keepSighting(sighting(at)).result());
        auto found = journal.sightings(primary, 2000).result();
        QCOMPARE(found->size(), 1000);
        QCOMPARE(found->first(), sighting(1010));
        QVERIFY(journal.dropSighting(primary, 1010).result());
        QCOMPARE(journal.sightings(primary, 2).result()->first().seenAt, 1009);
    }

    void keepsTheLastDraftOfEachSource()
    {
        flags::Snapshot base = richSnapshot(emptyDatabase());
        base = *flags::insertFlag(base, defaultKey, plainFlag(u"untouched"_qs));
        {
            Journal journal(path(), m_clock);
            QCOMPARE(*journal.open().result(), QString());
            QVERIFY(!journal.draft(primary).result()->has_value());
            QVERIFY(journal.keepDraft(draftNamed(base, u"first"_qs)).result());
            m_clock.now += 5;
            QVERIFY(journal.keepDraft(draftNamed(base, u"second"_qs)).result());
            JournalDraft other = draftNamed(base, u"other"_qs);
            other.source = u"file.db"_qs;
            QVERIFY(journal.keepDraft(other).result());
        }
        Journal journal(path(), m_clock);
        const auto kept = journal.draft(primary).result();
        QVERIFY(kept && kept->has_value());
        const JournalDraft draft = **kept;
        QCOMPARE(nameIn(draft), u"second"_qs);
        QCOMPARE(draft.editedAt, m_clock.now);
        QVERIFY(draft.changes == draftNamed(base, u"second"_qs).changes);
        // What it was made on comes along, as far as it is touched, and takes the changes.
        QCOMPARE(draft.base.namespaces[0]->flags.size(), size_t(1));
        QVERIFY(richFlag(draft.base) == richFlag(base));
        QVERIFY(changes::apply(draft.base, draft.changes));
        QVERIFY(journal.dropDraft(primary).result());
        QVERIFY(!journal.draft(primary).result()->has_value());
        QVERIFY(journal.draft(u"file.db"_qs).result()->has_value());
        QCOMPARE(QFile::permissions(path()) & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
    }

    void remembersSaves()
    {
        const flags::Snapshot base = richSnapshot(emptyDatabase());
        JournalEntry entry;
        entry.summary.source = primary;
        entry.summary.author = u"me"_qs;
        entry.summary.reason = u"because"_qs;
        entry.changes = draftNamed(base, u"\uFEFFnew"_qs).changes;
        entry.inverse = changes::invert(entry.changes);
        qint64 id = 0;
        {
            Journal journal(path(), m_clock);
            id = *journal.begin(entry).result();
            QVERIFY(*journal.begin(entry).result() > id);
            QVERIFY(journal
                        .finish(id, JournalSummary::State::Saved,
                                {{u"default"_qs, u"2026-11-24 21:30:33+00:00"_qs}}, 7)
                        .result());
            QVERIFY(journal.noteArrival(id, {.node = u"b"_qs, .nanoseconds = 9, .uncertainty = 1})
                        .result());
            QVERIFY(journal.noteArrival(id, {.node = u"a"_qs, .nanoseconds = 5, .uncertainty = 1})
                        .result());
            QVERIFY(journal.noteArrival(id, {.node = u"b"_qs, .nanoseconds = 99, .uncertainty = 1})
                        .result());
            QCOMPARE(journal.finish(99, JournalSummary::State::Saved, {}, {}).result().error().kind,
                     Error::Kind::NotFound);
        }
        Journal journal(path(), m_clock);
        const auto found = journal.entry(id).result();
        QVERIFY(found);
        QVERIFY(found->changes == entry.changes);
        QVERIFY(found->inverse == entry.inverse);
        const JournalSummary &summary = found->summary;
        QCOMPARE(summary.state, JournalSummary::State::Saved);
        QCOMPARE(summary.author, u"me"_qs);
        QCOMPARE(summary.reason, u"because"_qs);
        QCOMPARE(summary.begunAt, m_clock.now);
        QCOMPARE(summary.changeCount, qint64(1));
        QCOMPARE(summary.stamps.value(u"default"_qs), u"2026-11-24 21:30:33+00:00"_qs);
        QCOMPARE(summary.replicationIndex, std::optional<quint64>(7));
        QCOMPARE(summary.arrivals.size(), 2);
        QCOMPARE(summary.arrivals[0], (store::JournalArrival{u"b"_qs, 9, 1}));

        const auto all = journal.summaries({}, 0, 10).result();
        QCOMPARE(all->size(), 2);
        QCOMPARE(all->at(0).state, JournalSummary::State::Sending); // begun, and then we ended
        QCOMPARE(all->at(1).id, id);
        QCOMPARE(journal.summaries(primary, all->at(0).id, 10).result()->size(), 1);
        QVERIFY(journal.summaries(u"elsewhere"_qs, 0, 10).result()->isEmpty());
        QCOMPARE(journal.entry(99).result().error().kind, Error::Kind::NotFound);
        QVERIFY(!store::systemAuthor().isEmpty());
    }

    void setsAsideWhatItCannotUse_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sql");
        QTest::newRow("no database") << QByteArray("not a database, ").repeated(500) << QString();
        QTest::newRow("newer") << QByteArray() << u"PRAGMA user_version = 2"_qs;
        QTest::newRow("another program's") << QByteArray() << u"PRAGMA application_id = 1"_qs;
    }
    void setsAsideWhatItCannotUse()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, sql);
        const flags::Snapshot base = richSnapshot(emptyDatabase());
        QVERIFY(Journal(path(), m_clock).keepDraft(draftNamed(base, u"old"_qs)).result());
        if (!sql.isEmpty()) {
            {
                QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_qs, u"other"_qs);
                database.setDatabaseName(path());
                QVERIFY(database.open());
                QVERIFY(QSqlQuery(database).exec(sql));
                database.close();
            }
            QSqlDatabase::removeDatabase(u"other"_qs);
        } else {
            QFile file(path());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content);
        }
        const QByteArray before = [&] {
            QFile file(path());
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }();
        Journal journal(path(), m_clock);
        const auto aside = journal.open().result();
        QVERIFY2(aside, aside ? "" : qPrintable(aside.error().detail));
        QVERIFY(!aside->isEmpty());
        QFile kept(*aside);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), before);
        QVERIFY(journal.keepDraft(draftNamed(base, u"new"_qs)).result());
        QCOMPARE(nameIn(**journal.draft(primary).result()), u"new"_qs);
        QCOMPARE(*journal.open().result(), QString()); // told once
    }

    void saysWhenThereIsNoRoomForIt()
    {
        Journal journal(u"/proc/nowhere/journal.db"_qs, m_clock);
        const auto opened = journal.open().result();
        QVERIFY(!opened);
        QVERIFY(opened.error().step.contains(u"/proc/nowhere"));
    }

    void losesNoDraftWhenItIsKilled()
    {
        // One file all along, so that a log left behind by a kill is opened by the next run.
        QRandomGenerator random(1);
        for (int moment = 0; moment < 200; ++moment) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(), {u"--keep-drafts"_qs, path()});
            QVERIFY(child.waitForReadyRead(20'000));
            // As many more drafts as the moment says, then in the midst of the next one.
            const int lines = 1 + moment % 4;
            QByteArray said = child.readAll();
            while (said.count('\n') < lines && child.waitForReadyRead(20'000))
                said += child.readAll();
            QElapsedTimer timer;
            timer.start();
            const qint64 pause = random.bounded(2'000'000);
            while (timer.nsecsElapsed() < pause) {
            }
            child.kill();
            QVERIFY(child.waitForFinished(20'000));
            said += child.readAll();
            const int last = said.left(said.lastIndexOf('\n')).split('\n').last().toInt();
            QVERIFY(last >= lines);

            Journal journal(path(), m_clock);
            QCOMPARE(*journal.open().result(), QString());
            const auto draft = journal.draft(primary).result();
            QVERIFY2(draft, draft ? "" : qPrintable(draft.error().detail));
            QVERIFY(draft->has_value());
            const int kept = nameIn(**draft).toInt();
            QVERIFY2(kept >= last && kept <= last + 1,
                     qPrintable(u"said %1, kept %2"_qs.arg(last).arg(kept)));
        }
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--keep-drafts") == 0)
        return keepDrafts(QString::fromLocal8Bit(argv[2]));
    TestJournal test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_journal.moc"
