// SPDX-License-Identifier: GPL-3.0-or-later
#include <features/node.h>
#include <features/parse.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using features::Format;

/// What parse() does not take: each with a place, within bounded time and memory.
class TestParseRefusals : public QObject {
    Q_OBJECT

private slots:
    void refuses_data()
    {
        QTest::addColumn<Format>("format");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("detail");
        const auto yaml = [](const char *name, const char *text, const char *detail) {
            QTest::newRow(name) << Format::Yaml << QByteArray(text) << QString::fromUtf8(detail);
        };
        const auto json = [](const char *name, const char *text, const char *detail) {
            QTest::newRow(name) << Format::Json << QByteArray(text) << QString::fromUtf8(detail);
        };
        yaml("a list", "- a",
             "line 1, column 1: a document must be a map with the keys "
             "namespace, flags and segments");
        yaml("a text", "\n\nhello",
             "line 3, column 1: a document must be a map with the keys "
             "namespace, flags and segments");
        yaml("namespace list", "namespace: [a]",
             "line 1, column 12: namespace must be a key, or a map with key, name and description");
        yaml("namespace without key", "namespace: {name: A}",
             "line 1, column 12: the namespace has no key");
        yaml("flags map", "flags: {a: b}", "line 1, column 8: flags must be a list");
        yaml("flag text", "flags:\n- a", "line 2, column 3: a flag must be a map");
        yaml("key list", "flags:\n- key: [a]", "line 2, column 8: key must be a text");
        yaml("enabled text", "flags:\n- {key: ü, enabled: maybe}",
             "line 2, column 21: enabled must be true or false");
        yaml("twice the key in a map", "flags:\n- key: a\n  key: b",
             "line 3, column 3: key \"key\" is there twice");
        yaml("twice the flag", "flags:\n- key: a\n- key: a",
             "line 3, column 3: flag \"default/a\" is not unique");
        yaml("twice the segment", "namespace: n\nsegments: [{key: a}, {key: a}]",
             "line 2, column 22: segment \"n/a\" is not unique");
        yaml("twice the variant", "flags: [{key: f, variants: [{key: a}, {key: a}]}]",
             "line 1, column 39: variant \"a\" is not unique for flag \"f\"");
        yaml("rule without segment", "flags: [{key: f, rules: [{rank: 1}]}]",
             "line 1, column 26: the rule has no segment");
        yaml("rule without keys", "flags: [{key: f, rules: [{segment: {keys: []}}]}]",
             "line 1, column 36: the rule has no segment");
        yaml("rule with an empty key", "flags: [{key: f, rules: [{segment: {keys: [a, ~]}}]}]",
             "line 1, column 36: a segment of the rule has no key");
        yaml("rollout with an empty key", "flags: [{key: f, rollouts: [{segment: {keys: ['']}}]}]",
             "line 1, column 39: a segment of the rollout has no key");
        yaml("segment list", "flags: [{key: f, rules: [{segment: [a]}]}]",
             "line 1, column 36: segment must be a key, or a map with keys and operator");
        yaml("unknown variant",
             "flags: [{key: f, rules: [{segment: s, distributions: [{variant: x, rollout: 1}]}]}]",
             "line 1, column 55: finding variant: x; flag: f");
        yaml("rollout text",
             "flags: [{key: f, variants: [{key: a}],\n rules: [{segment: s, "
             "distributions: [{variant: a, rollout: '1'}]}]}]",
             "line 2, column 61: rollout must be a number");
        yaml("endless rollout", "flags: [{key: f, rollouts: [{threshold: {percentage: .inf}}]}]",
             "line 1, column 54: percentage must be a number within the range of 32 bits");
        yaml("huge rollout", "flags: [{key: f, rollouts: [{threshold: {percentage: 1e300}}]}]",
             "line 1, column 54: percentage must be a number within the range of 32 bits");
        yaml("negative rank", "flags: [{key: f, rules: [{segment: s, rank: -1}]}]",
             "line 1, column 45: rank must be a whole number from 0 to 2147483647");
        yaml("broken rank", "flags: [{key: f, rules: [{segment: s, rank: 1.5}]}]",
             "line 1, column 45: rank must be a whole number from 0 to 2147483647");
        yaml("both kinds of rollout",
             "flags: [{key: f, rollouts: [{segment: {key: a}, threshold: {percentage: 1}}]}]",
             "line 1, column 29: a rollout cannot have both segment and percentage rule");
        yaml("key and keys", "flags: [{key: f, rollouts: [{segment: {key: a, keys: [b]}}]}]",
             "line 1, column 39: a rollout cannot have both segment.keys and segment.key");
        yaml("no kind of rollout", "flags: [{key: f, rollouts: [{description: d}]}]",
             "line 1, column 29: rollout rule is missing");
        yaml("rollout without key", "flags: [{key: f, rollouts: [{segment: {value: true}}]}]",
             "line 1, column 39: the rollout has no segment");
        yaml("type too early", "version: 1.0\nflags: [{type: BOOLEAN_FLAG_TYPE}]",
             "line 2, column 16: flag.type is supported in version >=1.1, found 1.0");
        yaml("rollouts too early", "version: 1.0\nflags: [{rollouts: [{threshold: {}}]}]",
             "line 2, column 20: flag.rollouts is supported in version >=1.1, found 1.0");
        yaml("keys too early", "version: 1.1\nflags: [{rollouts: [{segment: {keys: [a]}}]}]",
             "line 2, column 31: flag.rollouts[*].segment.keys is supported in version >=1.2, "
             "found 1.1");
        yaml("default too early", "version: 1.2\nflags: [{variants: [{default: true}]}]",
             "line 2, column 21: variant.default is supported in version >=1.3, found 1.2");
        yaml("metadata list", "flags: [{metadata: [a]}]",
             "line 1, column 20: metadata must be a map");
        yaml("metadata with a number for a key", "flags: [{metadata: {a: {1: b}}}]",
             "line 1, column 25: metadata: key \"1\" must be a text: put it in quotes");
        yaml("attachment not a number", "flags: [{variants: [{key: a, attachment: [.nan]}]}]",
             "line 1, column 43: marshalling attachment: JSON has no such number");
        yaml("tab", "flags:\n\t- key: a", "line 2, column 2: ");
        yaml("comma", ",", "line 1, column 1: this is not expected here");
        yaml("comma after a document", "a: b\n---\n,\n",
             "line 3, column 1: this is not expected here");
        yaml("unclosed", "flags: [{key: \"a", "line 1, column ");
        yaml("control", "flags: # \x01", "line 1, column 10: control characters are not allowed");
        yaml("not UTF-8", "flags: # ü\xFF", "line 1, column 10: the text is not UTF-8");
        yaml("unknown alias", "flags: *x", "line 1, column ");
        yaml("anchor in itself", "flags: &a [*a]", "line 1, column 12: an anchor contains itself");
        yaml("merge of a text", "flags: [{<<: a}]",
             "line 1, column 14: \"<<\" takes a map or a list of maps");
        yaml("map as key", "{a: b}: c",
             "line 1, column 1: a key must be a text, not a list or map");
        json("empty", "", "line 1, column 1: there is no JSON document");
        json("header alone", "# exported by Flipt", "line 1, column 1: there is no JSON document");
        json("word", "# x\nnope", "line 2, column 1: a JSON value is expected here");
        json("cut off", "{\"flags\": [", "line 1, column 12: the text ends too early");
        json("comma", "{\"flags\": [],}", "line 1, column 14: a key in quotes is expected here");
        json("number for a text", "{\"version\": 1.4}",
             "line 1, column 13: version must be a text");
        json("yes", "{\"flags\": [{\"enabled\": \"yes\"}]}",
             "line 1, column 24: enabled must be true or false");
        json("leading zero", "{\"a\": 01}", "line 1, column 8: \",\" or \"}\" is expected here");
        json("too large", "{\"a\": 1e999}", "line 1, column 12: the number is too large");
        json("control", "{\"a\": \"\n\"}",
             "line 1, column 8: a control character within quotes must be escaped");
        json("escape", "{\"a\": \"\\x\"}", "line 1, column 10: this escape is unknown");
    }
    void refuses()
    {
        QFETCH(Format, format);
        QFETCH(QByteArray, text);
        QFETCH(QString, detail);
        const auto document = features::parse(text, format);
        QVERIFY(!document);
        QCOMPARE(document.error().kind, Error::Kind::Input);
        if (detail.endsWith(u' ')) // the rest is another library's wording
            QVERIFY2(document.error().detail.startsWith(detail),
                     qPrintable(document.error().detail));
        else
            QCOMPARE(document.error().detail, detail);
    }

    void staysBounded_data()
    {
        QTest::addColumn<Format>("format");
        QTest::addColumn<QByteArray>("text");
        QByteArray laughs = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
        for (char c = 'b'; c <= 'k'; ++c) {
            laughs += QByteArray(1, c) + ": &" + c + " [";
            for (int i = 0; i < 9; ++i)
                laughs += QByteArray("*") + char(c - 1) + ", ";
            laughs += QByteArray("*") + char(c - 1) + "]\n";
        }
        QTest::newRow("a billion laughs") << Format::Yaml << laughs;
        QByteArray merges = "a: &a {";
        for (int i = 0; i < 2000; ++i)
            merges += "k" + QByteArray::number(i) + ": v, ";
        merges += "}\nlist:\n";
        for (int i = 0; i < 5000; ++i)
            merges += "- {<<: *a}\n";
        QTest::newRow("merges") << Format::Yaml << merges;
        QByteArray texts = "a: &a '" + QByteArray(100'000, 'x') + "'\nb: [";
        for (int i = 0; i < 30'000; ++i)
            texts += "*a,";
        QTest::newRow("long texts") << Format::Yaml << texts + "]\n";
        QTest::newRow("deep flow lists") << Format::Yaml << QByteArray(100'000, '[');
        QTest::newRow("deep flow maps") << Format::Yaml << QByteArray("{a: ").repeated(50'000);
        QTest::newRow("deep block lists") << Format::Yaml << QByteArray("- ").repeated(50'000);
        QTest::newRow("deep keys") << Format::Yaml << QByteArray("? ").repeated(50'000);
        QTest::newRow("deep JSON lists") << Format::Json << QByteArray(1'000'000, '[');
        QTest::newRow("deep JSON maps") << Format::Json << QByteArray("{\"a\":").repeated(100'000);
        QByteArray chain = "a0: &a0 [x]\n";
        for (int i = 1; i < 5000; ++i)
            chain += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [*a"
                     + QByteArray::number(i - 1) + "]\n";
        QTest::newRow("deep aliases") << Format::Yaml << chain;
    }
    void staysBounded()
    {
        QFETCH(Format, format);
        QFETCH(QByteArray, text);
        const auto document = features::parse(text, format);
        QVERIFY(!document);
        QCOMPARE(document.error().kind, Error::Kind::Input);
        QVERIFY2(document.error().detail.contains(u"line "), qPrintable(document.error().detail));
    }

    void refusesLargeTexts()
    {
        const QByteArray text(features::maximumTextSize + 1, Qt::Uninitialized); // never read
        for (const Format format : {Format::Yaml, Format::Json}) {
            const auto document = features::parse(text, format);
            QVERIFY(!document);
            QVERIFY(document.error().detail.contains(u"134217728"));
        }
    }
};

QTEST_GUILESS_MAIN(TestParseRefusals)
#include "tst_parserefusals.moc"
