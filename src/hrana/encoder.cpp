// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/encoder.h"

#include <charconv>
#include <cmath>
#include <iterator>
#include <string_view>

namespace edgewise::hrana {

namespace {

void put(QByteArray &out, std::string_view text)
{
    out.append(text.data(), qsizetype(text.size()));
}

template <typename Number>
void putNumber(QByteArray &out, Number number)
{
    // Shortest text that reads back as the same double: at most 24 characters.
    char buffer[32];
    const auto end = std::to_chars(std::begin(buffer), std::end(buffer), number).ptr;
    out.append(buffer, end - buffer);
}

void putString(QByteArray &out, QStringView text)
{
    const QByteArray utf8 = text.toUtf8();
    out.append('"');
    qsizetype done = 0;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        out.append(utf8.constData() + done, i - done);
        done = i + 1;
        if (byte >= 0x20) {
            out.append('\\').append(char(byte));
        } else {
            constexpr std::string_view digits = "0123456789abcdef";
            put(out, "\\u00");
            out.append(digits[byte >> 4]).append(digits[byte & 0xf]);
        }
    }
    out.append(utf8.constData() + done, utf8.size() - done).append('"');
}

struct ValueWriter {
    QByteArray &out;

    void operator()(Null) const { put(out, R"({"type":"null"})"); }
    void operator()(qint64 number) const
    {
        put(out, R"({"type":"integer","value":")");
        putNumber(out, number);
        put(out, "\"}");
    }
    void operator()(double number) const
    {
        put(out, R"({"type":"float","value":)");
        if (std::isfinite(number))
            putNumber(out, number);
        else
            put(out, "null");
        put(out, "}");
    }
    void operator()(const QString &text) const
    {
        put(out, R"({"type":"text","value":)");
        putString(out, text);
        put(out, "}");
    }
    void operator()(const QByteArray &blob) const
    {
        put(out, R"({"type":"blob","base64":")");
        out.append(blob.toBase64(QByteArray::OmitTrailingEquals));
        put(out, "\"}");
    }
};

void putReplicationIndex(QByteArray &out, std::optional<quint64> index)
{
    if (!index)
        return;
    put(out, R"(,"replication_index":")");
    putNumber(out, *index);
    out.append('"');
}

void putStatement(QByteArray &out, const Statement &statement)
{
    put(out, R"({"sql":)");
    putString(out, statement.sql);
    if (!statement.arguments.isEmpty()) {
        char separator = '[';
        put(out, R"(,"args":)");
        for (const Value &value : statement.arguments) {
            out.append(separator);
            std::visit(ValueWriter{out}, value);
            separator = ',';
        }
        out.append(']');
    }
    if (!statement.namedArguments.isEmpty()) {
        char separator = '[';
        put(out, R"(,"named_args":)");
        for (const auto &[name, value] : statement.namedArguments) {
            out.append(separator);
            put(out, R"({"name":)");
            putString(out, name);
            put(out, R"(,"value":)");
            std::visit(ValueWriter{out}, value);
            out.append('}');
            separator = ',';
        }
        out.append(']');
    }
    putReplicationIndex(out, statement.replicationIndex);
    out.append('}');
}

void putBatch(QByteArray &out, const Batch &batch)
{
    put(out, R"({"steps":[)");
    bool first = true;
    for (const BatchStep &step : batch.steps) {
        put(out, first ? "{" : ",{");
        first = false;
        switch (step.condition.kind) {
        case Condition::Kind::Always:
            break;
        case Condition::Kind::StepOk:
            put(out, R"("condition":{"type":"ok","step":)");
            putNumber(out, step.condition.step);
            put(out, "},");
            break;
        case Condition::Kind::StepFailed:
            put(out, R"("condition":{"type":"error","step":)");
            putNumber(out, step.condition.step);
            put(out, "},");
            break;
        case Condition::Kind::InTransaction:
            put(out, R"("condition":{"type":"not","cond":{"type":"is_autocommit"}},)");
            break;
        }
        put(out, R"("stmt":)");
        putStatement(out, step.statement);
        out.append('}');
    }
    out.append(']');
    putReplicationIndex(out, batch.replicationIndex);
    out.append('}');
}

struct RequestWriter {
    QByteArray &out;

    void operator()(const Execute &request) const
    {
        put(out, R"({"type":"execute","stmt":)");
        putStatement(out, request.statement);
        out.append('}');
    }
    void operator()(const RunBatch &request) const
    {
        put(out, R"({"type":"batch","batch":)");
        putBatch(out, request.batch);
        out.append('}');
    }
    void operator()(const Describe &request) const
    {
        put(out, R"({"type":"describe","sql":)");
        putString(out, request.sql);
        out.append('}');
    }
    void operator()(GetAutocommit) const { put(out, R"({"type":"get_autocommit"})"); }
    void operator()(CloseStream) const { put(out, R"({"type":"close"})"); }
};

void putBaton(QByteArray &out, const QByteArray &baton)
{
    put(out, R"({"baton":)");
    if (baton.isEmpty())
        put(out, "null");
    else
        putString(out, QString::fromUtf8(baton));
}

} // namespace

QByteArray encodePipeline(const Pipeline &pipeline)
{
    QByteArray out;
    out.reserve(512);
    putBaton(out, pipeline.baton);
    put(out, R"(,"requests":[)");
    bool first = true;
    for (const Request &request : pipeline.requests) {
        if (!first)
            out.append(',');
        first = false;
        std::visit(RequestWriter{out}, request);
    }
    put(out, "]}");
    return out;
}

QByteArray encodeCursor(const QByteArray &baton, const Batch &batch)
{
    QByteArray out;
    putBaton(out, baton);
    put(out, R"(,"batch":)");
    putBatch(out, batch);
    out.append('}');
    return out;
}

} // namespace edgewise::hrana
