// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/progress.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace edgewise::cli {

/// How far a computation is, on one line of standard error that goes again with this object. Only
/// where standard error is a terminal: a log gets nothing.
class ProgressLine {
public:
    /// `progress` must outlive this object; `total` where it is known.
    ProgressLine(const evaluation::Progress &progress, std::optional<qint64> total);
    ~ProgressLine();
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

private:
    void run();

    const evaluation::Progress &m_progress;
    const std::optional<qint64> m_total;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isDone = false;
    std::thread m_thread;
};

} // namespace edgewise::cli
