// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// With exceptions simdjson converts a result that holds an error by throwing it.
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <hrana/answer.h>
#include <hrana/statement.h>

#include <charconv>
#include <limits>

/// The parts of Decoder. simdjson's way of errors: each function returns a code and fills its last
/// parameter. Values must be read in the order of the text, so nothing is looked at twice.
namespace edgewise::hrana {

namespace json = simdjson::ondemand;
using simdjson::error_code;
using simdjson::INCORRECT_TYPE;
using simdjson::NO_SUCH_FIELD;
using simdjson::SUCCESS;

QString toText(std::string_view text);
error_code readText(json::value value, QString &out);
/// A text, or null for an empty one.
error_code readOptionalText(json::value value, QString &out);
error_code readValue(json::value cell, Value &out);
error_code readColumns(json::value value, std::vector<Column> &out);
/// Appends the cells of one row.
error_code readRow(json::value value, std::vector<Value> &cells);
error_code readSqlError(json::value value, SqlError &out);

error_code readPipeline(json::document &document, const std::vector<Request> &asked,
                        PipelineAnswer &out);

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
    json::raw_json_string text;
    if (const auto error = value.get_raw_json_string().get(text))
        return error;
    // Read where it stands, for digits have no escapes; the spare bytes behind the body let no
    // number run out of it.
    constexpr int longest = 21;
    const auto [end, code] = std::from_chars(text.raw(), text.raw() + longest, out);
    return code == std::errc() && *end == '"' ? SUCCESS : simdjson::NUMBER_ERROR;
}

template <typename Integer>
error_code readOptionalInteger(json::value value, std::optional<Integer> &out)
{
    bool isNull = false;
    if (const auto error = value.is_null().get(isNull); error || isNull)
        return error;
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

} // namespace edgewise::hrana
