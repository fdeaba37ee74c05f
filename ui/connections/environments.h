// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <theme/state.h>

/// The environments as the settings name them.
namespace edgewise::connections {

/// Local for a word that is none of settings::environmentNames().
theme::Environment environmentNamed(const QString &name);
/// Empty for Local.
QString nameOf(theme::Environment environment);

} // namespace edgewise::connections
