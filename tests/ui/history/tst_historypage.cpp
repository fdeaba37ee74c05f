// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/edit.h>
#include <history/historypage.h>
#include <store/journal.h>
#include <support/constants.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <ui/sampledatabase.h>

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::defaultNamespace;
using test::patience;
using test::systemClock;

/// Two saves on a real file, and the page on the journal that kept them.
class TestHistoryPage : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    QTemporaryDir m_directory;
    QString m_file = m_directory.filePath(u"flags.db"_qs);
    std::unique_ptr<store::Journal> m_journal;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<historypage::HistoryPage> m_page;

    template <typename T>
    T *find(const QString &name)
    {
        return m_page->findChild<T *>(name);
    }
    QTableView *table() { return find<QTableView>(u"historyTable"_qs); }
    void save(const QString &reason, const workspace::Draft::Edit &edit)
    {
        QVERIFY(m_workspace->draft().edit(reason, edit));
        QVERIFY(m_workspace->save(reason));
        QTRY_VERIFY_WITH_TIMEOUT(m_workspace->lastSave()->isCommitted(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_workspace->draft().isChanged(), patience);
    }
    QString nameOfFirst()
    {
        return m_workspace->draft().current().nameSpace(defaultNamespace)->flags.front()->name;
    }

private slots:
    void initTestCase()
    {
        QVERIFY(test::initialise(m_file, systemClock));
        {
            const auto seeding = test::openUnlocked(m_file, {}, systemClock);
            QVERIFY(seeding && test::loadSample(*seeding));
        }
        m_journal =
            std::make_unique<store::Journal>(m_directory.filePath(u"journal.db"_qs), systemClock);
        m_workspace = std::make_unique<workspace::Workspace>(test::nodeAt(m_file, u"flags.db"_qs),
                                                             QList<workspace::Workspace::Node>(),
                                                             systemClock, nullptr, m_journal.get());
        m_workspace->unlock();
        m_workspace->start();
        QTRY_VERIFY_WITH_TIMEOUT(m_workspace->primary().hasReading(), patience);
    }

    void init()
    {
        m_page = std::make_unique<historypage::HistoryPage>(m_appearance, *m_workspace, *m_journal);
        m_page->resize(1000, 600);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    void sayWhatBelongsHereWhileThereIsNothing()
    {
        QTRY_VERIFY(!table()->isVisible());
        QCOMPARE(test::inputFaults(*m_page), QStringList());
    }

    void listsWhatWasSaved()
    {
        save(u"add night mode"_qs, [](const flags::Snapshot &snapshot) {
            flags::Flag flag;
            flag.key = FlagKey(u"night-mode"_qs);
            flag.name = u"Night mode"_qs;
            flag.variants.push_back({{}, u"on"_qs, u"On"_qs, {}, {}, {}});
            return flags::insertFlag(snapshot, defaultNamespace, flag);
        });
        save(u"rename the first"_qs, [](const flags::Snapshot &snapshot) {
            flags::Flag flag = *snapshot.nameSpace(defaultNamespace)->flags.front();
            flag.name = u"Renamed"_qs;
            return flags::replaceFlag(snapshot, defaultNamespace, flag);
        });
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        using Model = models::SaveListModel;
        const auto cell = [&](int row, int column) {
            return table()->model()->index(row, column).data().toString();
        };
        QTRY_COMPARE(cell(0, Model::ReasonColumn), u"rename the first"_qs);
        QCOMPARE(cell(1, Model::ObjectsColumn), u"flag night-mode"_qs);
        QCOMPARE(cell(1, Model::AuthorColumn), store::systemAuthor());
    }

    void showsBeforeAndAfter()
    {
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Up);
        auto *tree = find<QTreeView>(u"historyChanges"_qs);
        const QModelIndex field = tree->model()->index(0, 0, tree->model()->index(0, 0));
        QCOMPARE(field.data(models::ChangeTreeModel::AfterRole).toString(), u"\"Renamed\""_qs);
        QVERIFY(!field.data(models::ChangeTreeModel::BeforeRole).toString().isEmpty());
    }

    void filtersByFlag()
    {
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        QTest::keyClicks(find<QLineEdit>(u"historyFilter"_qs), u"night"_qs);
        QCOMPARE(table()->model()->rowCount(), 1);
        QTest::keyClicks(find<QLineEdit>(u"historyFilter"_qs), u"zzz"_qs);
        QCOMPARE(table()->model()->rowCount(), 0);
        QVERIFY(find<QWidget>(u"historyFilter"_qs)->isVisible());
    }

    void revertsAsADraft()
    {
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        QSignalSpy reverted(m_page.get(), &historypage::HistoryPage::reverted);
        // The older save, which added a flag: the database filled in its times.
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Up);
        QTest::keyClick(table(), Qt::Key_Down);
        QTest::mouseClick(find<QPushButton>(u"revertSaveButton"_qs), Qt::LeftButton);
        QCOMPARE(reverted.count(), 1);
        QVERIFY(!m_workspace->draft()
                     .current()
                     .nameSpace(defaultNamespace)
                     ->flag(FlagKey(u"night-mode"_qs)));
        QCOMPARE(nameOfFirst(), u"Renamed"_qs);
        QVERIFY(m_workspace->save());
        QTRY_VERIFY_WITH_TIMEOUT(m_workspace->lastSave()->isCommitted(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_workspace->draft().isChanged(), patience);
    }

    void refusesWhatWasChangedSince()
    {
        save(u"rename it again"_qs, [](const flags::Snapshot &snapshot) {
            flags::Flag flag = *snapshot.nameSpace(defaultNamespace)->flags.front();
            flag.name = u"Once more"_qs;
            return flags::replaceFlag(snapshot, defaultNamespace, flag);
        });
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 4, patience);
        QTest::keyClicks(find<QLineEdit>(u"historyFilter"_qs), u"rename the first"_qs);
        QCOMPARE(table()->model()->rowCount(), 1);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Up);
        table()->selectRow(0);
        QTest::mouseClick(find<QPushButton>(u"revertSaveButton"_qs), Qt::LeftButton);
        QVERIFY(!m_workspace->draft().isChanged());
        QCOMPARE(nameOfFirst(), u"Once more"_qs);
    }

    void copiesAndExports()
    {
        QTRY_VERIFY_WITH_TIMEOUT(table()->currentIndex().isValid(), patience);
        QTest::mouseClick(find<QPushButton>(u"copySaveButton"_qs), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"rename it again"_qs));
        QTest::mouseClick(find<QPushButton>(u"exportSaveButton"_qs), Qt::LeftButton);
        QTRY_VERIFY(find<QFileDialog>(QString()));
        const QString path = m_directory.filePath(u"saved.changes.json"_qs);
        test::acceptFile(*find<QFileDialog>(QString()), path);
        QTRY_VERIFY(QFile::exists(path));
    }

    void goesBackToTheFirstSave()
    {
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 4, patience);
        const int known = table()->model()->rowCount();
        QFuture<Result<qint64>> last;
        const int more = 400; // two of the pages that it asks for
        for (int i = 0; i < more; ++i) {
            store::JournalEntry entry;
            entry.summary.source = m_workspace->primaryNode().source.text;
            entry.summary.reason = u"number %1"_qs.arg(i);
            last = m_journal->begin(entry);
        }
        QTRY_VERIFY_WITH_TIMEOUT(last.isFinished(), patience);
        m_page->hide();
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), known + more, patience);
        using Model = models::SaveListModel;
        const auto reason = [&](int row) {
            return table()->model()->index(row, Model::ReasonColumn).data().toString();
        };
        QCOMPARE(reason(0), u"number %1"_qs.arg(more - 1));
        QCOMPARE(reason(more - 1), u"number 0"_qs);
        QCOMPARE(reason(more + known - 1), u"add night mode"_qs);
    }

    void cleanupTestCase()
    {
        m_page.reset();
        m_workspace.reset();
    }
};

QTEST_MAIN(TestHistoryPage)
#include "tst_historypage.moc"
