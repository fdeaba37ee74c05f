// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/filecomparison.h>

#include <store/connection.h>
#include <store/database.h>
#include <store/flipttables.h>
#include <store/rowpages.h>
#include <store/workthread.h>

#include <QSqlQuery>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using sqldriver::BatchResult;
using sqldriver::BatchStatement;

namespace {

/// Columns of which one text is put together of another, for each in its order.
template <typename Make>
QString forEach(const QStringList &columns, const QString &separator, Make make)
{
    QStringList parts;
    for (const QString &column : columns)
        parts.append(make(column));
    return parts.join(separator);
}

/// Whether a column keeps each value's own type, so that 1 and 1.0 are both in it though SQL calls
/// them equal (https://www.sqlite.org/datatype3.html, section 3.1).
bool keepsTypes(const QString &declared)
{
    const QString type = declared.toUpper();
    if (type.contains(u"INT"))
        return false;
    return type.isEmpty() || type == u"ANY"
           || (type.contains(u"BLOB") && !type.contains(u"CHAR") && !type.contains(u"CLOB")
               && !type.contains(u"TEXT"));
}

/// "(A.k, A.l) > (?, ?)", or without the brackets for one column.
QString bound(const QString &prefix, const QStringList &key, const QString &comparison)
{
    const QString names = forEach(
        key, u", "_qs, [&](const QString &column) -> QString { return prefix + quoted(column); });
    const QStringList marks(key.size(), u"?"_qs);
    return u'(' + names + u") "_qs + comparison + u" ("_qs + marks.join(u", ") + u')';
}

} // namespace

/// What lives on the comparison's thread; `run` is the only member that other threads may call.
class FileComparison::Worker {
public:
    Worker(Source a, Source b, TableInfo table)
        : m_a(std::move(a)), m_b(std::move(b)), m_table(std::move(table)),
          m_thread(u"filecomparison"_qs, [this] { m_database.reset(); })
    {
    }

    template <typename Work>
    auto run(Work work) -> QFuture<decltype(work(std::declval<Worker &>()))>
    {
        return m_thread.run([this, work = std::move(work)] { return work(*this); });
    }

    Result<std::optional<Extent>> extent()
    {
        if (auto opened = open(); !opened)
            return opened.error();
        const auto written = versions();
        if (!written)
            return written.error();
        m_versions = *written;
        const Result<bool> suitable = isSuitable();
        if (!suitable)
            return suitable.error();
        if (!*suitable)
            return std::optional<Extent>();

        const QString name = quoted(m_table.name);
        const auto counts =
            read({{.sql = u"SELECT count(*) FROM main."_qs + name, .arguments = {}},
                  {.sql = u"SELECT count(*) FROM other."_qs + name, .arguments = {}}});
        if (!counts)
            return counts.error();
        Extent extent{.rowsA = (*counts)[0].rows[0][0].toLongLong(),
                      .rowsB = (*counts)[1].rows[0][0].toLongLong(),
                      .middle = {}};
        const QString keys = forEach(m_table.key, u", "_qs, quoted);
        const auto middle = read({{.sql = u"SELECT "_qs + keys + u" FROM main."_qs + name
                                          + u" ORDER BY "_qs + keys + u" LIMIT 1 OFFSET ?"_qs,
                                   .arguments = {extent.rowsA / 2}}});
        if (!middle)
            return middle.error();
        if (!(*middle)[0].rows.isEmpty())
            extent.middle = (*middle)[0].rows[0];
        return std::optional(extent);
    }

    Result<QList<Pair>> differences(const Range &range, int limit)
    {
        QVariantList arguments;
        const QString inA = within(u"A."_qs, range, arguments);
        const QString inB = within(u"B."_qs, range, arguments);
        arguments.append(qlonglong(limit));
        const auto answer = read({makeStatement(statement(inA, inB), arguments)});
        if (!answer)
            return answer.error();
        QList<Pair> pairs;
        const qsizetype keys = m_table.key.size(), columns = m_table.columns.size();
        for (const QVariantList &row : (*answer)[0].rows) {
            const int side = row[0].toInt();
            pairs.append({.key = row.mid(1, keys),
                          .a = side == onlyB ? QVariantList() : row.mid(1 + keys, columns),
                          .b = side == onlyA ? QVariantList() : row.mid(1 + keys + columns)});
        }
        return pairs;
    }

    Result<bool> isUnchanged()
    {
        const auto now = versions();
        if (!now)
            return now.error();
        return *now == m_versions;
    }

private:
    static constexpr int onlyA = 1, onlyB = 2; // as in statement(); 0 is both

    QString step() const
    {
        return u"comparing the table %1 of %2 and %3"_qs.arg(m_table.name, m_a.text, m_b.text);
    }

    Result<void> open()
    {
        auto opened = Database::open(m_a, {}, Database::Access::Read);
        if (!opened)
            return opened.error();
        m_database = std::move(*opened);
        auto file = ReadableFile::prepare(m_b.path);
        if (!file)
            return file.error();
        m_other = *file;
        QSqlQuery attach(m_database->handle());
        if (!attach.prepare(u"ATTACH DATABASE ? AS other"_qs))
            return toError(attach.lastError(), step());
        attach.addBindValue(readingUri(*m_other));
        if (!attach.exec())
            return toError(attach.lastError(), step());
        return {};
    }

    Result<QList<sqldriver::BatchRows>> read(const QList<BatchStatement> &statements)
    {
        const BatchResult result = readOwn(m_database->handle(), statements);
        if (result.outcome != BatchResult::Outcome::Done)
            return toError(result.error, step());
        return result.results;
    }

    /// They grow with each commit of another connection.
    Result<QVariantList> versions()
    {
        const auto answer = read({{.sql = u"PRAGMA main.data_version"_qs, .arguments = {}},
                                  {.sql = u"PRAGMA other.data_version"_qs, .arguments = {}}});
        if (!answer)
            return answer.error();
        return QVariantList{(*answer)[0].rows[0][0], (*answer)[1].rows[0][0]};
    }

    Result<bool> isSuitable()
    {
        if (m_table.key.isEmpty())
            return false;
        QList<BatchStatement> statements;
        for (const QString &schema : {u"main"_qs, u"other"_qs}) {
            statements.append(
                {.sql = u"SELECT name, type, \"notnull\", pk FROM pragma_table_info(?, ?) ORDER BY "
                        u"cid"_qs,
                 .arguments = {m_table.name, schema}});
            statements.append(
                {.sql = u"SELECT count(*) FROM %1.sqlite_master WHERE tbl_name = ? AND "
                        u"sql LIKE '%collate%'"_qs.arg(schema),
                 .arguments = {m_table.name}});
        }
        const auto answer = read(statements);
        if (!answer)
            return answer.error();
        const QList<QVariantList> &columns = (*answer)[0].rows;
        const bool isCollated =
            (*answer)[1].rows[0][0].toInt() > 0 || (*answer)[3].rows[0][0].toInt() > 0;
        if (isCollated || columns != (*answer)[2].rows)
            return false;
        m_typed.clear();
        for (const QVariantList &column : columns) {
            const QString name = column[0].toString(), type = column[1].toString();
            const bool isRowid = m_table.key.size() == 1 && column[3].toInt() == 1
                                 && type.compare(u"INTEGER", Qt::CaseInsensitive) == 0;
            if (m_table.key.contains(name) && !column[2].toBool() && !isRowid)
                return false;
            if (keepsTypes(type))
                m_typed.append(name);
        }
        return true;
    }

    QString within(const QString &prefix, const Range &range, QVariantList &arguments) const
    {
        QString conditions;
        if (!range.after.isEmpty())
            conditions += u" AND "_qs + bound(prefix, m_table.key, u">"_qs);
        if (!range.upTo.isEmpty())
            conditions += u" AND "_qs + bound(prefix, m_table.key, u"<="_qs);
        arguments += range.after + range.upTo;
        return conditions;
    }

    /// A row of A with that of B beside it unless they are the same, and rows of B that A has not:
    /// both in key order, which SQLite merges without sorting.
    QString statement(const QString &inA, const QString &inB) const
    {
        const QString name = quoted(m_table.name);
        const QString missing = u"B."_qs + quoted(m_table.key.first()) + u" IS NULL"_qs;
        const QString same =
            forEach(m_table.key, u" AND "_qs, [](const QString &column) -> QString {
                return u"A."_qs + quoted(column) + u" = B."_qs + quoted(column);
            });
        QStringList differs{missing};
        for (const QString &column : m_table.columns) {
            if (isSecretColumn(m_table.name, column))
                continue;
            const QString a = u"A."_qs + quoted(column), b = u"B."_qs + quoted(column);
            if (!m_table.key.contains(column))
                differs.append(a + u" IS NOT "_qs + b);
            if (m_typed.contains(column))
                differs.append(u"typeof("_qs + a + u") <> typeof("_qs + b + u')');
        }
        const auto cells = [this](const QString &prefix) {
            return forEach(m_table.columns, u", "_qs, [&](const QString &column) {
                return cellExpression(m_table.name, column, prefix);
            });
        };
        const auto keys = [this](const QString &prefix) {
            return forEach(m_table.key, u", "_qs, [&](const QString &column) -> QString {
                return prefix + quoted(column);
            });
        };
        const QStringList nulls(m_table.columns.size(), u"NULL"_qs);
        QStringList order;
        for (int i = 0; i < m_table.key.size(); ++i)
            order.append(QString::number(i + 2)); // behind the side
        return u"SELECT CASE WHEN "_qs + missing + u" THEN 1 ELSE 0 END, "_qs + keys(u"A."_qs)
               + u", "_qs + cells(u"A."_qs) + u", "_qs + cells(u"B."_qs) + u" FROM main."_qs + name
               + u" A LEFT JOIN other."_qs + name + u" B ON "_qs + same + u" WHERE ("_qs
               + differs.join(u" OR ") + u')' + inA + u" UNION ALL SELECT 2, "_qs + keys(u"B."_qs)
               + u", "_qs + nulls.join(u", ") + u", "_qs + cells(u"B."_qs) + u" FROM other."_qs
               + name + u" B WHERE NOT EXISTS (SELECT 1 FROM main."_qs + name + u" A WHERE "_qs
               + same + u')' + inB + u" ORDER BY "_qs + order.join(u", ") + u" LIMIT ?"_qs;
    }

    const Source m_a;
    const Source m_b;
    const TableInfo m_table;
    std::unique_ptr<Database> m_database; ///< used on m_thread alone, as is what follows
    std::optional<ReadableFile> m_other;
    QVariantList m_versions;
    QStringList m_typed; ///< columns that keep each value's own type
    WorkThread m_thread;
};

FileComparison::FileComparison(Source a, Source b, TableInfo table)
    : m_worker(std::make_unique<Worker>(std::move(a), std::move(b), std::move(table)))
{
}

FileComparison::~FileComparison() = default;

QFuture<Result<std::optional<FileComparison::Extent>>> FileComparison::extent()
{
    return m_worker->run([](Worker &worker) { return worker.extent(); });
}

QFuture<Result<QList<FileComparison::Pair>>> FileComparison::differences(Range range, int limit)
{
    return m_worker->run([range = std::move(range), limit](Worker &worker) {
        return worker.differences(range, limit);
    });
}

QFuture<Result<bool>> FileComparison::isUnchanged()
{
    return m_worker->run([](Worker &worker) { return worker.isUnchanged(); });
}

} // namespace edgewise::store
