// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqldriver/batch.h"

#include "sqldriver/errors.h"
#include "sqldriver/libsqldriver.h"
#include "sqldriver/session.h"
#include "sqldriver/variants.h"

#include <QSqlQuery>
#include <QSqlRecord>

namespace edgewise::sqldriver {

using namespace Qt::StringLiterals;

namespace {

enum class Purpose { Read, Write };

QString beginText(Purpose purpose)
{
    return purpose == Purpose::Write ? u"begin immediate"_qs : u"begin"_qs;
}

BatchResult failed(QSqlError error, int statement = -1)
{
    BatchResult result;
    result.error = std::move(error);
    result.failedStatement = statement;
    return result;
}

QSqlError batchError(const QString &text, QSqlError::ErrorType type, const QString &code)
{
    return QSqlError(u"Unable to execute the batch"_qs, text, type, code);
}

/// What both back ends refuse before anything is sent.
std::optional<BatchResult> refuse(const QList<BatchStatement> &statements, Purpose purpose)
{
    for (qsizetype i = 0; i < statements.size(); ++i) {
        const SqlText text = readSqlText(statements[i].sql);
        if (text.verb == SqlText::Verb::None || text.severalStatements || text.impossibleParameter)
            return failed(batchError(u"Each entry must hold exactly one statement."_qs,
                                     QSqlError::StatementError, u"SQL_MANY_STATEMENTS"_qs),
                          int(i));
        if (text.endsTransaction() || text.verb == SqlText::Verb::Begin)
            return failed(batchError(u"The batch has its own transaction."_qs,
                                     QSqlError::TransactionError, u"INPUT"_qs),
                          int(i));
        if (purpose == Purpose::Read && !text.readOnly)
            return failed(batchError(u"A reading batch may not hold what may write."_qs,
                                     QSqlError::StatementError, QString::fromUtf16(readOnlyCode)),
                          int(i));
    }
    return std::nullopt;
}

BatchRows toRows(const hrana::StatementResult &result)
{
    BatchRows rows;
    rows.affectedRows = result.affectedRows;
    QList<QMetaType> types;
    for (const hrana::Column &column : result.columns) {
        rows.columns.append(column.name);
        types.append(typeOf(column.declaredType));
    }
    const qsizetype width = types.size();
    rows.rows.reserve(result.rowCount());
    auto cell = result.cells.begin();
    for (qsizetype row = 0; row < result.rowCount(); ++row) {
        QVariantList values;
        values.reserve(width);
        for (qsizetype column = 0; column < width; ++column)
            values.append(toVariant(*cell++, types[column]));
        rows.rows.append(std::move(values));
    }
    return rows;
}

/// Arguments as the protocol has them. `faulty` becomes the index of a statement that has none.
Result<std::vector<hrana::Statement>> translate(const QList<BatchStatement> &statements,
                                                int &faulty)
{
    std::vector<hrana::Statement> translated;
    translated.reserve(size_t(statements.size()));
    for (const BatchStatement &statement : statements) {
        hrana::Statement next{.sql = statement.sql, .arguments = {}, .namedArguments = {}};
        next.arguments.reserve(statement.arguments.size());
        for (const QVariant &argument : statement.arguments) {
            auto value = toValue(argument);
            if (!value) {
                faulty = int(translated.size());
                return value.error();
            }
            next.arguments.append(std::move(*value));
        }
        translated.push_back(std::move(next));
    }
    return translated;
}

BatchResult runOnServer(Session &session, const QList<BatchStatement> &statements, Purpose purpose)
{
    if (session.inTransaction())
        return failed(batchError(u"A transaction is open on this connection."_qs,
                                 QSqlError::TransactionError, u"INPUT"_qs));
    if (purpose == Purpose::Write && session.options().readOnly)
        return failed(batchError(u"The connection was opened for reading."_qs,
                                 QSqlError::StatementError, QString::fromUtf16(readOnlyCode)));
    session.beginOperation();
    for (qsizetype i = 0; session.options().readOnly && i < statements.size(); ++i) {
        const QString &sql = statements[i].sql;
        if (const QSqlError error = session.refusal(sql, readSqlText(sql)); error.isValid())
            return failed(error, int(i));
    }
    int faulty = -1;
    auto translated = translate(statements, faulty);
    if (!translated)
        return failed(
            batchError(translated.error().detail, QSqlError::StatementError, u"ARGS_INVALID"_qs),
            faulty);
    const auto executed = session.executeBatch(std::move(*translated), beginText(purpose));
    BatchResult result;
    result.replicationIndex = executed.replicationIndex;
    result.forwarded = executed.forwarded;
    result.error = executed.error;
    result.failedStatement = executed.failedStatement;
    if (!executed.error.isValid()) {
        result.outcome = BatchResult::Outcome::Done;
        for (const hrana::StatementResult &rows : executed.results)
            result.results.append(toRows(rows));
    } else if (executed.unknown && purpose == Purpose::Write) {
        // What only reads has no outcome that could be unknown.
        result.outcome = BatchResult::Outcome::Unknown;
    }
    return result;
}

/// Runs `sql` on a database of any driver; the rows go to `rows` when it is given.
QSqlError runQuery(QSqlDatabase &database, const QString &sql, const QVariantList &arguments,
                   BatchRows *rows)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return query.lastError();
    for (const QVariant &argument : arguments)
        query.addBindValue(argument);
    if (!query.exec())
        return query.lastError();
    if (!rows)
        return {};
    const QSqlRecord record = query.record();
    for (int i = 0; i < record.count(); ++i)
        rows->columns.append(record.fieldName(i));
    while (query.next()) {
        QVariantList values;
        values.reserve(record.count());
        for (int i = 0; i < record.count(); ++i)
            values.append(query.value(i));
        rows->rows.append(std::move(values));
    }
    if (query.lastError().isValid())
        return query.lastError();
    // SQLite's own counter stands still at statements that change nothing.
    rows->affectedRows =
        readSqlText(sql).verb == SqlText::Verb::Change ? qMax(0, query.numRowsAffected()) : 0;
    return {};
}

BatchResult runLocally(QSqlDatabase &database, const QList<BatchStatement> &statements,
                       Purpose purpose)
{
    if (const QSqlError error = runQuery(database, beginText(purpose), {}, nullptr);
        error.isValid())
        return failed(error);
    BatchResult result;
    for (qsizetype i = 0; i < statements.size(); ++i) {
        BatchRows rows;
        const QSqlError error =
            runQuery(database, statements[i].sql, statements[i].arguments, &rows);
        if (error.isValid()) {
            runQuery(database, u"rollback"_qs, {}, nullptr);
            return failed(error, int(i));
        }
        result.results.append(std::move(rows));
    }
    if (const QSqlError error = runQuery(database, u"commit"_qs, {}, nullptr); error.isValid()) {
        runQuery(database, u"rollback"_qs, {}, nullptr);
        return failed(error);
    }
    result.outcome = BatchResult::Outcome::Done;
    return result;
}

BatchResult run(QSqlDatabase &database, const QList<BatchStatement> &statements, Purpose purpose)
{
    if (!database.isOpen())
        return failed(batchError(u"The connection is not open."_qs, QSqlError::ConnectionError,
                                 QString::fromUtf16(connectionFailedCode)));
    if (auto refused = refuse(statements, purpose))
        return std::move(*refused);
    if (const auto *driver = qobject_cast<const LibsqlDriver *>(database.driver()))
        return runOnServer(*driver->session(), statements, purpose);
    return runLocally(database, statements, purpose);
}

} // namespace

BatchResult writeBatch(QSqlDatabase &database, const QList<BatchStatement> &statements)
{
    return run(database, statements, Purpose::Write);
}

BatchResult readBatch(QSqlDatabase &database, const QList<BatchStatement> &statements)
{
    return run(database, statements, Purpose::Read);
}

QString logId(QSqlDatabase &database, int milliseconds)
{
    const auto *driver = qobject_cast<const LibsqlDriver *>(database.driver());
    return driver && driver->session() ? driver->session()->logId(milliseconds) : QString();
}

} // namespace edgewise::sqldriver
