// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/client.h>
#include <hrana/httpmessage.h>
#include <hrana/responsereader.h>

#include <QQueue>
#include <QTcpSocket>
#include <QTimer>

namespace edgewise::hrana {

/// One keep-alive connection with requests one after the other, driven by signals: the asynchronous
/// half of HttpTransport, over the same codec. For requests that may be repeated: one that meets a
/// connection which the server has just closed is sent again.
class Client::Lane final : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(Result<HttpResponse>, RoundTrip)>;

    Lane(const Endpoint &endpoint, const Clock &clock, int deadlineMilliseconds);
    ~Lane() override;

    /// `done` is called once, from the event loop or the destructor.
    void ask(HttpRequest request, Done done);

private:
    struct Job {
        HttpRequest request;
        Done done;
    };

    void startNext();
    void connectSocket();
    void write();
    void read();
    void lost();
    void finish(Result<HttpResponse> response);
    void dropSocket();
    Error networkError(const QString &detail) const;

    const Endpoint &m_endpoint;
    const Clock &m_clock;
    int m_deadlineMilliseconds;
    QTimer m_deadline;
    QQueue<Job> m_jobs; ///< the first one is running while m_running
    bool m_running = false;
    bool m_reused = false; ///< the running request met an open connection
    std::unique_ptr<QTcpSocket> m_socket;
    ResponseReader m_reader;
    qint64 m_sentAt = 0;
};

} // namespace edgewise::hrana
