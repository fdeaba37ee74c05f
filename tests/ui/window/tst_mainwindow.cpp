// SPDX-License-Identifier: GPL-3.0-or-later
#include <ui/inputs.h>

#include <theme/appearance.h>
#include <window/environmentline.h>
#include <window/headerbar.h>
#include <window/mainwindow.h>
#include <window/navigation.h>
#include <window/nodestrip.h>

#include <QComboBox>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestMainWindow : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    std::unique_ptr<window::MainWindow> m_window;

private slots:
    void init()
    {
        m_appearance.choose(theme::Scheme::Light);
        m_window = std::make_unique<window::MainWindow>(m_appearance);
        m_window->addPage({u"flags"_qs, u"Flags"_qs, u"flag"_qs, new QLineEdit});
        m_window->addPage({u"review"_qs, u"Review"_qs, u"review"_qs, new QWidget});
        m_window->addPage({u"whatif"_qs, u"What-if"_qs, u"whatif"_qs, new QWidget});
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void pagesByKeysMouseAndHistory()
    {
        QCOMPARE(m_window->currentPage(), u"flags"_qs);
        QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), u"whatif"_qs);
        window::Navigation *navigation = m_window->navigation();
        QCOMPARE(navigation->selected(), u"whatif"_qs);
        QTest::mouseClick(navigation->viewport(), Qt::LeftButton, {},
                          navigation->visualItemRect(navigation->item(1)).center());
        QCOMPARE(m_window->currentPage(), u"review"_qs);
        QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(m_window->currentPage(), u"whatif"_qs);
        QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(m_window->currentPage(), u"flags"_qs);
        QTest::keyClick(m_window.get(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(m_window->currentPage(), u"whatif"_qs);
        navigation->setFocus();
        QTest::keyClick(navigation, Qt::Key_Up);
        QCOMPARE(m_window->currentPage(), u"review"_qs);
    }

    void pagesGoAndComeBack()
    {
        auto *alone = new QLabel(u"Nothing is open"_qs);
        m_window->clearPages();
        QCOMPARE(m_window->currentPage(), QString());
        QCOMPARE(m_window->navigation()->count(), 0);
        m_window->showAlone(alone);
        QVERIFY(alone->isVisible());
        delete alone;
        m_window->addPage({u"flags"_qs, u"Flags"_qs, u"flag"_qs, new QWidget});
        m_window->addPage({u"data"_qs, u"Data"_qs, u"data"_qs, new QWidget});
        QCOMPARE(m_window->currentPage(), u"flags"_qs);
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), u"data"_qs);
        QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(m_window->currentPage(), u"flags"_qs);
    }

    void menusWithoutActionsAreAbsent()
    {
        QStringList titles;
        const QList<QAction *> menus = m_window->findChild<QMenuBar *>()->actions();
        for (const QAction *menu : menus) {
            if (menu->isVisible())
                titles.append(menu->text().remove(u'&'));
            QVERIFY(!menu->isVisible() || !menu->menu()->isEmpty());
        }
        QVERIFY(titles.contains(u"View"_qs));
        QVERIFY(!titles.contains(u"Evaluate"_qs));
    }

    void actionsAreToldApartByTheirKeys()
    {
        QHash<QKeySequence, QString> taken;
        const QList<QAction *> actions = m_window->findChildren<QAction *>();
        for (const QAction *action : actions) {
            const QList<QKeySequence> shortcuts = action->shortcuts();
            for (const QKeySequence &shortcut : shortcuts) {
                QVERIFY2(!taken.contains(shortcut), qPrintable(shortcut.toString()));
                taken.insert(shortcut, action->text());
            }
        }
    }

    void everyInputIsNamedAndReached()
    {
        QLineEdit *filter = nullptr;
        const QList<QLineEdit *> fields = m_window->findChildren<QLineEdit *>();
        for (QLineEdit *field : fields)
            if (field->objectName().isEmpty())
                filter = field;
        QCOMPARE(test::inputFaults(*m_window).size(), 2); // the field of init() has no names
        filter->setObjectName(u"filter"_qs);
        filter->setAccessibleName(u"Filter"_qs);
        QCOMPARE(test::inputFaults(*m_window), QStringList());
    }

    void listsItsKeys()
    {
        QTest::keyClick(m_window.get(), Qt::Key_Slash, Qt::ControlModifier);
        auto *list = m_window->findChild<QTreeWidget *>(u"shortcuts"_qs);
        QVERIFY(list && list->isVisible());
        QCOMPARE(list->findItems(u"Review changes"_qs, Qt::MatchExactly).size(), 1);
        QTest::keyClick(list, Qt::Key_Escape);
        QTRY_VERIFY(!m_window->findChild<QTreeWidget *>(u"shortcuts"_qs));
    }

    void headerTellsChangesAndNamespaces()
    {
        window::HeaderBar *header = m_window->header();
        auto *review = header->findChild<QPushButton *>(u"reviewButton"_qs);
        QVERIFY(!review->isEnabled());
        header->setChangeCount(3);
        QVERIFY(review->isEnabled());
        QTest::mouseClick(review, Qt::LeftButton);
        QCOMPARE(m_window->currentPage(), u"review"_qs);

        header->setNamespaces({u"default"_qs, u"team-a"_qs}, u"team-a"_qs);
        auto *selector = header->findChild<QComboBox *>(u"namespaceSelector"_qs);
        QCOMPARE(selector->currentText(), u"team-a"_qs);
        QSignalSpy chosen(header, &window::HeaderBar::namespaceChosen);
        selector->setFocus();
        QTest::keyClick(selector, Qt::Key_Up);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toString(), u"default"_qs);
    }

    void nodesKeepTheirChips()
    {
        window::NodeStrip *strip = m_window->nodeStrip();
        strip->setNodes({{u"primary"_qs, theme::State::Ok, u"7"_qs, u"primary"_qs, {}},
                         {u"replica-1"_qs, theme::State::Ok, u"7"_qs, u"in sync"_qs, {}}});
        auto *chip = strip->findChild<QWidget *>(u"node_replica-1"_qs);
        QVERIFY(chip);
        strip->setNodes({{u"primary"_qs, theme::State::Ok, u"8"_qs, u"primary"_qs, {}},
                         {u"replica-1"_qs, theme::State::Warn, u"−1"_qs, u"catching up"_qs, {}}});
        QCOMPARE(strip->findChild<QWidget *>(u"node_replica-1"_qs), chip);
        QCOMPARE(chip->accessibleName(), u"replica-1  −1, catching up"_qs);
        QSignalSpy clicked(strip, &window::NodeStrip::nodeClicked);
        QTest::mouseClick(chip, Qt::LeftButton);
        QCOMPARE(clicked[0][0].toString(), u"replica-1"_qs);
        strip->setNodes({});
        QVERIFY(!strip->findChild<QWidget *>(u"node_primary"_qs));
    }

    void theLineTellsTheEnvironment()
    {
        window::EnvironmentLine *line = m_window->environmentLine();
        line->setEnvironment(theme::Environment::Production);
        QCOMPARE(line->grab().toImage().pixelColor(5, 1), m_appearance.tokens().bad);
        QCOMPARE(line->accessibleName(), u"production"_qs);
        QCOMPARE(line->mapTo(m_window.get(), QPoint()), QPoint(0, 0));
        QCOMPARE(line->width(), m_window->width());
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
