// SPDX-License-Identifier: GPL-3.0-or-later
#include "nodefixture.h"
#include "support/generator.h"
#include "support/snapshotloader.h"

#include <changes/changeset.h>
#include <flags/timestamp.h>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::defaultKey;
using test::nameOf;
using test::plainFlag;
using test::renamed;
using test::richSnapshot;
using test::rows;

namespace {

/// All of them but the stamps, which each save renews.
constexpr std::array rowsThatFliptReads{
    "SELECT * FROM flags ORDER BY namespace_key, key",
    "SELECT * FROM variants ORDER BY id",
    "SELECT * FROM segments ORDER BY namespace_key, key",
    "SELECT *, hex(value) FROM constraints ORDER BY id",
    "SELECT * FROM rules ORDER BY id",
    "SELECT * FROM rule_segments ORDER BY 1, 2, 3",
    "SELECT * FROM distributions ORDER BY id",
    "SELECT * FROM rollouts ORDER BY id",
    "SELECT * FROM rollout_thresholds ORDER BY id",
    "SELECT * FROM rollout_segments ORDER BY id",
    "SELECT * FROM rollout_segment_references ORDER BY 1, 2, 3",
    "SELECT key, name, description, protected, created_at, updated_at FROM namespaces ORDER BY key",
};

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

} // namespace

class TestNodeSaving : public test::NodeTest {
    Q_OBJECT

private slots:
    void init() { freshNode(); }

    void copiesAFliptsDatabase()
    {
        const QString path = test::oracleDatabase();
        const auto connection = connect();
        save(*connection, read(*connection), test::loadSnapshot(path));
        test::SaveFile original(path);
        for (const char *sql : rowsThatFliptReads)
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

    void writesGeneratedDatabasesRowForRow()
    {
        int landed = 0;
        for (quint32 seed = 1; landed < 4 && seed <= 20; ++seed) {
            test::SnapshotGenerator generator(seed);
            const auto connection = connect();
            const flags::Snapshot base = read(*connection);
            const auto receipt =
                connection->write(changes::diff(base, generator.snapshot()), base).result();
            const flags::Snapshot found = read(*connection);
            if (!receipt) { // dangling references, which the tables refuse
                QVERIFY2(receipt.error().kind == Error::Kind::Constraint,
                         qPrintable(receipt.error().detail));
                QVERIFY(found == base);
                continue;
            }
            ++landed;
            const auto meant = changes::apply(base, receipt->changes);
            QVERIFY(meant && found == *meant);
            // A copy of it in a file holds the same rows, to the type of each value.
            test::SaveFile copy;
            const flags::Snapshot empty = copy.read();
            QVERIFY(copy.write(changes::diff(empty, found), empty));
            for (const char *sql : rowsThatFliptReads)
                QCOMPARE(rows(*m_primary, QString::fromLatin1(sql)),
                         rows(copy, QString::fromLatin1(sql)));
            freshNode();
        }
        QCOMPARE(landed, 4);
    }

    void writesColumnsAsFliptDoes()
    {
        const auto connection = connect();
        const flags::Snapshot base = read(*connection);
        const qint64 before = m_node->clock().wallNanoseconds();
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
                                     {.token = {}, .readOnly = true}, m_node->clock());
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

    void refusesAReplica()
    {
        test::SqldNode replica(*m_primary);
        const flags::Snapshot base = read(*connect());
        const flags::Snapshot target = *flags::insertFlag(base, defaultKey, plainFlag(u"a"_qs));
        store::ConnectionOptions options{.token = {}};
        options.primaryAddress = m_primary->url().toString();
        const store::Source source = *store::Source::parse(replica.url().toString());
        store::Connection refusing(source, options, m_node->clock());
        for (int i = 0; i < 2; ++i) {
            const auto receipt = refusing.write(changes::diff(base, target), base).result();
            QVERIFY(!receipt);
            QCOMPARE(receipt.error().kind, Error::Kind::ReadOnly);
            QCOMPARE(receipt.error().nativeCode, u"REPLICA"_qs);
            QVERIFY(receipt.error().detail.contains(options.primaryAddress));
        }
        QCOMPARE(refusing.initialise().result().error().nativeCode, u"REPLICA"_qs);
        QVERIFY(rows(*m_primary, u"SELECT 1 FROM flags"_qs).isEmpty());

        options.throughReplica = true;
        store::Connection told(source, options, m_node->clock());
        const auto receipt = told.write(changes::diff(base, target), base).result();
        QVERIFY2(receipt, receipt ? "" : qPrintable(receipt.error().detail));
        QCOMPARE(nameOf(*m_primary, u"a"_qs), u"text a"_qs);
    }

    void removesOrphans()
    {
        const auto connection = connect();
        const flags::Snapshot base = read(*connection);
        save(*connection, base, richSnapshot(base));
        const flags::Snapshot sound = read(*connection);
        m_primary->execute(
            {u"PRAGMA foreign_keys = OFF"_qs,
             u"INSERT INTO flags (key, name, description, namespace_key) VALUES ('g', 'g', '', "
             u"'gone')"_qs,
             u"INSERT INTO variants (id, flag_key, key, name, description, namespace_key) VALUES "
             u"('ov', 'g', 'k', '', '', 'gone'), ('ow', 'none', 'k', '', '', 'default')"_qs,
             u"UPDATE flags SET default_variant_id = 'ov' WHERE key = 'g'"_qs,
             u"INSERT INTO constraints (id, segment_key, property, operator, value) VALUES "
             u"('oc', 'none', 'p', 'eq', 'v')"_qs,
             u"INSERT INTO rules (id, flag_key) VALUES ('or', 'none')"_qs,
             u"INSERT INTO rule_segments VALUES ('or', 'default', 's1'), ('lost', 'default', "
             u"'s1'), ('lost', 'default', 's2')"_qs,
             u"INSERT INTO distributions (id, rule_id, variant_id) VALUES ('od', 'or', 'ov'), "
             u"('oe', 'lost', 'v1')"_qs,
             u"INSERT INTO rollouts (id, namespace_key, flag_key, description) VALUES ('oo', "
             u"'default', 'none', '')"_qs,
             u"INSERT INTO rollout_thresholds (id, namespace_key, rollout_id) VALUES ('ot', "
             u"'default', 'oo')"_qs,
             u"INSERT INTO rollout_segments (id, rollout_id) VALUES ('om', 'lost')"_qs,
             u"INSERT INTO rollout_segment_references VALUES ('om', 'default', 's2'), ('lost', "
             u"'default', 's1')"_qs});
        const flags::Snapshot faulty = read(*connection);
        QCOMPARE(faulty.orphans.size(), size_t(12));
        QVERIFY((flags::Snapshot{.namespaces = faulty.namespaces} == sound));
        // What would become part of a new object is refused.
        const auto adopting =
            connection
                ->write(changes::diff(
                            faulty, *flags::insertFlag(faulty, defaultKey, plainFlag(u"none"_qs))),
                        faulty)
                .result();
        QVERIFY(!adopting);
        QCOMPARE(adopting.error().kind, Error::Kind::Constraint);
        QVERIFY(adopting.error().detail.contains(u"left of an earlier flag"));

        flags::Snapshot cleared = faulty;
        cleared.orphans.clear();
        const changes::ChangeSet removal = changes::diff(faulty, cleared);
        // An owner that comes back meanwhile keeps its rows.
        m_primary->execute(
            {u"INSERT INTO flags (key, name, description) VALUES ('none', 'n', '')"_qs});
        auto receipt = connection->write(removal, faulty).result();
        QVERIFY(!receipt);
        QCOMPARE(receipt.error().kind, Error::Kind::Conflict);
        m_primary->execute(
            {u"PRAGMA foreign_keys = OFF"_qs, u"DELETE FROM flags WHERE key = 'none'"_qs});
        receipt = connection->write(removal, faulty).result();
        QVERIFY2(receipt, receipt ? "" : qPrintable(receipt.error().detail));
        flags::Snapshot after = read(*connection);
        QVERIFY(after.orphans.empty());
        QCOMPARE(rows(*m_primary, u"SELECT count(*) FROM variants"_qs),
                 (QList<QStringList>{{u"integer 2"_qs}}));
        QVERIFY(rows(*m_primary, u"PRAGMA foreign_key_check"_qs).isEmpty());
        // And nothing writes them anew.
        const auto undone = connection->write(changes::invert(receipt->changes), after).result();
        QVERIFY(!undone);
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
