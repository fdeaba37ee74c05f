// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/commandline.h"

#include <QTcpServer>

#include <memory>
#include <vector>

namespace edgewise::lab {

using namespace Qt::StringLiterals;

namespace {

QString loopback(quint16 port)
{
    return u"127.0.0.1:%1"_qs.arg(port);
}

} // namespace

QList<quint16> freePorts(int count)
{
    // All are held until the last is found, so that none comes twice.
    std::vector<std::unique_ptr<QTcpServer>> servers;
    QList<quint16> ports;
    for (int i = 0; i < count; ++i) {
        servers.push_back(std::make_unique<QTcpServer>());
        if (servers.back()->listen(QHostAddress::LocalHost, 0))
            ports.append(servers.back()->serverPort());
    }
    return ports;
}

QStringList sqldArguments(const QString &dataDirectory, const Ports &ports, quint16 primaryGrpc)
{
    QStringList arguments{u"--no-welcome"_qs,
                          u"-d"_qs,
                          dataDirectory,
                          u"--http-listen-addr"_qs,
                          loopback(ports.http),
                          u"--admin-listen-addr"_qs,
                          loopback(ports.admin),
                          u"--shutdown-timeout"_qs,
                          u"3"_qs};
    if (primaryGrpc != 0)
        arguments += {u"--primary-grpc-url"_qs, u"http://"_qs + loopback(primaryGrpc)};
    else
        arguments += {u"--grpc-listen-addr"_qs, loopback(ports.grpc)};
    return arguments;
}

QHash<QString, QString> fliptEnvironment(const QString &databaseUrl, const Ports &ports,
                                         const QString &configDirectory)
{
    return {{u"FLIPT_DB_URL"_qs, databaseUrl},
            {u"FLIPT_SERVER_HOST"_qs, u"127.0.0.1"_qs},
            {u"FLIPT_SERVER_HTTP_PORT"_qs, QString::number(ports.http)},
            {u"FLIPT_SERVER_GRPC_PORT"_qs, QString::number(ports.grpc)},
            {u"FLIPT_META_TELEMETRY_ENABLED"_qs, u"false"_qs},
            {u"FLIPT_META_CHECK_FOR_UPDATES"_qs, u"false"_qs},
            // Its own, so that the user's configuration of Flipt does not reach the lab.
            {u"XDG_CONFIG_HOME"_qs, configDirectory}};
}

} // namespace edgewise::lab
