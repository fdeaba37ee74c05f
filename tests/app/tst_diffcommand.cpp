// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <support/sqldnode.h>

#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;

namespace {

const QString diff = QStringLiteral("diff");
const QString rowsOption = QStringLiteral("--rows");
const QByteArray oneFlag = "namespace: default\nflags:\n- key: a\n  name: A\n  enabled: true\n";

// Two nodes that have nothing to do with each other, each with Flipt's schema.
struct TwoNodes {
    TwoNodes()
    {
        for (const QString &url : {a(), b()})
            if (test::runCli({QStringLiteral("init"), url}).exitCode != 0)
                qFatal("init failed");
    }
    QString a() const { return first.url().toString(); }
    QString b() const { return second.url().toString(); }

    test::SqldNode first;
    test::SqldNode second;
};

} // namespace

class tst_DiffCommand : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_directory;

private slots:
    void comparesWhatFliptAnswers()
    {
        const TwoNodes nodes;
        const QString document =
            test::writeFile(m_directory.path(), QStringLiteral("a.yml"), oneFlag);
        for (const QString &url : {nodes.a(), nodes.b()}) // ids and times differ
            QCOMPARE(test::runCli({QStringLiteral("apply"), url, document}).exitCode, 0);
        const auto equal = test::runCli({diff, nodes.a(), nodes.b()});
        QVERIFY2(equal.exitCode == 0, QByteArray(equal.output + equal.errors).constData());
        QVERIFY(equal.output.isEmpty());
        QCOMPARE(test::runCli({diff, nodes.a(), document}).exitCode, 0);

        nodes.second.execute({QStringLiteral("update flags set name='Another'")});
        const auto different = test::runCli({diff, nodes.a(), nodes.b()});
        QCOMPARE(different.exitCode, 1);
        QVERIFY2(different.output.contains("Another"), different.output.constData());
        QVERIFY(different.errors.isEmpty());

        const auto json = test::runCli({diff, nodes.a(), nodes.b(), QStringLiteral("--json")});
        QCOMPARE(json.exitCode, 1);
        QVERIFY(!json.objects().isEmpty());
        QVERIFY(json.output.contains("Another"));
    }

    void comparesRows()
    {
        const test::SqldNode primary;
        const test::SqldNode replica(primary);
        const QString p = primary.url().toString(), r = replica.url().toString();
        QCOMPARE(test::runCli({QStringLiteral("init"), p}).exitCode, 0);
        const QString document =
            test::writeFile(m_directory.path(), QStringLiteral("a.yml"), oneFlag);
        QCOMPARE(test::runCli({QStringLiteral("apply"), p, document}).exitCode, 0);
        test::RunResult run;
        QTRY_VERIFY2_WITH_TIMEOUT((run = test::runCli({diff, p, r, rowsOption})).exitCode == 0,
                                  QByteArray(run.output + run.errors).constData(), 30000);
    }

    void namesEachRowThatDiffers()
    {
        const TwoNodes nodes;
        for (const auto *node : {&nodes.first, &nodes.second})
            node->execute({QStringLiteral("create table t(id integer primary key, v text, b blob)"),
                           QStringLiteral(
                               "insert into t values (1,'a',x'00'), (2,'b',null), (3,'c',x'01')")});
        const QStringList table{QStringLiteral("--table"), QStringLiteral("t")};
        QCOMPARE(test::runCli(QStringList{diff, nodes.a(), nodes.b(), rowsOption} + table).exitCode,
                 0);

        nodes.second.execute({QStringLiteral("update t set v='B' where id=2"),
                              QStringLiteral("delete from t where id=3"),
                              QStringLiteral("insert into t values (4,'d',null)")});
        const auto run = test::runCli(
            QStringList{diff, nodes.a(), nodes.b(), rowsOption, QStringLiteral("--json")} + table);
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(run.objects().size(), 3);
        for (const QJsonObject &row : run.objects())
            QCOMPARE(row[u"table"].toString(), QStringLiteral("t"));
        const auto text = test::runCli(QStringList{diff, nodes.a(), nodes.b(), rowsOption} + table);
        QCOMPARE(text.exitCode, 1);
        QCOMPARE(text.lines().size(), 3);
    }

    void keysATableByItsUniqueIndex()
    {
        const TwoNodes nodes;
        for (const auto *node : {&nodes.first, &nodes.second})
            node->execute({QStringLiteral("create table u(a text, b text, v text)"),
                           QStringLiteral("create unique index u_ab on u(a, b)")});
        // Inserted in another order: the same rows all the same.
        nodes.first.execute({QStringLiteral("insert into u values ('x','1','v'), ('y','2','w')")});
        nodes.second.execute({QStringLiteral("insert into u values ('y','2','w'), ('x','1','v')")});
        const QStringList arguments{
            diff, nodes.a(), nodes.b(), rowsOption, QStringLiteral("--table"), QStringLiteral("u")};
        const auto equal = test::runCli(arguments);
        QVERIFY2(equal.exitCode == 0, QByteArray(equal.output + equal.errors).constData());
        nodes.second.execute({QStringLiteral("update u set v='z' where a='y'")});
        QCOMPARE(test::runCli(arguments).exitCode, 1);
    }

    void noticesATableOnOneSideAlone()
    {
        const TwoNodes nodes;
        nodes.first.execute({QStringLiteral("create table only_here(id integer primary key)")});
        const auto run = test::runCli({diff, nodes.a(), nodes.b(), rowsOption});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.output.contains("only_here"), run.output.constData());
    }

    void namesAnUnknownTable()
    {
        const TwoNodes nodes;
        const auto run = test::runCli({diff, nodes.a(), nodes.b(), rowsOption,
                                       QStringLiteral("--table"), QStringLiteral("nowhere")});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(test::isOneSentence(run.errors), run.errors.constData());
    }

    void neverShowsTokenHashes()
    {
        const TwoNodes nodes;
        nodes.first.execute(
            {QStringLiteral("insert into authentications(id, hashed_client_token, method, "
                            "metadata) values ('1','s3cr3t-hash',1,'{}')")});
        nodes.second.execute(
            {QStringLiteral("insert into authentications(id, hashed_client_token, method, "
                            "metadata) values ('1','an0ther-hash',1,'{}')")});
        const auto run = test::runCli({diff, nodes.a(), nodes.b(), rowsOption});
        QVERIFY(!run.output.contains("s3cr3t-hash") && !run.output.contains("an0ther-hash"));
    }
};

QTEST_GUILESS_MAIN(tst_DiffCommand)
#include "tst_diffcommand.moc"
