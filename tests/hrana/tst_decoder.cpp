// SPDX-License-Identifier: GPL-3.0-or-later
#include <hrana/decoder.h>

#include <QTest>

#include <cmath>
#include <limits>

using namespace edgewise;
using namespace edgewise::hrana;
using namespace Qt::StringLiterals;

namespace {

/// An answer as sqld 0.24 gave it, all kinds of values in it.
const char recorded[] =
    R"({"baton":"AbC","base_url":null,"results":[{"type":"ok","response":{"type":"execute",)"
    R"("result":{"cols":[{"name":"i","decltype":"INTEGER"},{"name":"r","decltype":null},)"
    R"({"name":"t","decltype":"TEXT"},{"name":"b","decltype":"BLOB"},{"name":"","decltype":null}],)"
    R"("rows":[[{"type":"integer","value":"-9223372036854775808"},{"type":"float","value":0.1},)"
    "{\"type\":\"text\",\"value\":\"\\u0000\\\"ä😀\"},"
    R"({"type":"blob","base64":"//8"},{"type":"null"}],)"
    R"([{"type":"integer","value":"9223372036854775807"},{"type":"float","value":null},)"
    R"({"type":"text","value":""},{"type":"blob","base64":""},{"type":"null"}]],)"
    R"("affected_row_count":2,"last_insert_rowid":"9223372036854775807","replication_index":"8",)"
    R"("rows_read":0,"rows_written":1,"query_duration_ms":0.117}}},)"
    R"({"type":"error","error":{"message":"UNIQUE constraint failed: t.b","code":"SQLITE_CONSTRAINT"}},)"
    R"({"type":"ok","response":{"type":"get_autocommit","is_autocommit":false}},)"
    R"({"type":"ok","response":{"type":"close"}}]})";

std::vector<Request> recordedRequests()
{
    return {Execute(), Execute(), GetAutocommit(), CloseStream()};
}

} // namespace

class TestDecoder : public QObject {
    Q_OBJECT

private slots:
    void readsAPipeline()
    {
        Decoder decoder;
        QByteArray body(recorded);
        // Twice: the decoder keeps its buffers.
        for (int round = 0; round < 2; ++round) {
            const auto answer = decoder.pipeline(body, recordedRequests());
            QVERIFY2(answer.has_value(), qPrintable(answer ? QString() : answer.error().detail));
            QCOMPARE(answer->baton, QByteArray("AbC"));
            const auto &result = std::get<StatementResult>(answer->answers[0]);
            QCOMPARE(result.columns.size(), size_t(5));
            QCOMPARE(result.columns[0], (Column{u"i"_qs, u"INTEGER"_qs}));
            QCOMPARE(result.rowCount(), 2);
            QVERIFY(result.cells[0] == Value(std::numeric_limits<qint64>::min()));
            QVERIFY(result.cells[1] == Value(0.1));
            QVERIFY(result.cells[2] == Value(QString(QChar(u'\0')) + u"\"ä😀"));
            QVERIFY(result.cells[3] == Value(QByteArray("\xff\xff", 2)));
            QVERIFY(result.cells[4] == Value(Null()));
            QVERIFY(result.cells[5] == Value(std::numeric_limits<qint64>::max()));
            QVERIFY(std::isnan(std::get<double>(result.cells[6])));
            QVERIFY(!std::get<QString>(result.cells[7]).isNull());
            QVERIFY(!std::get<QByteArray>(result.cells[8]).isNull());
            QCOMPARE(result.affectedRows, 2);
            QCOMPARE(result.lastInsertRowId, std::optional(std::numeric_limits<qint64>::max()));
            QCOMPARE(result.replicationIndex, std::optional<quint64>(8));
            QVERIFY((std::get<SqlError>(answer->answers[1])
                     == SqlError{u"UNIQUE constraint failed: t.b"_qs, u"SQLITE_CONSTRAINT"_qs}));
            QCOMPARE(std::get<AutocommitAnswer>(answer->answers[2]).autocommit, false);
            QVERIFY(std::holds_alternative<ClosedAnswer>(answer->answers[3]));
        }
    }

    void readsABatch()
    {
        RunBatch request;
        request.batch.steps.resize(3);
        QByteArray body(
            R"({"baton":null,"results":[{"type":"ok","response":{"type":"batch","result":{)"
            R"("step_results":[{"cols":[],"rows":[],"affected_row_count":1,"last_insert_rowid":"2"},)"
            R"(null,null],"step_errors":[null,{"message":"m","code":"c"},null],)"
            R"("replication_index":"18446744073709551615"}}}]})");
        const auto answer = Decoder().pipeline(body, {request});
        QVERIFY(answer.has_value());
        const auto &batch = std::get<BatchAnswer>(answer->answers[0]);
        QCOMPARE(batch.results[0]->lastInsertRowId, std::optional<qint64>(2));
        QVERIFY(!batch.results[1] && !batch.results[2]);
        QCOMPARE(batch.errors[1]->code, u"c"_qs);
        QCOMPARE(batch.replicationIndex,
                 std::optional<quint64>(std::numeric_limits<quint64>::max()));
    }

    void tellsWhoAnswered_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("forwarded");
        QTest::newRow("itself") << QByteArray(R"(,"query_duration_ms":0.017)") << false;
        QTest::newRow("its primary") << QByteArray(R"(,"query_duration_ms":0.0)") << true;
        QTest::newRow("not said") << QByteArray() << false;
    }

    void tellsWhoAnswered()
    {
        QFETCH(QByteArray, fields);
        QByteArray body = R"({"baton":null,"results":[{"type":"ok","response":{"type":"execute",)"
                          R"("result":{"cols":[],"rows":[],"affected_row_count":0,)"
                          R"("last_insert_rowid":null,"replication_index":"1","rows_read":0,)"
                          R"("rows_written":0)"
                          + fields + "}}}]}";
        const auto answer = Decoder().pipeline(body, {Execute()});
        QVERIFY(answer.has_value());
        QTEST(std::get<StatementResult>(answer->answers[0]).forwarded, "forwarded");
    }

    void readsADescription()
    {
        QByteArray body(
            R"({"baton":null,"results":[{"type":"ok","response":{"type":"describe","result":)"
            R"({"params":[{"name":null},{"name":":p"}],"cols":[{"name":"a","decltype":null}],)"
            R"("is_explain":false,"is_readonly":true}}}]})");
        const auto answer = Decoder().pipeline(body, {Describe()});
        QVERIFY(answer.has_value());
        const auto &described = std::get<DescribeAnswer>(answer->answers[0]);
        QCOMPARE(described.parameters, (std::vector<QString>{QString(), u":p"_qs}));
        QVERIFY(described.readOnly);
    }

    void anyFieldOrderDoes()
    {
        QByteArray body(R"({"future":{"a":[1,{}]},"results":[{"response":{"result":{"rows":[[)"
                        R"({"value":"7","type":"integer"}]],"rows_read":3,"cols":[{"decltype":)"
                        R"(null,"name":"a"}]},"type":"execute"},"type":"ok"}],"baton":null})");
        const auto answer = Decoder().pipeline(body, {Execute()});
        QVERIFY2(answer.has_value(), qPrintable(answer ? QString() : answer.error().detail));
        QVERIFY(std::get<StatementResult>(answer->answers[0]).cells[0] == Value(qint64(7)));
    }

    void readsACursor()
    {
        Decoder decoder;
        QByteArray line(R"({"baton":"b","base_url":null})");
        QCOMPARE(decoder.cursorBaton(line).value(), QByteArray("b"));
        const auto entry = [&](const char *text) {
            QByteArray bytes(text);
            return decoder.cursorEntry(bytes).value();
        };
        QCOMPARE(
            std::get<StepBegin>(entry(R"({"type":"step_begin","step":1,"cols":[{"name":"a"}]})"))
                .columns.size(),
            size_t(1));
        QVERIFY(
            std::get<CursorRow>(entry(R"({"type":"row","row":[{"type":"integer","value":"5"}]})"))
                .cells[0]
            == Value(qint64(5)));
        // Numbers here, where a pipeline writes strings; beyond 2^53 too.
        const auto end = std::get<StepEnd>(entry(
            R"({"type":"step_end","affected_row_count":1,"last_insert_rowid":9007199254740993})"));
        QCOMPARE(end.lastInsertRowId, std::optional<qint64>(9007199254740993));
        QCOMPARE(
            std::get<StepFailed>(entry(R"({"type":"step_error","step":2,"error":{"message":"m"}})"))
                .error.message,
            u"m"_qs);
        QCOMPARE(
            std::get<CursorFailed>(entry(R"({"type":"error","error":{"code":"c"}})")).error.code,
            u"c"_qs);
        QCOMPARE(
            std::get<CursorIndex>(entry(R"({"type":"replication_index","replication_index":16})"))
                .replicationIndex,
            std::optional<quint64>(16));
    }

    void readsRefusals_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("code");
        QTest::newRow("error") << QByteArray(R"({"error":"Too many"})") << u"Too many"_qs
                               << QString();
        QTest::newRow("message") << QByteArray(R"({"message":"m","code":"C"})") << u"m"_qs
                                 << u"C"_qs;
        QTest::newRow("text") << QByteArray("Received an invalid baton\n")
                              << u"Received an invalid baton"_qs << QString();
        QTest::newRow("nothing") << QByteArray() << QString() << QString();
        QTest::newRow("no UTF-8") << QByteArray("\xff\xfe") << u"\ufffd\ufffd"_qs << QString();
    }
    void readsRefusals()
    {
        QFETCH(QByteArray, body);
        const SqlError refusal = Decoder().refusal(body);
        QTEST(refusal.message, "message");
        QTEST(refusal.code, "code");
    }

    void refusesWhatIsNoAnswer_data()
    {
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *name, const QByteArray &body) {
            QTest::newRow(name) << body;
        };
        const auto cell = [](const char *text) -> QByteArray {
            return QByteArray(R"({"baton":null,"results":[{"type":"ok","response":{"result":{)"
                              R"("cols":[{"name":"a"}],"rows":[[)")
                   + text + "]]}}}]}";
        };
        row("nothing", "");
        row("a space", " ");
        row("a number", "7");
        row("an array", "[]");
        row("no results", R"({"baton":null})");
        row("too few results", R"({"baton":null,"results":[]})");
        row("too many results", R"({"baton":null,"results":[{"type":"error","error":{}},)"
                                R"({"type":"error","error":{}}]})");
        row("baton of another type", R"({"baton":7,"results":[]})");
        row("result is null", R"({"results":[null]})");
        row("no type", R"({"results":[{}]})");
        row("answer to another question",
            R"({"results":[{"type":"ok","response":{"type":"close"}}]})");
        row("row too short", cell(""));
        row("row too long", cell(R"({"type":"null"},{"type":"null"})"));
        row("cell is a number", cell("7"));
        row("unknown type", cell(R"({"type":"date","value":"x"})"));
        row("integer too large", cell(R"({"type":"integer","value":"9223372036854775808"})"));
        row("integer with a space", cell(R"({"type":"integer","value":" 1"})"));
        row("integer with a rest", cell(R"({"type":"integer","value":"1.0"})"));
        row("integer empty", cell(R"({"type":"integer","value":""})"));
        row("float as text", cell(R"({"type":"float","value":"1"})"));
        row("float out of range", cell(R"({"type":"float","value":1e999})"));
        row("text missing", cell(R"({"type":"text"})"));
        row("lone surrogate", cell(R"({"type":"text","value":"\ud800"})"));
        row("bytes that are not UTF-8", cell("{\"type\":\"text\",\"value\":\"\xff\"}"));
        row("base64 with rubbish", cell(R"({"type":"blob","base64":"!!"})"));
        row("deep", QByteArray(R"({"results":)").append(100'000, '['));
    }
    void refusesWhatIsNoAnswer()
    {
        QFETCH(QByteArray, body);
        const auto answer = Decoder().pipeline(body, {Execute()});
        QVERIFY(!answer.has_value());
        QCOMPARE(answer.error().kind, Error::Kind::Protocol);
    }

    void survivesEveryCutAndEveryChangedByte()
    {
        const QByteArray whole(recorded);
        Decoder decoder;
        for (qsizetype size = 0; size < whole.size() - 2; ++size) {
            QByteArray cut = whole.first(size);
            QVERIFY2(!decoder.pipeline(cut, recordedRequests()).has_value(),
                     qPrintable(QString::number(size)));
        }
        for (qsizetype i = 0; i < whole.size(); ++i) {
            for (const char c : {'\0', '"', '\\', '{', '[', ']', '}', ',', '7', '\xff'}) {
                QByteArray changed = whole;
                changed[i] = c;
                const auto answer = decoder.pipeline(changed, recordedRequests());
                QVERIFY(answer.has_value() || answer.error().kind == Error::Kind::Protocol);
            }
        }
    }

    void aBatchMayNotGrowBeyondItsSteps()
    {
        QByteArray body(R"({"results":[{"type":"ok","response":{"result":{"step_results":[)");
        for (int i = 0; i < 100'000; ++i)
            body += "null,";
        body += R"(null],"step_errors":[]}}}]})";
        QVERIFY(!Decoder().pipeline(body, {RunBatch()}).has_value());
    }
};

QTEST_GUILESS_MAIN(TestDecoder)
#include "tst_decoder.moc"
