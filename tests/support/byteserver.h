// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QMutex>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QUrl>

#include <atomic>
#include <memory>
#include <vector>

namespace edgewise::test {

/// A server on loopback that answers each request with the next of the given bytes, for faults
/// that no real server shows. It has a thread, because the client under test blocks its own. After
/// the last answer it hangs up; an empty one hangs up without a word, `silence` never answers.
class ByteServer {
public:
    static inline const QByteArray silence = "(silence)";

    /// `tail` follows the last answer for ever, until the client hangs up: pieces of it, each after
    /// `pauseMilliseconds`.
    explicit ByteServer(QByteArrayList answers, QByteArray tail = {}, int pauseMilliseconds = 0)
        : m_answers(std::move(answers)), m_tail(std::move(tail)), m_pause(pauseMilliseconds)
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
    int connections() const { return m_connections; }
    /// All that has come whole, one request behind the other.
    QByteArray received() const
    {
        const QMutexLocker locker(&m_mutex);
        return m_received;
    }

private:
    struct Line {
        std::unique_ptr<QTcpSocket> socket;
        QByteArray request; ///< what has come of one
    };

    void serve()
    {
        std::vector<Line> lines;
        while (!m_stopping) {
            if (m_server.waitForNewConnection(lines.empty() ? 20 : 1)) {
                lines.push_back(
                    {std::unique_ptr<QTcpSocket>(m_server.nextPendingConnection()), {}});
                ++m_connections;
            }
            for (Line &line : lines) {
                line.socket->waitForReadyRead(5);
                line.request += line.socket->readAll();
                if (takeRequest(line))
                    reply(*line.socket);
            }
            std::erase_if(lines, [](const Line &line) {
                return line.socket->state() != QAbstractSocket::ConnectedState;
            });
        }
        lines.clear();
        m_server.close();
    }

    void reply(QTcpSocket &socket)
    {
        const int number = m_requests;
        const QByteArray answer = number <= m_answers.size() ? m_answers[number - 1] : QByteArray();
        if (answer == silence)
            return;
        socket.write(answer);
        flush(socket);
        if (number == m_answers.size())
            writeTail(socket);
        if (answer.isEmpty() || number == m_answers.size()) {
            socket.abort();
            ++m_hangUps;
        }
    }

    void flush(QTcpSocket &socket)
    {
        while (!m_stopping && socket.bytesToWrite() > 0
               && (socket.waitForBytesWritten(20)
                   || socket.state() == QAbstractSocket::ConnectedState))
            ;
    }

    void writeTail(QTcpSocket &socket)
    {
        while (!m_tail.isEmpty() && !m_stopping
               && socket.state() == QAbstractSocket::ConnectedState) {
            // Nobody sends another request: the wait is the pause, and notices a hang-up.
            if (m_pause > 0)
                socket.waitForReadyRead(m_pause);
            socket.write(m_tail);
            flush(socket);
        }
    }

    /// True when a whole request has come: a head, and as many bytes as it says.
    bool takeRequest(Line &line)
    {
        const qsizetype head = line.request.indexOf("\r\n\r\n");
        const qsizetype length = line.request.indexOf("Content-Length: ");
        if (head < 0 || length < 0)
            return false;
        const qsizetype begin = length + 16;
        const qsizetype size =
            line.request.sliced(begin, line.request.indexOf('\r', begin) - begin).toLongLong();
        if (line.request.size() < head + 4 + size)
            return false;
        const QMutexLocker locker(&m_mutex);
        m_received += std::exchange(line.request, QByteArray());
        ++m_requests;
        return true;
    }

    QByteArrayList m_answers;
    QByteArray m_tail;
    int m_pause = 0;
    QTcpServer m_server;
    quint16 m_port = 0;
    std::atomic<bool> m_stopping = false;
    std::atomic<int> m_requests = 0;
    std::atomic<int> m_hangUps = 0;
    std::atomic<int> m_connections = 0;
    mutable QMutex m_mutex;
    QByteArray m_received;
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
