// SPDX-License-Identifier: GPL-3.0-or-later
// What a feed asks of a node that rests: its position, and nothing else.
#include "support/linkproxy.h"
#include "support/sqldnode.h"

#include <workspace/snapshotfeed.h>

#include <QTest>

using namespace edgewise;

class TestSnapshotFeed : public QObject {
    Q_OBJECT

private slots:
    void aNodeThatRestsIsNotReadAgain()
    {
        constexpr int patience = 30000;
        const test::SqldNode node;
        test::LinkProxy proxy(node.url().port());
        store::Connection connection(
            *store::Source::parse(QStringLiteral("http://127.0.0.1:%1").arg(proxy.port())), {},
            m_clock);
        QVERIFY(connection.initialise().result());
        workspace::SnapshotFeed feed(connection);
        feed.start();
        QTRY_VERIFY_WITH_TIMEOUT(feed.hasReading(), patience);
        QVERIFY(proxy.takeSent().contains("flags"));
        // Three questions for the position, and no statement that reads a table beside them.
        QByteArray sent;
        QTRY_VERIFY_WITH_TIMEOUT((sent += proxy.takeSent()).count("SELECT 1") >= 3, patience);
        QCOMPARE(sent.count("FROM"), 0);

        node.execute({QStringLiteral("update namespaces set name = 'Other'")});
        QTRY_VERIFY_WITH_TIMEOUT(proxy.takeSent().contains("flags"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(feed.reading().snapshot.namespaces.front()->name,
                                  QStringLiteral("Other"), patience);
    }

private:
    SystemClock m_clock;
};

QTEST_GUILESS_MAIN(TestSnapshotFeed)
#include "tst_snapshotfeed.moc"
