// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

/// How a text is to be quoted in YAML, by the rules of the library of Flipt's export
/// (gopkg.in/yaml.v2 2.4.0: encode.go stringv, emitterc.go analyze_scalar, select_scalar_style).
namespace edgewise::features {

enum class ScalarStyle { Plain, SingleQuoted, DoubleQuoted, Literal };

/// What a text allows.
struct ScalarAnalysis {
    bool hasLineBreaks = false;
    bool plainAllowed = false;
    bool singleQuotedAllowed = false;
    bool literalAllowed = false;
};

ScalarAnalysis analyse(const std::u32string &text);

/// `quoted`: the text would be read as another type without quotes.
ScalarStyle chooseStyle(const std::u32string &text, bool quoted, bool simpleKey);

/// LF, and what that library takes for a break: CR, U+0085, U+2028, U+2029.
bool isLineBreak(char32_t character);
/// May stand unescaped. Not so: controls, tab, and everything above U+FFFF.
bool isPrintable(char32_t character);

/// Lone surrogates become U+FFFD.
std::u32string codePoints(QStringView text);

/// The order in which that library writes the keys of a map (gopkg.in/yaml.v2: sorter.go): digits
/// count as numbers, letters come last.
bool lessNaturally(QStringView a, QStringView b);

} // namespace edgewise::features
