// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/sqldnode.h>

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

/// A program that knows nothing of Edgewise and loads the driver by its name. It is not linked.
class TestPlugin : public QObject {
    Q_OBJECT

private slots:
    void loadsByName()
    {
        QCoreApplication::addLibraryPath(QStringLiteral(EDGEWISE_PLUGINS));
        QVERIFY(QSqlDatabase::isDriverAvailable(u"QLIBSQL"_qs));
        const test::SqldNode node;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QLIBSQL"_qs);
            database.setDatabaseName(node.url().toString());
            QVERIFY2(database.open(), qPrintable(database.lastError().text()));
            QSqlQuery query(database);
            QVERIFY(query.prepare(u"select ? || ' ' || :b"_qs));
            query.addBindValue(u"hello"_qs);
            query.addBindValue(u"world"_qs);
            QVERIFY2(query.exec() && query.next(), qPrintable(query.lastError().text()));
            QCOMPARE(query.value(0).toString(), u"hello world"_qs);
            QVERIFY(database.driver()->hasFeature(QSqlDriver::Transactions));
        }
        QSqlDatabase::removeDatabase(QLatin1StringView(QSqlDatabase::defaultConnection));
    }
};

QTEST_GUILESS_MAIN(TestPlugin)
#include "tst_plugin.moc"
