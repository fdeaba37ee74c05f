// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqldriver/libsqldriver.h"

#include "sqldriver/catalog.h"
#include "sqldriver/errors.h"
#include "sqldriver/libsqlresult.h"
#include "sqldriver/session.h"

#include <QDateTime>
#include <QSqlDatabase>
#include <QSqlField>

#include <cmath>

namespace edgewise::sqldriver {

using namespace Qt::StringLiterals;

LibsqlDriver::LibsqlDriver(QObject *parent) : QSqlDriver(parent) {}

LibsqlDriver::~LibsqlDriver()
{
    close();
}

bool LibsqlDriver::hasFeature(DriverFeature feature) const
{
    switch (feature) {
    case Transactions:
    case QuerySize: // except of answers too large for one piece, whose size() is -1
    case BLOB:
    case Unicode:
    case PreparedQueries:
    case NamedPlaceholders:
    case PositionalPlaceholders:
    case LastInsertId:
    case BatchOperations:     // one round trip
    case LowPrecisionNumbers: // exact by default; a query's policy narrows them
    case MultipleResultSets:  // of several statements in one text
    case FinishQuery:
    case CancelQuery:
        return true;
    case EventNotifications: // the server can tell of changes, but on another endpoint
    case SimpleLocking:      // readers and writers do not block each other (WAL)
        return false;
    }
    return false;
}

bool LibsqlDriver::open(const QString &database, const QString &user, const QString &password,
                        const QString &host, int port, const QString &options)
{
    Q_UNUSED(user);
    close();
    const auto refuse = [this](const QString &text, const QString &code) {
        setOpenError(true);
        setLastError(
            QSqlError(u"Unable to open the database"_qs, text, QSqlError::ConnectionError, code));
        return false;
    };
    if (!host.isEmpty() || port > 0)
        return refuse(u"Give the server as the database's name, like http://127.0.0.1:8080."_qs,
                      u"INPUT"_qs);
    auto read = readConnectOptions(database, password, options);
    if (!read)
        return refuse(read.error().detail, u"INPUT"_qs);
    auto session = std::make_shared<Session>(std::move(*read));
    // Only an answered statement proves that the other side is a database which lets us in.
    const QString probe = u"select 1"_qs;
    const auto executed = session->execute({probe, {}, {}}, readSqlText(probe));
    if (executed.error.isValid())
        return refuse(executed.error.databaseText(), executed.error.nativeErrorCode());
    m_session = std::move(session);
    setOpen(true);
    setOpenError(false);
    return true;
}

void LibsqlDriver::close()
{
    if (m_session)
        m_session->close();
    m_session.reset();
    setOpen(false);
    setOpenError(false);
}

QSqlResult *LibsqlDriver::createResult() const
{
    return new LibsqlResult(this);
}

bool LibsqlDriver::run(const QString &sql)
{
    if (!isOpen() || isOpenError())
        return false;
    const auto executed = m_session->execute({sql, {}, {}}, readSqlText(sql));
    if (!executed.error.isValid())
        return true;
    setLastError(QSqlError(u"Unable to run "_qs + sql, executed.error.databaseText(),
                           QSqlError::TransactionError, executed.error.nativeErrorCode()));
    return false;
}

bool LibsqlDriver::beginTransaction()
{
    return m_session && run(m_session->options().beginStatement);
}

bool LibsqlDriver::commitTransaction()
{
    return run(u"COMMIT"_qs);
}

bool LibsqlDriver::rollbackTransaction()
{
    return run(u"ROLLBACK"_qs);
}

QStringList LibsqlDriver::tables(QSql::TableType type) const
{
    return m_session ? catalogTables(*m_session, type) : QStringList();
}

QSqlRecord LibsqlDriver::record(const QString &table) const
{
    return m_session ? catalogRecord(*m_session, table) : QSqlRecord();
}

QSqlIndex LibsqlDriver::primaryIndex(const QString &table) const
{
    return m_session ? catalogPrimaryIndex(*m_session, table) : QSqlIndex();
}

QString LibsqlDriver::formatValue(const QSqlField &field, bool trimStrings) const
{
    const QVariant value = field.value();
    if (field.isNull() || !value.isValid())
        return u"NULL"_qs;
    switch (value.typeId()) {
    case QMetaType::Bool:
        return value.toBool() ? u"1"_qs : u"0"_qs;
    case QMetaType::QByteArray:
        return u"X'"_qs + QString::fromLatin1(value.toByteArray().toHex()) + u'\'';
    case QMetaType::Float:
    case QMetaType::Double: {
        const double number = value.toDouble();
        if (std::isnan(number))
            return u"NULL"_qs;
        if (std::isinf(number))
            return number < 0 ? u"-9e999"_qs : u"9e999"_qs;
        const QString text = QString::number(number, 'g', QLocale::FloatingPointShortest);
        // A point, or the server would read an integer.
        return text.contains(u'.') || text.contains(u'e') ? text : QString(text + u".0"_qs);
    }
    case QMetaType::QDateTime:
        return u'\'' + value.toDateTime().toString(Qt::ISODateWithMs) + u'\'';
    case QMetaType::QString:
        // A NUL ends the server's reading of a statement.
        if (const QString text = value.toString(); text.contains(u'\0'))
            return u"CAST(X'"_qs + QString::fromLatin1(text.toUtf8().toHex()) + u"' AS TEXT)"_qs;
        break;
    default:
        break;
    }
    return QSqlDriver::formatValue(field, trimStrings);
}

QString LibsqlDriver::escapeIdentifier(const QString &identifier, IdentifierType type) const
{
    if (identifier.isEmpty() || isIdentifierEscaped(identifier, type))
        return identifier;
    QString name = identifier;
    name.replace(u'"', u"\"\""_qs);
    if (type == TableName) // schema.table
        name.replace(u'.', u"\".\""_qs);
    return u'"' + name + u'"';
}

bool LibsqlDriver::cancelQuery()
{
    if (!m_session)
        return false;
    m_session->cancel();
    return true;
}

void registerDriver()
{
    // Once: Qt's list of drivers has no lock, so that another thread that opens a database meanwhile
    // would not find the driver. A plugin of that name would do, but its class is not ours.
    static const bool registered = [] {
        QSqlDatabase::registerSqlDriver(u"QLIBSQL"_qs, new QSqlDriverCreator<LibsqlDriver>);
        return true;
    }();
    Q_UNUSED(registered)
}

} // namespace edgewise::sqldriver
