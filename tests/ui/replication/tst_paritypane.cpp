// SPDX-License-Identifier: GPL-3.0-or-later
// The parity of answers in the window: Flipts that answer by what a real one has answered.
#include "support/recordedflipt.h"
#include "support/testdata.h"

#include <replication/paritypane.h>
#include <store/connection.h>
#include <theme/appearance.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using replicationpage::ParityPane;
using workspace::ParityRun;

class TestParityPane : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_recorded = std::make_unique<test::RecordedFlipt>(397);
        m_first = std::make_unique<test::HttpServer>(m_recorded->handler());
        m_second = std::make_unique<test::HttpServer>(m_recorded->handler());
        m_connection = std::make_unique<store::Connection>(
            *store::Source::parse(test::oracleDatabase()),
            store::ConnectionOptions{.token = {}, .readOnly = true}, m_clock);
        m_pane = std::make_unique<ParityPane>(m_appearance);
        m_pane->setMake([this](std::vector<QByteArray> lines) {
            const ParityRun::Read read = [this] {
                return m_connection->read().then(
                    [](const Result<store::Reading> &reading) -> Result<flags::Snapshot> {
                        return reading->snapshot;
                    });
            };
            ParityPane::Job job;
            job.flipts = {u"flipt-one"_qs, u"flipt-two"_qs};
            job.run = std::make_unique<ParityRun>(
                read,
                QList<ParityRun::Edge>{{.url = m_first->url(), .token = {}, .node = read},
                                       {.url = m_second->url(), .token = {}, .node = read}},
                std::move(lines), m_clock);
            job.run->setSettling(50);
            return job;
        });
        m_pane->resize(900, 400);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
        QFile file(requests());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(m_recorded->requests());
    }

    void cleanup()
    {
        m_pane.reset();
        m_connection.reset();
    }

    void whatAgreesIsCounted()
    {
        m_pane->askFile(requests());
        QTRY_VERIFY_WITH_TIMEOUT(sentence().contains(u"flipt-two v1.61.1 agrees on"), patience);
        const QString all = QString::number(m_recorded->count());
        QVERIFY2(sentence().contains(u"flipt-one v1.61.1 agrees on %1 of %1 answers; the engine "
                                     "answers the same by its database"_qs.arg(all)),
                 qPrintable(sentence()));
        QVERIFY(!table()->isVisible());
        QVERIFY(button("parityAsk")->isEnabled());
    }

    void whatDiffersIsNamedWithItsCause()
    {
        m_recorded->answerWrongly(3);
        m_pane->askFile(requests());
        QTRY_VERIFY_WITH_TIMEOUT(sentence().contains(u"flipt-two v1.61.1"), patience);
        QVERIFY2(sentence().contains(u"bug here 1"), qPrintable(sentence()));
        QVERIFY(table()->isVisible());
        const auto *model = table()->model();
        QCOMPARE(model->rowCount(), 2); // at both Flipts
        QCOMPARE(model->index(0, 4).data().toString(), u"bug here"_qs);
        QVERIFY(model->index(0, 2).data() != model->index(0, 3).data());
        QVERIFY(!model->index(0, 5).data().toString().isEmpty());
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Home);
        table()->selectRow(0);
        QTest::keySequence(table(), QKeySequence::Copy);
        QVERIFY2(QGuiApplication::clipboard()->text().contains(u"bug here"),
                 qPrintable(QGuiApplication::clipboard()->text()));
    }

    void aFliptThatIsGoneIsOneSentence()
    {
        m_second.reset();
        m_second = std::make_unique<test::HttpServer>(
            [](const test::HttpServer::Request &) -> std::optional<test::HttpServer::Response> {
                return test::HttpServer::Response{.status = 500, .headers = {}, .body = "no"};
            });
        m_pane->askFile(requests());
        QTRY_VERIFY_WITH_TIMEOUT(button("parityAsk")->isEnabled(), patience);
        QVERIFY(!sentence().isEmpty() && !sentence().contains(u"agrees"));
    }

    void withoutFliptsItSaysHowToGetThem()
    {
        m_pane->setMake([](const std::vector<QByteArray> &) { return ParityPane::Job{}; });
        QTest::mouseClick(button("parityAsk"), Qt::LeftButton);
        QVERIFY2(sentence().contains(u"No Flipt is known"), qPrintable(sentence()));
    }

private:
    static constexpr int patience = 30000;

    QString requests() const { return m_folder.filePath(u"requests.jsonl"_qs); }
    QString sentence() const { return m_pane->findChild<QLabel *>(u"paritySentence"_qs)->text(); }
    QTableView *table() const { return m_pane->findChild<QTableView *>(u"parityMismatches"_qs); }
    QPushButton *button(const char *name) const
    {
        return m_pane->findChild<QPushButton *>(QLatin1StringView(name));
    }

    SystemClock m_clock;
    theme::Appearance m_appearance;
    QTemporaryDir m_folder;
    std::unique_ptr<test::RecordedFlipt> m_recorded;
    std::unique_ptr<test::HttpServer> m_first;
    std::unique_ptr<test::HttpServer> m_second;
    std::unique_ptr<store::Connection> m_connection;
    std::unique_ptr<ParityPane> m_pane;
};

QTEST_MAIN(TestParityPane)
#include "tst_paritypane.moc"
