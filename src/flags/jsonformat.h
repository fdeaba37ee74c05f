// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

/// Rewrites JSON texts without changing a value: numbers keep their digits, members their order,
/// which QJsonDocument would not.
namespace edgewise::flags {

/// One element or member a line, `indent` blanks a level. The text as it is when it is no JSON.
QString formattedJson(QStringView text, int indent = 2);
/// Without white space between the tokens. The text as it is when it is no JSON.
QString compactJson(QStringView text);

struct JsonMember {
    QString name;  ///< decoded
    QString value; ///< JSON, compact

    friend bool operator==(const JsonMember &, const JsonMember &) = default;
};

/// The members of an object in their order, repeated names included. Nothing when it is none.
std::optional<std::vector<JsonMember>> jsonMembers(QStringView text);
/// The compact object of these members; their values must be JSON.
QString jsonObject(const std::vector<JsonMember> &members);

/// A text as a JSON text, in quotes.
QString jsonText(QStringView text);
/// The text that a JSON text says. Nothing when `json` is not a JSON text.
std::optional<QString> textOfJson(QStringView json);
/// The elements of a list of texts, numbers, true, false or null, each as it is written without
/// quotes. Nothing when it is no list, or a list of something else.
std::optional<QStringList> jsonScalars(QStringView text);

} // namespace edgewise::flags
