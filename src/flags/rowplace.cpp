// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/rowplace.h"

#include <algorithm>
#include <cstring>

namespace edgewise::flags {

RowPlace placeOfTime(const QString &time, qint64 row)
{
    // Nearly every time has a colon, and trying to read it as a number is slow.
    bool isNumber = false;
    const double number = time.contains(u':') ? 0 : time.toDouble(&isNumber);
    return {.isText = !isNumber,
            .number = isNumber ? number : 0,
            .text = isNumber ? QString() : time,
            .row = row};
}

int compareBytes(QStringView a, QStringView b)
{
    const qsizetype size = std::min(a.size(), b.size());
    qsizetype i = 0;
    // Times and keys have long beginnings in common.
    constexpr qsizetype step = 8;
    while (i + step <= size
           && std::memcmp(a.utf16() + i, b.utf16() + i, step * sizeof(char16_t)) == 0)
        i += step;
    for (; i < size; ++i) {
        if (a[i] == b[i])
            continue;
        // Surrogates stand for U+10000 and above, but as code units come before U+E000 to U+FFFF.
        const auto rotated = [](char16_t unit) -> int {
            if (unit >= 0xE000)
                return unit - 0x800;
            return unit >= 0xD800 ? unit + 0x2000 : unit;
        };
        return rotated(a[i].unicode()) - rotated(b[i].unicode());
    }
    return a.size() < b.size() ? -1 : a.size() > b.size();
}

int compareTimes(const RowPlace &a, const RowPlace &b)
{
    if (a.isText != b.isText)
        return a.isText ? 1 : -1;
    if (a.isText)
        return compareBytes(a.text, b.text);
    return a.number < b.number ? -1 : a.number > b.number;
}

bool precedes(const RowPlace &a, const RowPlace &b)
{
    const int order = compareTimes(a, b);
    return order != 0 ? order < 0 : a.row < b.row;
}

} // namespace edgewise::flags
