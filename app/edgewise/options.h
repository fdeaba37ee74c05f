// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QStringList>

namespace edgewise {

/// What the command line asks the window for.
struct Options {
    QString primary;      ///< address of an sqld node, or path of a SQLite file; empty with --lab
    QStringList replicas; ///< addresses of sqld nodes, or paths of their data
    QStringList flipts;   ///< addresses of running Flipts
    QString environment;  ///< of settings::environmentNames(); empty: as it was set up
    bool lab = false;     ///< start a lab, and open it
    int labReplicas = 1;
    QString labDirectory; ///< empty: the lab's own in the user's data folder
    /// A features document for a primary that holds no flag yet; empty for none.
    QString document;
    bool sample = false;  ///< the sample workspace instead of `document`
    QString settingsFile; ///< empty: the user's own
};

struct ParsedOptions {
    Options options;
    QString help; ///< not empty when help or the version was asked for: print it and end
};

/// `arguments` with the program's name first. Input, with the reason, for what cannot be. Needs an
/// application object, a QCoreApplication is enough.
Result<ParsedOptions> parseOptions(const QStringList &arguments);

/// Help or the version is asked for, which need no display. `arguments` as main() got them.
bool asksForText(int count, const char *const *arguments);

} // namespace edgewise
