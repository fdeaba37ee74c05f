// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/json.h"

namespace edgewise::hrana {

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

QString toText(std::string_view text)
{
    QString result = QString::fromUtf8(text.data(), qsizetype(text.size()));
    // fromUtf8 takes U+FEFF at the beginning for a byte order mark; in a column it is content.
    if (text.starts_with("\xEF\xBB\xBF"))
        result.prepend(QChar::ByteOrderMark);
    return result;
}

error_code readText(json::value value, QString &out)
{
    std::string_view text;
    if (const auto error = value.get_string().get(text))
        return error;
    out = toText(text);
    return SUCCESS;
}

error_code readOptionalText(json::value value, QString &out)
{
    bool isNull = false;
    if (const auto error = value.is_null().get(isNull); error || isNull)
        return error;
    return readText(value, out);
}

error_code readValue(json::value cell, Value &out)
{
    json::object object;
    if (const auto error = cell.get_object().get(object))
        return error;
    // Compared where it stands: no type has a character to escape.
    json::raw_json_string type;
    if (const auto error = object.find_field_unordered("type").get_raw_json_string().get(type))
        return error;
    if (type.unsafe_is_equal("null"sv)) {
        out = Null();
        return SUCCESS;
    }
    if (type.unsafe_is_equal("blob"sv)) {
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
    if (type.unsafe_is_equal("integer"sv)) {
        qint64 number = 0;
        const auto error = readInteger(value, number);
        out = number;
        return error;
    }
    if (type.unsafe_is_equal("float"sv)) {
        // Infinities arrive as null (serde_json has no other way to write them).
        double number = std::numeric_limits<double>::quiet_NaN();
        bool isNull = false;
        auto error = value.is_null().get(isNull);
        if (!error && !isNull)
            error = value.get_double().get(number);
        out = number;
        return error;
    }
    if (type.unsafe_is_equal("text"sv)) {
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

namespace {

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
    if (const auto error = readField(object, "replication_index", [&](json::value index) {
            return readOptionalInteger(index, out.replicationIndex);
        }))
        return error;
    return readField(object, "query_duration_ms", [&](json::value duration) {
        double milliseconds = 0;
        const auto error = duration.get_double().get(milliseconds);
        out.forwarded = error == SUCCESS && milliseconds == 0;
        return error;
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
        bool isNull = false;
        if (const auto error = value.is_null().get(isNull))
            return error;
        if (isNull)
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

} // namespace

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

} // namespace edgewise::hrana
