// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/answer.h>
#include <hrana/cursor.h>
#include <hrana/statement.h>
#include <sqldriver/boundvalues.h>
#include <sqldriver/sqltext.h>

#include <QMetaType>
#include <QSqlResult>

#include <memory>

namespace edgewise::sqldriver {

class LibsqlDriver;
class Session;

/// The rows of one statement. They come in one answer, and stay when the connection is closed; a
/// SELECT too large for one answer is read by a cursor as the rows are asked for, all of them kept
/// unless the query is forward-only. prepare() looks at the statement's form alone: sqld compiles a
/// statement each time it is sent, so a faulty one is told by exec(), which saves a round trip.
class LibsqlResult final : public QSqlResult {
public:
    explicit LibsqlResult(const LibsqlDriver *driver);

protected:
    bool prepare(const QString &query) override;
    bool reset(const QString &query) override;
    bool exec() override;
    bool execBatch(bool arrayBind) override;
    void bindValue(int index, const QVariant &value, QSql::ParamType type) override;
    void bindValue(const QString &placeholder, const QVariant &value,
                   QSql::ParamType type) override;

    bool fetch(int index) override;
    bool fetchFirst() override;
    bool fetchLast() override;
    QVariant data(int field) override;
    bool isNull(int field) override;
    int size() override;
    int numRowsAffected() override;
    QVariant lastInsertId() const override;
    QSqlRecord record() const override;
    void detachFromResultSet() override;
    bool nextResult() override;

private:
    bool take(const QString &sql);
    bool fail(const QSqlError &error);
    void show(hrana::StatementResult result);
    const hrana::Value *cell(int field) const;
    /// As fail(), and the statement is forgotten.
    bool refuse(const QSqlError &error);
    /// All statements of the text in one request, as one transaction.
    bool execSeveral();
    bool openCursor(hrana::Statement statement);
    /// Reads from the cursor until the row of that index is there; false when there is none.
    bool pullUpTo(qsizetype index);
    qsizetype knownRows() const { return m_firstKept + m_result.rowCount(); }

    std::shared_ptr<Session> m_session;
    QString m_sql;
    SqlText m_text;
    BoundValues m_bound;
    hrana::StatementResult m_result;
    std::vector<hrana::StatementResult> m_further; ///< of the statements behind this one's
    QList<QMetaType> m_types;                      ///< of the columns
    std::unique_ptr<hrana::Cursor> m_cursor;       ///< while there may be more rows
    qint64 m_keptBytes = 0;                        ///< of the rows that came by the cursor
    qsizetype m_firstKept = 0; ///< index of the first row in m_result; behind it with a cursor
};

} // namespace edgewise::sqldriver
