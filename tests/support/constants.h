// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <flags/values.h>

namespace edgewise::test {

/// Milliseconds for which a test waits for what real nodes do; the machine may be busy.
inline constexpr int patience = 60'000;

inline const SystemClock systemClock;

/// The namespace that every database of Flipt has.
inline const NamespaceKey defaultNamespace(QStringLiteral("default"));

} // namespace edgewise::test
