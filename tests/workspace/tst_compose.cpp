// SPDX-License-Identifier: GPL-3.0-or-later
#include <support/testdata.h>
#include <workspace/compose.h>

#include <QFile>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using workspace::connectionOfCompose;

class TestCompose : public QObject {
    Q_OBJECT

private slots:
    void readsTheLabs()
    {
        QFile file(test::sourcePath(u"packaging/docker-compose.yml"_qs));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto connection = connectionOfCompose(file.readAll());
        QVERIFY2(connection, connection ? "" : qPrintable(connection.error().detail));
        QCOMPARE(connection->primary, u"http://127.0.0.1:8000"_qs);
        QCOMPARE(connection->replicas, QStringList{u"http://127.0.0.1:8001"_qs});
        QCOMPARE(connection->flipts,
                 (QStringList{u"http://127.0.0.1:8080"_qs, u"http://127.0.0.1:8081"_qs}));
    }

    void readsOtherForms()
    {
        const auto connection = connectionOfCompose(R"(
services:
  follower:
    image: registry.example/libsql-server:latest
    environment: ["SQLD_PRIMARY_URL=http://db:5001"]
    ports: [{target: 8080, published: "9001", host_ip: 0.0.0.0}]
  db:
    image: registry.example/libsql-server:latest
    ports: ["9000:8080/tcp", "9500:5001"]
  inner:
    image: flipt/flipt:v1.61.1
)");
        QVERIFY(connection);
        QCOMPARE(connection->primary, u"http://127.0.0.1:9000"_qs);
        QCOMPARE(connection->replicas, QStringList{u"http://127.0.0.1:9001"_qs});
        QVERIFY(connection->flipts.isEmpty());
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no services") << QByteArray("name: x\n");
        QTest::newRow("no yaml") << QByteArray("services: [}");
        QTest::newRow("a list") << QByteArray("services: [a, b]\n");
        QTest::newRow("an odd service") << QByteArray("services: {a: 1, b: }\n");
        QTest::newRow("nothing published")
            << QByteArray("services: {a: {image: sqld, ports: [8080]}}\n");
        QTest::newRow("odd ports") << QByteArray("services: {a: {image: sqld, ports: x}}\n");
    }
    void refuses()
    {
        QFETCH(QByteArray, yaml);
        const auto connection = connectionOfCompose(yaml);
        QVERIFY(!connection);
        QCOMPARE(connection.error().kind, Error::Kind::Input);
        QVERIFY(!connection.error().detail.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCompose)
#include "tst_compose.moc"
