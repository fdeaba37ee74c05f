// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/lagaxis.h>

#include <QTest>

#include <cmath>

using namespace edgewise::models;

namespace {

constexpr qint64 second = 1'000'000'000;

LagPoint behind(qint64 at, quint64 frames, qint64 nanoseconds)
{
    return {.at = at, .frames = frames, .nanoseconds = nanoseconds, .reachable = true};
}

LagPoint absent(qint64 at)
{
    return {.at = at, .frames = {}, .nanoseconds = {}, .reachable = false};
}

} // namespace

class TestLagAxis : public QObject {
    Q_OBJECT
private slots:
    void axisEnds_data()
    {
        QTest::addColumn<double>("largest");
        QTest::addColumn<double>("end");
        QTest::newRow("nothing") << 0.0 << 10.0;
        QTest::newRow("below the least") << 7.0 << 10.0;
        QTest::newRow("at a step") << 20.0 << 20.0;
        QTest::newRow("between") << 21.0 << 50.0;
        QTest::newRow("next power") << 501.0 << 1000.0;
        QTest::newRow("large") << 20096.0 << 50000.0;
        QTest::newRow("no number") << std::nan("") << 10.0;
    }

    void axisEnds()
    {
        QFETCH(double, largest);
        QTEST(axisEnd(largest, 10), "end");
    }

    void aLineInTheUnitAskedFor()
    {
        const QList<LagPoint> points{behind(8 * second, 0, 0), behind(9 * second, 4, 180'000'000)};
        const auto frames = lagLines(points, LagUnit::Frames, 10 * second, 5);
        QCOMPARE(frames.size(), 1);
        QCOMPARE(frames[0], (QList<QPointF>{{-2, 0}, {-1, 4}}));
        const auto time = lagLines(points, LagUnit::Milliseconds, 10 * second, 5);
        QCOMPARE(time[0].last(), QPointF(-1, 180));
    }

    void unreachableIsAGapAndNoZero()
    {
        const QList<LagPoint> points{behind(1 * second, 1, 1), absent(2 * second),
                                     absent(3 * second), behind(4 * second, 2, 2)};
        const auto lines = lagLines(points, LagUnit::Frames, 5 * second, 60);
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0], (QList<QPointF>{{-4, 1}}));
        QCOMPARE(lines[1], (QList<QPointF>{{-1, 2}}));
    }

    void anUnknownFigureIsAGap()
    {
        QList<LagPoint> points{behind(1 * second, 1, 1), behind(2 * second, 2, 2),
                               behind(3 * second, 3, 3)};
        points[1].nanoseconds.reset();
        QCOMPARE(lagLines(points, LagUnit::Milliseconds, 4 * second, 60).size(), 2);
        QCOMPARE(lagLines(points, LagUnit::Frames, 4 * second, 60).size(), 1);
    }

    void timeWithoutSamplesIsAGap()
    {
        const QList<LagPoint> points{behind(1 * second, 1, 1), behind(2 * second, 1, 1),
                                     behind(20 * second, 1, 1)};
        QCOMPARE(lagLines(points, LagUnit::Frames, 20 * second, 5).size(), 2);
        QCOMPARE(lagLines(points, LagUnit::Frames, 20 * second, 30).size(), 1);
    }

    void theNearestPointIsReadAtTheCursor()
    {
        const QList<QList<QPointF>> lines{{{-20, 1}, {-19, 2}}, {{-4, 3}, {-2, 4}}};
        QCOMPARE(pointAt(lines, -19.4, 5), QPointF(-19, 2));
        QCOMPARE(pointAt(lines, -19.6, 5), QPointF(-20, 1));
        QCOMPARE(pointAt(lines, -6, 5), QPointF(-4, 3));
        QCOMPARE(pointAt(lines, 0, 5), QPointF(-2, 4));
        QVERIFY(!pointAt(lines, -12, 5)); // a gap has no figure
        QVERIFY(!pointAt({}, 0, 5));
    }

    void usersAreAUnitOfTheirOwn()
    {
        LagPoint point{.at = 0, .frames = 3, .nanoseconds = 5'000'000, .users = 312};
        QCOMPARE(lagLines({point}, LagUnit::Users, 0, 5).first().first().y(), 312.0);
        point.users.reset();
        QVERIFY(lagLines({point}, LagUnit::Users, 0, 5).isEmpty());
    }

    void noPoints() { QVERIFY(lagLines({}, LagUnit::Frames, 0, 5).isEmpty()); }

    void decimationKeepsPeaksAndEnds()
    {
        QList<QPointF> line;
        for (int i = 0; i < 10'000; ++i)
            line.append({-100 + i * 0.01, i == 5'004 ? 999.0 : double(i % 7)});
        const QList<QPointF> kept = decimated(line, -100, 0, 200);
        QVERIFY2(kept.size() <= 4 * 201, qPrintable(QString::number(kept.size())));
        QVERIFY(kept.contains(QPointF(line[5'004])));
        QCOMPARE(kept.first(), line.first());
        QCOMPARE(kept.last(), line.last());
        QVERIFY(std::is_sorted(kept.begin(), kept.end(),
                               [](const QPointF &a, const QPointF &b) { return a.x() < b.x(); }));
        QCOMPARE(decimated(line.first(50), -100, 0, 200).size(), 50); // nothing to gain
    }

    void theBandIsMedianAndWorst()
    {
        const QList<QList<QList<QPointF>>> lines{
            {{{-9, 1}, {-8.9, 5}}}, {{{-9, 2}}}, {{{-9, 30}}, {{-1, 4}}}};
        const LagBand band = lagBand(lines, -10, 0, 10);
        QCOMPARE(band.median.size(), 2);
        QCOMPARE(band.median[0].y(), 5.0); // the highest of each node: 5, 2, 30
        QCOMPARE(band.worst[0].y(), 30.0);
        QCOMPARE(band.worst[1].y(), 4.0);
        QVERIFY(lagBand({}, -10, 0, 10).median.isEmpty());
    }

    void theWorstLinesAreDrawn()
    {
        const QList<QList<QList<QPointF>>> lines{{{{-1, 1}}}, {{{-1, 9}}}, {}, {{{-1, 5}}}};
        QCOMPARE(linesToDraw(lines, 2), (QList<int>{1, 3}));
        QCOMPARE(linesToDraw(lines, 8), (QList<int>{0, 1, 2, 3}));
    }

    void momentsInWords()
    {
        QCOMPARE(secondsAgoText(0), QStringLiteral("now"));
        QCOMPARE(secondsAgoText(-20), QStringLiteral("−20 s"));
        QCOMPARE(secondsAgoText(-300), QStringLiteral("−5 min"));
    }
};

QTEST_GUILESS_MAIN(TestLagAxis)
#include "tst_lagaxis.moc"
