// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commands.h"
#include "source.h"

#include <replication/tablediff.h>

namespace edgewise::cli {

struct RowDiffOptions {
    QString table; ///< empty for all tables of both sides
    bool json = false;
};

/// Prints the rows that differ between two databases, a line for each, as they are found. Returns
/// the exit code: Done when there are none, Findings when there are.
int printRowDifferences(Invocation &invocation, const SourceArgument &a, const SourceArgument &b,
                        const RowDiffOptions &options);

/// One difference as a line, without its break.
QByteArray rowDifferenceJson(const store::TableInfo &table,
                             const replication::RowDifference &difference);
QByteArray rowDifferenceText(const store::TableInfo &table,
                             const replication::RowDifference &difference);

} // namespace edgewise::cli
