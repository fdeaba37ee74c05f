// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/whenready.h>
#include <evaluation/progress.h>

#include <QtConcurrentRun>
#include <QThreadPool>

#include <memory>

namespace edgewise::models {

/// How far a job is.
struct JobProgress : evaluation::Progress {
    std::atomic<qint64> expected = -1; ///< entities in all its passes; -1 while not known
    std::atomic<qint64> bytesDone = 0;
    std::atomic<qint64> bytesExpected = -1; ///< of a file, where entities are not known beforehand

    /// 0 to 1; -1 while it cannot be said.
    double fraction() const
    {
        if (bytesExpected > 0)
            return std::min(1.0, double(bytesDone) / double(bytesExpected));
        return expected > 0 ? std::min(1.0, double(done) / double(expected)) : -1;
    }
};

/// Work on a thread of its own of which only the latest counts: starting another one cancels the
/// older, whose result is never delivered. A member of the object that it works for; GUI thread.
template <typename T>
class LatestJob {
public:
    LatestJob() { m_pool.setMaxThreadCount(2); }
    ~LatestJob() { cancel(); }
    LatestJob(const LatestJob &) = delete;
    LatestJob &operator=(const LatestJob &) = delete;

    /// `work(std::shared_ptr<JobProgress>)` gives a T and ends soon after it was cancelled;
    /// `done(const T &)` is called from the event loop, unless `context` has gone.
    template <typename Work, typename Done>
    void start(QObject *context, Work work, Done done)
    {
        cancel();
        auto progress = std::make_shared<JobProgress>();
        m_progress = progress;
        const QFuture<T> future = QtConcurrent::run(
            &m_pool, [work = std::move(work), progress] { return work(progress); });
        whenReady(future, context, [this, progress, done = std::move(done)](const T &result) {
            if (m_progress != progress)
                return;
            m_progress.reset();
            done(result);
        });
    }

    void cancel()
    {
        if (m_progress)
            m_progress->isCancelled = true;
        m_progress.reset();
    }

    bool isRunning() const { return m_progress != nullptr; }
    /// Null when nothing runs.
    const JobProgress *progress() const { return m_progress.get(); }

private:
    QThreadPool m_pool; ///< its end waits for what was cancelled, which is a batch at most
    std::shared_ptr<JobProgress> m_progress;
};

} // namespace edgewise::models
