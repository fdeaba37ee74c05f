// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QByteArray>

#include <optional>

namespace edgewise::cli {

/// Lines of a file or pipe in constant memory: a line longer than the limit is skipped to its end
/// and reported as too long. Blocks in read(2).
class LineReader {
public:
    struct Line {
        QByteArrayView text;  ///< without its line break; valid until the next call
        bool tooLong = false; ///< `text` is empty then
    };

    /// Reads from `descriptor`, which stays the caller's. `limit` in bytes of one line.
    explicit LineReader(int descriptor, qsizetype limit = 64 << 20);

    /// The next line, the last one with or without its break; nothing at the end.
    Result<std::optional<Line>> next();
    /// A whole line is here already, so that next() does not wait.
    bool hasBufferedLine() const;

private:
    Result<bool> fill();

    int m_descriptor;
    qsizetype m_limit;
    QByteArray m_buffer;
    qsizetype m_begin = 0;   // of the line being looked for
    qsizetype m_scanned = 0; // no line break before here
    bool m_atEnd = false;
};

} // namespace edgewise::cli
