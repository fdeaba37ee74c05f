// SPDX-License-Identifier: GPL-3.0-or-later
// Flipts played by a small server that answers by the engine itself, but for one planted fault.
#include <evaluation/evaluate.h>
#include <evaluation/program.h>
#include <flags/timestamp.h>
#include <flipt/statetag.h>
#include <support/httpserver.h>
#include <workspace/parity.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace edgewise;
using namespace edgewise::workspace;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 oneSecond = 1'000'000'000;

flags::Snapshot snapshotWith(bool enabled, qint64 stamp)
{
    auto nameSpace = std::make_shared<flags::Namespace>();
    nameSpace->key = NamespaceKey(u"default"_qs);
    nameSpace->stateModified = flags::nanosecondText(stamp);
    auto flag = std::make_shared<flags::Flag>();
    flag->key = FlagKey(u"on"_qs);
    flag->type = flags::BooleanFlag;
    flag->enabled = enabled;
    nameSpace->flags.push_back(flag);
    flags::Snapshot snapshot;
    snapshot.namespaces.push_back(nameSpace);
    return snapshot;
}

QFuture<Result<flags::Snapshot>> ready(const flags::Snapshot &snapshot)
{
    QPromise<Result<flags::Snapshot>> promise;
    promise.start();
    promise.addResult(Result<flags::Snapshot>(snapshot));
    promise.finish();
    return promise.future();
}

/// A Flipt that reads `snapshot`.
struct Stage {
    flags::Snapshot snapshot;
    QString version = u"v1.61.1"_qs;
    qint64 cacheLifetime = 0; // 0: off
    int evaluations = 0;
    std::function<void(Stage &)> beforeAnswer = {};

    test::HttpServer::Response answer(const test::HttpServer::Request &request)
    {
        if (request.path == "/meta/info")
            return json({{u"version"_qs, version},
                         {u"authentication"_qs, QJsonObject()},
                         {u"storage"_qs, QJsonObject{{u"type"_qs, u"database"_qs}}}});
        if (request.path == "/meta/config")
            return json({{u"cache"_qs, QJsonObject{{u"enabled"_qs, cacheLifetime > 0},
                                                   {u"ttl"_qs, cacheLifetime}}}});
        const auto nameSpace = snapshot.nameSpace(NamespaceKey(u"default"_qs));
        if (request.path.startsWith("/internal/")) {
            const qint64 stamp = *flags::parseTimestamp(*nameSpace->stateModified);
            return {
                .status = 200, .headers = {{"Etag", flipt::stateTags(stamp).last()}}, .body = "{}"};
        }
        ++evaluations;
        if (beforeAnswer)
            beforeAnswer(*this);
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        const QByteArray line =
            QJsonDocument(QJsonObject{{u"kind"_qs, QString::fromLatin1(request.path.mid(
                                                       request.path.lastIndexOf('/') + 1))},
                                      {u"namespace"_qs, body.value(u"namespaceKey"_qs)},
                                      {u"flag"_qs, body.value(u"flagKey"_qs)},
                                      {u"entity"_qs, body.value(u"entityId"_qs)},
                                      {u"context"_qs, body.value(u"context"_qs)}})
                .toJson(QJsonDocument::Compact);
        const flipt::Reply reply =
            engineReply(evaluation::compile(snapshot), {line.constData(), size_t(line.size())});
        auto response = json(reply.response);
        response.status = reply.status;
        return response;
    }

    static test::HttpServer::Response json(const QJsonObject &object)
    {
        return {.status = 200,
                .headers = {{"Content-Type", "application/json"}},
                .body = QJsonDocument(object).toJson(QJsonDocument::Compact)};
    }
};

const QByteArray onRequest =
    R"({"kind":"boolean","namespace":"default","flag":"on","entity":"e","context":{}})";

} // namespace

class TestParity : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    std::vector<ParityMismatch> m_mismatches;
    std::optional<Result<ParityReport>> m_report;

    qint64 longAgo() const { return m_clock.wallNanoseconds() - 3600 * oneSecond; }

    void compare(Stage &stage, const ParityRun::Read &source, const ParityRun::Read &node = {},
                 std::vector<QByteArray> lines = {onRequest})
    {
        m_mismatches.clear();
        m_report.reset();
        test::HttpServer server(
            [&](const test::HttpServer::Request &asked) { return stage.answer(asked); });
        ParityRun run(source, {{.url = server.url(), .token = {}, .node = node}}, std::move(lines),
                      m_clock);
        run.setSettling(300);
        connect(&run, &ParityRun::mismatched, this,
                [this](const ParityMismatch &mismatch) { m_mismatches.push_back(mismatch); });
        connect(&run, &ParityRun::finished, this,
                [this](const Result<ParityReport> &report) { m_report = report; });
        run.start();
        QTRY_VERIFY_WITH_TIMEOUT(m_report.has_value(), 30000);
    }

    MismatchCause cause() const { return m_mismatches.front().cause; }

private slots:
    void agrees()
    {
        Stage stage{snapshotWith(true, longAgo())};
        compare(stage, [&] { return ready(stage.snapshot); }, {},
                {onRequest, onRequest, "no request", R"({"kind":"variant","flag":"nope"})"});
        QVERIFY(m_report->has_value());
        QVERIFY(m_mismatches.empty());
        QCOMPARE((*m_report)->lines, 4);
        QCOMPARE((*m_report)->skipped, 1);
        const ParityTally &tally = (*m_report)->flipts.front();
        QCOMPARE(tally.asked, 3);
        QCOMPARE(tally.agreed, 3);
        QCOMPARE(tally.version, u"v1.61.1"_qs);
        QCOMPARE(tally.roundTrips.size(), size_t(3));
    }

    void aChangeThatArrivesLaterIsLag()
    {
        const qint64 stamp = longAgo();
        const flags::Snapshot after = snapshotWith(true, stamp + 1);
        Stage stage{snapshotWith(false, stamp)};
        stage.beforeAnswer = [&](Stage &self) {
            if (self.evaluations == 2) // by then the row has come
                self.snapshot = after;
        };
        compare(stage, [&] { return ready(after); });
        QCOMPARE(m_mismatches.size(), size_t(1));
        QCOMPARE(cause(), MismatchCause::Lag);
        QCOMPARE(m_mismatches.front().line, 1);
    }

    void anotherStateIsLag()
    {
        const flags::Snapshot source = snapshotWith(true, longAgo());
        Stage stage{snapshotWith(false, longAgo())};
        compare(stage, [&] { return ready(source); });
        QCOMPARE(cause(), MismatchCause::Lag);
        QVERIFY2(m_mismatches.front().why.contains(u"another state"),
                 qPrintable(m_mismatches.front().why));
    }

    void whatItsDatabaseExplainsIsLag()
    {
        // The writer forgot the stamp, so that only the rows tell.
        const qint64 stamp = longAgo();
        Stage stage{snapshotWith(false, stamp)};
        compare(
            stage, [&] { return ready(snapshotWith(true, stamp)); },
            [&] { return ready(snapshotWith(false, stamp)); });
        QCOMPARE(cause(), MismatchCause::Lag);
        QVERIFY(m_mismatches.front().why.contains(u"its database"));
    }

    void anOldStateInACacheIsCache()
    {
        const flags::Snapshot source = snapshotWith(true, m_clock.wallNanoseconds());
        Stage stage{snapshotWith(false, longAgo())};
        stage.cacheLifetime = 60 * oneSecond;
        compare(
            stage, [&] { return ready(source); }, [&] { return ready(source); });
        QCOMPARE(cause(), MismatchCause::Cache);
        QVERIFY2(m_mismatches.front().why.contains(u"1 min 0 s"),
                 qPrintable(m_mismatches.front().why));
    }

    void otherRulesAreAVersionRule()
    {
        const qint64 stamp = longAgo();
        Stage stage{snapshotWith(false, stamp), u"v1.40.0"_qs};
        compare(stage, [&] { return ready(snapshotWith(true, stamp)); });
        QCOMPARE(cause(), MismatchCause::VersionRule);
        QVERIFY(m_mismatches.front().why.contains(u"v1.40.0"));
    }

    void whatNothingExplainsIsOurBug()
    {
        const qint64 stamp = longAgo();
        Stage stage{snapshotWith(false, stamp)};
        compare(stage, [&] { return ready(snapshotWith(true, stamp)); });
        QCOMPARE(cause(), MismatchCause::Engine);
        QCOMPARE(m_mismatches.front().engine.response.value(u"enabled"_qs).toBool(), true);
        QCOMPARE(m_mismatches.front().answer.response.value(u"enabled"_qs).toBool(), false);
        QCOMPARE((*m_report)->flipts.front().agreed, 0);
    }

    void aServerThatIsNoFlipt()
    {
        m_report.reset();
        test::HttpServer server([](const test::HttpServer::Request &) {
            return test::HttpServer::Response{.status = 200, .headers = {}, .body = "<html>"};
        });
        ParityRun run([&] { return ready(snapshotWith(true, longAgo())); },
                      {{.url = server.url(), .token = {}}}, {onRequest}, m_clock);
        connect(&run, &ParityRun::finished, this,
                [this](const Result<ParityReport> &report) { m_report = report; });
        run.start();
        QTRY_VERIFY_WITH_TIMEOUT(m_report.has_value(), 30000);
        QVERIFY(!m_report->has_value());
        QCOMPARE(m_report->error().kind, Error::Kind::Protocol);
    }
};

QTEST_GUILESS_MAIN(TestParity)
#include "tst_parity.moc"
