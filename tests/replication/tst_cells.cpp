// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/cells.h>

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

#include <limits>

using namespace edgewise::replication;

namespace {

/// One of each kind and of each border, in no order.
QVariantList values()
{
    constexpr qint64 largest = std::numeric_limits<qint64>::max();
    return {QVariant(),
            qlonglong(0),
            qlonglong(1),
            1.0,
            1.5,
            -0.5,
            qlonglong(-1),
            largest,
            largest - 1,
            std::numeric_limits<qint64>::min(),
            9223372036854775808.0,
            9223372036854774784.0,
            -9223372036854775808.0,
            1e300,
            -1e300,
            QString(QLatin1String("")),
            QStringLiteral("A"),
            QStringLiteral("a"),
            QStringLiteral("a\u00e9"),
            QStringLiteral("\uFFFD"),
            QStringLiteral("\U0001F600"),
            QStringLiteral("10"),
            QStringLiteral("9"),
            QByteArray("", 0),
            QByteArray("\x00\x01", 2),
            QByteArray("\xff", 1)};
}

} // namespace

class TestCells : public QObject {
    Q_OBJECT
private slots:
    void sortsAsSqliteDoes()
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"));
        database.setDatabaseName(QStringLiteral(":memory:"));
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(QStringLiteral("create table v(n integer primary key, v)")));
        QVERIFY(query.prepare(QStringLiteral("insert into v(v) values (?)")));
        for (const QVariant &value : values()) {
            query.addBindValue(value);
            QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
        }
        // Each pair, by the real engine: -1, 0 or 1, NULL first.
        QVERIFY(query.exec(QStringLiteral(
            "select a.v, b.v, case when a.v is b.v then 0 when a.v is null then -1 "
            "when b.v is null then 1 when a.v < b.v then -1 else 1 end from v a, v b")));
        int pairs = 0;
        while (query.next()) {
            const auto order = compareCells(query.value(0), query.value(1));
            const int sign = order < 0 ? -1 : (order > 0 ? 1 : 0);
            QVERIFY2(sign == query.value(2).toInt(),
                     qPrintable(QStringLiteral("%1 against %2: %3")
                                    .arg(query.value(0).toString(), query.value(1).toString())
                                    .arg(sign)));
            ++pairs;
        }
        QCOMPARE(pairs, values().size() * values().size());
    }

    void sameNeedsTheSameStorageClass()
    {
        QVERIFY(isSameCell(qlonglong(1), qlonglong(1)));
        QVERIFY(!isSameCell(qlonglong(1), 1.0));
        QVERIFY(!isSameCell(qlonglong(1), QStringLiteral("1")));
        QVERIFY(!isSameCell(QVariant(), QString(QLatin1String(""))));
        QVERIFY(!isSameCell(QString(QLatin1String("")), QByteArray("", 0)));
        QVERIFY(isSameCell(QVariant(), QVariant(QMetaType::fromType<QString>())));
    }

    void rowsCompareCellByCell()
    {
        QVERIFY(
            compareRows({qlonglong(1), QStringLiteral("b")}, {qlonglong(1), QStringLiteral("a")})
            > 0);
        QVERIFY(compareRows({qlonglong(1)}, {qlonglong(1), QVariant()}) < 0);
        QVERIFY(compareRows({}, {}) == 0);
    }
};

QTEST_GUILESS_MAIN(TestCells)
#include "tst_cells.moc"
