// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags/percentage.h"

namespace edgewise::flags {

QString percentageText(double percentage)
{
    constexpr int enough = 9; // digits tell every float32 from its neighbours
    for (int digits = 1; digits < enough; ++digits) {
        const QString text = QString::number(percentage, 'g', digits);
        if (text.toFloat() == static_cast<float>(percentage) && !text.contains(u'e'))
            return text;
    }
    return QString::number(percentage, 'g', enough);
}

} // namespace edgewise::flags
