// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exitcode.h"
#include "output.h"

#include <base/clock.h>
#include <base/token.h>
#include <store/connection.h>
#include <workspace/route.h>

#include <CLI/CLI.hpp>

#include <functional>

namespace edgewise::cli {

/// What every command is given.
struct Invocation {
    Output &output; ///< standard output
    const Clock &clock;
    Token token;                  ///< of EDGEWISE_TOKEN or --token-file; empty when there is none
    QString authoritiesFile = {}; ///< of --ca-file
    QString proxy = {};           ///< of --proxy
    workspace::Route route = {};  ///< what these two say, read

    /// How every database of this run is reached.
    store::ConnectionOptions connection() const;
};

/// What the arguments asked for, run once parsing has ended.
using Command = std::function<int(Invocation &)>;

// One function a command, each in the file of its name. It declares its arguments, and sets
// `chosen` when the command line names it; both references must outlive parsing.
void addInit(CLI::App &app, Command &chosen);
void addList(CLI::App &app, Command &chosen);
void addExport(CLI::App &app, Command &chosen);
void addApply(CLI::App &app, Command &chosen);
void addDoctor(CLI::App &app, Command &chosen);
void addDiff(CLI::App &app, Command &chosen);
void addEvaluate(CLI::App &app, Command &chosen);
void addSimulate(CLI::App &app, Command &chosen);
void addExpect(CLI::App &app, Command &chosen);
void addMonitor(CLI::App &app, Command &chosen);
void addParity(CLI::App &app, Command &chosen);
void addSql(CLI::App &app, Command &chosen);
void addLab(CLI::App &app, Command &chosen);

} // namespace edgewise::cli
