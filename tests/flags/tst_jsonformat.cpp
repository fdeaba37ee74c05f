// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/jsonformat.h>
#include <flags/jsontext.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestJsonFormat : public QObject {
    Q_OBJECT

private slots:
    void formatsAndCompacts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("formatted");
        QTest::addColumn<QString>("compact");
        QTest::newRow("scalar") << u" 1.50 "_qs << u"1.50"_qs << u"1.50"_qs;
        QTest::newRow("object") << u"{\"b\":1,\"a\":[true,null]}"_qs
                                << u"{\n  \"b\": 1,\n  \"a\": [\n    true,\n    null\n  ]\n}"_qs
                                << u"{\"b\":1,\"a\":[true,null]}"_qs;
        QTest::newRow("empty ones")
            << u"{ \"a\" : [ ], \"b\" : { } }"_qs << u"{\n  \"a\": [],\n  \"b\": {}\n}"_qs
            << u"{\"a\":[],\"b\":{}}"_qs;
        QTest::newRow("signs in texts")
            << u"[\"a,b:{\\\"\",\"\\\\\"]"_qs << u"[\n  \"a,b:{\\\"\",\n  \"\\\\\"\n]"_qs
            << u"[\"a,b:{\\\"\",\"\\\\\"]"_qs;
        QTest::newRow("no JSON") << u"{a: 1}"_qs << u"{a: 1}"_qs << u"{a: 1}"_qs;
    }
    void formatsAndCompacts()
    {
        QFETCH(QString, text);
        QTEST(flags::formattedJson(text), "formatted");
        QTEST(flags::compactJson(text), "compact");
        QCOMPARE(flags::formattedJson(flags::formattedJson(text)), flags::formattedJson(text));
    }

    void membersKeepOrderAndDigits()
    {
        const auto members = flags::jsonMembers(
            u"{\"z\": 12345678901234567890, \"a\\n\": {\"x\": [1]}, \"z\": \"\"}"_qs);
        QVERIFY(members);
        QCOMPARE(int(members->size()), 3);
        QCOMPARE((*members)[0], (flags::JsonMember{u"z"_qs, u"12345678901234567890"_qs}));
        QCOMPARE((*members)[1], (flags::JsonMember{u"a\n"_qs, u"{\"x\":[1]}"_qs}));
        QCOMPARE(flags::jsonObject(*members),
                 u"{\"z\":12345678901234567890,\"a\\n\":{\"x\":[1]},\"z\":\"\"}"_qs);
        QVERIFY(!flags::jsonMembers(u"[]"_qs));
        QVERIFY(flags::jsonMembers(u"{}"_qs)->empty());
    }

    void textsComeBack()
    {
        const QString text = u"a\"b\\c\n\t\u0001 é"_qs;
        const QString json = flags::jsonText(text);
        QVERIFY(flags::isJson(json));
        QCOMPARE(flags::textOfJson(json), text);
        QCOMPARE(flags::textOfJson(u"\"\\u00e9\\/\\b\""), u"é/\b"_qs);
        QVERIFY(!flags::textOfJson(u"1"));
    }

    void scalarsOfLists()
    {
        QCOMPARE(flags::jsonScalars(u"[\"a\", 1.0, null]"),
                 (QStringList{u"a"_qs, u"1.0"_qs, u"null"_qs}));
        QCOMPARE(flags::jsonScalars(u"[]"), QStringList());
        QVERIFY(!flags::jsonScalars(u"[[1]]"));
        QVERIFY(!flags::jsonScalars(u"{}"));
    }

    void faultsHaveAPlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("place");
        QTest::newRow("none") << u"{\"a\":1}"_qs << -1;
        QTest::newRow("missing at the end") << u"{\"a\":1"_qs << 6;
        QTest::newRow("too much") << u"1 2"_qs << 2;
        QTest::newRow("comma") << u"[1,]"_qs << 3;
        QTest::newRow("word") << u"{\"a\": yes}"_qs << 6;
    }
    void faultsHaveAPlace()
    {
        QFETCH(QString, text);
        QTEST(int(flags::jsonFault(text).value_or(-1)), "place");
    }
};

QTEST_GUILESS_MAIN(TestJsonFormat)
#include "tst_jsonformat.moc"
