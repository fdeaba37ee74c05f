// SPDX-License-Identifier: GPL-3.0-or-later
// States of replicas behind links that are slow or cut, of primaries that begin anew, and of clocks
// that jump. What real nodes do without such help: tst_sampler.
#include "support/linkproxy.h"

#include "support/constants.h"
#include <replication/sampler.h>
#include <support/sqldnode.h>

#include <QDir>
#include <QTest>

using namespace edgewise;
using namespace edgewise::replication;
using test::LinkProxy;
using test::patience;
using test::SqldNode;

namespace {

constexpr qint64 hour = 3600LL * 1'000'000'000;

/// The system's clocks, set forward and back at will.
class JumpingClock final : public Clock {
public:
    qint64 wallNanoseconds() const override { return m_system.wallNanoseconds() + wallJump; }
    qint64 steadyNanoseconds() const override { return m_system.steadyNanoseconds() + steadyJump; }

    qint64 wallJump = 0;
    qint64 steadyJump = 0; ///< a computer that was asleep

private:
    SystemClock m_system;
};

} // namespace

class TestStates : public QObject {
    Q_OBJECT

private slots:
    void cleanup()
    {
        m_sampler.reset();
        m_newest.clear();
        m_seen.clear();
        m_mostBehind = 0;
        m_clock.wallJump = m_clock.steadyJump = 0;
    }

    void aCutLinkIsStalledAndAMendedOneInSync()
    {
        SqldNode primary;
        LinkProxy link(primary.grpcPort());
        SqldNode replica(SqldNode::Link{link.port()});
        write(primary, QStringLiteral("create table t(v)"));
        watch(primary, replica);
        QTRY_COMPARE_WITH_TIMEOUT(state(replica), State::InSync, patience);
        link.cut();
        write(primary, QStringLiteral("insert into t values (1)"));
        QTRY_COMPARE_WITH_TIMEOUT(state(replica), State::Stalled, patience);
        QCOMPARE(state(primary), State::Primary);
        QTRY_VERIFY_WITH_TIMEOUT(newest(replica).judgement.framesBehind == quint64(1), patience);
        link.mend();
        QTRY_COMPARE_WITH_TIMEOUT(state(replica), State::InSync, patience);
    }

    void aSlowLinkIsCatchingUpAndNeverStalled()
    {
        SqldNode primary;
        LinkProxy link(primary.grpcPort(), 250);
        SqldNode replica(SqldNode::Link{link.port()});
        write(primary, QStringLiteral("create table t(v)"));
        watch(primary, replica, patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            state(replica) == State::InSync && newest(replica).index.has_value(), patience);
        m_seen.clear();
        for (int i = 0; i < 5; ++i)
            write(primary, QStringLiteral("insert into t values (%1)").arg(i));
        QTRY_VERIFY_WITH_TIMEOUT(newest(replica).index == newest(primary).index
                                     && state(replica) == State::InSync && m_mostBehind > 0,
                                 patience);
        QVERIFY(m_seen[replica.url().toString()].contains(State::CatchingUp));
        for (const State seen : std::as_const(m_seen[replica.url().toString()]))
            QVERIFY2(seen == State::CatchingUp || seen == State::InSync,
                     qPrintable(stateName(seen)));
        // The way of the frames alone takes a quarter of a second.
        QVERIFY2(m_mostBehind > 100'000'000, qPrintable(QString::number(m_mostBehind)));
    }

    void aWipedPrimaryEmptiesItsReplicaAndSaysThatItsLogIsNew()
    {
        SqldNode primary;
        SqldNode replica(primary);
        write(primary, QStringLiteral("create table t(v)"));
        watch(primary, replica);
        QTRY_VERIFY_WITH_TIMEOUT(
            state(replica) == State::InSync && newest(replica).index.has_value(), patience);
        const QString before = newest(primary).logId;
        primary.stop();
        QVERIFY(QDir(primary.directory()).removeRecursively());
        primary.start();
        QTRY_VERIFY_WITH_TIMEOUT(
            state(primary) == State::Primary && newest(primary).logId != before, patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            state(replica) == State::InSync && !newest(replica).index.has_value(), patience);
        QVERIFY(m_saidNewLog);
        QVERIFY(!m_seen[replica.url().toString()].contains(State::Diverged));
        QVERIFY(!m_seen[replica.url().toString()].contains(State::Foreign));
    }

    void aReplicaThatStartsBeforeItsPrimary()
    {
        SqldNode primary;
        SqldNode replica(primary);
        write(primary, QStringLiteral("create table t(v)"));
        replica.stop();
        primary.stop();
        replica.launch(); // it accepts connections, and answers nothing
        watch(primary, replica);
        QTRY_COMPARE_WITH_TIMEOUT(state(replica), State::Unreachable, patience);
        primary.start();
        QTRY_COMPARE_WITH_TIMEOUT(state(replica), State::InSync, patience);
    }

    void clocksThatJumpChangeNoState()
    {
        SqldNode primary;
        SqldNode replica(primary);
        write(primary, QStringLiteral("create table t(v)"));
        watch(primary, replica);
        QTRY_VERIFY_WITH_TIMEOUT(
            state(replica) == State::InSync && newest(replica).index.has_value(), patience);
        m_seen.clear();
        for (const qint64 jump : {24 * hour, -48 * hour}) {
            m_clock.wallJump = jump;
            write(primary, QStringLiteral("insert into t values (1)"));
            expectNextInSync(replica, primary);
            QVERIFY(std::abs(newest(replica).wallAt - m_clock.wallNanoseconds()) < hour);
        }
        m_clock.steadyJump = 8 * hour; // asleep for a night
        write(primary, QStringLiteral("insert into t values (2)"));
        expectNextInSync(replica, primary);
        for (const State seen : std::as_const(m_seen[replica.url().toString()]))
            QVERIFY2(seen == State::CatchingUp || seen == State::InSync,
                     qPrintable(stateName(seen)));
        QVERIFY2(m_mostBehind < hour, "the night is no lag");
    }

private:
    void watch(const SqldNode &primary, const SqldNode &replica, int deadline = 700)
    {
        m_saidNewLog = false;
        m_sampler = std::make_unique<Sampler>(m_clock);
        m_sampler->setDeadline(deadline);
        m_sampler->setInterval(30);
        connect(m_sampler.get(), &Sampler::sampled, this, [this](const NodeSample &sample) {
            m_newest[sample.node] = sample;
            m_seen[sample.node].append(sample.judgement.state);
            m_mostBehind =
                std::max(m_mostBehind, sample.judgement.nanosecondsBehind.value_or(qint64(0)));
            if (sample.role == Role::Primary)
                m_saidNewLog = m_saidNewLog || sample.judgement.why.contains(u"log began anew");
        });
        m_sampler->setNodes({{.text = primary.url().toString(),
                              .url = primary.url(),
                              .token = {},
                              .databaseNamespace = {},
                              .role = Role::Primary},
                             {.text = replica.url().toString(),
                              .url = replica.url(),
                              .token = {},
                              .databaseNamespace = {},
                              .role = Role::Replica}});
        m_sampler->start();
    }

    void expectNextInSync(const SqldNode &replica, const SqldNode &primary)
    {
        const auto before = newest(replica).index;
        QTRY_VERIFY_WITH_TIMEOUT(newest(replica).index > before
                                     && newest(replica).index == newest(primary).index
                                     && state(replica) == State::InSync,
                                 patience);
    }

    static void write(const SqldNode &node, const QString &statement)
    {
        const QByteArray answer = node.execute({statement});
        QVERIFY2(!answer.contains(R"("type":"error")"), answer.constData());
    }

    NodeSample newest(const SqldNode &node) const { return m_newest.value(node.url().toString()); }
    std::optional<State> state(const SqldNode &node) const
    {
        const auto sample = m_newest.constFind(node.url().toString());
        return sample == m_newest.constEnd() ? std::nullopt
                                             : std::optional(sample->judgement.state);
    }

    JumpingClock m_clock;
    std::unique_ptr<Sampler> m_sampler;
    QHash<QString, NodeSample> m_newest;
    QHash<QString, QList<State>> m_seen;
    qint64 m_mostBehind = 0;
    bool m_saidNewLog = false;
};

QTEST_GUILESS_MAIN(TestStates)
#include "tst_states.moc"
