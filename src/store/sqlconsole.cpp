// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/sqlconsole.h>

#include <store/database.h>
#include <store/workthread.h>

#include <QMutex>
#include <QSqlDriver>

#include <atomic>

namespace edgewise::store {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostRows = 100'000;

} // namespace

class SqlConsole::Worker {
public:
    Worker(Source source, ConnectionOptions options, const Clock &clock)
        : m_source(std::move(source)), m_options(std::move(options)), m_clock(clock),
          m_thread(u"sql"_qs, [this] { close(); })
    {
    }
    ~Worker()
    {
        cancel();
        m_thread.end();
    }

    const Source &source() const { return m_source; }

    template <typename Work>
    auto run(Work work)
    {
        const int turn = m_turn.load();
        return m_thread.run([this, turn, work = std::move(work)] { return work(*this, turn); });
    }

    Result<SqlTable> table(const SqlRequest &request, int turn)
    {
        if (auto allowed = checkSql(request.sql, request.allowWrite && !m_options.readOnly);
            !allowed)
            return allowed.error();
        return with(request.allowWrite, turn, [&](Database &database) -> Result<SqlTable> {
            SqlTable table;
            const qint64 before = m_clock.steadyNanoseconds();
            SqlRequest bounded = request;
            bounded.rowLimit =
                request.rowLimit > 0 ? std::min(request.rowLimit, mostRows) : mostRows;
            auto summary = runSql(
                database, bounded,
                [&](const QStringList &, const QVariantList &row) {
                    table.rows.append(row);
                    return !isCancelled(turn);
                },
                step());
            if (!summary)
                return summary.error();
            table.summary = *std::move(summary);
            table.nanoseconds = m_clock.steadyNanoseconds() - before;
            return table;
        });
    }

    Result<QStringList> plan(const QString &sql, int turn)
    {
        return with(false, turn,
                    [&](Database &database) { return explainPlan(database, sql, step()); });
    }

    void cancel()
    {
        ++m_turn;
        const QMutexLocker lock(&m_mutex);
        if (m_database)
            m_database->handle().driver()->cancelQuery(); // the one call that threads share
    }

private:
    QString step() const { return u"running the statement on "_qs + m_source.text; }
    bool isCancelled(int turn) const { return turn != m_turn.load(); }

    /// Opened for each statement: a file's copy would grow old, and a node's stream is let go.
    template <typename Use>
    auto with(bool write, int turn, Use use) -> decltype(use(std::declval<Database &>()))
    {
        const Error cancelled{
            .kind = Error::Kind::Cancelled, .step = step(), .detail = u"it was cancelled"_qs};
        if (isCancelled(turn))
            return cancelled;
        auto opened = Database::open(m_source, m_options,
                                     write ? Database::Access::Write : Database::Access::Read);
        if (!opened)
            return opened.error();
        {
            const QMutexLocker lock(&m_mutex);
            m_database = std::move(*opened);
        }
        auto answer = use(*m_database);
        close();
        if (isCancelled(turn))
            return cancelled;
        return answer;
    }

    void close()
    {
        std::unique_ptr<Database> ended;
        const QMutexLocker lock(&m_mutex);
        ended = std::move(m_database);
        ended.reset();
    }

    const Source m_source;
    const ConnectionOptions m_options;
    const Clock &m_clock;
    std::atomic<int> m_turn = 0;
    QMutex m_mutex; ///< guards the pointer, for cancel()
    std::unique_ptr<Database> m_database;
    WorkThread m_thread;
};

SqlConsole::SqlConsole(Source source, ConnectionOptions options, const Clock &clock)
    : m_worker(std::make_unique<Worker>(std::move(source), std::move(options), clock))
{
}

SqlConsole::~SqlConsole() = default;

const Source &SqlConsole::source() const
{
    return m_worker->source();
}

QFuture<Result<SqlTable>> SqlConsole::run(SqlRequest request)
{
    return m_worker->run([request = std::move(request)](Worker &worker, int turn) {
        return worker.table(request, turn);
    });
}

QFuture<Result<QStringList>> SqlConsole::plan(QString sql)
{
    return m_worker->run(
        [sql = std::move(sql)](Worker &worker, int turn) { return worker.plan(sql, turn); });
}

void SqlConsole::cancel()
{
    m_worker->cancel();
}

} // namespace edgewise::store
