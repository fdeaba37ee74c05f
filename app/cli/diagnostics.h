// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exitcode.h"

#include <QStringList>

namespace edgewise::cli {

/// Writes the sentence for `error` to standard error, and returns the exit code that goes with it.
int complain(const Error &error);

/// Writes "edgewise-cli: TEXT" to standard error.
void tell(const QString &text);

} // namespace edgewise::cli
