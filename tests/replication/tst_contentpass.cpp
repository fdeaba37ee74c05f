// SPDX-License-Identifier: GPL-3.0-or-later
// What no index shows, on real nodes.
#include <replication/contentpass.h>
#include <support/sqldnode.h>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace edgewise;
using namespace edgewise::replication;
using test::SqldNode;

class TestContentPass : public QObject {
    Q_OBJECT

private slots:
    void findsARowThatNobodyReplicated()
    {
        constexpr int patience = 30000;
        SqldNode primary;
        SqldNode replica(primary);
        primary.execute({QStringLiteral("create table a(id integer primary key, v)"),
                         QStringLiteral("create table b(id integer primary key, v)"),
                         QStringLiteral("insert into b(v) values ('both')")});
        const QString p = primary.url().toString(), r = replica.url().toString();
        store::Connection left(*store::Source::parse(p), {.token = {}, .readOnly = true}, m_clock);
        store::Connection right(*store::Source::parse(r), {.token = {}, .readOnly = true}, m_clock);
        Sampler sampler(m_clock);
        sampler.setInterval(50);
        ContentPass pass(sampler, m_clock);
        pass.setRest(100);
        pass.setNodes({p, &left}, {{r, &right}});
        State state = State::Unreachable;
        QString why;
        connect(&sampler, &Sampler::sampled, this, [&](const NodeSample &sample) {
            if (sample.node != r)
                return;
            state = sample.judgement.state;
            why = sample.judgement.why;
        });
        QStringList found;
        connect(&pass, &ContentPass::compared, this, [&found](const QString &, bool equal) {
            found.append(equal ? QStringLiteral("equal") : QStringLiteral("differs"));
        });
        sampler.setNodes(
            {watched(p, primary.url(), Role::Primary), watched(r, replica.url(), Role::Replica)});
        sampler.start();
        QTRY_VERIFY_WITH_TIMEOUT(found.contains(QStringLiteral("equal")), patience);
        QVERIFY(!found.contains(QStringLiteral("differs")));

        const auto intoFile = [&](const QString &statement) {
            {
                QSqlDatabase file =
                    QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("outside"));
                file.setDatabaseName(primary.directory() + QStringLiteral("/dbs/default/data"));
                QVERIFY(file.open());
                QVERIFY(QSqlQuery(file).exec(statement));
            }
            QSqlDatabase::removeDatabase(QStringLiteral("outside"));
        };
        intoFile(QStringLiteral("insert into b(v) values ('here alone')"));
        QTRY_COMPARE_WITH_TIMEOUT(state, State::Diverged, patience);
        QVERIFY2(why.contains(u"table b: 1 of its rows"), qPrintable(why));
        // One table that is equal says nothing of the other one.
        sampler.setContentCheck(r, {.logId = sampler.newest().last().logId,
                                    .index = *sampler.newest().last().index,
                                    .equal = true,
                                    .difference = {},
                                    .table = QStringLiteral("a")});
        const qsizetype before = found.size();
        QTRY_VERIFY_WITH_TIMEOUT(found.size() > before, patience);
        QCOMPARE(state, State::Diverged);

        intoFile(QStringLiteral("delete from b where v = 'here alone'"));
        QTRY_COMPARE_WITH_TIMEOUT(state, State::InSync, patience);
    }

private:
    static WatchedNode watched(const QString &text, const QUrl &url, Role role)
    {
        return {.text = text, .url = url, .token = {}, .databaseNamespace = {}, .role = role};
    }

    SystemClock m_clock;
};

QTEST_GUILESS_MAIN(TestContentPass)
#include "tst_contentpass.moc"
