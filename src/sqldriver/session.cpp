// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqldriver/session.h"

#include "sqldriver/errors.h"

#include <base/logging.h>
#include <hrana/backoff.h>
#include <hrana/hello.h>

#include <QSemaphore>

#include <algorithm>

namespace edgewise::sqldriver {

using namespace Qt::StringLiterals;

namespace {

/// How long a cancel() may go unnoticed in a pause.
constexpr qint64 cancelMilliseconds = 20;
/// Texts of which a read-only connection remembers what the server said.
constexpr qsizetype knownTexts = 1000;

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

QSqlError readOnlyError()
{
    return QSqlError(executeText(),
                     u"The connection was opened for reading, and this may write."_qs,
                     QSqlError::StatementError, QString::fromUtf16(readOnlyCode));
}

/// begin · each statement if the one before succeeded · commit · rollback if still open.
hrana::Batch makeBatch(std::vector<hrana::Statement> statements, const QString &begin)
{
    using Kind = hrana::Condition::Kind;
    hrana::Batch batch;
    batch.steps.reserve(statements.size() + 3);
    const auto append = [&batch](hrana::Statement statement) {
        const int before = int(batch.steps.size()) - 1;
        batch.steps.push_back(
            {std::move(statement), {before < 0 ? Kind::Always : Kind::StepOk, qMax(0, before)}});
    };
    if (!begin.isEmpty())
        append({begin, {}, {}});
    for (hrana::Statement &statement : statements)
        append(std::move(statement));
    if (!begin.isEmpty()) {
        append({u"commit"_qs, {}, {}});
        batch.steps.push_back({{u"rollback"_qs, {}, {}}, {Kind::InTransaction, 0}});
    }
    return batch;
}

/// Refused as a whole before its first step (sqld: hrana/batch.rs; the last one by the namespace's
/// configuration): nothing of it was executed.
bool refusedUnread(const hrana::SqlError &error)
{
    return error.code.startsWith(u"SQL_") || error.code.startsWith(u"ARGS_")
           || error.code == u"BLOCKED";
}

/// Takes the results of `count` steps from step `first` on. When a commit is behind them its answer
/// counts too: without its word, or when the words contradict each other, the outcome is unknown.
void takeSteps(hrana::BatchAnswer &batch, size_t first, size_t count,
               Session::BatchExecuted &executed)
{
    const bool commits = first > 0;
    const size_t end = first + count + (commits ? 1 : 0);
    const bool committed = commits && batch.results[end - 1].has_value();
    for (size_t step = 0; step < end; ++step) {
        const bool isStatement = step >= first && step < first + count;
        if (batch.results[step]) {
            if (isStatement)
                executed.results.push_back(std::move(*batch.results[step]));
            continue;
        }
        hrana::SqlError error = batch.errors[step].value_or(
            hrana::SqlError{u"The server left out an answer."_qs, u"PROTOCOL"_qs});
        executed.unknown = committed || !batch.errors[step];
        if (executed.unknown && commits)
            error.code = QString::fromUtf16(outcomeUnknownCode);
        executed.error =
            toSqlError(error, u"Unable to execute the batch"_qs,
                       isStatement ? QSqlError::StatementError : QSqlError::TransactionError);
        executed.failedStatement = isStatement ? int(step - first) : -1;
        return;
    }
}

} // namespace

Session::Session(ConnectOptions options)
    : m_options(std::move(options)), m_cancelled(std::make_shared<std::atomic<bool>>(false)),
      m_stream(m_options.endpoint, makeTransport(), m_options.timeoutMilliseconds)
{
}

std::unique_ptr<hrana::Transport> Session::makeTransport() const
{
    hrana::HttpLimits limits;
    limits.bodyBytes = qsizetype(m_options.largestAnswer);
    return std::make_unique<hrana::HttpTransport>(m_options.endpoint, limits, m_options.times,
                                                  m_cancelled);
}

QString Session::logId(int milliseconds)
{
    if (!m_open)
        return {};
    if (!m_logTransport)
        m_logTransport = makeTransport();
    beginOperation();
    const auto answer = m_logTransport->exchange(hrana::helloRequest(m_options.endpoint),
                                                 QDeadlineTimer(milliseconds));
    if (!answer) {
        m_logTransport->close();
        return {};
    }
    const auto identity = hrana::readHello(*answer);
    return identity ? identity->logId : QString();
}

Result<std::unique_ptr<hrana::Cursor>> Session::openCursor(hrana::Statement statement)
{
    auto cursor = std::make_unique<hrana::Cursor>(m_options.endpoint, makeTransport(),
                                                  m_options.timeoutMilliseconds);
    if (const auto opened = cursor->open(std::move(statement)); !opened)
        return opened.error();
    return cursor;
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
        return readOnlyError();
    return {};
}

QSqlError Session::refusal(const QString &sql, const SqlText &text)
{
    if (QSqlError error = obstacle(text); error.isValid())
        return error;
    using Verb = SqlText::Verb;
    const bool reads =
        text.verb == Verb::Select || text.verb == Verb::Values || text.verb == Verb::Pragma;
    if (!m_options.readOnly || !reads || m_reading.contains(sql) || m_transactionLost)
        return {};
    const bool wasInTransaction = !m_stream.autocommit();
    auto outcome = send(hrana::Describe{sql}, true);
    watchTransaction(wasInTransaction, false);
    if (auto *failure = std::get_if<hrana::RequestFailure>(&outcome))
        return toSqlError({failure->error, false}, executeText());
    const auto &answer = std::get<hrana::Answer>(outcome);
    if (const auto *refused = std::get_if<hrana::SqlError>(&answer))
        return toSqlError(*refused, executeText());
    if (!std::get<hrana::DescribeAnswer>(answer).readOnly)
        return readOnlyError();
    if (m_reading.size() >= knownTexts)
        m_reading.clear();
    m_reading.insert(sql);
    return {};
}

void Session::pause(int milliseconds) const
{
    const QDeadlineTimer end(milliseconds);
    while (!end.hasExpired() && !m_cancelled->load())
        QSemaphore().tryAcquire(1, int(qBound<qint64>(1, end.remainingTime(), cancelMilliseconds)));
}

hrana::Outcome<hrana::Answer> Session::send(hrana::Request request, bool readOnly)
{
    if (!readOnly || !m_stream.autocommit())
        return m_stream.run(std::move(request));
    const QDeadlineTimer deadline(m_options.timeoutMilliseconds);
    hrana::Backoff backoff(m_options.retries);
    for (;;) {
        auto outcome = m_stream.run(request, deadline);
        const auto *failure = std::get_if<hrana::RequestFailure>(&outcome);
        // An answer that was lost is as good as none, for what only reads.
        if (!failure || failure->error.kind != Error::Kind::Network
            || !(failure->error.retryable || failure->mayHaveRun))
            return outcome;
        const auto wait = backoff.next();
        if (!wait || *wait >= deadline.remainingTime())
            return outcome;
        qCDebug(logHrana) << "A read got no answer and is sent again in" << *wait
                          << "ms:" << failure->error.detail;
        pause(*wait);
        if (m_cancelled->load())
            return hrana::RequestFailure{.error = Error{.kind = Error::Kind::Cancelled,
                                                        .step = u"waiting to send a read again"_qs,
                                                        .detail = u"The request was cancelled."_qs},
                                         .mayHaveRun = false};
    }
}

void Session::watchTransaction(bool wasInTransaction, bool mayEnd)
{
    if (wasInTransaction && m_stream.autocommit() && !mayEnd)
        m_transactionLost = true;
}

Session::Executed Session::execute(hrana::Statement statement, const SqlText &text)
{
    Executed executed;
    beginOperation();
    executed.error = refusal(statement.sql, text);
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
    // Once is enough, and a log that was begun anew may never reach it: then this one read fails.
    if (text.readOnly && !wasInTransaction)
        statement.replicationIndex = std::exchange(m_ownWrite, std::nullopt);
    auto outcome = send(hrana::Execute{std::move(statement)}, text.readOnly);
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
    if (executed.result.replicationIndex) {
        m_replicationIndex = executed.result.replicationIndex;
        if (m_stream.autocommit() && (wasInTransaction || !text.readOnly))
            m_ownWrite = m_replicationIndex;
    }
    return executed;
}

Session::BatchExecuted Session::executeBatch(std::vector<hrana::Statement> statements,
                                             const QString &begin)
{
    BatchExecuted executed;
    if (!m_open || m_transactionLost) {
        executed.error = m_open ? lostError(QSqlError::TransactionError) : obstacle({});
        return executed;
    }
    const bool wasInTransaction = !m_stream.autocommit();
    const size_t count = statements.size();
    hrana::Batch batch = makeBatch(std::move(statements), begin);
    const bool readOnly = begin == u"begin";
    if (readOnly)
        batch.replicationIndex = std::exchange(m_ownWrite, std::nullopt);
    auto outcome = send(hrana::RunBatch{std::move(batch)}, readOnly);
    watchTransaction(wasInTransaction, false);
    if (const auto *failure = std::get_if<hrana::RequestFailure>(&outcome)) {
        executed.unknown = failure->mayHaveRun && !wasInTransaction;
        executed.error = toSqlError({failure->error, executed.unknown}, executeText());
        return executed;
    }
    auto &answer = std::get<hrana::Answer>(outcome);
    if (const auto *refused = std::get_if<hrana::SqlError>(&answer)) {
        // A transaction that is still open was not committed. One that is over may have been, as
        // when the way from a replica to its primary broke.
        executed.unknown = m_stream.autocommit() && !wasInTransaction && !refusedUnread(*refused);
        hrana::SqlError error = *refused;
        if (executed.unknown)
            error.code = QString::fromUtf16(outcomeUnknownCode);
        executed.error = toSqlError(error, executeText());
    } else {
        auto &steps = std::get<hrana::BatchAnswer>(answer);
        executed.replicationIndex = steps.replicationIndex;
        if (steps.replicationIndex) {
            m_replicationIndex = steps.replicationIndex;
            if (!readOnly)
                m_ownWrite = m_replicationIndex;
        }
        takeSteps(steps, begin.isEmpty() ? 0 : 1, count, executed);
        // What belongs to an open transaction lands with that transaction or not at all.
        executed.unknown = executed.unknown && !wasInTransaction;
        // BEGIN and COMMIT may take less than the microsecond that the server counts in.
        executed.forwarded =
            !executed.results.empty()
            && std::ranges::all_of(executed.results, &hrana::StatementResult::forwarded);
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
    beginOperation();
    m_stream.close();
}

} // namespace edgewise::sqldriver
