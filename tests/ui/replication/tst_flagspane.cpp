// SPDX-License-Identifier: GPL-3.0-or-later
// Flags of a replica against the primary's: in flight, late, different, the same.
#include "support/linkproxy.h"
#include "support/sqldnode.h"

#include <changes/changeset.h>
#include <flags/edit.h>
#include <replication/flagspane.h>
#include <theme/appearance.h>
#include <widgets/statechip.h>
#include <workspace/workspace.h>

#include <QLabel>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace edgewise;
using namespace Qt::StringLiterals;
using replicationpage::FlagsPane;
using test::SqldNode;
using workspace::Workspace;

class TestFlagsPane : public QObject {
    Q_OBJECT

private slots:
    void onTheWayThenLateThenThere()
    {
        SqldNode primary;
        test::LinkProxy link(primary.grpcPort());
        SqldNode replica(SqldNode::Link{link.port()});
        const QString p = primary.url().toString(), r = replica.url().toString();
        save(p, u"first"_qs);
        Workspace workspace(nodeAt(u"primary"_qs, p), {nodeAt(u"replica-1"_qs, r)}, m_clock);
        workspace.start();
        open(workspace);
        QTRY_COMPARE_WITH_TIMEOUT(chip(), u"the same"_qs, patience);
        QVERIFY(sentence().contains(u"replica-1 is at frame"));

        link.cut();
        m_pane->setBudget(r, 600LL * 1'000'000'000);
        save(p, u"second"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(chip(), u"in flight"_qs, patience);
        QVERIFY2(sentence().startsWith(u"1 object on the way to replica-1"),
                 qPrintable(sentence()));
        const auto *tree = m_pane->findChild<QTreeView *>(u"flagDifferences"_qs);
        QVERIFY(tree->isVisible());
        QVERIFY2(tree->model()->index(0, 0).data().toString().contains(u"second"),
                 qPrintable(tree->model()->index(0, 0).data().toString()));
        m_pane->setBudget(r, 1'000'000); // a millisecond
        QTRY_COMPARE_WITH_TIMEOUT(chip(), u"late"_qs, patience);
        QVERIFY2(sentence().contains(u"over the budget of 1.0 ms"), qPrintable(sentence()));
        link.mend();
        QTRY_COMPARE_WITH_TIMEOUT(chip(), u"the same"_qs, patience);
        QVERIFY(!tree->isVisible());

        replica.stop();
        QTRY_COMPARE_WITH_TIMEOUT(chip(), u"unreachable"_qs, patience);
        m_pane.reset();
    }

    void whatDiffersAtOneStateWillNotArrive()
    {
        QTemporaryDir folder;
        const QString p = folder.filePath(u"a.db"_qs), r = folder.filePath(u"b.db"_qs);
        save(p, u"same"_qs);
        QVERIFY(QFile::copy(p, r));
        save(p, u"here"_qs);
        Workspace workspace(nodeAt(u"primary"_qs, p), {nodeAt(u"replica-1"_qs, r)}, m_clock);
        workspace.start();
        open(workspace);
        QTRY_COMPARE_WITH_TIMEOUT(chip(), u"different"_qs, patience);
        QCOMPARE(sentence(), u"1 object differs."_qs);
        m_pane.reset();
    }

    void withoutAReplicaThereIsASentence()
    {
        m_pane = std::make_unique<FlagsPane>(m_appearance, m_clock);
        m_pane->show();
        QVERIFY(!m_pane->findChild<QTreeView *>(u"flagDifferences"_qs)->isVisible());
        QVERIFY(!m_pane->findChild<QLabel *>(u"flagsSentence"_qs)->isVisible());
        m_pane.reset();
    }

private:
    static constexpr int patience = 30000;

    static Workspace::Node nodeAt(const QString &name, const QString &address)
    {
        return {name, *store::Source::parse(address), {}};
    }

    void open(const Workspace &workspace)
    {
        m_pane = std::make_unique<FlagsPane>(m_appearance, m_clock);
        m_pane->setWorkspace(&workspace);
        m_pane->resize(800, 400);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }

    void save(const QString &address, const QString &flagKey)
    {
        store::Connection connection(*store::Source::parse(address), {}, m_clock);
        QVERIFY(connection.initialise().result());
        const auto reading = connection.read().result();
        QVERIFY(reading.has_value());
        flags::Flag flag;
        flag.key = FlagKey(flagKey);
        flag.name = flagKey;
        const auto edited = flags::insertFlag(reading->snapshot, NamespaceKey(u"default"_qs), flag);
        QVERIFY(edited.has_value());
        QVERIFY(connection.write(changes::diff(reading->snapshot, *edited), reading->snapshot)
                    .result()
                    .has_value());
    }

    QString chip() const
    {
        return m_pane->findChild<widgets::StateChip *>(u"flagsState"_qs)->text();
    }
    QString sentence() const { return m_pane->findChild<QLabel *>(u"flagsSentence"_qs)->text(); }

    SystemClock m_clock;
    theme::Appearance m_appearance;
    std::unique_ptr<FlagsPane> m_pane;
};

QTEST_MAIN(TestFlagsPane)
#include "tst_flagspane.moc"
