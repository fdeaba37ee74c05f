// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/decoder.h"

#include <simdjson.h>

#include <charconv>
#include <limits>

namespace edgewise::hrana {

using namespace Qt::StringLiterals;
namespace json = simdjson::ondemand;
using simdjson::error_code;
using simdjson::INCORRECT_TYPE;
using simdjson::NO_SUCH_FIELD;
using simdjson::SUCCESS;

namespace {

// simdjson's way of errors: each function returns a code and fills its last parameter. Values must
// be read in the order of the text, so nothing is looked at twice.

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

error_code readText(json::value value, QString &out)
{
    std::string_view text;
    if (const auto error = value.get_string().get(text))
        return error;
    out = toText(text);
    return SUCCESS;
}

/// A text, or null for an empty one.
error_code readOptionalText(json::value value, QString &out)
{
    if (value.is_null())
        return SUCCESS;
    return readText(value, out);
}

/// The pipeline writes 64-bit integers as strings, the cursor some of them as numbers.
template <typename Integer>
error_code readInteger(json::value value, Integer &out)
{
    json::json_type type;
    if (const auto error = value.type().get(type))
        return error;
    if (type == json::json_type::number) {
        if constexpr (std::is_signed_v<Integer>) {
            std::int64_t number = 0;
            const auto error = value.get_int64().get(number);
            out = number;
            return error;
        } else {
            std::uint64_t number = 0;
            const auto error = value.get_uint64().get(number);
            out = number;
            return error;
        }
    }
    std::string_view text;
    if (const auto error = value.get_string().get(text))
        return error;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    const bool whole = code == std::errc() && end == text.data() + text.size();
    return whole ? SUCCESS : simdjson::NUMBER_ERROR;
}

template <typename Integer>
error_code readOptionalInteger(json::value value, std::optional<Integer> &out)
{
    if (value.is_null())
        return SUCCESS;
    Integer number = 0;
    if (const auto error = readInteger(value, number))
        return error;
    out = number;
    return SUCCESS;
}

/// Fields that may be absent: `read` is not called then.
template <typename Read>
error_code readField(json::object &object, std::string_view name, Read read)
{
    json::value value;
    const auto error = object.find_field_unordered(name).get(value);
    if (error == NO_SUCH_FIELD)
        return SUCCESS;
    return error ? error : read(value);
}

error_code readValue(json::value cell, Value &out)
{
    json::object object;
    if (const auto error = cell.get_object().get(object))
        return error;
    std::string_view type;
    if (const auto error = object.find_field_unordered("type").get_string().get(type))
        return error;
    if (type == "null") {
        out = Null();
        return SUCCESS;
    }
    if (type == "blob") {
        std::string_view text;
        if (const auto error = object.find_field_unordered("base64").get_string().get(text))
            return error;
        auto blob = QByteArray::fromBase64Encoding(
            QByteArray::fromRawData(text.data(), qsizetype(text.size())),
            QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
        if (!blob)
            return simdjson::STRING_ERROR;
        // An empty blob is not NULL, and QByteArray tells the two apart.
        out = (*blob).isNull() ? QByteArray("") : std::move(*blob);
        return SUCCESS;
    }
    json::value value;
    if (const auto error = object.find_field_unordered("value").get(value))
        return error;
    if (type == "integer") {
        qint64 number = 0;
        const auto error = readInteger(value, number);
        out = number;
        return error;
    }
    if (type == "float") {
        // Infinities arrive as null (serde_json has no other way to write them).
        double number = std::numeric_limits<double>::quiet_NaN();
        if (!value.is_null()) {
            if (const auto error = value.get_double().get(number))
                return error;
        }
        out = number;
        return SUCCESS;
    }
    if (type == "text") {
        std::string_view text;
        if (const auto error = value.get_string().get(text))
            return error;
        // fromUtf8 gives a null QString for no bytes, but an empty text is not NULL.
        out = text.empty() ? u""_qs : toText(text);
        return SUCCESS;
    }
    return INCORRECT_TYPE;
}

error_code readColumns(json::value value, std::vector<Column> &out)
{
    json::array array;
    if (const auto error = value.get_array().get(array))
        return error;
    for (auto element : array) {
        json::object object;
        if (const auto error = element.get_object().get(object))
            return error;
        Column column;
        auto error = readField(
            object, "name", [&](json::value name) { return readOptionalText(name, column.name); });
        if (!error) {
            error = readField(object, "decltype", [&](json::value type) {
                return readOptionalText(type, column.declaredType);
            });
        }
        if (error)
            return error;
        out.push_back(std::move(column));
    }
    return SUCCESS;
}

error_code readRow(json::value value, std::vector<Value> &cells)
{
    json::array row;
    if (const auto error = value.get_array().get(row))
        return error;
    for (auto element : row) {
        json::value cell;
        if (const auto error = element.get(cell))
            return error;
        if (const auto error = readValue(cell, cells.emplace_back()))
            return error;
    }
    return SUCCESS;
}

error_code readSqlError(json::value value, SqlError &out)
{
    json::object object;
    if (const auto error = value.get_object().get(object))
        return error;
    if (const auto error = readField(object, "message", [&](json::value text) {
            return readOptionalText(text, out.message);
        }))
        return error;
    return readField(object, "code",
                     [&](json::value text) { return readOptionalText(text, out.code); });
}

error_code readStatementResult(json::value value, StatementResult &out)
{
    json::object object;
    if (const auto error = value.get_object().get(object))
        return error;
    json::value columns;
    if (const auto error = object.find_field_unordered("cols").get(columns))
        return error;
    if (const auto error = readColumns(columns, out.columns))
        return error;
    json::array rows;
    if (const auto error = object.find_field_unordered("rows").get_array().get(rows))
        return error;
    size_t rowEnd = 0;
    for (auto element : rows) {
        json::value row;
        if (const auto error = element.get(row))
            return error;
        if (const auto error = readRow(row, out.cells))
            return error;
        rowEnd += out.columns.size();
        if (out.cells.size() != rowEnd)
            return INCORRECT_TYPE;
    }
    if (const auto error = readField(object, "affected_row_count", [&](json::value count) {
            return readInteger(count, out.affectedRows);
        }))
        return error;
    if (const auto error = readField(object, "last_insert_rowid", [&](json::value id) {
            return readOptionalInteger(id, out.lastInsertRowId);
        }))
        return error;
    return readField(object, "replication_index", [&](json::value index) {
        return readOptionalInteger(index, out.replicationIndex);
    });
}

/// An array with an entry or null for each step.
template <typename Entry, typename Read>
error_code readSteps(json::object &object, std::string_view name, size_t steps,
                     std::vector<std::optional<Entry>> &out, Read read)
{
    out.reserve(steps);
    json::array array;
    if (const auto error = object.find_field_unordered(name).get_array().get(array))
        return error;
    for (auto element : array) {
        json::value value;
        if (const auto error = element.get(value))
            return error;
        if (out.size() == steps)
            return INCORRECT_TYPE;
        auto &entry = out.emplace_back();
        if (value.is_null())
            continue;
        if (const auto error = read(value, entry.emplace()))
            return error;
    }
    return out.size() == steps ? SUCCESS : INCORRECT_TYPE;
}

error_code readBatch(json::value value, size_t steps, BatchAnswer &out)
{
    json::object object;
    if (const auto error = value.get_object().get(object))
        return error;
    if (const auto error =
            readSteps(object, "step_results", steps, out.results, readStatementResult))
        return error;
    if (const auto error = readSteps(object, "step_errors", steps, out.errors, readSqlError))
        return error;
    return readField(object, "replication_index", [&](json::value index) {
        return readOptionalInteger(index, out.replicationIndex);
    });
}

error_code readDescription(json::value value, DescribeAnswer &out)
{
    json::object object;
    if (const auto error = value.get_object().get(object))
        return error;
    json::array parameters;
    if (const auto error = object.find_field_unordered("params").get_array().get(parameters))
        return error;
    for (auto element : parameters) {
        json::object parameter;
        if (const auto error = element.get_object().get(parameter))
            return error;
        if (const auto error = readField(parameter, "name", [&](json::value name) {
                return readOptionalText(name, out.parameters.emplace_back());
            }))
            return error;
    }
    json::value columns;
    if (const auto error = object.find_field_unordered("cols").get(columns))
        return error;
    if (const auto error = readColumns(columns, out.columns))
        return error;
    return object.find_field_unordered("is_readonly").get_bool().get(out.readOnly);
}

/// Reads the "response" of one entry as the answer to `request`.
struct AnswerReader {
    json::object &response;
    Answer &answer;

    template <typename Entry, typename Read>
    error_code result(Entry entry, Read read) const
    {
        json::value value;
        auto error = response.find_field_unordered("result").get(value);
        if (!error)
            error = read(value, entry);
        answer = std::move(entry);
        return error;
    }

    error_code operator()(const Execute &) const
    {
        return result(StatementResult(), readStatementResult);
    }
    error_code operator()(const RunBatch &request) const
    {
        const size_t steps = request.batch.steps.size();
        return result(BatchAnswer(), [steps](json::value value, BatchAnswer &entry) {
            return readBatch(value, steps, entry);
        });
    }
    error_code operator()(const Describe &) const
    {
        return result(DescribeAnswer(), readDescription);
    }
    error_code operator()(GetAutocommit) const
    {
        AutocommitAnswer entry;
        const auto error =
            response.find_field_unordered("is_autocommit").get_bool().get(entry.autocommit);
        answer = entry;
        return error;
    }
    error_code operator()(CloseStream) const
    {
        answer = ClosedAnswer();
        return SUCCESS;
    }
};

error_code readAnswer(json::value value, const Request &request, Answer &out)
{
    json::object object;
    if (const auto error = value.get_object().get(object))
        return error;
    std::string_view type;
    if (const auto error = object.find_field_unordered("type").get_string().get(type))
        return error;
    if (type == "error") {
        json::value sqlError;
        if (const auto error = object.find_field_unordered("error").get(sqlError))
            return error;
        return readSqlError(sqlError, out.emplace<SqlError>());
    }
    json::object response;
    if (const auto error = object.find_field_unordered("response").get_object().get(response))
        return error;
    return std::visit(AnswerReader{response, out}, request);
}

error_code readPipeline(json::document &document, const std::vector<Request> &asked,
                        PipelineAnswer &out)
{
    json::object object;
    if (const auto error = document.get_object().get(object))
        return error;
    QString baton;
    if (const auto error = readField(
            object, "baton", [&](json::value value) { return readOptionalText(value, baton); }))
        return error;
    out.baton = baton.toUtf8();
    json::array results;
    if (const auto error = object.find_field_unordered("results").get_array().get(results))
        return error;
    for (auto element : results) {
        json::value value;
        if (const auto error = element.get(value))
            return error;
        if (out.answers.size() == asked.size())
            return INCORRECT_TYPE;
        const Request &request = asked[out.answers.size()];
        if (const auto error = readAnswer(value, request, out.answers.emplace_back()))
            return error;
    }
    return out.answers.size() == asked.size() ? SUCCESS : INCORRECT_TYPE;
}

template <typename Entry>
error_code readStepNumber(json::object &object, Entry &entry)
{
    std::int64_t step = 0;
    const auto error = object.find_field_unordered("step").get_int64().get(step);
    if (!error && (step < 0 || step > std::numeric_limits<int>::max()))
        return simdjson::NUMBER_OUT_OF_RANGE;
    entry.step = int(step);
    return error;
}

error_code readEntry(json::document &document, CursorEntry &out)
{
    json::object object;
    if (const auto error = document.get_object().get(object))
        return error;
    std::string_view type;
    if (const auto error = object.find_field_unordered("type").get_string().get(type))
        return error;
    if (type == "row") {
        json::value row;
        if (const auto error = object.find_field_unordered("row").get(row))
            return error;
        return readRow(row, out.emplace<CursorRow>().cells);
    }
    if (type == "step_begin") {
        auto &entry = out.emplace<StepBegin>();
        if (const auto error = readStepNumber(object, entry))
            return error;
        json::value columns;
        if (const auto error = object.find_field_unordered("cols").get(columns))
            return error;
        return readColumns(columns, entry.columns);
    }
    if (type == "step_end") {
        auto &entry = out.emplace<StepEnd>();
        if (const auto error = readField(object, "affected_row_count", [&](json::value count) {
                return readInteger(count, entry.affectedRows);
            }))
            return error;
        return readField(object, "last_insert_rowid", [&](json::value id) {
            return readOptionalInteger(id, entry.lastInsertRowId);
        });
    }
    if (type == "step_error") {
        auto &entry = out.emplace<StepFailed>();
        if (const auto error = readStepNumber(object, entry))
            return error;
        return readField(object, "error",
                         [&](json::value sqlError) { return readSqlError(sqlError, entry.error); });
    }
    if (type == "error") {
        auto &entry = out.emplace<CursorFailed>();
        return readField(object, "error",
                         [&](json::value sqlError) { return readSqlError(sqlError, entry.error); });
    }
    if (type == "replication_index") {
        auto &entry = out.emplace<CursorIndex>();
        return readField(object, "replication_index", [&](json::value index) {
            return readOptionalInteger(index, entry.replicationIndex);
        });
    }
    return INCORRECT_TYPE;
}

} // namespace

class Decoder::Parser {
public:
    /// Runs `read` on the document that `text` holds; what it does not look at is not judged.
    template <typename Read>
    Result<void> parse(QByteArray &text, Read read)
    {
        const qsizetype needed = text.size() + qsizetype(simdjson::SIMDJSON_PADDING);
        if (text.capacity() < needed || !text.isDetached())
            text.reserve(needed);
        json::document document;
        auto error = m_parser
                         .iterate(std::string_view(text.constData(), size_t(text.size())),
                                  size_t(text.capacity()))
                         .get(document);
        if (!error)
            error = read(document);
        if (!error)
            return {};
        return Error{.kind = Error::Kind::Protocol,
                     .step = u"reading the server's answer"_qs,
                     .detail = u"The answer is not what Hrana 3 allows: "_qs
                               + QString::fromUtf8(simdjson::error_message(error))};
    }

private:
    json::parser m_parser;
};

Decoder::Decoder() : m_parser(std::make_unique<Parser>()) {}
Decoder::~Decoder() = default;

Result<PipelineAnswer> Decoder::pipeline(QByteArray &body, const std::vector<Request> &asked)
{
    PipelineAnswer answer;
    const auto done = m_parser->parse(
        body, [&](json::document &document) { return readPipeline(document, asked, answer); });
    if (!done)
        return done.error();
    return answer;
}

Result<QByteArray> Decoder::cursorBaton(QByteArray &line)
{
    QString baton;
    const auto done = m_parser->parse(line, [&](json::document &document) {
        json::object object;
        if (const auto error = document.get_object().get(object))
            return error;
        json::value value;
        if (const auto error = object.find_field_unordered("baton").get(value))
            return error;
        return readOptionalText(value, baton);
    });
    if (!done)
        return done.error();
    return baton.toUtf8();
}

Result<CursorEntry> Decoder::cursorEntry(QByteArray &line)
{
    CursorEntry entry;
    const auto done =
        m_parser->parse(line, [&](json::document &document) { return readEntry(document, entry); });
    if (!done)
        return done.error();
    return entry;
}

SqlError Decoder::refusal(QByteArray &body)
{
    SqlError refusal;
    const auto done = m_parser->parse(body, [&](json::document &document) {
        json::object object;
        if (const auto error = document.get_object().get(object))
            return error;
        for (const char *name : {"message", "error"}) {
            const auto error = readField(object, name, [&](json::value text) {
                return readOptionalText(text, refusal.message);
            });
            if (error)
                return error;
        }
        return readField(object, "code",
                         [&](json::value text) { return readOptionalText(text, refusal.code); });
    });
    constexpr qsizetype longest = 1000;
    if (!done || refusal.message.isEmpty())
        refusal.message = QString::fromUtf8(body.left(longest)).trimmed();
    refusal.message.truncate(longest);
    return refusal;
}

} // namespace edgewise::hrana
