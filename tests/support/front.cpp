// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/front.h"

#include <QNetworkProxy>
#include <QSslServer>
#include <QTcpSocket>
#include <QThread>

namespace edgewise::test {

Front::Front(const QUrl &node, std::optional<QSslConfiguration> tls)
    : m_node(node), m_tls(std::move(tls)), m_thread(std::make_unique<QThread>())
{
    std::unique_ptr<QTcpServer> server;
    if (m_tls) {
        auto encrypted = std::make_unique<QSslServer>();
        encrypted->setSslConfiguration(*m_tls);
        server = std::move(encrypted);
    } else {
        server = std::make_unique<QTcpServer>();
    }
    server->setProxy(QNetworkProxy::NoProxy);
    if (!server->listen(QHostAddress::LocalHost))
        qFatal("No free port on loopback.");
    m_port = server->serverPort();
    server->moveToThread(m_thread.get());
    QTcpServer *listening = server.release(); // its thread ends it
    QObject::connect(m_thread.get(), &QThread::finished, listening, &QObject::deleteLater);
    QObject::connect(listening, &QTcpServer::pendingConnectionAvailable, listening,
                     [this, listening] { accept(listening); });
    m_thread->start();
}

Front::~Front()
{
    m_thread->quit();
    m_thread->wait();
}

QUrl Front::url(const QString &scheme) const
{
    return QUrl(QStringLiteral("%1://localhost:%2").arg(scheme).arg(m_port));
}

void Front::accept(QTcpServer *server)
{
    while (QTcpSocket *client = server->nextPendingConnection()) {
        QObject::connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        if (m_tls)
            join(client);
        else
            awaitConnect(client);
    }
}

void Front::awaitConnect(QTcpSocket *client)
{
    QObject::connect(client, &QTcpSocket::readyRead, client, [this, client] {
        const QByteArray request = client->peek(4096);
        if (!request.contains("\r\n\r\n"))
            return;
        client->readAll();
        if (!request.startsWith("CONNECT ")) {
            client->disconnectFromHost();
            return;
        }
        QObject::disconnect(client, &QTcpSocket::readyRead, nullptr, nullptr);
        client->write("HTTP/1.1 200 Connection established\r\n\r\n");
        join(client);
    });
}

void Front::join(QTcpSocket *client)
{
    ++m_connections;
    auto *node = new QTcpSocket(client);
    node->setProxy(QNetworkProxy::NoProxy);
    node->connectToHost(m_node.host(), quint16(m_node.port()));
    const auto pass = [](QTcpSocket *from, QTcpSocket *to) {
        QObject::connect(from, &QTcpSocket::readyRead, to,
                         [from, to] { to->write(from->readAll()); });
    };
    pass(client, node);
    pass(node, client);
    QObject::connect(node, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    // What came before the signals were connected.
    if (client->bytesAvailable() > 0)
        node->write(client->readAll());
}

} // namespace edgewise::test
