// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/sqldnode.h"

#include <base/clock.h>
#include <store/connection.h>

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>

using namespace edgewise;
using namespace Qt::StringLiterals;
using store::SchemaState;

namespace {

/// Runs statements by the bare protocol; the test fails where one of them does.
void run(const test::SqldNode &node, const QStringList &statements)
{
    const QByteArray answer = node.execute(statements);
    QVERIFY2(!answer.contains("\"type\":\"error\""), answer.left(2000).constData());
}

QString flagInsert(const QString &key, const QString &description)
{
    return u"INSERT INTO flags (key, name, description) VALUES ('%1', 'n', %2)"_qs.arg(key,
                                                                                       description);
}

} // namespace

class TestNodeReading : public QObject {
    Q_OBJECT

    SystemClock m_clock;

    store::Connection connect(const test::SqldNode &node)
    {
        return store::Connection(*store::Source::parse(node.url().toString()), {.token = {}},
                                 m_clock);
    }

private slots:
    void initialisesAnEmptyPrimary()
    {
        test::SqldNode primary;
        store::Connection connection = connect(primary);
        QCOMPARE(connection.schema().result()->kind, SchemaState::Kind::Empty);
        const auto unreadable = connection.read().result();
        QVERIFY(!unreadable);
        QCOMPARE(unreadable.error().kind, Error::Kind::Schema);
        const auto created = connection.initialise().result();
        QVERIFY2(created, created ? "" : qPrintable(created.error().detail));
        QCOMPARE(*connection.schema().result(),
                 (SchemaState{.kind = SchemaState::Kind::Current, .version = 15}));
        QVERIFY(connection.initialise().result());
        QCOMPARE(connection.tables().result()->size(), 15);
    }

    void primaryAndReplicaGiveOneSnapshot()
    {
        test::SqldNode primary;
        test::SqldNode replica(primary);
        store::Connection onPrimary = connect(primary);
        store::Connection onReplica = connect(replica);
        QVERIFY(onPrimary.initialise().result());
        run(primary, {flagInsert(u"a"_qs, u"''"_qs), flagInsert(u"b"_qs, u"''"_qs)});
        const auto first = onPrimary.read().result();
        QVERIFY2(first, first ? "" : qPrintable(first.error().detail));
        QVERIFY(first->origin.exact);
        QVERIFY(first->origin.replicationIndex);
        QCOMPARE(first->snapshot.namespaces[0]->flags.size(), size_t(2));
        QCOMPARE(*onPrimary.position().result(), first->origin.replicationIndex);

        QTRY_COMPARE(*onReplica.position().result(), first->origin.replicationIndex);
        const auto second = onReplica.read(first->snapshot).result();
        QVERIFY(second);
        QVERIFY(second->origin.exact);
        QCOMPARE(second->origin.replicationIndex, first->origin.replicationIndex);
        // Of one log, which the primary leaves when it is killed.
        QVERIFY(!first->origin.logId.isEmpty());
        QCOMPARE(second->origin.logId, first->origin.logId);
        QVERIFY(second->snapshot.namespaces
                == first->snapshot.namespaces); // shared, not only equal

        // The replica goes on answering, itself, when the primary is gone.
        primary.kill();
        const auto third = onReplica.read(first->snapshot).result();
        QVERIFY2(third, third ? "" : qPrintable(third.error().detail));
        QVERIFY(third->snapshot == first->snapshot);
        const auto gone = onPrimary.read().result();
        QVERIFY(!gone);
        QCOMPARE(gone.error().kind, Error::Kind::Network);
        primary.start();
        const auto again = onPrimary.read().result();
        QVERIFY2(again, again ? "" : qPrintable(again.error().detail));
        QVERIFY(again->snapshot == first->snapshot);
        QVERIFY(third->origin.logId.isEmpty()); // only the primary knows
        QVERIFY(!again->origin.logId.isEmpty());
        QVERIFY(again->origin.logId != first->origin.logId);

        // As a file, beside the running server and with its log.
        for (const test::SqldNode *node : {&primary, &replica}) {
            store::Connection directory(*store::Source::parse(node->directory()), {.token = {}},
                                        m_clock);
            const auto fromFile = directory.read(first->snapshot).result();
            QVERIFY(fromFile);
            QVERIFY(fromFile->snapshot == first->snapshot);
        }
    }

    void readsMoreThanOneAnswerHolds()
    {
        test::SqldNode primary;
        store::Connection connection = connect(primary);
        QVERIFY(connection.initialise().result());
        // 5000 small rows, then 30 of 1 MB: neither fits into pages of a fixed number.
        run(primary,
            {u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
             u"INSERT INTO flags (key, name, description) SELECT 'f' || i, 'n', '' FROM n"_qs,
             u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) "
             u"INSERT INTO variants (id, flag_key, key, name, description, attachment) "
             u"SELECT 'v' || i, 'f1', 'k' || i, '', '', '\"' || hex(zeroblob(500000)) || '\"' "
             u"FROM n"_qs});
        const auto reading = connection.read().result();
        QVERIFY2(reading, reading ? "" : qPrintable(reading.error().detail));
        QVERIFY(reading->origin.exact);
        QCOMPARE(reading->rowCounts[u"flags"_qs], qint64(5000));
        QCOMPARE(reading->rowCounts[u"variants"_qs], qint64(30));
        const auto flag =
            reading->snapshot.nameSpace(NamespaceKey(u"default"_qs))->flag(FlagKey(u"f1"_qs));
        QCOMPARE(flag->variants.size(), size_t(30));
        QCOMPARE(flag->variants[7].attachment->size(), qsizetype(1'000'002));

        // The same through pages of rows.
        store::TableInfo variants;
        const auto tables = connection.tables().result();
        for (const store::TableInfo &table : *tables) {
            if (table.name == u"variants")
                variants = table;
        }
        int rows = 0;
        QVariantList after;
        for (int page = 0; page < 100; ++page) {
            const auto answer =
                connection.rows({.table = variants, .after = after, .limit = 1000}).result();
            QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
            rows += int(answer->rows.size());
            if (answer->last)
                break;
            after = store::keyOf(variants, answer->rows.last());
        }
        QCOMPARE(rows, 30);
    }

    void saysWhenTheStateMovesUnderTheReading()
    {
        test::SqldNode primary;
        store::Connection connection = connect(primary);
        QVERIFY(connection.initialise().result());
        // Of three pages.
        run(primary,
            {u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) "
             u"INSERT INTO flags (key, name, description) SELECT 'f' || i, 'n', '' FROM n"_qs});
        QElapsedTimer timer;
        timer.start();
        QVERIFY(connection.read().result()->origin.exact);
        const int quietMilliseconds = int(timer.elapsed()) + 1;

        // A writer that writes the same number into all rows at once: a torn reading would show
        // two. It rests after each write, at first not at all, then for as long as some readings.
        std::atomic<bool> stop = false;
        std::atomic<int> rest = 0;
        std::atomic<int> writes = 0;
        QSemaphore awake;
        std::unique_ptr<QThread> writer(QThread::create([&] {
            while (!stop) {
                primary.execute({u"UPDATE flags SET name = '%1' WHERE namespace_key = "
                                 u"'default'"_qs.arg(++writes)});
                awake.tryAcquire(1, rest);
            }
        }));
        writer->start();
        const auto finish = qScopeGuard([&] {
            stop = true;
            awake.release();
            writer->wait();
        });

        int moving = 0;
        int exact = 0; // of those under which a write began
        const QDeadlineTimer deadline(60'000);
        while ((moving == 0 || exact < 3) && !deadline.hasExpired()) {
            const int before = writes;
            const auto reading = connection.read().result();
            QVERIFY2(reading, reading ? "" : qPrintable(reading.error().detail));
            if (!reading->origin.exact) {
                ++moving;
                rest = rest + quietMilliseconds;
                continue;
            }
            exact += writes != before;
            QSet<QString> names;
            for (const auto &flag : reading->snapshot.namespaces[0]->flags)
                names.insert(flag->name);
            QCOMPARE(names.size(), 1);
        }
        QVERIFY(moving > 0);
        QVERIFY2(exact >= 3, qPrintable(QString::number(exact)));
    }

    void namesTheTableOfABrokenText()
    {
        test::SqldNode primary;
        store::Connection connection = connect(primary);
        QVERIFY(connection.initialise().result());
        run(primary, {u"INSERT INTO segments (key, name, description) "
                      u"VALUES ('bad', CAST(x'ff41' AS TEXT), '')"_qs});
        const auto reading = connection.read().result();
        QVERIFY(!reading);
        QCOMPARE(reading.error().kind, Error::Kind::Input);
        QVERIFY(reading.error().detail.contains(u"\"segments\""));
        run(primary, {u"DELETE FROM segments"_qs});
        QVERIFY(connection.read().result());
    }

    void saysWhenAPortSpeaksSomethingElse()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect_(server);
        store::Connection connection(
            *store::Source::parse(u"http://127.0.0.1:%1"_qs.arg(server.serverPort())),
            {.token = {}, .readOnly = true, .deadlineMilliseconds = 2000}, m_clock);
        QFuture<Result<store::Reading>> future = connection.read();
        QTRY_VERIFY(future.isFinished());
        QVERIFY(!future.result());
        const Error error = future.result().error();
        QVERIFY(error.kind == Error::Kind::Protocol || error.kind == Error::Kind::Network);
        QVERIFY(!error.detail.isEmpty());
        QVERIFY(error.step.contains(u"127.0.0.1"));
    }

private:
    static void connect_(QTcpServer &server)
    {
        QObject::connect(&server, &QTcpServer::newConnection, &server, [&server] {
            QTcpSocket *socket = server.nextPendingConnection();
            socket->write("220 mail.example ESMTP\r\n");
        });
    }
};

QTEST_GUILESS_MAIN(TestNodeReading)
#include "tst_nodereading.moc"
