// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <hrana/httpmessage.h>

#include <optional>

namespace edgewise::hrana {

/// What a server may make us keep in memory; more is a Protocol error.
struct HttpLimits {
    qsizetype headBytes = 64 * 1024;        ///< status line, headers and trailers together
    qsizetype bodyBytes = 64 * 1024 * 1024; ///< the part of a body that nobody has taken yet
};

/// Reads one answer of HTTP/1.1 from bytes that come in any pieces. Knows no socket.
class ResponseReader {
public:
    explicit ResponseReader(HttpLimits limits = {}) : m_limits(limits) {}

    /// Reads on. The result is how many bytes belonged to this answer: fewer than given only when
    /// it is complete. After an error the reader is of no more use, nor is the connection.
    Result<qsizetype> feed(QByteArrayView bytes);

    /// The connection was closed: completes a body that had no length, else an error.
    Result<void> finish();

    bool hasHead() const { return m_state >= State::Body; }
    bool isComplete() const { return m_state == State::Complete; }
    const HttpHead &head() const { return m_head; }

    /// The body, or the part of it that has come since the last call.
    QByteArray takeBody() { return std::exchange(m_body, QByteArray()); }

private:
    enum class State { StatusLine, Headers, Body, ChunkSize, Chunk, ChunkEnd, Trailers, Complete };

    Result<void> takeLine(QByteArrayView line);
    Result<void> takeStatus(QByteArrayView line);
    Result<void> takeHeader(QByteArrayView line);
    Result<void> takeChunkSize(QByteArrayView line);
    Result<void> endHead();
    Result<qsizetype> takeBytes(QByteArrayView bytes);

    HttpLimits m_limits;
    State m_state = State::StatusLine;
    HttpHead m_head;
    QByteArray m_line; ///< the beginning of a line whose end has not come
    QByteArray m_body;
    qsizetype m_lineBytes = 0; ///< of all lines of the head so far
    bool m_chunked = false;
    std::optional<qint64> m_length;
    qint64 m_left = 0; ///< bytes of the body or chunk that are still to come; -1 until the close
};

} // namespace edgewise::hrana
