// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/yamlstyle.h"

#include "features/yamlscalar.h"

#include <algorithm>
#include <string_view>

namespace edgewise::features {

namespace {

bool isBlank(char32_t character)
{
    return character == U' ' || character == U'\t';
}

bool isBlankOrBreak(char32_t character)
{
    return isBlank(character) || isLineBreak(character);
}

/// Characters that begin something else than a plain text.
bool isLeadingIndicator(char32_t character, bool blankFollows)
{
    constexpr std::u32string_view always = U"#,[]{}&*!|>'\"%@`";
    constexpr std::u32string_view beforeBlank = U"-?:";
    return always.find(character) != always.npos
           || (blankFollows && beforeBlank.find(character) != beforeBlank.npos);
}

bool hasIndicators(const std::u32string &text)
{
    if (text.starts_with(U"---") || text.starts_with(U"..."))
        return true;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool blankFollows = i + 1 == text.size() || isBlank(text[i + 1]);
        if (i == 0) {
            if (isLeadingIndicator(text[0], blankFollows))
                return true;
        } else if ((text[i] == U':' && blankFollows)
                   || (text[i] == U'#' && isBlankOrBreak(text[i - 1]))) {
            return true;
        }
    }
    return false;
}

} // namespace

ScalarAnalysis analyse(const std::u32string &text)
{
    ScalarAnalysis result;
    if (text.empty()) {
        result.plainAllowed = true;
        result.singleQuotedAllowed = true;
        return result;
    }
    bool blankAfterBreak = false;
    bool breakAfterBlank = false;
    for (size_t i = 0; i < text.size(); ++i) {
        result.hasLineBreaks = result.hasLineBreaks || isLineBreak(text[i]);
        if (i > 0 && text[i] == U' ' && isLineBreak(text[i - 1]))
            blankAfterBreak = true;
        if (i > 0 && isLineBreak(text[i]) && text[i - 1] == U' ')
            breakAfterBlank = true;
    }
    const bool special = !std::ranges::all_of(text, isPrintable);
    const auto isEdge = [](char32_t c) { return c == U' ' || isLineBreak(c); };
    result.plainAllowed = !hasIndicators(text) && !isEdge(text.front()) && !isEdge(text.back())
                          && !result.hasLineBreaks && !special;
    result.singleQuotedAllowed = !blankAfterBreak && !breakAfterBlank && !special;
    result.literalAllowed = text.back() != U' ' && !breakAfterBlank && !special;
    return result;
}

ScalarStyle chooseStyle(const std::u32string &text, bool quoted, bool simpleKey)
{
    const ScalarAnalysis analysis = analyse(text);
    if (text.find(U'\n') != text.npos)
        return analysis.literalAllowed && !simpleKey ? ScalarStyle::Literal
                                                     : ScalarStyle::DoubleQuoted;
    if (quoted || (simpleKey && analysis.hasLineBreaks))
        return ScalarStyle::DoubleQuoted;
    if (analysis.plainAllowed)
        return ScalarStyle::Plain;
    return analysis.singleQuotedAllowed ? ScalarStyle::SingleQuoted : ScalarStyle::DoubleQuoted;
}

bool isLineBreak(char32_t character)
{
    return character == U'\n' || character == U'\r' || character == 0x85 || character == 0x2028
           || character == 0x2029;
}

bool isPrintable(char32_t character)
{
    return character == U'\n' || (character >= 0x20 && character <= 0x7E)
           || (character >= 0xA0 && character <= 0xD7FF)
           || (character >= 0xE000 && character <= 0xFFFD && character != 0xFEFF);
}

std::u32string codePoints(QStringView text)
{
    std::u32string result;
    result.reserve(size_t(text.size()));
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isSurrogate()) {
            result.push_back(text[i].unicode());
        } else if (text[i].isHighSurrogate() && i + 1 < text.size()
                   && text[i + 1].isLowSurrogate()) {
            result.push_back(QChar::surrogateToUcs4(text[i], text[i + 1]));
            ++i;
        } else {
            result.push_back(QChar::ReplacementCharacter);
        }
    }
    return result;
}

bool lessNaturally(QStringView a, QStringView b)
{
    const std::u32string left = codePoints(a);
    const std::u32string right = codePoints(b);
    const auto [x, y] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
    if (x == left.end() || y == right.end())
        return left.size() < right.size();
    const bool leftLetter = QChar::isLetter(*x);
    const bool rightLetter = QChar::isLetter(*y);
    if (leftLetter && rightLetter)
        return *x < *y;
    if (leftLetter || rightLetter)
        return rightLetter;

    // Runs of digits compare as numbers; after a digit other than 0, a 0 continues a number.
    quint64 leftNumber = 0;
    quint64 rightNumber = 0;
    if (*x == U'0' || *y == U'0') {
        for (auto before = x; before != left.begin() && QChar::isDigit(*std::prev(before));) {
            --before;
            if (*before != U'0') {
                leftNumber = 1;
                rightNumber = 1;
                break;
            }
        }
    }
    auto leftEnd = x;
    for (; leftEnd != left.end() && QChar::isDigit(*leftEnd); ++leftEnd)
        leftNumber = leftNumber * 10 + (*leftEnd - U'0');
    auto rightEnd = y;
    for (; rightEnd != right.end() && QChar::isDigit(*rightEnd); ++rightEnd)
        rightNumber = rightNumber * 10 + (*rightEnd - U'0');
    if (leftNumber != rightNumber)
        return qint64(leftNumber) < qint64(rightNumber);
    if (leftEnd - x != rightEnd - y)
        return leftEnd - x < rightEnd - y;
    return *x < *y;
}

} // namespace edgewise::features
