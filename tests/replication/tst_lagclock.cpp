// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/lagclock.h>

#include <QTest>

using namespace edgewise::replication;

class TestLagClock : public QObject {
    Q_OBJECT
private slots:
    void countsFromTheFirstFrameThatIsMissing()
    {
        LagClock clock;
        const QString log = QStringLiteral("log");
        clock.observe(log, 5, 100);
        clock.observe(log, 5, 200);
        clock.observe(log, 7, 300);
        clock.observe(log, 9, 400);
        QCOMPARE(clock.behind(9, 1000), std::optional<qint64>(0));
        QCOMPARE(clock.behind(8, 1000), std::optional<qint64>(600)); // beyond 8 since 400
        QCOMPARE(clock.behind(7, 1000), std::optional<qint64>(600));
        QCOMPARE(clock.behind(6, 1000), std::optional<qint64>(700));
        QCOMPARE(clock.behind(5, 1000), std::optional<qint64>(700));
        QCOMPARE(clock.behind(12, 1000), std::optional<qint64>(0));
        // What came after the answer is no lag of the answer.
        QCOMPARE(clock.behind(5, 250), std::optional<qint64>(0));
    }

    void isUnknownBeforeTheWatchBegan()
    {
        LagClock clock;
        QCOMPARE(clock.behind(3, 10), std::optional<qint64>(0));
        clock.observe({}, 5, 100);
        QCOMPARE(clock.behind(4, 1000), std::nullopt);
        QCOMPARE(clock.behind(std::nullopt, 1000), std::nullopt);
    }

    void anEmptyLogComesBeforeItsFrames()
    {
        LagClock clock;
        clock.observe({}, std::nullopt, 100);
        clock.observe({}, 0, 200);
        QCOMPARE(clock.behind(std::nullopt, 500), std::optional<qint64>(300));
        QVERIFY(clock.primaryAt(150).seen);
        QCOMPARE(clock.primaryAt(150).index, std::nullopt);
        QCOMPARE(clock.primaryAt(200).index, std::optional<quint64>(0));
        QVERIFY(!clock.primaryAt(99).seen);
    }

    void aNewLogForgetsTheOld_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<quint64>("index");
        QTest::addColumn<bool>("forgets");
        QTest::newRow("other id, higher") << "a"
                                          << "b" << quint64(20) << true;
        QTest::newRow("other id, lower") << "a"
                                         << "b" << quint64(2) << true;
        QTest::newRow("unknown id, lower") << ""
                                           << "" << quint64(2) << true;
        QTest::newRow("id became known") << ""
                                         << "a" << quint64(20) << false;
        QTest::newRow("same id, higher") << "a"
                                         << "a" << quint64(20) << false;
    }

    void aNewLogForgetsTheOld()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(quint64, index);
        QFETCH(bool, forgets);
        LagClock clock;
        clock.observe(before, 10, 100);
        clock.observe(after, index, 200);
        QCOMPARE(!clock.primaryAt(100).seen, forgets);
    }

    void staysSmallAndKeepsTheNewest()
    {
        LagClock clock;
        constexpr qint64 frames = 100'000;
        for (qint64 i = 0; i < frames; ++i)
            clock.observe({}, quint64(i), i * 10);
        // Exact for what is near, within a sixteenth for what is far.
        QCOMPARE(clock.behind(quint64(frames - 2), frames * 10), std::optional<qint64>(10));
        const auto far = clock.behind(1000, frames * 10);
        QVERIFY(far.has_value());
        QVERIFY(*far <= (frames - 1001) * 10);
        QVERIFY(*far >= (frames - 1001) * 10 / 16 * 15);
    }
};

QTEST_GUILESS_MAIN(TestLagClock)
#include "tst_lagclock.moc"
