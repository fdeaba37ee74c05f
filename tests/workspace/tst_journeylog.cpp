// SPDX-License-Identifier: GPL-3.0-or-later
// Saves of ours and of others, followed on a real primary and a real replica.
#include <workspace/journeylog.h>

#include <flags/edit.h>
#include <support/constants.h>
#include <support/sqldnode.h>

#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace edgewise::workspace;
using namespace Qt::StringLiterals;
using test::patience;

namespace {

constexpr qint64 millisecond = 1'000'000;

Workspace::Node namedNode(const QString &name, const QString &address)
{
    return {name, *store::Source::parse(address), {}};
}

Journey timed(QList<qint64> arrivals)
{
    Journey journey;
    journey.beganAt = 100;
    for (const qint64 arrival : arrivals)
        journey.stops.append({.kind = JourneyStop::Kind::Row,
                              .node = u"replica"_qs,
                              .name = {},
                              .seenAt = 100 + arrival,
                              .uncertainty = 0});
    return journey;
}

} // namespace

class TestJourneyLog : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<test::SqldNode> m_primary;
    std::unique_ptr<test::SqldNode> m_replica;

    std::unique_ptr<Workspace> open(store::Journal *journal = nullptr)
    {
        auto made = std::make_unique<Workspace>(
            namedNode(u"primary"_qs, m_primary->url().toString()),
            QList<Workspace::Node>{namedNode(u"replica-1"_qs, m_replica->url().toString())},
            m_clock, nullptr, journal);
        made->unlock();
        const auto initialised = made->initialise();
        [&] { QTRY_VERIFY_WITH_TIMEOUT(initialised.isFinished(), patience); }();
        made->start();
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT(
                made->primary().hasReading() && made->replicas().first()->hasReading(), patience);
        }();
        return made;
    }

    static Workspace &addFlag(Workspace &workspace, const QString &key)
    {
        flags::Flag flag;
        flag.key = FlagKey(key);
        flag.name = key;
        [&] {
            QVERIFY(workspace.draft().edit(u"add"_qs, [&](const flags::Snapshot &snapshot) {
                return flags::insertFlag(snapshot, NamespaceKey(u"default"_qs), flag);
            }));
        }();
        return workspace;
    }

private slots:
    void init()
    {
        m_primary = std::make_unique<test::SqldNode>();
        m_replica = std::make_unique<test::SqldNode>(*m_primary);
    }

    void anOwnSaveIsTimedFromItsCommit()
    {
        QTemporaryDir directory;
        store::Journal journal(directory.filePath(u"journal.db"_qs), m_clock);
        {
            const auto workspace = open(&journal);
            JourneyLog log(*workspace, &journal, m_clock);
            QVERIFY(addFlag(*workspace, u"mine"_qs).save());
            QTRY_VERIFY_WITH_TIMEOUT(log.journeys().size() == 1
                                         && log.journeys().first().origin == Journey::Origin::Own
                                         && log.journeys().first().isComplete(),
                                     patience);
            const Journey &journey = log.journeys().first();
            QCOMPARE(journey.stops.size(), 2); // the row, and its version
            QCOMPARE(journey.uncertainty, 0);
            QCOMPARE(journey.stops[0].name, u"replica-1"_qs);
            QVERIFY(!journey.isLost && journey.stops[0].seenAt && journey.stops[1].seenAt);
            QVERIFY(*journey.after(journey.stops[1]) >= 0);
            QVERIFY(journey.index.has_value());
            // The primary's own reading of it is no second save.
            QTRY_VERIFY_WITH_TIMEOUT(!workspace->draft().isChanged(), patience);
            QCOMPARE(log.journeys().size(), 1);
        }
        // A later session finds it in the journal.
        const auto workspace = open(&journal);
        JourneyLog log(*workspace, &journal, m_clock);
        QTRY_COMPARE_WITH_TIMEOUT(log.journeys().size(), 1, patience);
        QCOMPARE(log.journeys().first().origin, Journey::Origin::Kept);
        QVERIFY(journeyFigures(log.journeys(), JourneyStop::Kind::Row).has_value());
    }

    void somebodyElsesSaveIsTimedFromItsFirstSight()
    {
        const auto workspace = open();
        JourneyLog log(*workspace, nullptr, m_clock);
        m_primary->execute({u"update namespaces set name = 'Other', state_modified_at = "
                            "'2030-01-02 03:04:05.678+00:00' where key = 'default'"_qs});
        QTRY_VERIFY_WITH_TIMEOUT(log.journeys().size() == 1 && log.journeys().first().isComplete(),
                                 patience);
        const Journey &journey = log.journeys().first();
        QCOMPARE(journey.origin, Journey::Origin::Others);
        QVERIFY(journey.uncertainty >= millisecond);
        QCOMPARE(journey.stamps,
                 (QMap<QString, QString>{{u"default"_qs, u"2030-01-02 03:04:05.678+00:00"_qs}}));
        QVERIFY(journey.what.contains(u"default"));
    }

    void somebodyElsesSaveIsKeptInTheJournal()
    {
        QTemporaryDir directory;
        store::Journal journal(directory.filePath(u"journal.db"_qs), m_clock);
        Journey before;
        {
            const auto workspace = open(&journal);
            JourneyLog log(*workspace, &journal, m_clock);
            m_primary->execute({u"update namespaces set name = 'Other', state_modified_at = "
                                "'2030-01-02 03:04:05.678+00:00' where key = 'default'"_qs});
            QTRY_VERIFY_WITH_TIMEOUT(
                log.journeys().size() == 1 && log.journeys().first().isComplete(), patience);
            // Our own beside it is the save's to keep.
            QVERIFY(addFlag(*workspace, u"mine"_qs).save());
            QTRY_VERIFY_WITH_TIMEOUT(log.journeys().size() == 2 && log.journeys()[1].isComplete()
                                         && log.journeys()[1].origin == Journey::Origin::Own,
                                     patience);
            before = log.journeys().first();
        }
        const auto workspace = open(&journal);
        JourneyLog log(*workspace, &journal, m_clock);
        QTRY_COMPARE_WITH_TIMEOUT(log.journeys().size(), 2, patience);
        const Journey &kept = log.journeys().first();
        QCOMPARE(kept.origin, Journey::Origin::Kept);
        QVERIFY(kept.isOthers());
        QCOMPARE(kept.uncertainty, before.uncertainty);
        QCOMPARE(kept.stamps, before.stamps);
        QCOMPARE(kept.what, before.what);
        QCOMPARE(kept.stops.size(), before.stops.size());
        for (qsizetype i = 0; i < kept.stops.size(); ++i) {
            QCOMPARE(kept.stops[i].kind, before.stops[i].kind);
            QCOMPARE(kept.stops[i].name, before.stops[i].name);
            QCOMPARE(kept.after(kept.stops[i]), before.after(before.stops[i]));
        }
        QVERIFY(!log.journeys()[1].isOthers());
        const auto figures = journeyFigures(log.journeys(), JourneyStop::Kind::Row);
        QVERIFY(figures->isBound);
        QCOMPARE(figures->count, 2);
    }

    void aWriterWhoForgetsTheVersionIsFollowedByItsRow()
    {
        const auto workspace = open();
        JourneyLog log(*workspace, nullptr, m_clock);
        m_primary->execute({u"update namespaces set name = 'Other' where key = 'default'"_qs});
        QTRY_VERIFY_WITH_TIMEOUT(log.journeys().size() == 1 && log.journeys().first().isComplete(),
                                 patience);
        for (const JourneyStop &stop : log.journeys().first().stops)
            QCOMPARE(stop.kind, JourneyStop::Kind::Row);
    }

    void aReplicaThatIsAwayIsWaitedFor()
    {
        const auto workspace = open();
        JourneyLog log(*workspace, nullptr, m_clock);
        m_replica->stop();
        QVERIFY(addFlag(*workspace, u"late"_qs).save());
        QTRY_COMPARE_WITH_TIMEOUT(log.journeys().size(), 1, patience);
        const Journey &journey = log.journeys().first();
        QVERIFY2(!journey.isComplete(), qPrintable(u"%1 %2 lost %3"_qs.arg(journey.what)
                                                       .arg(int(journey.origin))
                                                       .arg(journey.isLost)));
        m_replica->start();
        QTRY_VERIFY_WITH_TIMEOUT(log.journeys().first().isComplete(), patience);
        QVERIFY(!log.journeys().first().isLost);
    }

    void aNewLogOfThePrimaryLosesWhatIsUnderWay()
    {
        const auto workspace = open();
        JourneyLog log(*workspace, nullptr, m_clock);
        for (int i = 0; i < 30; ++i)
            m_primary->execute({u"insert into operation_lock(operation, version) values "
                                "('%1', 1)"_qs.arg(i)});
        m_replica->stop();
        QVERIFY(addFlag(*workspace, u"lost"_qs).save());
        QTRY_VERIFY_WITH_TIMEOUT(!log.journeys().isEmpty(), patience);
        m_primary->kill();
        m_primary->start();
        QTRY_VERIFY_WITH_TIMEOUT(log.journeys().last().isLost, patience);
    }

    void figures()
    {
        QVERIFY(!journeyFigures({}, JourneyStop::Kind::Row));
        QList<Journey> journeys;
        for (qint64 i = 1; i <= 100; ++i)
            journeys.append(timed({i}));
        const auto figures = journeyFigures(journeys, JourneyStop::Kind::Row);
        QCOMPARE(figures->median, 50);
        QCOMPARE(figures->worst, 95);
        QCOMPARE(figures->count, 100);
        QVERIFY(!figures->isBound);
        QVERIFY(!journeyFigures(journeys, JourneyStop::Kind::Flipt));
        for (Journey &journey : journeys)
            journey.uncertainty = 7;
        const auto bounds = journeyFigures(journeys, JourneyStop::Kind::Row);
        QVERIFY(bounds->isBound);
        QCOMPARE(bounds->worst, 95 + 7);
        QVERIFY(!journeyFigures(journeys, JourneyStop::Kind::Row, u"another"_qs));
        QCOMPARE(timed({3, 9, 5}).longest(), 9);
    }
};

QTEST_GUILESS_MAIN(TestJourneyLog)
#include "tst_journeylog.moc"
