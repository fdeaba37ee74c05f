// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/error.h>

#include <deque>
#include <optional>

/// What the questions to one node showed, as values. Times: steady clock, nanoseconds.
namespace edgewise::replication {

/// Answers in a row that said the same.
struct Stretch {
    qint64 since = 0;             ///< the first of them
    qint64 at = 0;                ///< the last of them
    std::optional<Error> failure; ///< no answer; the index is then meaningless
    std::optional<quint64> index; ///< none while the log is empty
};

/// What one Hello told: of a primary its own log, of a replica that of its primary, to which it
/// passes the question on.
struct LogSample {
    qint64 at = 0;
    std::optional<Error> failure;
    QString logId;
    std::optional<quint64> primaryIndex;
    qint64 askedAt = 0;
};

/// Whether a node's rows equal the primary's, found by comparing them at one exact position.
struct ContentCheck {
    QString logId;
    quint64 index = 0;
    bool equal = true;
    QString difference; ///< in words, for instance "table flags: 2 rows differ"
    QString table = {}; ///< the one that was compared; empty: all
};

class History {
public:
    void addAnswer(std::optional<quint64> index, qint64 at);
    void addFailure(const Error &error, qint64 at);
    void addLog(const LogSample &sample);

    bool isEmpty() const { return m_stretches.empty(); }
    /// Only where !isEmpty().
    const Stretch &newest() const { return m_stretches.back(); }
    /// Newest Hello, whatever it said.
    const std::optional<LogSample> &newestLog() const { return m_newestLog; }
    /// When the first question of those that failed in a row left; none after an answer.
    std::optional<qint64> logFailingSince() const { return m_logFailingSince; }
    /// The log that the newest successful Hello named; empty when none has.
    QString logId() const;
    /// True when the last two successful ones named the same, or there was only one.
    bool isLogSettled() const;

private:
    std::deque<Stretch> m_stretches;
    std::deque<LogSample> m_logs; ///< the last successful ones
    std::optional<LogSample> m_newestLog;
    std::optional<qint64> m_logFailingSince;
};

} // namespace edgewise::replication
