// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends.h"

#include <QSqlError>
#include <QSqlQueryModel>
#include <QSqlRecord>
#include <QSqlRelationalTableModel>
#include <QSqlTableModel>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

/// Qt's item models over each back end: they show, edit and tell what the database refuses.
class TestSqlModels : public QObject {
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

    void modelsShowAndEdit()
    {
        for (int i = 1; i <= 3; ++i)
            run(u"insert into t(id, a) values(%1, 'row %1')"_qs.arg(i));
        QSqlTableModel model(nullptr, m_database);
        model.setTable(u"t"_qs);
        model.setEditStrategy(QSqlTableModel::OnManualSubmit);
        QVERIFY2(model.select(), qPrintable(model.lastError().text()));
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(model.setData(model.index(1, 1), u"changed"_qs));
        QSqlRecord fresh = model.record();
        fresh.setValue(u"a"_qs, u"fresh"_qs);
        fresh.setGenerated(u"id"_qs, false);
        QVERIFY(model.insertRecord(-1, fresh));
        QVERIFY(model.removeRow(0));
        QVERIFY2(model.submitAll(), qPrintable(model.lastError().text()));
        QCOMPARE(
            value(u"select group_concat(id || a) from (select * from t order by id)"_qs).toString(),
            u"2changed,3row 3,4fresh"_qs);
        model.setFilter(u"a = 'fresh'"_qs);
        QVERIFY(model.select());
        QCOMPARE(model.rowCount(), 1);

        QSqlQueryModel rows;
        rows.setQuery(u"with recursive n(i) as (select 1 union all select i + 1 from n "
                      "where i < 1000) select i from n"_qs,
                      m_database);
        while (rows.canFetchMore())
            rows.fetchMore();
        QCOMPARE(rows.rowCount(), 1000);
        QCOMPARE(rows.index(999, 0).data().toInt(), 1000);
    }

    void relationalModelsEdit()
    {
        run(u"drop table if exists city"_qs);
        run(u"create table city(id integer primary key, name text)"_qs);
        run(u"insert into city values(1, 'Oslo'), (2, 'Bern')"_qs);
        run(u"insert into t(id, a, r) values(7, 'row', 1)"_qs);
        {
            QSqlRelationalTableModel model(nullptr, m_database);
            model.setTable(u"t"_qs);
            model.setEditStrategy(QSqlTableModel::OnRowChange);
            model.setRelation(3, QSqlRelation(u"city"_qs, u"id"_qs, u"name"_qs));
            QVERIFY2(model.select(), qPrintable(model.lastError().text()));
            QCOMPARE(model.rowCount(), 1);
            QCOMPARE(model.index(0, 3).data().toString(), u"Oslo"_qs);
            QCOMPARE(model.relationModel(3)->rowCount(), 2);
            QVERIFY(model.setData(model.index(0, 3), 2));
            QCOMPARE(model.index(0, 3).data().toString(), u"Bern"_qs);
            QVERIFY2(model.submit(), qPrintable(model.lastError().text()));
            QCOMPARE(model.index(0, 3).data().toString(), u"Bern"_qs);
        }
        QCOMPARE(value(u"select r from t"_qs).toInt(), 2);
        run(u"drop table city"_qs);
    }

    void modelsEditAtOnce()
    {
        run(u"insert into t(id, a) values(1, 'one'), (2, 'two')"_qs);
        QSqlTableModel model(nullptr, m_database);
        model.setTable(u"t"_qs);
        model.setEditStrategy(QSqlTableModel::OnFieldChange);
        model.setSort(0, Qt::DescendingOrder);
        QVERIFY(model.select());
        QVERIFY(model.setData(model.index(0, 1), u"it's"_qs));
        QCOMPARE(value(u"select a from t where id = 2"_qs).toString(), u"it's"_qs);
        QVERIFY(model.setData(model.index(0, 2), QByteArray("\0\xff", 2)));
        QCOMPARE(value(u"select b from t where id = 2"_qs), QVariant(QByteArray("\0\xff", 2)));
        // What the database refuses is told, and undone on request.
        QVERIFY(!model.setData(model.index(1, 1), u"it's"_qs));
        QVERIFY(model.lastError().isValid());
        model.revertAll();
        QCOMPARE(model.index(1, 1).data().toString(), u"one"_qs);
        QVERIFY(model.removeRow(1));
        QCOMPARE(value(u"select count(*) from t"_qs).toInt(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSqlModels)
#include "tst_sqlmodels.moc"
