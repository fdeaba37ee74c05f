// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QSqlField>
#include <QSqlIndex>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTest>

#include <bit>
#include <limits>

using namespace edgewise;
using namespace Qt::StringLiterals;

/// What any Qt program may expect of a SQL driver, held by Qt's own SQLite driver, by QLIBSQL on a
/// primary, and by QLIBSQL on a replica that forwards its writes.
class TestConformance : public QObject {
    Q_OBJECT

private:
    test::BackEnds m_ends;
    QSqlDatabase m_database;

    void run(const QString &sql) { m_ends.run(sql); }
    QVariant value(const QString &sql) { return m_ends.value(sql); }

private slots:
    void initTestCase_data() { test::BackEnds::addRows(); }
    void initTestCase() { m_ends.start(); }
    void init() { m_database = m_ends.open(); }
    void cleanup()
    {
        m_database = {};
        m_ends.close();
    }

    void valuesSurvive_data()
    {
        QTest::addColumn<QVariant>("bound");
        QTest::newRow("least") << QVariant(std::numeric_limits<qlonglong>::min());
        QTest::newRow("most") << QVariant(std::numeric_limits<qlonglong>::max());
        QTest::newRow("beyond 2^53") << QVariant(9007199254740993LL);
        QTest::newRow("double") << QVariant(0.1);
        QTest::newRow("whole double") << QVariant(5.0);
        QTest::newRow("smallest") << QVariant(5e-324);
        QTest::newRow("largest") << QVariant(std::numeric_limits<double>::max());
        QTest::newRow("negative zero") << QVariant(-0.0);
        QTest::newRow("many digits") << QVariant(1.0 / 3.0);
        QTest::newRow("text") << QVariant(u"a/\"\\'\nä\u2028😀"_qs);
        QTest::newRow("NUL in text") << QVariant(QString(u'a') + QChar(u'\0') + u'b');
        QTest::newRow("empty text") << QVariant(u""_qs);
        QTest::newRow("number as text") << QVariant(u"007"_qs);
        QByteArray bytes;
        for (int i = 0; i < 256; ++i)
            bytes.append(char(i));
        QTest::newRow("blob") << QVariant(bytes);
        QTest::newRow("empty blob") << QVariant(QByteArray(""));
        QTest::newRow("large blob") << QVariant(QByteArray(1'000'000, '\xaa'));
    }
    void valuesSurvive()
    {
        QFETCH(QVariant, bound);
        QSqlQuery query(m_database);
        QVERIFY(query.prepare(u"insert into t(b) values(?)"_qs));
        query.addBindValue(bound);
        QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
        const QVariant stored = value(u"select b from t"_qs);
        QCOMPARE(stored.typeId(), bound.typeId());
        QCOMPARE(stored, bound);
        if (bound.typeId() == QMetaType::Double) // to the last bit, the sign of a zero included
            QCOMPARE(std::bit_cast<quint64>(stored.toDouble()),
                     std::bit_cast<quint64>(bound.toDouble()));
        QVERIFY(!stored.isNull());
        QCOMPARE(value(u"select typeof(b) from t"_qs).toString().isEmpty(), false);
        QVERIFY(query.prepare(u"select count(*) from t where b is ?"_qs));
        query.addBindValue(bound);
        QVERIFY(query.exec() && query.next());
        QCOMPARE(query.value(0).toInt(), 1);
    }

    void nullIsATypedNullVariant()
    {
        for (const QVariant &null : {QVariant(), QVariant(QString()), QVariant(QByteArray()),
                                     QVariant(QMetaType::fromType<int>()), QVariant(QDate()),
                                     QVariant(QTime()), QVariant(QDateTime()), QVariant(QUuid())}) {
            QSqlQuery query(m_database);
            QVERIFY(query.prepare(u"select ? is null"_qs));
            query.addBindValue(null);
            QVERIFY(query.exec() && query.next());
            QCOMPARE(query.value(0).toInt(), 1);
        }
        run(u"insert into t default values"_qs);
        QSqlQuery query(m_database);
        QVERIFY(query.exec(u"select b, r, id from t"_qs) && query.next());
        QVERIFY(query.isNull(0) && query.value(0).isNull());
        if (m_database.driverName() == u"QLIBSQL") { // Qt's own driver takes both for texts
            QCOMPARE(query.value(0).typeId(), int(QMetaType::QByteArray));
            QCOMPARE(query.value(1).typeId(), int(QMetaType::Double));
        }
        QVERIFY(!query.isNull(2));
    }

    void bindsPlainTypes()
    {
        QSqlQuery query(m_database);
        QVERIFY(query.prepare(u"select ?, ?, ?, ?"_qs));
        query.addBindValue(true);
        query.addBindValue(7u);
        query.addBindValue(QDateTime(QDate(2026, 11, 24), QTime(1, 2, 3, 4), Qt::UTC));
        query.addBindValue(QTime(1, 2, 3, 4));
        QVERIFY2(query.exec() && query.next(), qPrintable(query.lastError().text()));
        QCOMPARE(query.value(0).toInt(), 1);
        QCOMPARE(query.value(1).toInt(), 7);
        QCOMPARE(query.value(2).toString(), u"2026-11-24T01:02:03.004Z"_qs);
        QCOMPARE(query.value(3).toString(), u"01:02:03.004"_qs);
    }

    void placeholdersByPositionAndName()
    {
        QSqlQuery query(m_database);
        QVERIFY(query.prepare(u"select ?, ? + ?"_qs));
        query.bindValue(2, 3);
        query.bindValue(0, u"x"_qs);
        query.bindValue(1, 2);
        QVERIFY(query.exec() && query.next());
        QCOMPARE(query.value(0).toString(), u"x"_qs);
        QCOMPARE(query.value(1).toInt(), 5);

        QVERIFY(query.prepare(u"select :b, :a, :b, ':a'"_qs));
        query.bindValue(u":a"_qs, 1);
        query.bindValue(u":b"_qs, 2);
        QVERIFY2(query.exec() && query.next(), qPrintable(query.lastError().text()));
        QCOMPARE(query.value(0).toInt(), 2);
        QCOMPARE(query.value(1).toInt(), 1);
        QCOMPARE(query.value(2).toInt(), 2);
        QCOMPARE(query.value(3).toString(), u":a"_qs);
        QCOMPARE(query.boundValue(u":a"_qs).toInt(), 1);
        // Again, with one value changed.
        query.bindValue(u":a"_qs, 5);
        QVERIFY(query.exec() && query.next());
        QCOMPARE(query.value(1).toInt(), 5);
        QCOMPARE(query.value(0).toInt(), 2);
    }

    void aPreparedStatementRunsManyTimes()
    {
        QSqlQuery query(m_database);
        QVERIFY(query.prepare(u"insert into t(a) values(?)"_qs));
        for (int i = 0; i < 5; ++i) {
            query.addBindValue(QString::number(i));
            QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
        }
        QCOMPARE(value(u"select group_concat(a) from t"_qs).toString(), u"0,1,2,3,4"_qs);
    }

    void wrongStatementsFail_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("syntax") << u"selec 1"_qs;
        QTest::newRow("no such table") << u"select * from nowhere"_qs;
        QTest::newRow("no such column") << u"select nope from t"_qs;
        QTest::newRow("unique") << u"insert into t(a) values('taken')"_qs;
        QTest::newRow("not null") << u"insert into t(a) values(null)"_qs;
        QTest::newRow("two prepared") << u"select ?; select 2"_qs;
        QTest::newRow("rubbish behind") << u"select 1; selec"_qs;
        QTest::newRow("too few arguments") << u"select ?"_qs;
        QTest::newRow("commit of nothing") << u"commit"_qs;
    }
    void wrongStatementsFail()
    {
        QFETCH(QString, sql);
        run(u"insert into t(a) values('taken')"_qs);
        QSqlQuery query(m_database);
        QVERIFY(!query.prepare(sql) || !query.exec());
        QVERIFY(query.lastError().isValid());
        QVERIFY(!query.lastError().text().trimmed().isEmpty());
        QVERIFY(!query.isActive() && !query.next());
        QCOMPARE(value(u"select count(*) from t"_qs).toInt(), 1);
    }

    void transactionsHold()
    {
        QVERIFY(m_database.driver()->hasFeature(QSqlDriver::Transactions));
        QVERIFY(m_database.transaction());
        run(u"insert into t(a) values('1')"_qs);
        QCOMPARE(value(u"select count(*) from t"_qs).toInt(), 1);
        QVERIFY(m_database.rollback());
        QCOMPARE(value(u"select count(*) from t"_qs).toInt(), 0);

        QVERIFY(m_database.transaction());
        run(u"insert into t(a) values('1')"_qs);
        // An error undoes its own statement alone.
        QVERIFY(!QSqlQuery(m_database).exec(u"insert into t(a) values('1')"_qs));
        run(u"insert into t(a) values('2')"_qs);
        QVERIFY2(m_database.commit(), qPrintable(m_database.lastError().text()));
        QCOMPARE(value(u"select count(*) from t"_qs).toInt(), 2);

        QVERIFY(m_database.transaction());
        QVERIFY(!m_database.transaction());
        QVERIFY(m_database.rollback());
        QVERIFY(!m_database.commit());
        QCOMPARE(m_database.lastError().type(), QSqlError::TransactionError);
    }

    void savepointsNest()
    {
        run(u"savepoint outer"_qs);
        run(u"insert into t(a) values('1')"_qs);
        run(u"savepoint inner"_qs);
        run(u"insert into t(a) values('2')"_qs);
        run(u"rollback to inner"_qs);
        run(u"release outer"_qs);
        QCOMPARE(value(u"select group_concat(a) from t"_qs).toString(), u"1"_qs);
    }

    void savepointsNestInATransaction()
    {
        QVERIFY(m_database.transaction());
        run(u"insert into t(a) values('1')"_qs);
        for (const char *name : {"one", "two", "three"}) {
            run(u"savepoint %1"_qs.arg(QLatin1StringView(name)));
            run(u"insert into t(a) values('%1')"_qs.arg(QLatin1StringView(name)));
        }
        QVERIFY(!QSqlQuery(m_database).exec(u"insert into t(a) values('1')"_qs));
        run(u"rollback to three"_qs);
        run(u"release three"_qs);
        run(u"rollback to two"_qs);
        run(u"release one"_qs);
        QVERIFY2(m_database.commit(), qPrintable(m_database.lastError().text()));
        QCOMPARE(value(u"select group_concat(a) from t"_qs).toString(), u"1,one"_qs);
        QSqlQuery query(m_database);
        QVERIFY(!query.exec(u"release one"_qs));
        QVERIFY(query.lastError().isValid());
    }

    void severalStatementsInOneText()
    {
        QSqlQuery query(m_database);
        const bool worked = query.exec(
            u"insert into t(a) values('1'); select 'a;b' as x, 1; -- words ; \n values (2), (3) ;"_qs);
        QCOMPARE(worked, m_database.driver()->hasFeature(QSqlDriver::MultipleResultSets));
        if (!worked) { // all of them are left out, the first one too
            QCOMPARE(value(u"select count(*) from t"_qs).toInt(), 0);
            return;
        }
        QVERIFY(!query.isSelect());
        QCOMPARE(query.numRowsAffected(), 1);
        QVERIFY(query.nextResult());
        QVERIFY(query.isSelect() && query.next());
        QCOMPARE(query.value(u"x"_qs).toString(), u"a;b"_qs);
        QCOMPARE(query.record().count(), 2);
        QVERIFY(query.nextResult());
        QVERIFY(query.next() && query.next());
        QCOMPARE(query.value(0).toInt(), 3);
        QVERIFY(!query.nextResult());
        QVERIFY(!query.isActive() && !query.next());
        // One transaction: a fault undoes those before it.
        QVERIFY(!query.exec(u"insert into t(a) values('2'); insert into t(a) values('1')"_qs));
        QVERIFY(query.lastError().databaseText().contains(u"UNIQUE"));
        QCOMPARE(value(u"select count(*) from t"_qs).toInt(), 1);
        QVERIFY(!query.exec(u"insert into t(a) values('3'); selec"_qs));
        QVERIFY(!query.exec(u"insert into t(a) values('4'); commit; select 1"_qs));
        QCOMPARE(value(u"select count(*) from t"_qs).toInt(), 1);
        // Within an open one they are a part of it.
        QVERIFY(m_database.transaction());
        QVERIFY2(query.exec(u"delete from t; select count(*) from t"_qs),
                 qPrintable(query.lastError().text()));
        QVERIFY(query.nextResult() && query.next());
        QCOMPARE(query.value(0).toInt(), 0);
        QVERIFY(m_database.rollback());
        QCOMPARE(value(u"select count(*) from t"_qs).toInt(), 1);
    }

    void tellsWhatItDid()
    {
        QSqlQuery query(m_database);
        QVERIFY(query.exec(u"insert into t(id, a) values(41, 'a')"_qs));
        QCOMPARE(query.lastInsertId().toLongLong(), 41);
        QCOMPARE(query.numRowsAffected(), 1);
        QVERIFY(!query.isSelect());
        QVERIFY(query.exec(u"insert into t(a) values('b'), ('c')"_qs));
        QCOMPARE(query.lastInsertId().toLongLong(), 43);
        QCOMPARE(query.numRowsAffected(), 2);
        QVERIFY(query.exec(u"update t set r = 1"_qs));
        QCOMPARE(query.numRowsAffected(), 3);
        QVERIFY(query.exec(u"delete from t where a = 'z'"_qs));
        QCOMPARE(query.numRowsAffected(), 0);
        QVERIFY(query.exec(u"insert into t(a) values('d') returning id"_qs));
        QVERIFY(query.isSelect() && query.next());
        QCOMPARE(query.value(0).toInt(), 44);
    }

    void moves_data()
    {
        QTest::addColumn<bool>("forwardOnly");
        QTest::newRow("scrollable") << false;
        QTest::newRow("forward only") << true;
    }
    void moves()
    {
        QFETCH(bool, forwardOnly);
        QSqlQuery query(m_database);
        query.setForwardOnly(forwardOnly);
        QVERIFY(query.exec(u"values (1), (2), (3), (4)"_qs));
        QCOMPARE(query.at(), int(QSql::BeforeFirstRow));
        QVERIFY(!query.isValid());
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toInt(), 1);
        QVERIFY(query.seek(2));
        QCOMPARE(query.value(0).toInt(), 3);
        if (!forwardOnly) {
            QVERIFY(query.previous());
            QCOMPARE(query.value(0).toInt(), 2);
            QVERIFY(query.first());
            QVERIFY(!query.previous());
            QCOMPARE(query.at(), int(QSql::BeforeFirstRow));
            QVERIFY(query.last());
            QCOMPARE(query.at(), 3);
            QVERIFY(query.seek(-2, true));
            QCOMPARE(query.value(0).toInt(), 2);
            QVERIFY(query.seek(2));
        }
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toInt(), 4);
        QVERIFY(!query.next());
        QCOMPARE(query.at(), int(QSql::AfterLastRow));
        QVERIFY(!query.next());
        query.finish();
        QVERIFY(!query.isActive());
        QVERIFY(query.exec(u"select 1 where 0"_qs));
        QVERIFY(!query.next());
    }

    void describesResults()
    {
        run(u"insert into t(a, r) values('v', 0.5)"_qs);
        QSqlQuery query(m_database);
        QVERIFY(query.exec(u"select a, b, r, a as a, 1 + 1 as \"\", count(*) from t"_qs));
        const QSqlRecord record = query.record();
        QCOMPARE(record.count(), 6);
        QCOMPARE(record.fieldName(0), u"a"_qs);
        QCOMPARE(record.field(0).metaType(), QMetaType::fromType<QString>());
        QCOMPARE(record.field(1).metaType(), QMetaType::fromType<QByteArray>());
        QCOMPARE(record.field(2).metaType(), QMetaType::fromType<double>());
        QCOMPARE(record.fieldName(4), QString());
        QVERIFY(query.next());
        QCOMPARE(query.record().value(0).toString(), u"v"_qs);
        QCOMPARE(query.value(u"r"_qs).toDouble(), 0.5);
    }

    void describesTables()
    {
        run(u"drop view if exists v"_qs);
        // Qt's own driver does not find a name with a quote in it.
        const QString name =
            m_database.driverName() == u"QLIBSQL" ? u"odd \"name"_qs : u"odd name"_qs;
        const QString odd = m_database.driver()->escapeIdentifier(name, QSqlDriver::FieldName);
        run(u"drop table if exists "_qs + odd);
        run(u"create view v as select a from t"_qs);
        run(u"create table %1(y int, x text, primary key(x, y))"_qs.arg(odd));
        QStringList tables = m_database.tables();
        tables.sort();
        QVERIFY(tables.contains(u"t"_qs) && tables.contains(name));
        QVERIFY(!tables.contains(u"v"_qs));
        QVERIFY(m_database.tables(QSql::Views).contains(u"v"_qs));
        QVERIFY(m_database.tables(QSql::SystemTables).contains(u"sqlite_master"_qs));

        const QSqlRecord record = m_database.record(u"t"_qs);
        QCOMPARE(record.count(), 4);
        QCOMPARE(record.fieldName(1), u"a"_qs);
        QVERIFY(record.field(1).requiredStatus() == QSqlField::Required);
        QCOMPARE(record.field(1).defaultValue().toString(), u"x"_qs);
        QVERIFY(record.field(2).requiredStatus() != QSqlField::Required);
        QCOMPARE(m_database.record(u"v"_qs).count(), 1);
        QCOMPARE(m_database.record(u"nowhere"_qs).count(), 0);

        QCOMPARE(m_database.primaryIndex(u"t"_qs).fieldName(0), u"id"_qs);
        QCOMPARE(m_database.record(odd).count(), 2);
        QCOMPARE(m_database.primaryIndex(odd).count(), 2);
        run(u"drop view v"_qs);
        run(u"drop table "_qs + odd);
    }

    /// By the declared type, in the table's record and in a result's; Qt's own driver knows fewer.
    void recordsTellTypes_data()
    {
        QTest::addColumn<QString>("declared");
        QTest::addColumn<QMetaType>("type");
        QTest::addColumn<QMetaType>("ofFile");
        const auto integer = QMetaType::fromType<qlonglong>();
        const auto number = QMetaType::fromType<double>();
        const auto text = QMetaType::fromType<QString>();
        const auto row = [](const char *declared, QMetaType type, QMetaType ofFile) {
            QTest::newRow(declared) << QString::fromLatin1(declared) << type << ofFile;
        };
        row("INTEGER", integer, QMetaType::fromType<int>());
        row("int", integer, QMetaType::fromType<int>());
        row("BIGINT", integer, text);
        row("REAL", number, number);
        row("double precision", number, text);
        row("FLOAT", number, number);
        row("NUMERIC", number, number);
        row("DECIMAL(10, 2)", number, text);
        row("TEXT", text, text);
        row("VARCHAR(20)", text, text);
        row("TIMESTAMP", text, text);
        row("BLOB", QMetaType::fromType<QByteArray>(), QMetaType::fromType<QByteArray>());
        row("BOOLEAN", QMetaType::fromType<bool>(), QMetaType::fromType<bool>());
        row("", text, text);
    }
    void recordsTellTypes()
    {
        QFETCH(QString, declared);
        QFETCH(QMetaType, type);
        QFETCH(QMetaType, ofFile);
        const bool isFile = m_database.driverName() == u"QSQLITE";
        run(u"drop table if exists y"_qs);
        run(u"create table y(c %1)"_qs.arg(declared));
        QCOMPARE(m_database.record(u"y"_qs).field(0).metaType(), isFile ? ofFile : type);
        QSqlQuery query(m_database);
        QVERIFY(query.exec(u"select c from y"_qs));
        const QMetaType unknown; // without a declaration only values tell
        if (!isFile)
            QCOMPARE(query.record().field(0).metaType(), declared.isEmpty() ? unknown : type);
        query.finish();
        run(u"drop table y"_qs);
    }

    void formatsValues_data()
    {
        QTest::addColumn<QVariant>("variant");
        QTest::newRow("text") << QVariant(u"it's ä"_qs);
        QTest::newRow("number") << QVariant(-5LL);
        QTest::newRow("null") << QVariant(QMetaType::fromType<QString>());
    }
    void formatsValues()
    {
        QFETCH(QVariant, variant);
        QSqlField field(u"f"_qs, variant.metaType());
        field.setValue(variant);
        const QString text = m_database.driver()->formatValue(field);
        QCOMPARE(value(u"select "_qs + text), variant);
    }

    void runsBatches()
    {
        QSqlQuery query(m_database);
        QVERIFY(query.prepare(u"insert into t(a, r) values(?, ?)"_qs));
        query.addBindValue(QVariantList{u"p"_qs, u"q"_qs, u"s"_qs});
        query.addBindValue(QVariantList{1.5, QVariant(), 2.5});
        QVERIFY2(query.execBatch(), qPrintable(query.lastError().text()));
        QCOMPARE(value(u"select group_concat(a || coalesce(r, 'null')) from t"_qs).toString(),
                 u"p1.5,qnull,s2.5"_qs);
        QVERIFY(query.prepare(u"insert into t(a) values(:a)"_qs));
        query.bindValue(u":a"_qs, QVariantList{u"y"_qs, u"z"_qs});
        QVERIFY2(query.execBatch(), qPrintable(query.lastError().text()));
        QCOMPARE(value(u"select count(*) from t"_qs).toInt(), 5);
        QVERIFY(query.prepare(u"insert into t(a) values(?)"_qs));
        query.addBindValue(QVariantList{u"p"_qs});
        QVERIFY(!query.execBatch());
    }

    void anErrorIsForgottenByTheNextStatement()
    {
        QSqlQuery query(m_database);
        QVERIFY(!query.exec(u"select * from nowhere"_qs));
        QVERIFY(query.exec(u"select 1"_qs));
        QVERIFY(!query.lastError().isValid());
        QVERIFY(query.next());
    }

    void nothingRunsOnAClosedConnection()
    {
        QSqlQuery query(m_database);
        QVERIFY(query.exec(u"values (1), (2)"_qs) && query.next());
        m_database.close();
        QVERIFY(!query.exec(u"select 1"_qs));
        QVERIFY(!QSqlQuery(m_database).exec(u"select 1"_qs));
        QVERIFY(m_database.open());
        QVERIFY(QSqlQuery(m_database).exec(u"select 1"_qs));
    }
};

QTEST_GUILESS_MAIN(TestConformance)
#include "tst_conformance.moc"
