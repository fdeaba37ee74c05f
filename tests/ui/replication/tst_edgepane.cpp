// SPDX-License-Identifier: GPL-3.0-or-later
// The latency of a Flipt beside the engine's, and the distance from which an edge is faster.
#include "support/httpserver.h"

#include <replication/edgepane.h>
#include <theme/appearance.h>

#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QTableView>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using replicationpage::EdgePane;

class TestEdgePane : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_server = std::make_unique<test::HttpServer>([](const test::HttpServer::Request &) {
            return test::HttpServer::Response{
                .status = 200,
                .headers = {{"Content-Type", "application/json"}},
                .body = R"({"match":true,"segmentKeys":[],"reason":"MATCH_EVALUATION_REASON",)"
                        R"("variantKey":"a","variantAttachment":"","flagKey":"measured"})"};
        });
        m_pane = std::make_unique<EdgePane>(m_appearance);
        m_pane->setMake([this] {
            return std::make_unique<workspace::EdgeMeasure>(
                QList<workspace::FliptFeed::Address>{
                    {.name = u"flipt-one"_qs, .base = m_server->url()},
                    {.name = u"gone"_qs, .base = QUrl(u"http://127.0.0.1:9"_qs)}},
                m_snapshot, 20, m_clock);
        });
        m_pane->resize(900, 400);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }

    void theSliderAndTheFieldAreOneDistance()
    {
        auto *slider = m_pane->findChild<QSlider *>(u"edgeSlider"_qs);
        auto *distance = m_pane->findChild<QDoubleSpinBox *>(u"edgeDistance"_qs);
        distance->setFocus();
        distance->selectAll();
        QTest::keyClicks(distance, u"50"_qs);
        QTest::keyClick(distance, Qt::Key_Return);
        QCOMPARE(slider->value(), 500);
        // 1.8 ms and five round trips.
        QVERIFY2(sentence().contains(u"50 ms away takes about 252 ms"), qPrintable(sentence()));
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Home);
        QCOMPARE(distance->value(), 0.0);
        QVERIFY2(sentence().contains(u"1.8 ms"), qPrintable(sentence()));
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(distance->value(), 0.1);
    }

    void theFiguresStandBesideTheEngines()
    {
        auto flag = std::make_shared<flags::Flag>();
        flag->key = FlagKey(u"measured"_qs);
        flag->type = flags::VariantFlag;
        flag->enabled = true;
        auto nameSpace = std::make_shared<flags::Namespace>();
        nameSpace->key = NamespaceKey(u"default"_qs);
        nameSpace->flags.push_back(flag);
        m_snapshot.namespaces = {nameSpace};
        QTest::mouseClick(m_pane->findChild<QPushButton *>(u"edgeMeasure"_qs), Qt::LeftButton);
        const auto *model = m_pane->findChild<QTableView *>(u"edgeFigures"_qs)->model();
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 3, 30000);
        QCOMPARE(model->index(0, 0).data().toString(), u"flipt-one"_qs);
        QVERIFY(model->index(0, 1).data().toString().endsWith(u"ms"));
        QCOMPARE(model->index(0, 3).data().toString(), u"20"_qs);
        QVERIFY(model->index(0, 4).data().toString().endsWith(u"of round trip"));
        QCOMPARE(model->index(1, 1).data().toString(), u"—"_qs); // nobody answers there
        QVERIFY(!model->index(1, 4).data().toString().isEmpty());
        QCOMPARE(model->index(2, 3).data().toString(), u"20"_qs); // the engine here
        QVERIFY(m_pane->findChild<QPushButton *>(u"edgeMeasure"_qs)->isEnabled());
        // From 200 ms away the RDBMS loses against any answer of this machine.
        m_pane->findChild<QSlider *>(u"edgeSlider"_qs)->setFocus();
        QTest::keyClick(m_pane->findChild<QSlider *>(u"edgeSlider"_qs), Qt::Key_End);
        QVERIFY2(sentence().contains(u"flipt-one takes") && sentence().contains(u"times as fast"),
                 qPrintable(sentence()));
    }

    void withoutAFlagThereIsNothingToMeasure()
    {
        m_snapshot = {};
        QTest::mouseClick(m_pane->findChild<QPushButton *>(u"edgeMeasure"_qs), Qt::LeftButton);
        QVERIFY2(sentence().contains(u"no flag"), qPrintable(sentence()));
    }

private:
    QString sentence() const { return m_pane->findChild<QLabel *>(u"edgeSentence"_qs)->text(); }

    SystemClock m_clock;
    theme::Appearance m_appearance;
    flags::Snapshot m_snapshot;
    std::unique_ptr<test::HttpServer> m_server;
    std::unique_ptr<EdgePane> m_pane;
};

QTEST_MAIN(TestEdgePane)
#include "tst_edgepane.moc"
