// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/arrival.h>

#include <QTest>

using namespace edgewise::replication;

namespace {

const QString nearReplica = QStringLiteral("near");
const QString farReplica = QStringLiteral("far");

NodeSample sample(const QString &node, std::optional<quint64> index, qint64 at,
                  const char *log = "log")
{
    NodeSample result;
    result.node = node;
    result.index = index;
    result.at = at;
    result.logId = QString::fromLatin1(log);
    return result;
}

} // namespace

class TestArrival : public QObject {
    Q_OBJECT
private slots:
    void measuresFromTheCommit()
    {
        Arrival arrival(20, QStringLiteral("log"), 1000, {nearReplica, farReplica});
        QVERIFY(!arrival.observe(sample(nearReplica, 25, 900))); // before the commit
        QVERIFY(!arrival.observe(sample(nearReplica, 19, 1100)));
        QVERIFY(arrival.observe(sample(nearReplica, 21, 1300)));
        QVERIFY(!arrival.observe(sample(nearReplica, 22, 1400)));
        QCOMPARE(arrival.entries()[0].after, std::optional<qint64>(300));
        QCOMPARE(arrival.entries()[0].uncertainty, 200);
        QVERIFY(!arrival.isComplete());
        QVERIFY(!arrival.observe(sample(farReplica, std::nullopt, 1500)));
        QVERIFY(arrival.observe(sample(farReplica, 20, 1900)));
        QVERIFY(arrival.isComplete());
        QVERIFY(!arrival.observe(sample(QStringLiteral("unknown"), 20, 2000)));
    }

    void anotherLogIsNoArrival()
    {
        Arrival arrival(20, QStringLiteral("log"), 1000, {nearReplica});
        QVERIFY(!arrival.observe(sample(nearReplica, 30, 1100, "other")));
        QVERIFY(!arrival.isLost());
        NodeSample primary = sample(QStringLiteral("primary"), 30, 1200, "other");
        primary.role = Role::Primary;
        arrival.observe(primary);
        QVERIFY(arrival.isLost());
        QVERIFY(!arrival.observe(sample(nearReplica, 30, 1300)));
    }

    void aPrimaryThatFellHasLostIt()
    {
        Arrival arrival(20, {}, 1000, {nearReplica});
        NodeSample primary = sample(QStringLiteral("primary"), 3, 1200, "");
        primary.role = Role::Primary;
        arrival.observe(primary);
        QVERIFY(arrival.isLost());
    }
};

QTEST_GUILESS_MAIN(TestArrival)
#include "tst_arrival.moc"
