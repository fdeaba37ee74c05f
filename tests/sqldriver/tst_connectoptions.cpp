// SPDX-License-Identifier: GPL-3.0-or-later
#include <sqldriver/connectoptions.h>

#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace edgewise::sqldriver;
using namespace Qt::StringLiterals;

class TestConnectOptions : public QObject {
    Q_OBJECT

private slots:
    void readsAll()
    {
        QTemporaryDir directory;
        QFile file(directory.filePath(u"token"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("secret\n");
        file.close();
        const auto options = readConnectOptions(
            u"libsql://db.example/prefix"_qs, {},
            u"QLIBSQL_TOKEN_FILE=%1; QLIBSQL_TIMEOUT = 250;QLIBSQL_READ_ONLY;"
            "QLIBSQL_COMPRESSION=1;QLIBSQL_NAMESPACE=ns;QLIBSQL_TRANSACTION=immediate;"
            "QLIBSQL_MAX_ANSWER=1048576;QLIBSQL_CONNECT_TIMEOUT=7;QLIBSQL_IDLE_TIMEOUT=8;"
            "QLIBSQL_RETRIES=0"_qs.arg(file.fileName()));
        QVERIFY2(options.has_value(), qPrintable(options ? QString() : options.error().detail));
        QVERIFY(options->endpoint.isEncrypted());
        QCOMPARE(options->endpoint.port(), 443);
        QCOMPARE(options->endpoint.token, Token("secret"));
        QCOMPARE(options->timeoutMilliseconds, 250);
        QVERIFY(options->readOnly && options->endpoint.compression);
        QCOMPARE(options->endpoint.databaseNamespace, u"ns"_qs);
        QCOMPARE(options->beginStatement, u"BEGIN IMMEDIATE"_qs);
        QCOMPARE(options->largestAnswer, 1048576);
        QCOMPARE(options->times.connect, 7);
        QCOMPARE(options->times.idle, 8);
        QCOMPARE(options->retries, 0);
    }

    void thePasswordIsTheToken()
    {
        const auto options = readConnectOptions(u"http://h:1"_qs, u"pw"_qs, {});
        QVERIFY(options.has_value());
        QCOMPARE(options->endpoint.token, Token("pw"));
        QVERIFY(!options->endpoint.isEncrypted() && !options->readOnly);
        QCOMPARE(options->endpoint.port(), 1);
    }

    void namesWhatIsWrong_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("named");
        const QString url = u"http://h"_qs;
        QTest::newRow("unknown") << url << u"QLIBSQL_TOKN=secret"_qs << u"QLIBSQL_TOKN"_qs;
        QTest::newRow("of another driver")
            << url << u"QSQLITE_BUSY_TIMEOUT=1"_qs << u"QSQLITE_BUSY_TIMEOUT"_qs;
        QTest::newRow("no number") << url << u"QLIBSQL_TIMEOUT=soon"_qs << u"QLIBSQL_TIMEOUT"_qs;
        QTest::newRow("zero") << url << u"QLIBSQL_TIMEOUT=0"_qs << u"QLIBSQL_TIMEOUT"_qs;
        QTest::newRow("connect") << url << u"QLIBSQL_CONNECT_TIMEOUT=-1"_qs
                                 << u"QLIBSQL_CONNECT_TIMEOUT"_qs;
        QTest::newRow("idle") << url << u"QLIBSQL_IDLE_TIMEOUT="_qs << u"QLIBSQL_IDLE_TIMEOUT"_qs;
        QTest::newRow("retries") << url << u"QLIBSQL_RETRIES=11"_qs << u"QLIBSQL_RETRIES"_qs;
        QTest::newRow("answer") << url << u"QLIBSQL_MAX_ANSWER=1"_qs << u"QLIBSQL_MAX_ANSWER"_qs;
        QTest::newRow("compression")
            << url << u"QLIBSQL_COMPRESSION=zstd"_qs << u"QLIBSQL_COMPRESSION"_qs;
        QTest::newRow("flag") << url << u"QLIBSQL_READ_ONLY=maybe"_qs << u"QLIBSQL_READ_ONLY"_qs;
        QTest::newRow("mode") << url << u"QLIBSQL_TRANSACTION=concurrent"_qs
                              << u"QLIBSQL_TRANSACTION"_qs;
        QTest::newRow("no file") << url << u"QLIBSQL_TOKEN_FILE=/nowhere"_qs << u"/nowhere"_qs;
        QTest::newRow("no CA") << url << u"QLIBSQL_CA_FILE=/nowhere"_qs << u"QLIBSQL_CA_FILE"_qs;
        QTest::newRow("proxy") << url << u"QLIBSQL_PROXY=ftp://host:1"_qs << u"QLIBSQL_PROXY"_qs;
        QTest::newRow("proxy without port")
            << url << u"QLIBSQL_PROXY=http://host"_qs << u"http://host:port"_qs;
        QTest::newRow("proxy's password")
            << url << u"QLIBSQL_PROXY=http://me:secret@host:1"_qs << u"password"_qs;
        QTest::newRow("header") << url << u"QLIBSQL_TOKEN=a\r\nb"_qs << u"token"_qs;
        QTest::newRow("scheme") << u"ftp://h"_qs << QString() << u"libsql://"_qs;
        QTest::newRow("no host") << u"http://"_qs << QString() << u"host"_qs;
        QTest::newRow("a path") << u"/tmp/x.db"_qs << QString() << u"http://"_qs;
        QTest::newRow("password in the URL") << u"http://u:secret@h"_qs << QString() << u"token"_qs;
    }
    void namesWhatIsWrong()
    {
        QFETCH(QString, url);
        QFETCH(QString, options);
        QFETCH(QString, named);
        const auto read = readConnectOptions(url, {}, options);
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().kind, Error::Kind::Input);
        QVERIFY2(read.error().detail.contains(named), qPrintable(read.error().detail));
        QVERIFY(!read.error().detail.contains(u"secret"));
    }
};

QTEST_GUILESS_MAIN(TestConnectOptions)
#include "tst_connectoptions.moc"
