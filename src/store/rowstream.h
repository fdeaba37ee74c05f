// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <store/connection.h>

#include <QFuture>

#include <memory>

namespace edgewise::store {

/// The rows of one SELECT as they come, in constant memory however many there are. A connection and
/// a thread of its own; the methods may be called from any thread and answer in order. On a node an
/// answer over the server's limit comes by a cursor, at about ten times the cost a row.
class RowStream {
public:
    /// `select` is one SELECT without placeholders, a WITH before it and a semicolon after it
    /// allowed. What is anything else is refused: nothing is ever written.
    RowStream(Source source, ConnectionOptions options, QString select);
    ~RowStream();
    RowStream(const RowStream &) = delete;
    RowStream &operator=(const RowStream &) = delete;

    /// Runs the statement and tells its columns. The errors of checkSql(), and Constraint with the
    /// database's words for a faulty statement.
    QFuture<Result<QStringList>> open();

    /// At most `count` of the next rows; fewer at the end only. NULL is a null QVariant.
    QFuture<Result<QList<QVariantList>>> next(int count);

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace edgewise::store
