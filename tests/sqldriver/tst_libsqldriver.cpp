// SPDX-License-Identifier: GPL-3.0-or-later
#include <sqldriver/batch.h>
#include <sqldriver/errors.h>
#include <sqldriver/libsqldriver.h>
#include <support/byteserver.h>
#include <support/sqldnode.h>

#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlField>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>

#include <cmath>
#include <limits>

using namespace edgewise;
using namespace edgewise::sqldriver;
using namespace Qt::StringLiterals;

namespace {

/// One row with one integer, outside of a transaction.
const QByteArray oneRow = test::httpAnswer(
    "200 OK", R"({"baton":"b","results":[{"type":"ok","response":{"type":"execute","result":)"
              R"({"cols":[{"name":"a"}],"rows":[[{"type":"integer","value":"1"}]]}}},)"
              R"({"type":"ok","response":{"type":"get_autocommit","is_autocommit":true}}]})");

} // namespace

/// What QLIBSQL does beyond the common ground, and in the face of faults; on a real server.
class TestLibsqlDriver : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<test::SqldNode> m_node;
    int m_count = 0;

    QSqlDatabase prepare(const QUrl &url, const QString &options = {})
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(u"QLIBSQL"_qs, u"driver%1"_qs.arg(++m_count));
        database.setDatabaseName(url.toString());
        database.setConnectOptions(options);
        return database;
    }
    QSqlDatabase open(const QUrl &url, const QString &options = {})
    {
        QSqlDatabase database = prepare(url, options);
        if (!database.open())
            qFatal("%s", qPrintable(database.lastError().text()));
        return database;
    }
    static void run(const QSqlDatabase &database, const QString &sql)
    {
        QSqlQuery query(database);
        if (!query.exec(sql))
            qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
    }
    static QVariant value(const QSqlDatabase &database, const QString &sql)
    {
        QSqlQuery query(database);
        if (!query.exec(sql) || !query.next())
            qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
        return query.value(0);
    }
    static QString series(int rows, const QString &columns)
    {
        return u"with recursive n(i) as (select 1 union all select i + 1 from n where i < %1) "
               "select %2 from n"_qs.arg(rows)
                   .arg(columns);
    }

private slots:
    void initTestCase()
    {
        registerDriver();
        m_node = std::make_unique<test::SqldNode>();
    }
    void cleanup()
    {
        for (const QString &name : QSqlDatabase::connectionNames())
            QSqlDatabase::removeDatabase(name);
    }

    void bindsEveryKindOfPlaceholder()
    {
        QSqlDatabase database = open(m_node->url());
        QSqlQuery query(database);
        QVERIFY(query.prepare(u"select ?2, ?1, ?2"_qs));
        query.addBindValue(u"one"_qs);
        query.addBindValue(u"two"_qs);
        QVERIFY2(query.exec() && query.next(), qPrintable(query.lastError().text()));
        QCOMPARE(query.value(0).toString(), u"two"_qs);
        QCOMPARE(query.value(1).toString(), u"one"_qs);

        QVERIFY(query.prepare(u"select @a, $b, :a -- :c ?"_qs));
        query.bindValue(u"@a"_qs, 1);
        query.bindValue(u"$b"_qs, 2);
        query.bindValue(u":a"_qs, 3);
        QVERIFY2(query.exec() && query.next(), qPrintable(query.lastError().text()));
        QCOMPARE(query.value(0).toInt() * 100 + query.value(1).toInt() * 10
                     + query.value(2).toInt(),
                 123);

        QVERIFY(query.prepare(u"select :a, ?, :a"_qs));
        query.addBindValue(5);
        query.addBindValue(6);
        QVERIFY2(query.exec() && query.next(), qPrintable(query.lastError().text()));
        QCOMPARE(query.value(0).toInt() * 100 + query.value(1).toInt() * 10
                     + query.value(2).toInt(),
                 565);

        QVERIFY(query.prepare(u"select :a, :b"_qs));
        query.bindValue(u":a"_qs, 1);
        QVERIFY(!query.exec());
        QVERIFY(query.lastError().databaseText().contains(u":b"));
    }

    void tellsErrorsApart()
    {
        QSqlDatabase database = open(m_node->url());
        run(database, u"create table e(a unique)"_qs);
        QSqlQuery query(database);
        QVERIFY(!query.exec(u"selec"_qs));
        QCOMPARE(query.lastError().type(), QSqlError::StatementError);
        QCOMPARE(query.lastError().nativeErrorCode(), u"SQL_PARSE_ERROR"_qs);
        run(database, u"insert into e values(1)"_qs);
        QVERIFY(!query.exec(u"insert into e values(1)"_qs));
        QCOMPARE(query.lastError().nativeErrorCode(), u"SQLITE_CONSTRAINT"_qs);
        QCOMPARE(query.lastError().databaseText().contains(u"UNIQUE constraint failed: e.a"), true);
        QVERIFY(!query.lastError().driverText().isEmpty());
        QVERIFY(!database.commit());
        QCOMPARE(database.lastError().type(), QSqlError::TransactionError);
        QVERIFY(query.prepare(u"select ?"_qs));
        query.addBindValue(std::numeric_limits<double>::infinity());
        QVERIFY(!query.exec());
        query.bindValue(0, std::numeric_limits<qulonglong>::max());
        QVERIFY(!query.exec());
    }

    void opensWhatAnswersAlone_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("code");
        const auto json = [](const char *status, const char *body) -> QByteArray {
            return QByteArray("HTTP/1.1 ") + status
                   + "\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + body;
        };
        QTest::newRow("no HTTP") << QByteArray("220 mail.example ESMTP\r\n") << u"OUTCOME"_qs;
        QTest::newRow("another server") << json("404 Not Found", "<html>") << u"HTTP_404"_qs;
        QTest::newRow("wrong token")
            << json("401 Unauthorized", R"({"error":"Unauthorized: The JWT is invalid"})")
            << u"HTTP_401"_qs;
        QTest::newRow("redirect") << QByteArray(
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/"
            "\r\nContent-Length: 0\r\n\r\n")
                                  << u"HTTP_307"_qs;
        QTest::newRow("busy") << json("429 Too Many Requests", R"({"error":"Timed out"})")
                              << u"HTTP_429"_qs;
        QTest::newRow("truncated")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{") << QString();
        QTest::newRow("no JSON") << json("200 OK", "welcome") << QString();
        QTest::newRow("brotli unasked")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n{}")
            << QString();
    }
    void opensWhatAnswersAlone()
    {
        QFETCH(QByteArray, answer);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const QUrl url(u"http://127.0.0.1:%1"_qs.arg(server.serverPort()));
        // The driver blocks, so the server has a thread of its own.
        const std::unique_ptr<QThread> thread(QThread::create([&server, &answer] {
            if (!server.waitForNewConnection(10000))
                return;
            QTcpSocket *socket = server.nextPendingConnection();
            socket->waitForReadyRead(10000);
            socket->write(answer);
            socket->waitForBytesWritten(1000);
            socket->disconnectFromHost();
            delete socket;
        }));
        server.moveToThread(thread.get());
        thread->start();
        QSqlDatabase database = prepare(url, u"QLIBSQL_TIMEOUT=5000;QLIBSQL_RETRIES=0"_qs);
        const bool opened = database.open();
        thread->wait();
        QVERIFY(!opened && !database.isOpen() && database.isOpenError());
        QCOMPARE(database.lastError().type(), QSqlError::ConnectionError);
        QVERIFY(!database.lastError().databaseText().isEmpty());
        QFETCH(QString, code);
        if (code.startsWith(u"HTTP"))
            QCOMPARE(database.lastError().nativeErrorCode(), code);
    }

    void transactionsBeginAsTold_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<bool>("locks");
        QTest::newRow("by default") << QString() << false;
        QTest::newRow("deferred") << u"deferred"_qs << false;
        QTest::newRow("immediate") << u"immediate"_qs << true;
        QTest::newRow("exclusive") << u"EXCLUSIVE"_qs << true;
    }
    void transactionsBeginAsTold()
    {
        QFETCH(QString, mode);
        QFETCH(bool, locks);
        const QString option = mode.isEmpty() ? QString() : u"QLIBSQL_TRANSACTION="_qs + mode;
        QSqlDatabase first = open(m_node->url(), option);
        QSqlDatabase second =
            open(m_node->url(), u"QLIBSQL_TRANSACTION=immediate;QLIBSQL_TIMEOUT=700"_qs);
        QVERIFY2(first.transaction(), qPrintable(first.lastError().text()));
        // The server lets it wait for longer than that, unless nobody holds the lock.
        QCOMPARE(second.transaction(), !locks);
        QVERIFY(first.rollback());
    }

    void whatTheProtocolCannotCarryIsAnError()
    {
        QSqlDatabase database = open(m_node->url());
        run(database, u"create table big(b)"_qs);
        QSqlQuery query(database);
        // A value, and a row with all that is in it.
        const QByteArray largest(5'000'000, '\x7f');
        QVERIFY(query.prepare(u"select ?"_qs));
        query.addBindValue(largest);
        QVERIFY2(query.exec() && query.next(), qPrintable(query.lastError().text()));
        QVERIFY(query.value(0) == QVariant(largest));
        QVERIFY(query.prepare(u"insert into big values(?)"_qs));
        query.addBindValue(largest.chopped(20));
        QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
        QVERIFY(value(database, u"select b from big"_qs) == QVariant(largest.chopped(20)));
        query.addBindValue(QByteArray(largest + 'x'));
        QVERIFY(!query.exec());
        QVERIFY(!query.lastError().databaseText().isEmpty());
        QCOMPARE(value(database, u"select count(*) from big"_qs).toInt(), 1);
        // Text that is not UTF-8: the server gives no answer at all, but for its bytes.
        QVERIFY(!query.exec(u"select cast(x'61ff' as text)"_qs));
        QVERIFY(!query.lastError().databaseText().isEmpty());
        QCOMPARE(value(database, u"select cast(cast(x'61ff' as text) as blob)"_qs),
                 QVariant(QByteArray("a\xff")));
    }

    void parametersAreNumberedWithinBounds()
    {
        QSqlDatabase database = open(m_node->url());
        for (const char *sql : {"select ?0", "select ?99999999", "select ?1, ?32767"}) {
            QSqlQuery query(database);
            QVERIFY(!query.prepare(QLatin1StringView(sql)));
            QCOMPARE(query.lastError().nativeErrorCode(), u"ARGS_INVALID"_qs);
            query.addBindValue(1);
            QVERIFY(!query.exec());
        }
    }

    void connectionsAreKeptAlive()
    {
        test::ByteServer server({oneRow, oneRow, oneRow, oneRow});
        QSqlDatabase database = open(server.url());
        run(database, u"select 1"_qs);
        run(database, u"select 1"_qs);
        QCOMPARE(server.connections(), 1);
    }

    void anIdleConnectionIsNotTrusted()
    {
        test::ByteServer server({oneRow, oneRow});
        QSqlDatabase database = open(server.url(), u"QLIBSQL_IDLE_TIMEOUT=1;QLIBSQL_RETRIES=0"_qs);
        const QDeadlineTimer idle(5);
        QTRY_VERIFY(idle.hasExpired());
        run(database, u"select 1"_qs);
        QCOMPARE(server.connections(), 2);
    }

    void onlyReadsAreSentAgain_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<QString>("code"); // empty: it works in the end
        const QByteArray hangUp;
        const QByteArray busy = test::httpAnswer("429 Too Many Requests", R"({"error":"busy"})");
        const QByteArray gateway = test::httpAnswer("503 Service Unavailable", "later");
        const QByteArray unknown = test::httpAnswer("500 Internal Server Error", "no");
        const QString read = u"select 1"_qs;
        const QString write = u"insert into t values(1)"_qs;
        const QString lost = QString::fromUtf16(outcomeUnknownCode);
        QTest::newRow("read, hung up") << read << hangUp << QString();
        QTest::newRow("read, busy") << read << busy << QString();
        QTest::newRow("read, gateway") << read << gateway << QString();
        QTest::newRow("read, refused") << read << unknown << u"HTTP_500"_qs;
        QTest::newRow("write, hung up") << write << hangUp << lost;
        QTest::newRow("write, busy") << write << busy << u"HTTP_429"_qs;
        QTest::newRow("write, gateway") << write << gateway << lost;
        QTest::newRow("begin, locking") << u"begin immediate"_qs << hangUp << lost;
    }
    void onlyReadsAreSentAgain()
    {
        QFETCH(QString, sql);
        QFETCH(QByteArray, fault);
        QFETCH(QString, code);
        test::ByteServer server({oneRow, fault, fault, oneRow});
        QSqlDatabase database = open(server.url());
        QSqlQuery query(database);
        QCOMPARE(query.exec(sql), code.isEmpty());
        QCOMPARE(query.lastError().nativeErrorCode(), code);
        QCOMPARE(server.requests(), code.isEmpty() ? 4 : 2);
    }

    void aReadIsSentAgainAFewTimesOnly()
    {
        test::ByteServer server({oneRow, {}, {}, {}, {}, oneRow});
        QSqlDatabase database = open(server.url(), u"QLIBSQL_RETRIES=1"_qs);
        QSqlQuery query(database);
        QVERIFY(!query.exec(u"select 1"_qs));
        QCOMPARE(query.lastError().nativeErrorCode(), QString::fromUtf16(connectionFailedCode));
        QCOMPARE(server.requests(), 3);
    }

    void theServerHasASayInWhatReads()
    {
        // Our list lets the statement pass, the server knows better; it is not sent then.
        const QByteArray writes = test::httpAnswer(
            "200 OK",
            R"({"baton":"b","results":[{"type":"ok","response":{"type":"describe",)"
            R"("result":{"params":[],"cols":[],"is_explain":false,"is_readonly":false}}},)"
            R"({"type":"ok","response":{"type":"get_autocommit","is_autocommit":true}}]})");
        test::ByteServer server({writes});
        QSqlDatabase database = prepare(server.url(), u"QLIBSQL_READ_ONLY"_qs);
        QVERIFY(!database.open());
        QCOMPARE(database.lastError().nativeErrorCode(), QString::fromUtf16(readOnlyCode));
        QVERIFY(server.received().contains("describe"));
        QVERIFY(!server.received().contains("execute"));
    }

    void namesAnUnknownOption()
    {
        QSqlDatabase database = prepare(m_node->url(), u"QLIBSQL_TIMEOT=5"_qs);
        QVERIFY(!database.open());
        QVERIFY(database.lastError().databaseText().contains(u"QLIBSQL_TIMEOT"));
        QSqlDatabase host = prepare(QUrl());
        host.setHostName(u"127.0.0.1"_qs);
        QVERIFY(!host.open());
    }

    void aReadOnlyConnectionWritesNothing()
    {
        run(open(m_node->url()), u"create table o(a)"_qs);
        QSqlDatabase database = open(m_node->url(), u"QLIBSQL_READ_ONLY"_qs);
        for (const char *sql :
             {"insert into o values(1)", "drop table o", "begin immediate",
              "pragma user_version = 3", "with x as (select 1) delete from o", "attach 'x' as y",
              "select 1; delete from o", "vacuum", "replace into o values(1)", "create table p(a)",
              "explain select 1; drop table o", "pragma journal_mode = delete", "begin exclusive",
              "reindex", "/**/ update o set a = 1"}) {
            QSqlQuery query(database);
            QVERIFY(!query.exec(QLatin1StringView(sql)));
            QCOMPARE(query.lastError().nativeErrorCode(), QString::fromUtf16(readOnlyCode));
        }
        QSqlQuery many(database);
        QVERIFY(many.prepare(u"insert into o values(?)"_qs));
        many.addBindValue(QVariantList{1, 2});
        QVERIFY(!many.execBatch());
        QCOMPARE(many.lastError().nativeErrorCode(), QString::fromUtf16(readOnlyCode));
        QSqlDatabase batch = database;
        QCOMPARE(writeBatch(batch, {{u"delete from o"_qs, {}}}).outcome,
                 BatchResult::Outcome::Failed);
        QCOMPARE(readBatch(batch, {{u"select count(*) from o"_qs, {}}}).outcome,
                 BatchResult::Outcome::Done);
        // What reads goes on working, several statements and descriptions too.
        QVERIFY(many.exec(u"select 1; select count(*) from o"_qs) && many.nextResult());
        QVERIFY(many.exec(u"pragma table_info(o)"_qs) && many.next());
        QVERIFY(many.exec(u"explain query plan select * from o"_qs));
        QCOMPARE(database.record(u"o"_qs).count(), 1);
        QVERIFY(!many.exec(u"select * from nowhere"_qs));
        QVERIFY(many.lastError().databaseText().contains(u"nowhere"));
        QVERIFY(database.transaction());
        QCOMPARE(value(database, u"select count(*) from o"_qs).toInt(), 0);
        QVERIFY(database.commit());
        QCOMPARE(database.tables().contains(u"o"_qs), true);
    }

    void anExpiredStreamIsOpenedAgain()
    {
        test::SqldNode node;
        QSqlDatabase database = open(node.url());
        run(database, u"create table s(a)"_qs);
        // The new process knows no stream of the old one.
        node.kill();
        node.start();
        run(database, u"insert into s values(1)"_qs);
        QCOMPARE(value(database, u"select count(*) from s"_qs).toInt(), 1);
        node.kill();
        QSqlQuery query(database);
        QVERIFY(!query.exec(u"select 1"_qs));
        QCOMPARE(query.lastError().type(), QSqlError::ConnectionError);
        QCOMPARE(query.lastError().nativeErrorCode(), QString::fromUtf16(connectionFailedCode));
        node.start();
        QCOMPARE(value(database, u"select count(*) from s"_qs).toInt(), 1);
    }

    void aLostTransactionIsNeverContinued()
    {
        test::SqldNode node;
        QSqlDatabase database = open(node.url());
        run(database, u"create table l(a)"_qs);
        QVERIFY(database.transaction());
        run(database, u"insert into l values(1)"_qs);
        node.kill();
        node.start();
        QSqlQuery query(database);
        QVERIFY(!query.exec(u"insert into l values(2)"_qs));
        // Else this one would be written alone.
        QVERIFY(!query.exec(u"insert into l values(3)"_qs));
        QCOMPARE(query.lastError().nativeErrorCode(), QString::fromUtf16(transactionLostCode));
        QVERIFY(!database.commit());
        QCOMPARE(value(database, u"select count(*) from l"_qs).toInt(), 0);

        QVERIFY(database.transaction());
        run(database, u"insert into l values(4)"_qs);
        node.kill();
        node.start();
        QVERIFY(!query.exec(u"select 1"_qs));
        QVERIFY(database.rollback());
        QVERIFY(database.transaction());
        run(database, u"insert into l values(5)"_qs);
        QVERIFY(database.commit());
        QCOMPARE(value(database, u"select group_concat(a) from l"_qs).toString(), u"5"_qs);
    }

    void anotherWriterRobsATransaction()
    {
        test::SqldNode node;
        node.setTransactionTimeout(1);
        QSqlDatabase first = open(node.url(), u"QLIBSQL_TRANSACTION=immediate"_qs);
        QSqlDatabase second = open(node.url());
        run(first, u"create table w(a)"_qs);
        QVERIFY(first.transaction());
        run(first, u"insert into w values('first')"_qs);
        // The server lets the second wait for a second, then takes the lock from the first.
        run(second, u"insert into w values('second')"_qs);
        QSqlQuery query(first);
        QVERIFY(!query.exec(u"insert into w values('late')"_qs));
        QVERIFY(!query.exec(u"insert into w values('alone')"_qs));
        QVERIFY(!first.commit());
        QCOMPARE(value(first, u"select group_concat(a) from w"_qs).toString(), u"second"_qs);
    }

    void readsMoreThanOneAnswerHolds_data()
    {
        QTest::addColumn<bool>("forwardOnly");
        QTest::newRow("scrollable") << false;
        QTest::newRow("forward only") << true;
    }
    void readsMoreThanOneAnswerHolds()
    {
        QFETCH(bool, forwardOnly);
        QSqlDatabase database = open(m_node->url());
        QSqlQuery query(database);
        query.setForwardOnly(forwardOnly);
        constexpr int rows = 4000;
        QVERIFY(query.prepare(series(rows, u"i, hex(zeroblob(?)) as h"_qs)));
        query.addBindValue(1500);
        QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
        QCOMPARE(query.size(), -1);
        QCOMPARE(query.record().fieldName(1), u"h"_qs);
        int count = 0;
        while (query.next()) {
            QCOMPARE(query.value(0).toInt(), ++count);
            QCOMPARE(query.value(1).toString().size(), 3000);
            if (count == 7) // the connection is free meanwhile
                QCOMPARE(value(database, u"select 3"_qs).toInt(), 3);
        }
        QVERIFY(!query.lastError().isValid());
        QCOMPARE(count, rows);
        if (!forwardOnly) {
            QVERIFY(query.seek(10));
            QCOMPARE(query.value(0).toInt(), 11);
            QCOMPARE(query.size(), rows);
        }
        // One that nobody reads to its end.
        QVERIFY(query.exec() && query.next());
        query.finish();
        QCOMPARE(value(database, u"select 4"_qs).toInt(), 4);
    }

    void tellsWhenALargeReadBreaksOff()
    {
        test::SqldNode node;
        QSqlDatabase database = open(node.url());
        QSqlQuery query(database);
        query.setForwardOnly(true);
        QVERIFY(query.exec(series(100'000, u"i, hex(zeroblob(1000))"_qs)));
        QVERIFY(query.next());
        node.kill();
        while (query.next())
            ;
        QVERIFY(query.lastError().isValid());
    }

    void cancelsFromAnotherThread()
    {
        QSqlDatabase database = open(m_node->url());
        const std::unique_ptr<QThread> thread(QThread::create([driver = database.driver()] {
            // Again and again, until it has met the running statement.
            while (!QThread::currentThread()->isInterruptionRequested()) {
                driver->cancelQuery();
                QThread::yieldCurrentThread();
            }
        }));
        thread->start();
        QSqlQuery query(database);
        QVERIFY(!query.exec(
            u"with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) "
            "from n"_qs));
        thread->requestInterruption();
        thread->wait();
        QVERIFY(query.lastError().databaseText().contains(u"cancel"));
        QCOMPARE(value(database, u"select 1"_qs).toInt(), 1);
    }

    void aCancelMeetsThePauseBeforeARepetitionToo()
    {
        // The second request is hung up on, and would be sent again after a pause; the third is
        // never answered.
        test::ByteServer server({oneRow, {}, test::ByteServer::silence});
        QSqlDatabase database = open(server.url(), u"QLIBSQL_TIMEOUT=10000"_qs);
        const std::unique_ptr<QThread> thread(QThread::create([driver = database.driver(),
                                                               &server] {
            while (server.requests() < 2 && !QThread::currentThread()->isInterruptionRequested())
                QThread::yieldCurrentThread();
            driver->cancelQuery(); // once
        }));
        thread->start();
        QSqlQuery query(database);
        QVERIFY(!query.exec(u"select 1"_qs));
        thread->requestInterruption();
        thread->wait();
        QVERIFY2(query.lastError().databaseText().contains(u"cancel"),
                 qPrintable(query.lastError().databaseText()));
    }

    void unpacksAnswers()
    {
        QSqlDatabase database = open(m_node->url(), u"QLIBSQL_COMPRESSION"_qs);
        QSqlQuery query(database);
        QVERIFY2(query.exec(series(2000, u"i, 'a text that packs well ' || i"_qs)),
                 qPrintable(query.lastError().text()));
        QCOMPARE(query.size(), 2000);
        QVERIFY(query.last());
        QCOMPARE(query.value(1).toString(), u"a text that packs well 2000"_qs);
    }

    void formatsWhatTheServerReads_data()
    {
        QTest::addColumn<QVariant>("variant");
        QTest::newRow("blob") << QVariant(QByteArray("\x00\xff'", 3));
        QTest::newRow("double") << QVariant(0.1);
        QTest::newRow("whole double") << QVariant(5.0);
        QTest::newRow("NUL in text") << QVariant(QString(u'a') + QChar(u'\0') + u'b');
        QTest::newRow("least") << QVariant(std::numeric_limits<qlonglong>::min() + 1);
    }
    void formatsWhatTheServerReads()
    {
        QFETCH(QVariant, variant);
        QSqlDatabase database = open(m_node->url());
        QSqlField field(u"f"_qs, variant.metaType());
        field.setValue(variant);
        const QVariant read =
            value(database, u"select "_qs + database.driver()->formatValue(field));
        QCOMPARE(read.typeId(), variant.typeId());
        QCOMPARE(read, variant);
    }

    void numbersFollowThePolicy()
    {
        QSqlDatabase database = open(m_node->url());
        QSqlQuery query(database);
        query.setNumericalPrecisionPolicy(QSql::LowPrecisionInt64);
        QVERIFY(query.exec(u"select 2.75, 7, 9e999"_qs) && query.next());
        QCOMPARE(query.value(0), QVariant(2LL));
        QCOMPARE(query.value(1), QVariant(7LL));
        query.setNumericalPrecisionPolicy(QSql::HighPrecision);
        QCOMPARE(query.value(0), QVariant(2.75));
        // The protocol loses the sign of an infinity; a number it is not.
        QVERIFY(std::isnan(query.value(2).toDouble()));
    }
};

QTEST_GUILESS_MAIN(TestLibsqlDriver)
#include "tst_libsqldriver.moc"
