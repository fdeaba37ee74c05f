// SPDX-License-Identifier: GPL-3.0-or-later
#include <sqldriver/errors.h>
#include <sqldriver/libsqldriver.h>
#include <support/authority.h>
#include <support/byteserver.h>
#include <support/front.h>
#include <support/sqldnode.h>

#include <QDateTime>
#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QNetworkProxyFactory>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace edgewise;
using namespace edgewise::sqldriver;
using namespace Qt::StringLiterals;

namespace {

QByteArray logged; // all threads of this program log one after the other here
QMutex loggedMutex;

void keepLog(QtMsgType, const QMessageLogContext &, const QString &text)
{
    const QMutexLocker locker(&loggedMutex);
    logged += text.toUtf8() + '\n';
}

/// A pipeline's answer to one statement without rows.
QByteArray emptyAnswer(const QByteArray &baseUrl)
{
    return test::httpAnswer(
        "200 OK",
        R"({"baton":"b","base_url":)" + baseUrl
            + R"(,"results":[{"type":"ok","response":{"type":"execute","result":{"cols":[],"rows":[]}}})"
            + R"(,{"type":"ok","response":{"type":"get_autocommit","is_autocommit":true}}]})");
}

} // namespace

/// Tokens against a server that checks them, and TLS by a front with certificates made here.
class TestSecureConnection : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<test::Authority> m_authority;
    std::unique_ptr<test::SqldNode> m_node;      // open to all
    std::unique_ptr<test::SqldNode> m_protected; // with a key
    int m_count = 0;

    QByteArray token(const QByteArray &rights, qint64 expiresIn) const
    {
        const qint64 expiry = QDateTime::currentSecsSinceEpoch() + expiresIn;
        return m_authority->token("{" + rights + R"("exp":)" + QByteArray::number(expiry) + "}");
    }

    QSqlDatabase prepare(const QUrl &url, const QString &options = {},
                         const QByteArray &password = {})
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(u"QLIBSQL"_qs, u"secure%1"_qs.arg(++m_count));
        database.setDatabaseName(url.toString());
        database.setPassword(QString::fromLatin1(password));
        database.setConnectOptions(options);
        return database;
    }

private slots:
    void initTestCase()
    {
        registerDriver();
        m_authority = std::make_unique<test::Authority>();
        m_node = std::make_unique<test::SqldNode>();
        m_protected = std::make_unique<test::SqldNode>(
            QStringList{u"--auth-jwt-key-file"_qs, m_authority->tokenKeyFile()}, token({}, 3600));
    }
    void cleanup()
    {
        for (const QString &name : QSqlDatabase::connectionNames())
            QSqlDatabase::removeDatabase(name);
    }

    void theServerChecksTheToken_data()
    {
        QTest::addColumn<QByteArray>("given");
        QTest::addColumn<QString>("words"); // of the refusal; empty when let in
        QTest::newRow("all rights") << token({}, 3600) << QString();
        QTest::newRow("reading") << token(R"("a":"ro",)", 3600) << QString();
        // The server allows a minute of difference between clocks.
        QTest::newRow("expired just now") << token({}, -10) << QString();
        QTest::newRow("none") << QByteArray() << u"Expected authorization header"_qs;
        QTest::newRow("expired") << token({}, -600) << u"The JWT has expired"_qs;
        QTest::newRow("of another key")
            << test::Authority().token("{}") << u"The JWT is invalid"_qs;
        QTest::newRow("no token at all") << QByteArray("secret") << u"The JWT is invalid"_qs;
        QTest::newRow("of unknown rights")
            << m_authority->token(R"({"a":"everything"})") << u"The JWT is invalid"_qs;
    }
    void theServerChecksTheToken()
    {
        QFETCH(QByteArray, given);
        QFETCH(QString, words);
        QSqlDatabase database = prepare(m_protected->url(), {}, given);
        QCOMPARE(database.open(), words.isEmpty());
        if (words.isEmpty()) {
            QVERIFY(QSqlQuery(database).exec(u"select 1"_qs));
            return;
        }
        QCOMPARE(database.lastError().type(), QSqlError::ConnectionError);
        QCOMPARE(database.lastError().nativeErrorCode(), u"HTTP_401"_qs);
        QVERIFY2(database.lastError().databaseText().contains(words),
                 qPrintable(database.lastError().databaseText()));
    }

    void theTokenComesByAnyOption()
    {
        const QByteArray good = token({}, 3600);
        QTemporaryDir directory;
        QFile file(directory.filePath(u"token"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(good + '\n') > 0);
        file.close();
        for (const QString &options : QStringList{u"QLIBSQL_TOKEN="_qs + QString::fromLatin1(good),
                                                  u"QLIBSQL_TOKEN_FILE="_qs + file.fileName()}) {
            QSqlDatabase database = prepare(m_protected->url(), options);
            QVERIFY2(database.open(), qPrintable(database.lastError().text()));
        }
    }

    void aReadingTokenWritesNothing()
    {
        QSqlDatabase writer = prepare(m_protected->url(), {}, token({}, 3600));
        QVERIFY(writer.open());
        QVERIFY(QSqlQuery(writer).exec(u"create table w(a)"_qs));
        QSqlDatabase database = prepare(m_protected->url(), {}, token(R"("a":"ro",)", 3600));
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(!query.exec(u"insert into w values(1)"_qs));
        QCOMPARE(query.lastError().nativeErrorCode(), u"HTTP_403"_qs);
        QVERIFY(query.exec(u"select count(*) from w"_qs) && query.next());
        QCOMPARE(query.value(0).toInt(), 0);
    }

    void theTokenTravelsInItsHeaderAlone()
    {
        const QByteArray secret = "eyJh.very.secret";
        // This server sends its clients elsewhere, by the protocol's own field.
        test::ByteServer elsewhere({emptyAnswer("null")});
        const QByteArray other = '"' + elsewhere.url().toEncoded() + '"';
        test::ByteServer server({emptyAnswer(other), emptyAnswer(other), emptyAnswer(other)});
        {
            QSqlDatabase database = prepare(server.url(), u"QLIBSQL_NAMESPACE=n"_qs, secret);
            QVERIFY2(database.open(), qPrintable(database.lastError().text()));
            QVERIFY(QSqlQuery(database).exec(u"select 2"_qs));
        }
        QByteArray rest = server.received();
        QVERIFY(server.requests() >= 2);
        const QByteArray header = "Authorization: Bearer " + secret + "\r\n";
        QCOMPARE(rest.count(header), server.requests());
        rest.replace(header, "");
        QVERIFY(!rest.contains(secret));
        QCOMPARE(elsewhere.connections(), 0);
    }

    void redirectsAreNotFollowed()
    {
        test::ByteServer elsewhere({emptyAnswer("null")});
        for (const char *status :
             {"301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"}) {
            test::ByteServer server({test::httpAnswer(
                status, {}, "Location: " + elsewhere.url().toEncoded() + "/v3/pipeline\r\n")});
            QSqlDatabase database = prepare(server.url(), {}, "secret");
            QVERIFY(!database.open());
            QVERIFY(database.lastError().databaseText().contains(u"elsewhere"));
            QCOMPARE(server.requests(), 1);
        }
        QCOMPARE(elsewhere.connections(), 0);
    }

    void nothingLogsTheToken()
    {
        const QByteArray good = token({}, 3600);
        const QByteArray bad = token({}, -600);
        QLoggingCategory::setFilterRules(u"*=true"_qs);
        const auto before = qInstallMessageHandler(keepLog);
        QString words;
        for (const QByteArray &given : {good, bad}) {
            QSqlDatabase database =
                prepare(m_protected->url(), u"QLIBSQL_TOKEN="_qs + QString::fromLatin1(given));
            database.open();
            QSqlQuery query(database);
            query.exec(u"selec"_qs);
            words += database.lastError().text() + query.lastError().text();
        }
        QSqlDatabase malformed = prepare(m_protected->url(), u"QLIBSQL_TOKEN=a b.secret"_qs);
        QVERIFY(!malformed.open());
        words += malformed.lastError().text();
        QUrl url = m_protected->url();
        url.setPassword(u"b.secret"_qs);
        QSqlDatabase inUrl = prepare(url);
        QVERIFY(!inUrl.open());
        words += inUrl.lastError().text();
        qInstallMessageHandler(before);
        QLoggingCategory::setFilterRules({});
        // The driver has something to say, and more than nothing was kept.
        QVERIFY2(logged.contains(m_protected->url().toEncoded()), logged.constData());
        QFile file(m_protected->logFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray all = logged + words.toUtf8() + file.readAll();
        for (const QByteArray &secret : {good, bad, QByteArray("b.secret")}) {
            QVERIFY(!all.contains(secret));
            QVERIFY(!all.contains(secret.split('.').last()) || secret == "b.secret");
        }
    }

    void tlsIsVerified_data()
    {
        QTest::addColumn<QString>("names");
        QTest::addColumn<int>("days");
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<QString>("trusted"); // "own", "other" or nobody beside the system's
        QTest::addColumn<bool>("good");
        const QString here = u"DNS:localhost,IP:127.0.0.1"_qs;
        QTest::newRow("https") << here << 2 << u"https"_qs << u"own"_qs << true;
        QTest::newRow("libsql") << here << 2 << u"libsql"_qs << u"own"_qs << true;
        QTest::newRow("untrusted") << here << 2 << u"https"_qs << QString() << false;
        QTest::newRow("of another authority") << here << 2 << u"libsql"_qs << u"other"_qs << false;
        QTest::newRow("another host")
            << u"DNS:db.example"_qs << 2 << u"https"_qs << u"own"_qs << false;
        QTest::newRow("expired") << here << -1 << u"https"_qs << u"own"_qs << false;
    }
    void tlsIsVerified()
    {
        QFETCH(QString, names);
        QFETCH(int, days);
        QFETCH(QString, scheme);
        QFETCH(QString, trusted);
        QFETCH(bool, good);
        const test::Front front(m_protected->url(), m_authority->serverConfiguration(names, days));
        const test::Authority other;
        QString options;
        if (!trusted.isEmpty())
            options =
                u"QLIBSQL_CA_FILE="_qs + (trusted == u"own" ? m_authority->file() : other.file());
        QSqlDatabase database = prepare(front.url(scheme), options, token({}, 3600));
        QVERIFY2(database.open() == good, qPrintable(database.lastError().text()));
        if (!good) {
            QCOMPARE(database.lastError().type(), QSqlError::ConnectionError);
            QCOMPARE(database.lastError().nativeErrorCode(),
                     QString::fromUtf16(connectionFailedCode));
            QVERIFY(!database.lastError().databaseText().isEmpty());
            return;
        }
        QSqlQuery query(database);
        for (int i = 0; i < 20; ++i)
            QVERIFY(query.exec(u"select %1"_qs.arg(i)) && query.next());
        QCOMPARE(front.connections(), 1); // kept alive
        // Through TLS a large answer comes as whole as without, by pieces and by a cursor.
        QVERIFY(query.exec(u"with recursive n(i) as (select 1 union all select i + 1 from n where "
                           "i < 3000) select hex(zeroblob(2000)) from n"_qs));
        int rows = 0;
        while (query.next())
            ++rows;
        QVERIFY2(!query.lastError().isValid(), qPrintable(query.lastError().text()));
        QCOMPARE(rows, 3000);
    }

    void plainAndEncryptedDoNotMix()
    {
        QElapsedTimer timer;
        timer.start();
        const test::Front front(m_node->url(),
                                m_authority->serverConfiguration(u"DNS:localhost"_qs));
        const QString options = u"QLIBSQL_RETRIES=0;QLIBSQL_CA_FILE="_qs + m_authority->file();
        QVERIFY(!prepare(front.url(u"http"_qs), u"QLIBSQL_TIMEOUT=3000;"_qs + options).open());
        QUrl url = m_node->url();
        url.setScheme(u"https"_qs);
        QVERIFY(!prepare(url, u"QLIBSQL_TIMEOUT=3000;"_qs + options).open());
        QVERIFY(!timer.hasExpired(60000)); // each has its own deadline; none waits for ever
    }

    void aServerThatNeverShakesHandsMeetsTheConnectTimeout()
    {
        test::ByteServer server({test::ByteServer::silence});
        QUrl url = server.url();
        url.setScheme(u"https"_qs);
        QSqlDatabase database =
            prepare(url, u"QLIBSQL_CONNECT_TIMEOUT=200;QLIBSQL_TIMEOUT=3600000"_qs);
        QVERIFY(!database.open());
        QCOMPARE(database.lastError().nativeErrorCode(), QString::fromUtf16(connectionFailedCode));
    }

    void theProgramsProxyIsUsed()
    {
        const test::Front proxy(m_node->url());
        QNetworkProxy::setApplicationProxy(
            QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_qs, proxy.port()));
        const auto reset =
            qScopeGuard([] { QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); });
        // A name that only the proxy can resolve.
        QSqlDatabase database = prepare(QUrl(u"http://db.invalid:8080"_qs));
        QVERIFY2(database.open(), qPrintable(database.lastError().text()));
        QCOMPARE(proxy.connections(), 1);
        // Loopback is reached without.
        QSqlDatabase near = prepare(m_node->url());
        QVERIFY(near.open());
        QCOMPARE(proxy.connections(), 1);
    }

    void theConnectionsOwnProxyGoesFirst()
    {
        const test::Front own(m_node->url());
        const test::Front programs(m_node->url());
        QNetworkProxy::setApplicationProxy(
            QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_qs, programs.port()));
        const auto reset =
            qScopeGuard([] { QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); });
        const QString option = u"QLIBSQL_PROXY=http://127.0.0.1:%1"_qs.arg(own.port());
        QSqlDatabase database = prepare(QUrl(u"http://db.invalid:8080"_qs), option);
        QVERIFY2(database.open(), qPrintable(database.lastError().text()));
        QCOMPARE(own.connections(), 1);
        QCOMPARE(programs.connections(), 0);
        // Without any, the name is not to be found.
        QSqlDatabase direct =
            prepare(QUrl(u"http://db.invalid:8080"_qs), u"QLIBSQL_PROXY=none;QLIBSQL_RETRIES=0"_qs);
        QVERIFY(!direct.open());
        QCOMPARE(programs.connections(), 0);
    }

    void theSystemsProxyIsUsedWhereTheProgramSaysSo()
    {
        const test::Front proxy(m_node->url());
        const QByteArray address = "http://127.0.0.1:" + QByteArray::number(proxy.port());
        qputenv("http_proxy", address);
        qunsetenv("no_proxy");
        QNetworkProxyFactory::setUseSystemConfiguration(true);
        const auto reset = qScopeGuard([] {
            QNetworkProxyFactory::setUseSystemConfiguration(false);
            qunsetenv("http_proxy");
        });
        QSqlDatabase database = prepare(QUrl(u"http://db.invalid:8080"_qs));
        QVERIFY2(database.open(), qPrintable(database.lastError().text()));
        QCOMPARE(proxy.connections(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSecureConnection)
#include "tst_secureconnection.moc"
