// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqldriver/libsqlresult.h"

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
    m_positional.clear();
    m_named.clear();
    m_sql = sql;
    m_text = readSqlText(sql);
    if (!m_session)
        return fail(QSqlError(u"Unable to prepare statement"_qs, u"The connection is not open."_qs,
                              QSqlError::ConnectionError,
                              QString::fromUtf16(connectionFailedCode)));
    if (m_text.verb == SqlText::Verb::None || m_text.severalStatements) {
        const bool several = m_text.severalStatements;
        m_text = {};
        return fail(QSqlError(several ? u"Unable to execute multiple statements at a time"_qs
                                      : u"No query"_qs,
                              {}, QSqlError::StatementError,
                              several ? u"SQL_MANY_STATEMENTS"_qs : u"SQL_NO_STATEMENT"_qs));
    }
    return true;
}

bool LibsqlResult::prepare(const QString &query)
{
    // The base class has rewritten the placeholders, with no idea of comments: take the original.
    Q_UNUSED(query);
    return take(lastQuery());
}

bool LibsqlResult::reset(const QString &query)
{
    return take(query) && exec();
}

void LibsqlResult::bindValue(int index, const QVariant &value, QSql::ParamType type)
{
    QSqlResult::bindValue(index, value, type);
    if (index < 0)
        return;
    if (m_positional.size() <= index)
        m_positional.resize(index + 1);
    m_positional[index] = value;
}

void LibsqlResult::bindValue(const QString &placeholder, const QVariant &value,
                             QSql::ParamType type)
{
    QSqlResult::bindValue(placeholder, value, type);
    m_named.insert(placeholder, value);
}

QSqlError LibsqlResult::arrange(QVariantList &values) const
{
    const int count = m_text.parameterCount;
    if (bindingSyntax() == NamedBinding && m_text.hasNames()) {
        values = QVariantList(count);
        for (const Placeholder &placeholder : m_text.placeholders) {
            const int i = placeholder.number - 1;
            const auto named = m_named.constFind(placeholder.name);
            if (named != m_named.cend())
                values[i] = *named;
            else if (placeholder.name.isEmpty() && i < m_positional.size())
                values[i] = m_positional[i];
            else
                return bindError(u"Parameter count mismatch: nothing is bound to %1."_qs.arg(
                    placeholder.name.isEmpty() ? u'?' + QString::number(placeholder.number)
                                               : placeholder.name));
        }
        return {};
    }
    if (m_positional.size() == count) {
        values = m_positional;
        return {};
    }
    if (m_positional.size() != m_text.placeholders.size())
        return bindError(u"Parameter count mismatch: %1 wanted, %2 bound."_qs.arg(count).arg(
            m_positional.size()));
    // A value a placeholder, as Qt counts them; of equal names the first one counts.
    values = QVariantList(count);
    for (qsizetype i = m_positional.size() - 1; i >= 0; --i)
        values[m_text.placeholders[i].number - 1] = m_positional[i];
    return {};
}

QSqlError LibsqlResult::fill(hrana::Statement &statement, const QVariantList &values) const
{
    QList<hrana::Value> converted;
    converted.reserve(values.size());
    for (const QVariant &variant : values) {
        auto value = toValue(variant);
        if (!value)
            return bindError(value.error().detail);
        converted.append(std::move(*value));
    }
    statement.sql = m_sql;
    if (!m_text.hasNames()) {
        statement.arguments = std::move(converted);
    } else if (m_text.hasUnnamed()) { // the protocol takes one kind or the other
        statement.sql = withNumbers(m_sql, m_text);
        statement.arguments = std::move(converted);
    } else {
        int sent = 0;
        for (const Placeholder &placeholder : m_text.placeholders) {
            if (placeholder.number > sent) {
                sent = placeholder.number;
                statement.namedArguments.append({placeholder.name, converted[sent - 1]});
            }
        }
    }
    return {};
}

bool LibsqlResult::exec()
{
    show({});
    setActive(false);
    if (!m_session || m_text.verb == SqlText::Verb::None)
        return false;
    QVariantList values;
    if (const QSqlError error = arrange(values); error.isValid())
        return fail(error);
    hrana::Statement statement;
    if (const QSqlError error = fill(statement, values); error.isValid())
        return fail(error);
    auto executed = m_session->execute(statement, m_text);
    // The server gives no answer over 10 MB, but rows one by one. Asking again is safe where
    // nothing is written, and allowed outside of a transaction alone, of which a cursor knows none.
    const bool plainRead =
        m_text.verb == SqlText::Verb::Select || m_text.verb == SqlText::Verb::Values;
    if (executed.error.nativeErrorCode() == u"RESPONSE_TOO_LARGE" && plainRead
        && !m_session->inTransaction())
        return openCursor(std::move(statement));
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
    QVariantList columns;
    if (const QSqlError error = arrange(columns); error.isValid())
        return fail(error);
    const qsizetype rows = columns.isEmpty() ? 0 : columns.first().toList().size();
    std::vector<hrana::Statement> statements(size_t(rows), hrana::Statement{});
    QList<QVariantList> lists;
    for (const QVariant &column : std::as_const(columns)) {
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
        if (const QSqlError error = fill(statements[size_t(row)], values); error.isValid())
            return fail(error);
    }
    if (m_session->options().readOnly && !m_text.readOnly)
        return fail(m_session->execute({m_sql, {}, {}}, m_text).error);
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
    for (size_t i = 0; i < m_result.columns.size(); ++i) {
        const QMetaType type = m_types[qsizetype(i)];
        record.append(QSqlField(m_result.columns[i].name,
                                type.isValid() ? type : QMetaType::fromType<QString>()));
    }
    return record;
}

void LibsqlResult::detachFromResultSet()
{
    show({});
}

} // namespace edgewise::sqldriver
