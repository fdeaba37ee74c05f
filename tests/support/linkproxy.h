// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QTimer>

#include <atomic>

namespace edgewise::test {

/// A link between two nodes that can be slow, and cut. It lives on a thread of its own, so that a
/// test that waits holds nothing up.
class LinkProxy {
public:
    /// Passes on what it is sent to that port of 127.0.0.1, each piece so much later.
    explicit LinkProxy(int target, int delayMilliseconds = 0)
        : m_target(target), m_delay(delayMilliseconds)
    {
        m_context.moveToThread(&m_thread);
        m_thread.start();
        run([this] {
            m_server = new QTcpServer(&m_context);
            if (!m_server->listen(QHostAddress::LocalHost))
                qFatal("the proxy has no port");
            m_port = m_server->serverPort();
            QObject::connect(m_server, &QTcpServer::newConnection, m_server, [this] { accept(); });
        });
    }
    ~LinkProxy()
    {
        run([this] { delete m_server; });
        m_thread.quit();
        m_thread.wait();
    }
    LinkProxy(const LinkProxy &) = delete;
    LinkProxy &operator=(const LinkProxy &) = delete;

    int port() const { return m_port; }
    /// What is open breaks, and what is tried is refused, until mend().
    void cut()
    {
        run([this] {
            m_isCut = true;
            const QList<QTcpSocket *> sockets = m_server->findChildren<QTcpSocket *>();
            for (QTcpSocket *socket : sockets)
                socket->abort();
        });
    }
    void mend()
    {
        run([this] { m_isCut = false; });
    }

private:
    template <typename Work>
    void run(Work work)
    {
        QMetaObject::invokeMethod(&m_context, work, Qt::BlockingQueuedConnection);
    }

    void accept()
    {
        QTcpSocket *near = m_server->nextPendingConnection();
        if (m_isCut) {
            near->abort();
            near->deleteLater();
            return;
        }
        auto *far = new QTcpSocket(m_server);
        far->connectToHost(QHostAddress::LocalHost, quint16(m_target));
        pass(near, far);
        pass(far, near);
    }

    void pass(QTcpSocket *from, QTcpSocket *to)
    {
        const QPointer<QTcpSocket> other(to);
        QObject::connect(from, &QTcpSocket::readyRead, from, [this, from, other] {
            const QByteArray piece = from->readAll();
            QTimer::singleShot(m_delay, Qt::PreciseTimer, from, [other, piece] {
                if (other)
                    other->write(piece);
            });
        });
        QObject::connect(from, &QTcpSocket::disconnected, from, [from, other] {
            if (other)
                other->disconnectFromHost();
            from->deleteLater();
        });
    }

    const int m_target;
    const int m_delay;
    QThread m_thread;
    QObject m_context;
    QTcpServer *m_server = nullptr;
    std::atomic<int> m_port = 0;
    bool m_isCut = false;
};

} // namespace edgewise::test
