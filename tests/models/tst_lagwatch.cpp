// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/lagwatch.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::models;

namespace {

const QString watchedNode = QStringLiteral("http://one");
constexpr qint64 oneSecond = 1'000'000'000;

replication::NodeSample behind(std::optional<qint64> nanoseconds, qint64 wallAt)
{
    replication::NodeSample sample;
    sample.node = watchedNode;
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
        QVERIFY(!watch.take(behind(9 * oneSecond, 1))); // no limit
        watch.setLimit(watchedNode, 5 * oneSecond);
        QVERIFY(!watch.take(behind(5 * oneSecond, 2)));
        QVERIFY(watch.take(behind(6 * oneSecond, 3)));
        QVERIFY(!watch.take(behind(7 * oneSecond, 4)));
        QCOMPARE(watch.excesses(), (QList<LagWatch::Excess>{{.node = watchedNode,
                                                             .behind = 7 * oneSecond,
                                                             .limit = 5 * oneSecond,
                                                             .sinceWall = 3}}));
        QVERIFY(watch.take(behind(0, 5)));
        QVERIFY(watch.excesses().isEmpty());
    }

    void whatIsNotKnownChangesNothing()
    {
        LagWatch watch;
        watch.setLimit(watchedNode, oneSecond);
        QVERIFY(watch.take(behind(2 * oneSecond, 1)));
        QVERIFY(!watch.take(behind({}, 2)));
        QCOMPARE(watch.excesses().size(), 1);
    }

    void aLimitThatIsTakenAwayForgets()
    {
        LagWatch watch;
        watch.setLimit(watchedNode, oneSecond);
        watch.take(behind(2 * oneSecond, 1));
        watch.setLimit(watchedNode, {});
        QVERIFY(watch.excesses().isEmpty());
        QVERIFY(!watch.limit(watchedNode));
        watch.setLimit(watchedNode, 0);
        QVERIFY(!watch.limit(watchedNode));
    }
};

QTEST_GUILESS_MAIN(TestLagWatch)
#include "tst_lagwatch.moc"
