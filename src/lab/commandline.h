// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QStringList>

namespace edgewise::lab {

/// Ports of 127.0.0.1; 0 where a process has none.
struct Ports {
    quint16 http = 0;
    quint16 admin = 0; ///< sqld
    quint16 grpc = 0;  ///< a primary's for its replicas; a Flipt's
};

/// Ports that are free on 127.0.0.1 at this moment, all different. Nobody can reserve one for a
/// child, so a start that finds one taken is tried again with others.
QList<quint16> freePorts(int count);

/// sqld binds to 127.0.0.1 alone. `primaryGrpc` of a replica is its primary's Ports::grpc, else 0.
QStringList sqldArguments(const QString &dataDirectory, const Ports &ports, quint16 primaryGrpc);

/// Flipt is configured by its environment (https://docs.flipt.io/configuration/overview).
/// `databaseUrl` is the sqld's; nothing is sent to anybody.
QHash<QString, QString> fliptEnvironment(const QString &databaseUrl, const Ports &ports,
                                         const QString &configDirectory);

} // namespace edgewise::lab
