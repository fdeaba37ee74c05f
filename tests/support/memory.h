// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace edgewise::test {

/// Bytes of memory that this process holds.
qint64 residentBytes();
/// The most that it has held since the last resetResidentPeak().
qint64 residentPeakBytes();
void resetResidentPeak();

} // namespace edgewise::test
