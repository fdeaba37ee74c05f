// SPDX-License-Identifier: GPL-3.0-or-later
#include <edgewise/shell.h>
#include <settings/settings.h>
#include <support/constants.h>
#include <support/sqldnode.h>
#include <theme/appearance.h>
#include <ui/sampledatabase.h>
#include <window/mainwindow.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::defaultNamespace;
using test::patience;
using test::systemClock;

/// A flag goes wrong: a dozen keys from a page that was just opened, and it is off at every edge.
class TestEmergency : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    QTemporaryDir m_directory;
    std::unique_ptr<test::SqldNode> m_primary;
    std::unique_ptr<test::SqldNode> m_replica;
    std::unique_ptr<settings::Settings> m_settings;
    std::unique_ptr<window::MainWindow> m_window;
    std::unique_ptr<Shell> m_shell;
    int m_keys = 0;
    QString m_key; ///< of the flag that goes wrong

    workspace::Workspace &workspace() { return m_shell->session()->workspace(); }
    /// To whatever has the focus, as a keyboard does.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : m_window.get(), key, modifiers);
        ++m_keys;
    }
    void type(const QString &text)
    {
        for (const QChar letter : text) {
            QTest::keyClicks(QApplication::focusWidget(), QString(letter));
            ++m_keys;
        }
    }
    bool isOnAt(const test::SqldNode &node) const
    {
        return node
            .execute(
                {u"select enabled from flags where namespace_key = 'default' and key = '%1'"_qs.arg(
                    m_key)})
            .contains("\"1\"");
    }

private slots:
    void initTestCase()
    {
        m_primary = std::make_unique<test::SqldNode>();
        m_replica = std::make_unique<test::SqldNode>(*m_primary);
        QVERIFY(test::initialise(m_primary->url().toString(), systemClock));
        const auto seeding = test::openUnlocked(m_primary->url().toString(), {}, systemClock);
        QVERIFY(seeding && test::loadSample(*seeding));
        for (const auto &flag : seeding->draft().base().nameSpace(defaultNamespace)->flags)
            if (flag->enabled)
                m_key = flag->key.text();
        QVERIFY(!m_key.isEmpty());
        m_settings = std::make_unique<settings::Settings>(m_directory.filePath(u"edgewise.ini"_qs));
        m_window = std::make_unique<window::MainWindow>(m_appearance);
        Options options;
        options.primary = m_primary->url().toString();
        options.replicas = {m_replica->url().toString()};
        m_shell = std::make_unique<Shell>(options, *m_window, m_appearance, *m_settings,
                                          systemClock, nullptr);
        m_shell->start();
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTRY_VERIFY_WITH_TIMEOUT(workspace().primary().hasReading(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(isOnAt(*m_replica), patience);
    }

    void aDozenKeysSwitchItOffEverywhere()
    {
        QVERIFY(workspace().isLocked());
        press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
        type(m_key.left(5));
        type(u" off"_qs);
        press(Qt::Key_Return);
        QVERIFY2(m_keys <= 12, qPrintable(QString::number(m_keys)));
        // From here on nothing is pressed: it is saved, and followed to the replica.
        QTRY_VERIFY(workspace().lastSave());
        QTRY_COMPARE_WITH_TIMEOUT(workspace().lastSave()->state(), workspace::Save::State::Arrived,
                                  patience);
        QVERIFY(!isOnAt(*m_primary));
        QTRY_VERIFY_WITH_TIMEOUT(!isOnAt(*m_replica), patience);
        QCOMPARE(m_window->currentPage(), u"review"_qs);
        auto *journey = m_window->findChild<QWidget *>(u"arrivalLine"_qs);
        QTRY_VERIFY(journey->isVisible());
        QTRY_VERIFY(journey->accessibleName().contains(u" +"_qs));
        // What was read-only before is so again.
        QTRY_VERIFY_WITH_TIMEOUT(workspace().isLocked(), patience);
        QTRY_VERIFY(!workspace().draft().isChanged());
    }

    void theInverseIsReady()
    {
        auto *undo = m_window->findChild<QPushButton *>(u"undoSaveButton"_qs);
        QVERIFY(undo->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(undo->isEnabled(), patience);
        QTest::mouseClick(undo, Qt::LeftButton);
        QVERIFY(workspace()
                    .draft()
                    .current()
                    .nameSpace(defaultNamespace)
                    ->flag(FlagKey(m_key))
                    ->enabled);
    }

    void anUnfinishedDraftStaysADraft()
    {
        QVERIFY(workspace().draft().isChanged()); // the flag would be on again
        m_keys = 0;
        press(Qt::Key_K, Qt::ControlModifier);
        type(m_key.left(5));
        // The draft has it on, so that is what can be switched off; on the primary it is off.
        type(u" off"_qs);
        press(Qt::Key_Return);
        QVERIFY(workspace().draft().isChanged());
        QVERIFY(!isOnAt(*m_primary));
    }

    void findsPagesAndFlags()
    {
        press(Qt::Key_K, Qt::ControlModifier);
        type(u"what-if"_qs);
        press(Qt::Key_Return);
        QCOMPARE(m_window->currentPage(), u"whatif"_qs);
        press(Qt::Key_K, Qt::ControlModifier);
        type(m_key);
        press(Qt::Key_Return);
        QCOMPARE(m_window->currentPage(), u"flags"_qs);
    }

    void cleanupTestCase() { m_shell.reset(); }
};

QTEST_MAIN(TestEmergency)
#include "tst_emergency.moc"
