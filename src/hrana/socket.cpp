// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/socket.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>

namespace edgewise::hrana {

std::unique_ptr<QTcpSocket> openSocket(const Endpoint &endpoint)
{
    std::unique_ptr<QTcpSocket> socket;
    if (endpoint.isEncrypted()) {
        auto encrypted = std::make_unique<QSslSocket>();
        if (!endpoint.authorities.isEmpty()) {
            QSslConfiguration configuration = encrypted->sslConfiguration();
            configuration.addCaCertificates(QSslCertificate::fromData(endpoint.authorities));
            encrypted->setSslConfiguration(configuration);
        }
        encrypted->connectToHostEncrypted(endpoint.host(), endpoint.port());
        socket = std::move(encrypted);
    } else {
        socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(endpoint.host(), endpoint.port());
    }
    return socket;
}

} // namespace edgewise::hrana
