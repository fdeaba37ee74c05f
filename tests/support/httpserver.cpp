// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpserver.h"

#include <QTcpServer>
#include <QTcpSocket>

namespace edgewise::test {

namespace {

/// The first complete request of `buffer`, taken off it.
std::optional<HttpServer::Request> takeRequest(QByteArray &buffer)
{
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    const QList<QByteArray> lines = buffer.first(end).split('\n');
    const QList<QByteArray> start = lines.first().trimmed().split(' ');
    HttpServer::Request request{
        .method = start.value(0), .path = start.value(1), .headers = {}, .body = {}};
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        request.headers.insert(lines[i].first(colon).trimmed().toLower(),
                               lines[i].sliced(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (buffer.size() < end + 4 + length)
        return std::nullopt;
    request.body = buffer.sliced(end + 4, length);
    buffer.remove(0, end + 4 + length);
    return request;
}

QByteArray bytesOf(const HttpServer::Response &response)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(response.status) + " Status\r\n";
    for (const auto &[name, value] : response.headers)
        bytes += name + ": " + value + "\r\n";
    if (response.status != 304)
        bytes += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    return bytes + "\r\n" + response.body;
}

} // namespace

HttpServer::HttpServer(Handler handler)
    : m_handler(std::move(handler)), m_server(new QTcpServer(this))
{
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("no loopback port: %s", qPrintable(m_server->errorString()));
    connect(m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server->nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
}

HttpServer::~HttpServer() = default;

QUrl HttpServer::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server->serverPort()));
}

void HttpServer::read(QTcpSocket *socket)
{
    QByteArray buffer = socket->property("buffer").toByteArray() + socket->readAll();
    while (const auto request = takeRequest(buffer)) {
        m_requests.append(*request);
        const auto response = m_handler(*request);
        if (!response)
            continue;
        socket->write(response->raw.value_or(bytesOf(*response)));
        if (response->raw)
            socket->disconnectFromHost();
    }
    socket->setProperty("buffer", buffer);
}

} // namespace edgewise::test
