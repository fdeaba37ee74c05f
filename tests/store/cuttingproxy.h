// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QSet>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QTimer>
#include <QUrl>

#include <atomic>

namespace edgewise::test {

/// Passes HTTP between a client and a node, and cuts the line once: at the first request that
/// contains a mark, or at each of those that a list counts from 0. Lives on a thread of its own,
/// because the client blocks.
class CuttingProxy {
public:
    enum class Cut {
        Never,
        BeforeRequest,            ///< nothing of it goes on
        InRequest,                ///< half of it
        AfterRequest,             ///< all of it, and both sides at once
        BeforeAnswer,             ///< the node answers, the client gets nothing
        InAnswer,                 ///< the client gets a part
        BeforeAnswerAndAfterThat, ///< and no further connection is accepted
    };

    CuttingProxy(const QUrl &node, QByteArray mark, Cut cut)
        : m_node(node), m_mark(std::move(mark)), m_cut(cut)
    {
        m_context.moveToThread(&m_thread);
        m_thread.start();
        QMetaObject::invokeMethod(
            &m_context, [this] { listen(); }, Qt::BlockingQueuedConnection);
    }
    CuttingProxy(const QUrl &node, QSet<int> requests, Cut cut)
        : CuttingProxy(node, QByteArray(), cut)
    {
        m_requests = std::move(requests); // nobody has connected yet
    }
    ~CuttingProxy()
    {
        QMetaObject::invokeMethod(
            &m_context, [this] { delete m_server; }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }

    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }
    bool hasCut() const { return m_hasCut; }
    int cuts() const { return m_cuts; }
    /// Requests that have come whole.
    int requestCount() const { return m_count; }
    /// A request to be cut has gone on to the node whole.
    bool hasPassed() const { return m_hasPassed; }
    void acceptAgain() { m_isGone = false; }

private:
    struct Line {
        QTcpSocket *client = nullptr;
        QTcpSocket *node = nullptr;
        QByteArray request;
        bool isMarked = false;
    };

    void listen()
    {
        m_server = new QTcpServer;
        if (!m_server->listen(QHostAddress::LocalHost))
            qFatal("the proxy has no port");
        m_port = m_server->serverPort();
        QObject::connect(m_server, &QTcpServer::newConnection, m_server, [this] { accept(); });
    }

    void accept()
    {
        auto line = std::make_shared<Line>();
        line->client = m_server->nextPendingConnection();
        if (m_isGone) {
            line->client->abort();
            return;
        }
        line->node = new QTcpSocket(line->client);
        line->node->connectToHost(m_node.host(), quint16(m_node.port()));
        QObject::connect(line->client, &QTcpSocket::readyRead, line->node,
                         [this, line] { passRequest(*line); });
        QObject::connect(line->node, &QTcpSocket::readyRead, line->client,
                         [this, line] { passAnswer(*line); });
        QObject::connect(line->node, &QTcpSocket::disconnected, line->client,
                         [line] { line->client->disconnectFromHost(); });
        // A node that is just being started again refuses.
        QObject::connect(line->node, &QTcpSocket::errorOccurred, line->client,
                         [line] { line->client->disconnectFromHost(); });
        QObject::connect(line->client, &QTcpSocket::disconnected, line->client,
                         &QObject::deleteLater);
    }

    /// Waits for the whole request, so that the mark cannot hide between two pieces.
    void passRequest(Line &line)
    {
        line.request += line.client->readAll();
        const qsizetype head = line.request.indexOf("\r\n\r\n");
        if (head < 0)
            return;
        const QByteArray lower = line.request.first(head).toLower();
        const qsizetype length = lower.indexOf("content-length:");
        const qsizetype size =
            length < 0 ? 0
                       : lower.mid(length + 15, lower.indexOf('\r', length) - length - 15)
                             .trimmed()
                             .toLongLong();
        const qsizetype whole = head + 4 + size;
        if (line.request.size() < whole)
            return;
        const QByteArray request = line.request.first(whole);
        line.request.remove(0, whole);
        const int number = m_count++;
        const bool isMeant = m_requests.isEmpty() ? !m_hasCut && request.contains(m_mark)
                                                  : m_requests.contains(number);
        line.isMarked = m_cut != Cut::Never && isMeant;
        if (!line.isMarked) {
            line.node->write(request);
            return;
        }
        switch (m_cut) {
        case Cut::BeforeRequest:
            cut(line);
            break;
        case Cut::InRequest:
            line.node->write(request.first(whole / 2));
            line.node->flush();
            cut(line);
            break;
        case Cut::AfterRequest:
            line.node->write(request);
            line.node->waitForBytesWritten(1000);
            cut(line);
            break;
        default:
            line.node->write(request);
            line.node->waitForBytesWritten(1000);
            m_hasPassed = true;
        }
    }

    void passAnswer(Line &line)
    {
        const QByteArray answer = line.node->readAll();
        if (!line.isMarked) {
            line.client->write(answer);
            return;
        }
        if (m_cut == Cut::InAnswer) {
            line.client->write(answer.first(answer.size() / 2));
            line.client->waitForBytesWritten(1000);
        }
        cut(line);
    }

    void cut(Line &line)
    {
        m_hasCut = true;
        ++m_cuts;
        m_isGone = m_cut == Cut::BeforeAnswerAndAfterThat;
        line.node->abort();
        line.client->abort();
    }

    const QUrl m_node;
    const QByteArray m_mark;
    const Cut m_cut;
    QSet<int> m_requests;
    std::atomic<int> m_count = 0;
    std::atomic<int> m_cuts = 0;
    std::atomic<bool> m_hasPassed = false;
    QThread m_thread;
    QObject m_context;
    QTcpServer *m_server = nullptr;
    std::atomic<quint16> m_port = 0;
    std::atomic<bool> m_hasCut = false;
    std::atomic<bool> m_isGone = false;
};

} // namespace edgewise::test
