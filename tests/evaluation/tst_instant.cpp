// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/instant.h>

#include <QTest>

using namespace edgewise;
using evaluation::Instant;

class TestInstant : public QObject {
    Q_OBJECT

private slots:
    void readsWhatGoReads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<int>("nanoseconds");
        const auto row = [](const char *text, qint64 seconds, int nanoseconds) {
            QTest::newRow(text) << QByteArray(text) << seconds << nanoseconds;
        };
        row("1970-01-01", 0, 0);
        row("1970-01-01T00:00:00Z", 0, 0);
        row("2024-02-29T12:34:56.5Z", 1709210096, 500'000'000);
        row("2024-02-29T12:34:56,5Z", 1709210096, 500'000'000);
        row("2024-02-29T12:34:56.1234567899+00:00", 1709210096, 123'456'789);
        row("2024-02-29T1:02:03+01:00", 1709164923, 0);
        row("1970-01-01T00:00:00+24:00", -86400, 0);
        row("1970-01-01T00:00:00-00:60", 3600, 0);
        row("0000-01-01", -62167219200, 0);
        row("0000-02-29", -62162121600, 0);
        row("9999-12-31T23:59:59.999999999Z", 253402300799, 999'999'999);
        row("1969-12-31T23:59:59.25Z", -1, 250'000'000);
        row("2000-02-29", 951782400, 0);
        row("2100-03-01", 4107542400, 0);
    }
    void readsWhatGoReads()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, seconds);
        QFETCH(int, nanoseconds);
        const auto instant = evaluation::parseInstant({text.data(), size_t(text.size())});
        QVERIFY(instant);
        QCOMPARE(qint64(instant->seconds), seconds);
        QCOMPARE(instant->nanoseconds, nanoseconds);
    }

    void refusesWhatGoRefuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"",
                                 "2024",
                                 "2024-1-01",
                                 "2024-13-01",
                                 "2024-00-01",
                                 "2024-02-30",
                                 "2023-02-29",
                                 "1900-02-29",
                                 "2024-01-00",
                                 "2024-01-01 ",
                                 " 2024-01-01",
                                 "2024-01-01T",
                                 "2024-01-01 00:00:00Z",
                                 "2024-01-01t00:00:00Z",
                                 "2024-01-01T00:00:00z",
                                 "2024-01-01T00:00:00",
                                 "2024-01-01T00:00Z",
                                 "2024-01-01T24:00:00Z",
                                 "2024-01-01T00:60:00Z",
                                 "2024-01-01T23:59:60Z",
                                 "2024-01-01T00:0:00Z",
                                 "2024-01-01T00:00:00.Z",
                                 "2024-01-01T00:00:00+0000",
                                 "2024-01-01T00:00:00+25:00",
                                 "2024-01-01T00:00:00+00:61",
                                 "2024-01-01T00:00:00+1:00",
                                 "2024-01-01T00:00:00Z ",
                                 "2024-01-01T00:00:00ZZ",
                                 "10000-01-01T00:59:59Z",
                                 "-0001-12-31T23:00:00Z",
                                 "20240101",
                                 "2024-01-01Z"})
            QTest::newRow(text) << QByteArray(text);
    }
    void refusesWhatGoRefuses()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!evaluation::parseInstant({text.data(), size_t(text.size())}));
    }

    void comparesAsMoments()
    {
        QVERIFY(*evaluation::parseInstant("2024-01-01T01:00:00+01:00")
                == *evaluation::parseInstant("2024-01-01"));
        QVERIFY(*evaluation::parseInstant("2024-01-01T00:00:00.000000001Z")
                > *evaluation::parseInstant("2024-01-01"));
        QVERIFY((Instant{-1, 999'999'999} < Instant{0, 0}));
    }
};

QTEST_GUILESS_MAIN(TestInstant)
#include "tst_instant.moc"
