// SPDX-License-Identifier: GPL-3.0-or-later
#include <sqldriver/libsqldriver.h>
#include <support/memory.h>
#include <support/sqldnode.h>

#include <QDeadlineTimer>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

/// A million rows from a real server, by a consumer that rests now and then: what it has not asked
/// for stays with the server.
class TestLargeResults : public QObject {
    Q_OBJECT

private slots:
    void aSlowConsumerNeedsLittleMemory()
    {
        constexpr int rows = 1'000'000;
        constexpr qint64 allowed = 40 * 1024 * 1024;
        sqldriver::registerDriver();
        const test::SqldNode node;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QLIBSQL"_qs);
            database.setDatabaseName(node.url().toString());
            database.setConnectOptions(u"QLIBSQL_TIMEOUT=60000"_qs);
            QVERIFY2(database.open(), qPrintable(database.lastError().text()));
            QSqlQuery query(database);
            query.setForwardOnly(true);
            test::resetResidentPeak();
            const qint64 idle = test::residentBytes();
            QVERIFY2(query.exec(u"with recursive n(i) as (select 1 union all select i + 1 from n "
                                "where i < %1) select i from n"_qs.arg(rows)),
                     qPrintable(query.lastError().text()));
            qlonglong sum = 0;
            int count = 0;
            while (query.next()) {
                sum += query.value(0).toLongLong();
                if (++count % 200'000 == 1) { // the server fills whatever may be filled
                    const QDeadlineTimer rest(300);
                    QTRY_VERIFY(rest.hasExpired());
                }
            }
            QVERIFY2(!query.lastError().isValid(), qPrintable(query.lastError().text()));
            QCOMPARE(count, rows);
            QCOMPARE(sum, qlonglong(rows) * (rows + 1) / 2);
            const qint64 growth = test::residentPeakBytes() - idle;
            qInfo("Peak above idle: %.1f MB", double(growth) / 1024 / 1024);
            QVERIFY2(growth < allowed, qPrintable(QString::number(growth)));
        }
        QSqlDatabase::removeDatabase(QLatin1StringView(QSqlDatabase::defaultConnection));
    }
};

QTEST_GUILESS_MAIN(TestLargeResults)
#include "tst_largeresults.moc"
