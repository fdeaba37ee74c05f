// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evaluation/population.h>
#include <evaluation/progress.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace edgewise::evaluation {

/// Works through a population on all cores and merges what comes out in the order of the stream,
/// so that the result does not depend on the threads. `makeWorker()` gives each thread a callable
/// that turns a batch into a Part; `merge(part)` is called by one thread at a time. False when it
/// was cancelled.
template <typename Part, typename MakeWorker, typename Merge>
bool forEachBatch(Population &population, Progress &progress, MakeWorker makeWorker, Merge merge)
{
    const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    const size_t waitingLimit = size_t(threads) * 4;
    std::mutex mutex;
    std::condition_variable merged;
    std::map<qint64, Part> waiting; ///< parts whose predecessors are not merged yet
    qint64 nextNumber = 0;

    const auto work = [&] {
        auto worker = makeWorker();
        Batch batch;
        while (!progress.isCancelled && population.next(batch)) {
            Part part = worker(batch);
            progress.done += qint64(batch.entities().size());
            std::unique_lock lock(mutex);
            // A thread that is far ahead waits for the slow one, or parts would pile up.
            merged.wait(lock, [&] {
                return batch.number == nextNumber || waiting.size() < waitingLimit
                       || progress.isCancelled;
            });
            waiting.emplace(batch.number, std::move(part));
            while (!waiting.empty() && waiting.begin()->first == nextNumber) {
                merge(std::move(waiting.begin()->second));
                waiting.erase(waiting.begin());
                ++nextNumber;
            }
            merged.notify_all();
        }
        merged.notify_all();
    };
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads; ++i)
        others.emplace_back(work);
    work();
    for (std::thread &thread : others)
        thread.join();
    return !progress.isCancelled;
}

} // namespace edgewise::evaluation
