// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/json.h"

namespace edgewise::hrana {

namespace {

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

} // namespace

error_code readCursorEntry(json::document &document, CursorEntry &out)
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

} // namespace edgewise::hrana
