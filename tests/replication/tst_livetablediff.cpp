// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/livetablediff.h>

#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace edgewise::replication;
using namespace Qt::StringLiterals;

class TestLiveTableDiff : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_a = open(u"a"_qs);
        m_b = open(u"b"_qs);
        m_diff = std::make_unique<LiveTableDiff>();
        m_found.clear();
        connect(m_diff.get(), &LiveTableDiff::compared, this,
                [this](const LiveTableDiff::Found &found) { m_found.append(found); });
    }

    void cleanup()
    {
        m_diff.reset();
        m_a.reset();
        m_b.reset();
    }

    void comparesAgainWhenToldSo()
    {
        m_diff->setTarget(m_a.get(), m_b.get(), u"t"_qs);
        QTRY_COMPARE(m_found.size(), 1);
        QVERIFY(m_found[0].summary.counts.isEqual());
        execute(u"a"_qs, u"insert into t values (3, 'c')"_qs);
        m_diff->refresh();
        QTRY_COMPARE(m_found.size(), 2);
        QCOMPARE(m_found[1].summary.counts.onlyA, 1);
        QCOMPARE(m_found[1].rows.size(), 3);
        QVERIFY(!m_found[1].isCut);
    }

    void whatIsToldMeanwhileIsOneMore()
    {
        m_diff->setTarget(m_a.get(), m_b.get(), u"t"_qs);
        QVERIFY(m_diff->isRunning());
        for (int i = 0; i < 10; ++i)
            m_diff->refresh();
        QTRY_COMPARE(m_found.size(), 2);
        QTRY_VERIFY(!m_diff->isRunning());
        m_diff->refresh(); // and not nine that still wait
        QTRY_COMPARE(m_found.size(), 3);
    }

    void anotherTargetDropsWhatRuns()
    {
        m_diff->setTarget(m_a.get(), m_b.get(), u"t"_qs);
        m_diff->setTarget(m_a.get(), m_b.get(), u"other"_qs);
        QTRY_COMPARE(m_found.size(), 1);
        QCOMPARE(m_found[0].summary.table.name, u"other"_qs);
        m_diff->setTarget(nullptr, nullptr, {});
        m_diff->refresh();
        QVERIFY(!m_diff->isRunning());
    }

    void anErrorIsToldAndTheNextTryRuns()
    {
        QSignalSpy failed(m_diff.get(), &LiveTableDiff::failed);
        m_diff->setTarget(m_a.get(), m_b.get(), u"later"_qs);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed[0][0].value<Error>().kind, Error::Kind::NotFound);
        for (const QString &name : {u"a"_qs, u"b"_qs})
            execute(name, u"create table later(k integer primary key)"_qs);
        m_diff->refresh();
        QTRY_COMPARE(m_found.size(), 1);
    }

    void manyRowsThatAreTheSameAreCountedAndNotKept()
    {
        for (const QString &name : {u"a"_qs, u"b"_qs})
            execute(name, u"insert into t with recursive c(n) as (select 10 union all select n+1 "
                          "from c where n < 25009) select n, 'x' from c"_qs);
        execute(u"b"_qs, u"update t set v = 'y' where k = 25009"_qs);
        m_diff->setTarget(m_a.get(), m_b.get(), u"t"_qs);
        QTRY_COMPARE(m_found.size(), 1);
        QCOMPARE(m_found[0].summary.counts.same, 25001);
        QVERIFY(m_found[0].rows.size() < 25000);
        QCOMPARE(m_found[0].rows.last().kind, RowDifference::Kind::Changed);
        QVERIFY(!m_found[0].isCut);
    }

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }

    void execute(const QString &name, const QString &sql) const
    {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_qs, u"setup"_qs);
            database.setDatabaseName(path(name));
            QSqlQuery query(database);
            if (!database.open() || !(query = QSqlQuery(database)).exec(sql))
                qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
        }
        QSqlDatabase::removeDatabase(u"setup"_qs);
    }

    std::unique_ptr<store::Connection> open(const QString &name)
    {
        execute(name, u"create table t(k integer primary key, v)"_qs);
        execute(name, u"create table other(k integer primary key)"_qs);
        execute(name, u"insert into t values (1, 'a'), (2, 'b')"_qs);
        store::ConnectionOptions options;
        options.readOnly = true;
        return std::make_unique<store::Connection>(*store::Source::parse(path(name)), options,
                                                   m_clock);
    }

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Connection> m_a;
    std::unique_ptr<store::Connection> m_b;
    std::unique_ptr<LiveTableDiff> m_diff;
    QList<LiveTableDiff::Found> m_found;
};

QTEST_GUILESS_MAIN(TestLiveTableDiff)
#include "tst_livetablediff.moc"
