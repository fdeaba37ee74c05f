// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <optional>

/// What Flipt asks of JSON texts that it stores as they are, with the answers of Go's
/// encoding/json: strict RFC 8259 with surrounding whitespace, nested 10,000 deep at most,
/// repeated keys allowed. QJsonDocument differs (a byte order mark, bare scalars).
namespace edgewise::flags {

bool isJson(QStringView text);
bool isJsonObject(QStringView text);

/// Where the text stops being JSON: the index of the first character that cannot stand there, its
/// length when something is missing at the end. Nothing when it is JSON.
std::optional<qsizetype> jsonFault(QStringView text);

/// Number of elements of an array of texts, with null among them for an empty one; null instead of
/// the array is an empty one. Nothing when the text is not such an array.
std::optional<int> countJsonTexts(QStringView text);
/// The same for numbers, none of them beyond a double.
std::optional<int> countJsonNumbers(QStringView text);

} // namespace edgewise::flags
