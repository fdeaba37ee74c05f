// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/text.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestText : public QObject {
    Q_OBJECT

private slots:
    void replacesAsGoDoes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("replacements");
        QTest::newRow("FF") << QByteArray("\xFF") << 1;
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << 3;
        QTest::newRow("cut of three") << QByteArray("\xE2\x82") << 2;
        QTest::newRow("cut of four") << QByteArray("\xF0\x9F\x8E") << 3;
        QTest::newRow("overlong") << QByteArray("\xC0\x80") << 2;
        QTest::newRow("past the end") << QByteArray("\xF4\x90\x80\x80") << 4;
        QTest::newRow("valid") << QByteArray("\xF0\x9F\x8E\x89\xC3\xA9") << 0;
    }
    void replacesAsGoDoes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, replacements);
        const QByteArray text = "plain text " + bytes + " more";
        const std::string result = evaluation::withReplacements({text.data(), size_t(text.size())});
        const QByteArray marks = QByteArray("\xEF\xBF\xBD").repeated(replacements);
        QCOMPARE(QByteArray::fromStdString(result),
                 "plain text " + (replacements > 0 ? marks : bytes) + " more");
        QCOMPARE(evaluation::validUtf8Length(result), result.size());
    }

    void convertsSurrogates()
    {
        const QString lone = u"a"_qs + QChar(0xD800) + u"🎉"_qs + QChar(0xDC00);
        QCOMPARE(QByteArray::fromStdString(evaluation::utf8(lone)),
                 QByteArray("a\xEF\xBF\xBD\xF0\x9F\x8E\x89\xEF\xBF\xBD"));
    }

    void trimsGoWhiteSpace()
    {
        const std::string text = evaluation::utf8(u"\u3000\u0085\t\u2028 a\u200bb \u00a0\u205f"_qs);
        QCOMPARE(evaluation::fromUtf8(evaluation::trimmed(text)), u"a\u200bb"_qs);
        QCOMPARE(evaluation::trimmed(" \u3000"), std::string_view());
        QCOMPARE(evaluation::trimmed("\u200b"), std::string_view("\u200b"));
        QCOMPARE(evaluation::trimmed("\ufeff a"), std::string_view("\ufeff a"));
    }

    void quotesAsGoDoes()
    {
        QCOMPARE(evaluation::quoted("a\"b\\\a\b\f\n\r\t\v\x01\x7f"),
                 std::string("\"a\\\"b\\\\\\a\\b\\f\\n\\r\\t\\v\\x01\\x7f\""));
        QCOMPARE(evaluation::quoted("é🎉\u00a0\u200b\ufeff\U000e0001"),
                 std::string("\"é🎉\\u00a0\\u200b\\ufeff\\U000e0001\""));
    }

    void cleansPaths()
    {
        QCOMPARE(evaluation::cleanPath("default/../x"), std::string("x"));
        QCOMPARE(evaluation::cleanPath("default/a//b/"), std::string("default/a/b"));
        QCOMPARE(evaluation::cleanPath("default/."), std::string("default"));
        QCOMPARE(evaluation::cleanPath("default/"), std::string("default"));
        QCOMPARE(evaluation::cleanPath("a/../../x"), std::string("../x"));
        QCOMPARE(evaluation::cleanPath("a/.."), std::string("."));
        QCOMPARE(evaluation::cleanPath("/../x"), std::string("/x"));
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
