// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlDriver>

#include <memory>

namespace edgewise::sqldriver {

class Session;

/// QLIBSQL: Qt's SQL for libSQL servers (sqld, Turso) by Hrana 3 over HTTP. The database's name is
/// the URL, its password the token; connect options: ConnectOptions. Blocks like every QSqlDriver,
/// each request until its deadline; only cancelQuery() may be called from another thread.
class LibsqlDriver final : public QSqlDriver {
    Q_OBJECT

public:
    explicit LibsqlDriver(QObject *parent = nullptr);
    ~LibsqlDriver() override;

    bool hasFeature(DriverFeature feature) const override;
    bool open(const QString &database, const QString &user, const QString &password,
              const QString &host, int port, const QString &options) override;
    void close() override;
    QSqlResult *createResult() const override;

    bool beginTransaction() override;
    bool commitTransaction() override;
    bool rollbackTransaction() override;

    QStringList tables(QSql::TableType type) const override;
    QSqlRecord record(const QString &table) const override;
    QSqlIndex primaryIndex(const QString &table) const override;

    QString formatValue(const QSqlField &field, bool trimStrings = false) const override;
    QString escapeIdentifier(const QString &identifier, IdentifierType type) const override;

    bool cancelQuery() override;

    /// The open connection, or null.
    const std::shared_ptr<Session> &session() const { return m_session; }

private:
    bool run(const QString &sql);

    std::shared_ptr<Session> m_session;
};

/// Makes "QLIBSQL" known to QSqlDatabase::addDatabase; more calls change nothing.
void registerDriver();

} // namespace edgewise::sqldriver
