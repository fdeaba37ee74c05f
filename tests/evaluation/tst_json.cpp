// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/json.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

namespace {

/// One boolean flag that is on where "city" is "Zürich" or the replacement character.
flags::Snapshot cities()
{
    flags::Segment segment;
    segment.key = SegmentKey(u"there"_qs);
    segment.matchType = flags::AnyMatch;
    for (const QString &city : {u"Zürich"_qs, u"\ufffd"_qs, u"🎉"_qs}) {
        flags::Constraint constraint;
        constraint.property = u"city"_qs;
        constraint.operatorName = u"eq"_qs;
        constraint.value = city;
        segment.constraints.push_back(constraint);
    }
    flags::Flag flag;
    flag.key = FlagKey(u"open"_qs);
    flag.type = flags::BooleanFlag;
    flags::Rollout rollout;
    rollout.segmentMatches.push_back({{}, true, flags::OrOperator, {segment.key}});
    flag.rollouts.push_back(rollout);
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"default"_qs);
    nameSpace.flags.push_back(std::make_shared<const flags::Flag>(flag));
    nameSpace.segments.push_back(std::make_shared<const flags::Segment>(segment));
    return {{std::make_shared<const flags::Namespace>(nameSpace)}};
}

} // namespace

class TestJson : public QObject {
    Q_OBJECT

    evaluation::LineEvaluator m_evaluator{evaluation::compile(cities())};

    QJsonObject answer(const QByteArray &line)
    {
        const std::string_view text = m_evaluator.answer({line.data(), size_t(line.size())});
        return QJsonDocument::fromJson(QByteArray(text.data(), qsizetype(text.size()))).object();
    }

private slots:
    void answersRequests_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("enabled");
        const auto row = [](const char *name, const QByteArray &members, bool enabled) {
            QTest::newRow(name) << "{\"kind\":\"boolean\",\"flag\":\"open\"," + members + "}"
                                << enabled;
        };
        row("found", R"("context":{"city":"Zürich"})", true);
        row("escaped", R"("context":{"c\u0069ty":"Z\u00fcrich"})", true);
        row("emoji pair", R"("context":{"city":"\ud83c\udf89"})", true);
        row("lone surrogate", R"("context":{"city":"\ud800"})", true);
        row("invalid byte", "\"context\":{\"city\":\"\xFF\"}", true);
        row("two invalid bytes", "\"context\":{\"city\":\"\xE2\x82\"}", false);
        row("last of equal names", R"("context":{"city":"x","city":"Zürich"})", true);
        row("last of equal names, reverse", R"("context":{"city":"Zürich","city":"x"})", false);
        row("null value", R"("context":{"city":null})", false);
        row("null context", R"("context":null,"entity":null)", false);
        row("no context", R"("entity":"e")", false);
        row("second context", R"("context":{"city":"Zürich"},"context":{})", false);
        row("unknown members", R"("tag":[{"a":1}],"context":{"city":"Zürich"},"status":1)", true);
        row("blanks", R"( "context" : { "city" : "Zürich" } , "namespace" : "default" )", true);
    }
    void answersRequests()
    {
        QFETCH(QByteArray, line);
        QFETCH(bool, enabled);
        const QJsonObject object = answer(line);
        QCOMPARE(object[u"status"].toInt(), 200);
        QCOMPARE(object[u"response"].toObject()[u"enabled"].toBool(), enabled);
    }

    void refusesWhatIsNoRequest_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"",
                                 "null",
                                 "[]",
                                 "1",
                                 "{",
                                 "{}",
                                 "{\"kind\":\"boolean\"",
                                 "{\"kind\":1}",
                                 "{\"kind\":\"other\"}",
                                 "{\"kind\":\"boolean\"} x",
                                 "{\"kind\":\"boolean\",\"flag\":1}",
                                 "{\"kind\":\"boolean\",\"context\":[]}",
                                 "{\"kind\":\"boolean\",\"context\":{\"a\":1}}",
                                 "{\"kind\":\"batch\",\"requests\":{}}",
                                 "{\"kind\":\"batch\",\"requests\":[1]}",
                                 "{\"kind\":\"batch\",\"requests\":[{\"flag\":{}}]}",
                                 "{\"kind\":\"boolean\",}",
                                 "{\"kind\":\"boolean\",\"entity\":\"a\tb\"}",
                                 "not json",
                                 "\xEF\xBB\xBF{}"})
            QTest::newRow(line) << QByteArray(line);
    }
    void refusesWhatIsNoRequest()
    {
        QFETCH(QByteArray, line);
        const QJsonObject object = answer(line);
        QCOMPARE(object[u"status"].toInt(), 400);
        const QJsonObject response = object[u"response"].toObject();
        QCOMPARE(response[u"code"].toInt(), 3);
        QVERIFY(!response[u"message"].toString().isEmpty());
        QVERIFY(response[u"details"].isArray());
        // And the next line is answered.
        QCOMPARE(answer("{\"kind\":\"boolean\",\"flag\":\"open\"}")[u"status"].toInt(), 200);
    }

    void namesMissingFlagsAsFliptDoes()
    {
        const auto message = [&](const char *flag) {
            return answer("{\"kind\":\"variant\",\"namespace\":\"\",\"flag\":" + QByteArray(flag)
                          + "}")[u"response"]
                .toObject()[u"message"]
                .toString();
        };
        QCOMPARE(message("\"x\""), u"flag \"default/x\" not found"_qs);
        QCOMPARE(message("\"\""), u"flag \"default\" not found"_qs);
        QCOMPARE(message("\"../x\""), u"flag \"x\" not found"_qs);
        QCOMPARE(message("\"a//b\""), u"flag \"default/a/b\" not found"_qs);
        QCOMPARE(message("\"\\u200b\""), u"flag \"default/\\u200b\" not found"_qs);
    }

    void answersLongLines()
    {
        const QByteArray filler(10'000'000, 'x');
        QByteArray line = "{\"kind\":\"boolean\",\"flag\":\"open\",\"context\":{\"filler\":\""
                          + filler + "\",\"\\u0061\":\"\\n" + filler + "\",\"city\":\"Zürich\"}}";
        QCOMPARE(answer(line)[u"response"].toObject()[u"enabled"].toBool(), true);
        line.chop(1);
        QCOMPARE(answer(line)[u"status"].toInt(), 400);
    }
};

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
