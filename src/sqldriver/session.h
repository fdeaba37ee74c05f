// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/cursor.h>
#include <hrana/httptransport.h>
#include <hrana/stream.h>
#include <sqldriver/connectoptions.h>
#include <sqldriver/sqltext.h>

#include <QSet>
#include <QSqlError>

#include <memory>
#include <optional>

namespace edgewise::sqldriver {

/// An open connection to a server, shared by the driver and its results: the stream, and what has
/// become of its transaction. One thread; only cancel() may be called from another.
class Session {
public:
    explicit Session(ConnectOptions options);

    /// One statement of which `text` was read. An invalid error means success.
    struct Executed {
        hrana::StatementResult result;
        QSqlError error;
    };
    Executed execute(hrana::Statement statement, const SqlText &text);

    /// A statement or batch begins: a cancel() that has met nothing is over. execute() calls it
    /// itself; before refusal() and executeBatch() it is the caller's to do, so that one cancel()
    /// reaches both.
    void beginOperation() { m_cancelled->store(false); }

    /// Why the statement may not be sent, or an invalid error. On a read-only connection the server
    /// is asked (once a text) what it takes the statement for, beside our own list: it would run
    /// ATTACH and "select 1; delete …" for a reader.
    QSqlError refusal(const QString &sql, const SqlText &text);

    struct BatchExecuted {
        std::vector<hrana::StatementResult> results; ///< one a statement when there is no error
        QSqlError error;
        int failedStatement = -1; ///< -1 when it was none of them
        /// The request was sent, and no answer tells what became of it.
        bool unknown = false;
        std::optional<quint64> replicationIndex;
        bool forwarded = false; ///< a replica had its primary answer the statements
    };
    /// All statements in one request, each if the one before succeeded: in a transaction of their
    /// own that `begin` begins, complete once the request has arrived; as a part of the open one
    /// when `begin` is empty.
    BatchExecuted executeBatch(std::vector<hrana::Statement> statements, const QString &begin);

    /// Reads rows of a statement too large for one answer, beside the stream; not in a transaction.
    /// The cursor may outlive the session.
    Result<std::unique_ptr<hrana::Cursor>> openCursor(hrana::Statement statement);

    /// The id of the log that the server follows, beside the stream; empty when it does not tell
    /// within `milliseconds`.
    QString logId(int milliseconds);

    bool inTransaction() const { return m_transactionLost || !m_stream.autocommit(); }
    /// The newest index that an answer carried.
    std::optional<quint64> replicationIndex() const { return m_replicationIndex; }

    void close();
    bool isOpen() const { return m_open; }
    void cancel() { m_cancelled->store(true); }

    const ConnectOptions &options() const { return m_options; }

private:
    /// Why no statement of that form may be sent, or an invalid error.
    QSqlError obstacle(const SqlText &text) const;
    /// Sends a request; again, after a pause, when it only reads outside of a transaction and no
    /// answer came (a connection refused or cut, a server too busy).
    hrana::Outcome<hrana::Answer> send(hrana::Request request, bool readOnly);
    void pause(int milliseconds) const;
    std::unique_ptr<hrana::Transport> makeTransport() const;
    /// Looks whether a transaction that was open before a request has ended unasked.
    void watchTransaction(bool wasInTransaction, bool mayEnd);

    ConnectOptions m_options;
    hrana::HttpTransport::CancelFlag m_cancelled;
    hrana::Stream m_stream;
    std::unique_ptr<hrana::Transport> m_logTransport; ///< of logId(), made at its first use
    std::optional<quint64> m_replicationIndex;
    /// Index of our own last write, for the next read: on a replica that read would else be
    /// answered before the write has come back from the primary.
    std::optional<quint64> m_ownWrite;
    QSet<QString> m_reading; ///< texts that the server has said to write nothing
    bool m_transactionLost = false;
    bool m_open = true;
};

} // namespace edgewise::sqldriver
