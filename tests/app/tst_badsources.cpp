// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <support/sqldnode.h>

#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;

/// What is no source, or not the one it should be: each gives one clear sentence and exit code 2.
class tst_BadSources : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_directory;

    QString file(const char *name, const QByteArray &content)
    {
        return test::writeFile(m_directory.path(), QString::fromLatin1(name), content);
    }

    void refused(const QString &source)
    {
        const QList<QStringList> commands{
            {QStringLiteral("list"), source},
            {QStringLiteral("export"), source},
            {QStringLiteral("diff"), source, source},
            {QStringLiteral("evaluate"), source, QStringLiteral("--requests"),
             QStringLiteral("/dev/null")},
        };
        for (const QStringList &command : commands) {
            const auto run = test::runCli(command);
            const QByteArray told =
                command.join(u' ').toUtf8() + " said: " + run.errors + run.output;
            QVERIFY2(run.exitCode == 2, told.constData());
            QVERIFY2(run.output.isEmpty(), told.constData());
            QVERIFY2(test::isOneSentence(run.errors), told.constData());
        }
    }

private slots:
    void texts_data()
    {
        QTest::addColumn<QString>("source");
        QTest::newRow("nobody listens") << QStringLiteral("http://127.0.0.1:9");
        QTest::newRow("unknown scheme") << QStringLiteral("ftp://127.0.0.1/db");
        QTest::newRow("no host") << QStringLiteral("http://");
        QTest::newRow("a password in it") << QStringLiteral("http://user:secret@127.0.0.1:9");
        QTest::newRow("no such file") << QStringLiteral("/nonexistent/flipt.db");
        QTest::newRow("no such document") << QStringLiteral("/nonexistent/features.yml");
        QTest::newRow("a folder") << QStringLiteral("/usr");
        QTest::newRow("a device") << QStringLiteral("/dev/null");
        QTest::newRow("a text file")
            << file("note.db", "This is not a database, and long enough to be looked at.\n");
        QTest::newRow("an empty file") << file("empty.db", "");
        QTest::newRow("no YAML") << file("broken.yml", "flags: [\n");
        QTest::newRow("no JSON") << file("broken.json", "{\"flags\": [");
        QTest::newRow("another YAML") << file("list.yml", "- 1\n- 2\n");
    }

    void texts()
    {
        QFETCH(const QString, source);
        refused(source);
    }

    void secretsAreNotRepeated()
    {
        const auto run = test::runCli(
            {QStringLiteral("list"), QStringLiteral("http://user:s3cret@127.0.0.1:9")});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(!run.errors.contains("s3cret"), run.errors.constData());
    }

    void aServerThatSpeaksSomethingElse_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("a web page") << QByteArray(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<html></html");
        QTest::newRow("a mail server") << QByteArray("220 mail.example.org ESMTP\r\n");
        QTest::newRow("not found")
            << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("other JSON") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    }

    void aServerThatSpeaksSomethingElse()
    {
        QFETCH(const QByteArray, answer);
        // The program runs beside this event loop, so the server answers from a thread of its own.
        QThread thread;
        auto *server = new QTcpServer;
        QVERIFY(server->listen(QHostAddress::LocalHost));
        const QString url = QStringLiteral("http://127.0.0.1:%1").arg(server->serverPort());
        connect(server, &QTcpServer::newConnection, server, [server, answer] {
            QTcpSocket *socket = server->nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                socket->readAll();
                socket->write(answer);
                socket->disconnectFromHost();
            });
        });
        server->moveToThread(&thread);
        connect(&thread, &QThread::finished, server, &QObject::deleteLater);
        thread.start();
        refused(url);
        thread.quit();
        thread.wait();
    }

    void anSqldWithoutFliptsTables()
    {
        test::SqldNode node;
        refused(node.url().toString());
        node.execute({QStringLiteral("create table customers(id integer primary key)")});
        refused(node.url().toString());
    }

    void aNodeThatHasEnded()
    {
        test::SqldNode node;
        const QString url = node.url().toString();
        QCOMPARE(test::runCli({QStringLiteral("init"), url}).exitCode, 0);
        QCOMPARE(test::runCli({QStringLiteral("list"), url}).exitCode, 0);
        node.stop();
        refused(url);
    }
};

QTEST_GUILESS_MAIN(tst_BadSources)
#include "tst_badsources.moc"
