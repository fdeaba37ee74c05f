// SPDX-License-Identifier: GPL-3.0-or-later
#include <workspace/route.h>

#include <flipt/fliptclient.h>
#include <replication/sampler.h>
#include <support/authority.h>
#include <support/constants.h>
#include <support/front.h>
#include <support/httpserver.h>
#include <support/sqldnode.h>
#include <workspace/workspace.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::patience;
using test::systemClock;
using workspace::Route;
using workspace::Workspace;

/// Servers that are reached by an authority and a proxy of the connection's own alone.
class TestRoute : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    test::Authority m_authority;
    std::unique_ptr<test::SqldNode> m_node;

    Workspace::Node nodeAt(const QUrl &url, const QString &authorities, const QString &proxy)
    {
        store::ConnectionOptions options;
        options.authoritiesFile = authorities;
        options.proxy = proxy;
        return {u"node"_qs, *store::Source::parse(url.toString()), options};
    }
    QString proxyAt(const test::Front &front)
    {
        return u"http://127.0.0.1:%1"_qs.arg(front.port());
    }

private slots:
    void initTestCase()
    {
        m_node = std::make_unique<test::SqldNode>();
        m_node->execute({u"create table t(id integer primary key)"_qs});
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("authorities");
        QTest::addColumn<QString>("proxy");
        QTest::addColumn<QString>("named");
        QFile empty(m_directory.filePath(u"empty.pem"_qs));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        QTest::newRow("no file") << u"/nowhere.pem"_qs << QString() << u"/nowhere.pem"_qs;
        QTest::newRow("no certificate") << empty.fileName() << QString() << u"no certificate"_qs;
        QTest::newRow("semicolon") << u"/a;b.pem"_qs << QString() << u"semicolon"_qs;
        QTest::newRow("no proxy") << QString() << u"somewhere"_qs << u"http://host:port"_qs;
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, authorities);
        QFETCH(QString, proxy);
        QFETCH(QString, named);
        const Result<Route> route = Route::read(authorities, proxy);
        QVERIFY(!route);
        QCOMPARE(route.error().kind, Error::Kind::Input);
        QVERIFY2(route.error().detail.contains(named), qPrintable(route.error().detail));
    }

    void nothingIsTheProgramsOwnWay()
    {
        const Result<Route> route = Route::read({}, {});
        QVERIFY(route);
        QVERIFY(route->authorities.isEmpty() && !route->proxy);
        QCOMPARE(Route::read({}, u"none"_qs)->proxy->kind, Proxy::Kind::None);
    }

    void rowsAreReadOnTheConnectionsWay()
    {
        const test::Front front(m_node->url(),
                                m_authority.serverConfiguration(u"DNS:localhost"_qs));
        const Workspace::Node trusted = nodeAt(front.url(u"https"_qs), m_authority.file(), {});
        store::Connection connection(trusted.source, trusted.options, systemClock);
        auto tables = connection.tables();
        QTRY_VERIFY_WITH_TIMEOUT(tables.isFinished(), patience);
        QVERIFY(tables.result());
        const Workspace::Node distrusted = nodeAt(front.url(u"https"_qs), {}, {});
        store::Connection refused(distrusted.source, distrusted.options, systemClock);
        auto none = refused.tables();
        QTRY_VERIFY_WITH_TIMEOUT(none.isFinished(), patience);
        QVERIFY(!none.result());

        const test::Front proxy(m_node->url());
        const Workspace::Node behind =
            nodeAt(QUrl(u"http://db.invalid:8080"_qs), {}, proxyAt(proxy));
        store::Connection proxied(behind.source, behind.options, systemClock);
        auto reached = proxied.tables();
        QTRY_VERIFY_WITH_TIMEOUT(reached.isFinished(), patience);
        QVERIFY(reached.result());
        QVERIFY(proxy.connections() > 0);
    }

    void positionsAreSampledOnTheConnectionsWay()
    {
        const test::Front proxy(m_node->url());
        replication::Sampler sampler(systemClock);
        QSignalSpy sampled(&sampler, &replication::Sampler::sampled);
        sampler.setNodes({nodeAt(QUrl(u"http://db.invalid:8080"_qs), {}, proxyAt(proxy))
                              .watched(replication::Role::Primary)});
        sampler.start();
        QTRY_VERIFY_WITH_TIMEOUT(!sampled.isEmpty(), patience);
        const auto sample = sampled.first().first().value<replication::NodeSample>();
        QVERIFY(sample.index.has_value());
    }

    void fliptsAreAskedOnTheConnectionsWay()
    {
        const test::HttpServer flipt([](const test::HttpServer::Request &) {
            return test::HttpServer::Response{.status = 200,
                                              .headers = {{"Content-Type", "application/json"}},
                                              .body = R"({"status":"SERVING"})"};
        });
        const test::Front front(flipt.url(), m_authority.serverConfiguration(u"DNS:localhost"_qs));
        const Result<Route> route = Route::read(m_authority.file(), {});
        QVERIFY(route);
        const workspace::FliptFeed::Address trusted{
            u"flipt"_qs, front.url(u"https"_qs), {}, {}, *route};
        auto serves = trusted.connect(systemClock);
        auto health = serves->health();
        QTRY_VERIFY_WITH_TIMEOUT(health.isFinished(), patience);
        QVERIFY(health.result());
        const workspace::FliptFeed::Address distrusted{u"flipt"_qs, front.url(u"https"_qs)};
        auto refused = distrusted.connect(systemClock);
        auto none = refused->health();
        QTRY_VERIFY_WITH_TIMEOUT(none.isFinished(), patience);
        QVERIFY(!none.result());
    }
};

QTEST_GUILESS_MAIN(TestRoute)
#include "tst_route.moc"
