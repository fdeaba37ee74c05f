// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <sqldriver/batch.h>
#include <store/source.h>
#include <store/sourcefile.h>

#include <QSqlDatabase>
#include <QSqlError>

#include <memory>
#include <optional>

namespace edgewise::store {

struct ConnectionOptions;

/// An open QSqlDatabase of a source, closed and forgotten with this object. Used on the thread that
/// opened it.
class Database {
public:
    enum class Access {
        Read,   ///< a file with mode=ro; no statement of ours writes to a node
        Write,  ///< a file must exist
        Create, ///< a file is made when there is none
    };

    static Result<std::unique_ptr<Database>> open(const Source &source,
                                                  const ConnectionOptions &options, Access access);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    QSqlDatabase &handle() { return m_handle; }
    bool isNode() const { return m_isNode; }

private:
    Database() = default;

    std::optional<ReadableFile> m_file;
    QString m_name;
    QSqlDatabase m_handle;
    bool m_isNode = false;
};

/// sqldriver::readBatch, answered by the node itself: a replica that still loads its first copy has
/// its primary answer, and showing that as the replica's would be a lie. It is asked again for
/// `patienceMilliseconds`, then the outcome is Failed.
sqldriver::BatchResult readOwn(QSqlDatabase &database,
                               const QList<sqldriver::BatchStatement> &statements,
                               int patienceMilliseconds = 5000);

/// SQLite's name for a file that is only read, also to attach it.
QString readingUri(const ReadableFile &file);

/// The one place where a QSqlError becomes an Error; the native code is kept.
Error toError(const QSqlError &error, const QString &step);

/// A statement whose texts arrive as they are: QSQLITE binds UTF-16, and SQLite takes U+FEFF at its
/// beginning for a byte order mark and drops it, so it is put together in SQL. `sql` holds no
/// question mark but its placeholders.
sqldriver::BatchStatement makeStatement(const QString &sql, const QVariantList &arguments);

/// The server refused to send so much at once (10 MB an answer): ask for fewer rows.
bool isResponseTooLarge(const QSqlError &error);

} // namespace edgewise::store
