// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/value.h>

#include <QList>

#include <optional>
#include <utility>
#include <variant>
#include <vector>

/// What a client asks, as values (sqld: docs/HRANA_3_SPEC.md).
namespace edgewise::hrana {

struct Statement {
    QString sql; ///< exactly one statement: the server may drop a faulty second one without a word
    QList<Value> arguments; ///< for `?` and `?NNN`, by number
    /// For `:name`, `@name` and `$name`, prefix included. Never together with `arguments`.
    QList<std::pair<QString, Value>> namedArguments;
    /// A replica waits until it has applied this frame of its log; a primary does not look at it.
    std::optional<quint64> replicationIndex = {};
};

/// When a step of a batch runs. A step that was skipped counts as failed.
struct Condition {
    enum class Kind { Always, StepOk, StepFailed, InTransaction };
    Kind kind = Kind::Always;
    int step = 0; ///< an earlier one
};

struct BatchStep {
    Statement statement;
    Condition condition;
};

struct Batch {
    std::vector<BatchStep> steps;
    std::optional<quint64> replicationIndex = {}; ///< as of a statement
};

struct Execute {
    Statement statement;
};
struct RunBatch {
    Batch batch;
};
struct Describe {
    QString sql;
};
struct GetAutocommit {};
struct CloseStream {};

using Request = std::variant<Execute, RunBatch, Describe, GetAutocommit, CloseStream>;

/// The body of a pipeline. Requests after a failed one run all the same: statements that depend on
/// each other belong into a batch.
struct Pipeline {
    QByteArray baton; ///< of an open stream; empty opens one
    std::vector<Request> requests;
};

} // namespace edgewise::hrana
