// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/logging.h"

namespace edgewise {

Q_LOGGING_CATEGORY(logHrana, "edgewise.hrana", QtWarningMsg)
Q_LOGGING_CATEGORY(logStore, "edgewise.store", QtWarningMsg)
Q_LOGGING_CATEGORY(logReplication, "edgewise.replication", QtWarningMsg)
Q_LOGGING_CATEGORY(logLab, "edgewise.lab", QtWarningMsg)
Q_LOGGING_CATEGORY(logWorkspace, "edgewise.workspace", QtWarningMsg)
Q_LOGGING_CATEGORY(logWindow, "edgewise.window", QtWarningMsg)

} // namespace edgewise
