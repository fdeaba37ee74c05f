// SPDX-License-Identifier: GPL-3.0-or-later
// The page on a real primary and a real replica, driven by key and mouse.
#include "support/constants.h"
#include "support/sqldnode.h"

#include <replication/lagchart.h>
#include <replication/nodetable.h>
#include <replication/replicationpage.h>
#include <replication/topologyview.h>
#include <theme/appearance.h>
#include <widgets/messagebar.h>

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace edgewise;
using namespace edgewise::replicationpage;
using namespace Qt::StringLiterals;
using models::NodeTableModel;
using models::RowDifferenceModel;
using test::patience;
using test::SqldNode;

class TestReplicationPage : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_primary = std::make_unique<SqldNode>();
        m_replica = std::make_unique<SqldNode>(*m_primary);
        m_primary->execute(
            {u"create table flags(key text primary key, name text, enabled integer)"_qs,
             u"create table segments(key text primary key)"_qs,
             u"insert into flags values ('banner', 'Banner', 1), ('quiet', 'Quiet', 0)"_qs});
        m_sampler = std::make_unique<replication::Sampler>(m_clock);
        m_sampler->setInterval(100);
        m_sampler->setDeadline(800);
        m_sampler->setNodes({watched(*m_primary, replication::Role::Primary),
                             watched(*m_replica, replication::Role::Replica)});
        m_left = open(*m_primary);
        m_right = open(*m_replica);
        m_page = std::make_unique<ReplicationPage>(m_appearance, *m_sampler, m_clock);
        m_page->setNodes({{u"primary"_qs, m_primary->url().toString(), m_left.get()},
                          {u"replica-1"_qs, m_replica->url().toString(), m_right.get()}});
        m_page->resize(1100, 700);
        m_page->show();
        m_sampler->start();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }

    void cleanup()
    {
        m_page.reset();
        m_sampler.reset();
        m_left.reset();
        m_right.reset();
        m_replica.reset();
        m_primary.reset();
    }

    void aRowIsSeenToTravel()
    {
        auto *rows = find<QTableView>("rightRows");
        QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 2, patience);
        QTRY_VERIFY_WITH_TIMEOUT(counts().startsWith(u"same 2 · changed 0"_qs), patience);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(1), int(replication::State::InSync), patience);
        m_primary->execute({u"insert into flags values ('checkout', 'Checkout', 1)"_qs});
        QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 3, patience);
        QTRY_VERIFY_WITH_TIMEOUT(counts().startsWith(u"same 3 · changed 0"_qs), patience);
        QCOMPARE(rows->model()->index(1, 3).data().toString(), u"checkout"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QLabel>("rightTitle")->text().startsWith(u"replica-1 (frame "_qs), patience);
        // A change of one cell.
        m_primary->execute({u"update flags set enabled = 1 where key = 'quiet'"_qs});
        QTRY_COMPARE_WITH_TIMEOUT(rows->model()->index(2, 5).data().toString(), u"1"_qs, patience);
    }

    void aTableIsChosenByKey()
    {
        auto *chooser = find<QComboBox>("tableChooser");
        QTRY_COMPARE_WITH_TIMEOUT(chooser->count(), 2, patience);
        QCOMPARE(chooser->currentText(), u"flags"_qs);
        chooser->setFocus();
        QTest::keyClick(chooser, Qt::Key_Down);
        QCOMPARE(chooser->currentText(), u"segments"_qs);
        auto *rows = find<QTableView>("leftRows");
        QTRY_COMPARE_WITH_TIMEOUT(rows->model()->columnCount(), 2, patience);
        // A table that comes while the page is open.
        m_primary->execute({u"create table later(k integer primary key)"_qs});
        QTRY_COMPARE_WITH_TIMEOUT(chooser->count(), 3, patience);
        QCOMPARE(chooser->currentText(), u"segments"_qs);
    }

    void otherContentIsDivergedAndMarked()
    {
        QTRY_VERIFY_WITH_TIMEOUT(counts().startsWith(u"same 2"_qs), patience);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(1), int(replication::State::InSync), patience);
        {
            // Another process writes into the primary's file: seen there, never replicated.
            QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_qs, u"outside"_qs);
            file.setDatabaseName(m_primary->directory() + u"/dbs/default/data"_qs);
            QVERIFY(file.open());
            QSqlQuery query(file);
            QVERIFY(query.exec(u"update flags set name = 'Other' where key = 'quiet'"_qs));
        }
        QSqlDatabase::removeDatabase(u"outside"_qs);
        // No index moved, so the page looks again when somebody chooses the table again.
        auto *chooser = find<QComboBox>("tableChooser");
        chooser->setFocus();
        QTest::keyClick(chooser, Qt::Key_Down);
        QTest::keyClick(chooser, Qt::Key_Up);
        QTRY_VERIFY_WITH_TIMEOUT(counts().startsWith(u"same 1 · changed 1"_qs), patience);
        QVERIFY2(!counts().contains(u"in flight"), qPrintable(counts()));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(1), int(replication::State::Diverged), patience);

        auto *only = find<QCheckBox>("onlyDifferences");
        QTest::mouseClick(only, Qt::LeftButton, {}, {8, only->height() / 2});
        QVERIFY(only->isChecked());
        auto *rows = find<QTableView>("rightRows");
        QCOMPARE(rows->model()->rowCount(), 1);
        QVERIFY(rows->model()->index(0, 4).data(RowDifferenceModel::CellDiffersRole).toBool());
    }

    void rowsAreFilteredSteppedThroughAndCopiedAs()
    {
        QTRY_VERIFY_WITH_TIMEOUT(counts().startsWith(u"same 2"_qs), patience);
        m_primary->execute({u"insert into flags values ('alone', 'Al''one', 1)"_qs,
                            u"insert into flags values ('zoo', 'Zoo', 1)"_qs});
        QTRY_VERIFY_WITH_TIMEOUT(counts().startsWith(u"same 4"_qs), patience);
        auto *left = find<QTableView>("leftRows");
        auto *filter = find<QLineEdit>("rowFilter");
        filter->setFocus();
        QTest::keyClicks(filter, u"ZOO"_qs);
        QTRY_COMPARE(left->model()->rowCount(), 1);
        QCOMPARE(left->model()->index(0, 0).data().toString(), u"zoo"_qs);
        QTest::keyClick(filter, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(filter, Qt::Key_Delete);
        QTRY_COMPARE(left->model()->rowCount(), 4);
        left->selectRow(0);
        left->setFocus();
        QTest::keySequence(left, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
        QVERIFY2(QGuiApplication::clipboard()->text().startsWith(u"key,name,enabled"),
                 qPrintable(QGuiApplication::clipboard()->text()));
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"Al'one"));
        QVERIFY(left->findChild<QAction *>(u"leftRowsCopySql"_qs));

        // Two rows that differ: another process writes into the primary's file.
        {
            QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_qs, u"outside"_qs);
            file.setDatabaseName(m_primary->directory() + u"/dbs/default/data"_qs);
            QVERIFY(file.open());
            QVERIFY(QSqlQuery(file).exec(
                u"update flags set name = 'Other' where key in ('banner', 'zoo')"_qs));
        }
        QSqlDatabase::removeDatabase(u"outside"_qs);
        auto *chooser = find<QComboBox>("tableChooser");
        chooser->setFocus();
        QTest::keyClick(chooser, Qt::Key_Down);
        QTest::keyClick(chooser, Qt::Key_Up);
        QTRY_VERIFY_WITH_TIMEOUT(counts().startsWith(u"same 2 · changed 2"_qs), patience);
        left->setFocus();
        left->selectRow(0);
        QTest::keyClick(left, Qt::Key_F7);
        QCOMPARE(left->currentIndex().row(), 1); // banner
        QTest::keyClick(left, Qt::Key_F7);
        QCOMPARE(left->currentIndex().row(), 3); // zoo
        QTest::keyClick(left, Qt::Key_F7);
        QCOMPARE(left->currentIndex().row(), 1); // round the end
        QTest::keyClick(left, Qt::Key_F7, Qt::ShiftModifier);
        QCOMPARE(left->currentIndex().row(), 3);
    }

    void aPausedReplicaIsUnreachableAndWhatItMissesIsInFlight()
    {
        QTRY_VERIFY_WITH_TIMEOUT(counts().startsWith(u"same 2"_qs), patience);
        m_replica->pause();
        m_primary->execute({u"insert into flags values ('missed', 'Missed', 1)"_qs});
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(1), int(replication::State::Unreachable), patience);
        const auto *nodes = find<QTableView>("nodeTable");
        QCOMPARE(nodes->model()->index(1, NodeTableModel::FramesBehindColumn).data().toString(),
                 u"—"_qs);
        QTRY_VERIFY(find<QLabel>("rightTitle")->text().contains(u"unreachable"));
        m_replica->resume();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(1), int(replication::State::InSync), patience);
        QTRY_VERIFY_WITH_TIMEOUT(counts().startsWith(u"same 3 · changed 0"_qs), patience);
    }

    void theChartChangesItsUnit()
    {
        auto *frames = find<QToolButton>("lagFrames");
        QTest::mouseClick(frames, Qt::LeftButton);
        QVERIFY(frames->isChecked());
        QVERIFY(!find<QToolButton>("lagTime")->isChecked());
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QWidget>("lagChart")->accessibleName().contains(u"replica-1: 0"_qs), patience);
    }

    void bothSidesScrollAndSelectTogether()
    {
        QStringList inserts;
        for (int i = 0; i < 80; ++i)
            inserts.append(
                u"insert into flags values ('flag-%1', 'Flag', 1)"_qs.arg(i, 3, 10, QChar(u'0')));
        m_primary->execute(inserts);
        auto *left = find<QTableView>("leftRows");
        auto *right = find<QTableView>("rightRows");
        QTRY_VERIFY_WITH_TIMEOUT(counts().startsWith(u"same 82"_qs), patience);
        left->setFocus();
        QTest::keyClick(left, Qt::Key_End, Qt::ControlModifier);
        QVERIFY(left->verticalScrollBar()->value() > 0);
        QCOMPARE(right->verticalScrollBar()->value(), left->verticalScrollBar()->value());
        QCOMPARE(right->selectionModel()->currentIndex().row(), 81);
    }

    void theTopologyIsDrawnAndChosenFrom()
    {
        auto *topology = find<TopologyView>("topology");
        QTRY_VERIFY_WITH_TIMEOUT(
            topology->accessibleDescription().contains(u"replica-1: in sync, 0 ms behind"_qs),
            patience);
        QVERIFY(topology->accessibleDescription().startsWith(u"primary: "));
        m_page->setFlipts({{.name = u"flipt-two"_qs,
                            .node = m_replica->url().toString(),
                            .state = theme::State::Ok,
                            .word = u"serving"_qs}});
        QVERIFY(topology->accessibleDescription().contains(u"in front flipt-two (serving)"));
        QSignalSpy chosen(topology, &TopologyView::nodeChosen);
        QTest::mouseClick(topology, Qt::LeftButton, {}, topology->nodeRect(1).center());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toString(), m_replica->url().toString());
        QCOMPARE(topology->currentRow(), 1);
        QTest::keyClick(topology, Qt::Key_Up);
        QTest::keyClick(topology, Qt::Key_Return);
        QCOMPARE(chosen[1][0].toString(), m_primary->url().toString());
        // The same as a table.
        QVERIFY(!find<QTableView>("nodeTable")->isVisible());
        QTest::mouseClick(find<QToolButton>("topologyTable"), Qt::LeftButton);
        QVERIFY(find<QTableView>("nodeTable")->isVisible());
        QTest::mouseClick(find<QToolButton>("topologyDrawing"), Qt::LeftButton);
        QVERIFY(topology->isVisible());
    }

    void theChartIsHeldZoomedAndExported()
    {
        auto *chart = m_page->findChild<LagChart *>();
        QTRY_VERIFY_WITH_TIMEOUT(chart->csv().count('\n') > 3, patience);
        QVERIFY(chart->csv().contains(",replica-1,in-sync,0,0"));
        QTest::mouseClick(find<QToolButton>("lagHoldButton"), Qt::LeftButton);
        QVERIFY(chart->isHeld());
        const QByteArray held = chart->csv();
        QTRY_VERIFY_WITH_TIMEOUT(m_sampler->newest().size() == 2, patience);
        QCOMPARE(chart->csv(), held);
        chart->setFocus();
        QTest::keyClick(chart, Qt::Key_Plus);
        QCOMPARE(chart->windowSeconds(), 40.0);
        QTest::keyClick(chart, Qt::Key_Minus);
        QCOMPARE(chart->windowSeconds(), 60.0);
        QTest::keyClick(chart, Qt::Key_Space);
        QVERIFY(!chart->isHeld());
        QTest::keyClick(chart, Qt::Key_Left); // into the past holds it
        QVERIFY(chart->isHeld());
        QTest::keyClick(chart, Qt::Key_End);
        QVERIFY(!chart->isHeld());
    }

    void aHiddenChartDoesNothing()
    {
        auto *chart = m_page->findChild<LagChart *>();
        QTRY_VERIFY_WITH_TIMEOUT(chart->drawings() > 1, patience);
        m_page->hide();
        const int drawn = chart->drawings();
        QSignalSpy sampled(m_sampler.get(), &replication::Sampler::sampled);
        QTRY_VERIFY_WITH_TIMEOUT(sampled.size() > 10, patience);
        QCOMPARE(chart->drawings(), drawn);
    }

    void aLimitIsSetAndItsExcessIsSaid()
    {
        auto *topology = find<TopologyView>("topology");
        QTest::mouseClick(topology, Qt::LeftButton, {}, topology->nodeRect(1).center());
        QSignalSpy changed(m_page.get(), &ReplicationPage::limitChanged);
        QTest::mouseClick(find<QToolButton>("lagLimitButton"), Qt::LeftButton);
        auto *dialog = find<QDialog>("limitDialog");
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        auto *seconds = find<QDoubleSpinBox>("limitSeconds");
        seconds->setFocus();
        seconds->selectAll();
        QTest::keyClicks(seconds, u"5"_qs);
        QTest::mouseClick(find<QPushButton>("limitSet"), Qt::LeftButton);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toString(), m_replica->url().toString());
        // A sample over it, as the sampler would tell it.
        replication::NodeSample late;
        late.node = m_replica->url().toString();
        late.role = replication::Role::Replica;
        late.judgement.state = replication::State::CatchingUp;
        late.judgement.nanosecondsBehind = 6'000'000'000;
        emit m_sampler->sampled(late);
        auto *message = m_page->findChild<widgets::MessageBar *>({}, Qt::FindDirectChildrenOnly);
        QVERIFY(message->isVisible());
        QVERIFY2(message->message().what.startsWith(u"replica-1 has been behind by more than"),
                 qPrintable(message->message().what));
        QTRY_VERIFY_WITH_TIMEOUT(!message->isVisible(), patience); // its next sample is in time
    }

    void nothingIsCutInANarrowWindow()
    {
        QTRY_VERIFY_WITH_TIMEOUT(counts().startsWith(u"same 2"_qs), patience);
        auto *label = find<QLabel>("differenceCounts");
        for (const int width : {1100, 780, 740}) {
            m_page->resize(width, 560);
            QTRY_VERIFY2(label->height() >= label->heightForWidth(label->width())
                             && label->width() >= label->fontMetrics().horizontalAdvance(
                                    u"same 2 · changed 0"_qs),
                         qPrintable(QString::number(width)));
            QVERIFY(m_page->width() == width); // nothing asks for more
        }
    }

    void withoutAReplica()
    {
        m_page->setNodes({{u"primary"_qs, m_primary->url().toString(), m_left.get()}});
        QVERIFY(!find<QComboBox>("tableChooser")->isEnabled());
        QCOMPARE(find<QTableView>("nodeTable")->model()->rowCount(), 1);
        QVERIFY(!find<QTableView>("leftRows")->isVisible());
    }

    void everyControlHasAName()
    {
        for (const char *name : {"nodeTable", "leftRows", "rightRows", "tableChooser",
                                 "replicaChooser", "lagChart", "topology", "journeyTable"})
            QVERIFY2(!find<QWidget>(name)->accessibleName().isEmpty(), name);
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

    QString counts() const { return find<QLabel>("differenceCounts")->text(); }

    int stateOf(int row) const
    {
        return find<QTableView>("nodeTable")
            ->model()
            ->index(row, 0)
            .data(NodeTableModel::StateRole)
            .toInt();
    }

    static replication::WatchedNode watched(const SqldNode &node, replication::Role role)
    {
        replication::WatchedNode watched;
        watched.text = node.url().toString();
        watched.url = node.url();
        watched.role = role;
        return watched;
    }

    std::unique_ptr<store::Connection> open(const SqldNode &node)
    {
        store::ConnectionOptions options;
        options.readOnly = true;
        options.deadlineMilliseconds = 2000;
        return std::make_unique<store::Connection>(*store::Source::parse(node.url().toString()),
                                                   options, m_clock);
    }

    SystemClock m_clock;
    theme::Appearance m_appearance;
    std::unique_ptr<SqldNode> m_primary;
    std::unique_ptr<SqldNode> m_replica;
    std::unique_ptr<replication::Sampler> m_sampler;
    std::unique_ptr<store::Connection> m_left;
    std::unique_ptr<store::Connection> m_right;
    std::unique_ptr<ReplicationPage> m_page;
};

QTEST_MAIN(TestReplicationPage)
#include "tst_replicationpage.moc"
