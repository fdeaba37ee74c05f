// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <support/httpserver.h>

#include <QEventLoop>
#include <QPromise>
#include <QThread>

namespace edgewise::test {

/// An HttpServer that goes on answering while the test waits for a program.
class ServerThread {
public:
    /// `handler` is called on the server's thread.
    explicit ServerThread(HttpServer::Handler handler)
    {
        // Shared: the thread may still be finishing it when the address is here.
        auto promise = std::make_shared<QPromise<QUrl>>();
        promise->start();
        QFuture<QUrl> url = promise->future();
        m_thread.reset(QThread::create([promise, handler = std::move(handler)] {
            HttpServer server(handler);
            promise->addResult(server.url());
            promise->finish();
            QEventLoop().exec();
        }));
        m_thread->start();
        m_url = url.result();
    }
    ~ServerThread()
    {
        m_thread->quit();
        m_thread->wait();
    }
    ServerThread(const ServerThread &) = delete;
    ServerThread &operator=(const ServerThread &) = delete;

    QUrl url() const { return m_url; }
    QString fliptUrl() const { return QStringLiteral("flipt+") + m_url.toString(); }

private:
    std::unique_ptr<QThread> m_thread;
    QUrl m_url;
};

} // namespace edgewise::test
