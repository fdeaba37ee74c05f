// SPDX-License-Identifier: GPL-3.0-or-later
#include "cuttingproxy.h"
#include "nodefixture.h"

#include <changes/changeset.h>

#include <QSemaphore>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::CuttingProxy;
using test::defaultKey;
using test::nameOf;
using test::plainFlag;
using test::renamed;
using test::rows;

/// What the program says of a save is what the database holds: with the line cut, the primary
/// killed, and others writing.
class TestSaveOutcome : public test::NodeTest {
    Q_OBJECT

private slots:
    void init() { freshNode(); }

    void tellsTheTruthWhenTheLineIsCut_data()
    {
        QTest::addColumn<int>("cut");
        QTest::addColumn<QString>("outcome");
        using Cut = CuttingProxy::Cut;
        QTest::newRow("never") << int(Cut::Never) << u"saved"_qs;
        QTest::newRow("before the request") << int(Cut::BeforeRequest) << u"not saved"_qs;
        QTest::newRow("in the request") << int(Cut::InRequest) << u"not saved"_qs;
        QTest::newRow("after the request") << int(Cut::AfterRequest) << u"either"_qs;
        QTest::newRow("before the answer") << int(Cut::BeforeAnswer) << u"saved"_qs;
        QTest::newRow("in the answer") << int(Cut::InAnswer) << u"saved"_qs;
        QTest::newRow("and the node is gone")
            << int(Cut::BeforeAnswerAndAfterThat) << u"unknown"_qs;
    }
    void tellsTheTruthWhenTheLineIsCut()
    {
        QFETCH(int, cut);
        QFETCH(QString, outcome);
        const auto direct = connect();
        flags::Snapshot base = read(*direct);
        save(*direct, base, *flags::insertFlag(base, defaultKey, plainFlag(u"a"_qs)));
        base = read(*direct);

        CuttingProxy proxy(m_primary->url(), "UPDATE", CuttingProxy::Cut(cut));
        const auto connection = connect(proxy.url(), 1500);
        const auto receipt =
            connection->write(changes::diff(base, renamed(base, u"a"_qs, u"ours"_qs)), base)
                .result();
        QCOMPARE(proxy.hasCut(), outcome != u"saved" || cut != int(CuttingProxy::Cut::Never));
        // What the program says is what the database holds.
        const bool landed = nameOf(*m_primary, u"a"_qs) == u"text ours";
        if (receipt) {
            QVERIFY(landed);
            QCOMPARE(rows(*m_primary, u"SELECT state_modified_at FROM namespaces"_qs)[0][0].mid(5),
                     receipt->stamps[u"default"_qs]);
        } else if (receipt.error().kind != Error::Kind::Unknown) {
            QVERIFY(!landed);
            QCOMPARE(receipt.error().kind, Error::Kind::Network);
        } else {
            QVERIFY(receipt.error().detail.contains(u"default/a"));
        }
        const QString said = receipt                                        ? u"saved"_qs
                             : receipt.error().kind == Error::Kind::Unknown ? u"unknown"_qs
                                                                            : u"not saved"_qs;
        if (outcome != u"either")
            QCOMPARE(said, outcome);
    }

    void tellsTheTruthWhereverTheLineIsCut_data()
    {
        QTest::addColumn<int>("cut");
        using Cut = CuttingProxy::Cut;
        QTest::newRow("before the request") << int(Cut::BeforeRequest);
        QTest::newRow("in the request") << int(Cut::InRequest);
        QTest::newRow("after the request") << int(Cut::AfterRequest);
        QTest::newRow("before the answer") << int(Cut::BeforeAnswer);
        QTest::newRow("in the answer") << int(Cut::InAnswer);
    }
    /// Every request that a save makes, and every one that it makes to find out what became of it.
    void tellsTheTruthWhereverTheLineIsCut()
    {
        QFETCH(int, cut);
        const auto direct = connect();
        flags::Snapshot base = read(*direct);
        save(*direct, base, *flags::insertFlag(base, defaultKey, plainFlag(u"a"_qs)));

        int number = 0;
        QSet<QString> outcomes;
        /// Saves through a line that is cut at these requests; how many there were.
        const auto saveCut = [&](const QSet<int> &requests) {
            base = read(*direct);
            const QString before = nameOf(*m_primary, u"a"_qs);
            const QString name = u"name %1"_qs.arg(++number);
            CuttingProxy proxy(m_primary->url(), requests,
                               requests.isEmpty() ? CuttingProxy::Cut::Never
                                                  : CuttingProxy::Cut(cut));
            const auto connection = connect(proxy.url(), 5000);
            const auto receipt =
                connection->write(changes::diff(base, renamed(base, u"a"_qs, name)), base).result();
            const QString held = nameOf(*m_primary, u"a"_qs);
            if (receipt) {
                outcomes.insert(u"saved"_qs);
                if (held != u"text "_qs + name)
                    qFatal("said to be saved: %s", qPrintable(name));
            } else {
                outcomes.insert(u"not saved"_qs);
                if (receipt.error().kind != Error::Kind::Network || held != before)
                    qFatal("said not to be saved: %s", qPrintable(receipt.error().detail));
            }
            // The save's own request is always made. How many questions follow depends on whether
            // the node has seen the cut when it is asked first.
            if (!requests.isEmpty() && proxy.cuts() == 0)
                qFatal("the line was not cut");
            return proxy.requestCount();
        };
        const int ofASave = saveCut({});
        QVERIFY(ofASave >= 2); // what the node is, and the save
        for (int request = 0; request < ofASave; ++request) {
            const int withQuestions = saveCut({request});
            // And the questions that follow the cut of the save itself.
            for (int question = request + 1; request == ofASave - 1 && question < withQuestions;
                 ++question)
                saveCut({request, question});
        }
        QVERIFY(outcomes.contains(u"saved"_qs));
    }

    void savesNothingWhileAnOutcomeIsUnknown()
    {
        const auto direct = connect();
        flags::Snapshot base = read(*direct);
        save(*direct, base, *flags::insertFlag(base, defaultKey, plainFlag(u"a"_qs)));
        base = read(*direct);
        CuttingProxy proxy(m_primary->url(), "UPDATE", CuttingProxy::Cut::BeforeAnswerAndAfterThat);
        const auto connection = connect(proxy.url(), 300);
        const auto first = changes::diff(base, renamed(base, u"a"_qs, u"first"_qs));
        QCOMPARE(connection->resolve().result().error().kind, Error::Kind::NotFound);
        QCOMPARE(connection->write(first, base).result().error().kind, Error::Kind::Unknown);
        QCOMPARE(connection->write(first, base).result().error().kind, Error::Kind::Unknown);
        QCOMPARE(connection->resolve().result().error().kind, Error::Kind::Unknown);
        proxy.acceptAgain();
        const auto receipt = connection->resolve().result();
        QVERIFY2(receipt, receipt ? "" : qPrintable(receipt.error().detail));
        QCOMPARE(nameOf(*m_primary, u"a"_qs), u"text first"_qs);
        QCOMPARE(rows(*m_primary, u"SELECT state_modified_at FROM namespaces"_qs)[0][0].mid(5),
                 receipt->stamps[u"default"_qs]);
        base = read(*direct);
        save(*connection, base, renamed(base, u"a"_qs, u"second"_qs));
        // The inverse of what was written brings back what was there.
        const flags::Snapshot now = read(*direct);
        const auto undone =
            connection->write(changes::invert(changes::semantic(receipt->changes)), now).result();
        QVERIFY(!undone); // somebody, we ourselves, went on from there
        QCOMPARE(undone.error().kind, Error::Kind::Conflict);
    }

    void findsOutBehindOtherWritersToo()
    {
        // Cut with the save landed; before the program asks, somebody else saves in the namespace,
        // so that the stamp is neither ours nor the old one, and the rows decide.
        const auto direct = connect();
        flags::Snapshot base = read(*direct);
        base = (save(*direct, base,
                     *flags::insertFlag(*flags::insertFlag(base, defaultKey, plainFlag(u"a"_qs)),
                                        defaultKey, plainFlag(u"b"_qs))),
                read(*direct));
        // A trigger is the fastest somebody else: it moves the stamp with each save.
        m_primary->execute(
            {u"CREATE TRIGGER other AFTER UPDATE OF name ON flags BEGIN UPDATE flags "
             u"SET description = 'theirs' WHERE key = 'b'; END"_qs,
             u"CREATE TRIGGER stamp AFTER UPDATE OF state_modified_at ON namespaces "
             u"BEGIN UPDATE namespaces SET state_modified_at = "
             u"'2099-01-01 00:00:00+00:00' WHERE key = NEW.key; END"_qs});
        CuttingProxy proxy(m_primary->url(), "UPDATE", CuttingProxy::Cut::BeforeAnswer);
        const auto connection = connect(proxy.url(), 3000);
        const auto receipt =
            connection->write(changes::diff(base, renamed(base, u"a"_qs, u"ours"_qs)), base)
                .result();
        QVERIFY2(receipt, receipt ? "" : qPrintable(receipt.error().detail));
        QCOMPARE(nameOf(*m_primary, u"a"_qs), u"text ours"_qs);
    }

    void racingWritersLoseNothing()
    {
        // A thousand saves of two writers, each told by a trigger to a table of its own; after each
        // one the table is asked whether what the program said is true.
        m_primary->execute({u"CREATE TABLE landed (number TEXT, writer TEXT UNIQUE)"_qs,
                            u"CREATE TRIGGER landing AFTER UPDATE OF name ON flags BEGIN "
                            u"INSERT INTO landed VALUES (NEW.name, NEW.description); END"_qs});
        const auto direct = connect();
        flags::Snapshot base = read(*direct);
        flags::Flag counter = plainFlag(u"counter"_qs);
        counter.name = u"0"_qs;
        save(*direct, base, *flags::insertFlag(base, defaultKey, counter));

        constexpr int each = 500;
        std::atomic<int> conflicts = 0;
        std::atomic<int> failures = 0;
        std::atomic<int> lies = 0;
        const flags::Snapshot known = read(*direct);
        /// What stands there now by the bare protocol, and the number that `writer` landed.
        const auto look = [&](const QString &writer, flags::Snapshot &state) {
            const QStringList row = rows(
                *m_primary, u"SELECT f.name, f.description, f.updated_at, n.state_modified_at, "
                            u"(SELECT number FROM landed WHERE writer = '%1') FROM flags f, "
                            u"namespaces n"_qs.arg(writer))[0];
            const auto text = [&](qsizetype column) { return row[column].section(u' ', 1); };
            flags::Namespace nameSpace = *known.namespaces[0];
            flags::Flag flag = *nameSpace.flags[0];
            flag.name = text(0);
            flag.description = text(1);
            flag.times.updated = text(2);
            nameSpace.stateModified = text(3);
            nameSpace.flags = {std::make_shared<const flags::Flag>(flag)};
            state.namespaces = {std::make_shared<const flags::Namespace>(nameSpace)};
            return row[4];
        };
        const auto count = [&](const QString &writer) {
            const auto connection = connect();
            flags::Snapshot current = known;
            int attempts = 0;
            for (int done = 0; done < each && failures == 0 && lies == 0;) {
                flags::Flag next = *current.namespaces[0]->flags[0];
                next.name = QString::number(next.name.toInt() + 1);
                next.description = writer + QString::number(++attempts);
                const auto receipt =
                    connection
                        ->write(
                            changes::diff(current, *flags::replaceFlag(current, defaultKey, next)),
                            current)
                        .result();
                const QString landed = look(next.description, current);
                if (receipt) {
                    ++done;
                    lies += landed != u"text "_qs + next.name;
                } else {
                    ++(receipt.error().kind == Error::Kind::Conflict ? conflicts : failures);
                    lies += landed != u"null ";
                }
            }
        };
        const std::unique_ptr<QThread> other(QThread::create([&] { count(u"b"_qs); }));
        other->start();
        count(u"a"_qs);
        other->wait();
        QCOMPARE(failures.load(), 0);
        QCOMPARE(lies.load(), 0);
        QVERIFY(conflicts > 0);
        QCOMPARE(nameOf(*m_primary, u"counter"_qs), u"text %1"_qs.arg(2 * each));
        // Each number once, in order: nobody saved over another's.
        QCOMPARE(rows(*m_primary, u"SELECT count(*), min(rowid = CAST(number AS INTEGER)) "
                                  u"FROM landed"_qs),
                 (QList<QStringList>{{u"integer 1000"_qs, u"integer 1"_qs}}));
        QCOMPARE(rows(*m_primary, u"SELECT count(*) FROM landed WHERE writer LIKE 'b%'"_qs),
                 (QList<QStringList>{{u"integer 500"_qs}}));
    }

    void tellsTheTruthWhenThePrimaryIsKilled()
    {
        int saved = 0;
        int notSaved = 0;
        for (int round = 0; round < 6; ++round) {
            const auto direct = connect();
            flags::Snapshot base = read(*direct);
            // A save of many rows, so that the kill finds it under way.
            flags::Snapshot target = base;
            for (int i = 0; i < 400; ++i)
                target = *flags::insertFlag(target, defaultKey,
                                            plainFlag(u"f%1-%2"_qs.arg(round).arg(i)));
            auto connection = connect(m_primary->url().toString(), 10'000);
            QVERIFY(connection->position().result());
            QFuture<Result<store::Receipt>> future =
                connection->write(changes::diff(base, target), base);
            QSemaphore().tryAcquire(1, round * 8); // the kill meets the save at another place
            m_primary->kill();
            m_primary->start();
            const auto receipt = future.result();
            const int count =
                rows(*m_primary,
                     u"SELECT count(*) FROM flags WHERE key LIKE 'f%1-%'"_qs.arg(round))[0][0]
                    .mid(8)
                    .toInt();
            QVERIFY2(count == 0 || count == 400, qPrintable(QString::number(count)));
            if (receipt) {
                QCOMPARE(count, 400);
                ++saved;
            } else {
                QVERIFY2(receipt.error().kind == Error::Kind::Network,
                         qPrintable(receipt.error().detail));
                QCOMPARE(count, 0);
                ++notSaved;
            }
        }
        qInfo("saved %d, not saved %d", saved, notSaved);
    }

    void saysNotSavedWhenThePrimaryIsKilledBeforeTheCommit()
    {
        const auto direct = connect();
        flags::Snapshot base = read(*direct);
        save(*direct, base, *flags::insertFlag(base, defaultKey, plainFlag(u"a"_qs)));
        base = read(*direct);
        // Somebody has the write lock, so that the save waits for it; then all of them die.
        auto lock = store::Database::open(*store::Source::parse(m_primary->url().toString()), {},
                                          store::Database::Access::Write);
        QVERIFY(lock);
        QVERIFY((*lock)->handle().transaction());
        QSqlQuery holding((*lock)->handle());
        QVERIFY(holding.exec(u"UPDATE flags SET description = 'theirs'"_qs));
        CuttingProxy proxy(m_primary->url(), "UPDATE", CuttingProxy::Cut::BeforeAnswer);
        const auto connection = connect(proxy.url(), 20'000);
        const auto future =
            connection->write(changes::diff(base, renamed(base, u"a"_qs, u"ours"_qs)), base);
        QTRY_VERIFY_WITH_TIMEOUT(proxy.hasPassed(), 30'000);
        m_primary->kill();
        m_primary->start();
        const auto receipt = future.result();
        QVERIFY(!receipt);
        QVERIFY2(receipt.error().kind == Error::Kind::Network, qPrintable(receipt.error().detail));
        QVERIFY(receipt.error().detail.contains(u"nothing was saved"));
        QCOMPARE(nameOf(*m_primary, u"a"_qs), u"text a"_qs);
        QVERIFY(read(*connect()) == base);
    }
};

QTEST_GUILESS_MAIN(TestSaveOutcome)
#include "tst_saveoutcome.moc"
