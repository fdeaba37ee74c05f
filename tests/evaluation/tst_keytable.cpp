// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/keytable.h>
#include <evaluation/sametext.h>

#include <QTest>

#include <string>

using namespace edgewise;

class TestKeyTable : public QObject {
    Q_OBJECT

private slots:
    void findsEveryKeyAndNoOther()
    {
        std::vector<std::string> keys{"", std::string(1, '\0'), std::string(9, 'x'), "é"};
        for (int i = 0; i < 5000; ++i)
            keys.push_back("flag-" + std::to_string(i));
        const auto keyAt = [&](size_t i) -> std::string_view { return keys[i]; };
        const evaluation::KeyTable table(keys.size(), keyAt);
        for (size_t i = 0; i < keys.size(); ++i)
            QCOMPARE(table.find(keys[i], keyAt), int(i));
        for (const char *absent : {"flag-", "flag-5000", "x", "xxxxxxxx", "xxxxxxxxxx"})
            QCOMPARE(table.find(absent, keyAt), -1);
        const evaluation::KeyTable empty(0, keyAt);
        QCOMPARE(empty.find("", keyAt), -1);
    }

    void findsTheFirstOfEqualKeys()
    {
        const std::vector<std::string> keys{"a", "b", "b"};
        const auto keyAt = [&](size_t i) -> std::string_view { return keys[i]; };
        QCOMPARE(evaluation::KeyTable(keys.size(), keyAt).find("b", keyAt), 1);
    }

    void comparesTextsOfAllLengths()
    {
        for (size_t length = 0; length < 40; ++length) {
            const std::string text(length, 'x');
            QVERIFY(evaluation::sameText(text, std::string(text)));
            QVERIFY(!evaluation::sameText(text, text + 'x'));
            for (size_t at = 0; at < length; ++at) {
                std::string other = text;
                other[at] = 'y';
                QVERIFY2(!evaluation::sameText(text, other), qPrintable(QString::number(at)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestKeyTable)
#include "tst_keytable.moc"
