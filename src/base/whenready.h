// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace edgewise {

/// Calls `callback` with the future's result on the thread of `context`, from its event loop, once
/// it is there; never after `context` is gone, and never for a future that was cancelled. Called on
/// the thread of `context`.
///
/// Takes the place of QFuture::then(context, …), which in Qt 6.4 asserts when the context dies
/// before the future finishes (qfuture_impl.h, Continuation::create).
template <typename T, typename Callback>
void whenReady(const QFuture<T> &future, QObject *context, Callback callback)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, callback = std::move(callback)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             callback(watcher->result());
                     });
    watcher->setFuture(future);
}

} // namespace edgewise
