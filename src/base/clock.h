// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace edgewise {

/// The two times of the machine, behind a seam so that tests need not sleep. Every method may be
/// called from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    /// Wall time: nanoseconds since 1970 UTC. May jump when the user or NTP sets the clock.
    virtual qint64 wallNanoseconds() const = 0;
    /// Nanoseconds since some moment in the past; never steps back, does not jump with the wall
    /// clock.
    virtual qint64 steadyNanoseconds() const = 0;
};

class SystemClock final : public Clock {
public:
    qint64 wallNanoseconds() const override;
    qint64 steadyNanoseconds() const override;
};

} // namespace edgewise
