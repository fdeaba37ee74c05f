// SPDX-License-Identifier: GPL-3.0-or-later
#include "cuttingproxy.h"
#include "savefixture.h"
#include "support/snapshotloader.h"
#include "support/sqldnode.h"

#include <changes/changeset.h>
#include <flags/timestamp.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSemaphore>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::CuttingProxy;
using test::defaultKey;
using test::plainFlag;
using test::richFlag;
using test::richSnapshot;

namespace {

/// The rows of a select by the bare protocol, every value as "type value".
QList<QStringList> rows(const test::SqldNode &node, const QString &sql)
{
    const QJsonObject answer = QJsonDocument::fromJson(node.execute({sql}))
                                   .object()[u"results"_qs]
                                   .toArray()[0]
                                   .toObject();
    if (answer[u"type"_qs] != u"ok"_qs)
        qFatal("%s: %s", qPrintable(sql), QJsonDocument(answer).toJson().constData());
    QList<QStringList> found;
    const QJsonArray list =
        answer[u"response"_qs].toObject()[u"result"_qs].toObject()[u"rows"_qs].toArray();
    for (const QJsonValue &row : list) {
        QStringList values;
        const QJsonArray cells = row.toArray();
        for (const QJsonValue &cell : cells) {
            const QVariant value = cell.toObject()[u"value"_qs].toVariant();
            values.append(cell.toObject()[u"type"_qs].toString() + u' '
                          + (value.userType() == QMetaType::Double ? QString::number(
                                 value.toDouble(), 'g', QLocale::FloatingPointShortest)
                                                                   : value.toString()));
        }
        found.append(values);
    }
    return found;
}

/// The same of a file. Qt drops a U+FEFF from the JSON above, so it goes here as well; where it
/// matters hex() tells.
QList<QStringList> rows(test::SaveFile &file, const QString &sql)
{
    QList<QStringList> found;
    const QList<QVariantList> list = file.run(sql);
    for (const QVariantList &row : list) {
        QStringList values;
        for (const QVariant &value : row) {
            if (value.isNull())
                values.append(u"null "_qs);
            else if (value.userType() == QMetaType::Double)
                values.append(
                    u"float "_qs
                    + QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest));
            else
                values.append(
                    (value.userType() == QMetaType::QString ? u"text "_qs : u"integer "_qs)
                    + value.toString().remove(QChar::ByteOrderMark));
        }
        found.append(values);
    }
    return found;
}

QString nameOf(const test::SqldNode &node, const QString &flag)
{
    return rows(node, u"SELECT name FROM flags WHERE key = '%1'"_qs.arg(flag)).value(0).value(0);
}

flags::Snapshot renamed(const flags::Snapshot &snapshot, const QString &flag, const QString &name)
{
    flags::Flag copy = *snapshot.nameSpace(defaultKey)->flag(FlagKey(flag));
    copy.name = name;
    return *flags::replaceFlag(snapshot, defaultKey, copy);
}

} // namespace

class TestNodeSaving : public QObject {
    Q_OBJECT

    SystemClock m_clock;
    std::unique_ptr<test::SqldNode> m_primary;

    std::unique_ptr<store::Connection> connect(const QString &url, int deadline = 15000)
    {
        return std::make_unique<store::Connection>(
            *store::Source::parse(url),
            store::ConnectionOptions{
                .token = {}, .readOnly = false, .deadlineMilliseconds = deadline},
            m_clock);
    }
    std::unique_ptr<store::Connection> connect() { return connect(m_primary->url().toString()); }

    static flags::Snapshot read(store::Connection &connection)
    {
        auto reading = connection.read().result();
        if (!reading)
            qFatal("%s: %s", qPrintable(reading.error().step), qPrintable(reading.error().detail));
        return std::move(reading->snapshot);
    }

    /// Makes the save that goes from `base` to `target`; the test fails when it fails.
    static store::Receipt save(store::Connection &connection, const flags::Snapshot &base,
                               const flags::Snapshot &target)
    {
        auto receipt = connection.write(changes::diff(base, target), base).result();
        if (!receipt)
            qFatal("%s: %s", qPrintable(receipt.error().step), qPrintable(receipt.error().detail));
        return std::move(*receipt);
    }

private slots:
    void init()
    {
        m_primary = std::make_unique<test::SqldNode>();
        QVERIFY(connect()->initialise().result());
    }

    void copiesAFliptsDatabase()
    {
        const QString path = test::dataPath(u"oracle/flipt.db"_qs);
        const auto connection = connect();
        save(*connection, read(*connection), test::loadSnapshot(path));
        test::SaveFile original(path);
        for (const char *sql :
             {"SELECT * FROM flags ORDER BY namespace_key, key",
              "SELECT * FROM variants ORDER BY id",
              "SELECT * FROM segments ORDER BY namespace_key, key",
              "SELECT *, hex(value) FROM constraints ORDER BY id",
              "SELECT * FROM rules ORDER BY id", "SELECT * FROM rule_segments ORDER BY 1, 2, 3",
              "SELECT * FROM distributions ORDER BY id", "SELECT * FROM rollouts ORDER BY id",
              "SELECT * FROM rollout_thresholds ORDER BY id",
              "SELECT * FROM rollout_segments ORDER BY id",
              "SELECT * FROM rollout_segment_references ORDER BY 1, 2, 3",
              "SELECT key, name, description, protected, created_at, updated_at FROM namespaces "
              "ORDER BY key"})
            QCOMPARE(rows(*m_primary, QString::fromLatin1(sql)),
                     rows(original, QString::fromLatin1(sql)));
        // And the program reads from the node what it reads from the file.
        flags::Snapshot copy = read(*connection);
        flags::Snapshot source = test::loadSnapshot(path);
        for (flags::Snapshot *snapshot : {&copy, &source}) {
            for (auto &pointer : snapshot->namespaces) {
                auto nameSpace = std::make_shared<flags::Namespace>(*pointer);
                nameSpace->stateModified.reset();
                pointer = std::move(nameSpace);
            }
        }
        QVERIFY(copy == source);
    }

    void writesColumnsAsFliptDoes()
    {
        const auto connection = connect();
        const flags::Snapshot base = read(*connection);
        const qint64 before = m_clock.wallNanoseconds();
        const store::Receipt receipt = save(*connection, base, richSnapshot(base));
        const QString stamp =
            rows(*m_primary, u"SELECT state_modified_at FROM namespaces"_qs)[0][0].mid(5);
        QCOMPARE(receipt.stamps, (QMap<QString, QString>{{u"default"_qs, stamp}}));
        QVERIFY(*flags::parseTimestamp(stamp) >= before);
        QCOMPARE(flags::nanosecondText(*flags::parseTimestamp(stamp)), stamp);
        QVERIFY(receipt.replicationIndex);
        QCOMPARE(*connection->position().result(), receipt.replicationIndex);

        const QString created = rows(*m_primary, u"SELECT created_at FROM flags"_qs)[0][0].mid(5);
        QCOMPARE(flags::microsecondText(*flags::parseTimestamp(created)), created);
        QCOMPARE(
            rows(*m_primary,
                 u"SELECT key, enabled, type, default_variant_id, metadata, description, "
                 u"created_at = updated_at FROM flags"_qs),
            (QList<QStringList>{{u"text rich"_qs, u"integer 0"_qs, u"integer 0"_qs, u"text v1"_qs,
                                 u"text {\"owner\":\"me\"}"_qs, u"text "_qs, u"integer 1"_qs}}));
        QCOMPARE(rows(*m_primary, u"SELECT id, attachment FROM variants ORDER BY id"_qs),
                 (QList<QStringList>{{u"text v1"_qs, u"text { \"a\" : 1 }"_qs},
                                     {u"text v2"_qs, u"null "_qs}}));
        QCOMPARE(
            rows(*m_primary,
                 u"SELECT id, rule_id, variant_id, rollout FROM distributions WHERE rule_id = "
                 u"'r1' ORDER BY created_at"_qs),
            (QList<QStringList>{
                {u"text d10"_qs, u"text r1"_qs, u"text v1"_qs, u"float 33.33000183105469"_qs},
                {u"text d11"_qs, u"text r1"_qs, u"text v2"_qs, u"float 66.66999816894531"_qs}}));
        QCOMPARE(rows(*m_primary, u"SELECT id, rank FROM rules ORDER BY rank"_qs),
                 (QList<QStringList>{{u"text r1"_qs, u"integer 1"_qs},
                                     {u"text r2"_qs, u"integer 2"_qs},
                                     {u"text r3"_qs, u"integer 3"_qs}}));
        QCOMPARE(rows(*m_primary, u"SELECT namespace_key, rollout_id, percentage, value FROM "
                                  u"rollout_thresholds"_qs),
                 (QList<QStringList>{{u"text default"_qs, u"text o2"_qs,
                                      u"float 12.300000190734863"_qs, u"integer 1"_qs}}));
        // Everything goes again, by the same door.
        const flags::Snapshot full = read(*connection);
        save(*connection, full, *flags::removeNamespace(full, defaultKey));
        for (const char *table : {"namespaces", "flags", "variants", "rules", "distributions",
                                  "segments", "constraints", "rollouts"})
            QCOMPARE(rows(*m_primary, u"SELECT count(*) FROM "_qs + QString::fromLatin1(table)),
                     (QList<QStringList>{{u"integer 0"_qs}}));
    }

    void namesConflictsInFliptsWords()
    {
        const auto connection = connect();
        const flags::Snapshot base = read(*connection);
        const flags::Snapshot target = *flags::insertFlag(base, defaultKey, plainFlag(u"a"_qs));
        m_primary->execute(
            {u"INSERT INTO flags (key, name, description) VALUES ('a', 'x', '')"_qs});
        auto receipt = connection->write(changes::diff(base, target), base).result();
        QVERIFY(!receipt);
        QCOMPARE(receipt.error().kind, Error::Kind::Conflict);
        QCOMPARE(receipt.error().detail, u"flag \"default/a\" is not unique"_qs);
        QCOMPARE(nameOf(*m_primary, u"a"_qs), u"text x"_qs);

        const flags::Snapshot current = read(*connection);
        m_primary->execute({u"UPDATE flags SET description = 'theirs'"_qs});
        receipt =
            connection
                ->write(changes::diff(current, renamed(current, u"a"_qs, u"ours"_qs)), current)
                .result();
        QVERIFY(!receipt);
        QCOMPARE(receipt.error().kind, Error::Kind::Conflict);
        QVERIFY(receipt.error().detail.contains(u"flag \"default/a\""));
        QCOMPARE(nameOf(*m_primary, u"a"_qs), u"text x"_qs);
    }

    void neverWritesWhenReadOnly()
    {
        store::Connection connection(*store::Source::parse(m_primary->url().toString()),
                                     {.token = {}, .readOnly = true}, m_clock);
        const flags::Snapshot base = read(connection);
        const auto receipt = connection
                                 .write(changes::diff(base, *flags::insertFlag(base, defaultKey,
                                                                               plainFlag(u"a"_qs))),
                                        base)
                                 .result();
        QVERIFY(!receipt);
        QCOMPARE(receipt.error().kind, Error::Kind::ReadOnly);
        QVERIFY(rows(*m_primary, u"SELECT 1 FROM flags"_qs).isEmpty());
    }

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
        const auto direct = connect();
        flags::Snapshot base = read(*direct);
        flags::Flag counter = plainFlag(u"counter"_qs);
        counter.name = u"0"_qs;
        save(*direct, base, *flags::insertFlag(base, defaultKey, counter));

        constexpr int each = 150;
        std::atomic<int> conflicts = 0;
        std::atomic<int> failures = 0;
        const auto count = [&] {
            const auto connection = connect();
            for (int done = 0; done < each && failures == 0;) {
                const flags::Snapshot current = read(*connection);
                const int value =
                    current.nameSpace(defaultKey)->flag(FlagKey(u"counter"_qs))->name.toInt();
                const auto receipt =
                    connection
                        ->write(changes::diff(current, renamed(current, u"counter"_qs,
                                                               QString::number(value + 1))),
                                current)
                        .result();
                if (receipt)
                    ++done;
                else if (receipt.error().kind == Error::Kind::Conflict)
                    ++conflicts;
                else
                    ++failures;
            }
        };
        const std::unique_ptr<QThread> other(QThread::create(count));
        other->start();
        count();
        other->wait();
        QCOMPARE(failures.load(), 0);
        QVERIFY(conflicts > 0);
        QCOMPARE(nameOf(*m_primary, u"counter"_qs), u"text %1"_qs.arg(2 * each));
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

    void reachesTheReplica()
    {
        test::SqldNode replica(*m_primary);
        const auto connection = connect();
        const auto onReplica = connect(replica.url().toString());
        const flags::Snapshot base = read(*connection);
        const store::Receipt receipt = save(*connection, base, richSnapshot(base));
        QTRY_COMPARE(*onReplica->position().result(), receipt.replicationIndex);
        QVERIFY(read(*onReplica) == read(*connection));
    }
};

QTEST_GUILESS_MAIN(TestNodeSaving)
#include "tst_nodesaving.moc"
