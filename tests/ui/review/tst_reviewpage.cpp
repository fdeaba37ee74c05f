// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/edit.h>
#include <models/changetreemodel.h>
#include <review/reviewpage.h>
#include <support/constants.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <ui/sampledatabase.h>
#include <widgets/messagebar.h>

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::defaultNamespace;
using test::systemClock;

class TestReviewPage : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    QTemporaryDir m_directory;
    QString m_file = m_directory.filePath(u"flags.db"_qs);
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<reviewpage::ReviewPage> m_page;

    template <typename T>
    T *find(const QString &name)
    {
        return m_page->findChild<T *>(name);
    }
    void click(const QString &button)
    {
        QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton);
    }
    static void rename(workspace::Workspace &workspace, const QString &name)
    {
        const Result<void> done =
            workspace.draft().edit(u"rename"_qs, [&](const flags::Snapshot &snapshot) {
                flags::Flag flag = *snapshot.nameSpace(defaultNamespace)->flags.front();
                flag.name = name;
                return flags::replaceFlag(snapshot, defaultNamespace, flag);
            });
        QVERIFY(done);
    }
    static QString nameIn(const flags::Snapshot &snapshot)
    {
        return snapshot.nameSpace(defaultNamespace)->flags.front()->name;
    }
    QString message()
    {
        auto *bar = m_page->findChild<widgets::MessageBar *>();
        return bar->hasMessage() ? bar->message().what : QString();
    }

private slots:
    void initTestCase()
    {
        QVERIFY(test::initialise(m_file, systemClock));
        m_workspace = test::openUnlocked(m_file, {}, systemClock);
        QVERIFY(m_workspace);
        QVERIFY(test::loadSample(*m_workspace));
    }

    void init()
    {
        m_workspace->draft().reset(m_workspace->draft().base());
        m_page = std::make_unique<reviewpage::ReviewPage>(m_appearance, *m_workspace);
        m_page->resize(900, 600);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    void showsWhatChanges()
    {
        QSignalSpy counted(m_page.get(), &reviewpage::ReviewPage::changeCountChanged);
        QVERIFY(!find<QPushButton>(u"saveButton"_qs)->isEnabled());
        rename(*m_workspace, u"Another name"_qs);
        QCOMPARE(counted.count(), 1);
        QCOMPARE(m_page->changeCount(), 1);
        auto *tree = find<QTreeView>(u"changeTree"_qs);
        const QModelIndex object = tree->model()->index(0, 0);
        const QModelIndex field = tree->model()->index(0, 0, object);
        QCOMPARE(field.data(models::ChangeTreeModel::AfterRole).toString(), u"\"Another name\""_qs);
        QVERIFY(tree->isExpanded(object));
        QCOMPARE(test::inputFaults(*m_page).join(u"; "_qs), QString());
    }

    void showsTheSql()
    {
        rename(*m_workspace, u"Another name"_qs);
        auto *bar = find<QTabWidget>(u"reviewTabs"_qs)->tabBar();
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(1).center());
        const QString sql = find<QPlainTextEdit>(u"reviewSql"_qs)->toPlainText();
        QVERIFY2(sql.contains(u"UPDATE"_qs, Qt::CaseInsensitive), qPrintable(sql));
        QVERIFY(sql.contains(u"Another name"_qs));
    }

    void discardsAndBringsBack()
    {
        rename(*m_workspace, u"Another name"_qs);
        click(u"discardButton"_qs);
        QVERIFY(!m_workspace->draft().isChanged());
        QCOMPARE(message(), u"1 change discarded."_qs);
        click(u"remedy_undoDiscard"_qs);
        QVERIFY(m_workspace->draft().isChanged());
        QVERIFY(message().isEmpty());
    }

    void aLockHinders()
    {
        rename(*m_workspace, u"Another name"_qs);
        m_workspace->lock();
        QVERIFY(!find<QPushButton>(u"saveButton"_qs)->isEnabled());
        QVERIFY(!find<QLabel>(u"saveHindrance"_qs)->text().isEmpty());
        m_workspace->unlock();
        QVERIFY(find<QPushButton>(u"saveButton"_qs)->isEnabled());
        QVERIFY(find<QLabel>(u"saveHindrance"_qs)->text().isEmpty());
    }

    void savesAndUndoesTheSave()
    {
        const QString before = nameIn(m_workspace->draft().base());
        rename(*m_workspace, u"A saved name"_qs);
        click(u"saveButton"_qs);
        QTRY_VERIFY(find<QWidget>(u"arrivalLine"_qs)->isVisible());
        QTRY_COMPARE(m_page->changeCount(), 0);
        QCOMPARE(nameIn(m_workspace->draft().base()), u"A saved name"_qs);
        QTRY_VERIFY(find<QPushButton>(u"undoSaveButton"_qs)->isEnabled());
        click(u"undoSaveButton"_qs);
        QCOMPARE(nameIn(m_workspace->draft().current()), before);
        click(u"saveButton"_qs);
        QTRY_COMPARE(nameIn(m_workspace->draft().base()), before);
        QTRY_VERIFY(!m_workspace->draft().isChanged());
    }

    void savesWhatIsChosenAlone()
    {
        const auto &flags = m_workspace->draft().base().nameSpace(defaultNamespace)->flags;
        const FlagKey other = flags[1]->key;
        const QString otherName = flags[1]->name;
        rename(*m_workspace, u"Chosen"_qs);
        QVERIFY(m_workspace->draft().edit(u"rename"_qs, [&](const flags::Snapshot &snapshot) {
            flags::Flag flag = *snapshot.nameSpace(defaultNamespace)->flag(other);
            flag.name = u"Left out"_qs;
            return flags::replaceFlag(snapshot, defaultNamespace, flag);
        }));
        auto *tree = find<QTreeView>(u"changeTree"_qs);
        QCOMPARE(tree->model()->rowCount(), 2);
        int row = 0;
        while (row < 1 && !tree->model()->index(row, 0).data().toString().contains(other.text()))
            ++row;
        // The box stands behind the gutter with the sign of the change.
        const QRect line = tree->visualRect(tree->model()->index(row, 0));
        const QPoint box(line.left() + theme::metrics::iconLarge + 15, line.center().y());
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, box);
        QVERIFY(find<QLabel>(u"reviewTitle"_qs)->text().startsWith(u"1 of 2 changes"_qs));
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, box);
        QVERIFY(find<QLabel>(u"reviewTitle"_qs)->text().startsWith(u"2 changes"_qs));
        tree->setFocus();
        tree->setCurrentIndex(tree->model()->index(row, 0));
        QTest::keyClick(tree, Qt::Key_Space);
        QVERIFY(find<QLabel>(u"reviewTitle"_qs)->text().startsWith(u"1 of 2 changes"_qs));
        QTest::keyClicks(find<QLineEdit>(u"reviewReason"_qs), u"only this one"_qs);
        click(u"saveButton"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(nameIn(m_workspace->draft().base()), u"Chosen"_qs, 30000);
        QCOMPARE(m_workspace->draft().base().nameSpace(defaultNamespace)->flag(other)->name,
                 otherName);
        // What was left out is still in the draft, alone and chosen.
        QTRY_COMPARE(m_page->changeCount(), 1);
        QCOMPARE(m_workspace->draft().current().nameSpace(defaultNamespace)->flag(other)->name,
                 u"Left out"_qs);
        QVERIFY(find<QLineEdit>(u"reviewReason"_qs)->text().isEmpty());
    }

    void copiesMarkdown()
    {
        rename(*m_workspace, u"For a ticket"_qs);
        QTest::keyClicks(find<QLineEdit>(u"reviewReason"_qs), u"asked for"_qs);
        auto *more = find<QToolButton>(u"reviewMore"_qs);
        QTest::mouseClick(more, Qt::LeftButton);
        auto *menu = more->findChild<QMenu *>();
        QTRY_VERIFY(menu->isVisible());
        QTest::mouseClick(menu, Qt::LeftButton, {},
                          menu->actionGeometry(menu->actions()[0]).center());
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY2(text.contains(u"> asked for"_qs) && text.contains(u"For a ticket"_qs),
                 qPrintable(text));
    }

    void goesThroughAFile()
    {
        rename(*m_workspace, u"From a file"_qs);
        const QString path = m_directory.filePath(u"draft.changes.json"_qs);
        auto *more = find<QToolButton>(u"reviewMore"_qs);
        const auto choose = [&](int entry) {
            QTest::mouseClick(more, Qt::LeftButton);
            auto *menu = more->findChild<QMenu *>();
            QTRY_VERIFY(menu->isVisible());
            QTest::mouseClick(menu, Qt::LeftButton, {},
                              menu->actionGeometry(menu->actions()[entry]).center());
            QTRY_VERIFY(find<QFileDialog>(QString()));
            test::acceptFile(*find<QFileDialog>(QString()), path);
            QTRY_VERIFY(!find<QFileDialog>(QString()));
        };
        choose(1);
        QVERIFY(QFile::exists(path));
        m_workspace->draft().reset(m_workspace->draft().base());
        choose(2);
        QCOMPARE(nameIn(m_workspace->draft().current()), u"From a file"_qs);
        choose(2); // the name is another one by now
        QVERIFY(message().contains(u"do not fit"_qs));
    }

    void showsThreeSidesOfAConflict()
    {
        const QString was = nameIn(m_workspace->draft().base());
        rename(*m_workspace, u"My side"_qs);
        auto other = test::openUnlocked(m_file, {}, systemClock);
        QVERIFY(other);
        rename(*other, u"Their side"_qs);
        QVERIFY(other->save());
        QTRY_VERIFY_WITH_TIMEOUT(other->lastSave()->isCommitted(), 30000);
        m_workspace->primary().refresh();
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>(u"takeMine_0"_qs), 30000);
        QStringList shown;
        const QList<QLabel *> cells = find<QWidget>(u"conflictList"_qs)->findChildren<QLabel *>();
        for (const QLabel *cell : cells)
            shown.append(cell->text());
        QVERIFY2(shown.contains(u"\"%1\""_qs.arg(was)) && shown.contains(u"\"Their side\""_qs)
                     && shown.contains(u"\"My side\""_qs),
                 qPrintable(shown.join(u" | "_qs)));
        QVERIFY(!find<QPushButton>(u"saveButton"_qs)->isEnabled());
        QCOMPARE(test::inputFaults(*m_page).join(u"; "_qs), QString());
        click(u"keepTheirs_0"_qs);
        QTRY_VERIFY(!m_workspace->draft().isChanged());
    }

    void somebodyElsesChangeIsChosenBetween_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<QString>("name");
        QTest::newRow("theirs") << u"keepTheirs_0"_qs << u"Theirs"_qs;
        QTest::newRow("mine") << u"takeMine_0"_qs << u"Mine"_qs;
    }
    void somebodyElsesChangeIsChosenBetween()
    {
        QFETCH(QString, button);
        rename(*m_workspace, u"Mine"_qs);
        auto other = test::openUnlocked(m_file, {}, systemClock);
        QVERIFY(other);
        rename(*other,
               nameIn(other->draft().base()) == u"Theirs"_qs ? u"Theirs again"_qs : u"Theirs"_qs);
        const QString theirs = nameIn(other->draft().current());
        QVERIFY(other->save());
        QTRY_VERIFY(other->lastSave()->isCommitted());
        m_workspace->primary().refresh();
        QTRY_VERIFY(find<QPushButton>(button));
        QVERIFY(find<QWidget>(u"conflictList"_qs)->isVisible());
        click(button);
        QTRY_VERIFY(!find<QPushButton>(button));
        QFETCH(QString, name);
        QCOMPARE(nameIn(m_workspace->draft().current()),
                 name == u"Theirs"_qs ? theirs : u"Mine"_qs);
    }
};

QTEST_MAIN(TestReviewPage)
#include "tst_reviewpage.moc"
