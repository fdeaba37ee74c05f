// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqldriver/session.h"

#include "sqldriver/errors.h"

#include <hrana/httptransport.h>

namespace edgewise::sqldriver {

using namespace Qt::StringLiterals;

namespace {

QString executeText()
{
    return u"Unable to execute statement"_qs;
}

QSqlError lostError(QSqlError::ErrorType type)
{
    return QSqlError(executeText(),
                     u"The server has rolled back the transaction that this belonged to; call "
                     "rollback() and begin again."_qs,
                     type, QString::fromUtf16(transactionLostCode));
}

std::unique_ptr<hrana::Transport> makeTransport(const ConnectOptions &options)
{
    hrana::HttpLimits limits;
    limits.bodyBytes = qsizetype(options.largestAnswer);
    return std::make_unique<hrana::HttpTransport>(options.endpoint, limits);
}

} // namespace

Session::Session(ConnectOptions options)
    : m_options(std::move(options)),
      m_stream(m_options.endpoint, makeTransport(m_options), m_options.timeoutMilliseconds)
{
}

QSqlError Session::obstacle(const SqlText &text) const
{
    if (!m_open)
        return QSqlError(executeText(), u"The connection is closed."_qs, QSqlError::ConnectionError,
                         QString::fromUtf16(connectionFailedCode));
    if (text.verb == SqlText::Verb::None)
        return QSqlError(executeText(), u"There is no statement."_qs, QSqlError::StatementError,
                         u"SQL_NO_STATEMENT"_qs);
    if (text.severalStatements)
        return QSqlError(executeText(), u"There is more than one statement."_qs,
                         QSqlError::StatementError, u"SQL_MANY_STATEMENTS"_qs);
    if (m_options.readOnly && !text.readOnly)
        return QSqlError(executeText(),
                         u"The connection was opened for reading, and this may write."_qs,
                         QSqlError::StatementError, QString::fromUtf16(readOnlyCode));
    return {};
}

void Session::watchTransaction(bool wasInTransaction, bool mayEnd)
{
    if (wasInTransaction && m_stream.autocommit() && !mayEnd)
        m_transactionLost = true;
}

Session::Executed Session::execute(hrana::Statement statement, const SqlText &text)
{
    Executed executed;
    executed.error = obstacle(text);
    if (executed.error.isValid())
        return executed;
    if (m_transactionLost) {
        // Nothing is left to roll back; a commit must not pass for one.
        if (text.verb == SqlText::Verb::Rollback) {
            m_transactionLost = false;
            return executed;
        }
        executed.error = lostError(QSqlError::TransactionError);
        if (text.verb == SqlText::Verb::Commit)
            m_transactionLost = false;
        return executed;
    }
    const bool wasInTransaction = !m_stream.autocommit();
    auto outcome = m_stream.run(hrana::Execute{std::move(statement)});
    if (auto *failure = std::get_if<hrana::RequestFailure>(&outcome)) {
        watchTransaction(wasInTransaction, text.endsTransaction());
        // What only reads has no outcome. Neither has a step of a transaction: it can no longer be
        // committed, so only its end may have taken effect.
        const bool ends = text.verb == SqlText::Verb::Commit || text.verb == SqlText::Verb::Release;
        failure->mayHaveRun = failure->mayHaveRun && (wasInTransaction ? ends : !text.readOnly);
        executed.error = toSqlError(*failure, executeText());
        return executed;
    }
    watchTransaction(wasInTransaction, text.endsTransaction());
    auto &answer = std::get<hrana::Answer>(outcome);
    if (const auto *refused = std::get_if<hrana::SqlError>(&answer)) {
        executed.error = toSqlError(*refused, executeText(),
                                    text.endsTransaction() ? QSqlError::TransactionError
                                                           : QSqlError::StatementError);
        return executed;
    }
    executed.result = std::move(std::get<hrana::StatementResult>(answer));
    if (executed.result.replicationIndex)
        m_replicationIndex = executed.result.replicationIndex;
    return executed;
}

Session::BatchExecuted Session::executeBatch(hrana::Batch batch)
{
    BatchExecuted executed;
    if (!m_open || m_transactionLost) {
        executed.error = m_open ? lostError(QSqlError::TransactionError) : obstacle({});
        return executed;
    }
    const bool wasInTransaction = !m_stream.autocommit();
    auto outcome = m_stream.run(hrana::RunBatch{std::move(batch)});
    watchTransaction(wasInTransaction, false);
    if (const auto *failure = std::get_if<hrana::RequestFailure>(&outcome)) {
        executed.unknown = failure->mayHaveRun;
        executed.error = toSqlError(*failure, executeText());
        return executed;
    }
    auto &answer = std::get<hrana::Answer>(outcome);
    if (const auto *refused = std::get_if<hrana::SqlError>(&answer)) {
        // Through a replica the whole batch fails so when the way to the primary broke.
        executed.unknown = refused->code == u"PROXY_ERROR";
        executed.error = toSqlError(*refused, executeText());
        if (executed.unknown)
            executed.error =
                QSqlError(executed.error.driverText(), executed.error.databaseText(),
                          executed.error.type(), QString::fromUtf16(outcomeUnknownCode));
    } else {
        executed.answer = std::move(std::get<hrana::BatchAnswer>(answer));
        if (executed.answer.replicationIndex)
            m_replicationIndex = executed.answer.replicationIndex;
    }
    // What a failed batch has left open is rolled back with its stream.
    if (!wasInTransaction && !m_stream.autocommit())
        m_stream.close();
    return executed;
}

void Session::close()
{
    m_open = false;
    m_transactionLost = false;
    m_stream.close();
}

} // namespace edgewise::sqldriver
