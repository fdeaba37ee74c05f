// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QUrl>

#include <atomic>
#include <memory>

namespace edgewise::test {

/// A server on loopback that answers each request with the next of the given bytes, for faults
/// that no real server shows. It has a thread, because the client under test blocks its own. After
/// the last answer it hangs up; an empty one hangs up without a word, `silence` never answers.
class ByteServer {
public:
    static inline const QByteArray silence = "(silence)";

    explicit ByteServer(QByteArrayList answers) : m_answers(std::move(answers))
    {
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("No free port on loopback.");
        m_port = m_server.serverPort();
        m_thread.reset(QThread::create([this] { serve(); }));
        m_server.moveToThread(m_thread.get());
        m_thread->start();
    }
    ~ByteServer()
    {
        m_stopping = true;
        m_thread->wait();
    }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port)); }
    /// Requests that came whole.
    int requests() const { return m_requests; }
    /// Connections that it has closed.
    int hangUps() const { return m_hangUps; }

private:
    void serve()
    {
        std::unique_ptr<QTcpSocket> socket;
        while (!m_stopping) {
            if (!socket || socket->state() != QAbstractSocket::ConnectedState) {
                socket.reset();
                if (m_server.waitForNewConnection(20))
                    socket.reset(m_server.nextPendingConnection());
                continue;
            }
            if (!readRequest(*socket))
                continue;
            const QByteArray answer =
                m_requests <= m_answers.size() ? m_answers[m_requests - 1] : QByteArray();
            if (answer == silence)
                continue;
            socket->write(answer);
            while (socket->bytesToWrite() > 0 && socket->waitForBytesWritten(1000))
                ;
            if (answer.isEmpty() || m_requests == m_answers.size()) {
                socket.reset();
                ++m_hangUps;
            }
        }
        socket.reset();
        m_server.close();
    }

    /// True when a whole request has come: a head, and as many bytes as it says.
    bool readRequest(QTcpSocket &socket)
    {
        QByteArray request;
        while (!m_stopping) {
            if (!socket.waitForReadyRead(20) && socket.state() != QAbstractSocket::ConnectedState)
                return false;
            request += socket.readAll();
            const qsizetype head = request.indexOf("\r\n\r\n");
            const qsizetype length = request.indexOf("Content-Length: ");
            if (head < 0 || length < 0)
                continue;
            const qsizetype begin = length + 16;
            const qsizetype size =
                request.sliced(begin, request.indexOf('\r', begin) - begin).toLongLong();
            if (request.size() >= head + 4 + size) {
                ++m_requests;
                return true;
            }
        }
        return false;
    }

    QByteArrayList m_answers;
    QTcpServer m_server;
    quint16 m_port = 0;
    std::atomic<bool> m_stopping = false;
    std::atomic<int> m_requests = 0;
    std::atomic<int> m_hangUps = 0;
    std::unique_ptr<QThread> m_thread;
};

/// An answer of HTTP with a length.
inline QByteArray httpAnswer(const QByteArray &status, const QByteArray &body,
                             const QByteArray &headers = {})
{
    QByteArray answer = "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: ";
    answer += QByteArray::number(body.size()) + "\r\n\r\n" + body;
    return answer;
}

} // namespace edgewise::test
