// SPDX-License-Identifier: GPL-3.0-or-later
#include <namespaces/namespacesdialog.h>
#include <support/constants.h>
#include <support/sqldnode.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <ui/sampledatabase.h>

#include <QTableWidget>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::systemClock;

namespace {
// Connections ask for the time until the application is gone.
} // namespace

/// On a real primary with a real replica.
class TestNamespacesDialog : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    std::unique_ptr<test::SqldNode> m_primary;
    std::unique_ptr<test::SqldNode> m_replica;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<namespaces::NamespacesDialog> m_dialog;

    std::shared_ptr<const flags::Namespace> nameSpace(const QString &key) const
    {
        return m_workspace->draft().current().nameSpace(NamespaceKey(key));
    }
    template <typename T>
    T *find(const QString &name)
    {
        return m_dialog->findChild<T *>(name);
    }
    void open(const QString &key)
    {
        auto *table = find<QTableWidget>(u"namespaceTable"_qs);
        for (int row = 0; row < table->rowCount(); ++row)
            if (table->item(row, 0)->text() == key)
                QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                                  table->visualItemRect(table->item(row, 0)).center());
        QCOMPARE(table->item(table->currentRow(), 0)->text(), key);
    }
    void create(const QString &name)
    {
        auto *line = find<QLineEdit>(u"newNamespaceName"_qs);
        line->setFocus();
        QTest::keyClicks(line, name);
        QTest::keyClick(line, Qt::Key_Return);
    }

private slots:
    void initTestCase()
    {
        m_primary = std::make_unique<test::SqldNode>();
        m_replica = std::make_unique<test::SqldNode>(*m_primary);
        QVERIFY(test::initialise(m_primary->url().toString(), systemClock));
        m_workspace = test::openUnlocked(m_primary->url().toString(), {m_replica->url().toString()},
                                         systemClock);
        QVERIFY(m_workspace);
        QVERIFY(test::loadSample(*m_workspace));
    }

    void init()
    {
        m_workspace->draft().reset(m_workspace->draft().base());
        m_dialog = std::make_unique<namespaces::NamespacesDialog>(m_appearance, *m_workspace,
                                                                  NamespaceKey(u"default"_qs));
        m_dialog->show();
        m_dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }

    void everyInputIsNamedAndReached()
    {
        QCOMPARE(test::inputFaults(*m_dialog).join(u"; "_qs), QString());
    }

    void theDefaultOneIsProtected()
    {
        open(u"default"_qs);
        auto *remove = find<QPushButton>(u"namespaceDelete"_qs);
        QCOMPARE(remove->isEnabled(), !nameSpace(u"default"_qs)->isProtected);
        QVERIFY(nameSpace(u"default"_qs)->isProtected);
        QVERIFY(remove->text().contains(u"Protected"_qs));
    }

    void createsDescribesAndDeletes()
    {
        create(u"Team A"_qs);
        QVERIFY(nameSpace(u"team-a"_qs));
        QCOMPARE(nameSpace(u"team-a"_qs)->name, u"Team A"_qs);
        auto *description = find<QLineEdit>(u"namespaceDescription"_qs);
        description->setFocus();
        QTest::keyClicks(description, u"Their flags"_qs);
        QTest::keyClick(description, Qt::Key_Return);
        QCOMPARE(nameSpace(u"team-a"_qs)->description, u"Their flags"_qs);
        // A key that is there already is refused where it is typed.
        create(u"team a"_qs);
        QVERIFY(find<QLabel>(u"namespaceProblem"_qs)->text().contains(u"already"_qs));
        open(u"team-a"_qs);
        auto *remove = find<QPushButton>(u"namespaceDelete"_qs);
        QCOMPARE(remove->text(), u"Delete with 0 flags and 0 segments"_qs);
        QTest::mouseClick(remove, Qt::LeftButton);
        QVERIFY(!nameSpace(u"team-a"_qs));
        m_workspace->draft().undo();
        QVERIFY(nameSpace(u"team-a"_qs));
    }

    void savesToTheReplica()
    {
        create(u"Night shift"_qs);
        QVERIFY(m_workspace->save());
        QTRY_VERIFY_WITH_TIMEOUT(!m_workspace->draft().isChanged(), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_replica->execute({u"select name from namespaces where key = 'night-shift'"_qs})
                .contains("Night shift"),
            30'000);
    }

    void lockedItIsOnlyShown()
    {
        m_workspace->lock();
        create(u"Nobody"_qs);
        QVERIFY(!nameSpace(u"nobody"_qs));
        QVERIFY(!find<QPushButton>(u"namespaceDelete"_qs)->isEnabled());
        m_workspace->unlock();
    }
};

QTEST_MAIN(TestNamespacesDialog)
#include "tst_namespacesdialog.moc"
