// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>

namespace edgewise {

namespace replicationpage {
class ReplicationPage;
}
namespace workspace {
class Workspace;
}

/// Gives the replication page what it measures with: the latency of the Flipts, the parity of their
/// answers, and the lag in outcomes. All must outlive the page.
void addEdgeChecks(replicationpage::ReplicationPage &page, workspace::Workspace &workspace,
                   const Clock &clock);

} // namespace edgewise
