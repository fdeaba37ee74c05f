// SPDX-License-Identifier: GPL-3.0-or-later
#include <edgewise/shell.h>
#include <settings/settings.h>
#include <support/constants.h>
#include <support/httpserver.h>
#include <theme/appearance.h>
#include <ui/sampledatabase.h>
#include <window/environmentline.h>
#include <window/headerbar.h>
#include <window/mainwindow.h>

#include <QAction>
#include <QApplication>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScreen>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::patience;
using test::systemClock;

/// One connection in the whole window: its environment, its menu, and the Flipts beside it. The
/// database is a file, the Flipt a small server that answers like one.
class TestConnection : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    QTemporaryDir m_directory;
    QString m_file = m_directory.filePath(u"flags.db"_qs);
    QByteArray m_tag = "0000000000000000000000000000000000000000";
    std::unique_ptr<test::HttpServer> m_flipt;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<window::MainWindow> m_window;
    std::unique_ptr<Shell> m_shell;

    std::optional<test::HttpServer::Response> answer(const test::HttpServer::Request &request)
    {
        test::HttpServer::Response response{
            .status = 200,
            .headers = {{"Content-Type", "application/json"}, {"Etag", m_tag}},
            .body = R"({"namespace":{"key":"default"},"flags":[]})"};
        if (request.path == "/health")
            response.body = R"({"status":"SERVING"})";
        if (request.path == "/meta/info")
            response.body =
                R"({"version":"v1.61.1","authentication":{"required":false},"storage":{"type":"database"}})";
        return response;
    }
    template <typename T>
    T *find(const QString &name)
    {
        return m_window->findChild<T *>(name);
    }
    void click(QWidget *widget) { QTest::mouseClick(widget, Qt::LeftButton); }
    void open(const QString &environment)
    {
        m_shell.reset();
        m_window = std::make_unique<window::MainWindow>(m_appearance);
        Options options;
        options.primary = m_file;
        options.flipts = {m_flipt->url().toString()};
        options.environment = environment;
        m_shell = std::make_unique<Shell>(options, *m_window, m_appearance, *m_settings,
                                          systemClock, nullptr);
        m_shell->start();
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTRY_VERIFY_WITH_TIMEOUT(find<QTableView>(u"flagTable"_qs)->model()->rowCount() > 0,
                                 patience);
    }
    /// Types into the dialog that production opens, and goes on by Return.
    void confirm(const QString &word)
    {
        QTRY_VERIFY(find<QLineEdit>(u"confirmTyped"_qs));
        auto *typed = find<QLineEdit>(u"confirmTyped"_qs);
        QTest::keyClicks(typed, word);
        QTest::keyClick(typed, Qt::Key_Return);
    }
    /// Chooses an entry of the connection's menu by its name, with real clicks.
    void choose(const QStringList &path)
    {
        click(find<QToolButton>(u"connectionButton"_qs));
        QMenu *menu = nullptr;
        const QWidgetList windows = QApplication::topLevelWidgets();
        for (QWidget *each : windows)
            if (each->objectName() == u"connectionMenu"_qs)
                menu = qobject_cast<QMenu *>(each);
        QVERIFY(menu);
        for (const QString &name : path) {
            QTRY_VERIFY(menu->isVisible());
            const QList<QAction *> actions = menu->actions();
            for (QAction *action : actions) {
                const bool isThat = action->objectName() == name
                                    || (action->menu() && action->menu()->objectName() == name);
                if (!isThat)
                    continue;
                QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
                if (action->menu())
                    menu = action->menu();
                break;
            }
        }
    }

private slots:
    void initTestCase()
    {
        QVERIFY(test::initialise(m_file, systemClock));
        const auto workspace = test::openUnlocked(m_file, {}, systemClock);
        QVERIFY(workspace && test::loadSample(*workspace));
        m_flipt = std::make_unique<test::HttpServer>(
            [this](const test::HttpServer::Request &request) { return answer(request); });
        m_settings = std::make_unique<settings::Settings>(m_directory.filePath(u"edgewise.ini"_qs));
    }

    void showsFliptsBesideTheNodes()
    {
        open({});
        const QString name = u"node_flipt "_qs + m_flipt->url().authority(QUrl::FullyEncoded);
        auto *chip = find<QWidget>(name);
        QVERIFY(chip);
        QTRY_VERIFY_WITH_TIMEOUT(chip->accessibleName().contains(u"v1.61.1"_qs), patience);
        QVERIFY(chip->accessibleName().contains(u"serving"_qs));
        QVERIFY(m_window->environmentLine()->accessibleName().isEmpty());
    }

    void productionAsksToTypeItsName()
    {
        open(u"production"_qs);
        QCOMPARE(m_window->environmentLine()->accessibleName(), u"production"_qs);
        auto *access = find<QToolButton>(u"accessButton"_qs);
        click(access);
        QCOMPARE(access->text(), u"Read-only"_qs);
        QTRY_VERIFY(find<QLineEdit>(u"confirmTyped"_qs));
        QTest::keyClick(find<QLineEdit>(u"confirmTyped"_qs), Qt::Key_Escape);
        QTRY_VERIFY(!find<QLineEdit>(u"confirmTyped"_qs));
        QCOMPARE(access->text(), u"Read-only"_qs);
        click(access);
        confirm(u"flags.db"_qs);
        QTRY_COMPARE(access->text(), u"Unlocked"_qs);
    }

    void productionAsksBeforeEachSave()
    {
        auto *table = find<QTableView>(u"flagTable"_qs);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Home);
        QTest::keyClick(table, Qt::Key_Space);
        click(find<QPushButton>(u"reviewButton"_qs));
        click(find<QPushButton>(u"saveButton"_qs));
        QVERIFY(!m_shell->session()->workspace().lastSave());
        confirm(u"flags.db"_qs);
        QTRY_VERIFY(find<QPushButton>(u"saveWithoutBackup"_qs)); // the first one
        click(find<QPushButton>(u"saveWithoutBackup"_qs));
        QTRY_VERIFY_WITH_TIMEOUT(m_shell->session()->workspace().lastSave()
                                     && m_shell->session()->workspace().lastSave()->isCommitted(),
                                 patience);
    }

    void aSaveIsFollowedToTheFlipt()
    {
        const workspace::Save *save = m_shell->session()->workspace().lastSave();
        QCOMPARE(save->fliptArrivals().size(), 1);
        auto *journey = find<QWidget>(u"arrivalLine"_qs);
        QVERIFY(journey->accessibleName().contains(u"on the way"_qs));
        m_tag = "1111111111111111111111111111111111111111";
        QTRY_VERIFY_WITH_TIMEOUT(save->fliptArrivals()[0].nanoseconds.has_value(), patience);
        QTRY_VERIFY(!journey->accessibleName().contains(u"on the way"_qs));
        QVERIFY(journey->accessibleName().contains(u"flipt"_qs));
    }

    void theMenuChoosesTheEnvironment()
    {
        open(u"staging"_qs);
        QCOMPARE(m_window->environmentLine()->accessibleName(), u"staging"_qs);
        click(find<QToolButton>(u"accessButton"_qs));
        QTRY_COMPARE(find<QToolButton>(u"accessButton"_qs)->text(), u"Unlocked"_qs);
        choose({u"environmentMenu"_qs, u"environment_3"_qs});
        QTRY_COMPARE(m_window->environmentLine()->accessibleName(), u"production"_qs);
        // What was unlocked as staging is not unlocked as production.
        QTRY_COMPARE(find<QToolButton>(u"accessButton"_qs)->text(), u"Read-only"_qs);
        open({});
        QCOMPARE(m_window->environmentLine()->accessibleName(), u"production"_qs);
    }

    void theMenuClosesAndOpensAgain()
    {
        choose({u"closeConnection"_qs});
        QTRY_VERIFY(!m_shell->session());
        QTRY_VERIFY(find<QWidget>(u"startPage"_qs));
        auto *recent = find<QListWidget>(u"recentConnections"_qs);
        QCOMPARE(recent->count(), 1);
        recent->setFocus();
        QTest::keyClick(recent, Qt::Key_Home);
        QTest::keyClick(recent, Qt::Key_Return);
        QTRY_VERIFY(m_shell->session());
        QTRY_VERIFY_WITH_TIMEOUT(find<QTableView>(u"flagTable"_qs)->model()->rowCount() > 0,
                                 patience);
    }

    void opensWithinTheScreen()
    {
        const window::MainWindow fresh(m_appearance);
        QVERIFY(fresh.screen()->availableGeometry().size().width() >= fresh.width());
        QVERIFY(fresh.screen()->availableGeometry().size().height() >= fresh.height());
    }

    void cleanupTestCase() { m_shell.reset(); }
};

QTEST_MAIN(TestConnection)
#include "tst_connection.moc"
