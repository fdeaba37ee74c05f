// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/error.h>

#include <QMetaType>
#include <QString>
#include <QUrl>

#include <optional>

namespace edgewise::lab {

enum class Role { Primary, Replica, Flipt };

enum class NodeState {
    Stopped,  ///< not running, by wish
    Starting, ///< runs, has not answered yet
    Ready,    ///< has answered a query since its start
    Paused,   ///< stopped by pauseNode(); a process that somebody else paused stays as it was
    Stopping, ///< asked to end
    Failed,   ///< did not start, or ended by itself: see Node::error
};

/// What is known of one process of the lab, as a value.
struct Node {
    QString name; ///< "primary", "replica-1", "flipt-primary", …: unique in its lab
    Role role = Role::Primary;
    NodeState state = NodeState::Stopped;
    QUrl url;                   ///< http://127.0.0.1:PORT; may be another one after a restart
    QUrl adminUrl;              ///< of sqld's admin API; empty for a Flipt
    qint64 processId = 0;       ///< 0 when it does not run
    QString dataDirectory;      ///< absolute; empty for a Flipt
    QString logFile;            ///< absolute; the process's own output, appended at each start
    QString database;           ///< of a Flipt: the name of the sqld that it reads; else empty
    std::optional<Error> error; ///< why it is Failed
};

} // namespace edgewise::lab

Q_DECLARE_METATYPE(edgewise::lab::Node)
