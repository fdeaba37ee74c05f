// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/httptransport.h"

#include "hrana/socket.h"

#include <base/logging.h>

#include <QSslSocket>
#include <QTcpSocket>

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

namespace {

/// What one wait may leave in the socket: the rest stays with the server.
constexpr qsizetype socketBufferBytes = 256 * 1024;
/// How long a cancel() may go unnoticed.
constexpr qint64 cancelMilliseconds = 50;

/// Whether a later attempt to connect may succeed with nothing changed.
bool mayPass(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
    case QAbstractSocket::ProxyAuthenticationRequiredError:
    case QAbstractSocket::ProxyNotFoundError:
        return false;
    default:
        return true;
    }
}

int remaining(QDeadlineTimer deadline)
{
    if (deadline.isForever())
        return -1;
    return int(qMin<qint64>(deadline.remainingTime(), std::numeric_limits<int>::max()));
}

} // namespace

HttpTransport::HttpTransport(Endpoint endpoint, HttpLimits limits, HttpTimes times,
                             CancelFlag cancelled)
    : m_endpoint(std::move(endpoint)), m_limits(limits), m_times(times), m_reader(limits),
      m_ownsFlag(!cancelled),
      m_cancelled(cancelled ? std::move(cancelled) : std::make_shared<std::atomic<bool>>(false))
{
}

HttpTransport::~HttpTransport()
{
    close();
}

void HttpTransport::close()
{
    if (m_socket)
        m_socket->abort();
    m_socket.reset();
}

Error HttpTransport::fail(Error::Kind kind, const QString &detail, bool retryable)
{
    close();
    return Error{.kind = kind,
                 .step = u"talking to %1"_qs.arg(m_endpoint.url.toDisplayString()),
                 .detail = detail,
                 .nativeCode = {},
                 .retryable = retryable};
}

Result<void> HttpTransport::connectSocket(QDeadlineTimer deadline)
{
    deadline = qMin(deadline, QDeadlineTimer(m_times.connect));
    m_socket = openSocket(m_endpoint);
    auto *encrypted = qobject_cast<QSslSocket *>(m_socket.get());
    const bool connected = encrypted ? encrypted->waitForEncrypted(remaining(deadline))
                                     : m_socket->waitForConnected(remaining(deadline));
    if (!connected)
        return fail(Error::Kind::Network, m_socket->errorString(), mayPass(m_socket->error()));
    qCDebug(logHrana) << "A connection to" << m_endpoint.url.toDisplayString() << "is open.";
    m_socket->setReadBufferSize(socketBufferBytes);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    return {};
}

bool HttpTransport::reusable()
{
    if (!m_socket || !m_reader.isComplete() || !m_reader.head().keepAlive)
        return false;
    if (m_idle.hasExpired(m_times.idle))
        return false;
    // Notices a server that has hung up, so that the request goes to a new connection instead of
    // into the void, where nobody knows whether it was executed.
    m_socket->waitForReadyRead(0);
    return m_socket->state() == QAbstractSocket::ConnectedState && m_socket->bytesAvailable() == 0;
}

Result<HttpHead> HttpTransport::send(const HttpRequest &request, QDeadlineTimer deadline)
{
    m_sent = false;
    if (m_ownsFlag)
        m_cancelled->store(false);
    if (!reusable()) {
        close();
        if (const auto connected = connectSocket(deadline); !connected)
            return connected.error();
    }
    m_reader = ResponseReader(m_limits);
    const QByteArray bytes = encodeRequest(request);
    m_sent = true; // from here on some byte may have left
    m_socket->write(bytes);
    while (!m_reader.hasHead()) {
        if (const auto received = receive(deadline); !received)
            return received.error();
    }
    return m_reader.head();
}

Result<bool> HttpTransport::read(QByteArray &body, QDeadlineTimer deadline)
{
    for (;;) {
        const QByteArray piece = m_reader.takeBody();
        if (!piece.isEmpty()) {
            if (body.isEmpty())
                body = piece;
            else
                body.append(piece);
            return true;
        }
        if (m_reader.isComplete()) {
            if (!m_reader.head().keepAlive)
                close();
            return false;
        }
        if (!m_socket)
            return fail(Error::Kind::Network, u"The connection is closed."_qs, false);
        if (const auto received = receive(deadline); !received)
            return received.error();
    }
}

Result<void> HttpTransport::receive(QDeadlineTimer deadline)
{
    while (m_socket->bytesAvailable() == 0) {
        if (m_cancelled->load())
            return fail(Error::Kind::Cancelled, u"The request was cancelled."_qs, false);
        if (deadline.hasExpired())
            return fail(Error::Kind::Network, u"The server gave no answer in time."_qs, false);
        QDeadlineTimer slice(cancelMilliseconds);
        if (m_socket->waitForReadyRead(remaining(qMin(slice, deadline)))
            || m_socket->bytesAvailable() > 0)
            break;
        if (m_socket->state() == QAbstractSocket::ConnectedState)
            continue; // only the slice has ended
        if (const auto finished = m_reader.finish(); finished)
            return {};
        return fail(Error::Kind::Network,
                    u"The connection was lost before the answer was complete."_qs, false);
    }
    // One piece a call, so that the reader holds no more than the body's limit of it.
    m_buffer.resize(qMin(socketBufferBytes, m_limits.bodyBytes));
    const qint64 count = m_socket->read(m_buffer.data(), m_buffer.size());
    if (count <= 0)
        return {};
    m_idle.start();
    const auto used = m_reader.feed(QByteArrayView(m_buffer.constData(), qsizetype(count)));
    if (!used)
        return fail(used.error().kind, used.error().detail, false);
    if (*used < count)
        return fail(Error::Kind::Protocol, u"The server sent more than its answer."_qs, false);
    return {};
}

} // namespace edgewise::hrana
