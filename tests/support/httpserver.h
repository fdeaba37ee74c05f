// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QObject>
#include <QUrl>

#include <functional>
#include <optional>

class QTcpServer;
class QTcpSocket;

namespace edgewise::test {

/// A small HTTP/1.1 server on a free loopback port, on the test's own event loop, for answers that
/// were recorded and for faults that no real server commits on demand.
class HttpServer : public QObject {
public:
    struct Request {
        QByteArray method;
        QByteArray path;
        QMap<QByteArray, QByteArray> headers; ///< names in lower case
        QByteArray body;
    };
    struct Response {
        int status = 200;
        QList<QPair<QByteArray, QByteArray>> headers = {};
        QByteArray body = {};
        /// Sent instead of all else, byte for byte, and the connection closed.
        std::optional<QByteArray> raw = {};
    };
    /// Nothing is no answer: the connection stays open in silence.
    using Handler = std::function<std::optional<Response>(const Request &)>;

    explicit HttpServer(Handler handler);
    ~HttpServer() override;

    QUrl url() const;
    const QList<Request> &requests() const { return m_requests; }

private:
    void read(QTcpSocket *socket);

    Handler m_handler;
    QTcpServer *m_server = nullptr;
    QList<Request> m_requests;
};

} // namespace edgewise::test
