// SPDX-License-Identifier: GPL-3.0-or-later
#include <sqldriver/batch.h>

#include <QSqlQuery>
#include <QSqlRecord>

namespace edgewise::sqldriver {

using namespace Qt::StringLiterals;

namespace {

BatchResult runBatch(QSqlDatabase &database, const QList<BatchStatement> &statements,
                     const QString &begin)
{
    BatchResult result;
    QSqlQuery control(database);
    if (!control.exec(begin)) {
        result.error = control.lastError();
        return result;
    }
    for (qsizetype i = 0; i < statements.size(); ++i) {
        QSqlQuery query(database);
        query.setForwardOnly(true);
        bool done = query.prepare(statements[i].sql);
        for (const QVariant &argument : statements[i].arguments)
            query.addBindValue(argument);
        done = done && query.exec();
        BatchRows rows;
        while (done && query.next()) {
            QVariantList row;
            for (int c = 0; c < query.record().count(); ++c)
                row.append(query.value(c));
            rows.rows.append(row);
        }
        if (!done || query.lastError().isValid()) {
            result.failedStatement = int(i);
            result.error = query.lastError();
            query.finish();
            control.exec(u"ROLLBACK"_qs);
            return result;
        }
        rows.affectedRows = query.numRowsAffected();
        result.results.append(rows);
    }
    if (!control.exec(u"COMMIT"_qs)) {
        result.error = control.lastError();
        control.exec(u"ROLLBACK"_qs);
        return result;
    }
    result.outcome = BatchResult::Outcome::Done;
    return result;
}

} // namespace

BatchResult writeBatch(QSqlDatabase &database, const QList<BatchStatement> &statements)
{
    return runBatch(database, statements, u"BEGIN IMMEDIATE"_qs);
}

BatchResult readBatch(QSqlDatabase &database, const QList<BatchStatement> &statements)
{
    return runBatch(database, statements, u"BEGIN"_qs);
}

} // namespace edgewise::sqldriver
