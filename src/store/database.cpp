// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/connection.h>
#include <store/database.h>

#include <sqldriver/libsqldriver.h>

#include <QDeadlineTimer>
#include <QSemaphore>
#include <QSqlQuery>
#include <QUuid>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using sqldriver::BatchResult;

namespace {

constexpr int sqliteBusyTimeoutMilliseconds = 5000;
constexpr int loadingPauseMilliseconds = 20; // a first copy of a small database takes about as long

/// SQLite's primary result codes by the names that sqld answers (https://sqlite.org/rescode.html).
QString codeName(const QString &nativeCode)
{
    bool isNumber = false;
    const int code = nativeCode.toInt(&isNumber);
    if (!isNumber)
        return nativeCode;
    constexpr int primaryMask = 0xff;
    switch (code & primaryMask) {
    case 5:
        return u"SQLITE_BUSY"_qs;
    case 6:
        return u"SQLITE_LOCKED"_qs;
    case 8:
        return u"SQLITE_READONLY"_qs;
    case 10:
        return u"SQLITE_IOERR"_qs;
    case 11:
        return u"SQLITE_CORRUPT"_qs;
    case 13:
        return u"SQLITE_FULL"_qs;
    case 14:
        return u"SQLITE_CANTOPEN"_qs;
    case 19:
        return u"SQLITE_CONSTRAINT"_qs;
    case 26:
        return u"SQLITE_NOTADB"_qs;
    default:
        return nativeCode;
    }
}

Error::Kind errorKind(const QSqlError &error, const QString &code, const QString &text)
{
    if (code == u"SQLITE_CONSTRAINT" || text.contains(u"constraint failed"))
        return Error::Kind::Constraint;
    if (code == u"SQLITE_NOTADB")
        return Error::Kind::Input;
    if (code == u"SQLITE_READONLY" || code == u"BLOCKED" || code == u"READ_ONLY")
        return Error::Kind::ReadOnly;
    if (code == u"SQLITE_CANTOPEN")
        return Error::Kind::NotFound;
    if (text.contains(u"no such table") || text.contains(u"no such column"))
        return Error::Kind::Schema;
    if (code == u"HTTP_401" || code == u"HTTP_403")
        return Error::Kind::Auth;
    if (code == u"HTTP_429")
        return Error::Kind::Network;
    if (code == u"PROTOCOL" || code.startsWith(u"HTTP_4") || code.startsWith(u"HTTP_3"))
        return Error::Kind::Protocol;
    if (code == u"INPUT")
        return Error::Kind::Input;
    if (error.type() == QSqlError::ConnectionError)
        return Error::Kind::Network;
    return Error::Kind::Constraint;
}

/// `parameters` of SQLite's URI, "mode=…" (https://www.sqlite.org/uri.html).
QString uriOf(const QString &path, const QString &parameters)
{
    return QString::fromLatin1(QUrl::fromLocalFile(path).toEncoded()) + u'?' + parameters;
}

bool openFile(QSqlDatabase &handle, const QString &uri, bool readOnly)
{
    handle.setConnectOptions(
        u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=%1"_qs.arg(sqliteBusyTimeoutMilliseconds));
    handle.setDatabaseName(uri);
    // SQLite switches foreign keys off for each new connection; without them deletes leave orphans.
    return handle.open() && (readOnly || QSqlQuery(handle).exec(u"PRAGMA foreign_keys = ON"_qs));
}

QString connectOptions(const ConnectionOptions &options, Database::Access access)
{
    QString text = u"QLIBSQL_TIMEOUT=%1"_qs.arg(options.deadlineMilliseconds);
    if (access == Database::Access::Read)
        text += u";QLIBSQL_READ_ONLY"_qs;
    if (!options.authoritiesFile.isEmpty())
        text += u";QLIBSQL_CA_FILE="_qs + options.authoritiesFile;
    if (!options.proxy.isEmpty())
        text += u";QLIBSQL_PROXY="_qs + options.proxy;
    return text;
}

} // namespace

Result<std::unique_ptr<Database>> Database::open(const Source &source,
                                                 const ConnectionOptions &options, Access access)
{
    const QString step = u"opening "_qs + source.text;
    if (source.kind == Source::Kind::DataDirectory && access != Access::Read)
        return Error{.kind = Error::Kind::ReadOnly,
                     .step = step,
                     .detail = u"a server's data directory is only ever read; a write beside the "
                               u"server would never be replicated"_qs};

    std::unique_ptr<Database> database(new Database);
    database->m_isNode = source.kind == Source::Kind::Node;
    database->m_name = u"store-"_qs + QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (!database->m_isNode && access != Access::Create) {
        auto file = ReadableFile::prepare(source.path);
        if (!file)
            return file.error();
        if (access == Access::Read)
            database->m_file = *file;
    }

    if (database->m_isNode)
        sqldriver::registerDriver();
    QSqlDatabase &handle = database->m_handle;
    handle = QSqlDatabase::addDatabase(database->m_isNode ? u"QLIBSQL"_qs : u"QSQLITE"_qs,
                                       database->m_name);
    if (!handle.isValid())
        return Error{.kind = Error::Kind::Internal,
                     .step = step,
                     .detail = u"the SQL driver is not there: "_qs
                               + (database->m_isNode ? u"QLIBSQL"_qs : u"QSQLITE"_qs)};
    bool opened = false;
    if (database->m_isNode) {
        handle.setDatabaseName(source.url.toString());
        handle.setPassword(QString::fromUtf8(options.token.reveal()));
        handle.setConnectOptions(connectOptions(options, access));
        opened = handle.open();
    } else if (access == Access::Read) {
        opened = openFile(handle, readingUri(*database->m_file), true);
    } else {
        opened = openFile(
            handle, uriOf(source.path, access == Access::Create ? u"mode=rwc"_qs : u"mode=rw"_qs),
            false);
    }
    if (!opened)
        return toError(handle.lastError(), step);
    return database;
}

Database::~Database()
{
    m_handle.close();
    m_handle = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

BatchResult readOwn(QSqlDatabase &database, const QList<sqldriver::BatchStatement> &statements,
                    int patienceMilliseconds)
{
    const QDeadlineTimer patience(patienceMilliseconds);
    while (true) {
        BatchResult result = sqldriver::readBatch(database, statements);
        if (result.outcome != BatchResult::Outcome::Done || !result.forwarded)
            return result;
        if (patience.hasExpired()) {
            BatchResult refused;
            refused.error = QSqlError({},
                                      u"the replica still loads its first copy and answers with "
                                      u"its primary's rows; try again in a moment"_qs,
                                      QSqlError::ConnectionError, u"REPLICA_LOADING"_qs);
            return refused;
        }
        QSemaphore().tryAcquire(1, loadingPauseMilliseconds);
    }
}

QString readingUri(const ReadableFile &file)
{
    // Even a reader notes itself in the shared memory beside a log, unless it is told not to
    // (sqlite.org/src: os_unix.c, readonly_shm): what is only read stays as it is, to the byte.
    // A copy has no shared memory yet, and may have one.
    return uriOf(file.path(), file.isCopy() ? u"mode=ro"_qs : u"mode=ro&readonly_shm=1"_qs);
}

Error toError(const QSqlError &error, const QString &step)
{
    const QString code = codeName(error.nativeErrorCode());
    const QString text = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    const Error::Kind kind = errorKind(error, code, text);
    return {.kind = kind,
            .step = step,
            .detail = text,
            .nativeCode = code,
            .retryable = kind == Error::Kind::Network || code == u"SQLITE_BUSY"
                         || code == u"SQLITE_LOCKED" || code == u"REPLICA_LOADING"
                         || code.startsWith(u"TRANSACTION_")};
}

sqldriver::BatchStatement makeStatement(const QString &sql, const QVariantList &arguments)
{
    constexpr QChar mark = QChar::ByteOrderMark;
    sqldriver::BatchStatement statement{.sql = sql, .arguments = arguments};
    for (qsizetype i = arguments.size() - 1; i >= 0; --i) {
        if (arguments[i].userType() != QMetaType::QString)
            continue;
        QString text = arguments[i].toString();
        QString prefix;
        while (text.startsWith(mark)) {
            prefix += u"char(65279) || "_qs;
            text.remove(0, 1);
        }
        if (prefix.isEmpty())
            continue;
        qsizetype place = -1;
        for (qsizetype found = 0; found <= i; ++found)
            place = sql.indexOf(u'?', place + 1);
        statement.sql.replace(place, 1, u"("_qs + prefix + u"?)"_qs);
        statement.arguments[i] = text.isEmpty() ? QString(u""_qs) : text;
    }
    return statement;
}

bool isResponseTooLarge(const QSqlError &error)
{
    return error.nativeErrorCode() == u"RESPONSE_TOO_LARGE"
           || error.text().contains(u"Response is too large");
}

} // namespace edgewise::store
