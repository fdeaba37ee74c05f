// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>

namespace edgewise::evaluation {

/// What a long computation and its caller on another thread share.
struct Progress {
    std::atomic<qint64> done = 0;          ///< entities so far
    std::atomic<bool> isCancelled = false; ///< set by the caller
};

} // namespace edgewise::evaluation
