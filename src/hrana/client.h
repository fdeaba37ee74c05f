// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <base/result.h>
#include <hrana/endpoint.h>

#include <QFuture>
#include <QObject>

#include <memory>
#include <optional>

namespace edgewise::hrana {

/// When a request left and when its answer was complete: steady clock of this machine, nanoseconds.
struct RoundTrip {
    qint64 sentAt = 0;
    qint64 answeredAt = 0;
    qint64 nanoseconds() const { return answeredAt - sentAt; }
};

struct Position {
    /// Newest frame that this node has applied; none while its log is empty, and while a replica
    /// still loads its first copy. May fall: a primary that was killed starts a new log.
    std::optional<quint64> replicationIndex;
    RoundTrip roundTrip;
};

/// The log that a node follows. A replica passes the question on, so it is its primary's answer.
struct LogIdentity {
    QString logId;        ///< UUID; the same on all nodes that follow one log
    QString generationId; ///< new at each start of the primary's process
    /// Newest frame of the primary's log; none while it is empty.
    std::optional<quint64> replicationIndex;
    RoundTrip roundTrip;
};

/// Asks one node small questions without blocking, for whatever watches many nodes. Lives on one
/// thread with an event loop; every method is called there, and the futures finish there.
///
/// position() and hello() each have a keep-alive connection of their own, opened at the first use
/// and reopened after an error, because a replica whose primary is paused answers the one and not
/// the other. Calls of the same method run one after the other; the deadline of each counts from
/// its own sending. The destructor ends what is pending with a Cancelled error.
class Client final : public QObject {
    Q_OBJECT

public:
    /// `clock` must outlive the client. Deadline of one question, connecting included.
    Client(Endpoint endpoint, const Clock &clock, int deadlineMilliseconds = 2000,
           QObject *parent = nullptr);
    ~Client() override;

    const Endpoint &endpoint() const;

    /// The node's own position, by `select 1` on a stream that the same request closes: a stream
    /// kept open would go on reporting the old data of a replica that has thrown its copy away.
    /// It also makes a replica load its data, which /health does not.
    QFuture<Result<Position>> position();

    /// The log, by one gRPC-Web `Hello` (sqld: libsql-replication/proto/replication_log.proto).
    /// The error tells why there is none; nativeCode is the gRPC status:
    /// "14" Network: a replica cannot reach its primary; "13" and "16" Auth: token missing or
    /// refused; "9" NotFound: no such namespace. No answer in time is Network without a code,
    /// which a replica gives whose primary is paused.
    QFuture<Result<LogIdentity>> hello();

private:
    class Lane;
    Endpoint m_endpoint;
    std::unique_ptr<Lane> m_positionLane;
    std::unique_ptr<Lane> m_helloLane;
};

} // namespace edgewise::hrana
