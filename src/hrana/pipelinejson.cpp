// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/json.h"

namespace edgewise::hrana {

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
