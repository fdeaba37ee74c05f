// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslConfiguration>
#include <QUrl>

#include <atomic>
#include <memory>
#include <optional>

class QTcpServer;
class QTcpSocket;
class QThread;

namespace edgewise::test {

/// Stands before a node on a free loopback port, on a thread of its own, and passes bytes through:
/// as a TLS front when given a configuration, else as an HTTP proxy that takes CONNECT for any host
/// and connects to the node.
class Front {
public:
    explicit Front(const QUrl &node, std::optional<QSslConfiguration> tls = std::nullopt);
    ~Front();

    quint16 port() const { return m_port; }
    /// "https://localhost:PORT" for that scheme.
    QUrl url(const QString &scheme) const;
    /// Connections that were passed on to the node.
    int connections() const { return m_connections; }

private:
    void accept(QTcpServer *server);
    void join(QTcpSocket *client);
    void awaitConnect(QTcpSocket *client);

    QUrl m_node;
    std::optional<QSslConfiguration> m_tls;
    std::unique_ptr<QThread> m_thread;
    std::atomic<quint16> m_port = 0;
    std::atomic<int> m_connections = 0;
};

} // namespace edgewise::test
