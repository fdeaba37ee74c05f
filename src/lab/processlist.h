// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace edgewise::lab {

/// A process that cannot be mistaken for a later one of the same number.
struct ProcessIdentity {
    qint64 processId = 0;
    quint64 startTicks = 0; ///< since boot, field 22 of /proc/PID/stat (proc(5))

    friend bool operator==(const ProcessIdentity &, const ProcessIdentity &) = default;
};

/// None when there is no such process, or only its zombie.
std::optional<ProcessIdentity> identify(qint64 processId);

/// The children of a lab, kept in its folder for whoever finds the folder after a crash.
void saveProcessList(const QString &directory, const QList<ProcessIdentity> &processes);
void removeProcessList(const QString &directory);

/// Those of the list that still run. Empty when there is no list, or it is of an earlier boot.
QList<ProcessIdentity> runningProcesses(const QString &directory);

/// Sends SIGTERM, or SIGKILL when `force`, and SIGCONT, since a paused process ends only when it
/// continues. Only to that very process, never to a later one of its number.
void endProcess(const ProcessIdentity &process, bool force);

} // namespace edgewise::lab
