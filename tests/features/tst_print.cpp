// SPDX-License-Identifier: GPL-3.0-or-later
#include <features/parse.h>
#include <features/print.h>
#include <support/snapshotloader.h>
#include <support/testdata.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using features::Format;

class TestPrint : public QObject {
    Q_OBJECT

private slots:
    void equalsExportOfRealFlipt()
    {
        const flags::Snapshot database = test::loadSnapshot(test::oracleDatabase());
        const auto printed = features::print(database);
        QVERIFY(printed);
        compareBytes(printed->text, exportWithoutHeader());
    }

    void printsTheSameAfterParsing()
    {
        const auto document = features::parse(exportWithoutHeader(), Format::Yaml);
        QVERIFY(document);
        const auto printed = features::print(document->snapshot);
        QVERIFY(printed);
        compareBytes(printed->text, exportWithoutHeader());
        QCOMPARE(printed->warnings, std::vector<features::Warning>());
    }

    /// As a real Flipt exported these texts.
    void quotesAsFlipt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("written");
        const auto row = [](const QString &text, const QByteArray &written) {
            QTest::addRow("%s", written.left(40).constData()) << text << written;
        };
        for (const char *plain : {"a:b",
                                  "a, b",
                                  "a'b",
                                  "\\",
                                  "=",
                                  "<<",
                                  "--",
                                  "..",
                                  "+",
                                  "é",
                                  "1.0.0",
                                  "-dash",
                                  "?x",
                                  "nULL",
                                  "yEs",
                                  "tRUE",
                                  "1e400",
                                  "1e",
                                  "0b12",
                                  "0o8",
                                  "_1",
                                  "1,000",
                                  "0x",
                                  "inf",
                                  "NaN",
                                  "2024-13-01",
                                  "1:60",
                                  "a#b",
                                  "a\"b",
                                  "x y",
                                  "2024-01-01T25:00:00Z",
                                  "\u00a0"})
            row(QString::fromUtf8(plain), plain);
        for (const char *typed : {"~",
                                  "null",
                                  "y",
                                  "No",
                                  "off",
                                  "TRUE",
                                  "12",
                                  "-7",
                                  "0x1F",
                                  "0o17",
                                  "0b11",
                                  "07",
                                  "08",
                                  "1.",
                                  ".5",
                                  "+.5",
                                  "1e5",
                                  "1_2",
                                  "1__0",
                                  "1_",
                                  "123456789012345678901234567890",
                                  ".inf",
                                  "+.Inf",
                                  "-.INF",
                                  ".nan",
                                  "2024-1-2",
                                  "2024-01-02t3:4:5.6+01:00",
                                  "2024-01-02 03:04:05",
                                  "1:30",
                                  "12:30:45.5"})
            row(QString::fromUtf8(typed), '"' + QByteArray(typed) + '"');
        for (const char *single :
             {"a:",  "- ", "-",    "null ", "--- x", "...", "#x", ",x", "[x",      "{x",
              "&x",  "*x", "!x",   "|x",    ">x",    "\"x", "%x", "@x", "`x",      "? ",
              "? x", ": ", "a: b", "a #",   " x",    "x ",  "]",  "}",  "a\u2028b"}) {
            QByteArray written = '\'' + QByteArray(single) + '\'';
            written.replace("\u2028", "\u2028      ");
            row(QString::fromUtf8(single), written);
        }
        row(u"'x"_qs, "'''x'");
        row(u"a\tb"_qs, R"("a\tb")");
        row(u"a\rb"_qs, R"("a\rb")");
        row(u"\u0007"_qs, R"("\a")");
        row(u"\u007f"_qs, R"("\x7F")");
        row(u"a"_qs + QChar(0) + u"b"_qs, R"("a\0b")");
        row(u"🎉"_qs, R"("\U0001F389")");
        row(QString(QChar(0xFFFF)), R"("\uFFFF")");
        row(QString(QChar(0x85)), R"("\N")");
        row(QString(QChar(0xD800)), "\xEF\xBF\xBD");
        row(QChar(0xFEFF) + u"a b"_qs, R"("\uFEFF\x61\x20\x62")");
        row(u"a\uFEFF"_qs, R"("a\uFEFF")");
        row(u"\u2028"_qs, "'\u2028'");
        row(u"\u2028 a"_qs, R"("\L a")");
        row(u"a \nb"_qs, R"("a \nb")");
        row(u"a\nb "_qs, R"("a\nb ")");
        row(u"a\nb"_qs, "|-\n      a\n      b");
        row(u"a\n"_qs, "|\n      a");
        row(u"a\n\n"_qs, "|+\n      a\n");
        row(u" a\nb"_qs, "|2-\n       a\n      b");
        row(u"\na"_qs, "|2-\n\n      a");
        row(u"\n"_qs, "|2+\n");
        row(u"a\n\nb\n c"_qs, "|-\n      a\n\n      b\n       c");
        // The first column after "    value: " is 11; lines break beyond 80.
        const QString run(70, u'x');
        const QByteArray runBytes(70, 'x');
        row(run + u" and more"_qs, runBytes + "\n      and more");
        row(run.mid(1) + u" and more"_qs, runBytes.mid(1) + " and\n      more");
        row(run + u"  and more"_qs, runBytes + "  and\n      more");
        row(u"# "_qs + run + u" and more"_qs, "'# " + runBytes + "\n      and more'");
        row(u"\t"_qs + run + u" and more"_qs, "\"\\t" + runBytes + "\n      and more\"");
        row(u"\t"_qs + run + u"  and more"_qs, "\"\\t" + runBytes + "\n      \\ and more\"");
        row(QString(200, u'x'), QByteArray(200, 'x'));
    }
    void quotesAsFlipt()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, written);
        flags::Snapshot snapshot = withValue(text);
        const auto printed = features::print(snapshot);
        QVERIFY(printed);
        QCOMPARE(printed->text, QByteArray(R"(version: "1.4"
namespace:
  key: shop
  name: Shop
segments:
- key: s
  constraints:
  - type: STRING_COMPARISON_TYPE
    value: )") + written + "\n  match_type: ALL_MATCH_TYPE\n");

        // What is written must be read back as it was, invalid characters apart.
        const auto document = features::parse(printed->text, Format::Yaml);
        QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
        QString expected = text;
        expected.replace(QChar(0xD800), QChar(QChar::ReplacementCharacter));
        const auto &constraints = document->snapshot.namespaces[0]->segments[0]->constraints;
        QCOMPARE(constraints[0].value, expected);

        const auto json = features::print(snapshot, {.format = Format::Json});
        QVERIFY(json);
        const auto fromJson = features::parse(json->text, Format::Json);
        QVERIFY2(fromJson, fromJson ? "" : qPrintable(fromJson.error().detail));
        QCOMPARE(fromJson->snapshot.namespaces[0]->segments[0]->constraints[0].value, expected);
    }

    void writesMetadataAsFlipt_data()
    {
        QTest::addColumn<QString>("metadata");
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("natural order")
            << uR"({"f":1,"a10":1,"é":1,"a9":1,"B":1,"10":1,"9":1,"_x":1,"a":1})"_qs
            << QByteArray("    _x: 1\n    \"9\": 1\n    \"10\": 1\n    B: 1\n    a: 1\n"
                          "    a9: 1\n    a10: 1\n    f: 1\n    é: 1\n")
            << QByteArray(R"({"10":1,"9":1,"B":1,"_x":1,"a":1,"a10":1,"a9":1,"f":1,"é":1})");
        QTest::newRow("numbers")
            << uR"({"a":[100000,1000000,123456789.5,0.000001,1e-9,-0.0,0.0001,0.00001,1e21]})"_qs
            << QByteArray("    a:\n    - 100000\n    - 1e+06\n    - 1.234567895e+08\n    - 1e-06\n"
                          "    - 1e-09\n    - -0\n    - 0.0001\n    - 1e-05\n    - 1e+21\n")
            << QByteArray(
                   R"({"a":[100000,1000000,123456789.5,0.000001,1e-9,-0,0.0001,0.00001,1e+21]})");
        QTest::newRow("empty and nested")
            << uR"({"a":{},"b":[],"c":null,"d":"","e":[[1,[2]],{"x":{"y":[true,false]}}]})"_qs
            << QByteArray(
                   "    a: {}\n    b: []\n    c: null\n    d: \"\"\n    e:\n    - - 1\n"
                   "      - - 2\n    - x:\n        \"y\":\n        - true\n        - false\n")
            << QByteArray(
                   R"({"a":{},"b":[],"c":null,"d":"","e":[[1,[2]],{"x":{"y":[true,false]}}]})");
        const QByteArray longKey(129, 'k');
        QTest::newRow("long and broken keys")
            << QString::fromLatin1(R"({")" + longKey + R"(":[1],"a\nb":"c"})")
            << QByteArray("    ? |-\n      a\n      b\n    : c\n    ? " + longKey + "\n    : - 1\n")
            << QByteArray(R"({"a\nb":"c",")" + longKey + R"(":[1]})");
        QTest::newRow("twice the key")
            << uR"({"a":1,"b":{"c":2,"c":3},"a":4})"_qs
            << QByteArray("    a: 4\n    b:\n      c: 3\n") << QByteArray(R"({"a":4,"b":{"c":3}})");
        QTest::newRow("escapes") << uR"({"a":"<é&>\u2028"})"_qs
                                 << QByteArray("    a: '<é&>\u2028'\n")
                                 << QByteArray(R"({"a":"\u003cé\u0026\u003e\u2028"})");
        QTest::newRow("none") << u"{}"_qs << QByteArray() << QByteArray();
        QTest::newRow("null") << u"null"_qs << QByteArray() << QByteArray();
    }
    void writesMetadataAsFlipt()
    {
        QFETCH(QString, metadata);
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, json);
        auto flag = std::make_shared<flags::Flag>();
        flag->key = FlagKey(u"f"_qs);
        flag->metadata = metadata;
        const flags::Snapshot snapshot = withFlag(flag);
        const auto printed = features::print(snapshot);
        QVERIFY(printed);
        QCOMPARE(printed->warnings, std::vector<features::Warning>());
        const QByteArray head =
            "version: \"1.4\"\nnamespace:\n  key: shop\n  name: Shop\nflags:\n- key: f\n"
            "  type: VARIANT_FLAG_TYPE\n  enabled: false\n";
        QCOMPARE(printed->text, head + (yaml.isEmpty() ? "" : "  metadata:\n") + yaml);
        const auto printedJson = features::print(snapshot, {.format = Format::Json});
        QVERIFY(printedJson);
        const QByteArray jsonHead =
            R"({"version":"1.4","namespace":{"key":"shop","name":"Shop"},"flags":[{"key":"f",)"
            R"("type":"VARIANT_FLAG_TYPE","enabled":false)";
        QCOMPARE(printedJson->text,
                 jsonHead + (json.isEmpty() ? "" : ",\"metadata\":") + json + "}]}\n");
        const auto again = features::parse(printed->text, Format::Yaml);
        QVERIFY2(again, again ? "" : qPrintable(again.error().detail));
        // Read from YAML, -0 is an integer, which has no sign.
        QByteArray expected = printed->text;
        expected.replace("- -0\n", "- 0\n");
        QCOMPARE(features::print(again->snapshot)->text, expected);
    }

    void leavesOutWhatADocumentCannotSay()
    {
        auto flag = std::make_shared<flags::Flag>();
        flag->key = FlagKey(u"f"_qs);
        flag->type = 7;
        flag->metadata = u"[1]"_qs;
        flags::Variant variant;
        variant.id = VariantId(u"1"_qs);
        variant.key = u"v"_qs;
        variant.attachment = u"{broken"_qs;
        flag->variants = {variant};
        flags::Rule empty;
        flags::Rule foreign;
        foreign.segments = {SegmentKey(u"s"_qs)};
        flags::Distribution distribution;
        distribution.variant = VariantId(u"elsewhere"_qs);
        distribution.rollout = double(33.33f);
        foreign.distributions = {distribution};
        flag->rules = {empty, foreign};
        flags::Rollout mismatched;
        mismatched.type = flags::SegmentRollout;
        mismatched.threshold = flags::Threshold();
        flag->rollouts = {mismatched};
        const auto printed = features::print(withFlag(flag));
        QVERIFY(printed);
        QCOMPARE(printed->warnings.size(), size_t(5));
        QCOMPARE(printed->text, QByteArray(R"(version: "1.4"
namespace:
  key: shop
  name: Shop
flags:
- key: f
  type: "7"
  enabled: false
  variants:
  - key: v
  rules:
  - segment: s
    distributions:
    - rollout: 33.33
  rollouts:
  - {}
)"));
    }

    void writesChosenNamespaces()
    {
        flags::Snapshot snapshot;
        for (const char *key : {"b", "a", "B"}) {
            auto nameSpace = std::make_shared<flags::Namespace>();
            nameSpace->key = NamespaceKey(QString::fromLatin1(key));
            snapshot.namespaces.push_back(nameSpace);
        }
        const auto document = [](const char *key) -> QByteArray {
            return QByteArray("namespace:\n  key: ") + key + '\n';
        };
        const QByteArray version = "version: \"1.4\"\n";
        QCOMPARE(features::print(snapshot)->text,
                 version + document("B") + "---\n" + document("a") + "---\n" + document("b"));
        QCOMPARE(features::print(snapshot, {.sortByKey = false})->text,
                 version + document("b") + "---\n" + document("a") + "---\n" + document("B"));
        features::PrintOptions options;
        options.namespaces = {NamespaceKey(u"a"_qs)};
        options.header = {.program = u"Edgewise (0.1.0)"_qs,
                          .wallNanoseconds = 1'795'511'871'500'000'000};
        QCOMPARE(features::print(snapshot, options)->text,
                 "# exported by Edgewise (0.1.0) on 2026-11-24T09:17:51Z\n\n" + version
                     + document("a"));
        options.namespaces = {NamespaceKey(u"zz"_qs)};
        const auto missing = features::print(snapshot, options);
        QVERIFY(!missing);
        QCOMPARE(missing.error().kind, Error::Kind::NotFound);
        QCOMPARE(missing.error().detail, u"namespace \"zz\" not found"_qs);
        QCOMPARE(features::print({})->text, QByteArray());
    }

    void readsItsOwnJson()
    {
        const auto document = features::parse(exportWithoutHeader(), Format::Yaml);
        QVERIFY(document);
        features::PrintOptions options;
        options.format = Format::Json;
        options.header = {.program = u"x"_qs, .wallNanoseconds = 0};
        const auto json = features::print(document->snapshot, options);
        QVERIFY(json);
        const auto again = features::parse(json->text, Format::Json);
        QVERIFY2(again, again ? "" : qPrintable(again.error().detail));
        QVERIFY(again->snapshot == document->snapshot);
    }

private:
    static flags::Snapshot withFlag(std::shared_ptr<const flags::Flag> flag)
    {
        auto nameSpace = std::make_shared<flags::Namespace>();
        nameSpace->key = NamespaceKey(u"shop"_qs);
        nameSpace->name = u"Shop"_qs;
        nameSpace->flags = {std::move(flag)};
        return {{nameSpace}};
    }

    static flags::Snapshot withValue(const QString &text)
    {
        auto segment = std::make_shared<flags::Segment>();
        segment->key = SegmentKey(u"s"_qs);
        flags::Constraint constraint;
        constraint.value = text;
        segment->constraints = {constraint};
        auto nameSpace = std::make_shared<flags::Namespace>();
        nameSpace->key = NamespaceKey(u"shop"_qs);
        nameSpace->name = u"Shop"_qs;
        nameSpace->segments = {segment};
        return {{nameSpace}};
    }

    static QByteArray exportWithoutHeader()
    {
        const QByteArray whole = test::dataContent(u"oracle/features.yml"_qs);
        return whole.sliced(whole.indexOf("\n\n") + 2);
    }

    /// Names the first line that differs: a difference of 200 kB would be unreadable.
    static void compareBytes(const QByteArray &actual, const QByteArray &expected)
    {
        if (actual == expected)
            return;
        const QList<QByteArray> actualLines = actual.split('\n');
        const QList<QByteArray> expectedLines = expected.split('\n');
        for (qsizetype i = 0; i < std::min(actualLines.size(), expectedLines.size()); ++i) {
            const QByteArray line = "line " + QByteArray::number(i + 1) + ": ";
            QCOMPARE(line + actualLines[i], line + expectedLines[i]);
        }
        QCOMPARE(actual.size(), expected.size());
    }
};

QTEST_GUILESS_MAIN(TestPrint)
#include "tst_print.moc"
