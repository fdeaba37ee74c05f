// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/timestamp.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestTimestamp : public QObject {
    Q_OBJECT

private slots:
    void printsAsFlipt_data()
    {
        QTest::addColumn<qint64>("nanoseconds");
        QTest::addColumn<QString>("microseconds");
        QTest::addColumn<QString>("nano");
        // The fractions are those seen in rows that a Flipt wrote.
        const qint64 second = 1795640097LL * 1'000'000'000;
        QTest::newRow("cut zeros") << second + 442'218'840 << u"2026-11-25 20:54:57.442218+00:00"_qs
                                   << u"2026-11-25 20:54:57.44221884+00:00"_qs;
        QTest::newRow("leading zeros") << second + 554'090 << u"2026-11-25 20:54:57.000554+00:00"_qs
                                       << u"2026-11-25 20:54:57.00055409+00:00"_qs;
        QTest::newRow("no fraction")
            << second << u"2026-11-25 20:54:57+00:00"_qs << u"2026-11-25 20:54:57+00:00"_qs;
        QTest::newRow("tenths") << second + 400'000'000 << u"2026-11-25 20:54:57.4+00:00"_qs
                                << u"2026-11-25 20:54:57.4+00:00"_qs;
        QTest::newRow("before 1970") << qint64(-1) << u"1969-12-31 23:59:59.999999+00:00"_qs
                                     << u"1969-12-31 23:59:59.999999999+00:00"_qs;
    }
    void printsAsFlipt()
    {
        QFETCH(qint64, nanoseconds);
        QTEST(flags::microsecondText(nanoseconds), "microseconds");
        QTEST(flags::nanosecondText(nanoseconds), "nano");
        QCOMPARE(flags::parseTimestamp(flags::nanosecondText(nanoseconds)),
                 std::optional(nanoseconds));
    }

    void readsWhatFliptReads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isTime");
        for (const char *text : {"2026-11-24 21:30:33+00:00", "2026-11-24 21:30:33.5+02:30",
                                 "2026-11-24T21:30:33+00:00", "2026-11-24 21:30:33",
                                 "2026-11-24T21:30:33.123456789123", "2026-11-24 21:30",
                                 "2026-11-24T21:30", "2026-11-24", "0000-02-29"})
            QTest::newRow(text) << QString::fromLatin1(text) << true;
        for (const char *text :
             {"2026-11-24 21:30:33Z", "2026-11-24T21:30:33.5Z", "2026-11-24 21:30:33 +00:00",
              "2026-11-24 21:30:33+0000", "", "1764020000", "2026-13-01", "2026-11-24 24:00:00"})
            QTest::newRow(text) << QString::fromLatin1(text) << false;
    }
    void readsWhatFliptReads()
    {
        QFETCH(QString, text);
        QTEST(flags::parseTimestamp(text).has_value(), "isTime");
    }

    void countsOffsets()
    {
        QCOMPARE(*flags::parseTimestamp(u"2026-11-24 21:30:33+02:00"),
                 *flags::parseTimestamp(u"2026-11-24 19:30:33"));
        QCOMPARE(*flags::parseTimestamp(u"1970-01-01"), qint64(0));
    }

    void keepsWhatNanosecondsCannotCountInOrder()
    {
        QVERIFY(*flags::parseTimestamp(u"0000-02-29") < *flags::parseTimestamp(u"1700-01-01"));
        QVERIFY(*flags::parseTimestamp(u"9999-12-31") > *flags::parseTimestamp(u"2200-01-01"));
    }
};

QTEST_GUILESS_MAIN(TestTimestamp)
#include "tst_timestamp.moc"
