// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <hrana/httpmessage.h>

#include <QDeadlineTimer>

namespace edgewise::hrana {

/// Carries one request at a time to one server and waits for the answer. Lives on one thread, which
/// it blocks until the deadline; only cancel() may be called from another.
class Transport {
public:
    virtual ~Transport() = default;

    /// Sends `request` and waits for the head of the answer.
    virtual Result<HttpHead> send(const HttpRequest &request, QDeadlineTimer deadline) = 0;

    /// Appends what has come of the body, waiting for at least one byte; false when it has ended.
    /// What is not read stays with the server: memory is bounded however long the body is.
    virtual Result<bool> read(QByteArray &body, QDeadlineTimer deadline) = 0;

    /// send() and the whole body, at most `bodyLimit()` bytes.
    Result<HttpResponse> exchange(const HttpRequest &request, QDeadlineTimer deadline);

    /// Of the last request: whether some byte of it may have left. Only then can the server have
    /// acted on it.
    virtual bool wasSent() const = 0;

    virtual qsizetype bodyLimit() const = 0;

    /// Gives up the connection, and with it a running request; the next send() opens another.
    virtual void close() = 0;

    /// Ends the running request with a Cancelled error, from any thread.
    virtual void cancel() = 0;
};

} // namespace edgewise::hrana
