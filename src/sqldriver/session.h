// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/stream.h>
#include <sqldriver/connectoptions.h>
#include <sqldriver/sqltext.h>

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

    struct BatchExecuted {
        hrana::BatchAnswer answer;
        QSqlError error;      ///< of the batch as a whole; steps have their own
        bool unknown = false; ///< it was sent, and no answer tells what became of it
    };
    /// A batch that begins and ends its own transaction, or takes part in the open one.
    BatchExecuted executeBatch(hrana::Batch batch);

    bool inTransaction() const { return m_transactionLost || !m_stream.autocommit(); }
    /// The newest index that an answer carried.
    std::optional<quint64> replicationIndex() const { return m_replicationIndex; }

    void close();
    bool isOpen() const { return m_open; }
    void cancel() { m_stream.cancel(); }

    const ConnectOptions &options() const { return m_options; }

private:
    /// Why a statement may not be sent, or an invalid error.
    QSqlError obstacle(const SqlText &text) const;
    /// Looks whether a transaction that was open before a request has ended unasked.
    void watchTransaction(bool wasInTransaction, bool mayEnd);

    ConnectOptions m_options;
    hrana::Stream m_stream;
    std::optional<quint64> m_replicationIndex;
    bool m_transactionLost = false;
    bool m_open = true;
};

} // namespace edgewise::sqldriver
