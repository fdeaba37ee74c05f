// SPDX-License-Identifier: GPL-3.0-or-later
// Every state of a replica, staged with real nodes, and read both from "edgewise-cli monitor" and
// from the page.
#include "app/monitorprocess.h"
#include "support/linkproxy.h"
#include "support/sqldnode.h"

#include <replication/replicationpage.h>
#include <theme/appearance.h>

#include <QDir>
#include <QTableView>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::NodeTableModel;
using replication::State;
using replicationpage::ReplicationPage;
using test::LinkProxy;
using test::SqldNode;

namespace {

constexpr int faultPatience = 120000; // the look at contents comes once a minute

void writeTo(const SqldNode &node, const QStringList &statements)
{
    const QByteArray answer = node.execute(statements);
    if (answer.contains(R"("type":"error")"))
        qFatal("%s", answer.constData());
}

/// Both readers of one primary and one replica.
class Readers {
public:
    Readers(const QUrl &primary, const QUrl &replica)
        : m_nodes{primary.toString(), replica.toString()}, m_monitor(m_nodes), m_sampler(m_clock),
          m_page(m_appearance, m_sampler, m_clock)
    {
        QList<replication::WatchedNode> watched;
        QList<replicationpage::RowSource> sources;
        for (int i = 0; i < m_nodes.size(); ++i) {
            watched.append(
                {.text = m_nodes[i],
                 .url = QUrl(m_nodes[i]),
                 .token = {},
                 .databaseNamespace = {},
                 .role = i == 0 ? replication::Role::Primary : replication::Role::Replica});
            m_connections.push_back(std::make_unique<store::Connection>(
                *store::Source::parse(m_nodes[i]),
                store::ConnectionOptions{
                    .token = {}, .readOnly = true, .deadlineMilliseconds = 2000},
                m_clock));
            sources.append(
                {i == 0 ? u"primary"_qs : u"replica-1"_qs, m_nodes[i], m_connections.back().get()});
        }
        m_sampler.setInterval(100);
        m_sampler.setNodes(watched);
        m_page.setNodes(sources);
        m_page.resize(1000, 640);
        m_page.show();
        m_sampler.start();
    }

    /// Waits until both say so of the node in that row, with a reason.
    bool bothSay(int row, State state)
    {
        const QString word = replication::stateName(state);
        const bool agreed = QTest::qWaitFor(
            [&] { return m_monitor.state(m_nodes[row]) == word && onPage(row) == int(state); },
            faultPatience);
        if (!agreed)
            qWarning() << "wanted" << word << "monitor:" << m_monitor.last(m_nodes[row])
                       << "page:" << onPage(row) << whyOnPage(row);
        return agreed && !m_monitor.last(m_nodes[row])[u"why"].toString().isEmpty()
               && !whyOnPage(row).isEmpty();
    }
    int onPage(int row) const
    {
        const QVariant state = nodes()->index(row, 0).data(NodeTableModel::StateRole);
        return state.isNull() ? -1 : state.toInt();
    }
    QString whyOnPage(int row) const
    {
        return nodes()->index(row, 0).data(NodeTableModel::WhyRole).toString();
    }
    QString cell(int row, NodeTableModel::Column column) const
    {
        return nodes()->index(row, column).data().toString();
    }
    test::Monitor &monitor() { return m_monitor; }
    QJsonObject last(int row) { return m_monitor.last(m_nodes[row]); }
    bool monitorSaw(int row, State state)
    {
        return m_monitor.hasSeen(m_nodes[row], replication::stateName(state));
    }

private:
    const QAbstractItemModel *nodes() const
    {
        return m_page.findChild<QTableView *>(u"nodeTable"_qs)->model();
    }

    const QStringList m_nodes;
    SystemClock m_clock;
    theme::Appearance m_appearance;
    test::Monitor m_monitor;
    std::vector<std::unique_ptr<store::Connection>> m_connections;
    replication::Sampler m_sampler;
    ReplicationPage m_page;
};

} // namespace

class TestStagedFaults : public QObject {
    Q_OBJECT

private slots:
    void inSyncUnreachableAndPrimaryGone()
    {
        SqldNode primary;
        SqldNode replica(primary);
        writeTo(primary, {u"create table t(id integer primary key, v)"_qs});
        Readers readers(primary.url(), replica.url());
        QVERIFY(readers.bothSay(1, State::InSync));
        QVERIFY(readers.bothSay(0, State::Primary));
        QCOMPARE(readers.last(1)[u"frames_behind"].toInt(-1), 0);
        QVERIFY(readers.cell(1, NodeTableModel::RoundTripColumn) != u"—");

        replica.pause();
        QVERIFY(readers.bothSay(1, State::Unreachable));
        QVERIFY(readers.last(1)[u"ms_behind"].isNull());
        QCOMPARE(readers.cell(1, NodeTableModel::BehindColumn), u"—"_qs);
        replica.resume();
        QVERIFY(readers.bothSay(1, State::InSync));
        replica.stop();
        QVERIFY(readers.bothSay(1, State::Unreachable));
        replica.start();
        QVERIFY(readers.bothSay(1, State::InSync));

        // Reads go on at a replica whose primary is gone.
        primary.pause();
        QVERIFY(readers.bothSay(0, State::Unreachable));
        QVERIFY(readers.bothSay(1, State::Stalled));
        QVERIFY(readers.whyOnPage(1).contains(u"primary does not answer"));
        QVERIFY(replica.execute({u"select count(*) from t"_qs}).contains(R"("ok")"));
        primary.resume();
        QVERIFY(readers.bothSay(1, State::InSync));
    }

    void catchingUpBehindASlowLinkAndStalledBehindACutOne()
    {
        SqldNode primary;
        LinkProxy link(primary.grpcPort(), 400);
        SqldNode replica(SqldNode::Link{link.port()});
        writeTo(primary, {u"create table t(id integer primary key, v)"_qs});
        Readers readers(primary.url(), replica.url());
        QVERIFY(readers.bothSay(1, State::InSync));
        int rows = 0;
        bool wasOnPage = false;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                writeTo(primary, {u"insert into t(v) values (%1)"_qs.arg(++rows)});
                wasOnPage = wasOnPage || readers.onPage(1) == int(State::CatchingUp);
                return wasOnPage && readers.monitorSaw(1, State::CatchingUp);
            }(),
            faultPatience);
        QVERIFY(!readers.monitorSaw(1, State::Stalled));
        QVERIFY(readers.bothSay(1, State::InSync));

        link.cut();
        writeTo(primary, {u"insert into t(v) values (0)"_qs});
        QVERIFY(readers.bothSay(1, State::Stalled));
        QVERIFY(readers.bothSay(0, State::Primary));
        link.mend();
        QVERIFY(readers.bothSay(1, State::InSync));
    }

    void foreign()
    {
        SqldNode primary;
        SqldNode other;
        SqldNode replica(other);
        writeTo(primary, {u"create table a(id integer primary key)"_qs});
        writeTo(other, {u"create table b(id integer primary key)"_qs});
        Readers readers(primary.url(), replica.url());
        QVERIFY(readers.bothSay(1, State::Foreign));
        QVERIFY(readers.last(1)[u"frames_behind"].isNull());
    }

    /// A replica's directory started as a primary, written, and started as a replica again: the log
    /// and the index still fit, the content does not.
    void diverged()
    {
        SqldNode primary;
        SqldNode replica(primary);
        writeTo(primary, {u"create table t(id integer primary key, v)"_qs,
                          u"insert into t(v) values ('both')"_qs});
        Readers readers(primary.url(), replica.url());
        QVERIFY(readers.bothSay(1, State::InSync));
        replica.stop();
        {
            SqldNode impostor(SqldNode::Directory{replica.directory()});
            writeTo(impostor, {u"insert into t(v) values ('here alone')"_qs});
        }
        replica.start();
        QVERIFY(readers.bothSay(1, State::Diverged));
        QVERIFY2(readers.whyOnPage(1).contains(u"table t"), qPrintable(readers.whyOnPage(1)));
    }

    void aKilledPrimaryComesBackWithANewLog()
    {
        SqldNode primary;
        SqldNode replica(primary);
        writeTo(primary, {u"create table t(v)"_qs});
        for (int i = 0; i < 30; ++i)
            writeTo(primary, {u"insert into t values (%1)"_qs.arg(i)});
        Readers readers(primary.url(), replica.url());
        QVERIFY(readers.bothSay(1, State::InSync));
        primary.kill();
        QVERIFY(readers.bothSay(0, State::Unreachable));
        QVERIFY(readers.bothSay(1, State::Stalled));
        primary.start();
        QVERIFY(readers.bothSay(0, State::Primary));
        QVERIFY(readers.bothSay(1, State::InSync));
        QVERIFY(!readers.monitorSaw(1, State::Foreign));
        QVERIFY(!readers.monitorSaw(1, State::Diverged));
    }

    void aWipedPrimaryIsFollowedAndItsNewLogSaid()
    {
        SqldNode primary;
        SqldNode replica(primary);
        writeTo(primary, {u"create table t(v)"_qs});
        Readers readers(primary.url(), replica.url());
        QVERIFY(readers.bothSay(1, State::InSync));
        primary.stop();
        QVERIFY(QDir(primary.directory()).removeRecursively());
        primary.start();
        bool isSaidOnPage = false, isSaidByMonitor = false;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                isSaidOnPage = isSaidOnPage || readers.whyOnPage(0).contains(u"log began anew");
                for (const QJsonObject &sample : readers.monitor().samples())
                    isSaidByMonitor =
                        isSaidByMonitor || sample[u"why"].toString().contains(u"log began anew");
                return isSaidOnPage || isSaidByMonitor; // said once, and a sample may miss it
            }(),
            faultPatience);
        QVERIFY(readers.bothSay(1, State::InSync));
        QVERIFY(!readers.monitorSaw(1, State::Diverged));
    }

    void aReplicaThatStartsBeforeItsPrimary()
    {
        SqldNode primary;
        SqldNode replica(primary);
        writeTo(primary, {u"create table t(v)"_qs});
        replica.stop();
        primary.stop();
        replica.launch(); // it accepts connections, and answers nothing
        Readers readers(primary.url(), replica.url());
        QVERIFY(readers.bothSay(1, State::Unreachable));
        primary.start();
        QVERIFY(readers.bothSay(1, State::InSync));
    }
};

QTEST_MAIN(TestStagedFaults)
#include "tst_stagedfaults.moc"
