// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/answer.h>
#include <hrana/decoder.h>
#include <hrana/endpoint.h>
#include <hrana/statement.h>
#include <hrana/transport.h>

#include <QElapsedTimer>

#include <memory>

namespace edgewise::hrana {

/// A failure of a request, and what it means for the database.
struct RequestFailure {
    Error error;
    /// The request was sent, and no answer says that it was not executed: a write may have landed.
    bool mayHaveRun = false;
};

template <typename T>
using Outcome = std::variant<T, RequestFailure>;

/// One stream of a server: a connection of SQLite that is its own as long as the baton is handed
/// back and forth. Blocks the calling thread, each request until its deadline at the latest.
///
/// A stream that the server has dropped (10 s without a request, a restart) is reopened, and the
/// request sent again, only when the server says that it was not executed and no transaction was
/// open. Any other loss is told, never repaired.
class Stream {
public:
    /// `endpoint` must have passed check(). Milliseconds a request.
    Stream(Endpoint endpoint, std::unique_ptr<Transport> transport, int deadlineMilliseconds);
    ~Stream();
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    /// Runs one request; the answer is of its kind or an SqlError.
    Outcome<Answer> run(Request request);
    /// The same with a deadline of the caller's.
    Outcome<Answer> run(Request request, QDeadlineTimer deadline);

    /// Whether the stream stands outside of a transaction, by the server's last word. A dropped
    /// stream does: the server has rolled its transaction back.
    bool autocommit() const { return m_autocommit; }

    /// Gives the connection back to the server, which has few; waits only briefly.
    void close();

    /// Ends the running request from any thread; what it did is then unknown.
    void cancel() { m_transport->cancel(); }

    const Endpoint &endpoint() const { return m_endpoint; }
    int deadlineMilliseconds() const { return m_deadlineMilliseconds; }

private:
    Outcome<PipelineAnswer> exchange(const Pipeline &pipeline, QDeadlineTimer deadline);
    RequestFailure lose(Error error, bool mayHaveRun);

    Endpoint m_endpoint;
    std::unique_ptr<Transport> m_transport;
    int m_deadlineMilliseconds;
    Decoder m_decoder;
    QByteArray m_baton;
    QElapsedTimer m_idle; ///< since the last answer
    bool m_autocommit = true;
};

} // namespace edgewise::hrana
