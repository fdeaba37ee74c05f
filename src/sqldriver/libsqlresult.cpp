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

bool LibsqlResult::savePrepare(const QString &query)
{
    // The base class keeps the names for boundValue(); its own idea of the statement, which knows
    // no comments, is not used.
    return QSqlResult::savePrepare(query);
}

bool LibsqlResult::prepare(const QString &query)
{
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

QSqlError LibsqlResult::arrange(hrana::Statement &statement) const
{
    const int count = m_text.parameterCount;
    const bool byName = bindingSyntax() == NamedBinding && m_text.hasNames();
    QVariantList values(count);
    QList<bool> bound(count, false);
    if (byName) {
        for (const Placeholder &placeholder : m_text.placeholders) {
            const int i = placeholder.number - 1;
            if (const auto named = m_named.constFind(placeholder.name); named != m_named.cend()) {
                values[i] = *named;
                bound[i] = true;
            } else if (placeholder.name.isEmpty() && i < m_positional.size()) {
                values[i] = m_positional[i];
                bound[i] = true;
            } else {
                return bindError(u"Parameter count mismatch: nothing is bound to %1."_qs.arg(
                    placeholder.name.isEmpty() ? u'?' + QString::number(placeholder.number)
                                               : placeholder.name));
            }
        }
    } else if (m_positional.size() == count) {
        values = m_positional;
    } else if (m_positional.size() == m_text.placeholders.size()) {
        // A value a placeholder, as Qt counts them; of equal names the first one counts.
        for (qsizetype i = 0; i < m_positional.size(); ++i) {
            const int number = m_text.placeholders[i].number - 1;
            if (!bound[number])
                values[number] = m_positional[i];
            bound[number] = true;
        }
    } else {
        return bindError(u"Parameter count mismatch: %1 wanted, %2 bound."_qs.arg(count).arg(
            m_positional.size()));
    }

    QList<hrana::Value> converted;
    converted.reserve(count);
    for (const QVariant &variant : std::as_const(values)) {
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
        QList<bool> sent(count, false);
        for (const Placeholder &placeholder : m_text.placeholders) {
            const int i = placeholder.number - 1;
            if (!sent[i])
                statement.namedArguments.append({placeholder.name, converted[i]});
            sent[i] = true;
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
    hrana::Statement statement;
    if (const QSqlError error = arrange(statement); error.isValid())
        return fail(error);
    auto executed = m_session->execute(std::move(statement), m_text);
    if (executed.error.isValid())
        return fail(executed.error);
    show(std::move(executed.result));
    setActive(true);
    return true;
}

bool LibsqlResult::execBatch(bool arrayBind)
{
    return QSqlResult::execBatch(arrayBind);
}

bool LibsqlResult::fetch(int index)
{
    if (index < 0) {
        setAt(QSql::BeforeFirstRow);
        return false;
    }
    if (index >= m_result.rowCount()) {
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
    return fetch(int(m_result.rowCount()) - 1);
}

const hrana::Value *LibsqlResult::cell(int field) const
{
    const auto columns = m_result.columns.size();
    if (field < 0 || size_t(field) >= columns || at() < 0 || at() >= m_result.rowCount())
        return nullptr;
    return &m_result.cells[size_t(at()) * columns + size_t(field)];
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
    return isActive() && isSelect() ? int(m_result.rowCount()) : -1;
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
