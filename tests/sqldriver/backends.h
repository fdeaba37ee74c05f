// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sqldriver/libsqldriver.h>
#include <support/sqldnode.h>

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace edgewise::test {

/// Where one suite runs: Qt's own SQLite driver on a file, QLIBSQL on a primary, and QLIBSQL on a
/// replica that forwards its writes. Each test finds an empty table t.
class BackEnds {
public:
    /// For initTestCase_data().
    static void addRows()
    {
        QTest::addColumn<QString>("driver");
        QTest::addColumn<QString>("node");
        QTest::newRow("file") << QStringLiteral("QSQLITE") << QString();
        QTest::newRow("primary") << QStringLiteral("QLIBSQL") << QStringLiteral("primary");
        QTest::newRow("replica") << QStringLiteral("QLIBSQL") << QStringLiteral("replica");
    }

    void start()
    {
        sqldriver::registerDriver();
        m_primary = std::make_unique<SqldNode>();
        m_replica = std::make_unique<SqldNode>(*m_primary);
    }

    QSqlDatabase open()
    {
        QFETCH_GLOBAL(QString, driver);
        QFETCH_GLOBAL(QString, node);
        m_database = QSqlDatabase::addDatabase(driver, QStringLiteral("conformance"));
        if (driver == u"QSQLITE")
            m_database.setDatabaseName(m_directory.filePath(QStringLiteral("test.db")));
        else
            m_database.setDatabaseName(
                (node == u"primary" ? m_primary : m_replica)->url().toString());
        if (!m_database.open())
            qFatal("%s", qPrintable(m_database.lastError().text()));
        run(QStringLiteral("drop table if exists t"));
        run(QStringLiteral("create table t(id integer primary key, a text not null default 'x' "
                           "unique, b blob, r real)"));
        return m_database;
    }

    /// After the last copy of the connection is gone.
    void close()
    {
        m_database = {};
        QSqlDatabase::removeDatabase(QStringLiteral("conformance"));
    }

    void run(const QString &sql) const
    {
        QSqlQuery query(m_database);
        if (!query.exec(sql))
            qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
    }

    QVariant value(const QString &sql) const
    {
        QSqlQuery query(m_database);
        if (!query.exec(sql) || !query.next())
            qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
        return query.value(0);
    }

private:
    std::unique_ptr<SqldNode> m_primary;
    std::unique_ptr<SqldNode> m_replica;
    QTemporaryDir m_directory;
    QSqlDatabase m_database;
};

} // namespace edgewise::test
