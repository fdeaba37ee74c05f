// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/snapshotreader.h>

#include <sqldriver/batch.h>
#include <store/snapshotbuilder.h>

#include <QSqlQuery>
#include <QtConcurrentRun>

#include <algorithm>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using sqldriver::BatchResult;

namespace {

constexpr int passes = 4; ///< readings of a node whose index moves, before it counts as in flight
constexpr int logMilliseconds = 500; ///< a replica whose primary is paused never answers
constexpr int firstPageRows = 200;
constexpr int firstRowsAfterFailure = 20;
constexpr qint64 pageBytes = 3'000'000; ///< the server refuses answers over 10 MB
constexpr qint64 mostPageRows = 50'000;
constexpr qint64 bytesOfSmallValue = 32; ///< about what a value costs in an answer beside its text

/// Before the first row: row numbers may be negative.
constexpr qint64 beforeAll = std::numeric_limits<qint64>::min();

bool isBadText(const QSqlError &error)
{
    return error.text().contains(u"utf-8", Qt::CaseInsensitive);
}

qint64 sizeOf(const QVariantList &row)
{
    qint64 size = 0;
    for (const QVariant &value : row) {
        size += bytesOfSmallValue;
        if (value.userType() == QMetaType::QString)
            size += static_cast<const QString *>(value.constData())->size();
    }
    return size;
}

Error badText(const QString &step, Table table, const QString &where)
{
    return {.kind = Error::Kind::Input,
            .step = step,
            .detail = u"table \""_qs + tableName(table) + u"\" holds a text that is not UTF-8"_qs
                      + where
                      + u"; no Flipt on libSQL can read it either: repair or delete that row"_qs};
}

sqldriver::BatchStatement page(Table table, const Layout &layout, qint64 after, qint64 limit)
{
    return {.sql = selectOf(table, layout) + u" WHERE rowid > ? ORDER BY rowid LIMIT ?"_qs,
            .arguments = {after, limit}};
}

} // namespace

/// Takes pages in on a thread of the pool while the next one is on its way.
class SnapshotReader::PageTaker {
public:
    explicit PageTaker(SnapshotRows &rows) : m_rows(rows) {}
    ~PageTaker() { finish(); }

    void take(Table table, QList<QVariantList> rows)
    {
        finish();
        m_taking = QtConcurrent::run([this, table, rows = std::move(rows)] {
            for (const QVariantList &row : rows)
                m_rows.add(table, row);
        });
    }
    /// Once this has returned the rows hold all that was taken.
    void finish() { m_taking.waitForFinished(); }

private:
    SnapshotRows &m_rows;
    QFuture<void> m_taking;
};

SnapshotReader::SnapshotReader(Database &database, QString node, const Clock &clock)
    : m_database(database), m_node(std::move(node)), m_clock(clock)
{
}

Result<Reading> SnapshotReader::read(const flags::Snapshot &previous)
{
    std::optional<Pass> pass;
    for (int i = 0; i < passes && (!pass || !pass->exact); ++i) {
        auto next = m_database.isNode() ? readNode() : readFile();
        if (!next)
            return next.error();
        pass = std::move(*next);
    }

    Reading reading;
    for (int i = 0; i < tableCount; ++i)
        reading.rowCounts.insert(tableName(Table(i)), pass->rows.count(Table(i)));
    reading.schema = pass->layout.schema;
    reading.snapshot = buildSnapshot(pass->rows, previous);
    reading.problems = std::move(pass->rows.problems);
    reading.origin = {.node = m_node,
                      .replicationIndex = pass->index,
                      .logId = pass->logId,
                      .exact = pass->exact,
                      .readAt = m_clock.wallNanoseconds()};
    return reading;
}

QString SnapshotReader::stepOf(Table table) const
{
    return u"reading table \""_qs + tableName(table) + u"\" of "_qs + m_node;
}

Result<SnapshotReader::Pass> SnapshotReader::readFile()
{
    const QString step = u"reading "_qs + m_node;
    QSqlDatabase &handle = m_database.handle();
    if (!handle.transaction())
        return toError(handle.lastError(), step);
    Pass pass;
    const auto readAll = [&]() -> Result<void> {
        auto layout = readLayout(handle, step);
        if (!layout)
            return layout.error();
        pass.layout = std::move(*layout);
        if (!pass.layout.schema.readable())
            return schemaError(pass.layout.schema, step);
        for (int i = 0; i < tableCount; ++i) {
            if (auto read = readFileTable(Table(i), pass); !read)
                return read;
        }
        return {};
    };
    const Result<void> read = readAll();
    handle.rollback();
    if (!read)
        return read.error();
    return pass;
}

Result<void> SnapshotReader::readFileTable(Table table, Pass &pass)
{
    const QString select = selectOf(table, pass.layout);
    if (select.isEmpty())
        return {};
    QSqlQuery query(m_database.handle());
    query.setForwardOnly(true);
    if (!query.exec(select))
        return toError(query.lastError(), stepOf(table));
    const int columns = int(tableColumns(table).size()) + 1;
    while (query.next()) {
        QVariantList row;
        row.reserve(columns);
        bool isSuspect = false;
        for (int i = 0; i < columns; ++i) {
            row.append(query.value(i));
            if (row.last().userType() == QMetaType::QString)
                isSuspect |= static_cast<const QString *>(row.last().constData())
                                 ->contains(QChar::ReplacementCharacter);
        }
        if (isSuspect) {
            if (auto checked = checkFileText(table, select, row); !checked)
                return checked;
        }
        pass.rows.add(table, row);
    }
    if (query.lastError().isValid())
        return toError(query.lastError(), stepOf(table));
    return {};
}

Result<void> SnapshotReader::checkFileText(Table table, const QString &select,
                                           const QVariantList &row)
{
    // SQLite replaces broken bytes by U+FFFD on the way out; the bytes tell them from a real one.
    const QStringList columns = tableColumns(table);
    for (qsizetype i = 1; i < row.size(); ++i) {
        if (row[i].userType() != QMetaType::QString)
            continue;
        QSqlQuery query(m_database.handle());
        query.prepare(u"SELECT CAST("_qs + quoted(columns[i - 1]) + u" AS BLOB) FROM ("_qs + select
                      + u") WHERE rowid = ?"_qs);
        query.addBindValue(row.first());
        if (!query.exec() || !query.next())
            return toError(query.lastError(), stepOf(table));
        if (query.value(0).toByteArray() != row[i].toString().toUtf8())
            return badText(stepOf(table), table,
                           u" (row "_qs + row.first().toString() + u", column \""_qs
                               + columns[i - 1] + u"\")"_qs);
    }
    return {};
}

Result<SnapshotReader::Pass> SnapshotReader::readNode()
{
    const QString step = u"reading "_qs + m_node;
    Pass pass;
    pass.logId = sqldriver::logId(m_database.handle(), logMilliseconds);
    auto before = position();
    if (!before)
        return before.error();
    pass.index = *before;

    auto layout = readLayout(m_database.handle(), step);
    if (!layout)
        return layout.error();
    pass.layout = std::move(*layout);
    if (!pass.layout.schema.readable())
        return schemaError(pass.layout.schema, step);

    PageTaker taker(pass.rows);
    std::array<std::optional<qint64>, tableCount> open;
    if (auto read = readFirstPages(pass, taker, open); !read)
        return read.error();
    for (int i = 0; i < tableCount; ++i) {
        if (!open[size_t(i)])
            continue;
        if (auto read = readPages(Table(i), *open[size_t(i)], pass, taker); !read)
            return read.error();
    }

    auto after = position();
    if (!after)
        return after.error();
    note(pass, *after);
    // A primary that was killed goes on in a new log, whose indexes begin anew.
    if (!pass.logId.isEmpty()
        && sqldriver::logId(m_database.handle(), logMilliseconds) != pass.logId)
        pass.exact = false;
    taker.finish(); // before the pass moves
    return pass;
}

Result<void> SnapshotReader::readFirstPages(Pass &pass, PageTaker &taker,
                                            std::array<std::optional<qint64>, tableCount> &open)
{
    QList<sqldriver::BatchStatement> statements;
    QList<Table> tables;
    for (int i = 0; i < tableCount; ++i) {
        if (selectOf(Table(i), pass.layout).isEmpty())
            continue;
        tables.append(Table(i));
        statements.append(page(Table(i), pass.layout, beforeAll, firstPageRows));
    }
    BatchResult result = readOwn(m_database.handle(), statements);
    if (result.outcome != BatchResult::Outcome::Done) {
        if (!isResponseTooLarge(result.error) && !isBadText(result.error))
            return toError(result.error, u"reading "_qs + m_node);
        for (const Table table : tables)
            open[size_t(table)] = beforeAll;
        return {};
    }
    note(pass, result.replicationIndex);
    for (qsizetype i = 0; i < tables.size(); ++i) {
        QList<QVariantList> rows = std::move(result.results[i].rows);
        if (rows.size() == firstPageRows)
            open[size_t(tables[i])] = rows.constLast().constFirst().toLongLong();
        taker.take(tables[i], std::move(rows));
    }
    return {};
}

Result<void> SnapshotReader::readPages(Table table, qint64 after, Pass &pass, PageTaker &taker)
{
    qint64 limit = after == beforeAll ? firstRowsAfterFailure : qint64(firstPageRows) * 10;
    while (true) {
        BatchResult result = readOwn(m_database.handle(), {page(table, pass.layout, after, limit)});
        if (result.outcome != BatchResult::Outcome::Done) {
            if (isResponseTooLarge(result.error) && limit > 1) {
                limit = std::max<qint64>(1, limit / 8);
                continue;
            }
            if (isBadText(result.error))
                return badText(stepOf(table), table, {});
            return toError(result.error, stepOf(table));
        }
        note(pass, result.replicationIndex);
        QList<QVariantList> rows = std::move(result.results.first().rows);
        const bool isLast = rows.size() < limit;
        if (!isLast) {
            qint64 bytes = 1;
            for (const QVariantList &row : std::as_const(rows))
                bytes += sizeOf(row);
            after = rows.constLast().constFirst().toLongLong();
            limit = std::clamp<qint64>(pageBytes * rows.size() / bytes, 1, mostPageRows);
        }
        taker.take(table, std::move(rows));
        if (isLast)
            return {};
    }
}

Result<std::optional<quint64>> SnapshotReader::position()
{
    const BatchResult result =
        readOwn(m_database.handle(), {{.sql = u"SELECT 1"_qs, .arguments = {}}});
    if (result.outcome != BatchResult::Outcome::Done)
        return toError(result.error, u"asking "_qs + m_node + u" for its position"_qs);
    return result.replicationIndex;
}

void SnapshotReader::note(Pass &pass, std::optional<quint64> index) const
{
    if (index == pass.index)
        return;
    pass.exact = false;
    pass.index = index;
}

} // namespace edgewise::store
