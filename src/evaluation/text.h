// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>
#include <string_view>

/// Texts as Go sees them: bytes of UTF-8, with its rules for what is invalid, white space, quoting.
namespace edgewise::evaluation {

/// UTF-8 of `text`; a surrogate without its partner becomes U+FFFD, as in Go's encoding/json.
std::string utf8(QStringView text);
QString fromUtf8(std::string_view text);

/// Number of bytes at the front of `text` that are valid UTF-8.
size_t validUtf8Length(std::string_view text);

/// `text` with every invalid byte replaced by U+FFFD, one for each, as Go decodes it.
std::string withReplacements(std::string_view text);

/// Appends the character as UTF-8; surrogates and numbers past U+10FFFF as U+FFFD.
void appendCharacter(std::string &text, char32_t character);

/// Without Unicode White_Space at both ends (Go: strings.TrimSpace). Not QString::trimmed's list.
std::string_view trimmed(std::string_view text);

/// In double quotes with Go's escapes (Go: strconv.Quote).
std::string quoted(std::string_view text);

/// The shortest equal path (Go: path.Clean); Flipt names a missing flag by it.
std::string cleanPath(std::string_view path);

} // namespace edgewise::evaluation
