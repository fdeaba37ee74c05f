// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/jsonreader.h>

#include <QTest>

using namespace edgewise;
using Texts = std::vector<std::string>;
using Numbers = std::vector<double>;

class TestJsonReader : public QObject {
    Q_OBJECT

private slots:
    void judgesTexts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isJson");
        for (const char *text :
             {"{}", "[]", " [ 1 , -0.5e+3 , \"a\\u00e9\\\"\" , true,false,null,{\"a\":[{}]} ]\n",
              "1", "\"\"", "null", "1e999", "{\"a\":1,\"a\":2}", "0"})
            QTest::newRow(text) << QByteArray(text) << true;
        for (const char *text : {"",           " ",
                                 "{",          "[",
                                 "[1",         "[1,]",
                                 "{\"a\"}",    "{\"a\":}",
                                 "{\"a\":1,}", "{a:1}",
                                 "01",         "-",
                                 "1.",         ".5",
                                 "+1",         "1e",
                                 "NaN",        "tru",
                                 "truex",      "\"",
                                 "\"\\x\"",    "\"\\u12\"",
                                 "\"a\nb\"",   "[1]]",
                                 "{} {}",      "\xEF\xBB\xBF{}",
                                 "'a'",        "[1 2]",
                                 "{1:2}",      "]"})
            QTest::newRow(text) << QByteArray(text) << false;
        const int limit = 10'000;
        QTest::newRow("deep") << QByteArray(limit, '[') + QByteArray(limit, ']') << true;
        QTest::newRow("too deep") << QByteArray(limit + 1, '[') + QByteArray(limit + 1, ']')
                                  << false;
        QTest::newRow("hostile") << QByteArray(1'000'000, '[') << false;
    }
    void judgesTexts()
    {
        QFETCH(QByteArray, text);
        QTEST(evaluation::isJson({text.data(), size_t(text.size())}), "isJson");
    }

    void judgesMetadata()
    {
        for (const char *text : {"{}", "null", " {\"a\":[1.5,\"1e999\\\"\"]} ", "{\"a\":1e-999}"})
            QVERIFY2(evaluation::isMetadata(text), text);
        for (const char *text : {"", "[1]", "\"x\"", "1", "true", "{", "{\"a\":1e999}", "nul"})
            QVERIFY2(!evaluation::isMetadata(text), text);
    }

    void compactsAttachments()
    {
        QCOMPARE(evaluation::compacted("{ \"a b\" :\t[1.50 ,\r\n\"\\\" x\" ] }"),
                 std::string("{\"a b\":[1.50,\"\\\" x\"]}"));
    }

    void readsLists()
    {
        QCOMPARE(*evaluation::parseTexts(" [\"a\", \"\\u00e9\\n\", null, \"\\ud83c\\udf89\"]\n"),
                 (Texts{"a", "é\n", "", "🎉"}));
        QCOMPARE(*evaluation::parseTexts("[\"\\ud800\", \"\\ud800\\ud83c\\udf89\", \"\\udc00x\"]"),
                 (Texts{"\ufffd", "\ufffd🎉", "\ufffdx"}));
        QCOMPARE(*evaluation::parseTexts("null"), Texts());
        QCOMPARE(*evaluation::parseTexts("[]"), Texts());
        QCOMPARE(*evaluation::parseNumbers("[1, -0.5e1, null, 1e-999]"), (Numbers{1, -5, 0, 0}));
        for (const char *text : {"", "[1]", "{}", "\"a\"", "[\"a\"", "[\"a\"] x", "[\"a\tb\"]",
                                 "[true]", "[[]]", "[\"a\",]", "nulll", "[,]"})
            QVERIFY2(!evaluation::parseTexts(text), text);
        for (const char *text :
             {"[\"1\"]", "[1e999]", "[NaN]", "[0x1]", "[+1]", "[5.]", "[1_000]", "[01]"})
            QVERIFY2(!evaluation::parseNumbers(text), text);
    }

    void printsStrings()
    {
        std::string json;
        evaluation::appendJsonString(json, std::string_view("é\"\\\b\f\n\r\t\x01\x1f\0z", 13));
        QCOMPARE(json, std::string("\"é\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\\u0000z\""));
    }
};

QTEST_GUILESS_MAIN(TestJsonReader)
#include "tst_jsonreader.moc"
