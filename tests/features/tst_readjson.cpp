// SPDX-License-Identifier: GPL-3.0-or-later
#include <features/gotext.h>
#include <features/jsonreader.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestReadJson : public QObject {
    Q_OBJECT

private slots:
    /// What is read is printed as Go prints it after reading.
    void readsAsGo_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("printed"); // "" when refused
        QTest::newRow("spaces") << QByteArray(" \t\r\n{ \"a\" : [ 1 , true ,null ] } ")
                                << QByteArray(R"({"a":[1,true,null]})");
        QTest::newRow("numbers") << QByteArray("[0,-0,1.50,1e3,1E-7,1e-400,1e20,1e21]")
                                 << QByteArray(
                                        "[0,-0,1.5,1000,1e-7,0,100000000000000000000,1e+21]");
        QTest::newRow("escapes") << QByteArray(
            "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud83c\\udf89\\u0000\"")
                                 << QByteArray("\"\\\"\\\\/\\b\\f\\n\\r\\tA🎉\\u0000\"");
        QTest::newRow("lone surrogates") << QByteArray("\"\\ud83c\\ud83c\\udf89\\udf89\\ud83c\"")
                                         << QByteArray("\"\uFFFD🎉\uFFFD\uFFFD\"");
        QTest::newRow("surrogates in two pieces")
            << QByteArray("\"\\ud83cx\\udf89\"") << QByteArray("\"\uFFFDx\uFFFD\"");
        QTest::newRow("mark first") << QByteArray("\"\xEF\xBB\xBF"
                                                  "a\"")
                                    << QByteArray("\"\xEF\xBB\xBF"
                                                  "a\"");
        QTest::newRow("code point order") << QByteArray("{\"\uFFFD\":1,\"🎉\":2,\"a\":3,\"\":4}")
                                          << QByteArray("{\"\":4,\"a\":3,\"\uFFFD\":1,\"🎉\":2}");
        for (const char *refused : {"",
                                    " ",
                                    "[",
                                    "{",
                                    "[1",
                                    "[1,",
                                    "[1,]",
                                    "[,1]",
                                    "{\"a\"}",
                                    "{\"a\":}",
                                    "{\"a\":1,}",
                                    "{a:1}",
                                    "01",
                                    "+1",
                                    ".5",
                                    "5.",
                                    "1e",
                                    "1e+",
                                    "-",
                                    "0x1",
                                    "NaN",
                                    "Infinity",
                                    "nul",
                                    "tru",
                                    "True",
                                    "'a'",
                                    "\"",
                                    "\"\\",
                                    "\"\\u12\"",
                                    "\"\\u12g4\"",
                                    "\"\\x\"",
                                    "\"\t\"",
                                    "1 2",
                                    "[] x",
                                    "1e309",
                                    "-1e309",
                                    "\xEF\xBB\xBF[]"})
            QTest::newRow(refused) << QByteArray(refused) << QByteArray();
    }
    void readsAsGo()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, printed);
        const auto value = features::readJson(text);
        QCOMPARE(value.has_value(), !printed.isEmpty());
        if (!value) {
            QCOMPARE(value.error().kind, Error::Kind::Input);
            return;
        }
        const auto result = features::jsonText(**value, features::IntegerRule::Double, false);
        QVERIFY(std::holds_alternative<QByteArray>(result));
        QCOMPARE(*std::get_if<QByteArray>(&result), printed);
    }

    void readsStreams()
    {
        QCOMPARE(features::readJsonStream(" ")->size(), size_t(0));
        QCOMPARE(features::readJsonStream("{}\n{} [1]2")->size(), size_t(4));
        QVERIFY(!features::readJsonStream("{} x"));
    }

    void limitsNodes()
    {
        QVERIFY(features::readJsonStream("[1,2] ", 3));
        QVERIFY(!features::readJsonStream("[1,2,3]", 3));
        QVERIFY(!features::readJsonStream("[1,2] 3", 3));
    }
};

QTEST_GUILESS_MAIN(TestReadJson)
#include "tst_readjson.moc"
