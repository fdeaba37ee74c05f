// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/lagseriesmodel.h>

#include <QAbstractItemModelTester>
#include <QTest>

using namespace edgewise;
using namespace edgewise::models;

namespace {

const QString node = QStringLiteral("http://replica");

replication::NodeSample sample(qint64 at, quint64 frames)
{
    replication::NodeSample result;
    result.node = node;
    result.at = at;
    result.index = 10;
    result.judgement = {.state = replication::State::CatchingUp,
                        .why = {},
                        .framesBehind = frames,
                        .nanosecondsBehind = qint64(frames) * 1'000'000};
    return result;
}

} // namespace

class TestLagSeriesModel : public QObject {
    Q_OBJECT
private slots:
    void keepsTheOrderOfTime()
    {
        LagSeriesModel model;
        QAbstractItemModelTester tester(&model);
        model.take(sample(10, 1));
        model.take(sample(20, 2));
        replication::NodeSample primary = sample(25, 0);
        primary.role = replication::Role::Primary;
        model.take(primary);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(1, LagSeriesModel::FramesColumn).data().toString(),
                 QStringLiteral("2"));
        QCOMPARE(model.index(1, LagSeriesModel::BehindColumn).data().toString(),
                 QStringLiteral("2.0 ms"));
        QCOMPARE(model.points(node, 0).size(), 2);
        QVERIFY(model.points(QStringLiteral("other"), 0).isEmpty());
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void aWindowBeginsWithThePointBeforeIt()
    {
        LagSeriesModel model;
        for (qint64 at = 10; at <= 50; at += 10)
            model.take(sample(at, quint64(at)));
        const QList<LagPoint> points = model.points(node, 35);
        QCOMPARE(points.size(), 3);
        QCOMPARE(points.first().at, 30);
    }

    void unreachableHasNoFigures()
    {
        LagSeriesModel model;
        replication::NodeSample absent = sample(10, 0);
        absent.judgement = {.state = replication::State::Unreachable,
                            .why = {},
                            .framesBehind = {},
                            .nanosecondsBehind = {}};
        model.take(absent);
        QVERIFY(!model.points(node, 0).first().reachable);
        QCOMPARE(model.index(0, LagSeriesModel::FramesColumn).data().toString(),
                 QStringLiteral("—"));
    }

    void asCommaSeparatedValues()
    {
        LagSeriesModel model;
        model.take(sample(10, 4));
        replication::NodeSample absent = sample(20, 0);
        absent.judgement = {.state = replication::State::Unreachable,
                            .why = {},
                            .framesBehind = {},
                            .nanosecondsBehind = {}};
        model.take(absent);
        model.take(sample(99, 1));
        const QByteArrayList lines =
            model.csv({{node, QStringLiteral("replica, one")}}, 0, 50).split('\n');
        QCOMPARE(lines.size(), 4); // the last is empty
        QCOMPARE(lines[0],
                 QByteArray("time,node,state,frames_behind,ms_behind,users_with_other_answers"));
        QVERIFY2(lines[1].contains(",\"replica, one\",") && lines[1].contains(",4,"),
                 lines[1].constData());
        QVERIFY2(lines[2].endsWith(",unreachable,,,"), lines[2].constData()); // never a zero
        QCOMPARE(model.csv({}, 0, 50).split('\n').size(), 2);
    }

    void samplesCarryTheUsersWhoGetAnotherAnswer()
    {
        LagSeriesModel model;
        model.take(sample(10, 1));
        model.setUsers(node, 312);
        model.take(sample(20, 1));
        replication::NodeSample absent = sample(30, 0);
        absent.judgement.state = replication::State::Unreachable;
        model.take(absent); // what cannot be asked is no number
        model.setUsers(node, std::nullopt);
        model.take(sample(40, 1));
        const QList<LagPoint> points = model.points(node, 0);
        QCOMPARE(points.size(), 4);
        QVERIFY(!points[0].users && points[1].users == 312 && !points[2].users && !points[3].users);
        QVERIFY(model.csv({{node, QStringLiteral("r")}}, 15, 25).endsWith(",312\n"));
    }

    void oldSamplesBecomeCoarserAndKeepThePeaks()
    {
        LagSeriesModel model;
        constexpr qint64 step = 50'000'000; // twenty a second, for half an hour
        constexpr qint64 count = 36'000;
        for (qint64 i = 0; i < count; ++i)
            model.take(sample(i * step, i == 1000 ? 777 : 1));
        QVERIFY(model.rowCount() <= 20'000);
        const QList<LagPoint> points = model.points(node, 0);
        QCOMPARE(points.last().at, (count - 1) * step);
        QVERIFY(std::any_of(points.begin(), points.end(),
                            [](const LagPoint &point) { return point.frames == 777; }));
        // The last minute is whole.
        QVERIFY(model.points(node, (count - 1) * step - 60'000'000'000).size() >= 1200);
    }
};

QTEST_GUILESS_MAIN(TestLagSeriesModel)
#include "tst_lagseriesmodel.moc"
