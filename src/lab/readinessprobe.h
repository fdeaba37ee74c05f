// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

namespace edgewise::lab {

/// Asks a process that has just been started, again and again, until it answers. Each question is
/// a connection of its own to 127.0.0.1, so that one that hangs delays nothing.
class ReadinessProbe : public QObject {
    Q_OBJECT
public:
    enum class Question {
        Query,  ///< sqld: a replica loads its data at its first query, and /health proves nothing
        Health, ///< Flipt: GET /health
    };

    explicit ReadinessProbe(QObject *parent = nullptr);

    /// Stops an earlier round. `port` of 127.0.0.1.
    void start(quint16 port, Question question);
    void stop();
    qint64 elapsedMilliseconds() const { return m_elapsed.elapsed(); }

signals:
    void answered();
    /// A question got no answer; the next one follows by itself.
    void missed();

private:
    void ask();
    void send();
    void onDisconnected();
    void next();

    QTcpSocket m_socket;
    QTimer m_pause;
    QTimer m_deadline;
    QElapsedTimer m_elapsed;
    quint16 m_port = 0;
    Question m_question = Question::Query;
    bool m_active = false;
};

} // namespace edgewise::lab
