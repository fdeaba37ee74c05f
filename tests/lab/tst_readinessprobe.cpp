// SPDX-License-Identifier: GPL-3.0-or-later
#include <lab/readinessprobe.h>

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace edgewise::lab;

namespace {

const QByteArray head = "HTTP/1.0 200 OK\r\n\r\n";
const QByteArray good = R"({"results":[{"type":"ok","response":{"type":"execute","result":{}}}]})";
const QByteArray refused = R"({"results":[{"type":"error","error":{"message":"no"}},)"
                           R"({"type":"ok","response":{"type":"close"}}]})";

} // namespace

class TestReadinessProbe : public QObject {
    Q_OBJECT
private slots:
    void whatIsAnAnswer_data()
    {
        QTest::addColumn<int>("question");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("ready");
        const int query = int(ReadinessProbe::Question::Query);
        const int health = int(ReadinessProbe::Question::Health);
        QTest::newRow("query answered") << query << head + good << true;
        QTest::newRow("query refused") << query << head + refused << false;
        QTest::newRow("server error")
            << query << QByteArray("HTTP/1.0 500 Oh\r\n\r\n") + good << false;
        QTest::newRow("nothing") << query << QByteArray() << false;
        QTest::newRow("no HTTP") << query << QByteArray("SSH-2.0-OpenSSH\r\n") << false;
        QTest::newRow("healthy") << health << head << true;
        QTest::newRow("not healthy") << health << QByteArray("HTTP/1.1 503 No\r\n\r\n") << false;
    }

    void whatIsAnAnswer()
    {
        QFETCH(int, question);
        QFETCH(QByteArray, answer);
        QFETCH(bool, ready);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QByteArray asked;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [&asked, socket, answer] {
                asked = socket->readAll();
                socket->write(answer);
                socket->disconnectFromHost();
            });
        });
        ReadinessProbe probe;
        QSignalSpy answered(&probe, &ReadinessProbe::answered);
        QSignalSpy missed(&probe, &ReadinessProbe::missed);
        probe.start(server.serverPort(), ReadinessProbe::Question(question));
        if (ready) {
            QTRY_COMPARE(answered.size(), 1);
        } else {
            QTRY_VERIFY(missed.size() >= 3); // it goes on asking
            QCOMPARE(answered.size(), 0);
        }
        QCOMPARE(asked.startsWith("POST /v2/pipeline"),
                 question == int(ReadinessProbe::Question::Query));
    }

    void waitsForWhoListensLater()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const quint16 port = server.serverPort();
        server.close();
        ReadinessProbe probe;
        QSignalSpy answered(&probe, &ReadinessProbe::answered);
        QSignalSpy missed(&probe, &ReadinessProbe::missed);
        probe.start(port, ReadinessProbe::Question::Health);
        QTRY_VERIFY(missed.size() >= 2);
        QVERIFY(server.listen(QHostAddress::LocalHost, port));
        connect(&server, &QTcpServer::newConnection, this, [&server] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->write(head);
                socket->disconnectFromHost();
            });
        });
        QTRY_COMPARE(answered.size(), 1);
    }

    void stoppedIsSilent()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        ReadinessProbe probe;
        QSignalSpy answered(&probe, &ReadinessProbe::answered);
        QSignalSpy missed(&probe, &ReadinessProbe::missed);
        QSignalSpy connected(&server, &QTcpServer::newConnection);
        probe.start(server.serverPort(), ReadinessProbe::Question::Health);
        QTRY_COMPARE(connected.size(), 1);
        probe.stop();
        server.close();
        QVERIFY(!missed.wait(200));
        QCOMPARE(answered.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestReadinessProbe)
#include "tst_readinessprobe.moc"
