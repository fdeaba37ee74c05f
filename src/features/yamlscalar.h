// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <features/node.h>

#include <optional>

/// What a plain YAML scalar means to the two Go libraries that Flipt reads and writes with.
namespace edgewise::features {

/// By the rules of YAML 1.2 as Flipt reads it (gopkg.in/yaml.v3: resolve.go): null, booleans,
/// integers, floats, dates; all else is text. `node` gets kind, boolean, number and text.
void resolvePlain(Node &node, QString text);

/// The words that a field known to be a boolean takes beside true and false: yes, on, n …
/// (gopkg.in/yaml.v3: decode.go).
std::optional<bool> booleanWord(QStringView text);

/// A date of a plain scalar as RFC 3339, the form that it takes in JSON, or nothing when it is
/// none.
std::optional<QString> rfc3339(QStringView text);

/// True when the text, written without quotes, would be read as something else than text by the
/// older library that Flipt writes with (gopkg.in/yaml.v2: resolve.go, encode.go).
bool looksLikeOtherType(QStringView text);

/// Go's strconv.ParseFloat of a decimal number that `digits` has already approved; nothing when it
/// is beyond double.
std::optional<double> decimalDouble(const QByteArray &digits);

} // namespace edgewise::features
