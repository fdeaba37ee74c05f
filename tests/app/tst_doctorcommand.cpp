// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <support/sqldnode.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;

namespace {

const QByteArray sound = R"(version: "1.4"
namespace: default
flags:
- key: tied
  name: Tied
  type: VARIANT_FLAG_TYPE
  enabled: true
  variants:
  - key: a
  - key: b
  - key: c
  rules:
  - segment: everyone
    distributions:
    - variant: c
      rollout: 20
    - variant: a
      rollout: 50
    - variant: b
      rollout: 30
- key: ranked
  name: Ranked
  type: VARIANT_FLAG_TYPE
  enabled: true
  variants:
  - key: a
  - key: b
  - key: c
  rules:
  - segment: one
    distributions:
    - variant: a
      rollout: 100
  - segment: everyone
    distributions:
    - variant: b
      rollout: 100
  - segment: everyone
    distributions:
    - variant: c
      rollout: 100
- key: links
  name: Links
  type: VARIANT_FLAG_TYPE
  enabled: true
  variants:
  - key: a
  - key: b
  rules:
  - segment:
      keys:
      - one
      - two
      operator: AND_SEGMENT_OPERATOR
    distributions:
    - variant: a
      rollout: 100
  - segment: two
    distributions:
    - variant: b
      rollout: 100
- key: quiet
  name: Quiet
  type: BOOLEAN_FLAG_TYPE
  enabled: false
  rollouts:
  - segment:
      key: one
      value: true
  - threshold:
      percentage: 50
      value: true
- key: negative
  name: Negative
  type: BOOLEAN_FLAG_TYPE
  enabled: false
  rollouts:
  - threshold:
      percentage: 100
      value: true
- key: texts
  name: Texts
  type: VARIANT_FLAG_TYPE
  enabled: true
  variants:
  - default: true
    key: a
  - key: b
- key: typed
  name: Typed
  type: VARIANT_FLAG_TYPE
  enabled: true
  variants:
  - key: a
  rules:
  - segment: three
    distributions:
    - variant: a
      rollout: 100
- key: seven
  name: Seven
  type: BOOLEAN_FLAG_TYPE
  enabled: true
  rollouts:
  - threshold:
      percentage: 100
      value: true
segments:
- key: everyone
  name: Everyone
  match_type: ALL_MATCH_TYPE
- key: one
  name: One
  match_type: ALL_MATCH_TYPE
  constraints:
  - type: STRING_COMPARISON_TYPE
    property: plan
    operator: eq
    value: one
- key: two
  name: Two
  match_type: ALL_MATCH_TYPE
  constraints:
  - type: STRING_COMPARISON_TYPE
    property: plan
    operator: prefix
    value: o
- key: three
  name: Three
  match_type: ALL_MATCH_TYPE
  constraints:
  - type: NUMBER_COMPARISON_TYPE
    property: age
    operator: lt
    value: "30"
---
namespace: other
)";

/// What other tools, crashes and hands on the database leave behind.
const QStringList faults{
    QStringLiteral("PRAGMA foreign_keys = OFF"),
    QStringLiteral("UPDATE distributions SET created_at = '2026-11-24 21:30:33.5+00:00' WHERE "
                   "rule_id IN (SELECT id FROM rules WHERE flag_key = 'tied')"),
    QStringLiteral("UPDATE rules SET rank = 4 WHERE flag_key = 'ranked' AND rank > 1"),
    QStringLiteral("DELETE FROM segments WHERE key = 'two'"),
    QStringLiteral("UPDATE flags SET default_variant_id = 'nothing' WHERE key = 'links'"),
    QStringLiteral(
        "INSERT INTO distributions (id, rule_id, variant_id, rollout, created_at) SELECT "
        "'d-lost', id, 'v-lost', 50, '2020-01-01 00:00:00+00:00' FROM rules WHERE "
        "flag_key = 'links' AND rank = 1"),
    QStringLiteral("INSERT INTO rules (id, flag_key, rank) VALUES ('r-empty', 'links', 7)"),
    QStringLiteral("UPDATE rollouts SET type = 1 WHERE flag_key = 'quiet' AND rank = 2"),
    QStringLiteral("INSERT INTO rollouts (id, namespace_key, flag_key, type, description, rank) "
                   "VALUES ('o-empty', 'default', 'quiet', 2, '', 2)"),
    QStringLiteral("UPDATE rollouts SET rank = -4 WHERE flag_key = 'negative'"),
    QStringLiteral("UPDATE variants SET attachment = '{oops' WHERE flag_key = 'texts' AND key = "
                   "'a'"),
    QStringLiteral("UPDATE variants SET attachment = '' WHERE flag_key = 'texts' AND key = 'b'"),
    QStringLiteral("UPDATE flags SET metadata = '[1]' WHERE key = 'texts'"),
    QStringLiteral("UPDATE constraints SET type = 9 WHERE segment_key = 'three'"),
    QStringLiteral("UPDATE flags SET type = 7 WHERE key = 'seven'"),
    QStringLiteral("INSERT INTO variants (id, flag_key, key, name, description) VALUES ('v-alone', "
                   "'gone', 'k', '', '')"),
    QStringLiteral("INSERT INTO rule_segments VALUES ('r-gone', 'default', 'one')"),
    QStringLiteral("UPDATE namespaces SET state_modified_at = '2020-01-01 00:00:00+00:00' WHERE "
                   "key = 'default'"),
    QStringLiteral("UPDATE namespaces SET state_modified_at = '2026-11-24T21:30:33Z' WHERE key = "
                   "'other'"),
};

const QSet<QString> expectedCodes{
    QStringLiteral("bucket-order-tied"),
    QStringLiteral("rank-tied"),
    QStringLiteral("rank-taken"),
    QStringLiteral("segment-unknown"),
    QStringLiteral("default-variant-unknown"),
    QStringLiteral("variant-unknown"),
    QStringLiteral("segments-empty"),
    QStringLiteral("rollout-type-mismatch"),
    QStringLiteral("rollout-without-rule"),
    QStringLiteral("rank-negative"),
    QStringLiteral("attachment-not-json"),
    QStringLiteral("metadata-not-object"),
    QStringLiteral("constraint-type-unknown"),
    QStringLiteral("flag-type-unknown"),
    QStringLiteral("orphan-row"),
    QStringLiteral("stamp-stale"),
    QStringLiteral("stamp-unreadable"),
};

/// A database of one kind or the other, with Flipt's schema.
class Target {
public:
    explicit Target(bool isNode)
    {
        if (isNode)
            m_node = std::make_unique<test::SqldNode>();
        const auto run = test::runCli({QStringLiteral("init"), address()});
        if (run.exitCode != 0)
            qFatal("%s", run.errors.constData());
    }

    QString address() const
    {
        return m_node ? m_node->url().toString() : m_folder.filePath(QStringLiteral("flipt.db"));
    }
    test::SqldNode *node() { return m_node.get(); }

    void execute(const QStringList &statements)
    {
        if (m_node) {
            const QByteArray answer = m_node->execute(statements);
            if (answer.contains("\"type\":\"error\""))
                qFatal("%s", answer.constData());
            return;
        }
        const QString name = QStringLiteral("faults");
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
            database.setDatabaseName(address());
            if (!database.open())
                qFatal("no database");
            for (const QString &statement : statements) {
                QSqlQuery query(database);
                if (!query.exec(statement))
                    qFatal("%s", qPrintable(query.lastError().text()));
            }
        }
        QSqlDatabase::removeDatabase(name);
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<test::SqldNode> m_node;
};

const QString doctor = QStringLiteral("doctor");
const QString json = QStringLiteral("--json");
const QString repair = QStringLiteral("--repair");

QByteArray request(const char *kind, const char *flag, int entity, const QByteArray &context)
{
    return QByteArray("{\"kind\":\"") + kind + "\",\"namespace\":\"default\",\"flag\":\"" + flag
           + "\",\"entity\":\"e" + QByteArray::number(entity) + "\",\"context\":{" + context
           + "}}\n";
}

/// Answers of the flags whose faults evaluation does not see, then of those that fail by them.
QByteArray requestsFor(std::initializer_list<const char *> variantFlags,
                       std::initializer_list<const char *> booleanFlags)
{
    QByteArray requests;
    for (int entity = 0; entity < 60; ++entity) {
        const QByteArray context =
            entity % 2 ? "\"plan\":\"one\",\"age\":\"20\"" : "\"plan\":\"other\",\"age\":\"40\"";
        for (const char *flag : variantFlags)
            requests += request("variant", flag, entity, context);
        for (const char *flag : booleanFlags)
            requests += request("boolean", flag, entity, context);
    }
    return requests;
}

QByteArray answers(const QString &source, const QByteArray &requests)
{
    const auto run = test::runCli(
        {QStringLiteral("evaluate"), source, QStringLiteral("--requests"), QStringLiteral("-")},
        requests);
    if (run.exitCode != 0)
        qFatal("%s", run.errors.constData());
    return run.output;
}

QSet<QString> codesOf(const test::RunResult &run)
{
    QSet<QString> codes;
    for (const QJsonObject &finding : run.objects())
        codes.insert(finding[QStringLiteral("code")].toString());
    return codes;
}

} // namespace

class tst_DoctorCommand : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_directory;
    QString m_sound;

    QString path(const char *name) const { return m_directory.filePath(QLatin1StringView(name)); }

private slots:
    void initTestCase()
    {
        m_sound = test::writeFile(m_directory.path(), QStringLiteral("sound.yml"), sound);
    }

    void makesADatabaseGood_data()
    {
        QTest::addColumn<bool>("isNode");
        QTest::newRow("node") << true;
        QTest::newRow("file") << false;
    }
    void makesADatabaseGood()
    {
        QFETCH(bool, isNode);
        Target target(isNode);
        auto run = test::runCli({doctor, target.address()});
        QCOMPARE(run.exitCode, 0);
        run = test::runCli({QStringLiteral("apply"), target.address(), m_sound});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        run = test::runCli({doctor, target.address(), json});
        QVERIFY2(run.exitCode == 0, run.output.constData());
        QCOMPARE(run.output, QByteArray());

        target.execute(faults);
        const QByteArray unseen = requestsFor({"tied", "ranked", "links"}, {"quiet"});
        const QByteArray failing = requestsFor({"texts", "typed"}, {"negative", "seven"});
        const QByteArray before = answers(target.address(), unseen);
        QVERIFY(!before.contains("\"status\":4") && !before.contains("\"status\":5"));
        QVERIFY(!answers(target.address(), failing).contains("\"status\":200"));

        const QString file = path(isNode ? "node.changes.json" : "file.changes.json");
        run = test::runCli({doctor, target.address(), json, repair, file});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(codesOf(run), expectedCodes);
        for (const QJsonObject &finding : run.objects()) {
            QVERIFY(!finding[QStringLiteral("message")].toString().isEmpty());
            QVERIFY(finding[QStringLiteral("repair")].isString());
        }
        const auto lines = test::runCli({doctor, target.address()}).lines();
        QCOMPARE(lines.size(), run.objects().size());
        QVERIFY(lines.join('\n').contains("flag ranked in default, rule 3: "));

        if (isNode) { // the same from the server's own directory, in which nothing is written
            target.node()->stop();
            const auto still = test::runCli({doctor, target.node()->directory(), json});
            QCOMPARE(still.exitCode, 1);
            QCOMPARE(codesOf(still), expectedCodes);
            target.node()->start();
        }

        run = test::runCli({QStringLiteral("apply"), target.address(), file});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QVERIFY(run.output.contains("- orphaned variant"));
        run = test::runCli({doctor, target.address(), json});
        QVERIFY2(run.exitCode == 0, run.output.constData());
        QCOMPARE(answers(target.address(), unseen), before);
        const QByteArray after = answers(target.address(), failing);
        QVERIFY(!after.contains("\"status\":4") && !after.contains("\"status\":5"));
        // What evaluation never reads is exported again as well.
        run = test::runCli({QStringLiteral("export"), target.address()});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        // Once more is too late: the faults are not there any more.
        run = test::runCli({QStringLiteral("apply"), target.address(), file});
        QCOMPARE(run.exitCode, 3);
    }

    void saysWhatNoChangeSetCanDo()
    {
        Target target(false);
        QCOMPARE(test::runCli({QStringLiteral("apply"), target.address(), m_sound}).exitCode, 0);
        target.execute({QStringLiteral("UPDATE flags SET enabled = 'maybe' WHERE key = 'tied'"),
                        QStringLiteral("INSERT INTO segments (key, name, description, "
                                       "namespace_key) VALUES ('far', 'Far', '', 'other')"),
                        QStringLiteral("UPDATE rule_segments SET namespace_key = 'other', "
                                       "segment_key = 'far' WHERE segment_key = 'one'"),
                        QStringLiteral("UPDATE namespaces SET state_modified_at = "
                                       "'2999-01-01 00:00:00+00:00'")});
        const QString file = path("unable.changes.json");
        const auto run = test::runCli({doctor, target.address(), json, repair, file});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(codesOf(run),
                 (QSet<QString>{QStringLiteral("storage-type"), QStringLiteral("link-outside"),
                                QStringLiteral("segment-unknown")}));
        for (const QJsonObject &finding : run.objects())
            QVERIFY(finding[QStringLiteral("repair")].isNull());
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY(QJsonDocument::fromJson(written.readAll())[QStringLiteral("changes")]
                    .toArray()
                    .isEmpty());
        // A migration that somebody broke off is one too.
        target.execute({QStringLiteral("UPDATE schema_migrations SET dirty = 1")});
        QVERIFY(codesOf(test::runCli({doctor, target.address(), json}))
                    .contains(QStringLiteral("schema")));
    }

    void makesADocumentGood()
    {
        QByteArray faulty = sound;
        faulty.replace("  - segment: three\n", "  - segment: gone\n");
        const QString document =
            test::writeFile(m_directory.path(), QStringLiteral("faulty.yml"), faulty);
        const QString file = path("document.changes.json");
        auto run = test::runCli({doctor, document, json, repair, file});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(codesOf(run), QSet<QString>{QStringLiteral("segment-unknown")});
        const QString backup = path("before.yml");
        run = test::runCli(
            {QStringLiteral("apply"), document, file, QStringLiteral("--backup"), backup});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        run = test::runCli({doctor, document});
        QVERIFY2(run.exitCode == 0, run.output.constData());
        QCOMPARE(test::runCli({doctor, backup}).exitCode, 1);
        QCOMPARE(test::runCli({doctor, m_sound}).exitCode, 0);
    }

    void refusesWhatItCannotUse()
    {
        const auto name = test::runCli({doctor, m_sound, repair, path("fix.json")});
        QCOMPARE(name.exitCode, 2);
        QVERIFY(test::isOneSentence(name.errors));
        QVERIFY(!QFile::exists(path("fix.json")));
        QCOMPARE(test::runCli({doctor, path("nowhere.db")}).exitCode, 2);
        QCOMPARE(test::runCli(
                     {doctor, m_sound, repair, QStringLiteral("/proc/nowhere/fix.changes.json")})
                     .exitCode,
                 2);
    }
};

QTEST_GUILESS_MAIN(tst_DoctorCommand)
#include "tst_doctorcommand.moc"
