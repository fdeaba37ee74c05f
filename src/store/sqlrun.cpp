// SPDX-License-Identifier: GPL-3.0-or-later
#include <store/sqlrun.h>

#include <sqldriver/batch.h>
#include <sqldriver/sqltext.h>
#include <store/database.h>
#include <store/rows.h>

#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QSqlQuery>
#include <QSqlRecord>

#include <algorithm>

namespace edgewise::store {

using namespace Qt::StringLiterals;
using sqldriver::SqlText;

namespace {

const QString secretTable = u"authentications"_qs;
const QString secretColumn = u"hashed_client_token"_qs;
const QString hiddenCell = u"(hidden)"_qs;

Error refusal(Error::Kind kind, const QString &why)
{
    return {.kind = kind, .step = u"running the statement"_qs, .detail = why};
}

/// SQLite has no escapes in identifiers, so the name of a column stands in the text of whatever
/// reads it by name; without its name only a star reaches it.
Result<void> checkSecrets(const QString &sql)
{
    const auto names = [&](const QString &word) { return sql.contains(word, Qt::CaseInsensitive); };
    if (names(secretColumn) || names(u"sqlite_dbpage"_qs))
        return refusal(Error::Kind::Input,
                       u"token hashes are never shown: leave out %1"_qs.arg(secretColumn));
    static const QRegularExpression counts(u"count\\s*\\(\\s*\\*\\s*\\)"_qs,
                                           QRegularExpression::CaseInsensitiveOption);
    if (names(secretTable) && QString(sql).remove(counts).contains(u'*'))
        return refusal(Error::Kind::Input,
                       u"the table %1 holds token hashes, which are never shown: name its other "
                       u"columns in place of the star"_qs.arg(secretTable));
    return {};
}

/// VACUUM and pragmas cannot run inside a transaction.
bool needsNoTransaction(const QString &sql, const SqlText &text)
{
    return text.verb == SqlText::Verb::Pragma
           || (text.verb == SqlText::Verb::Other
               && sql.contains(u"vacuum"_qs, Qt::CaseInsensitive));
}

/// What of a database holds token hashes: the root page of a table or index, and the number of the
/// column in its records.
using SecretPlaces = QSet<std::pair<qlonglong, qlonglong>>;

Result<SecretPlaces> secretPlaces(QSqlDatabase &database, const QString &step)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    const QString table = u'\'' + secretTable + u'\'';
    const QString column = u'\'' + secretColumn + u'\'';
    if (!query.exec(
            u"SELECT m.rootpage, c.cid FROM sqlite_master m JOIN pragma_table_info(m.name) c "
            u"WHERE m.type = 'table' AND lower(m.name) = "_qs
            + table + u" AND lower(c.name) = "_qs + column
            + u" UNION ALL SELECT m.rootpage, c.seqno FROM sqlite_master m "
              u"JOIN pragma_index_info(m.name) c WHERE m.type = 'index' "
              u"AND lower(m.tbl_name) = "_qs
            + table + u" AND lower(c.name) = "_qs + column))
        return toError(query.lastError(), step);
    SecretPlaces places;
    while (query.next())
        places.insert({query.value(0).toLongLong(), query.value(1).toLongLong()});
    if (query.lastError().isValid())
        return toError(query.lastError(), step);
    return places;
}

/// A view can give the column any name, so the statement's text does not tell. SQLite's program for
/// it does: which pages it opens for reading, and which columns it takes from their records.
Result<bool> readsSecrets(QSqlDatabase &database, const QString &sql, const QString &step)
{
    const SqlText text = sqldriver::readSqlText(sql);
    if (text.verb == SqlText::Verb::Pragma || text.verb == SqlText::Verb::Explain)
        return false;
    const auto places = secretPlaces(database, step);
    if (!places)
        return places.error();
    if (places->isEmpty())
        return false;
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.exec(u"EXPLAIN "_qs + sql))
        return false; // running it tells what is wrong with it
    struct Taken {
        qlonglong cursor;
        std::optional<qlonglong> column; ///< none: the whole record
    };
    QHash<qlonglong, qlonglong> roots;
    QList<Taken> taken;
    while (query.next()) {
        const QString operation = query.value(1).toString();
        const qlonglong cursor = query.value(2).toLongLong();
        const qlonglong second = query.value(3).toLongLong();
        if (operation == u"OpenRead" || operation == u"ReopenIdx")
            roots.insert(cursor, second);
        else if (operation == u"Column")
            taken.append({cursor, second});
        else if (operation == u"RowData" || operation == u"RowCell")
            taken.append({operation == u"RowCell" ? second : cursor, std::nullopt});
    }
    if (query.lastError().isValid())
        return toError(query.lastError(), step);
    return std::ranges::any_of(taken, [&](const Taken &take) {
        const auto root = roots.constFind(take.cursor);
        return root != roots.constEnd() && std::ranges::any_of(*places, [&](const auto &place) {
                   return place.first == *root
                          && place.second == take.column.value_or(place.second);
               });
    });
}

QVariantList masked(const QStringList &columns, QVariantList row)
{
    for (qsizetype i = 0; i < columns.size(); ++i) {
        if (isSecretColumn(secretTable, columns[i]) && !row[i].isNull())
            row[i] = hiddenCell;
    }
    return row;
}

Result<SqlSummary> runBatch(Database &database, const SqlRequest &request, const SqlRowSink &sink,
                            const QString &step)
{
    const sqldriver::BatchResult result =
        sqldriver::writeBatch(database.handle(), {{.sql = request.sql, .arguments = {}}});
    if (result.outcome == sqldriver::BatchResult::Outcome::Unknown) {
        Error error = toError(result.error, step);
        error.kind = Error::Kind::Unknown;
        return error;
    }
    if (result.outcome == sqldriver::BatchResult::Outcome::Failed)
        return toError(result.error, step);
    const sqldriver::BatchRows &rows = result.results.first();
    SqlSummary summary{.columns = rows.columns,
                       .rows = rows.rows.size(),
                       .isCut = false,
                       .affectedRows = rows.affectedRows};
    for (const QVariantList &row : rows.rows) { // of RETURNING
        if (!sink(rows.columns, masked(rows.columns, row)))
            break;
    }
    return summary;
}

} // namespace

Result<void> checkColumnsRead(Database &database, const QString &sql, const QString &step)
{
    const auto reads = readsSecrets(database.handle(), sql, step);
    if (!reads)
        return reads.error();
    if (!*reads)
        return {};
    Error error = refusal(Error::Kind::Input, u"token hashes are never shown, under no other name "
                                              u"either: leave out the column that reads them"_qs);
    error.step = step;
    return error;
}

Result<void> checkSql(const QString &sql, bool allowWrite)
{
    const SqlText text = sqldriver::readSqlText(sql);
    if (text.verb == SqlText::Verb::None)
        return refusal(Error::Kind::Input, u"there is no statement"_qs);
    if (text.severalStatements)
        return refusal(Error::Kind::Input, u"only one statement can be run at a time"_qs);
    if (!text.placeholders.isEmpty())
        return refusal(Error::Kind::Input,
                       u"nothing is bound to a placeholder; write the value in its place"_qs);
    if (auto allowed = checkSecrets(sql); !allowed)
        return allowed;
    switch (text.verb) {
    case SqlText::Verb::Begin:
    case SqlText::Verb::Commit:
    case SqlText::Verb::Rollback:
    case SqlText::Verb::Savepoint:
    case SqlText::Verb::Release:
        return refusal(Error::Kind::Input,
                       u"each statement is a transaction of its own; none can be kept open"_qs);
    default:
        break;
    }
    if (!allowWrite && !text.readOnly)
        return refusal(Error::Kind::ReadOnly,
                       u"the statement may write, and only reading is allowed"_qs);
    return {};
}

Result<SqlSummary> runSql(Database &database, const SqlRequest &request, const SqlRowSink &sink,
                          const QString &step)
{
    if (auto allowed = checkSql(request.sql, request.allowWrite); !allowed) {
        Error error = std::move(allowed).error();
        error.step = step;
        return error;
    }
    if (auto allowed = checkColumnsRead(database, request.sql, step); !allowed)
        return allowed.error();
    const SqlText text = sqldriver::readSqlText(request.sql);
    if (!text.readOnly && !needsNoTransaction(request.sql, text))
        return runBatch(database, request, sink, step);

    QSqlQuery query(database.handle());
    query.setForwardOnly(true);
    if (!query.exec(request.sql))
        return toError(query.lastError(), step);
    SqlSummary summary;
    const QSqlRecord record = query.record();
    for (int i = 0; i < record.count(); ++i)
        summary.columns.append(record.fieldName(i));
    while (query.next()) {
        if (request.rowLimit > 0 && summary.rows == request.rowLimit) {
            summary.isCut = true;
            return summary;
        }
        QVariantList row;
        row.reserve(record.count());
        for (int i = 0; i < record.count(); ++i)
            row.append(query.isNull(i) ? QVariant() : query.value(i));
        ++summary.rows;
        if (!sink(summary.columns, masked(summary.columns, std::move(row))))
            return summary;
    }
    if (query.lastError().isValid())
        return toError(query.lastError(), step);
    return summary;
}

Result<QStringList> explainPlan(Database &database, const QString &sql, const QString &step)
{
    if (auto allowed = checkSql(sql, true); !allowed)
        return allowed.error();
    QSqlQuery query(database.handle());
    if (!query.exec(u"EXPLAIN QUERY PLAN "_qs + sql))
        return toError(query.lastError(), step);
    QStringList lines;
    QHash<qlonglong, int> depths; // id of a step, parent, not used, its words
    while (query.next()) {
        const int depth = depths.value(query.value(1).toLongLong(), -1) + 1;
        depths.insert(query.value(0).toLongLong(), depth);
        lines.append(QString(2 * depth, u' ') + query.value(3).toString());
    }
    return lines;
}

} // namespace edgewise::store
