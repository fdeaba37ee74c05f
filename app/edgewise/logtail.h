// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>
#include <QStringList>

namespace edgewise {

/// The newest lines of the log, for diagnostics; they go on to where they went before. Qt has one
/// message handler for the whole program, so there is one of these, made by main().
class LogTail {
public:
    LogTail();
    ~LogTail();
    LogTail(const LogTail &) = delete;
    LogTail &operator=(const LogTail &) = delete;

    /// The oldest first; from any thread.
    QStringList lines() const;

private:
    static void take(QtMsgType type, const QMessageLogContext &context, const QString &message);

    mutable QMutex m_mutex; ///< guards m_lines, which every thread that logs appends to
    QStringList m_lines;
    QtMessageHandler m_before;
};

} // namespace edgewise
