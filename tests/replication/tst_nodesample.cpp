// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/nodesample.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace edgewise::replication;

class TestNodeSample : public QObject {
    Q_OBJECT
private slots:
    void oneLineOfJson()
    {
        NodeSample sample;
        sample.node = QStringLiteral("http://127.0.0.1:8080");
        sample.wallAt = 1'700'000'000'123'456'789;
        sample.index = 1039;
        sample.judgement = {.state = State::CatchingUp,
                            .why = QStringLiteral("a \"quoted\"\nword"),
                            .framesBehind = 4,
                            .nanosecondsBehind = 180'250'000};
        const QByteArray line = toJsonLine(sample);
        QVERIFY(!line.contains('\n'));
        QVERIFY(line.startsWith(R"({"t":"2023-11-14T22:13:20.123Z","node":)"));
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        QCOMPARE(object[u"node"].toString(), sample.node);
        QCOMPARE(object[u"role"].toString(), QStringLiteral("replica"));
        QCOMPARE(object[u"index"].toInt(), 1039);
        QCOMPARE(object[u"frames_behind"].toInt(), 4);
        QCOMPARE(object[u"ms_behind"].toDouble(), 180.25);
        QCOMPARE(object[u"state"].toString(), QStringLiteral("catching-up"));
        QCOMPARE(object[u"why"].toString(), sample.judgement.why);
        QCOMPARE(object.size(), 8);
    }

    void whatIsNotKnownIsNull()
    {
        NodeSample sample;
        sample.judgement = {
            .state = State::Unreachable, .why = {}, .framesBehind = {}, .nanosecondsBehind = {}};
        const QJsonObject object = QJsonDocument::fromJson(toJsonLine(sample)).object();
        QVERIFY(object[u"index"].isNull());
        QVERIFY(object[u"frames_behind"].isNull());
        QVERIFY(object[u"ms_behind"].isNull());
        QCOMPARE(object[u"state"].toString(), QStringLiteral("unreachable"));
    }
};

QTEST_GUILESS_MAIN(TestNodeSample)
#include "tst_nodesample.moc"
