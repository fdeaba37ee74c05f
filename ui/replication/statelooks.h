// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <replication/state.h>
#include <theme/state.h>

namespace edgewise::replicationpage {

/// Shape and colour of a node's state, the same wherever a node is shown.
theme::State lookOf(replication::State state);

} // namespace edgewise::replicationpage
