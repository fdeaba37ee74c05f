// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/readinessprobe.h"

#include <QHostAddress>

namespace edgewise::lab {

namespace {

constexpr int pauseMilliseconds = 15;
constexpr int latePauseMilliseconds = 500; // of one that has been silent for ten seconds
constexpr int lateMilliseconds = 10000;
constexpr int answerMilliseconds = 2000;
constexpr qint64 answerLimit = 64 * 1024;

QByteArray request(ReadinessProbe::Question question)
{
    // HTTP/1.0: the server closes the connection after its answer, which so has a plain end.
    if (question == ReadinessProbe::Question::Health)
        return "GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n";
    const QByteArray body = R"({"requests":[{"type":"execute","stmt":{"sql":"select 1"}},)"
                            R"({"type":"close"}]})";
    return "POST /v2/pipeline HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\n"
           "Content-Length: "
           + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

bool isAnswer(const QByteArray &answer, ReadinessProbe::Question question)
{
    if (!answer.startsWith("HTTP/1.") || answer.mid(8, 5) != " 200 ")
        return false;
    return question == ReadinessProbe::Question::Health
           || answer.contains(R"("response":{"type":"execute")");
}

} // namespace

ReadinessProbe::ReadinessProbe(QObject *parent) : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(answerMilliseconds);
    m_socket.setReadBufferSize(answerLimit);
    connect(&m_pause, &QTimer::timeout, this, &ReadinessProbe::ask);
    connect(&m_deadline, &QTimer::timeout, this, &ReadinessProbe::next);
    connect(&m_socket, &QTcpSocket::connected, this, &ReadinessProbe::send);
    connect(&m_socket, &QTcpSocket::disconnected, this, &ReadinessProbe::onDisconnected);
    connect(&m_socket, &QTcpSocket::errorOccurred, this,
            [this](QAbstractSocket::SocketError error) {
                if (error != QAbstractSocket::RemoteHostClosedError)
                    next();
            });
}

void ReadinessProbe::start(quint16 port, Question question)
{
    stop();
    m_port = port;
    m_question = question;
    m_active = true;
    m_elapsed.start();
    ask();
}

void ReadinessProbe::stop()
{
    m_active = false;
    m_pause.stop();
    m_deadline.stop();
    m_socket.abort();
}

void ReadinessProbe::ask()
{
    m_deadline.start();
    m_socket.connectToHost(QHostAddress::LocalHost, m_port);
}

void ReadinessProbe::send()
{
    m_socket.write(request(m_question));
}

void ReadinessProbe::onDisconnected()
{
    if (!m_active)
        return;
    if (isAnswer(m_socket.readAll(), m_question)) {
        stop();
        emit answered();
    } else {
        next();
    }
}

void ReadinessProbe::next()
{
    if (!m_active)
        return;
    m_active = false; // abort() reports a disconnection
    m_deadline.stop();
    m_socket.abort();
    m_active = true;
    m_pause.start(elapsedMilliseconds() < lateMilliseconds ? pauseMilliseconds
                                                           : latePauseMilliseconds);
    emit missed();
}

} // namespace edgewise::lab
