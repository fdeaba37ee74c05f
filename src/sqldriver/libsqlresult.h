// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hrana/answer.h>
#include <hrana/statement.h>
#include <sqldriver/sqltext.h>

#include <QHash>
#include <QMetaType>
#include <QSqlResult>

#include <memory>

namespace edgewise::sqldriver {

class LibsqlDriver;
class Session;

/// The rows of one statement, all of one answer and so scrollable; they stay when the connection is
/// closed. prepare() looks at the statement's form alone: sqld compiles a statement each time it is
/// sent, so a faulty one is told by exec(), which saves a round trip.
class LibsqlResult final : public QSqlResult {
public:
    explicit LibsqlResult(const LibsqlDriver *driver);

protected:
    bool savePrepare(const QString &query) override;
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

private:
    bool take(const QString &sql);
    bool fail(const QSqlError &error);
    void show(hrana::StatementResult result);
    const hrana::Value *cell(int field) const;
    /// Arguments by parameter number from what was bound, or the reason why that is not possible.
    QSqlError arrange(hrana::Statement &statement) const;

    std::shared_ptr<Session> m_session;
    QString m_sql;
    SqlText m_text;
    QVariantList m_positional;        ///< as bound by position
    QHash<QString, QVariant> m_named; ///< as bound by name, prefix included
    hrana::StatementResult m_result;
    QList<QMetaType> m_types; ///< of the columns
};

} // namespace edgewise::sqldriver
