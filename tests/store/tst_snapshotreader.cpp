// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/snapshotloader.h"
#include "support/testdata.h"

#include <base/clock.h>
#include <store/connection.h>
#include <store/schemacreation.h>
#include <store/snapshotrows.h>

#include <QDir>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

namespace {

/// A SQLite file with Flipt's schema, edited apart from the code under test.
class EditedFile {
public:
    EditedFile()
    {
        m_database = QSqlDatabase::addDatabase(u"QSQLITE"_qs, u"edited"_qs);
        m_database.setDatabaseName(path());
        if (!m_database.open())
            qFatal("no database");
        for (const QString &sql : store::schemaStatements())
            run(sql);
    }
    ~EditedFile()
    {
        m_database.close();
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(u"edited"_qs);
    }

    QString path() const { return m_folder.filePath(u"flipt.db"_qs); }
    void run(const QString &sql)
    {
        QSqlQuery query(m_database);
        if (!query.exec(sql))
            qFatal("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
    }

private:
    QTemporaryDir m_folder;
    QSqlDatabase m_database;
};

} // namespace

class TestSnapshotReader : public QObject {
    Q_OBJECT

    SystemClock m_clock;

    Result<store::Reading> read(const QString &path, const flags::Snapshot &previous = {})
    {
        return store::Connection(*store::Source::parse(path), {.token = {}, .readOnly = true},
                                 m_clock)
            .read(previous)
            .result();
    }

private slots:
    void readsAFliptsDatabase()
    {
        const QString path = test::oracleDatabase();
        const auto reading = read(path);
        QVERIFY(reading);
        QVERIFY(reading->snapshot == test::loadSnapshot(path));
        QVERIFY(reading->origin.exact);
        QCOMPARE(reading->origin.node, path);
        QVERIFY(!reading->origin.replicationIndex);
        QCOMPARE(reading->schema.version, 15);
        // Counted by hand with the sqlite3 shell.
        const QHash<QString, qint64> counts = {
            {u"namespaces"_qs, 6},        {u"flags"_qs, 125},
            {u"variants"_qs, 297},        {u"segments"_qs, 432},
            {u"constraints"_qs, 463},     {u"rules"_qs, 171},
            {u"rule_segments"_qs, 712},   {u"distributions"_qs, 309},
            {u"rollouts"_qs, 109},        {u"rollout_thresholds"_qs, 53},
            {u"rollout_segments"_qs, 56}, {u"rollout_segment_references"_qs, 469}};
        QCOMPARE(reading->rowCounts, counts);
        QVERIFY(!QDir(test::dataPath(u"oracle"_qs)).exists(u"flipt.db-shm"_qs));
    }

    void sharesWhatIsEqual()
    {
        EditedFile file;
        file.run(u"INSERT INTO namespaces (key, name, description) VALUES ('team', 'T', '')"_qs);
        for (const char *key : {"a", "b"})
            file.run(u"INSERT INTO flags (key, name, description) VALUES ('%1', 'n', '')"_qs.arg(
                QString::fromLatin1(key)));
        const auto first = read(file.path());
        QVERIFY(first);
        QVERIFY(read(file.path(), first->snapshot)->snapshot.namespaces
                == first->snapshot.namespaces);
        file.run(u"UPDATE flags SET name = 'other' WHERE key = 'b'"_qs);
        const auto second = read(file.path(), first->snapshot);
        QVERIFY(second);
        const auto old = first->snapshot.nameSpace(NamespaceKey(u"default"_qs));
        const auto now = second->snapshot.nameSpace(NamespaceKey(u"default"_qs));
        QCOMPARE(now->flags[0], old->flags[0]);
        QVERIFY(now->flags[1] != old->flags[1]);
        QCOMPARE(second->snapshot.nameSpace(NamespaceKey(u"team"_qs)),
                 first->snapshot.nameSpace(NamespaceKey(u"team"_qs)));
    }

    void readsWhateverADatabaseHolds()
    {
        EditedFile file;
        file.run(u"PRAGMA foreign_keys = OFF"_qs);
        // Orphans of every table, left by deletes with foreign keys off.
        file.run(u"INSERT INTO flags (key, name, description, namespace_key) "
                 u"VALUES ('lost', '', '', 'gone')"_qs);
        file.run(u"INSERT INTO segments (key, name, description, namespace_key) "
                 u"VALUES ('lost', '', '', 'gone')"_qs);
        file.run(u"INSERT INTO variants (id, flag_key, key, name, description) "
                 u"VALUES ('v', 'gone', '', '', '')"_qs);
        file.run(u"INSERT INTO constraints (id, segment_key, property, operator, value) "
                 u"VALUES ('c', 'gone', '', '', '')"_qs);
        file.run(u"INSERT INTO rules (id, flag_key) VALUES ('r', 'gone')"_qs);
        file.run(u"INSERT INTO rollouts (id, namespace_key, flag_key, description) "
                 u"VALUES ('o', 'default', 'gone', '')"_qs);
        file.run(u"INSERT INTO distributions (id, rule_id, variant_id) VALUES ('d', 'x', 'y')"_qs);
        file.run(u"INSERT INTO rule_segments VALUES ('x', 'default', 'gone')"_qs);
        file.run(u"INSERT INTO rollout_thresholds (id, namespace_key, rollout_id) "
                 u"VALUES ('t', 'default', 'x')"_qs);
        file.run(u"INSERT INTO rollout_segments (id, rollout_id) VALUES ('s', 'x')"_qs);
        file.run(u"INSERT INTO rollout_segment_references VALUES ('x', 'default', 'gone')"_qs);
        // And a flag with everything that nobody should store.
        file.run(u"INSERT INTO flags (key, name, description, type, default_variant_id, metadata, "
                 u"created_at) VALUES ('odd', '', '', 7, 'nowhere', '', 1764020000)"_qs);
        file.run(u"INSERT INTO rules (id, flag_key, rank, segment_operator) "
                 u"VALUES ('r1', 'odd', -4, 9), ('r0', 'odd', -4, 9)"_qs);
        file.run(u"INSERT INTO distributions (id, rule_id, variant_id, rollout) "
                 u"VALUES ('d1', 'r1', 'nowhere', 140.5)"_qs);
        file.run(u"INSERT INTO rollouts (id, namespace_key, flag_key, description, type) "
                 u"VALUES ('o1', 'default', 'odd', '', 2)"_qs);
        const auto reading = read(file.path());
        QVERIFY2(reading, reading ? "" : qPrintable(reading.error().detail));
        const auto space = reading->snapshot.nameSpace(NamespaceKey(u"default"_qs));
        QCOMPARE(reading->snapshot.namespaces.size(), size_t(1));
        QCOMPARE(space->flags.size(), size_t(1));
        const flags::Flag &flag = *space->flags[0];
        QCOMPARE(flag.type, 7);
        QCOMPARE(flag.defaultVariant, std::optional(VariantId(u"nowhere"_qs)));
        QCOMPARE(flag.metadata, std::optional(QString()));
        QCOMPARE(flag.times.created, u"1764020000"_qs);
        QCOMPARE(flag.rules.size(), size_t(2));
        QCOMPARE(flag.rules[0].id.text(), u"r1"_qs); // a tie goes by row
        QCOMPARE(flag.rules[0].distributions[0].rollout, 140.5);
        QVERIFY(!flag.rollouts[0].threshold);
        QVERIFY(space->segments.empty());
        // What nothing leads to is held beside the rest.
        QStringList orphans;
        for (const flags::Orphan &orphan : reading->snapshot.orphans)
            orphans.append(u"%1 %2"_qs.arg(orphan.object.index()).arg(orphan.identity()));
        QCOMPARE(orphans,
                 (QStringList{u"0 lost"_qs, u"1 c"_qs, u"2 lost"_qs, u"3 v"_qs, u"4 x"_qs,
                              u"4 r"_qs, u"5 d"_qs, u"6 o"_qs, u"7 t"_qs, u"8 x"_qs, u"8 s"_qs}));
    }

    void noticesWhatASnapshotCannotHold()
    {
        EditedFile file;
        file.run(u"PRAGMA foreign_keys = OFF"_qs);
        file.run(u"INSERT INTO flags (key, name, description, enabled) VALUES ('f', '', '', "
                 u"'maybe')"_qs);
        file.run(u"INSERT INTO rules (id, flag_key, rank) VALUES ('r', 'f', 'first')"_qs);
        file.run(u"INSERT INTO namespaces (key, name, description) VALUES ('other', '', '')"_qs);
        file.run(u"INSERT INTO rule_segments VALUES ('r', 'other', 's')"_qs);
        const auto reading = read(file.path());
        QVERIFY(reading);
        QStringList found;
        for (const flags::Problem &problem : reading->problems)
            found.append(problem.location.owner + u' ' + problem.arguments.join(u", "));
        QCOMPARE(found, (QStringList{u"f flags.enabled, 1, maybe"_qs, u"f rules.rank, 1, first"_qs,
                                     u"f rule_segments, 1, other"_qs}));
    }

    void sortsByBytes()
    {
        QVERIFY(store::compareBytes(u"\U0001F600", u"\uFF01") > 0); // QString says less
        QVERIFY(store::compareBytes(u"a", u"ab") < 0);
        QCOMPARE(store::compareBytes(u"\u00e9", u"\u00e9"), 0);
        EditedFile file;
        file.run(u"DELETE FROM namespaces"_qs);
        // Text of one time sorts by key, a number before all text, "T" after the blank.
        const QList<std::pair<QString, QString>> rows = {
            {u"T"_qs, u"2026-01-01T00:00:00"_qs},
            {u"\U0001F600"_qs, u"2026-01-01 00:00:00"_qs},
            {u"\uFF01"_qs, u"2026-01-01 00:00:00"_qs},
            {u"late"_qs, u"2026-01-01 23:00:00"_qs},
            {u"number"_qs, u"1764020000"_qs}};
        for (const auto &[key, time] : rows)
            file.run(u"INSERT INTO namespaces (key, name, description, created_at) "
                     u"VALUES ('%1', '', '', '%2')"_qs.arg(key, time));
        const auto reading = read(file.path());
        QVERIFY(reading);
        QStringList keys;
        for (const auto &space : reading->snapshot.namespaces)
            keys.append(space->key.text());
        QCOMPARE(keys,
                 QStringList({u"number"_qs, u"\uFF01"_qs, u"\U0001F600"_qs, u"late"_qs, u"T"_qs}));
    }

    void readsOlderSchemas()
    {
        EditedFile file;
        file.run(u"INSERT INTO flags (key, name, description) VALUES ('a', 'n', '')"_qs);
        file.run(u"ALTER TABLE flags DROP COLUMN metadata"_qs);
        file.run(u"ALTER TABLE namespaces DROP COLUMN state_modified_at"_qs);
        file.run(u"UPDATE schema_migrations SET version = 11"_qs);
        const auto reading = read(file.path());
        QVERIFY(reading);
        QCOMPARE(reading->schema.kind, store::SchemaState::Kind::Older);
        QCOMPARE(reading->snapshot.namespaces[0]->flags.size(), size_t(1));
        QVERIFY(!reading->snapshot.namespaces[0]->flags[0]->metadata);
    }

    void namesTheTableOfABrokenText()
    {
        EditedFile file;
        file.run(u"INSERT INTO segments (key, name, description) VALUES ('ok', '\uFFFD', '')"_qs);
        QVERIFY(read(file.path())); // the replacement character itself is a text like any other
        file.run(u"INSERT INTO segments (key, name, description) "
                 u"VALUES ('bad', CAST(x'ff41' AS TEXT), '')"_qs);
        const auto reading = read(file.path());
        QVERIFY(!reading);
        QCOMPARE(reading.error().kind, Error::Kind::Input);
        QVERIFY(reading.error().detail.contains(u"\"segments\""));
        QVERIFY(reading.error().detail.contains(u"\"name\""));
    }

    void leavesNoTraceBesideAFile_data()
    {
        QTest::addColumn<bool>("withLog");
        QTest::newRow("clean") << false;
        QTest::newRow("log without index") << true;
    }
    void leavesNoTraceBesideAFile()
    {
        QFETCH(bool, withLog);
        EditedFile file;
        file.run(u"PRAGMA journal_mode = WAL"_qs);
        file.run(u"INSERT INTO flags (key, name, description) VALUES ('a', 'n', '')"_qs);
        if (!withLog)
            file.run(u"PRAGMA wal_checkpoint(TRUNCATE)"_qs);
        QTemporaryDir folder;
        const QString copy = folder.filePath(u"copy.db"_qs);
        QVERIFY(QFile::copy(file.path(), copy));
        if (withLog)
            QVERIFY(QFile::copy(file.path() + u"-wal", copy + u"-wal"));
        const QStringList before = QDir(folder.path()).entryList(QDir::Files);
        const auto reading = read(copy);
        QVERIFY(reading);
        QCOMPARE(reading->snapshot.namespaces[0]->flags.size(), size_t(1));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), before);
        // And beside a writer that has the file open, the newest rows are seen.
        QCOMPARE(read(file.path())->snapshot, reading->snapshot);
    }
};

QTEST_GUILESS_MAIN(TestSnapshotReader)
#include "tst_snapshotreader.moc"
