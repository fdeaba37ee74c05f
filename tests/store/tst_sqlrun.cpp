// SPDX-License-Identifier: GPL-3.0-or-later
// What a person types, on a file and on a real node.
#include <store/sqlconsole.h>

#include <support/sqldnode.h>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace edgewise::store;
using namespace Qt::StringLiterals;

class TestSqlRun : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    QTemporaryDir m_directory;
    std::unique_ptr<test::SqldNode> m_node;

    QString address(const QString &kind)
    {
        return kind == u"node" ? m_node->url().toString() : m_directory.filePath(u"data.db"_qs);
    }

    std::unique_ptr<SqlConsole> console(const QString &kind, bool readOnly = true)
    {
        ConnectionOptions options;
        options.readOnly = readOnly;
        return std::make_unique<SqlConsole>(*Source::parse(address(kind)), options, m_clock);
    }

    static Result<SqlTable> run(SqlConsole &console, const QString &sql, bool write = false,
                                qint64 limit = 0)
    {
        return console.run({.sql = sql, .allowWrite = write, .rowLimit = limit}).takeResult();
    }

private slots:
    void initTestCase()
    {
        m_node = std::make_unique<test::SqldNode>();
        const QStringList statements{
            u"create table t(id integer primary key, v, b blob)"_qs,
            u"insert into t values (1, 'a', x'00'), (2, null, null), (3, 2.5, null)"_qs,
            u"create table authentications(id text primary key, hashed_client_token text)"_qs,
            u"insert into authentications values ('one', 's3cr3t')"_qs,
            u"create unique index tokens on authentications(hashed_client_token)"_qs,
            u"create view hashes as select * from authentications"_qs,
            u"create view renamed(name, h) as select * from authentications"_qs,
            u"create view twice as select h as x, name from renamed"_qs};
        m_node->execute(statements);
        {
            QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_qs, u"fill"_qs);
            file.setDatabaseName(address(u"file"_qs));
            QVERIFY(file.open());
            for (const QString &sql : statements)
                QVERIFY(QSqlQuery(file).exec(sql));
        }
        QSqlDatabase::removeDatabase(u"fill"_qs);
    }

    void readsRows_data() { kinds(); }
    void readsRows()
    {
        QFETCH(QString, kind);
        const auto console = this->console(kind);
        const auto table = run(*console, u"select id, v, b from t order by id"_qs);
        QVERIFY2(table.has_value(), table ? "" : qPrintable(table.error().detail));
        QCOMPARE(table->summary.columns, (QStringList{u"id"_qs, u"v"_qs, u"b"_qs}));
        QCOMPARE(table->rows, (QList<QVariantList>{{1LL, u"a"_qs, QByteArray("\0", 1)},
                                                   {2LL, QVariant(), QVariant()},
                                                   {3LL, 2.5, QVariant()}}));
        const auto cut = run(*console, u"select id from t"_qs, false, 2);
        QCOMPARE(cut->rows.size(), 2);
        QVERIFY(cut->summary.isCut);
        QVERIFY(!run(*console, u"select id from t"_qs, false, 3)->summary.isCut);
        const auto none = run(*console, u"select id from t where id > 9"_qs);
        QCOMPARE(none->summary.columns, QStringList{u"id"_qs});
        QVERIFY(none->rows.isEmpty());
    }

    void refusesToWrite_data() { kinds(); }
    void refusesToWrite()
    {
        QFETCH(QString, kind);
        const auto console = this->console(kind);
        for (const QString &sql :
             {u"delete from t"_qs, u"create table x(a)"_qs,
              u"with a as (select 1) delete from t"_qs, u"pragma user_version = 7"_qs}) {
            const auto refused = run(*console, sql);
            QVERIFY2(!refused, qPrintable(sql));
            QCOMPARE(refused.error().kind, Error::Kind::ReadOnly);
            // A read-only connection stays one, whatever the request allows.
            QCOMPARE(run(*console, sql, true).error().kind, Error::Kind::ReadOnly);
        }
        QCOMPARE(run(*console, u"select count(*) from t"_qs)->rows.first().first().toInt(), 3);
    }

    void writesWhenAllowed_data() { kinds(); }
    void writesWhenAllowed()
    {
        QFETCH(QString, kind);
        const auto console = this->console(kind, false);
        const auto done = run(*console, u"insert into t(v) values ('x'), ('y')"_qs, true);
        QVERIFY2(done.has_value(), done ? "" : qPrintable(done.error().detail));
        QCOMPARE(done->summary.affectedRows, 2);
        QCOMPARE(run(*console, u"delete from t where id > 3"_qs, true)->summary.affectedRows, 2);
        QCOMPARE(run(*console, u"insert into t(id) values (1)"_qs, true).error().kind,
                 Error::Kind::Constraint);
    }

    void neverShowsTokenHashes_data()
    {
        QTest::addColumn<QString>("sql");
        for (const char *sql :
             {"select * from authentications", "select hashed_client_token from authentications",
              "select a.* from Authentications a", "select quote(\"Hashed_Client_Token\") from x",
              "with c(a, b) as (select * from authentications) select b from c",
              "select 1, 2 union all select * from authentications"})
            QTest::newRow(sql) << QString::fromLatin1(sql);
    }
    void neverShowsTokenHashes()
    {
        QFETCH(QString, sql);
        const auto console = this->console(u"node"_qs);
        const auto refused = run(*console, sql);
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.contains(u"never shown"),
                 qPrintable(refused.error().detail));
    }

    void showsNoneUnderAnotherName()
    {
        for (const QString &kind : {u"file"_qs, u"node"_qs}) {
            const auto console = this->console(kind, false);
            for (const QString &sql :
                 {u"select * from hashes"_qs, u"select * from renamed"_qs,
                  u"select h from renamed"_qs, u"select upper(x) from twice"_qs,
                  u"select max(h) from renamed"_qs, u"select x from twice order by x"_qs,
                  u"select 1 from t where (select h from renamed) > 'a'"_qs,
                  u"with c as (select * from twice) select x from c"_qs,
                  u"select t.id, r.h from t left join renamed r on r.name = t.v"_qs}) {
                const auto refused = run(*console, sql);
                QVERIFY2(!refused, qPrintable(kind + u": "_qs + sql));
                QVERIFY2(refused.error().detail.contains(u"never shown"),
                         qPrintable(refused.error().detail));
            }
            QVERIFY(!run(*console, u"create table copied as select * from renamed"_qs, true));
            QCOMPARE(run(*console, u"select name from renamed"_qs)->rows.first().first(),
                     QVariant(u"one"_qs));
            QCOMPARE(run(*console, u"select count(*) from twice"_qs)->rows.first().first().toInt(),
                     1);
        }
    }

    void showsTheOtherColumns()
    {
        for (const QString &kind : {u"file"_qs, u"node"_qs}) {
            const auto console = this->console(kind);
            QCOMPARE(run(*console, u"select id from hashes"_qs)->rows.first().first(),
                     QVariant(u"one"_qs));
            QCOMPARE(run(*console, u"select count(*) from authentications"_qs)->rows.size(), 1);
            QCOMPARE(run(*console, u"select id from authentications"_qs)->rows.first().first(),
                     QVariant(u"one"_qs));
        }
    }

    void refusesWhatIsNoSingleStatement()
    {
        const auto console = this->console(u"file"_qs);
        for (const QString &sql :
             {u""_qs, u"-- nothing"_qs, u"select 1; select 2"_qs, u"select ?"_qs, u"begin"_qs}) {
            const auto refused = run(*console, sql);
            QVERIFY2(!refused && refused.error().kind == Error::Kind::Input, qPrintable(sql));
        }
    }

    void tellsTheServersWords()
    {
        for (const QString &kind : {u"file"_qs, u"node"_qs}) {
            const auto console = this->console(kind);
            const auto failed = run(*console, u"select nowhere from t"_qs);
            QVERIFY(!failed);
            QVERIFY2(failed.error().detail.contains(u"nowhere"), qPrintable(failed.error().detail));
        }
    }

    void explainsThePlan_data() { kinds(); }
    void explainsThePlan()
    {
        QFETCH(QString, kind);
        const auto console = this->console(kind);
        const auto plan = console->plan(u"select * from t where id = 1"_qs).takeResult();
        QVERIFY2(plan.has_value(), plan ? "" : qPrintable(plan.error().detail));
        QVERIFY2(plan->first().contains(u"SEARCH"), qPrintable(plan->first()));
    }

    void canBeCancelled_data() { kinds(); }
    void canBeCancelled()
    {
        QFETCH(QString, kind);
        const auto console = this->console(kind);
        auto future =
            console->run({.sql = u"with recursive c(n) as (select 1 union all select n + 1 "
                                 "from c) select n from c"_qs,
                          .allowWrite = false,
                          .rowLimit = 0});
        console->cancel();
        const auto cancelled = future.takeResult();
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().kind, Error::Kind::Cancelled);
        QCOMPARE(run(*console, u"select 1"_qs)->rows.size(), 1); // and goes on
    }

private:
    static void kinds()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("file") << u"file"_qs;
        QTest::newRow("node") << u"node"_qs;
    }
};

QTEST_GUILESS_MAIN(TestSqlRun)
#include "tst_sqlrun.moc"
