// SPDX-License-Identifier: GPL-3.0-or-later
// A lab in the whole window: its replicas come and go on every page, and it ends.
#include <edgewise/shell.h>
#include <settings/settings.h>
#include <support/constants.h>
#include <support/sqldnode.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <window/mainwindow.h>

#include <QAction>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::patience;
using test::systemClock;

namespace {

// Connections end on the application's thread pool, and ask for the time until it is gone.

} // namespace

class TestLabJob : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    QTemporaryDir m_directory;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<store::Journal> m_journal;
    std::unique_ptr<window::MainWindow> m_window;
    std::unique_ptr<Shell> m_shell;

    template <typename T>
    T *find(const QString &name)
    {
        return m_window->findChild<T *>(name);
    }
    void click(const QString &button)
    {
        QTRY_VERIFY_WITH_TIMEOUT(find<QToolButton>(button), patience);
        QTRY_VERIFY_WITH_TIMEOUT(find<QToolButton>(button)->isEnabled(), patience);
        QTest::mouseClick(find<QToolButton>(button), Qt::LeftButton);
    }
    int rowsOf(const QString &table)
    {
        const auto *view = find<QTableView>(table);
        return view ? view->model()->rowCount() : -1;
    }
    QString stateOf(int row)
    {
        const auto *view = find<QTableView>(u"nodeTable"_qs);
        return view ? view->model()->index(row, 1).data().toString() : QString();
    }

private slots:
    void initTestCase()
    {
        m_settings = std::make_unique<settings::Settings>(m_directory.filePath(u"edgewise.ini"_qs));
        m_settings->setValue(settings::sqldProgram, test::sqldProgram());
        m_settings->setValue(settings::lastPage, u"lab"_qs);
        m_journal =
            std::make_unique<store::Journal>(m_directory.filePath(u"journal.db"_qs), systemClock);
        m_window = std::make_unique<window::MainWindow>(m_appearance);
        m_window->resize(1200, 760);
        Options options;
        options.lab = true;
        options.labDirectory = m_directory.filePath(u"lab"_qs);
        options.sample = true;
        m_shell = std::make_unique<Shell>(options, *m_window, m_appearance, *m_settings,
                                          systemClock, m_journal.get());
        m_shell->start();
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTRY_VERIFY_WITH_TIMEOUT(m_shell->session(), patience);
        QCOMPARE(m_window->currentPage(), u"lab"_qs);
        QVERIFY(rowsOf(u"processTable"_qs) >= 2);
    }

    void theSampleTravelsAndIsAJourney()
    {
        QTRY_VERIFY_WITH_TIMEOUT(rowsOf(u"journeyTable"_qs) > 0, patience);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(1), u"in sync"_qs, patience);
    }

    void aReplicaThatIsAddedIsThereOnEveryPage()
    {
        const int before = rowsOf(u"nodeTable"_qs);
        click(u"labAddButton"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(u"nodeTable"_qs), before + 1, patience);
        QCOMPARE(m_window->currentPage(), u"lab"_qs); // nobody is taken elsewhere
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(before), u"in sync"_qs, patience);
        auto *sources = find<QComboBox>(u"dataSource"_qs);
        QCOMPARE(sources->count(), before + 1);
    }

    void aPausedReplicaStaysOpenAndIsUnreachable()
    {
        auto *processes = find<QTableView>(u"processTable"_qs);
        const QModelIndex replica = processes->model()->index(1, 0);
        QTest::mouseClick(processes->viewport(), Qt::LeftButton, {},
                          processes->visualRect(replica).center());
        click(u"labPauseButton"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(1), u"unreachable"_qs, patience);
        click(u"labPauseButton"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(1), u"in sync"_qs, patience);
    }

    void theLabEndsAndCanBeStartedAgain()
    {
        click(u"labEndButton"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(!m_shell->session(), patience);
        auto *start = m_window->findChild<QAction *>(u"startLab"_qs);
        if (!start)
            start = m_shell->findChild<QAction *>(u"startLab"_qs);
        QVERIFY(start);
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), patience);
    }

    void cleanupTestCase()
    {
        m_shell.reset();
        m_window.reset();
    }
};

QTEST_MAIN(TestLabJob)
#include "tst_labjob.moc"
