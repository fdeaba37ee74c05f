// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace edgewise::flags {

/// The fewest digits that name the float32 which a stored percentage is: "33.33" for
/// 33.33000183105469. With a point, whatever the locale.
QString percentageText(double percentage);

} // namespace edgewise::flags
