// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqldriver/libsqlresult.h"

#include "sqldriver/boundvalues.h"
#include "sqldriver/errors.h"
#include "sqldriver/libsqldriver.h"
#include "sqldriver/session.h"
#include "sqldriver/variants.h"

#include <QSqlField>
#include <QSqlRecord>

namespace edgewise::sqldriver {

using namespace Qt::StringLiterals;

namespace {

QSqlError bindError(const QString &text)
{
    return QSqlError(u"Unable to bind the arguments"_qs, text, QSqlError::StatementError,
                     u"ARGS_INVALID"_qs);
}

/// What a row takes in memory.
qint64 bytesOf(const std::vector<hrana::Value> &cells)
{
    qint64 bytes = qint64(cells.size() * sizeof(hrana::Value));
    for (const hrana::Value &cell : cells) {
        if (const auto *text = std::get_if<QString>(&cell))
            bytes += text->size() * qint64(sizeof(QChar));
        else if (const auto *blob = std::get_if<QByteArray>(&cell))
            bytes += blob->size();
    }
    return bytes;
}

QSqlError severalError(const QString &text)
{
    return QSqlError(u"Unable to execute multiple statements at a time"_qs, text,
                     QSqlError::StatementError, u"SQL_MANY_STATEMENTS"_qs);
}

} // namespace

LibsqlResult::LibsqlResult(const LibsqlDriver *driver)
    : QSqlResult(driver), m_session(driver->session())
{
}

bool LibsqlResult::fail(const QSqlError &error)
{
    setLastError(error);
    return false;
}

void LibsqlResult::show(hrana::StatementResult result)
{
    m_cursor.reset();
    m_firstKept = 0;
    m_keptBytes = 0;
    m_result = std::move(result);
    m_types.clear();
    for (size_t i = 0; i < m_result.columns.size(); ++i) {
        QMetaType type = typeOf(m_result.columns[i].declaredType);
        if (!type.isValid() && !m_result.cells.empty())
            type = typeOf(m_result.cells[i]);
        m_types.append(type);
    }
    setAt(QSql::BeforeFirstRow);
    setSelect(!m_result.columns.empty());
}

bool LibsqlResult::take(const QString &sql)
{
    show({});
    setActive(false);
    m_further.clear();
    m_bound.clear();
    m_sql = sql;
    m_text = readSqlText(sql);
    if (!m_session)
        return fail(QSqlError(u"Unable to prepare statement"_qs, u"The connection is not open."_qs,
                              QSqlError::ConnectionError,
                              QString::fromUtf16(connectionFailedCode)));
    if (m_text.verb == SqlText::Verb::None)
        return fail(
            QSqlError(u"No query"_qs, {}, QSqlError::StatementError, u"SQL_NO_STATEMENT"_qs));
    if (m_text.impossibleParameter)
        return refuse(bindError(u"The parameters of a statement are numbered from 1 to 32766."_qs));
    return true;
}

bool LibsqlResult::refuse(const QSqlError &error)
{
    m_text = {};
    return fail(error);
}

bool LibsqlResult::prepare(const QString &query)
{
    // The base class has rewritten the placeholders, with no idea of comments: take the original.
    Q_UNUSED(query);
    if (!take(lastQuery()))
        return false;
    return !m_text.severalStatements
           || refuse(severalError(u"Only exec() with a text takes several."_qs));
}

bool LibsqlResult::reset(const QString &query)
{
    if (!take(query))
        return false;
    return m_text.severalStatements ? execSeveral() : exec();
}

bool LibsqlResult::execSeveral()
{
    m_session->beginOperation();
    std::vector<hrana::Statement> statements;
    bool readOnly = true;
    QStringView rest = m_sql;
    for (;;) {
        const SqlText text = readSqlText(rest);
        if (text.verb == SqlText::Verb::None)
            break;
        if (!text.placeholders.isEmpty() || text.impossibleParameter)
            return refuse(severalError(u"Several statements cannot take arguments."_qs));
        if (text.endsTransaction() || text.verb == SqlText::Verb::Begin)
            return refuse(
                severalError(u"Several statements are one transaction, and hold none."_qs));
        const QString sql = rest.first(text.end).toString();
        SqlText alone = text;
        alone.severalStatements = false;
        if (const QSqlError error = m_session->refusal(sql, alone); error.isValid())
            return refuse(error);
        readOnly = readOnly && text.readOnly;
        statements.push_back({.sql = sql, .arguments = {}, .namedArguments = {}});
        rest = rest.sliced(text.end);
    }
    m_text = {}; // there is nothing that a second exec() could run
    const QString begin = readOnly ? u"begin"_qs : u"begin immediate"_qs;
    auto executed = m_session->executeBatch(std::move(statements),
                                            m_session->inTransaction() ? QString() : begin);
    if (executed.error.isValid())
        return fail(executed.error);
    m_further = std::move(executed.results);
    return nextResult();
}

bool LibsqlResult::nextResult()
{
    if (m_further.empty()) {
        show({});
        setActive(false);
        return false;
    }
    hrana::StatementResult next = std::move(m_further.front());
    m_further.erase(m_further.begin());
    show(std::move(next));
    setActive(true);
    return true;
}

void LibsqlResult::bindValue(int index, const QVariant &value, QSql::ParamType type)
{
    QSqlResult::bindValue(index, value, type);
    m_bound.bind(index, value);
}

void LibsqlResult::bindValue(const QString &placeholder, const QVariant &value,
                             QSql::ParamType type)
{
    QSqlResult::bindValue(placeholder, value, type);
    m_bound.bind(placeholder, value);
}

bool LibsqlResult::exec()
{
    show({});
    setActive(false);
    if (!m_session || m_text.verb == SqlText::Verb::None)
        return false;
    m_further.clear();
    const auto values = m_bound.arrange(m_text, bindingSyntax() == NamedBinding);
    if (!values)
        return fail(bindError(values.error().detail));
    auto statement = makeStatement(m_sql, m_text, *values);
    if (!statement)
        return fail(bindError(statement.error().detail));
    auto executed = m_session->execute(*statement, m_text);
    // The server gives no answer over 10 MB, but rows one by one. Asking again is safe where
    // nothing is written, and allowed outside of a transaction alone, of which a cursor knows none.
    const bool plainRead =
        m_text.verb == SqlText::Verb::Select || m_text.verb == SqlText::Verb::Values;
    if (executed.error.nativeErrorCode() == u"RESPONSE_TOO_LARGE" && plainRead
        && !m_session->inTransaction())
        return openCursor(std::move(*statement));
    if (executed.error.isValid())
        return fail(executed.error);
    show(std::move(executed.result));
    setActive(true);
    return true;
}

bool LibsqlResult::openCursor(hrana::Statement statement)
{
    auto cursor = m_session->openCursor(std::move(statement));
    if (!cursor)
        return fail(toSqlError({cursor.error(), false}, u"Unable to read the rows"_qs));
    hrana::StatementResult rows;
    rows.columns = (*cursor)->columns();
    show(std::move(rows));
    m_cursor = std::move(*cursor);
    setActive(true);
    return true;
}

bool LibsqlResult::execBatch(bool arrayBind)
{
    Q_UNUSED(arrayBind);
    show({});
    setActive(false);
    const auto columns = m_bound.arrange(m_text, bindingSyntax() == NamedBinding);
    if (!columns)
        return fail(bindError(columns.error().detail));
    const qsizetype rows = columns->isEmpty() ? 0 : columns->first().toList().size();
    std::vector<hrana::Statement> statements;
    statements.reserve(size_t(rows));
    QList<QVariantList> lists;
    for (const QVariant &column : *columns) {
        lists.append(column.toList());
        if (lists.last().size() != rows)
            return fail(bindError(u"The lists that are bound differ in length."_qs));
    }
    if (!m_session || rows == 0)
        return false;
    for (qsizetype row = 0; row < rows; ++row) {
        QVariantList values;
        values.reserve(lists.size());
        for (const QVariantList &list : std::as_const(lists))
            values.append(list[row]);
        auto statement = makeStatement(m_sql, m_text, values);
        if (!statement)
            return fail(bindError(statement.error().detail));
        statements.push_back(std::move(*statement));
    }
    m_session->beginOperation();
    if (const QSqlError error = m_session->refusal(m_sql, m_text); error.isValid())
        return fail(error);
    auto executed = m_session->executeBatch(
        std::move(statements), m_session->inTransaction() ? QString() : u"begin immediate"_qs);
    if (executed.error.isValid())
        return fail(executed.error);
    hrana::StatementResult last = std::move(executed.results.back());
    for (size_t i = 0; i + 1 < executed.results.size(); ++i)
        last.affectedRows += executed.results[i].affectedRows;
    show(std::move(last));
    setActive(true);
    return true;
}

bool LibsqlResult::pullUpTo(qsizetype index)
{
    while (m_cursor && knownRows() <= index) {
        std::vector<hrana::Value> cells;
        const auto more = m_cursor->next(cells);
        if (!more)
            setLastError(toSqlError({more.error(), false}, u"Unable to fetch a row"_qs));
        if (!more || !*more) {
            m_cursor.reset();
            break;
        }
        if (m_types.contains(QMetaType()) && knownRows() == 0) {
            for (qsizetype i = 0; i < m_types.size(); ++i) {
                if (!m_types[i].isValid())
                    m_types[i] = typeOf(cells[size_t(i)]);
            }
        }
        if (isForwardOnly()) {
            m_firstKept = knownRows();
            m_result.cells = std::move(cells);
        } else {
            m_keptBytes += bytesOf(cells);
            if (m_keptBytes > m_session->options().largestAnswer) {
                setLastError(QSqlError(u"Unable to fetch a row"_qs,
                                       u"The rows take more than QLIBSQL_MAX_ANSWER allows; a "
                                       "forward-only query keeps none."_qs,
                                       QSqlError::StatementError, u"RESPONSE_TOO_LARGE"_qs));
                m_cursor.reset();
                break;
            }
            m_result.cells.insert(m_result.cells.end(), std::make_move_iterator(cells.begin()),
                                  std::make_move_iterator(cells.end()));
        }
    }
    return index >= m_firstKept && index < knownRows();
}

bool LibsqlResult::fetch(int index)
{
    if (index < 0) {
        setAt(QSql::BeforeFirstRow);
        return false;
    }
    if (!pullUpTo(index)) {
        setAt(QSql::AfterLastRow);
        return false;
    }
    setAt(index);
    return true;
}

bool LibsqlResult::fetchFirst()
{
    return fetch(0);
}

bool LibsqlResult::fetchLast()
{
    pullUpTo(std::numeric_limits<int>::max());
    return fetch(int(knownRows()) - 1);
}

const hrana::Value *LibsqlResult::cell(int field) const
{
    const auto columns = m_result.columns.size();
    const qsizetype row = at() - m_firstKept;
    if (field < 0 || size_t(field) >= columns || at() < 0 || row < 0 || row >= m_result.rowCount())
        return nullptr;
    return &m_result.cells[size_t(row) * columns + size_t(field)];
}

QVariant LibsqlResult::data(int field)
{
    const hrana::Value *value = cell(field);
    return value ? toVariant(*value, m_types[field], numericalPrecisionPolicy()) : QVariant();
}

bool LibsqlResult::isNull(int field)
{
    const hrana::Value *value = cell(field);
    return !value || std::holds_alternative<hrana::Null>(*value);
}

int LibsqlResult::size()
{
    return isActive() && isSelect() && !m_cursor && m_firstKept == 0 ? int(m_result.rowCount())
                                                                     : -1;
}

int LibsqlResult::numRowsAffected()
{
    return isActive() ? int(qMin<qint64>(m_result.affectedRows, std::numeric_limits<int>::max()))
                      : -1;
}

QVariant LibsqlResult::lastInsertId() const
{
    if (!isActive() || !m_result.lastInsertRowId)
        return {};
    return qlonglong(*m_result.lastInsertRowId);
}

QSqlRecord LibsqlResult::record() const
{
    QSqlRecord record;
    if (!isActive() || !isSelect())
        return record;
    // Of an expression without a value nothing is known: as QSQLITE, no type.
    for (size_t i = 0; i < m_result.columns.size(); ++i)
        record.append(QSqlField(m_result.columns[i].name, m_types[qsizetype(i)]));
    return record;
}

void LibsqlResult::detachFromResultSet()
{
    m_further.clear();
    show({});
}

} // namespace edgewise::sqldriver
