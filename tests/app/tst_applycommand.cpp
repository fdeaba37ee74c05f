// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <support/sqldnode.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;

namespace {

const QByteArray twoFlags = R"(version: "1.4"
namespace: default
flags:
- key: checkout
  name: Checkout
  type: VARIANT_FLAG_TYPE
  enabled: true
  variants:
  - key: one-page
    name: One page
    attachment:
      steps: 1
  - key: classic
  rules:
  - segment: beta
    distributions:
    - variant: one-page
      rollout: 33.33
    - variant: classic
      rollout: 66.67
- key: quiet
  name: Quiet hours
  type: BOOLEAN_FLAG_TYPE
  enabled: false
  rollouts:
  - segment:
      key: beta
      value: true
  - threshold:
      percentage: 50
      value: true
segments:
- key: beta
  name: Beta users
  match_type: ANY_MATCH_TYPE
  constraints:
  - type: STRING_COMPARISON_TYPE
    property: plan
    operator: eq
    value: beta
)";

const QString apply = QStringLiteral("apply");
const QString dryRun = QStringLiteral("--dry-run");
const QString stampQuery =
    QStringLiteral("select state_modified_at from namespaces where key='default'");

QString flagCount(const test::SqldNode &node)
{
    return test::rows(node, QStringLiteral("select count(*) from flags"))[0][0];
}

// A node with Flipt's schema.
class Database {
public:
    Database()
    {
        const auto run = test::runCli({QStringLiteral("init"), url()});
        if (run.exitCode != 0)
            qFatal("%s", run.errors.constData());
    }
    QString url() const { return node.url().toString(); }

    test::SqldNode node;
};

} // namespace

class tst_ApplyCommand : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_directory;
    QString m_document;

    QString file(const char *name, const QByteArray &content)
    {
        return test::writeFile(m_directory.path(), QString::fromLatin1(name), content);
    }

private slots:
    void initTestCase() { m_document = file("two.yml", twoFlags); }

    void writesADocument()
    {
        const Database database;
        const auto run = test::runCli({apply, database.url(), m_document});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QVERIFY(run.output.contains("checkout"));
        using Rows = QList<QStringList>;
        QCOMPARE(
            test::rows(database.node,
                       QStringLiteral("select key, name, enabled, type from flags order by key")),
            (Rows{{QStringLiteral("checkout"), QStringLiteral("Checkout"), QStringLiteral("1"),
                   QStringLiteral("0")},
                  {QStringLiteral("quiet"), QStringLiteral("Quiet hours"), QStringLiteral("0"),
                   QStringLiteral("1")}}));
        QCOMPARE(
            test::rows(database.node,
                       QStringLiteral("select v.key, v.attachment from variants v order by v.key")),
            (Rows{{QStringLiteral("classic"), QStringLiteral("NULL")},
                  {QStringLiteral("one-page"), QStringLiteral("{\"steps\":1}")}}));
        QCOMPARE(
            test::rows(database.node, QStringLiteral("select r.rank, s.segment_key from rules r "
                                                     "join rule_segments s on s.rule_id=r.id")),
            (Rows{{QStringLiteral("1"), QStringLiteral("beta")}}));
        QCOMPARE(
            test::rows(database.node,
                       QStringLiteral(
                           "select v.key, cast(d.rollout*100+0.5 as integer) from distributions d "
                           "join variants v on v.id=d.variant_id order by d.created_at")),
            (Rows{{QStringLiteral("one-page"), QStringLiteral("3333")},
                  {QStringLiteral("classic"), QStringLiteral("6667")}}));
        QCOMPARE(test::rows(database.node,
                            QStringLiteral("select r.rank, r.type from rollouts r order by rank")),
                 (Rows{{QStringLiteral("1"), QStringLiteral("1")},
                       {QStringLiteral("2"), QStringLiteral("2")}}));
    }

    void applyingTwiceChangesNothing()
    {
        const Database database;
        QCOMPARE(test::runCli({apply, database.url(), m_document}).exitCode, 0);
        const auto stamp = test::rows(database.node, stampQuery);
        QVERIFY(stamp[0][0] != QStringLiteral("NULL"));
        const auto again = test::runCli({apply, database.url(), m_document});
        QCOMPARE(again.exitCode, 0);
        QVERIFY2(again.output.isEmpty(), again.output.constData());
        QCOMPARE(test::rows(database.node, stampQuery), stamp);
    }

    void mergesWithoutReplace()
    {
        const Database database;
        QCOMPARE(test::runCli({apply, database.url(), m_document}).exitCode, 0);
        const QString one =
            file("one.yml",
                 "namespace: default\nflags:\n- key: third\n  name: Third\n  enabled: true\n");
        QCOMPARE(test::runCli({apply, database.url(), one}).exitCode, 0);
        QCOMPARE(flagCount(database.node), QStringLiteral("3"));

        const auto replaced =
            test::runCli({apply, database.url(), one, QStringLiteral("--replace")});
        QVERIFY2(replaced.exitCode == 0, replaced.errors.constData());
        QCOMPARE(test::rows(database.node, QStringLiteral("select key from flags")),
                 (QList<QStringList>{{QStringLiteral("third")}}));
        QCOMPARE(test::rows(database.node, QStringLiteral("select count(*) from segments"))[0][0],
                 QStringLiteral("0"));
    }

    void showsWithoutWriting()
    {
        const Database database;
        const auto dry = test::runCli({apply, database.url(), m_document, dryRun});
        QVERIFY2(dry.exitCode == 0, dry.errors.constData());
        QVERIFY(dry.output.contains("quiet"));
        const auto sql =
            test::runCli({apply, database.url(), m_document, dryRun, QStringLiteral("--sql")});
        QCOMPARE(sql.exitCode, 0);
        QVERIFY2(sql.output.toLower().contains("insert into"), sql.output.constData());
        QCOMPARE(flagCount(database.node), QStringLiteral("0"));
    }

    void exportsBeforeItWrites()
    {
        const Database database;
        QCOMPARE(test::runCli({apply, database.url(), m_document}).exitCode, 0);
        const QString backup = m_directory.filePath(QStringLiteral("before.yml"));
        const QString empty = file("empty.yml", "namespace: default\n");
        const auto run = test::runCli({apply, database.url(), empty, QStringLiteral("--replace"),
                                       QStringLiteral("--backup"), backup});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(flagCount(database.node), QStringLiteral("0"));
        QCOMPARE(test::runCli({apply, database.url(), backup}).exitCode, 0);
        QCOMPARE(test::runCli({QStringLiteral("diff"), database.url(), m_document}).exitCode, 0);
    }

    void aBackupThatCannotBeWrittenStopsEverything()
    {
        const Database database;
        const auto run =
            test::runCli({apply, database.url(), m_document, QStringLiteral("--backup"),
                          QStringLiteral("/nonexistent/before.yml")});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(test::isOneSentence(run.errors), run.errors.constData());
        QCOMPARE(flagCount(database.node), QStringLiteral("0"));
    }

    void warnsOfUnknownKeysAndRefusesThemWhenStrict()
    {
        const Database database;
        const QString odd = file(
            "odd.yml",
            "namespace: default\nflags:\n- key: a\n  name: A\n  enabled: true\n  colour: red\n");
        const auto strict = test::runCli({apply, database.url(), odd, QStringLiteral("--strict")});
        QCOMPARE(strict.exitCode, 2);
        QVERIFY2(strict.errors.contains("colour"), strict.errors.constData());
        QCOMPARE(flagCount(database.node), QStringLiteral("0"));
        const auto lenient = test::runCli({apply, database.url(), odd});
        QCOMPARE(lenient.exitCode, 0);
        QVERIFY2(lenient.errors.contains("colour"), lenient.errors.constData());
        QCOMPARE(flagCount(database.node), QStringLiteral("1"));
    }

    void copiesADatabaseIntoAFile()
    {
        const Database database;
        QCOMPARE(test::runCli({apply, database.url(), m_document}).exitCode, 0);
        const QString copy = m_directory.filePath(QStringLiteral("copy.db"));
        QCOMPARE(test::runCli({QStringLiteral("init"), copy}).exitCode, 0);
        const auto run = test::runCli({apply, copy, database.url(), QStringLiteral("--replace")});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        const auto diff = test::runCli({QStringLiteral("diff"), copy, database.url()});
        QVERIFY2(diff.exitCode == 0, diff.output.constData());
    }

    // What diff prints as JSON is what a change-set file holds.
    void appliesAChangeSetOnceAndNamesTheConflict()
    {
        const QString before = m_directory.filePath(QStringLiteral("before.db"));
        const QString after = m_directory.filePath(QStringLiteral("after.db"));
        for (const QString &path : {before, after})
            QCOMPARE(test::runCli({QStringLiteral("init"), path}).exitCode, 0);
        QCOMPARE(test::runCli({apply, before, m_document}).exitCode, 0);
        QByteArray changed = twoFlags;
        changed.replace("name: Quiet hours", "name: Night");
        QCOMPARE(test::runCli({apply, after, file("night.yml", changed)}).exitCode, 0);
        const auto diff =
            test::runCli({QStringLiteral("diff"), before, after, QStringLiteral("--json")});
        QCOMPARE(diff.exitCode, 1);
        const QString changes = file("night.changes.json",
                                     "{\"format\":\"edgewise.changes\",\"version\":1,\"changes\":["
                                         + diff.lines().join(',') + "]}");

        const auto run = test::runCli({apply, before, changes});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(test::runCli({QStringLiteral("diff"), before, after}).exitCode, 0);

        const auto again = test::runCli({apply, before, changes});
        QCOMPARE(again.exitCode, 3);
        QVERIFY2(again.errors.contains("Night"), again.errors.constData());
        QCOMPARE(test::runCli({QStringLiteral("diff"), before, after}).exitCode, 0);
        const auto broken =
            test::runCli({apply, before, file("no.changes.json", "{\"changes\":7}")});
        QCOMPARE(broken.exitCode, 2);
    }

    void refusesTargetsThatCannotBeWritten_data()
    {
        QTest::addColumn<QStringList>("statements"); // run on a fresh node with the schema
        QTest::newRow("older") << QStringList{
            QStringLiteral("update schema_migrations set version=14")};
        QTest::newRow("much older")
            << QStringList{QStringLiteral("update schema_migrations set version=3")};
        QTest::newRow("newer") << QStringList{
            QStringLiteral("update schema_migrations set version=16")};
        QTest::newRow("dirty") << QStringList{
            QStringLiteral("update schema_migrations set dirty=1")};
    }

    void refusesTargetsThatCannotBeWritten()
    {
        QFETCH(const QStringList, statements);
        const Database database;
        database.node.execute(statements);
        const auto run = test::runCli({apply, database.url(), m_document});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(test::isOneSentence(run.errors), run.errors.constData());
        QCOMPARE(flagCount(database.node), QStringLiteral("0"));
    }

    void refusesATargetWithoutTables()
    {
        const test::SqldNode node;
        const auto run = test::runCli({apply, node.url().toString(), m_document});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(test::isOneSentence(run.errors), run.errors.constData());
        QVERIFY2(run.errors.contains("init"), run.errors.constData()); // what to do
    }

    void refusesAReplicaUnlessTold()
    {
        const Database database;
        const test::SqldNode replica(database.node);
        const QString url = replica.url().toString();
        auto run = test::runCli({apply, url, m_document});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(test::isOneSentence(run.errors), run.errors.constData());
        QVERIFY2(run.errors.contains("replica"), run.errors.constData());
        QCOMPARE(flagCount(database.node), QStringLiteral("0"));
        QCOMPARE(test::runCli({QStringLiteral("init"), url}).exitCode, 2);
        run = test::runCli({apply, url, m_document, QStringLiteral("--through-replica")});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(flagCount(database.node), QStringLiteral("2"));
    }

    void refusesADataDirectory()
    {
        const Database database;
        const auto run = test::runCli({apply, database.node.directory(), m_document});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(test::isOneSentence(run.errors), run.errors.constData());
        QCOMPARE(flagCount(database.node), QStringLiteral("0"));
    }

    void writesNothingOfADocumentThatIsFaulty_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("not YAML") << QByteArray("flags: [\n");
        QTest::newRow("unknown segment")
            << QByteArray("flags:\n- key: a\n  name: A\n  enabled: true\n  variants:\n  - key: v\n "
                          " rules:\n  - segment: nowhere\n");
        QTest::newRow("unknown variant")
            << QByteArray("flags:\n- key: a\n  name: A\n  enabled: true\n  rules:\n  - segment: "
                          "s\n    distributions:\n"
                          "    - variant: nowhere\n      rollout: 100\nsegments:\n- key: s\n  "
                          "name: S\n  match_type: ALL_MATCH_TYPE\n");
        QTest::newRow("newer version") << QByteArray("version: \"9.9\"\nflags: []\n");
    }

    void writesNothingOfADocumentThatIsFaulty()
    {
        QFETCH(const QByteArray, content);
        const Database database;
        const auto run = test::runCli({apply, database.url(), file("faulty.yml", content)});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.errors.startsWith("edgewise-cli: "), run.errors.constData());
        QCOMPARE(flagCount(database.node), QStringLiteral("0"));
    }

    void saysThatTheNodeIsGone()
    {
        Database database;
        database.node.stop();
        const auto run = test::runCli({apply, database.url(), m_document});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(test::isOneSentence(run.errors), run.errors.constData());
    }
};

QTEST_GUILESS_MAIN(tst_ApplyCommand)
#include "tst_applycommand.moc"
