// SPDX-License-Identifier: GPL-3.0-or-later
#include <sqldriver/libsqldriver.h>

#include <QSqlDatabase>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <vector>

using namespace edgewise::sqldriver;
using namespace Qt::StringLiterals;

/// The driver in Qt's list of drivers.
class TestRegistration : public QObject {
    Q_OBJECT

private slots:
    void isKnownToEveryThread()
    {
        std::atomic<int> unknown = 0;
        std::vector<std::unique_ptr<QThread>> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back(QThread::create([&unknown, i] {
                for (int round = 0; round < 3000; ++round) {
                    const QString name = u"thread%1round%2"_qs.arg(i).arg(round);
                    registerDriver();
                    if (!QSqlDatabase::addDatabase(u"QLIBSQL"_qs, name).isValid())
                        ++unknown;
                    QSqlDatabase::removeDatabase(name);
                }
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            QVERIFY(thread->wait(60'000));
        QCOMPARE(unknown.load(), 0);
    }

    void answersEveryFeature()
    {
        const LibsqlDriver driver;
        using Feature = QSqlDriver::DriverFeature;
        const QList<Feature> no{QSqlDriver::EventNotifications, QSqlDriver::SimpleLocking};
        for (int i = QSqlDriver::Transactions; i <= QSqlDriver::CancelQuery; ++i) {
            QVERIFY2(driver.hasFeature(Feature(i)) != no.contains(Feature(i)),
                     qPrintable(QString::number(i)));
        }
        QVERIFY(!driver.isOpen());
        QVERIFY(driver.tables(QSql::AllTables).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRegistration)
#include "tst_registration.moc"
