// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace edgewise::models {

/// How far a replica is behind in what people get: of so many made-up users, how many get another
/// answer of some flag there than on the primary.
struct OutcomeShare {
    qint64 moved = 0;
    qint64 users = 0;
    qint64 flags = 0; ///< that answer somebody otherwise
    friend bool operator==(const OutcomeShare &, const OutcomeShare &) = default;
};

} // namespace edgewise::models
