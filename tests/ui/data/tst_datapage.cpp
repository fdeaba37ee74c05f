// SPDX-License-Identifier: GPL-3.0-or-later
// The page on a real primary and a real replica, and on the primary's own directory.
#include "support/constants.h"
#include "support/sqldnode.h"

#include <data/datapage.h>
#include <data/sqlpane.h>
#include <data/tablepane.h>
#include <theme/appearance.h>
#include <ui/inputs.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QScrollBar>
#include <QTabBar>
#include <QTableView>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace edgewise;
using namespace edgewise::datapage;
using namespace Qt::StringLiterals;
using test::patience;
using test::systemClock;

namespace {

// Connections end on the application's thread pool, and ask for the time until it is gone.

} // namespace

class TestDataPage : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_primary = std::make_unique<test::SqldNode>();
        m_replica = std::make_unique<test::SqldNode>(*m_primary);
        QStringList statements{
            u"create table flags(key text primary key, name text)"_qs,
            u"create table authentications(id text primary key, hashed_client_token text)"_qs,
            u"insert into authentications values ('one', 's3cr3t-hash')"_qs};
        for (int i = 0; i < 450; ++i)
            statements.append(
                u"insert into flags values ('flag-%1', 'Flag %2')"_qs.arg(i, 3, 10, QChar(u'0'))
                    .arg(i));
        m_primary->execute(statements);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_replica->execute({u"select count(*) from flags"_qs}).contains("\"450\""), patience);
    }

    void init()
    {
        m_page = std::make_unique<DataPage>(m_appearance, systemClock);
        m_page->setSources(
            {source(u"primary"_qs, *m_primary), source(u"replica-1"_qs, *m_replica)});
        m_page->resize(1000, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QTRY_COMPARE_WITH_TIMEOUT(find<QListWidget>("tableList")->count(), 2, patience);
    }

    void cleanup() { m_page.reset(); }

    void cleanupTestCase()
    {
        m_replica.reset();
        m_primary.reset();
    }

    void readsPageByPage()
    {
        auto *rows = find<QTableView>("tableRows");
        QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 200, patience);
        QCOMPARE(find<QListWidget>("tableList")->currentItem()->text(), u"flags"_qs);
        QVERIFY(find<QLabel>("rowCount")->text().contains(u"200 rows so far"));
        rows->setFocus();
        QTRY_VERIFY_WITH_TIMEOUT((QTest::keyClick(rows, Qt::Key_End, Qt::ControlModifier),
                                  rows->model()->rowCount() == 450),
                                 patience);
        QTRY_COMPARE(find<QLabel>("rowCount")->text(), u"450 rows"_qs);
        QCOMPARE(rows->model()->index(449, 0).data().toString(), u"flag-449"_qs);
    }

    void filters()
    {
        auto *filter = find<QLineEdit>("rowFilter");
        QTest::mouseClick(filter, Qt::LeftButton);
        QTest::keyClicks(filter, u"FLAG 44"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(find<QTableView>("tableRows")->model()->rowCount(), 11, patience);
    }

    void hidesTokenHashes()
    {
        auto *list = find<QListWidget>("tableList");
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Up);
        auto *rows = find<QTableView>("tableRows");
        QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 1, patience);
        QCOMPARE(rows->model()->index(0, 1).data().toString(), u"(hidden)"_qs);
        choose("tableExport", u"tableExportCopycsv"_qs);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.startsWith(u"id,hashed_client_token\n"_qs), qPrintable(copied));
        QVERIFY(!copied.contains(u"s3cr3t"));
    }

    void runsAStatementOnTwoNodes()
    {
        openSql();
        auto *second = find<QComboBox>("sqlSecondNode");
        second->setFocus();
        QTest::keyClick(second, Qt::Key_Down);
        QTest::keyClick(second, Qt::Key_Down);
        QCOMPARE(second->currentText(), u"replica-1"_qs);
        type(u"select count(*) as n from flags"_qs);
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        for (const char *name : {"sqlLeftRows", "sqlRightRows"}) {
            auto *rows = find<QTableView>(name);
            QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 1, patience);
            QCOMPARE(rows->model()->index(0, 0).data().toString(), u"450"_qs);
        }
        QVERIFY(find<QLabel>("sqlLeftSummary")->text().startsWith(u"1 row · "));
        QCOMPARE(m_page->sql()->history(), QStringList{u"select count(*) as n from flags"_qs});
        choose("sqlLeftExport", u"sqlLeftExportCopyjson"_qs);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"[{\"n\":450}]\n"_qs);
    }

    void refusesWhatWritesAndWhatIsSecret()
    {
        openSql();
        for (const QString &sql : {u"delete from flags"_qs, u"select * from authentications"_qs}) {
            type(sql);
            QTest::mouseClick(find<QToolButton>("sqlRunButton"), Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(find<QToolButton>("sqlRunButton")->isEnabled(), patience);
            QCOMPARE(find<QTableView>("sqlLeftRows")->model()->rowCount(), 0);
            QVERIFY(!find<QLabel>("sqlLeftSummary")->text().contains(u"row"));
        }
        QVERIFY(m_primary->execute({u"select count(*) from flags"_qs}).contains("\"450\""));
    }

    void showsThePlan()
    {
        openSql();
        type(u"select * from flags where key = 'x'"_qs);
        QTest::mouseClick(find<QToolButton>("sqlPlanButton"), Qt::LeftButton);
        auto *rows = find<QTableView>("sqlLeftRows");
        QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 1, patience);
        QVERIFY(rows->model()->index(0, 0).data().toString().contains(u"SEARCH"));
    }

    void cancels()
    {
        openSql();
        type(
            u"with recursive c(n) as (select 1 union all select n + 1 from c) select max(n) from c"_qs);
        QTest::mouseClick(find<QToolButton>("sqlRunButton"), Qt::LeftButton);
        auto *cancel = find<QToolButton>("sqlCancelButton");
        QTRY_VERIFY(cancel->isEnabled());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_VERIFY(!cancel->isEnabled()); // at once, whatever the server does
        QVERIFY(find<QToolButton>("sqlRunButton")->isEnabled());
    }

    void opensADataDirectoryBesideItsServer()
    {
        m_page->addSource(m_primary->directory());
        QCOMPARE(find<QComboBox>("dataSource")->currentIndex(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(find<QTableView>("tableRows")->model()->rowCount(), 200,
                                  patience);
        m_page->addSource(u"ftp://nowhere"_qs); // says so, and what is open stays
        QCOMPARE(find<QComboBox>("dataSource")->count(), 3);
    }

    void everyInputHasANameAndIsReached()
    {
        const QStringList faults = test::inputFaults(*m_page);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

private:
    template <typename T>
    T *find(const char *name) const
    {
        T *widget = m_page->findChild<T *>(QLatin1StringView(name));
        if (!widget)
            qFatal("no widget %s", name);
        return widget;
    }

    static DataSource source(const QString &name, const test::SqldNode &node)
    {
        return {
            .name = name, .source = *store::Source::parse(node.url().toString()), .options = {}};
    }

    QWidget *editor() const { return find<QWidget>("sqlText"); }

    void openSql()
    {
        auto *tabs = find<QTabWidget>("dataTabs");
        QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(1).center());
        QVERIFY(editor()->isVisible());
    }

    void type(const QString &sql)
    {
        QTest::keyClick(editor(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(editor(), Qt::Key_Delete);
        for (const QChar c : sql) {
            QTest::keyClick(editor(), c.toLatin1());
            if (c.isLetterOrNumber()) // whatever completion offers is not wanted here
                QTest::keyClick(editor(), Qt::Key_Escape);
        }
    }

    void choose(const char *menu, const QString &action)
    {
        auto *popup = find<QMenu>(menu);
        popup->popup(m_page->mapToGlobal(QPoint(40, 40)));
        QVERIFY(QTest::qWaitForWindowExposed(popup));
        auto *entry = popup->findChild<QAction *>(action);
        QVERIFY(entry);
        QTest::mouseClick(popup, Qt::LeftButton, {}, popup->actionGeometry(entry).center());
        QTRY_VERIFY(!popup->isVisible());
    }

    theme::Appearance m_appearance;
    std::unique_ptr<test::SqldNode> m_primary;
    std::unique_ptr<test::SqldNode> m_replica;
    std::unique_ptr<DataPage> m_page;
};

QTEST_MAIN(TestDataPage)
#include "tst_datapage.moc"
