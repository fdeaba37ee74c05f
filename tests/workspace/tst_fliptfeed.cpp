// SPDX-License-Identifier: GPL-3.0-or-later
#include <workspace/fliptfeed.h>

#include <support/constants.h>
#include <support/httpserver.h>

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::defaultNamespace;
using test::HttpServer;
using test::patience;
using workspace::FliptFeed;

namespace {
// Of 2026-11-24 21:30:33.469495001 UTC, as Flipt makes it with one and with two blanks.
const QString stampOfTags = u"2026-11-24 21:30:33.469495001+00:00"_qs;
const QByteArray oldTag = "0000000000000000000000000000000000000000";
} // namespace

/// Against a small server that answers what a Flipt answers.
class TestFliptFeed : public QObject {
    Q_OBJECT

    SystemClock m_clock;
    QByteArray m_health = R"({"status":"SERVING"})";
    QByteArray m_tag = oldTag;
    int m_snapshotStatus = 200;

    std::optional<HttpServer::Response> answer(const HttpServer::Request &request) const
    {
        const auto json = [](int status, const QByteArray &body) {
            return HttpServer::Response{
                .status = status, .headers = {{"Content-Type", "application/json"}}, .body = body};
        };
        if (request.path == "/health")
            return json(200, m_health);
        if (request.path == "/meta/info")
            return json(
                200,
                R"({"version":"v1.61.1","authentication":{"required":false},"storage":{"type":"database"}})");
        if (m_snapshotStatus != 200)
            return json(m_snapshotStatus,
                        R"({"code":16,"message":"request was not authenticated"})");
        auto snapshot = json(200, R"({"namespace":{"key":"default"},"flags":[]})");
        snapshot.headers.append({"Etag", m_tag});
        return snapshot;
    }

    HttpServer m_server{[this](const HttpServer::Request &request) { return answer(request); }};

private slots:
    void init()
    {
        m_health = R"({"status":"SERVING"})";
        m_tag = oldTag;
        m_snapshotStatus = 200;
    }

    void tellsHealthAndVersion()
    {
        FliptFeed feed({u"one"_qs, m_server.url()}, m_clock);
        QCOMPARE(feed.state(), FliptFeed::State::Asking);
        feed.start();
        QTRY_COMPARE_WITH_TIMEOUT(feed.state(), FliptFeed::State::Serving, patience);
        QTRY_COMPARE_WITH_TIMEOUT(feed.version(), u"v1.61.1"_qs, patience);
        QVERIFY(*feed.roundTripNanoseconds() > 0);
    }

    void tellsThatItDoesNotServe()
    {
        m_health = R"({"status":"NOT_SERVING"})";
        FliptFeed feed({u"one"_qs, m_server.url()}, m_clock);
        feed.start();
        QTRY_COMPARE_WITH_TIMEOUT(feed.state(), FliptFeed::State::NotServing, patience);
    }

    void tellsThatNobodyAnswers()
    {
        QUrl nobody;
        {
            const HttpServer gone([](const HttpServer::Request &) { return std::nullopt; });
            nobody = gone.url();
        }
        FliptFeed feed({u"one"_qs, nobody}, m_clock);
        feed.start();
        QTRY_COMPARE_WITH_TIMEOUT(feed.state(), FliptFeed::State::Unreachable, patience);
        QCOMPARE(feed.error().kind, Error::Kind::Network);
        QVERIFY(!feed.roundTripNanoseconds());
    }

    void seesASaveByAnotherTag()
    {
        FliptFeed feed({u"one"_qs, m_server.url()}, m_clock);
        QSignalSpy caughtUp(&feed, &FliptFeed::caughtUp);
        const auto asked = m_server.requests().size();
        feed.prepare({defaultNamespace});
        QTRY_COMPARE_WITH_TIMEOUT(m_server.requests().size(), asked + 1, patience);
        feed.expect({{defaultNamespace.text(), stampOfTags}});
        QTRY_VERIFY_WITH_TIMEOUT(m_server.requests().size() > asked + 4, patience);
        QVERIFY(!feed.isUpToDate()); // asked again and again, and still the old one
        m_tag = "1111111111111111111111111111111111111111";
        QTRY_COMPARE_WITH_TIMEOUT(caughtUp.count(), 1, patience);
        QVERIFY(feed.isUpToDate());
    }

    void seesASaveByItsOwnTag_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("one blank") << QByteArray("seconds:1795555833 nanos:469495001");
        QTest::newRow("two blanks") << QByteArray("seconds:1795555833  nanos:469495001");
    }
    void seesASaveByItsOwnTag()
    {
        QFETCH(QByteArray, text);
        m_tag = QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex();
        QVERIFY(workspace::isTagOf(m_tag, stampOfTags));
        QVERIFY(!workspace::isTagOf(oldTag, stampOfTags));
        FliptFeed feed({u"one"_qs, m_server.url()}, m_clock);
        QSignalSpy caughtUp(&feed, &FliptFeed::caughtUp);
        feed.expect({{defaultNamespace.text(), stampOfTags}}); // never asked before
        QTRY_COMPARE_WITH_TIMEOUT(caughtUp.count(), 1, patience);
    }

    void saysWhatHinders()
    {
        m_snapshotStatus = 401;
        FliptFeed feed({u"one"_qs, m_server.url()}, m_clock);
        feed.expect({{defaultNamespace.text(), stampOfTags}});
        QTRY_VERIFY_WITH_TIMEOUT(!feed.hindrance().isEmpty(), patience);
        QVERIFY(!feed.isUpToDate());
        m_snapshotStatus = 200;
        m_tag =
            QCryptographicHash::hash("seconds:1795555833 nanos:469495001", QCryptographicHash::Sha1)
                .toHex();
        QTRY_VERIFY_WITH_TIMEOUT(feed.isUpToDate(), patience);
        QVERIFY(feed.hindrance().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFliptFeed)
#include "tst_fliptfeed.moc"
