// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThread>

#include <functional>
#include <memory>

namespace edgewise::store {

/// A thread that does one piece of work after the other and answers by futures: what a QSqlDatabase
/// needs, which belongs to the thread that opened it. Must not be destroyed on its own thread.
class WorkThread {
public:
    /// `atEnd` runs on the thread, after the last piece of work: there databases are closed.
    WorkThread(const QString &name, std::function<void()> atEnd)
    {
        m_context.moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, &m_context, std::move(atEnd),
                         Qt::DirectConnection);
        m_thread.setObjectName(name);
        m_thread.start();
    }
    /// Lets the running piece of work end; the futures of those that wait are cancelled.
    ~WorkThread() { end(); }
    WorkThread(const WorkThread &) = delete;
    WorkThread &operator=(const WorkThread &) = delete;

    void end()
    {
        m_thread.quit();
        m_thread.wait();
    }

    /// `work()` on the thread, after what was asked for before. From any thread.
    template <typename Work>
    auto run(Work work) -> QFuture<decltype(work())>
    {
        using Answer = decltype(work());
        auto promise = std::make_shared<QPromise<Answer>>();
        promise->start();
        QFuture<Answer> future = promise->future();
        QMetaObject::invokeMethod(
            &m_context,
            [promise, work = std::move(work)] {
                promise->addResult(work());
                promise->finish();
            },
            Qt::QueuedConnection);
        return future;
    }

private:
    QObject m_context;
    QThread m_thread;
};

} // namespace edgewise::store
