// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/rowtext.h>

#include <QTest>

using namespace edgewise::store;
using namespace Qt::StringLiterals;

class TestRowText : public QObject {
    Q_OBJECT
private slots:
    void csv()
    {
        QCOMPARE(
            csvLine({1LL, u"plain"_qs, u"a,b"_qs, QStringLiteral("say \"hi\""), u"two\nlines"_qs}),
            QByteArray("1,plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\""));
        QCOMPARE(csvLine({QVariant(), QString(u""_qs), QByteArray("\x00\xff", 2)}),
                 QByteArray(",\"\",x'00ff'")); // NULL and an empty text are told apart
        QCOMPARE(csvHeader({u"id"_qs, u"a b"_qs, u"c,d"_qs}), QByteArray("id,a b,\"c,d\""));
    }

    void json()
    {
        QCOMPARE(jsonRow({u"id"_qs, u"id"_qs, u"b"_qs, u"n"_qs},
                         {9223372036854775807LL, 1.5, QByteArray("\xff"), QVariant()}),
                 QByteArray("{\"id\":9223372036854775807,\"id:2\":1.5,\"b\":{\"base64\":\"/w==\"},"
                            "\"n\":null}"));
        QCOMPARE(jsonRow({u"t"_qs}, {QStringLiteral("a\"\n")}), QByteArray("{\"t\":\"a\\\"\\n\"}"));
    }

    void statements()
    {
        QCOMPARE(insertStatement(QStringLiteral("o\"dd"), {u"a"_qs, u"b"_qs, u"c"_qs, u"d"_qs},
                                 {u"it's"_qs, QByteArray("\x01"), 5.0, QVariant()}),
                 QByteArray("INSERT INTO \"o\"\"dd\"(\"a\", \"b\", \"c\", \"d\") "
                            "VALUES('it''s', x'01', 5.0, NULL);"));
        QCOMPARE(sqlLiteral(-std::numeric_limits<double>::infinity()), u"-9e999"_qs);
        QCOMPARE(sqlLiteral(1e300), u"1e+300"_qs);
    }

    void cells()
    {
        QCOMPARE(cellText({}), u"NULL"_qs);
        QCOMPARE(cellText(QByteArray("")), u"x''"_qs); // an empty blob is no NULL
        QCOMPARE(cellText(0.1), u"0.1"_qs);
        QCOMPARE(cellText(7LL), u"7"_qs);
    }
};

QTEST_GUILESS_MAIN(TestRowText)
#include "tst_rowtext.moc"
