// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSqlDatabase>
#include <QSqlError>
#include <QVariantList>

#include <optional>

/// Several statements that belong together, in one round trip on QLIBSQL and through the same code
/// path on QSQLITE. Called on the thread of the connection, blocking until its deadline.
namespace edgewise::sqldriver {

struct BatchStatement {
    QString sql; ///< one statement, positional placeholders
    QVariantList
        arguments; ///< null QVariant, qlonglong, double, QString, QByteArray, bool (as 0 or 1)
};

struct BatchRows {
    QStringList columns;
    QList<QVariantList> rows; ///< values as QSqlQuery would give them; NULL is a null QVariant
    qint64 affectedRows = 0;
};

struct BatchResult {
    enum class Outcome {
        Done,    ///< all statements ran; a write is committed
        Failed,  ///< nothing is changed: `error` and `failedStatement` say why
        Unknown, ///< the connection was lost after the request was sent: a write may have landed
    };
    Outcome outcome = Outcome::Failed;
    QList<BatchRows> results; ///< one a statement when Done
    int failedStatement = -1; ///< index, or -1 when it was none of them (connection, begin, commit)
    QSqlError error;
    /// The node's newest replication index at the end of the request; none on a file.
    std::optional<quint64> replicationIndex;
    /// A replica had its primary answer: rows and index are the primary's. It does so with every
    /// write, and with reads while it loads its first copy.
    bool forwarded = false;
};

/// One transaction: BEGIN IMMEDIATE, each statement only if the one before succeeded, COMMIT, else
/// ROLLBACK. On a server it is complete once the request has arrived: nothing more is needed from
/// here.
BatchResult writeBatch(QSqlDatabase &database, const QList<BatchStatement> &statements);

/// Plain selects in one read transaction that ends in autocommit, so that a replica answers them
/// itself and all of them see one state. A result over the server's limit (10 MB) fails: page by
/// key.
BatchResult readBatch(QSqlDatabase &database, const QList<BatchStatement> &statements);

/// The id of the replication log that a server follows, which a replica asks its primary for; empty
/// on a file, and when the server does not tell within `milliseconds`. Called like the others.
QString logId(QSqlDatabase &database, int milliseconds);

} // namespace edgewise::sqldriver
