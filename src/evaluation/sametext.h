// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace edgewise::evaluation {

/// a == b without a call of the library, which costs more than it compares where texts are short.
inline bool sameText(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    const auto sameWord = [&](size_t at, auto word) {
        auto other = word;
        std::memcpy(&word, a.data() + at, sizeof word);
        std::memcpy(&other, b.data() + at, sizeof other);
        return word == other;
    };
    const size_t size = a.size();
    if (size >= 8) {
        for (size_t at = 0; at + 8 < size; at += 8) {
            if (!sameWord(at, std::uint64_t()))
                return false;
        }
        return sameWord(size - 8, std::uint64_t());
    }
    if (size >= 4)
        return sameWord(0, std::uint32_t()) && sameWord(size - 4, std::uint32_t());
    return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
}

} // namespace edgewise::evaluation
