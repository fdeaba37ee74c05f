// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/value.h>

#include <QStringList>

#include <optional>
#include <variant>
#include <vector>

/// What a server answers, as values (sqld: docs/HRANA_3_SPEC.md).
namespace edgewise::hrana {

/// A statement or a request that the server refused, in its own words.
struct SqlError {
    QString message;
    QString code; ///< "SQLITE_CONSTRAINT", "SQL_PARSE_ERROR"…; through a replica "PROXY_ERROR"
    friend bool operator==(const SqlError &, const SqlError &) = default;
};

struct Column {
    QString name;
    QString declaredType; ///< as in CREATE TABLE; empty for expressions
    friend bool operator==(const Column &, const Column &) = default;
};

struct StatementResult {
    std::vector<Column> columns;
    std::vector<Value> cells; ///< row after row, columns.size() each
    /// 0 for everything but INSERT, UPDATE, DELETE and REPLACE.
    qint64 affectedRows = 0;
    /// The connection's last, so it is stale when an INSERT inserted nothing.
    std::optional<qint64> lastInsertRowId;
    /// The node's newest index when the request ended; none in a step of a batch.
    std::optional<quint64> replicationIndex;
    /// A replica did not answer itself but asked its primary: so it does with every request while it
    /// loads its first copy (sqld: connection/write_proxy.rs, should_proxy). Rows and index are the
    /// primary's then. sqld tells by a duration of nought.
    bool forwarded = false;

    qsizetype rowCount() const
    {
        return columns.empty() ? 0 : qsizetype(cells.size() / columns.size());
    }
};

/// Of each step: a result, an error, or neither when it was skipped.
struct BatchAnswer {
    std::vector<std::optional<StatementResult>> results;
    std::vector<std::optional<SqlError>> errors;
    std::optional<quint64> replicationIndex;
};

struct DescribeAnswer {
    std::vector<QString> parameters; ///< by number; empty for `?`
    std::vector<Column> columns;
    bool readOnly = false;
};

struct AutocommitAnswer {
    bool autocommit = true;
};
struct ClosedAnswer {};

using Answer = std::variant<SqlError, StatementResult, BatchAnswer, DescribeAnswer,
                            AutocommitAnswer, ClosedAnswer>;

struct PipelineAnswer {
    QByteArray baton;            ///< empty when the server closed the stream
    std::vector<Answer> answers; ///< one a request, in order
};

} // namespace edgewise::hrana
