// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/lagwatch.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::models;

namespace {

const QString node = QStringLiteral("http://one");
constexpr qint64 second = 1'000'000'000;

replication::NodeSample behind(std::optional<qint64> nanoseconds, qint64 wallAt)
{
    replication::NodeSample sample;
    sample.node = node;
    sample.wallAt = wallAt;
    sample.judgement.nanosecondsBehind = nanoseconds;
    return sample;
}

} // namespace

class TestLagWatch : public QObject {
    Q_OBJECT
private slots:
    void tellsOnceWhenANodeExceedsItsLimitAndOnceWhenItIsBack()
    {
        LagWatch watch;
        QVERIFY(!watch.take(behind(9 * second, 1))); // no limit
        watch.setLimit(node, 5 * second);
        QVERIFY(!watch.take(behind(5 * second, 2)));
        QVERIFY(watch.take(behind(6 * second, 3)));
        QVERIFY(!watch.take(behind(7 * second, 4)));
        QCOMPARE(watch.excesses(),
                 (QList<LagWatch::Excess>{
                     {.node = node, .behind = 7 * second, .limit = 5 * second, .sinceWall = 3}}));
        QVERIFY(watch.take(behind(0, 5)));
        QVERIFY(watch.excesses().isEmpty());
    }

    void whatIsNotKnownChangesNothing()
    {
        LagWatch watch;
        watch.setLimit(node, second);
        QVERIFY(watch.take(behind(2 * second, 1)));
        QVERIFY(!watch.take(behind({}, 2)));
        QCOMPARE(watch.excesses().size(), 1);
    }

    void aLimitThatIsTakenAwayForgets()
    {
        LagWatch watch;
        watch.setLimit(node, second);
        watch.take(behind(2 * second, 1));
        watch.setLimit(node, {});
        QVERIFY(watch.excesses().isEmpty());
        QVERIFY(!watch.limit(node));
        watch.setLimit(node, 0);
        QVERIFY(!watch.limit(node));
    }
};

QTEST_GUILESS_MAIN(TestLagWatch)
#include "tst_lagwatch.moc"
