// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/endpoint.h>
#include <hrana/responsereader.h>
#include <hrana/transport.h>

#include <QElapsedTimer>

#include <atomic>
#include <memory>

class QTcpSocket;

namespace edgewise::hrana {

/// How long a connection may take to come about (TLS included), and how long an unused one is
/// trusted: on the way firewalls forget connections without telling. Milliseconds.
struct HttpTimes {
    int connect = 5000;
    int idle = 60'000;
};

/// HTTP/1.1 with keep-alive over a socket of Qt (so proxies and TLS are Qt's), waited for on the
/// caller's thread without an event loop. Looking up a host's name may outlast a deadline; nothing
/// else may.
class HttpTransport final : public Transport {
public:
    /// What cancel() sets. Several transports may share one, to be cancelled together.
    using CancelFlag = std::shared_ptr<std::atomic<bool>>;

    /// `endpoint` must have passed check(). Whoever gives a flag clears it when an operation
    /// begins: one that takes several requests is to be cancelled between them too.
    explicit HttpTransport(Endpoint endpoint, HttpLimits limits = {}, HttpTimes times = {},
                           CancelFlag cancelled = {});
    ~HttpTransport() override;

    Result<HttpHead> send(const HttpRequest &request, QDeadlineTimer deadline) override;
    Result<bool> read(QByteArray &body, QDeadlineTimer deadline) override;
    bool wasSent() const override { return m_sent; }
    qsizetype bodyLimit() const override { return m_limits.bodyBytes; }
    void close() override;
    void cancel() override { m_cancelled->store(true); }

private:
    Result<void> connectSocket(QDeadlineTimer deadline);
    bool reusable();
    /// Waits for bytes and feeds them to the reader.
    Result<void> receive(QDeadlineTimer deadline);
    Error fail(Error::Kind kind, const QString &detail, bool retryable);

    Endpoint m_endpoint;
    HttpLimits m_limits;
    HttpTimes m_times;
    QElapsedTimer m_idle; ///< since the last bytes
    std::unique_ptr<QTcpSocket> m_socket;
    ResponseReader m_reader;
    QByteArray m_buffer;
    bool m_sent = false;
    const bool m_ownsFlag;
    CancelFlag m_cancelled; ///< set by any thread; cleared by send() when it is our own
};

} // namespace edgewise::hrana
