// SPDX-License-Identifier: GPL-3.0-or-later
// Real nodes, each state staged for real.
#include <replication/arrival.h>
#include <replication/sampler.h>
#include <replication/tablediff.h>

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

#include "support/constants.h"
#include "support/sqldnode.h"

using namespace edgewise;
using namespace edgewise::replication;
using test::patience;
using test::SqldNode;

namespace {

WatchedNode watched(const SqldNode &node, Role role)
{
    WatchedNode watched;
    watched.text = node.url().toString();
    watched.url = node.url();
    watched.role = role;
    return watched;
}

void write(const SqldNode &node, const QStringList &statements)
{
    const QByteArray answer = node.execute(statements);
    QVERIFY2(!answer.contains(R"("type":"error")"), answer.constData());
}

} // namespace

class TestSampler : public QObject {
    Q_OBJECT
private slots:
    void inSyncAndCatchingUp()
    {
        SqldNode primary;
        SqldNode replica(primary);
        watch({watched(primary, Role::Primary), watched(replica, Role::Replica)}, 5);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::InSync, patience);
        QCOMPARE(stateOf(primary), State::Primary);
        QCOMPARE(newest(primary).index, std::nullopt); // an empty log
        QCOMPARE(m_order.first(), primary.url().toString());

        write(primary, {QStringLiteral("create table t(id integer primary key, v)")});
        QTRY_VERIFY_WITH_TIMEOUT(newest(replica).index.has_value(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(newest(replica).logId, newest(primary).logId, patience);
        QVERIFY(!newest(primary).logId.isEmpty());

        // 8000 frames in one commit: long enough to be seen on their way.
        m_states.clear();
        m_judgements.clear();
        write(primary,
              {QStringLiteral("insert into t(v) with recursive c(n) as (select 1 union all select "
                              "n+1 from c where n < 8000) select zeroblob(4000) from c")});
        QTRY_VERIFY_WITH_TIMEOUT(newest(primary).index > 7000
                                     && newest(replica).index == newest(primary).index
                                     && stateOf(replica) == State::InSync,
                                 patience);
        QVERIFY(m_states.value(replica.url().toString()).contains(State::CatchingUp));
        const QList<Judgement> seen = m_judgements.value(replica.url().toString());
        for (const Judgement &judgement : seen)
            QVERIFY2(judgement.state == State::CatchingUp || judgement.state == State::InSync,
                     qPrintable(stateName(judgement.state) + u": " + judgement.why));
        QVERIFY(m_mostFrames > 1000);
    }

    void pausedIsUnreachableAndComesBack()
    {
        SqldNode primary;
        SqldNode replica(primary);
        watch({watched(primary, Role::Primary), watched(replica, Role::Replica)}, 50);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::InSync, patience);
        replica.pause();
        write(primary, {QStringLiteral("create table t(v)")});
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::Unreachable, patience);
        const NodeSample sample = newest(replica);
        QCOMPARE(sample.index, std::nullopt);
        QCOMPARE(sample.judgement.framesBehind, std::nullopt);
        QCOMPARE(sample.judgement.nanosecondsBehind, std::nullopt);
        QCOMPARE(stateOf(primary), State::Primary); // the others are not held up
        replica.resume();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::InSync, patience);
        QVERIFY(newest(replica).index.has_value());
    }

    void stoppedIsUnreachableAndComesBack()
    {
        SqldNode primary;
        SqldNode replica(primary);
        watch({watched(primary, Role::Primary), watched(replica, Role::Replica)}, 50);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::InSync, patience);
        replica.stop();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::Unreachable, patience);
        QVERIFY2(newest(replica).judgement.why.contains(u"refused"),
                 qPrintable(newest(replica).judgement.why));
        replica.start();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::InSync, patience);
    }

    void aReplicaWithoutItsPrimaryIsStalled()
    {
        SqldNode primary;
        SqldNode replica(primary);
        write(primary, {QStringLiteral("create table t(v)")});
        watch({watched(primary, Role::Primary), watched(replica, Role::Replica)}, 50);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::InSync, patience);
        primary.pause();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(primary), State::Unreachable, patience);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::Stalled, patience);
        QCOMPARE(newest(replica).judgement.framesBehind, std::nullopt);
        QVERIFY(newest(replica).index.has_value());
        primary.resume();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::InSync, patience);
    }

    void aKilledPrimaryComesBackWithANewLog()
    {
        SqldNode primary;
        SqldNode replica(primary);
        write(primary, {QStringLiteral("create table t(v)")});
        for (int i = 0; i < 30; ++i)
            write(primary, {QStringLiteral("insert into t values (%1)").arg(i)});
        watch({watched(primary, Role::Primary), watched(replica, Role::Replica)}, 50);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::InSync, patience);
        const NodeSample before = newest(primary);
        primary.kill();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(primary), State::Unreachable, patience);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::Stalled, patience);
        m_states.clear();
        primary.start();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(primary), State::Primary, patience);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::InSync, patience);
        QTRY_COMPARE_WITH_TIMEOUT(newest(replica).logId, newest(primary).logId, patience);
        QVERIFY(newest(primary).logId != before.logId);
        QVERIFY(newest(primary).index < before.index);
        QVERIFY(!m_states.value(replica.url().toString()).contains(State::Foreign));
        QVERIFY(!m_states.value(replica.url().toString()).contains(State::Diverged));
    }

    void aReplicaOfAnotherPrimaryIsForeign()
    {
        SqldNode primary;
        SqldNode other;
        SqldNode replica(other);
        watch({watched(primary, Role::Primary), watched(replica, Role::Replica)}, 50);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::Foreign, patience);
        QCOMPARE(newest(replica).judgement.framesBehind, std::nullopt);
        QVERIFY(newest(replica).logId != newest(primary).logId);
    }

    void aCutLinkIsStalledThoughThePrimaryAnswers()
    {
        SqldNode primary;
        SqldNode other;
        SqldNode replica(other);
        other.stop();
        watch({watched(primary, Role::Primary), watched(replica, Role::Replica)}, 50);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::Stalled, patience);
        QVERIFY2(newest(replica).judgement.why.contains(u"cannot reach its primary"),
                 qPrintable(newest(replica).judgement.why));
    }

    void otherContentAtTheSameFrameIsDiverged()
    {
        SqldNode primary;
        SqldNode replica(primary);
        write(primary, {QStringLiteral("create table t(id integer primary key, v)"),
                        QStringLiteral("insert into t(v) values ('both')")});
        watch({watched(primary, Role::Primary), watched(replica, Role::Replica)}, 50);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::InSync, patience);
        QTRY_VERIFY(newest(replica).index.has_value() && !newest(replica).logId.isEmpty());
        // Another process writes into the primary's file: seen there, never replicated.
        writeIntoFile(primary.directory() + QStringLiteral("/dbs/default/data"));

        const auto compared = compare(primary, replica, QStringLiteral("t"));
        QVERIFY2(compared.has_value(), qPrintable(compared ? QString() : compared.error().detail));
        QVERIFY(compared->isSamePosition());
        QCOMPARE(compared->counts, (RowCounts{.same = 1, .changed = 0, .onlyA = 1, .onlyB = 0}));
        m_sampler->setContentCheck(replica.url().toString(),
                                   {.logId = newest(replica).logId,
                                    .index = *compared->b.index,
                                    .equal = false,
                                    .difference = QStringLiteral("table t: 1 row differs")});
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::Diverged, patience);
    }

    void nodesComeAndGo()
    {
        SqldNode primary;
        SqldNode first(primary);
        SqldNode second(primary);
        const WatchedNode head = watched(primary, Role::Primary);
        watch({head, watched(first, Role::Replica)}, 30);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(first), State::InSync, patience);
        m_sampler->setNodes({head, watched(first, Role::Replica), watched(second, Role::Replica)});
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(second), State::InSync, patience);
        QCOMPARE(m_sampler->newest().size(), 3);
        m_sampler->setNodes({head, watched(second, Role::Replica)});
        QCOMPARE(m_sampler->newest().size(), 2);
        m_newest.clear();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(second), State::InSync, patience);
        QVERIFY(!m_newest.contains(first.url().toString()));
        m_sampler->stop();
        m_sampler->setNodes({});
        QVERIFY(m_sampler->newest().isEmpty());
    }

    void nothingListensThere()
    {
        WatchedNode nowhere;
        nowhere.text = QStringLiteral("http://127.0.0.1:1");
        nowhere.url = QUrl(nowhere.text);
        nowhere.role = Role::Primary;
        watch({nowhere}, 50);
        QTRY_VERIFY_WITH_TIMEOUT(m_newest.contains(nowhere.text), patience);
        QCOMPARE(m_newest[nowhere.text].judgement.state, State::Unreachable);
    }

    void aSaveIsSeenToArrive()
    {
        SqldNode primary;
        SqldNode replica(primary);
        write(primary, {QStringLiteral("create table t(v)")});
        watch({watched(primary, Role::Primary), watched(replica, Role::Replica)}, 200);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(replica), State::InSync, patience);
        QTRY_VERIFY(newest(primary).index.has_value());
        const quint64 before = *newest(primary).index;
        write(primary, {QStringLiteral("insert into t values (1)")});
        const qint64 committed = m_clock.steadyNanoseconds();
        Arrival arrival(before + 1, newest(primary).logId, committed, {replica.url().toString()});
        connect(m_sampler.get(), &Sampler::sampled, m_sampler.get(),
                [&arrival](const NodeSample &sample) { arrival.observe(sample); });
        m_sampler->hurry();
        QTRY_VERIFY_WITH_TIMEOUT(arrival.isComplete(), patience);
        QVERIFY(*arrival.entries().first().after >= 0);
        m_sampler.reset();
    }

    void cleanup()
    {
        m_sampler.reset();
        m_newest.clear();
        m_states.clear();
        m_judgements.clear();
        m_order.clear();
        m_mostFrames = 0;
    }

private:
    void watch(const QList<WatchedNode> &nodes, int milliseconds)
    {
        m_sampler = std::make_unique<Sampler>(m_clock);
        m_sampler->setDeadline(700);
        m_sampler->setInterval(milliseconds);
        connect(m_sampler.get(), &Sampler::sampled, this, [this](const NodeSample &sample) {
            m_order.append(sample.node);
            m_newest[sample.node] = sample;
            m_states[sample.node].append(sample.judgement.state);
            m_judgements[sample.node].append(sample.judgement);
            m_mostFrames =
                std::max(m_mostFrames, sample.judgement.framesBehind.value_or(quint64(0)));
        });
        m_sampler->setNodes(nodes);
        m_sampler->start();
    }

    NodeSample newest(const SqldNode &node) const { return m_newest.value(node.url().toString()); }
    std::optional<State> stateOf(const SqldNode &node) const
    {
        const auto sample = m_newest.constFind(node.url().toString());
        return sample == m_newest.constEnd() ? std::nullopt
                                             : std::optional(sample->judgement.state);
    }

    static void writeIntoFile(const QString &path)
    {
        {
            QSqlDatabase file =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("outside"));
            file.setDatabaseName(path);
            QVERIFY(file.open());
            QSqlQuery query(file);
            QVERIFY2(query.exec(QStringLiteral("insert into t(v) values ('primary only')")),
                     qPrintable(query.lastError().text()));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("outside"));
    }

    Result<TableDiffSummary> compare(const SqldNode &a, const SqldNode &b, const QString &table)
    {
        store::Connection left(*store::Source::parse(a.url().toString()), {}, m_clock);
        store::Connection right(*store::Source::parse(b.url().toString()), {}, m_clock);
        std::optional<Result<TableDiffSummary>> result;
        TableDiff diff(left, right, table);
        connect(&diff, &TableDiff::finished, &diff,
                [&result](const Result<TableDiffSummary> &summary) { result = summary; });
        diff.start();
        const bool done = QTest::qWaitFor([&result] { return result.has_value(); }, patience);
        return done ? *result : Result<TableDiffSummary>(Error{});
    }

    SystemClock m_clock;
    std::unique_ptr<Sampler> m_sampler;
    QHash<QString, NodeSample> m_newest;
    QHash<QString, QList<State>> m_states;
    QHash<QString, QList<Judgement>> m_judgements;
    QStringList m_order;
    quint64 m_mostFrames = 0;
};

QTEST_GUILESS_MAIN(TestSampler)
#include "tst_sampler.moc"
