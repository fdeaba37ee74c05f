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

} // namespace edgewise::hrana
