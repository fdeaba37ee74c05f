// SPDX-License-Identifier: GPL-3.0-or-later
#include <sqldriver/batch.h>
#include <sqldriver/errors.h>
#include <sqldriver/libsqldriver.h>
#include <support/byteserver.h>
#include <support/sqldnode.h>

#include <QSqlQuery>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace edgewise;
using namespace edgewise::sqldriver;
using namespace Qt::StringLiterals;
using Outcome = BatchResult::Outcome;

namespace {

const QByteArray emptyResult = R"({"cols":[],"rows":[],"affected_row_count":1})";
const QByteArray sqlError = R"({"message":"UNIQUE constraint failed: t.a","code":"X"})";

/// A pipeline's answer: `first`, and whether the stream stands outside of a transaction.
QByteArray answerTo(const QByteArray &first, bool autocommit = true)
{
    return test::httpAnswer(
        "200 OK", R"({"baton":"b","results":[)" + first
                      + R"(,{"type":"ok","response":{"type":"get_autocommit","is_autocommit":)"
                      + (autocommit ? "true" : "false") + "}}]}");
}
QByteArray stepsAnswer(const QByteArrayList &results, const QByteArrayList &errors)
{
    return answerTo(R"({"type":"ok","response":{"type":"batch","result":{"step_results":[)"
                    + results.join(',') + R"(],"step_errors":[)" + errors.join(',') + "]}}}");
}

} // namespace

/// The batch on a SQLite file and on a real server; the faults, which a file does not have, on the
/// server alone.
class TestBatch : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<test::SqldNode> m_primary;
    std::unique_ptr<test::SqldNode> m_replica;
    QTemporaryDir m_directory;
    int m_count = 0;

    QSqlDatabase open(const QString &driver, const QString &name, const QString &options = {})
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(driver, u"batch%1"_qs.arg(++m_count));
        database.setDatabaseName(name);
        database.setConnectOptions(options);
        if (!database.open())
            qFatal("%s", qPrintable(database.lastError().text()));
        return database;
    }
    QSqlDatabase openPrimary() { return open(u"QLIBSQL"_qs, m_primary->url().toString()); }
    QSqlDatabase openReplica() { return open(u"QLIBSQL"_qs, m_replica->url().toString()); }

    QSqlDatabase freshDatabase()
    {
        QFETCH_GLOBAL(QString, driver);
        QSqlDatabase database = driver == u"QSQLITE"
                                    ? open(driver, m_directory.filePath(u"test.db"_qs))
                                    : openPrimary();
        for (const char *sql :
             {"drop table if exists t", "create table t(id integer primary key, a unique, b)"}) {
            QSqlQuery query(database);
            if (!query.exec(QLatin1StringView(sql)))
                qFatal("%s", qPrintable(query.lastError().text()));
        }
        return database;
    }

    static QVariantList column(QSqlDatabase &database, const QString &sql)
    {
        QVariantList values;
        QSqlQuery query(database);
        if (!query.exec(sql))
            qFatal("%s", qPrintable(query.lastError().text()));
        while (query.next())
            values.append(query.value(0));
        return values;
    }

private slots:
    void initTestCase_data()
    {
        QTest::addColumn<QString>("driver");
        QTest::newRow("file") << u"QSQLITE"_qs;
        QTest::newRow("server") << u"QLIBSQL"_qs;
    }
    void initTestCase()
    {
        registerDriver();
        m_primary = std::make_unique<test::SqldNode>();
        m_replica = std::make_unique<test::SqldNode>(*m_primary);
    }
    void cleanup()
    {
        for (const QString &name : QSqlDatabase::connectionNames())
            QSqlDatabase::removeDatabase(name);
    }

    void writesAllOrNothing()
    {
        QSqlDatabase database = freshDatabase();
        const BatchResult done = writeBatch(
            database, {{u"insert into t(a, b) values(?, ?)"_qs, {u"x"_qs, 1}},
                       {u"insert into t(a, b) values(?, ?), ('z', null)"_qs, {u"y"_qs, QVariant()}},
                       {u"update t set b = 2"_qs, {}},
                       {u"select a, b from t order by id"_qs, {}}});
        QVERIFY2(done.outcome == Outcome::Done, qPrintable(done.error.text()));
        QCOMPARE(done.results.size(), 4);
        QCOMPARE(done.results[0].affectedRows, 1);
        QCOMPARE(done.results[1].affectedRows, 2);
        QCOMPARE(done.results[2].affectedRows, 3);
        QCOMPARE(done.results[3].affectedRows, 0);
        QCOMPARE(done.results[3].columns, (QStringList{u"a"_qs, u"b"_qs}));
        QCOMPARE(done.results[3].rows,
                 (QList<QVariantList>{{u"x"_qs, 2LL}, {u"y"_qs, 2LL}, {u"z"_qs, 2LL}}));
        QCOMPARE(column(database, u"select count(*) from t"_qs), QVariantList{3LL});

        const BatchResult failed = writeBatch(database, {{u"delete from t where a = 'x'"_qs, {}},
                                                         {u"insert into t(a) values('y')"_qs, {}},
                                                         {u"insert into t(a) values('w')"_qs, {}}});
        QCOMPARE(failed.outcome, Outcome::Failed);
        QCOMPARE(failed.failedStatement, 1);
        QVERIFY(failed.error.databaseText().contains(u"UNIQUE"));
        QCOMPARE(column(database, u"select a from t order by id"_qs),
                 (QVariantList{u"x"_qs, u"y"_qs, u"z"_qs}));
        // The connection is as good as before.
        QCOMPARE(writeBatch(database, {{u"delete from t"_qs, {}}}).outcome, Outcome::Done);
        QCOMPARE(column(database, u"select count(*) from t"_qs), QVariantList{0LL});
    }

    void aGuardUndoesTheBatch()
    {
        QSqlDatabase database = freshDatabase();
        const QString guard = u"select case when changes() = 1 then 1 else "
                              "abs(-9223372036854775808) end"_qs;
        const BatchResult result = writeBatch(database, {{u"insert into t(a) values(1)"_qs, {}},
                                                         {guard, {}},
                                                         {u"update t set b = 5 where a = 2"_qs, {}},
                                                         {guard, {}}});
        QCOMPARE(result.outcome, Outcome::Failed);
        QCOMPARE(result.failedStatement, 3);
        QVERIFY2(result.error.databaseText().contains(u"integer overflow"),
                 qPrintable(result.error.text()));
        QCOMPARE(column(database, u"select count(*) from t"_qs), QVariantList{0LL});
    }

    void readsOneState()
    {
        QSqlDatabase database = freshDatabase();
        QCOMPARE(writeBatch(database, {{u"insert into t(a, b) values(?, ?)"_qs,
                                        {QByteArray("\0\xff", 2), 0.1}}})
                     .outcome,
                 Outcome::Done);
        const BatchResult result =
            readBatch(database, {{u"select b, a, null from t where b = ?"_qs, {0.1}},
                                 {u"select count(*) from t"_qs, {}}});
        QVERIFY2(result.outcome == Outcome::Done, qPrintable(result.error.text()));
        QCOMPARE(result.results[0].rows[0][0], QVariant(0.1));
        QCOMPARE(result.results[0].rows[0][1], QVariant(QByteArray("\0\xff", 2)));
        QVERIFY(result.results[0].rows[0][2].isNull());
        QCOMPARE(result.results[1].rows[0][0], QVariant(1LL));
        QFETCH_GLOBAL(QString, driver);
        QCOMPARE(result.replicationIndex.has_value(), driver == u"QLIBSQL");
    }

    void refusesWhatIsNoBatch_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<bool>("writing");
        QTest::newRow("two statements") << u"delete from t; delete from t"_qs << true;
        QTest::newRow("nothing") << u" -- only words"_qs << true;
        QTest::newRow("commit") << u"commit"_qs << true;
        QTest::newRow("begin") << u"begin"_qs << true;
        QTest::newRow("no SQL") << u"selec 1"_qs << true;
        QTest::newRow("too few arguments") << u"select ?"_qs << true;
        QTest::newRow("no such table") << u"select * from nowhere"_qs << false;
        QTest::newRow("write in a read") << u"delete from t"_qs << false;
        QTest::newRow("hidden write in a read")
            << u"with x as (select 1) delete from t"_qs << false;
    }
    void refusesWhatIsNoBatch()
    {
        QFETCH(QString, sql);
        QFETCH(bool, writing);
        QSqlDatabase database = freshDatabase();
        column(database, u"insert into t(a) values(1)"_qs);
        const QList<BatchStatement> statements = {{u"select 1"_qs, {}}, {sql, {}}};
        const BatchResult result =
            writing ? writeBatch(database, statements) : readBatch(database, statements);
        QCOMPARE(result.outcome, Outcome::Failed);
        QVERIFY(result.error.isValid());
        QCOMPARE(column(database, u"select count(*) from t"_qs), QVariantList{1LL});
    }

    void takesNoPartInAnOpenTransaction()
    {
        QSqlDatabase database = freshDatabase();
        QVERIFY(database.transaction());
        column(database, u"insert into t(a) values(1)"_qs);
        QCOMPARE(writeBatch(database, {{u"delete from t"_qs, {}}}).outcome, Outcome::Failed);
        QVERIFY(database.commit());
        QCOMPARE(column(database, u"select count(*) from t"_qs), QVariantList{1LL});
    }

    void aTooLargeAnswerLeavesNothingBehind()
    {
        QFETCH_GLOBAL(QString, driver);
        if (driver == u"QSQLITE")
            return; // no limit there
        QSqlDatabase database = freshDatabase();
        const QString large = u"with recursive n(i) as (select 1 union all select i + 1 from n "
                              "where i < 30) select hex(zeroblob(400000)) from n"_qs;
        const BatchResult result =
            writeBatch(database, {{u"insert into t(a) values(1)"_qs, {}}, {large, {}}});
        QCOMPARE(result.outcome, Outcome::Failed);
        QCOMPARE(result.error.nativeErrorCode(), u"RESPONSE_TOO_LARGE"_qs);
        QCOMPARE(column(database, u"select count(*) from t"_qs), QVariantList{0LL});
        QCOMPARE(writeBatch(database, {{u"insert into t(a) values(2)"_qs, {}}}).outcome,
                 Outcome::Done);
    }

    void aReplicaReadsByItself()
    {
        QFETCH_GLOBAL(QString, driver);
        if (driver == u"QSQLITE")
            return;
        // Nodes of its own: the write that is given up here may still be written when the primary
        // wakes, into whatever another test does by then.
        test::SqldNode primary;
        test::SqldNode following(primary);
        QSqlDatabase database = open(u"QLIBSQL"_qs, primary.url().toString());
        column(database, u"create table t(a unique)"_qs);
        column(database, u"insert into t(a) values(1)"_qs);
        QSqlDatabase replica =
            open(u"QLIBSQL"_qs, following.url().toString(), u"QLIBSQL_TIMEOUT=1000"_qs);
        const QList<BatchStatement> reads = {{u"select count(*) from sqlite_master"_qs, {}},
                                             {u"select 2"_qs, {}}};
        QVERIFY(readBatch(replica, reads).outcome == Outcome::Done);
        // Only its own copy can answer now.
        primary.pause();
        const BatchResult result = readBatch(replica, reads);
        const BatchResult write = writeBatch(replica, {{u"insert into t(a) values(3)"_qs, {}}});
        primary.resume();
        QVERIFY2(result.outcome == Outcome::Done, qPrintable(result.error.text()));
        // The request had left: whether the primary writes it on waking is not ours to say.
        QCOMPARE(write.outcome, Outcome::Unknown);
        QVERIFY(write.error.isValid());
    }

    void tellsThatAReplicaForwarded()
    {
        QFETCH_GLOBAL(QString, driver);
        if (driver == u"QSQLITE")
            return;
        QSqlDatabase database = freshDatabase();
        QSqlDatabase replica = openReplica();
        QVERIFY(!readBatch(database, {{u"select 1"_qs, {}}}).forwarded);
        QVERIFY(!writeBatch(database, {{u"insert into t(a) values(1)"_qs, {}}}).forwarded);
        QVERIFY(!readBatch(replica, {{u"select 1"_qs, {}}}).forwarded);
        QTRY_VERIFY_WITH_TIMEOUT(QSqlQuery(replica).exec(u"select a from t"_qs), 30000);
        const BatchResult write = writeBatch(replica, {{u"insert into t(a) values(2)"_qs, {}}});
        QVERIFY2(write.outcome == Outcome::Done, qPrintable(write.error.text()));
        QVERIFY(write.forwarded);
    }

    void writesThroughAReplica()
    {
        QFETCH_GLOBAL(QString, driver);
        if (driver == u"QSQLITE")
            return;
        QSqlDatabase database = freshDatabase();
        QSqlDatabase replica = openReplica();
        // The table is not there at once; while its first copy is on its way, the primary answers
        // for it.
        const auto hasTable = [&] {
            const BatchResult read = readBatch(replica, {{u"select a from t"_qs, {}}});
            return read.outcome == Outcome::Done && !read.forwarded;
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasTable(), 30000);
        const BatchResult done = writeBatch(replica, {{u"insert into t(a) values(7)"_qs, {}}});
        QVERIFY2(done.outcome == Outcome::Done, qPrintable(done.error.text()));
        const BatchResult failed = writeBatch(replica, {{u"insert into t(a) values(8)"_qs, {}},
                                                        {u"insert into t(a) values(7)"_qs, {}}});
        QVERIFY2(failed.outcome == Outcome::Failed, qPrintable(failed.error.text()));
        QCOMPARE(failed.failedStatement, 1);
        QCOMPARE(column(database, u"select a from t"_qs), QVariantList{7LL});
    }

    /// The steps are begin, the statement, commit and rollback.
    void saysFailedOnlyWhenItIsCertain_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<Outcome>("outcome");
        const QByteArray &ok = emptyResult;
        const QByteArray none = "null";
        QTest::newRow("all answered")
            << stepsAnswer({ok, ok, ok, none}, {none, none, none, none}) << Outcome::Done;
        QTest::newRow("a statement refused, rolled back")
            << stepsAnswer({ok, none, none, ok}, {none, sqlError, none, none}) << Outcome::Failed;
        QTest::newRow("the commit refused, rolled back")
            << stepsAnswer({ok, ok, none, ok}, {none, none, sqlError, none}) << Outcome::Failed;
        QTest::newRow("the commit's answer left out")
            << stepsAnswer({ok, ok, none, none}, {none, none, none, none}) << Outcome::Unknown;
        QTest::newRow("a statement's answer left out, committed")
            << stepsAnswer({ok, none, ok, none}, {none, none, none, none}) << Outcome::Unknown;
        QTest::newRow("all answers left out")
            << stepsAnswer({none, none, none, none}, {none, none, none, none}) << Outcome::Unknown;
        QTest::newRow("refused and committed")
            << stepsAnswer({ok, none, ok, none}, {none, sqlError, none, none}) << Outcome::Unknown;
        QTest::newRow("refused as a whole, transaction over")
            << answerTo(R"({"type":"error","error":{"message":"m","code":"PROXY_ERROR"}})")
            << Outcome::Unknown;
        QTest::newRow("refused as a whole, transaction open") << answerTo(
            R"({"type":"error","error":{"message":"m","code":"RESPONSE_TOO_LARGE"}})", false)
                                                              << Outcome::Failed;
        QTest::newRow("refused unread")
            << answerTo(R"({"type":"error","error":{"message":"m","code":"SQL_PARSE_ERROR"}})")
            << Outcome::Failed;
    }
    void saysFailedOnlyWhenItIsCertain()
    {
        QFETCH_GLOBAL(QString, driver);
        if (driver == u"QSQLITE")
            return; // nothing lies between it and its file
        QFETCH(QByteArray, answer);
        QFETCH(Outcome, outcome);
        const QByteArray opened =
            answerTo(R"({"type":"ok","response":{"type":"execute","result":)" + emptyResult + "}}");
        test::ByteServer server({opened, answer});
        QSqlDatabase database = open(u"QLIBSQL"_qs, server.url().toString());
        const BatchResult result = writeBatch(database, {{u"insert into t values(1)"_qs, {}}});
        QCOMPARE(result.outcome, outcome);
        QCOMPARE(result.error.isValid(), outcome != Outcome::Done);
        if (outcome == Outcome::Unknown)
            QCOMPARE(result.error.nativeErrorCode(), QString::fromUtf16(outcomeUnknownCode));
    }

    void aLostAnswerIsUnknown()
    {
        QFETCH_GLOBAL(QString, driver);
        if (driver == u"QSQLITE")
            return;
        test::SqldNode node;
        QSqlDatabase database =
            open(u"QLIBSQL"_qs, node.url().toString(), u"QLIBSQL_TIMEOUT=300"_qs);
        QSqlQuery(database).exec(u"create table t(a)"_qs);
        node.pause();
        const BatchResult lost = writeBatch(database, {{u"insert into t values(1)"_qs, {}}});
        QCOMPARE(lost.outcome, Outcome::Unknown);
        QCOMPARE(lost.error.type(), QSqlError::ConnectionError);
        node.resume();
        // Another attempt reaches the node again; whether the first had landed is the store's part.
        QTRY_COMPARE(writeBatch(database, {{u"delete from t"_qs, {}}}).outcome, Outcome::Done);
        node.kill();
        const BatchResult refused = writeBatch(database, {{u"insert into t values(1)"_qs, {}}});
        QCOMPARE(refused.outcome, Outcome::Failed);
        QCOMPARE(refused.error.type(), QSqlError::ConnectionError);
        node.start();
        QCOMPARE(writeBatch(database, {{u"insert into t values(1)"_qs, {}}}).outcome,
                 Outcome::Done);
        QCOMPARE(column(database, u"select count(*) from t"_qs), QVariantList{1LL});
    }
};

QTEST_GUILESS_MAIN(TestBatch)
#include "tst_batch.moc"
