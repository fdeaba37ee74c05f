// SPDX-License-Identifier: GPL-3.0-or-later
// A real lab, driven by its buttons.
#include "support/constants.h"
#include "support/sqldnode.h"

#include <lab/labpage.h>
#include <theme/appearance.h>
#include <ui/inputs.h>

#include <QAction>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace edgewise;
using namespace edgewise::labpage;
using namespace Qt::StringLiterals;
using lab::NodeState;
using test::patience;

class TestLabPage : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_start = std::make_unique<QAction>(u"Start a lab"_qs);
        m_start->setObjectName(u"startLab"_qs);
        m_page = std::make_unique<LabPage>(m_appearance, m_start.get());
        m_page->resize(1000, 640);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }

    void cleanup()
    {
        m_page->setLab(nullptr);
        m_lab.reset();
        m_page.reset();
        m_directory.reset();
    }

    void withoutALabItOffersOne()
    {
        QVERIFY(!table()->isVisible());
        QSignalSpy started(m_start.get(), &QAction::triggered);
        for (auto *button : m_page->findChildren<QPushButton *>()) {
            if (button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(started.size(), 1);
    }

    void showsItsProcessesAndTheirLogs()
    {
        run(1, true);
        QCOMPARE(table()->model()->rowCount(), 4);
        QVERIFY(find<QLabel>("labFolder")->text().contains(m_directory->path()));
        QCOMPARE(cell(u"primary"_qs, 1), u"ready"_qs);
        QCOMPARE(cell(u"flipt-replica-1"_qs, 1), u"ready"_qs);
        QVERIFY(cell(u"flipt-replica-1"_qs, 4).contains(u"replica-1"));
        choose(u"primary"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(log().contains(u"listening for incoming user HTTP"), patience);
        choose(u"flipt-replica-1"_qs); // the stand-in notes each request
        QTRY_VERIFY_WITH_TIMEOUT(log().contains(u"/health"), patience);
        QVERIFY(!log().contains(u"listening for incoming user HTTP"));
    }

    void pausesAndResumes()
    {
        run(1);
        choose(u"replica-1"_qs);
        QTest::mouseClick(button("labPauseButton"), Qt::LeftButton);
        QTRY_COMPARE(cell(u"replica-1"_qs, 1), u"paused"_qs);
        QCOMPARE(button("labPauseButton")->text(), u"Resume"_qs);
        QVERIFY(test::executeOn(node(1).url, {u"select 1"_qs}, 300).isEmpty());
        QTest::mouseClick(button("labPauseButton"), Qt::LeftButton);
        QTRY_COMPARE(cell(u"replica-1"_qs, 1), u"ready"_qs);
        QTRY_VERIFY(test::executeOn(node(1).url, {u"select 1"_qs}, 1000).contains("execute"));
    }

    void killsThePrimaryAndBringsItBack()
    {
        run(1);
        test::executeOn(node(0).url,
                        {u"create table t(v)"_qs, u"insert into t values ('kept')"_qs});
        const qint64 before = node(0).processId;
        choose(u"primary"_qs);
        QTest::mouseClick(button("labKillButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(cell(u"primary"_qs, 1), u"stopped"_qs, patience);
        QVERIFY(!button("labKillButton")->isEnabled());
        QCOMPARE(button("labStopButton")->text(), u"Start"_qs);
        QTest::mouseClick(button("labStopButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(cell(u"primary"_qs, 1), u"ready"_qs, patience);
        QVERIFY(node(0).processId != before);
        QTRY_VERIFY_WITH_TIMEOUT(
            test::executeOn(node(1).url, {u"select v from t"_qs}).contains("kept"), patience);
    }

    void addsWipesAndRemovesAReplica()
    {
        run(1);
        QTest::mouseClick(button("labAddButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(cell(u"replica-2"_qs, 1), u"ready"_qs, patience);
        choose(u"replica-2"_qs);
        const lab::Node replica = node(2);
        QFile mark(replica.dataDirectory + u"/mark"_qs);
        QVERIFY(mark.open(QIODevice::WriteOnly));
        QTest::mouseClick(button("labWipeButton"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(
            node(2).processId != replica.processId && node(2).state == NodeState::Ready, patience);
        QVERIFY(!mark.exists());
        QCOMPARE(m_page->chosenProcess(), u"replica-2"_qs); // nothing has jumped
        QTest::mouseClick(button("labRemoveButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        choose(u"primary"_qs);
        QVERIFY(!button("labWipeButton")->isEnabled());
        QVERIFY(!button("labRemoveButton")->isEnabled());
    }

    void restartsByKey()
    {
        run(1);
        choose(u"replica-1"_qs);
        const qint64 before = node(1).processId;
        button("labRestartButton")->setFocus();
        QTest::keyClick(button("labRestartButton"), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(node(1).processId != before && node(1).state == NodeState::Ready,
                                 patience);
        QSignalSpy ended(m_page.get(), &LabPage::stopRequested);
        QTest::mouseClick(button("labEndButton"), Qt::LeftButton);
        QCOMPARE(ended.size(), 1);
    }

    void everyInputHasANameAndIsReached()
    {
        run(0);
        const QStringList faults = test::inputFaults(*m_page);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

private:
    void run(int replicas, bool withFlipt = false)
    {
        lab::LabOptions options;
        options.directory = m_directory->path();
        options.replicas = replicas;
        options.sqld = test::sqldProgram();
        if (withFlipt)
            options.flipt = QStringLiteral(FLIPT_STAND_IN);
        m_lab = std::make_unique<lab::Lab>(options);
        m_lab->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_lab->state(), lab::Lab::State::Ready, patience);
        m_page->setLab(m_lab.get());
        QVERIFY(table()->isVisible());
    }

    template <typename T>
    T *find(const char *name) const
    {
        T *widget = m_page->findChild<T *>(QLatin1StringView(name));
        if (!widget)
            qFatal("no widget %s", name);
        return widget;
    }
    QTableView *table() const { return find<QTableView>("processTable"); }
    QToolButton *button(const char *name) const { return find<QToolButton>(name); }
    QString log() const { return find<QPlainTextEdit>("processLog")->toPlainText(); }
    lab::Node node(int place) const { return m_lab->nodes().value(place); }

    QModelIndex index(const QString &name, int column) const
    {
        for (int row = 0; row < table()->model()->rowCount(); ++row) {
            if (table()->model()->index(row, 0).data().toString() == name)
                return table()->model()->index(row, column);
        }
        return {};
    }
    QString cell(const QString &name, int column) const
    {
        return index(name, column).data().toString();
    }
    void choose(const QString &name)
    {
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
                          table()->visualRect(index(name, 0)).center());
        QCOMPARE(m_page->chosenProcess(), name);
    }

    theme::Appearance m_appearance;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QAction> m_start;
    std::unique_ptr<lab::Lab> m_lab;
    std::unique_ptr<LabPage> m_page;
};

QTEST_MAIN(TestLabPage)
#include "tst_labpage.moc"
