// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/connection.h>

#include <sqldriver/batch.h>
#include <store/database.h>
#include <store/layout.h>
#include <store/noderole.h>
#include <store/rowpages.h>
#include <store/savewriter.h>
#include <store/schemacreation.h>
#include <store/snapshotreader.h>
#include <store/workthread.h>

#include <QFileInfo>

namespace edgewise::store {

using namespace Qt::StringLiterals;

/// What lives on the connection's thread; `run` is the only member that other threads may call.
class Connection::Worker {
public:
    Worker(Source source, ConnectionOptions options, const Clock &clock)
        : m_source(std::move(source)), m_options(std::move(options)), m_clock(clock),
          m_saver([this](bool fresh) { return writing(fresh); }, m_source.text,
                  m_options.deadlineMilliseconds, m_clock, randomId),
          m_thread(u"store"_qs, [this] {
              m_reader.reset();
              m_writer.reset();
          })
    {
    }

    const Source &source() const { return m_source; }
    const Clock &clock() const { return m_clock; }

    /// `work` gives a Result and runs on the thread, after what was asked for before.
    template <typename Work>
    auto run(Work work) -> QFuture<decltype(work(std::declval<Worker &>()))>
    {
        return m_thread.run([this, work = std::move(work)] { return work(*this); });
    }

    /// Calls `use` with a database that is open for reading. A node's stays open; a file is opened
    /// each time, because the copy of one that nobody has open would grow old.
    template <typename Use>
    auto reading(Use use) -> decltype(use(std::declval<Database &>()))
    {
        if (!m_reader) {
            auto opened = open(Database::Access::Read);
            if (!opened)
                return opened.error();
            m_reader = std::move(*opened);
        }
        auto answer = use(*m_reader);
        if (!m_reader->isNode() || (!answer && answer.error().kind == Error::Kind::Network))
            m_reader.reset();
        return answer;
    }

    Result<std::unique_ptr<Database>> open(Database::Access access) const
    {
        if (access != Database::Access::Read && m_options.readOnly)
            return Error{.kind = Error::Kind::ReadOnly,
                         .step = u"opening "_qs + m_source.text,
                         .detail = u"this connection is read-only; unlock it to write"_qs};
        return Database::open(m_source, m_options, access);
    }

    /// The save's connection, kept open on a node; a file is opened for each save.
    Result<Database *> writing(bool fresh)
    {
        if (m_writer && !fresh && m_writer->isNode())
            return m_writer.get();
        m_writer.reset();
        auto opened = open(Database::Access::Write);
        if (!opened)
            return opened.error();
        if (auto checked = checkRole(**opened); !checked)
            return checked.error();
        m_writer = std::move(*opened);
        return m_writer.get();
    }

    /// Whether saves may be sent here; one question a connection.
    Result<void> checkRole(Database &database) const
    {
        if (!database.isNode() || m_options.throughReplica)
            return {};
        return refuseReplica(database.handle(), m_source.text, m_options.primaryAddress);
    }

    /// Calls `use` with the writer, which remembers a save whose outcome is not known.
    template <typename Use>
    Result<Receipt> saving(Use use)
    {
        auto receipt = use(m_saver);
        if (m_writer && (!m_writer->isNode() || !receipt))
            m_writer.reset();
        return receipt;
    }

    bool isMissingFile() const
    {
        return m_source.kind == Source::Kind::File && !QFileInfo::exists(m_source.path);
    }

private:
    const Source m_source;
    const ConnectionOptions m_options;
    const Clock &m_clock;
    std::unique_ptr<Database> m_reader; ///< used on m_thread alone, as is the next
    std::unique_ptr<Database> m_writer;
    SaveWriter m_saver;
    WorkThread m_thread;
};

Connection::Connection(Source source, ConnectionOptions options, const Clock &clock)
    : m_worker(std::make_unique<Worker>(std::move(source), std::move(options), clock))
{
}

Connection::~Connection() = default;

const Source &Connection::source() const
{
    return m_worker->source();
}

QFuture<Result<SchemaState>> Connection::schema()
{
    return m_worker->run([](Worker &worker) -> Result<SchemaState> {
        if (worker.isMissingFile())
            return SchemaState{};
        return worker.reading([&](Database &database) -> Result<SchemaState> {
            auto layout =
                readLayout(database.handle(), u"reading the schema of "_qs + worker.source().text);
            if (!layout)
                return layout.error();
            return layout->schema;
        });
    });
}

QFuture<Result<void>> Connection::initialise()
{
    return m_worker->run([](Worker &worker) -> Result<void> {
        auto database = worker.open(Database::Access::Create);
        if (!database)
            return database.error();
        if (auto checked = worker.checkRole(**database); !checked)
            return checked;
        return createSchema((*database)->handle(),
                            u"creating Flipt's schema in "_qs + worker.source().text);
    });
}

QFuture<Result<Reading>> Connection::read(flags::Snapshot previous)
{
    return m_worker->run([previous = std::move(previous)](Worker &worker) -> Result<Reading> {
        return worker.reading([&](Database &database) {
            return SnapshotReader(database, worker.source().text, worker.clock()).read(previous);
        });
    });
}

QFuture<Result<std::optional<quint64>>> Connection::position()
{
    return m_worker->run([](Worker &worker) -> Result<std::optional<quint64>> {
        if (worker.source().kind != Source::Kind::Node)
            return std::optional<quint64>();
        return worker.reading([&](Database &database) -> Result<std::optional<quint64>> {
            const sqldriver::BatchResult result =
                readOwn(database.handle(), {{.sql = u"SELECT 1"_qs, .arguments = {}}});
            if (result.outcome != sqldriver::BatchResult::Outcome::Done)
                return toError(result.error,
                               u"asking "_qs + worker.source().text + u" for its position"_qs);
            return result.replicationIndex;
        });
    });
}

QFuture<Result<Receipt>> Connection::write(changes::ChangeSet changes, flags::Snapshot base)
{
    return m_worker->run([changes = std::move(changes), base = std::move(base)](Worker &worker) {
        return worker.saving([&](SaveWriter &saver) { return saver.write(changes, base); });
    });
}

QFuture<Result<Receipt>> Connection::resolve()
{
    return m_worker->run([](Worker &worker) {
        return worker.saving([](SaveWriter &saver) { return saver.resolveOpen(); });
    });
}

Result<QStringList> Connection::preview(const changes::ChangeSet &changes,
                                        const flags::Snapshot &base)
{
    const SystemClock clock;
    auto plan = planWrite(changes, base, clock.wallNanoseconds(), randomId);
    if (!plan)
        return plan.error();
    return statementTexts(*plan);
}

QFuture<Result<QList<TableInfo>>> Connection::tables()
{
    return m_worker->run([](Worker &worker) {
        return worker.reading([&](Database &database) {
            return readTables(database.handle(),
                              u"listing the tables of "_qs + worker.source().text);
        });
    });
}

QFuture<Result<RowPage>> Connection::rows(RowRequest request)
{
    return m_worker->run([request = std::move(request)](Worker &worker) {
        return worker.reading([&](Database &database) {
            return readRowPage(database.handle(), request,
                               u"reading table \""_qs + request.table.name + u"\" of "_qs
                                   + worker.source().text);
        });
    });
}

} // namespace edgewise::store
