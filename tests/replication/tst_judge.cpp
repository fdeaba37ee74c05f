// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/judge.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::replication;

namespace {

constexpr qint64 second = 1'000'000'000;

Error refused()
{
    return {.kind = Error::Kind::Network,
            .step = QStringLiteral("asking"),
            .detail = QStringLiteral("Connection refused")};
}

/// What a sampler would have seen.
struct Scene {
    History primary;
    History replica;
    LagClock lag;
    std::optional<ContentCheck> content;

    void primaryAt(std::optional<quint64> index, qint64 at)
    {
        primary.addAnswer(index, at);
        lag.observe(primary.logId(), index, at);
    }
    void replicaAt(std::optional<quint64> index, qint64 at) { replica.addAnswer(index, at); }
    static LogSample log(const char *id, qint64 at, std::optional<quint64> index = {})
    {
        return {.at = at, .failure = {}, .logId = QString::fromLatin1(id), .primaryIndex = index};
    }
    static LogSample cut(qint64 at)
    {
        LogSample sample = silent(at, at);
        sample.failure->nativeCode = QStringLiteral("14"); // gRPC: UNAVAILABLE
        return sample;
    }
    static LogSample silent(qint64 askedAt, qint64 at)
    {
        return {
            .at = at, .failure = refused(), .logId = {}, .primaryIndex = {}, .askedAt = askedAt};
    }
    Judgement judge() const { return judgeReplica(primary, replica, lag, content); }
};

} // namespace

class TestJudge : public QObject {
    Q_OBJECT
private slots:
    void inSync()
    {
        Scene scene;
        scene.primaryAt(10, 1);
        scene.replicaAt(10, 2);
        const Judgement judgement = scene.judge();
        QCOMPARE(judgement.state, State::InSync);
        QCOMPARE(judgement.framesBehind, std::optional<quint64>(0));
        QCOMPARE(judgement.nanosecondsBehind, std::optional<qint64>(0));
        QVERIFY(judgement.why.contains(u"frame 10"));
    }

    void inSyncWithAnEmptyLog()
    {
        Scene scene;
        scene.primaryAt({}, 1);
        scene.replicaAt({}, 2);
        QCOMPARE(scene.judge().state, State::InSync);
    }

    void catchingUp()
    {
        Scene scene;
        scene.primaryAt(10, 1 * second);
        scene.replicaAt(10, 1 * second);
        scene.primaryAt(14, 2 * second);
        scene.replicaAt(11, 2 * second + 5);
        const Judgement judgement = scene.judge();
        QCOMPARE(judgement.state, State::CatchingUp);
        QCOMPARE(judgement.framesBehind, std::optional<quint64>(3));
        QCOMPARE(judgement.nanosecondsBehind, std::optional<qint64>(5));
    }

    void aFreshReplicaIsBehindByTheWholeLog()
    {
        Scene scene;
        scene.primaryAt(10, 1);
        scene.replicaAt({}, 2);
        const Judgement judgement = scene.judge();
        QCOMPARE(judgement.state, State::CatchingUp);
        QCOMPARE(judgement.framesBehind, std::optional<quint64>(11));
        QCOMPARE(judgement.nanosecondsBehind, std::nullopt); // since when is not known
    }

    void aWriteAfterTheAnswerIsNoLag()
    {
        Scene scene;
        scene.primaryAt(10, 1 * second);
        scene.replicaAt(10, 2 * second);
        scene.primaryAt(20, 3 * second);
        QCOMPARE(scene.judge().state, State::InSync);
        QCOMPARE(scene.judge().framesBehind, std::optional<quint64>(0));
    }

    void stalledWithoutAMove()
    {
        Scene scene;
        scene.primaryAt(10, 1 * second);
        scene.replicaAt(10, 1 * second);
        // Idle for long is no stall: there was nothing to follow.
        scene.replicaAt(10, 99 * second);
        scene.primaryAt(12, 100 * second);
        scene.replicaAt(10, 101 * second);
        QCOMPARE(scene.judge().state, State::CatchingUp);
        scene.primaryAt(15, 102 * second);
        scene.replicaAt(10, 103 * second);
        const Judgement judgement = scene.judge();
        QCOMPARE(judgement.state, State::Stalled);
        QCOMPARE(judgement.framesBehind, std::optional<quint64>(5));
        QCOMPARE(judgement.nanosecondsBehind, std::optional<qint64>(3 * second));
        // It moves again.
        scene.replicaAt(11, 104 * second);
        QCOMPARE(scene.judge().state, State::CatchingUp);
    }

    void stalledWhenItCannotReachItsPrimary()
    {
        Scene scene;
        scene.primaryAt(10, 1 * second);
        scene.replicaAt(10, 1 * second);
        scene.replica.addLog(Scene::cut(2 * second));
        scene.replicaAt(10, 3 * second);
        const Judgement judgement = scene.judge();
        QCOMPARE(judgement.state, State::Stalled);
        QCOMPARE(judgement.framesBehind, std::optional<quint64>(0)); // known, for now
        QVERIFY(judgement.why.contains(u"Connection refused"));
        // A frame that arrived afterwards proves that it follows again.
        scene.primaryAt(11, 4 * second);
        scene.replicaAt(11, 4 * second);
        QCOMPARE(scene.judge().state, State::InSync);
    }

    void aSilentLinkIsCutOnlyAfterAWhile()
    {
        Scene scene;
        scene.primaryAt(10, 1 * second);
        scene.replicaAt(10, 1 * second);
        scene.replica.addLog(Scene::silent(2 * second, 3 * second));
        scene.replicaAt(10, 3 * second);
        QCOMPARE(scene.judge().state, State::InSync); // the primary may be busy
        scene.replica.addLog(Scene::silent(3 * second, 4 * second));
        scene.replicaAt(10, 4 * second);
        QCOMPARE(scene.judge().state, State::Stalled);
        scene.replica.addLog(Scene::log("log", 5 * second));
        QCOMPARE(scene.judge().state, State::InSync);
    }

    void aMoveWhileALinkIsSilentProvesThatItFollows()
    {
        Scene scene;
        scene.primaryAt(10, 1 * second);
        scene.replicaAt(10, 1 * second);
        scene.replica.addLog(Scene::silent(2 * second, 9 * second));
        scene.primaryAt(12, 8 * second);
        scene.replicaAt(11, 8 * second);
        QCOMPARE(scene.judge().state, State::CatchingUp);
    }

    void aLargeTransactionIsNoStallWhileThePrimaryIsReached()
    {
        Scene scene;
        scene.primaryAt(10, 1 * second);
        scene.replicaAt(10, 1 * second);
        scene.primaryAt(9000, 2 * second);
        scene.replica.addLog(Scene::log("log", 9 * second));
        scene.replicaAt(10, 10 * second);
        const Judgement judgement = scene.judge();
        QCOMPARE(judgement.state, State::CatchingUp);
        QVERIFY2(judgement.why.contains(u"large transaction"), qPrintable(judgement.why));
        scene.replica.addLog(Scene::log("log", 39 * second));
        scene.replicaAt(10, 40 * second); // but not for ever
        QCOMPARE(scene.judge().state, State::Stalled);
    }

    void aRefusedQuestionForTheLogProvesNothing()
    {
        Scene scene;
        scene.primaryAt(10, 1);
        scene.replicaAt(10, 2);
        LogSample forbidden = Scene::cut(3);
        forbidden.failure->kind = Error::Kind::Auth;
        scene.replica.addLog(forbidden);
        QCOMPARE(scene.judge().state, State::InSync);
    }

    void stalledWhenThePrimaryIsGone()
    {
        Scene scene;
        scene.primaryAt(10, 1 * second);
        scene.replicaAt(10, 1 * second);
        scene.primary.addFailure(refused(), 2 * second);
        scene.replica.addLog(Scene::cut(3 * second));
        scene.replicaAt(10, 3 * second);
        QCOMPARE(judgePrimary(scene.primary).state, State::Unreachable);
        const Judgement judgement = scene.judge();
        QCOMPARE(judgement.state, State::Stalled);
        QCOMPARE(judgement.framesBehind, std::nullopt);
        QCOMPARE(judgement.nanosecondsBehind, std::nullopt);
        QVERIFY(judgement.why.contains(u"primary does not answer"));
    }

    void aPrimaryThatOnlyTheReplicaReaches()
    {
        Scene scene;
        scene.primary.addFailure(refused(), 1 * second);
        scene.replica.addLog(Scene::log("log", 2 * second, 10));
        scene.replicaAt(10, 2 * second);
        const Judgement judgement = scene.judge();
        QCOMPARE(judgement.state, State::InSync);
        QVERIFY(judgement.why.contains(u"its replica reaches it"));
    }

    void unreachableCarriesNoNumber()
    {
        Scene scene;
        scene.primaryAt(10, 1 * second);
        scene.replicaAt(4, 1 * second);
        scene.replica.addFailure(refused(), 2 * second);
        scene.replica.addFailure(refused(), 5 * second);
        const Judgement judgement = scene.judge();
        QCOMPARE(judgement.state, State::Unreachable);
        QCOMPARE(judgement.framesBehind, std::nullopt);
        QCOMPARE(judgement.nanosecondsBehind, std::nullopt);
        QVERIFY2(judgement.why.contains(u"3.0 s"), qPrintable(judgement.why));
    }

    void foreign()
    {
        Scene scene;
        scene.primary.addLog(Scene::log("11111111-a", 1));
        scene.primaryAt(10, 1);
        scene.replica.addLog(Scene::log("22222222-b", 2));
        scene.replicaAt(10, 2);
        const Judgement judgement = scene.judge();
        QCOMPARE(judgement.state, State::Foreign);
        QCOMPARE(judgement.framesBehind, std::nullopt);
        QVERIFY(judgement.why.contains(u"22222222"));
    }

    void aLogThatChangesIsNotForeignYet()
    {
        Scene scene;
        scene.primary.addLog(Scene::log("old", 1));
        scene.primaryAt(10, 1);
        scene.replica.addLog(Scene::log("old", 2));
        scene.replicaAt(10, 2);
        scene.replica.addLog(Scene::log("new", 3)); // the primary is asked for its own only later
        scene.replicaAt(10, 3);
        QVERIFY(scene.judge().state != State::Foreign);
    }

    void beyondThePrimary()
    {
        Scene scene;
        scene.primaryAt(308, 1 * second);
        scene.replicaAt(308, 1 * second);
        // Killed and started again: a new log of two frames.
        scene.primaryAt(1, 2 * second);
        scene.replicaAt(308, 2 * second + 1);
        scene.primaryAt(1, 3 * second);
        scene.replicaAt(308, 3 * second);
        Judgement judgement = scene.judge();
        QCOMPARE(judgement.state, State::CatchingUp);
        QCOMPARE(judgement.framesBehind, std::nullopt);
        // It never came back: it holds frames that the primary never wrote.
        scene.primaryAt(1, 9 * second);
        scene.replicaAt(308, 9 * second);
        QCOMPARE(scene.judge().state, State::Diverged);
    }

    void divergedByContent()
    {
        Scene scene;
        scene.primary.addLog(Scene::log("log", 1));
        scene.replica.addLog(Scene::log("log", 1));
        scene.primaryAt(10, 1);
        scene.replicaAt(10, 2);
        scene.content = ContentCheck{.logId = QStringLiteral("log"),
                                     .index = 10,
                                     .equal = false,
                                     .difference = QStringLiteral("table t: 1 row differs")};
        QCOMPARE(scene.judge().state, State::Diverged);
        QVERIFY(scene.judge().why.contains(u"table t"));
        scene.content->equal = true;
        QCOMPARE(scene.judge().state, State::InSync);
        scene.content->equal = false;
        scene.content->logId = QStringLiteral("an earlier log");
        QCOMPARE(scene.judge().state, State::InSync);
    }

    void withoutAPrimaryTheReplicasOwnWordCounts()
    {
        Scene scene;
        scene.replicaAt(10, 2);
        QCOMPARE(scene.judge().state, State::CatchingUp);
        scene.replica.addLog(Scene::log("log", 1, 10));
        QCOMPARE(scene.judge().state, State::InSync);
    }

    void durations_data()
    {
        QTest::addColumn<qint64>("nanoseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("short") << qint64(3'240'000) << "3.2 ms";
        QTest::newRow("milliseconds") << qint64(180'400'000) << "180 ms";
        QTest::newRow("seconds") << qint64(3'200'000'000) << "3.2 s";
        QTest::newRow("more seconds") << qint64(48'000'000'000) << "48 s";
        QTest::newRow("minutes") << 130 * second << "2 min 10 s";
        QTest::newRow("hours") << 7800 * second << "2 h 10 min";
    }

    void durations()
    {
        QFETCH(qint64, nanoseconds);
        QTEST(durationInWords(nanoseconds), "text");
    }
};

QTEST_GUILESS_MAIN(TestJudge)
#include "tst_judge.moc"
