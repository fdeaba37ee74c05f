// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace edgewise::evaluation {

/// Walks over one JSON text, token by token, without building a tree: strict RFC 8259 as Go's
/// encoding/json takes it, nesting up to 10,000. The text must be valid UTF-8 (see text.h) and
/// outlive the views that string() gives. After the first failure every call fails.
class JsonReader {
public:
    explicit JsonReader(std::string_view text) : m_text(text) {}

    /// The next character after white space, or 0 at the end; takes nothing.
    char peek();
    /// Takes `c` if it comes next after white space; no failure if not.
    bool take(char c);
    /// True at the end of the text, white space aside.
    bool atEnd() { return peek() == 0 && m_at == m_text.size(); }

    /// A string, decoded; lone surrogates become U+FFFD. A view into the text, or into `decoded`,
    /// which must not reallocate while earlier views of it live.
    bool string(std::string_view &value, std::string &decoded);
    /// The text of a number.
    bool number(std::string_view &token);
    /// true, false or null.
    bool literal(std::string_view word);
    /// Any value; checks it and goes past it.
    bool skip();

    bool failed() const { return m_failed; }
    /// Marks what stands here as unacceptable. Always false.
    bool fail();
    /// Bytes from the start to where reading stopped.
    size_t position() const { return m_at; }

private:
    bool skipString();
    bool skipScalar();

    std::string_view m_text;
    size_t m_at = 0;
    bool m_failed = false;
};

/// True for one JSON value with nothing but white space around it.
bool isJson(std::string_view text);

/// True for what Flipt can read as metadata: an object or null whose numbers a double can hold.
bool isMetadata(std::string_view text);

/// Valid JSON without the white space outside strings; nothing else changes (Go: json.Compact).
std::string compacted(std::string_view json);

/// A constraint's list as Go's encoding/json reads it into strings or numbers: null is empty, a
/// null element is "" or 0. Nothing if any element is of another type.
std::optional<std::vector<std::string>> parseTexts(std::string_view json);
std::optional<std::vector<double>> parseNumbers(std::string_view json);

/// Appends `text` as a JSON string with its quotes.
void appendJsonString(std::string &json, std::string_view text);

} // namespace edgewise::evaluation
