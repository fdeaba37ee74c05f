// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/answer.h>
#include <hrana/decoder.h>
#include <hrana/endpoint.h>
#include <hrana/statement.h>
#include <hrana/transport.h>

#include <memory>

namespace edgewise::hrana {

/// The rows of one statement as they come, however many: what has not been read stays with the
/// server. Costs about ten times a pipeline's time a row, so it is for answers over the server's
/// limit alone. It has a connection and a stream of its own, and knows no transaction.
class Cursor {
public:
    /// `endpoint` must have passed check(). Milliseconds to the next row.
    Cursor(Endpoint endpoint, std::unique_ptr<Transport> transport, int deadlineMilliseconds);
    ~Cursor();
    Cursor(const Cursor &) = delete;
    Cursor &operator=(const Cursor &) = delete;

    /// Sends the statement and waits for its columns.
    Result<void> open(Statement statement);
    const std::vector<Column> &columns() const { return m_columns; }

    /// Reads the next row; false at the end. An error ends the cursor: no row follows it.
    Result<bool> next(std::vector<Value> &cells);

private:
    Result<CursorEntry> nextEntry(QDeadlineTimer deadline);
    Result<void> nextLine(QDeadlineTimer deadline);
    Error giveUp(Error error);

    Endpoint m_endpoint;
    std::unique_ptr<Transport> m_transport;
    int m_deadlineMilliseconds;
    Decoder m_decoder;
    std::vector<Column> m_columns;
    QByteArray m_baton;
    QByteArray m_received; ///< bytes from m_position on have not been looked at
    qsizetype m_position = 0;
    QByteArray m_line;
    bool m_done = false;
};

} // namespace edgewise::hrana
