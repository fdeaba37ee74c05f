// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/socket.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

namespace {

/// The endpoint's own proxy, else the program's for that address: its own, or the system's where it
/// follows the system (QNetworkProxyFactory::setUseSystemConfiguration). Loopback needs none.
QNetworkProxy proxyFor(const Endpoint &endpoint)
{
    if (endpoint.proxy)
        return endpoint.proxy->as<QNetworkProxy>();
    QUrl url = endpoint.url;
    url.setScheme(endpoint.isEncrypted() ? u"https"_qs : u"http"_qs);
    url.setPort(endpoint.port());
    if (url.host() == u"localhost" || QHostAddress(url.host()).isLoopback())
        return QNetworkProxy::NoProxy;
    const auto proxies = QNetworkProxyFactory::proxyForQuery(QNetworkProxyQuery(url));
    for (const QNetworkProxy &proxy : proxies) {
        if (proxy.type() == QNetworkProxy::NoProxy
            || proxy.capabilities().testFlag(QNetworkProxy::TunnelingCapability))
            return proxy;
    }
    return QNetworkProxy::NoProxy;
}

} // namespace

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
        encrypted->setProxy(proxyFor(endpoint));
        encrypted->connectToHostEncrypted(endpoint.host(), endpoint.port());
        socket = std::move(encrypted);
    } else {
        socket = std::make_unique<QTcpSocket>();
        socket->setProxy(proxyFor(endpoint));
        socket->connectToHost(endpoint.host(), endpoint.port());
    }
    return socket;
}

} // namespace edgewise::hrana
