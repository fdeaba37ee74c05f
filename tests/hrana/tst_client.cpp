// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/clock.h>
#include <hrana/client.h>
#include <support/sqldnode.h>

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

namespace {

/// Waits for the future by the event loop, as its user would.
template <typename T>
Result<T> take(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 15000))
        qFatal("The client gave no answer, not even a timeout.");
    return future.result();
}

} // namespace

class TestClient : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<test::SqldNode> m_primary;
    std::unique_ptr<test::SqldNode> m_replica;
    SystemClock m_clock;

    hrana::Endpoint endpoint(const QUrl &url) const
    {
        hrana::Endpoint result;
        result.url = url;
        return result;
    }

private slots:
    void initTestCase()
    {
        m_primary = std::make_unique<test::SqldNode>();
        m_replica = std::make_unique<test::SqldNode>(*m_primary);
    }

    void tellsThePosition()
    {
        hrana::Client primary(endpoint(m_primary->url()), m_clock);
        m_primary->execute({u"create table if not exists t(a)"_qs, u"insert into t values(1)"_qs});
        const auto before = take(primary.position());
        QVERIFY2(before.has_value(), qPrintable(before ? QString() : before.error().detail));
        QVERIFY(before->replicationIndex.has_value());
        QVERIFY(before->roundTrip.nanoseconds() > 0);
        m_primary->execute({u"insert into t values(2)"_qs});
        const auto after = take(primary.position());
        QVERIFY(after.has_value());
        QVERIFY(*after->replicationIndex > *before->replicationIndex);

        hrana::Client replica(endpoint(m_replica->url()), m_clock);
        QTRY_COMPARE(take(replica.position()).value().replicationIndex, after->replicationIndex);
    }

    void answersManyQuestionsInOrder()
    {
        hrana::Client client(endpoint(m_primary->url()), m_clock);
        QList<QFuture<Result<hrana::Position>>> futures;
        for (int i = 0; i < 50; ++i)
            futures.append(client.position());
        for (auto &future : futures)
            QVERIFY(take(future).has_value());
    }

    void namesTheLog()
    {
        hrana::Client primary(endpoint(m_primary->url()), m_clock);
        hrana::Client replica(endpoint(m_replica->url()), m_clock);
        const auto own = take(primary.hello());
        QVERIFY2(own.has_value(), qPrintable(own ? QString() : own.error().detail));
        QCOMPARE(own->logId.size(), 36);
        QVERIFY(!own->generationId.isEmpty());
        QCOMPARE(own->replicationIndex, take(primary.position()).value().replicationIndex);
        const auto followed = take(replica.hello());
        QVERIFY(followed.has_value());
        QCOMPARE(followed->logId, own->logId);

        const test::SqldNode other;
        hrana::Client foreign(endpoint(other.url()), m_clock);
        const auto empty = take(foreign.hello());
        QVERIFY(empty.has_value());
        QVERIFY(empty->logId != own->logId);
        QCOMPARE(empty->replicationIndex, std::optional<quint64>());
        QCOMPARE(take(foreign.position()).value().replicationIndex, std::optional<quint64>());
    }

    void aPausedNodeTimesOutAndRecovers()
    {
        hrana::Client client(endpoint(m_replica->url()), m_clock, 300);
        QVERIFY(take(client.position()).has_value());
        m_replica->pause();
        const auto position = take(client.position());
        const auto hello = take(client.hello());
        m_replica->resume();
        QVERIFY(!position.has_value());
        QCOMPARE(position.error().kind, Error::Kind::Network);
        QVERIFY(position.error().retryable);
        QVERIFY(!hello.has_value());
        QTRY_VERIFY(take(client.position()).has_value());
        QTRY_VERIFY(take(client.hello()).has_value());
    }

    void aReplicaOfAPausedPrimaryStillTellsItsPosition()
    {
        hrana::Client client(endpoint(m_replica->url()), m_clock, 300);
        m_primary->pause();
        const auto hello = client.hello();
        const auto position = take(client.position());
        const bool helloWasPending = !hello.isFinished();
        const auto identity = take(hello);
        m_primary->resume();
        QVERIFY(position.has_value());
        QVERIFY(helloWasPending);
        QVERIFY(!identity.has_value());
        QCOMPARE(identity.error().kind, Error::Kind::Network);
        QTRY_VERIFY(take(client.hello()).has_value());
    }

    void aReplicaWithoutItsPrimarySaysSo()
    {
        auto primary = std::make_unique<test::SqldNode>();
        test::SqldNode replica(*primary);
        primary->execute({u"create table t(a)"_qs});
        hrana::Client client(endpoint(replica.url()), m_clock);
        const auto before = take(client.hello());
        QVERIFY(before.has_value());
        primary->stop();
        const auto gone = take(client.hello());
        QVERIFY(!gone.has_value());
        QCOMPARE(gone.error().kind, Error::Kind::Network);
        QCOMPARE(gone.error().nativeCode, u"14"_qs);
        QVERIFY(take(client.position()).has_value());
        primary->start();
        QTRY_VERIFY(take(client.hello()).has_value());
        // Another process of the primary, which may have begun another log.
        QVERIFY(take(client.hello()).value().generationId != before->generationId);
    }

    void reconnectsAfterARestart()
    {
        test::SqldNode node;
        hrana::Client client(endpoint(node.url()), m_clock);
        QVERIFY(take(client.position()).has_value());
        node.kill();
        const auto dead = take(client.position());
        QVERIFY(!dead.has_value());
        QCOMPARE(dead.error().kind, Error::Kind::Network);
        node.start();
        QVERIFY(take(client.position()).has_value());
    }

    void refusesWhatIsNoNode_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("smtp") << QByteArray("220 mail.example ESMTP\r\n");
        QTest::newRow("other web server")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n"
                          "<html>");
        QTest::newRow("redirect") << QByteArray("HTTP/1.1 302 Found\r\nLocation: "
                                                "http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("endless head") << QByteArray("HTTP/1.1 200 OK\r\nX: ").append(100'000, 'x');
        QTest::newRow("huge body")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")
                   .append(300'000, 'x');
    }
    void refusesWhatIsNoNode()
    {
        QFETCH(QByteArray, answer);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, &server, [&] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                if (!socket->readAll().isEmpty())
                    socket->write(answer);
            });
        });
        hrana::Client client(endpoint(QUrl(u"http://127.0.0.1:%1"_qs.arg(server.serverPort()))),
                             m_clock);
        const auto position = take(client.position());
        QVERIFY(!position.has_value());
        QCOMPARE(position.error().kind, Error::Kind::Protocol);
        const auto hello = take(client.hello());
        QVERIFY(!hello.has_value());
        QCOMPARE(hello.error().kind, Error::Kind::Protocol);
    }

    void refusedConnectionsAndAddressesAreErrors()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const QUrl url(u"http://127.0.0.1:%1"_qs.arg(server.serverPort()));
        server.close();
        hrana::Client closed(endpoint(url), m_clock);
        QCOMPARE(take(closed.position()).error().kind, Error::Kind::Network);
        hrana::Client nonsense(endpoint(QUrl(u"ftp://127.0.0.1"_qs)), m_clock);
        QCOMPARE(take(nonsense.position()).error().kind, Error::Kind::Input);
        QCOMPARE(take(nonsense.hello()).error().kind, Error::Kind::Input);
    }

    void theDestructorEndsWhatIsPending()
    {
        m_replica->pause();
        QFuture<Result<hrana::Position>> first;
        QFuture<Result<hrana::Position>> second;
        {
            hrana::Client client(endpoint(m_replica->url()), m_clock);
            first = client.position();
            second = client.position();
        }
        m_replica->resume();
        QVERIFY(first.isFinished() && second.isFinished());
        QCOMPARE(first.result().error().kind, Error::Kind::Cancelled);
        QCOMPARE(second.result().error().kind, Error::Kind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"
