// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/rowstream.h>

#include <store/database.h>
#include <store/sqlrun.h>
#include <store/workthread.h>

#include <QSqlField>
#include <QSqlQuery>
#include <QSqlRecord>

namespace edgewise::store {

using namespace Qt::StringLiterals;

/// What lives on the stream's thread; `run` is the only member that other threads may call.
class RowStream::Worker {
public:
    Worker(Source source, ConnectionOptions options, QString select)
        : m_source(std::move(source)), m_options(std::move(options)), m_select(std::move(select)),
          m_thread(u"rowstream"_qs, [this] {
              m_query.reset();
              m_database.reset();
          })
    {
    }

    template <typename Work>
    auto run(Work work) -> QFuture<decltype(work(std::declval<Worker &>()))>
    {
        return m_thread.run([this, work = std::move(work)] { return work(*this); });
    }

    Result<QStringList> open()
    {
        if (auto allowed = checkSql(m_select, false); !allowed) {
            Error error = std::move(allowed).error();
            error.step = step();
            return error;
        }
        auto opened = Database::open(m_source, m_options, Database::Access::Read);
        if (!opened)
            return opened.error();
        m_database = std::move(*opened);
        if (auto allowed = checkColumnsRead(*m_database, m_select, step()); !allowed)
            return allowed.error();
        m_query.emplace(m_database->handle());
        m_query->setForwardOnly(true);
        // As a subquery nothing but a SELECT is possible, whatever the text holds. The line break
        // ends a comment.
        if (!m_query->exec(u"SELECT * FROM ("_qs + withoutEnd(m_select) + u"\n)"_qs))
            return toError(m_query->lastError(), step());
        QStringList columns;
        const QSqlRecord record = m_query->record();
        for (int i = 0; i < record.count(); ++i)
            columns.append(record.fieldName(i));
        return columns;
    }

    Result<QList<QVariantList>> next(int count)
    {
        QList<QVariantList> rows;
        if (!m_query)
            return rows;
        const int columns = m_query->record().count();
        while (rows.size() < count && m_query->next()) {
            QVariantList row;
            row.reserve(columns);
            for (int i = 0; i < columns; ++i)
                row.append(m_query->isNull(i) ? QVariant() : m_query->value(i));
            rows.append(std::move(row));
        }
        if (rows.size() < count && m_query->lastError().isValid())
            return toError(m_query->lastError(), step());
        return rows;
    }

private:
    QString step() const { return u"querying "_qs + m_source.text; }

    static QString withoutEnd(const QString &select)
    {
        QStringView text = QStringView(select).trimmed();
        while (text.endsWith(u';'))
            text = text.chopped(1).trimmed();
        return text.toString();
    }

    const Source m_source;
    const ConnectionOptions m_options;
    const QString m_select;
    std::unique_ptr<Database> m_database; ///< used on m_thread alone, as is the next
    std::optional<QSqlQuery> m_query;
    WorkThread m_thread;
};

RowStream::RowStream(Source source, ConnectionOptions options, QString select)
    : m_worker(std::make_unique<Worker>(std::move(source), std::move(options), std::move(select)))
{
}

RowStream::~RowStream() = default;

QFuture<Result<QStringList>> RowStream::open()
{
    return m_worker->run([](Worker &worker) { return worker.open(); });
}

QFuture<Result<QList<QVariantList>>> RowStream::next(int count)
{
    return m_worker->run([count](Worker &worker) { return worker.next(count); });
}

} // namespace edgewise::store
