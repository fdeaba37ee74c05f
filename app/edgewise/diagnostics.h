// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <window/nodestrip.h>

namespace edgewise {

namespace workspace {
class Workspace;
}

/// What helps to find a fault: versions, the machine, the nodes with their states, the newest log
/// lines. No token, no key of a flag, no value. `workspace` is null while nothing is open.
QString diagnosticsText(workspace::Workspace *workspace, const QList<window::NodeStatus> &nodes,
                        const QStringList &logLines);

} // namespace edgewise
