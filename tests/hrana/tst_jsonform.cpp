// SPDX-License-Identifier: GPL-3.0-or-later
#include <hrana/jsonform.h>

#include <QJsonDocument>
#include <QTest>

#include <random>

using namespace edgewise::hrana;

class TestJsonForm : public QObject {
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("good");
        for (const char *good :
             {"{}", "[]", " [ ] ", "0", "-1.5e+3", "true", "\"\"", "\"a\\\"b\\\\\"",
              "[1,[2,{}],\"]\"]", "{\"a\":{\"b\":[null]},\"c\":\"}\"}",
              "\n{ \"a\" :\t1 , \"b\" : [ ] }\r\n", "[[],[[]],{}]"})
            QTest::newRow(good) << QByteArray(good) << true;
        for (const char *bad : {"",
                                " ",
                                "{",
                                "[",
                                "]",
                                "}",
                                "[1",
                                "[1,",
                                "[1,]",
                                "[,1]",
                                "[1 2]",
                                "{\"a\"}",
                                "{\"a\":}",
                                "{\"a\":1,}",
                                "{\"a\" 1}",
                                "{1:2}",
                                "{a:1}",
                                "{\"a\":1]",
                                "[1}",
                                "[]]",
                                "{}{}",
                                "1 2",
                                "\"",
                                "\"\\\"",
                                "\"a",
                                "[\"2\"m]",
                                "{\"a\":\"2\"m,\"b\":1}",
                                "{\"a\":1}]]]]]",
                                ",",
                                ":",
                                "[1:2]",
                                "{\"a\":1,\"b\"}",
                                "nul\xff"})
            QTest::newRow(bad) << QByteArray(bad) << false;
        QTest::newRow("deep") << QByteArray(1000, '[') + QByteArray(1000, ']') << true;
        QTest::newRow("too deep") << QByteArray(1002, '[') + QByteArray(1002, ']') << false;
        QTest::newRow("never closed") << QByteArray(1'000'000, '[') << false;
        QTest::newRow("many slashes") << '"' + QByteArray(1'000'001, '\\') + '"' << false;
    }
    void judges()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, good);
        QCOMPARE(hasJsonForm(text), good);
    }

    /// Whatever Qt takes for JSON has its form; what is damaged and has it is judged by the reader.
    void takesAllThatIsJson()
    {
        const QByteArray whole = "{\"baton\":\"b\\\"\\\\\",\"results\":[{\"type\":\"ok\",\"x\":[1,-"
                                 "2.5e3,null,true,\"]}\",{}]},"
                                 "{\"y\":[[]]}]}";
        QVERIFY(hasJsonForm(whole));
        std::mt19937 random(7);
        static constexpr QByteArrayView pieces = "{}[]:,\"\\ 1ae-";
        int damaged = 0;
        for (int round = 0; round < 20'000; ++round) {
            QByteArray text = whole;
            for (int i = int(random() % 3); i >= 0; --i)
                text[qsizetype(random() % quint32(text.size()))] =
                    pieces[qsizetype(random() % quint32(pieces.size()))];
            const bool isJson = !QJsonDocument::fromJson(text).isNull();
            QVERIFY2(!isJson || hasJsonForm(text), text.constData());
            damaged += hasJsonForm(text) ? 0 : 1;
        }
        QVERIFY(damaged > 1000);
    }
};

QTEST_GUILESS_MAIN(TestJsonForm)
#include "tst_jsonform.moc"
