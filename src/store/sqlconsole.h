// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/clock.h>
#include <store/connection.h>
#include <store/sqlrun.h>

namespace edgewise::store {

/// Runs what a person types against one source, on a thread and connection of its own, so that a
/// long statement delays nothing else. Methods may be called from any thread and return at once.
class SqlConsole {
public:
    /// `clock` must outlive the console. Writes are refused unless `options` let them pass and the
    /// request does.
    SqlConsole(Source source, ConnectionOptions options, const Clock &clock);
    /// Cancels, and waits for what cannot be cancelled.
    ~SqlConsole();
    SqlConsole(const SqlConsole &) = delete;
    SqlConsole &operator=(const SqlConsole &) = delete;

    const Source &source() const;

    /// At most `rowLimit` rows, or 100,000 where it is 0. Cancelled after cancel().
    QFuture<Result<SqlTable>> run(SqlRequest request);
    QFuture<Result<QStringList>> plan(QString sql);

    /// Ends what runs: on a node the request is given up at once, on a file before its next row.
    void cancel();

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace edgewise::store
