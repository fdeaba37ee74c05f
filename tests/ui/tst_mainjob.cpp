// SPDX-License-Identifier: GPL-3.0-or-later
#include <edgewise/shell.h>
#include <settings/settings.h>
#include <support/constants.h>
#include <support/sqldnode.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <window/mainwindow.h>

#include <QAction>
#include <QComboBox>
#include <QRadioButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::systemClock;

namespace {
// Connections end on the application's thread pool, and ask for the time until it is gone.
} // namespace

/// The job that the window is for, done as a person does it, on a real primary and a real replica.
class TestMainJob : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    QTemporaryDir m_directory;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<test::SqldNode> m_primary;
    std::unique_ptr<test::SqldNode> m_replica;
    std::unique_ptr<window::MainWindow> m_window;
    std::unique_ptr<Shell> m_shell;

    template <typename T>
    T *find(const QString &name)
    {
        return m_window->findChild<T *>(name);
    }
    void click(QWidget *widget) { QTest::mouseClick(widget, Qt::LeftButton); }
    void press(Qt::Key key)
    {
        // Without a window manager nobody gives the focus back when a dialog has closed.
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), key, Qt::ControlModifier);
    }

    /// Where the text stands in a column that is shown; invalid when it does not.
    static QModelIndex cellWith(const QTableView *view, const QString &text)
    {
        for (int row = 0; row < view->model()->rowCount(); ++row)
            for (int column = 0; column < view->model()->columnCount(); ++column)
                if (const QModelIndex index = view->model()->index(row, column);
                    !view->isColumnHidden(column) && index.data().toString() == text)
                    return index;
        return {};
    }

private slots:
    void initTestCase()
    {
        m_primary = std::make_unique<test::SqldNode>();
        m_replica = std::make_unique<test::SqldNode>(*m_primary);
        m_settings = std::make_unique<settings::Settings>(m_directory.filePath(u"edgewise.ini"_qs));
        m_window = std::make_unique<window::MainWindow>(m_appearance);
        Options options;
        options.primary = m_primary->url().toString();
        options.replicas = {m_replica->url().toString()};
        options.sample = true;
        m_shell = std::make_unique<Shell>(options, *m_window, m_appearance, *m_settings,
                                          systemClock, nullptr);
        m_shell->start();
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void opensReadOnlyAndIsUnlocked()
    {
        auto *access = find<QToolButton>(u"accessButton"_qs);
        QCOMPARE(access->text(), u"Read-only"_qs);
        QVERIFY(!m_window->findChild<QAction *>(u"newFlag"_qs)->isEnabled());
        click(access);
        QCOMPARE(access->text(), u"Unlocked"_qs);
        // The primary was empty: now it gets Flipt's tables and the sample.
        auto *table = find<QTableView>(u"flagTable"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_shell->session()->workspace().draft().isChanged(), 20'000);
        QTRY_VERIFY(!m_window->undoAction()->isEnabled());
    }

    void everyInputOfEveryPageIsNamedAndReached()
    {
        const QStringList faults = test::inputFaults(*m_window);
        for (const QString &fault : faults)
            qWarning("%s", qPrintable(fault));
        QCOMPARE(faults.size(), 0);
    }

    void createsAFlag()
    {
        click(find<QPushButton>(u"newFlagButton"_qs));
        QTest::keyClicks(find<QLineEdit>(u"newFlagName"_qs), u"Night mode"_qs);
        QTest::mouseClick(find<QRadioButton>(u"newFlagBoolean"_qs), Qt::LeftButton, {},
                          QPoint(8, 8));
        click(find<QPushButton>(u"newFlagCreate"_qs));
        auto *table = find<QTableView>(u"flagTable"_qs);
        QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toString(), u"night-mode"_qs);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Space); // switches it on
    }

    void reviewsAndSaves()
    {
        click(find<QPushButton>(u"reviewButton"_qs));
        QCOMPARE(m_window->currentPage(), u"review"_qs);
        auto *tree = find<QTreeView>(u"changeTree"_qs);
        QCOMPARE(tree->model()->rowCount(), 1);
        QVERIFY(tree->model()->index(0, 0).data().toString().contains(u"night-mode"_qs));
        click(find<QPushButton>(u"saveButton"_qs));
        // The first save to this database.
        click(find<QPushButton>(u"saveWithoutBackup"_qs));
        auto *journey = find<QWidget>(u"arrivalLine"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(journey->isVisible(), 20'000);
        // In words, "127.0.0.1:1234 +12 ms" once the replica has it.
        QTRY_VERIFY2_WITH_TIMEOUT(journey->accessibleName().contains(u" +"_qs),
                                  qPrintable(journey->accessibleName()), 20'000);
        QTRY_VERIFY(!find<QPushButton>(u"reviewButton"_qs)->isEnabled());
        QVERIFY(m_replica->execute({u"select enabled from flags where key = 'night-mode'"_qs})
                    .contains("1"));
    }

    void seesItsRowOnTheReplica()
    {
        press(Qt::Key_5);
        QCOMPARE(m_window->currentPage(), u"replication"_qs);
        auto *rows = find<QTableView>(u"rightRows"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(cellWith(rows, u"night-mode"_qs).isValid(), 20'000);
        QVERIFY(cellWith(rows, u"Night mode"_qs).isValid());
    }

    void evaluatesIt()
    {
        press(Qt::Key_4);
        QCOMPARE(m_window->currentPage(), u"whatif"_qs);
        auto *flag = find<QComboBox>(u"whatIfFlag"_qs);
        flag->setFocus();
        flag->lineEdit()->selectAll();
        QTest::keyClicks(flag, u"night-mode"_qs);
        QTest::keyClick(flag, Qt::Key_Return);
        QTest::keyClicks(find<QLineEdit>(u"whatIfEntity"_qs), u"user-1"_qs);
        auto *answer = find<QWidget>(u"firstAnswer"_qs)->findChild<QLabel *>(u"answer"_qs);
        QTRY_VERIFY(answer->isVisible());
        QTRY_COMPARE(answer->text(), u"true"_qs);
    }

    void undoesTheSave()
    {
        press(Qt::Key_3);
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>(u"undoSaveButton"_qs)->isEnabled(), 20'000);
        click(find<QPushButton>(u"undoSaveButton"_qs));
        auto *tree = find<QTreeView>(u"changeTree"_qs);
        QCOMPARE(tree->model()->rowCount(), 1);
        press(Qt::Key_S);
        QTRY_VERIFY_WITH_TIMEOUT(!m_shell->session()
                                      ->workspace()
                                      .draft()
                                      .current()
                                      .nameSpace(NamespaceKey(u"default"_qs))
                                      ->flag(FlagKey(u"night-mode"_qs)),
                                 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_shell->session()->workspace().draft().isChanged(), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_replica->execute({u"select count(*) from flags where key = 'night-mode'"_qs})
                .contains("\"0\""),
            20'000);
    }

    void aPausedReplicaLeavesTheWindowUsable()
    {
        m_replica->pause();
        auto *chip = m_window->findChild<QWidget *>(
            u"node_%1"_qs.arg(m_replica->url().authority(QUrl::FullyEncoded)));
        QVERIFY(chip);
        QTRY_VERIFY_WITH_TIMEOUT(chip->accessibleName().contains(u"unreachable"_qs), 20'000);
        press(Qt::Key_1);
        QCOMPARE(m_window->currentPage(), u"flags"_qs);
        m_replica->resume();
        QTRY_VERIFY_WITH_TIMEOUT(chip->accessibleName().contains(u"in sync"_qs), 20'000);
    }

    void cleanupTestCase()
    {
        m_shell.reset();
        QVERIFY(!m_window->findChild<QTableView *>(u"flagTable"_qs));
        m_window.reset();
    }
};

QTEST_MAIN(TestMainJob)
#include "tst_mainjob.moc"
