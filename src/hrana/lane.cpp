// SPDX-License-Identifier: GPL-3.0-or-later
#include "hrana/lane.h"

#include "hrana/socket.h"

#include <QSslSocket>

namespace edgewise::hrana {

using namespace Qt::StringLiterals;

namespace {

/// The answers to these questions are small; a server that sends more is none.
constexpr HttpLimits smallAnswers{.headBytes = 64 * 1024, .bodyBytes = 256 * 1024};

} // namespace

Client::Lane::Lane(const Endpoint &endpoint, const Clock &clock, int deadlineMilliseconds)
    : m_endpoint(endpoint), m_clock(clock), m_deadlineMilliseconds(deadlineMilliseconds)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { finish(networkError(u"The server gave no answer in time."_qs)); });
}

Client::Lane::~Lane()
{
    dropSocket();
    while (!m_jobs.isEmpty()) {
        const Job job = m_jobs.dequeue();
        job.done(Error{.kind = Error::Kind::Cancelled,
                       .step = u"asking a node"_qs,
                       .detail = u"The question was dropped."_qs},
                 {});
    }
}

void Client::Lane::ask(HttpRequest request, Done done)
{
    m_jobs.enqueue({std::move(request), std::move(done)});
    // By the event loop, so that a continuation that asks again never nests.
    if (m_jobs.size() == 1)
        QMetaObject::invokeMethod(this, &Lane::startNext, Qt::QueuedConnection);
}

void Client::Lane::startNext()
{
    if (m_running || m_jobs.isEmpty())
        return;
    m_running = true;
    m_reader = ResponseReader(smallAnswers);
    m_sentAt = m_clock.steadyNanoseconds();
    m_deadline.start(m_deadlineMilliseconds);
    m_reused = m_socket && m_socket->state() == QAbstractSocket::ConnectedState
               && m_socket->bytesAvailable() == 0;
    if (m_reused)
        write();
    else
        connectSocket();
}

void Client::Lane::connectSocket()
{
    dropSocket();
    m_socket = openSocket(m_endpoint);
    if (auto *encrypted = qobject_cast<QSslSocket *>(m_socket.get()))
        connect(encrypted, &QSslSocket::encrypted, this, &Lane::write);
    else
        connect(m_socket.get(), &QTcpSocket::connected, this, &Lane::write);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &Lane::read);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &Lane::lost);
    // An address in numbers may have failed before anybody could listen.
    if (m_socket->state() == QAbstractSocket::UnconnectedState)
        lost();
}

void Client::Lane::write()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_sentAt = m_clock.steadyNanoseconds();
    m_socket->write(encodeRequest(m_jobs.head().request));
}

void Client::Lane::read()
{
    const QByteArray bytes = m_socket->readAll();
    if (!m_running) { // nobody asked
        dropSocket();
        return;
    }
    const auto used = m_reader.feed(bytes);
    if (!used) {
        dropSocket();
        finish(used.error());
    } else if (m_reader.isComplete()) {
        const bool keep = m_reader.head().keepAlive && *used == bytes.size();
        HttpResponse response{.head = m_reader.head(), .body = m_reader.takeBody()};
        if (!keep)
            dropSocket();
        finish(std::move(response));
    }
}

void Client::Lane::lost()
{
    const QString reason = m_socket->errorString();
    const bool untouched = !m_reader.hasHead();
    dropSocket();
    if (!m_running)
        return;
    if (m_reader.hasHead() && m_reader.finish()) {
        finish(HttpResponse{.head = m_reader.head(), .body = m_reader.takeBody()});
    } else if (m_reused && untouched) {
        m_reused = false;
        connectSocket();
    } else {
        finish(networkError(reason));
    }
}

void Client::Lane::finish(Result<HttpResponse> response)
{
    if (!m_running)
        return;
    m_running = false;
    m_deadline.stop();
    // Without an answer the connection is of no use: the answer may still come.
    if (!response)
        dropSocket();
    const Job job = m_jobs.dequeue();
    const RoundTrip roundTrip{.sentAt = m_sentAt, .answeredAt = m_clock.steadyNanoseconds()};
    if (!m_jobs.isEmpty())
        QMetaObject::invokeMethod(this, &Lane::startNext, Qt::QueuedConnection);
    job.done(std::move(response), roundTrip);
}

void Client::Lane::dropSocket()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket.release()->deleteLater(); // one of its signals may have called us
}

Error Client::Lane::networkError(const QString &detail) const
{
    return Error{.kind = Error::Kind::Network,
                 .step = u"talking to %1"_qs.arg(m_endpoint.url.toDisplayString()),
                 .detail = detail,
                 .nativeCode = {},
                 .retryable = true};
}

} // namespace edgewise::hrana
