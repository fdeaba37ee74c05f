// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <hrana/answer.h>
#include <hrana/statement.h>

#include <memory>
#include <variant>

namespace edgewise::hrana {

// The entries of a cursor's answer, one a line.
struct StepBegin {
    int step = 0;
    std::vector<Column> columns;
};
struct StepEnd {
    qint64 affectedRows = 0;
    std::optional<qint64> lastInsertRowId;
};
struct StepFailed {
    int step = 0;
    SqlError error;
};
struct CursorRow {
    std::vector<Value> cells;
};
/// The whole batch failed.
struct CursorFailed {
    SqlError error;
};
/// The last entry: an answer without it was cut off.
struct CursorIndex {
    std::optional<quint64> replicationIndex;
};
using CursorEntry =
    std::variant<StepBegin, StepEnd, StepFailed, CursorRow, CursorFailed, CursorIndex>;

/// Reads the JSON of Hrana 3. Keeps its buffers between calls, so one decoder serves one
/// connection. Whatever the bytes are, the answer is a value or a Protocol error, and takes memory
/// in proportion to them; unknown fields are passed over.
class Decoder {
public:
    Decoder();
    ~Decoder();

    /// The answers are as many as `asked` and of the kinds asked for (or SqlError), each row has a
    /// cell a column, each batch an entry a step. `body` may grow in capacity: the parser wants
    /// spare bytes behind the text.
    Result<PipelineAnswer> pipeline(QByteArray &body, const std::vector<Request> &asked);

    /// The first line of a cursor's answer: the baton that the stream goes on with.
    Result<QByteArray> cursorBaton(QByteArray &line);
    /// Every further line, whole. A row's width is for the caller to check.
    Result<CursorEntry> cursorEntry(QByteArray &line);

    /// The body of an HTTP error: {"message","code"}, {"error"} or plain text.
    SqlError refusal(QByteArray &body);

private:
    class Parser;
    std::unique_ptr<Parser> m_parser;
};

} // namespace edgewise::hrana
