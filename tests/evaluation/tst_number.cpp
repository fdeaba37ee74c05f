// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/number.h>

#include <QTest>

#include <cmath>
#include <limits>

using namespace edgewise;

class TestNumber : public QObject {
    Q_OBJECT

private slots:
    void readsWhatGoReads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("value");
        const auto row = [](const char *text, double value) {
            QTest::newRow(text) << QByteArray(text) << value;
        };
        row("0", 0);
        row("017", 17);
        row("+5", 5);
        row("5.", 5);
        row(".5", 0.5);
        row("1_000.5_0e1_0", 1000.5e10);
        row("9007199254740993", 9007199254740992.0);
        row("123456789012345", 123456789012345.0);
        row("1e-400", 0);
        row("-1e-99999999999999", -0.0);
        row("0e99999999999999", 0);
        row("0.000e99999999999999", 0);
        row("1.7976931348623157e308", std::numeric_limits<double>::max());
        row("4.9e-324", std::numeric_limits<double>::denorm_min());
        row("2e-324", 0);
        row("inf", HUGE_VAL);
        row("-INFINITY", -HUGE_VAL);
        row("0x1Fp0", 31);
        row("0x_1Fp0", 31);
        row("0X.8P1", 1);
        row("0x1_0.p-4", 1);
        row("-0x0p0", -0.0);
        row("0x0p99999999999", 0);
        row("0x1p-1074", std::numeric_limits<double>::denorm_min());
        row("0x1p-1075", 0);                                           // a tie goes to even
        row("0x1.8p-1075", std::numeric_limits<double>::denorm_min()); // past the tie
        row("0x1.00000000000001p-1075", std::numeric_limits<double>::denorm_min());
        row("0x3p-1075", 0x1p-1073); // 1.5, to even
        row("0x1p-1076", 0);
        row("0x1.fffffffffffff7p1023", std::numeric_limits<double>::max());
        row("0x1.00000000000008p0", 1); // a tie
        row("0x1.000000000000080000000000000000001p0", 0x1.0000000000001p0);
        row("0x1.00000000000018p0", 0x1.0000000000002p0);
        row("0x10000000000000000000000000000000000p-136", 1);
    }
    void readsWhatGoReads()
    {
        QFETCH(QByteArray, text);
        QFETCH(double, value);
        const auto number = evaluation::parseNumber({text.data(), size_t(text.size())});
        QVERIFY(number);
        QCOMPARE(std::signbit(*number), std::signbit(value));
        QVERIFY2(*number == value, qPrintable(QString::number(*number, 'g', 17)));
    }

    void refusesWhatGoRefuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"",
                                 " 1",
                                 "1 ",
                                 "+",
                                 ".",
                                 "-.",
                                 "1e",
                                 "1e+",
                                 "e1",
                                 "1,5",
                                 "1__0",
                                 "_1",
                                 "1_",
                                 "1_.5",
                                 "1._5",
                                 "1e_3",
                                 "1e3_",
                                 "0x",
                                 "0x1F",
                                 "0xp1",
                                 "0x.p1",
                                 "0x1p",
                                 "0x__1p0",
                                 "0x1_p0",
                                 "_0x1p0",
                                 "0_x1p0",
                                 "0b101",
                                 "1e400",
                                 "-1e400",
                                 "0x1p1024",
                                 "0x1.fffffffffffff8p1023",
                                 "-nan",
                                 "+nan",
                                 "nanx",
                                 "nan(1)",
                                 "infi",
                                 "in",
                                 "--1",
                                 "1.2.3",
                                 "\xEF\xBC\x91",
                                 "\xD9\xA3",
                                 "1e99999999999999",
                                 "0x1p99999999999"})
            QTest::newRow(text) << QByteArray(text);
        QTest::newRow("NUL") << QByteArray("1\0", 2);
        QTest::newRow("long") << QByteArray(400, '9');
    }
    void refusesWhatGoRefuses()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!evaluation::parseNumber({text.data(), size_t(text.size())}));
    }

    void readsNan()
    {
        for (const char *text : {"nan", "NaN", "NAN"})
            QVERIFY(std::isnan(evaluation::parseNumber(text).value_or(0)));
    }

    void readsBooleans()
    {
        for (const char *text : {"1", "t", "T", "TRUE", "true", "True"})
            QCOMPARE(evaluation::parseBoolean(text), std::optional(true));
        for (const char *text : {"0", "f", "F", "FALSE", "false", "False"})
            QCOMPARE(evaluation::parseBoolean(text), std::optional(false));
        for (const char *text : {"", "tRUE", "yes", " true", "01"})
            QVERIFY(!evaluation::parseBoolean(text));
    }
};

QTEST_GUILESS_MAIN(TestNumber)
#include "tst_number.moc"
