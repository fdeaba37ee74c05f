// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

namespace edgewise {

// Log lines are sentences, never translated, and never hold a token or a row's content.
Q_DECLARE_LOGGING_CATEGORY(logHrana)
Q_DECLARE_LOGGING_CATEGORY(logStore)
Q_DECLARE_LOGGING_CATEGORY(logReplication)
Q_DECLARE_LOGGING_CATEGORY(logLab)
Q_DECLARE_LOGGING_CATEGORY(logWorkspace)
Q_DECLARE_LOGGING_CATEGORY(logWindow)

} // namespace edgewise
