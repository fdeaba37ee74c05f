// SPDX-License-Identifier: GPL-3.0-or-later
#include <lab/commandline.h>

#include <QTcpServer>
#include <QTest>

using namespace edgewise::lab;

class TestCommandLine : public QObject {
    Q_OBJECT
private slots:
    void portsAreFreeAndDifferent()
    {
        const QList<quint16> ports = freePorts(12);
        QCOMPARE(ports.size(), 12);
        QCOMPARE(QSet<quint16>(ports.begin(), ports.end()).size(), 12);
        for (const quint16 port : ports) {
            QTcpServer server;
            QVERIFY(server.listen(QHostAddress::LocalHost, port));
        }
    }

    void everyAddressIsLoopback()
    {
        const Ports ports{.http = 1001, .admin = 1002, .grpc = 1003};
        for (const quint16 primaryGrpc : {quint16(0), quint16(2003)}) {
            const QStringList arguments =
                sqldArguments(QStringLiteral("/data"), ports, primaryGrpc);
            for (qsizetype i = 0; i < arguments.size(); ++i) {
                if (arguments[i].endsWith(u"-listen-addr"))
                    QVERIFY(arguments[i + 1].startsWith(u"127.0.0.1:"));
            }
            QVERIFY(arguments.contains(QStringLiteral("127.0.0.1:1001")));
            QVERIFY(arguments.contains(QStringLiteral("127.0.0.1:1002")));
        }
        const QHash<QString, QString> flipt =
            fliptEnvironment(QStringLiteral("http://127.0.0.1:1001"), ports, {});
        QCOMPARE(flipt[QStringLiteral("FLIPT_SERVER_HOST")], QStringLiteral("127.0.0.1"));
        QCOMPARE(flipt[QStringLiteral("FLIPT_DB_URL")], QStringLiteral("http://127.0.0.1:1001"));
    }

    void aReplicaFollowsAndAPrimaryIsFollowed()
    {
        const Ports ports{.http = 1001, .admin = 1002, .grpc = 1003};
        const QStringList primary = sqldArguments(QStringLiteral("/data"), ports, 0);
        QCOMPARE(primary[primary.indexOf(u"--grpc-listen-addr") + 1],
                 QStringLiteral("127.0.0.1:1003"));
        QVERIFY(!primary.contains(u"--primary-grpc-url"));
        // sqld refuses both at once.
        const QStringList replica = sqldArguments(QStringLiteral("/data"), ports, 2003);
        QCOMPARE(replica[replica.indexOf(u"--primary-grpc-url") + 1],
                 QStringLiteral("http://127.0.0.1:2003"));
        QVERIFY(!replica.contains(u"--grpc-listen-addr"));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
