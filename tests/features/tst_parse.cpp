// SPDX-License-Identifier: GPL-3.0-or-later
#include <features/parse.h>
#include <support/snapshotloader.h>
#include <support/testdata.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using features::Format;

class TestParse : public QObject {
    Q_OBJECT

private slots:
    void readsExportOfRealFlipt()
    {
        const auto document =
            features::parse(test::dataContent(u"oracle/features.yml"_qs), Format::Yaml);
        QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
        QCOMPARE(document->warnings, std::vector<features::Warning>());
        QVERIFY(document->keyOnly.empty());

        const flags::Snapshot database = test::loadSnapshot(test::oracleDatabase());
        QCOMPARE(document->snapshot.namespaces.size(), database.namespaces.size());
        for (const auto &expected : database.namespaces) {
            const auto actual = document->snapshot.nameSpace(expected->key);
            QVERIFY2(actual, qPrintable(expected->key.text()));
            QCOMPARE(actual->name, expected->name);
            QCOMPARE(actual->description, expected->description);
            QCOMPARE(actual->flags.size(), expected->flags.size());
            QCOMPARE(actual->segments.size(), expected->segments.size());
            for (const auto &flag : expected->flags)
                compareFlags(actual->flag(flag->key), *flag);
            for (const auto &segment : expected->segments)
                compareSegments(actual->segment(segment->key), *segment);
        }
    }

    void readsNamespaces_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("keyOnly");
        QTest::newRow("none") << QByteArray("flags: []") << u"default"_qs << u"default"_qs << true;
        QTest::newRow("key") << QByteArray("namespace: shop") << u"shop"_qs << u"shop"_qs << true;
        QTest::newRow("number") << QByteArray("namespace: 12") << u"12"_qs << u"12"_qs << true;
        QTest::newRow("null") << QByteArray("namespace: ~\nflags:") << u"default"_qs
                              << u"default"_qs << true;
        QTest::newRow("map") << QByteArray("namespace: {key: shop, name: Shop}") << u"shop"_qs
                             << u"Shop"_qs << false;
        QTest::newRow("map with key alone")
            << QByteArray("namespace:\n  key: shop") << u"shop"_qs << QString() << true;
    }
    void readsNamespaces()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, key);
        QFETCH(QString, name);
        QFETCH(bool, keyOnly);
        const auto document = features::parse(text, Format::Yaml);
        QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
        QCOMPARE(document->snapshot.namespaces.size(), size_t(1));
        QCOMPARE(document->snapshot.namespaces[0]->key.text(), key);
        QCOMPARE(document->snapshot.namespaces[0]->name, name);
        QCOMPARE(document->keyOnly.contains(NamespaceKey(key)), keyOnly);
    }

    void joinsDocumentsOfOneNamespace()
    {
        const auto document = features::parse("namespace: a\nflags:\n- key: x\n---\n"
                                              "namespace: b\n---\n---\n"
                                              "version: '9.9'\n"
                                              "namespace: {key: a, name: A}\nflags:\n- key: y\n",
                                              Format::Yaml);
        QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
        QCOMPARE(document->snapshot.namespaces.size(), size_t(2));
        QCOMPARE(document->snapshot.namespaces[0]->flags.size(), size_t(2));
        QCOMPARE(document->snapshot.namespaces[0]->name, u"A"_qs);
        QCOMPARE(document->keyOnly, std::set<NamespaceKey>{NamespaceKey(u"b"_qs)});
    }

    void readsNothing()
    {
        const auto empty = features::parse("", Format::Yaml);
        QVERIFY(empty);
        QVERIFY(empty->snapshot.namespaces.empty());
        QVERIFY(features::parse("# a comment\n", Format::Yaml));
        QVERIFY(!features::parse("", Format::Json)); // as Flipt: EOF
    }

    void judgesVersions_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QString>("refusal");
        for (const char *fine : {"1", "1.0", "\"1.4\"", "1.4", "1.4.0", "v1.2", "01.04", " 1.3 "})
            QTest::newRow(fine) << QByteArray(fine) << QString();
        QTest::newRow("newer") << QByteArray("1.5") << u"unsupported version: 1.5"_qs;
        QTest::newRow("major") << QByteArray("2.0") << u"unsupported version: 2.0"_qs;
        QTest::newRow("patch") << QByteArray("1.4.1") << u"unsupported version: 1.4.1"_qs;
        QTest::newRow("word") << QByteArray("abc")
                              << u"parsing document version: Invalid character(s) found in major "
                                 u"number \"0abc\""_qs;
    }
    void judgesVersions()
    {
        QFETCH(QByteArray, version);
        QFETCH(QString, refusal);
        const auto document =
            features::parse(QByteArray("version: " + version + "\nnamespace: a\n"), Format::Yaml);
        QCOMPARE(document.has_value(), refusal.isEmpty());
        if (!document)
            QCOMPARE(document.error().detail, u"line 1, column 10: "_qs + refusal);
    }

    /// Flipt reads the first document's version alone (Flipt: internal/ext/importer.go).
    void theFirstVersionCounts()
    {
        const QByteArray old = "version: 1.0\nnamespace: a\n---\n";
        QVERIFY(features::parse(QByteArray(old + "version: 9.9\nnamespace: b\n"), Format::Yaml));
        QVERIFY(!features::parse(
            QByteArray(old + "version: 1.4\nnamespace: b\nflags: [{type: BOOLEAN_FLAG_TYPE}]\n"),
            Format::Yaml));
        // What no version asks for: metadata, and the segments of a rule as a map.
        QVERIFY(
            features::parse(QByteArray(old
                                       + "flags: [{key: f, metadata: {a: 1}, rules: [{segment: "
                                         "{keys: [x, y], operator: AND_SEGMENT_OPERATOR}}]}]\n"),
                            Format::Yaml));
        const auto json = features::parse(
            R"({"version": "1.1", "namespace": "a"} {"version": "7", "namespace": {"key": "b"}})",
            Format::Json);
        QVERIFY(json);
        QCOMPARE(json->snapshot.namespaces.size(), size_t(2));
    }

    void readsImplicitRanks()
    {
        const auto document = features::parse(R"(
flags:
- key: f
  rules:
  - segment: a
  - null
  - segment: b
  - {segment: c, rank: 2}
  - {segment: d, rank: 9}
  rollouts:
  - threshold: {percentage: 1}
  - null
  - segment: {key: a}
)",
                                              Format::Yaml);
        QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
        const auto flag = document->snapshot.namespaces[0]->flags[0];
        QStringList rules;
        for (const flags::Rule &rule : flag->rules)
            rules.append(rule.segments[0].text() + QString::number(rule.rank));
        QCOMPARE(rules, (QStringList{u"a1"_qs, u"c2"_qs, u"b3"_qs, u"d9"_qs}));
        QCOMPARE(flag->rollouts[0].rank, 1);
        QCOMPARE(flag->rollouts[1].rank, 3);
        QCOMPARE(flag->rollouts[0].type, int(flags::ThresholdRollout));
        QCOMPARE(flag->rollouts[1].type, int(flags::SegmentRollout));

        const auto old =
            features::parse("version: 1.0\nflags:\n- rules:\n  - segment: a\n", Format::Yaml);
        QVERIFY(old);
        QCOMPARE(old->snapshot.namespaces[0]->flags[0]->rules[0].rank, 0);
    }

    void readsSegmentsOfRules_data()
    {
        QTest::addColumn<QByteArray>("segment");
        QTest::addColumn<QString>("keys");
        QTest::addColumn<int>("segmentOperator");
        const int orOperator = flags::OrOperator;
        const int andOperator = flags::AndOperator;
        QTest::newRow("key") << QByteArray("a") << u"a"_qs << orOperator;
        QTest::newRow("number") << QByteArray("0o17") << u"0o17"_qs << orOperator;
        QTest::newRow("list") << QByteArray("{keys: [b, a], operator: AND_SEGMENT_OPERATOR}")
                              << u"b a"_qs << andOperator;
        QTest::newRow("doubled") << QByteArray("{keys: [b, a, b], operator: OR_SEGMENT_OPERATOR}")
                                 << u"b a"_qs << orOperator;
        QTest::newRow("one alone is OR")
            << QByteArray("{keys: [a, a], operator: AND_SEGMENT_OPERATOR}") << u"a"_qs
            << orOperator;
        QTest::newRow("unknown operator")
            << QByteArray("{keys: [a, b], operator: XOR}") << u"a b"_qs << orOperator;
    }
    void readsSegmentsOfRules()
    {
        QFETCH(QByteArray, segment);
        const auto document = features::parse(
            QByteArray("flags:\n- key: f\n  rules:\n  - segment: " + segment + '\n'), Format::Yaml);
        QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
        const flags::Rule &rule = document->snapshot.namespaces[0]->flags[0]->rules[0];
        QStringList keys;
        for (const SegmentKey &key : rule.segments)
            keys.append(key.text());
        QTEST(keys.join(u' '), "keys");
        QTEST(rule.segmentOperator, "segmentOperator");
    }

    /// Flipt: internal/ext/importer.go, json.Marshal and structpb.NewStruct.
    void writesJsonAsFlipt_data()
    {
        QTest::addColumn<Format>("format");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("attachment"); // "" for none
        QTest::addColumn<QByteArray>("metadata");   // of {k: value}; "" when refused
        const auto yaml = [](const char *name, const char *value, const char *attachment,
                             const char *metadata) {
            QTest::newRow(name) << Format::Yaml << QByteArray(value) << QByteArray(attachment)
                                << QByteArray(metadata);
        };
        yaml("text", "str", "\"str\"", "\"str\"");
        yaml("yes", "yes", "\"yes\"", "\"yes\"");
        yaml("true", "True", "true", "true");
        yaml("null", "~", "", "null");
        yaml("float", "1.50", "1.5", "1.5");
        yaml("exponent", "1e3", "1000", "1000");
        yaml("small", "1e-7", "1e-7", "1e-7");
        yaml("large", "1e21", "1e+21", "1e+21");
        yaml("minus zero", "-0.0", "-0", "-0");
        yaml("octal", "0o17", "15", "15");
        yaml("old octal", "017", "15", "15");
        yaml("hexadecimal", "0x1f", "31", "31");
        yaml("underscores", "1_000", "1000", "1000");
        yaml("64 bits", "9223372036854775807", "9223372036854775807", "9223372036854776000");
        yaml("unsigned", "12345678901234567890", "12345678901234567890", "12345678901234567000");
        yaml("beyond", "123456789012345678901234", "1.2345678901234569e+23",
             "1.2345678901234569e+23");
        yaml("quoted number", "'12'", "\"12\"", "\"12\"");
        yaml("date", "2024-01-01", "\"2024-01-01T00:00:00Z\"", "");
        yaml("time", "2024-1-2T3:04:05.500+01:00", "\"2024-01-02T03:04:05.5+01:00\"", "");
        yaml("no date", "2024-13-01", "\"2024-13-01\"", "\"2024-13-01\"");
        yaml("empty text", "''", "\"\"", "\"\"");
        yaml("empty map", "{}", "{}", "{}");
        yaml("empty list", "[]", "[]", "[]");
        yaml("sorted", "{b: 1, a: [x, null, {d: 1, c: 2}], B: 3}",
             R"({"B":3,"a":["x",null,{"c":2,"d":1}],"b":1})",
             R"({"B":3,"a":["x",null,{"c":2,"d":1}],"b":1})");
        yaml("escapes", "\"<a> & \\u2028 \\\"q\\\" \\\\ \\n\\t\\x01 \\x7f é \\U0001F389\"",
             "\"\\u003ca\\u003e \\u0026 \\u2028 \\\"q\\\" \\\\ \\n\\t\\u0001 \x7f é 🎉\"",
             "\"\\u003ca\\u003e \\u0026 \\u2028 \\\"q\\\" \\\\ \\n\\t\\u0001 \x7f é 🎉\"");
        QTest::newRow("JSON integer")
            << Format::Json << QByteArray("12345678901234567890")
            << QByteArray("12345678901234567000") << QByteArray("12345678901234567000");
        QTest::newRow("JSON date") << Format::Json << QByteArray("\"2024-01-01\"")
                                   << QByteArray("\"2024-01-01\"") << QByteArray("\"2024-01-01\"");
        QTest::newRow("JSON twice the key")
            << Format::Json << QByteArray(R"({"a":1,"b":2,"a":3})")
            << QByteArray(R"({"a":3,"b":2})") << QByteArray(R"({"a":3,"b":2})");
        QTest::newRow("JSON lone surrogate")
            << Format::Json << QByteArray(R"("\ud800x\ud83c\udf89")")
            << QByteArray("\"\xEF\xBF\xBDx🎉\"") << QByteArray("\"\xEF\xBF\xBDx🎉\"");
    }
    void writesJsonAsFlipt()
    {
        QFETCH(Format, format);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, attachment);
        QFETCH(QByteArray, metadata);
        const auto withVariant = features::parse(
            QByteArray(R"({"flags": [{"key": "f", "variants": [{"key": "v", "attachment": )" + value
                       + "}]}]}"),
            format);
        QVERIFY2(withVariant, withVariant ? "" : qPrintable(withVariant.error().detail));
        const auto stored = withVariant->snapshot.namespaces[0]->flags[0]->variants[0].attachment;
        QCOMPARE(stored.value_or(QString()).toUtf8(), attachment);
        QCOMPARE(stored.has_value(), !attachment.isEmpty());

        const auto withMetadata = features::parse(
            QByteArray(R"({"flags": [{"key": "f", "metadata": {"k": )" + value + "}}]}"), format);
        QCOMPARE(withMetadata.has_value(), !metadata.isEmpty());
        if (withMetadata)
            QCOMPARE(withMetadata->snapshot.namespaces[0]->flags[0]->metadata->toUtf8(),
                     QByteArray("{\"k\":" + metadata + '}'));
        else
            QVERIFY2(withMetadata.error().detail.startsWith(u"line 1, column "),
                     qPrintable(withMetadata.error().detail));
    }

    void widensPercentages()
    {
        const auto document = features::parse(R"(
flags:
- key: f
  variants: [{key: a}]
  rules:
  - segment: s
    distributions: [{variant: a, rollout: 33.33}, {variant: a, rollout: 0x10}, {variant: a}]
)",
                                              Format::Yaml);
        QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
        const auto flag = document->snapshot.namespaces[0]->flags[0];
        const auto &distributions = flag->rules[0].distributions;
        QCOMPARE(distributions.size(), size_t(3));
        QVERIFY(distributions[0].rollout == 33.33000183105469);
        QVERIFY(distributions[1].rollout == 16);
        QVERIFY(distributions[2].rollout == 0);
        QCOMPARE(distributions[0].variant, flag->variants[0].id);
        QVERIFY(features::isSynthetic(flag->variants[0].id));
        QVERIFY(distributions[0].id != distributions[1].id);
    }

    void makesIdsThatCannotMeet()
    {
        const auto document = features::parse(R"(
namespace: a
flags:
- {key: b, variants: [{key: c/variants/d}, {key: c}]}
- {key: b/variants/c, variants: [{key: d}, {key: ""}]}
)",
                                              Format::Yaml);
        QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
        std::set<VariantId> ids;
        for (const auto &flag : document->snapshot.namespaces[0]->flags) {
            for (const flags::Variant &variant : flag->variants)
                ids.insert(variant.id);
        }
        QCOMPARE(ids.size(), size_t(4));
    }

    void warnsOfWhatFliptPassesOver()
    {
        const auto document = features::parse(R"(etag: 1
namespace: a
flags:
- key: f
  type: COLOUR
  default: x
  variants:
  - {key: a, default: yes}
  - {key: b, default: on}
segments:
- key: s
  match_type: SOME
  constraints:
  - {type: WORD, operator: EQ, property: p, value: 1.0, description: why}
)",
                                              Format::Yaml);
        QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
        QStringList lines;
        for (const features::Warning &warning : document->warnings)
            lines.append(u"%1:%2"_qs.arg(warning.line).arg(warning.column));
        QCOMPARE(lines, (QStringList{u"1:1"_qs, u"6:3"_qs, u"5:9"_qs, u"9:5"_qs, u"12:15"_qs,
                                     u"14:12"_qs}));
        const auto nameSpace = document->snapshot.namespaces[0];
        QCOMPARE(nameSpace->flags[0]->type, int(flags::VariantFlag));
        QCOMPARE(nameSpace->flags[0]->defaultVariant, nameSpace->flags[0]->variants[1].id);
        const flags::Constraint &constraint = nameSpace->segments[0]->constraints[0];
        QCOMPARE(constraint.type, int(flags::UnknownConstraint));
        QCOMPARE(constraint.operatorName, u"eq"_qs);
        QCOMPARE(constraint.value, u"1.0"_qs);
        QCOMPARE(constraint.description, std::optional(u"why"_qs));
    }

    void followsAliasesAndMerges()
    {
        const auto document = features::parse(R"(
flags:
- &base
  key: a
  name: A
  enabled: true
  variants: &variants
  - {key: v}
- <<: *base
  key: b
  variants: *variants
segments:
- {<<: [{name: first}, {name: second, description: d}], key: s}
)",
                                              Format::Yaml);
        QVERIFY2(document, document ? "" : qPrintable(document.error().detail));
        const auto nameSpace = document->snapshot.namespaces[0];
        QCOMPARE(nameSpace->flags[1]->key.text(), u"b"_qs);
        QCOMPARE(nameSpace->flags[1]->name, u"A"_qs);
        QCOMPARE(nameSpace->flags[1]->variants.size(), size_t(1));
        QVERIFY(nameSpace->flags[0]->variants[0].id != nameSpace->flags[1]->variants[0].id);
        QCOMPARE(nameSpace->segments[0]->name, u"first"_qs);
        QCOMPARE(nameSpace->segments[0]->description, u"d"_qs);
    }

    void keepsFewWarnings()
    {
        QByteArray text;
        for (int i = 0; i < 3000; ++i)
            text += "unknown" + QByteArray::number(i) + ": 1\n";
        const auto document = features::parse(text, Format::Yaml);
        QVERIFY(document);
        QCOMPARE(document->warnings.size(), features::maximumWarnings);
    }

private:
    static void compareSegments(const std::shared_ptr<const flags::Segment> &actual,
                                const flags::Segment &expected)
    {
        QVERIFY2(actual, qPrintable(expected.key.text()));
        QCOMPARE(actual->name, expected.name);
        QCOMPARE(actual->description, expected.description);
        QCOMPARE(actual->matchType, expected.matchType);
        QCOMPARE(actual->constraints.size(), expected.constraints.size());
        for (size_t i = 0; i < expected.constraints.size(); ++i) {
            flags::Constraint constraint = expected.constraints[i];
            constraint.id = actual->constraints[i].id;
            constraint.times = {};
            if (constraint.type == 9) // an enum's number outside of it has no name to be read
                constraint.type = 0;
            constraint.description = constraint.description.value_or(QString());
            QVERIFY2(actual->constraints[i] == constraint, qPrintable(expected.key.text()));
        }
    }

    static void compareFlags(const std::shared_ptr<const flags::Flag> &actual,
                             const flags::Flag &expected)
    {
        QVERIFY2(actual, qPrintable(expected.key.text()));
        QCOMPARE(actual->name, expected.name);
        QCOMPARE(actual->description, expected.description);
        QCOMPARE(actual->enabled, expected.enabled);
        QCOMPARE(actual->type, expected.type);
        QCOMPARE(actual->metadata, expected.metadata);
        QCOMPARE(actual->variants.size(), expected.variants.size());
        QCOMPARE(actual->rules.size(), expected.rules.size());
        QCOMPARE(actual->rollouts.size(), expected.rollouts.size());
    }
};

QTEST_GUILESS_MAIN(TestParse)
#include "tst_parse.moc"
