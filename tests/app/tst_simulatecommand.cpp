// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <support/sqldnode.h>
#include <support/testdata.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;

namespace {

/// Half and half of those on plan pro; `share` is what variant "one-page" gets.
QByteArray splitDocument(int share)
{
    return QStringLiteral(R"(namespace: default
flags:
- key: checkout
  name: Checkout
  type: VARIANT_FLAG_TYPE
  enabled: true
  variants:
  - key: one-page
  - key: classic
  rules:
  - segment: pro
    distributions:
    - variant: one-page
      rollout: %1
    - variant: classic
      rollout: %2
- key: quiet
  name: Quiet hours
  type: BOOLEAN_FLAG_TYPE
  enabled: true
segments:
- key: pro
  name: Pro
  match_type: ALL_MATCH_TYPE
  constraints:
  - type: STRING_COMPARISON_TYPE
    property: plan
    operator: eq
    value: pro
)")
        .arg(share)
        .arg(100 - share)
        .toUtf8();
}

const QStringList ofCheckout{QStringLiteral("--namespace"), QStringLiteral("default"),
                             QStringLiteral("--flag"), QStringLiteral("checkout")};

constexpr int peopleCount = 600;

QString personId(int i)
{
    return QStringLiteral("user-%1").arg(i);
}

bool isPro(int i)
{
    return i % 3 != 0;
}

/// Entities as JSON Lines; the same as requests when `nameSpace` is given.
QByteArray people(const QString &nameSpace = {}, const QString &flag = {})
{
    QByteArray lines;
    for (int i = 0; i < peopleCount; ++i) {
        QJsonObject person{{QStringLiteral("entity"), personId(i)},
                           {QStringLiteral("context"),
                            QJsonObject{{QStringLiteral("plan"),
                                         isPro(i) ? QStringLiteral("pro") : QStringLiteral("free")},
                                        {QStringLiteral("team"), QString::number(i % 2)}}}};
        if (!nameSpace.isEmpty()) {
            person[QStringLiteral("kind")] = QStringLiteral("variant");
            person[QStringLiteral("namespace")] = nameSpace;
            person[QStringLiteral("flag")] = flag;
        }
        lines += QJsonDocument(person).toJson(QJsonDocument::Compact) + '\n';
    }
    return lines;
}

QByteArray peopleAsCsv()
{
    QByteArray lines = "entity,plan,team\n";
    for (int i = 0; i < peopleCount; ++i)
        lines += QStringLiteral("%1,%2,%3\n")
                     .arg(personId(i), isPro(i) ? QStringLiteral("pro") : QStringLiteral("free"))
                     .arg(i % 2)
                     .toUtf8();
    return lines;
}

/// What each entity gets, one by one, by the other command.
QMap<QString, QString> served(const QString &source)
{
    const auto run = test::runCli({QStringLiteral("evaluate"), source},
                                  people(QStringLiteral("default"), QStringLiteral("checkout")));
    const auto answers = run.objects();
    if (run.exitCode != 0 || answers.size() != peopleCount)
        qFatal("evaluate failed: %s", run.errors.constData());
    QMap<QString, QString> variants;
    for (int i = 0; i < peopleCount; ++i)
        variants[personId(i)] = answers[i][u"response"][u"variantKey"].toString();
    return variants;
}

QMap<QString, int> countsOf(const QJsonObject &tally)
{
    QMap<QString, int> counts;
    for (const QJsonValue &row : tally[u"counts"].toArray())
        counts[row[u"variant"].toString()] += row[u"count"].toInt();
    return counts;
}

/// The most that a running process has had in memory, in bytes (proc(5): VmHWM).
qint64 peakMemory(qint64 process)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().chopped(3).toLongLong() * 1024;
    }
    return -1;
}

} // namespace

class tst_SimulateCommand : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_directory;
    QString m_before; ///< documents
    QString m_after;

    QString file(const QString &name, const QByteArray &content)
    {
        return test::writeFile(m_directory.path(), name, content);
    }

    static test::RunResult simulate(const QString &source, const QStringList &arguments,
                                    const QByteArray &input = {})
    {
        return test::runCli(
            QStringList{QStringLiteral("simulate"), source} + ofCheckout + arguments, input);
    }

private slots:
    void initTestCase()
    {
        m_before = file(QStringLiteral("before.yml"), splitDocument(50));
        m_after = file(QStringLiteral("after.yml"), splitDocument(20));
    }

    void talliesAsOneByOne_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("CSV") << QStringLiteral("people.csv") << peopleAsCsv();
        QTest::newRow("JSON Lines") << QStringLiteral("people.jsonl") << people();
        QTest::newRow("standard input") << QStringLiteral("-") << people();
    }
    void talliesAsOneByOne()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, content);
        const bool isInput = name == QStringLiteral("-");
        const auto run =
            simulate(m_before,
                     {QStringLiteral("--population"), isInput ? name : file(name, content),
                      QStringLiteral("--by"), QStringLiteral("team"), QStringLiteral("--json")},
                     isInput ? content : QByteArray());
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        const auto objects = run.objects();
        QCOMPARE(objects.size(), 1);
        QMap<QString, int> expected;
        const auto variants = served(m_before);
        for (const QString &variant : variants)
            ++expected[variant];
        QCOMPARE(expected.size(), 3);
        QCOMPARE(countsOf(objects[0]), expected);
        QCOMPARE(objects[0][u"entities"].toInt(), peopleCount);
        QCOMPARE(objects[0][u"malformed"].toInt(), 0);
        const QJsonArray teams = objects[0][u"values"].toArray();
        QCOMPARE(teams.size(), 2);
        QCOMPARE(teams[0][u"entities"].toInt() + teams[1][u"entities"].toInt(), peopleCount);
    }

    void reportsForPeople()
    {
        const QString csv = file(QStringLiteral("people.csv"), peopleAsCsv());
        const auto run = simulate(m_before, {QStringLiteral("--population"), csv});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QVERIFY2(run.errors.isEmpty(), "progress belongs on a terminal");
        const auto lines = run.lines();
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines[0], QByteArray("Flag checkout in default, 600 entities:"));
        QVERIFY2(run.output.contains("  33.33 %  200  none      no rule matches\n"),
                 run.output.constData());
        QVERIFY2(run.output.contains("one-page  rule 1\n"), run.output.constData());
    }

    void movesAsOneByOne()
    {
        const QString csv = file(QStringLiteral("people.csv"), peopleAsCsv());
        const QStringList arguments{QStringLiteral("--population"), csv,
                                    QStringLiteral("--against"), m_after};
        const auto run = simulate(m_before, arguments + QStringList{QStringLiteral("--json")});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        auto objects = run.objects();
        const QJsonObject summary = objects.takeLast();

        const auto before = served(m_before);
        const auto after = served(m_after);
        QStringList expected;
        QMap<QString, int> cells;
        for (int i = 0; i < peopleCount; ++i) {
            const QString id = personId(i);
            ++cells[before[id] + u'>' + after[id]];
            if (before[id] != after[id])
                expected.append(id + u' ' + before[id] + u'>' + after[id]);
        }
        QVERIFY(expected.size() > 50);
        QStringList moves;
        for (const QJsonObject &move : objects) {
            moves.append(move[u"entity"].toString() + u' ' + move[u"before"][u"variant"].toString()
                         + u'>' + move[u"after"][u"variant"].toString());
            QCOMPARE(move[u"before"][u"decidedBy"].toInt(-1), 0);
        }
        QCOMPARE(moves, expected);
        QCOMPARE(summary[u"moved"].toInt(), int(expected.size()));
        QMap<QString, int> matrix;
        for (const QJsonValue &cell : summary[u"matrix"].toArray())
            matrix[cell[u"before"][u"variant"].toString() + u'>'
                   + cell[u"after"][u"variant"].toString()] += cell[u"count"].toInt();
        QCOMPARE(matrix, cells);

        const auto report = simulate(
            m_before, arguments + QStringList{QStringLiteral("--moves"), QStringLiteral("3")});
        QVERIFY2(report.output.contains("one-page -> classic"), report.output.constData());
        QVERIFY2(
            report.output.contains(QStringLiteral("and %1 more").arg(expected.size() - 3).toUtf8()),
            report.output.constData());
        // Nobody moves between a state and itself.
        const auto same =
            simulate(m_before, {QStringLiteral("--population"), csv, QStringLiteral("--against"),
                                m_before, QStringLiteral("--json")});
        QCOMPARE(same.objects().size(), 1);
        QCOMPARE(same.objects()[0][u"moved"].toInt(-1), 0);
    }

    void aFlagThatOneSideLacksIsMissingThere()
    {
        const QString empty =
            file(QStringLiteral("empty.yml"), "namespace: default\nflags: []\nsegments: []\n");
        const auto run = simulate(m_before, {QStringLiteral("--entities"), QStringLiteral("100"),
                                             QStringLiteral("--against"), empty});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QVERIFY2(run.output.contains("none -> missing"), run.output.constData());
    }

    void generatesBySeed()
    {
        const QString plan = file(QStringLiteral("plan.json"), R"({"count":20000,"seed":7,
            "ids":{"form":"pattern","pattern":"user-{n}"},
            "attributes":[{"name":"plan","choice":[{"value":"pro"},{"value":"free"}]}]})");
        const QStringList arguments{QStringLiteral("--population"), plan, QStringLiteral("--json")};
        const auto first = simulate(m_before, arguments);
        QVERIFY2(first.exitCode == 0, first.errors.constData());
        QCOMPARE(simulate(m_before, arguments).output, first.output);
        const QStringList other{QStringLiteral("--seed"), QStringLiteral("8")};
        QVERIFY(simulate(m_before, arguments + other).output != first.output);
        const auto counts = countsOf(first.objects()[0]);
        QVERIFY(std::abs(counts[QString()] - 10000) < 500); // seven standard deviations
        QVERIFY(std::abs(counts[QStringLiteral("one-page")] - 5000) < 500);
        const auto bare = simulate(m_before, {QStringLiteral("--entities"), QStringLiteral("5000"),
                                              QStringLiteral("--json")});
        QCOMPARE(countsOf(bare.objects()[0]), (QMap<QString, int>{{QString(), 5000}}));
    }

    void passesOverMalformedRows()
    {
        QByteArray lines = "{\"entity\":\"a\",\"context\":{\"plan\":\"pro\"}}\nnot json\n";
        lines += "{\"entity\":1}\n{\"entity\":\"b\"}\n";
        lines += "{\"entity\":\"" + QByteArray(10'000'000, 'x') + "\"}\n";
        const auto run = simulate(
            m_before,
            {QStringLiteral("--population"), QStringLiteral("-"), QStringLiteral("--json")}, lines);
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        const QJsonObject tally = run.objects()[0];
        QCOMPARE(tally[u"entities"].toInt(), 3);
        QCOMPARE(tally[u"malformed"].toInt(), 2);
        QCOMPARE(tally[u"malformedRows"][0][u"line"].toInt(), 2);
        QVERIFY2(run.errors.contains("standard input, line 2, was passed over"),
                 run.errors.constData());
    }

    void queriesADatabase()
    {
        const test::SqldNode node;
        const QString url = node.url().toString();
        QCOMPARE(test::runCli({QStringLiteral("init"), url}).exitCode, 0);
        QCOMPARE(test::runCli({QStringLiteral("apply"), url, m_before}).exitCode, 0);
        node.execute({QStringLiteral("create table people(plan text, id, team text)")});
        QStringList inserts;
        for (int i = 0; i < peopleCount; ++i)
            inserts.append(QStringLiteral("insert into people values('%1','%2','%3')")
                               .arg(isPro(i) ? QStringLiteral("pro") : QStringLiteral("free"),
                                    personId(i), QString::number(i % 2)));
        inserts.append(QStringLiteral("insert into people values('pro', null, '1')"));
        node.execute(inserts);
        const QString query = file(QStringLiteral("people.sql"),
                                   "-- everybody\nWITH p AS (SELECT * FROM people) SELECT * FROM p "
                                   "ORDER BY id;\n");
        QMap<QString, int> expected;
        for (const QString &variant : served(m_before))
            ++expected[variant];
        const auto fromFile =
            simulate(url, {QStringLiteral("--population"), query, QStringLiteral("--json")});
        QVERIFY2(fromFile.exitCode == 0, fromFile.errors.constData());
        QCOMPARE(countsOf(fromFile.objects()[0]), expected);
        const auto run = simulate(
            m_before, {QStringLiteral("--query"), QStringLiteral("SELECT * FROM people -- all"),
                       QStringLiteral("--query-from"), url, QStringLiteral("--json")});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(countsOf(run.objects()[0]), expected);
        QCOMPARE(run.objects()[0][u"malformed"].toInt(), 1);

        const int before = test::rows(node, QStringLiteral("select * from people")).size();
        for (const QString &faulty :
             {QStringLiteral("DELETE FROM people"), QStringLiteral("1); DELETE FROM people; --"),
              QStringLiteral("SELECT nothing FROM nowhere"),
              QStringLiteral("SELECT * FROM authentications")}) {
            const auto refused = simulate(url, {QStringLiteral("--query"), faulty});
            QCOMPARE(refused.exitCode, 2);
            QVERIFY2(test::isOneSentence(refused.errors), refused.errors.constData());
        }
        QCOMPARE(test::rows(node, QStringLiteral("select * from people")).size(), before);
    }

    void refusesWhatItCannotDo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no population") << QStringList();
        QTest::newRow("two populations")
            << QStringList{QStringLiteral("--entities"), QStringLiteral("5"),
                           QStringLiteral("--population"), QStringLiteral("a.csv")};
        QTest::newRow("negative") << QStringList{QStringLiteral("--entities"),
                                                 QStringLiteral("-5")};
        QTest::newRow("no file") << QStringList{QStringLiteral("--population"),
                                                QStringLiteral("/nonexistent/a.csv")};
        QTest::newRow("folder") << QStringList{QStringLiteral("--population"),
                                               QStringLiteral("/tmp")};
        QTest::newRow("suffix") << QStringList{QStringLiteral("--population"),
                                               QStringLiteral("/dev/null")};
        QTest::newRow("query of a document")
            << QStringList{QStringLiteral("--query"), QStringLiteral("SELECT 1")};
        QTest::newRow("no such flag")
            << QStringList{QStringLiteral("--entities"), QStringLiteral("5"),
                           QStringLiteral("--flag"), QStringLiteral("nowhere")};
        QTest::newRow("no such other source")
            << QStringList{QStringLiteral("--entities"), QStringLiteral("5"),
                           QStringLiteral("--against"), QStringLiteral("/nonexistent/a.yml")};
        QTest::newRow("by and against") << QStringList{
            QStringLiteral("--entities"), QStringLiteral("5"),    QStringLiteral("--against"),
            QStringLiteral("a.yml"),      QStringLiteral("--by"), QStringLiteral("plan")};
    }
    void refusesWhatItCannotDo()
    {
        QFETCH(QStringList, arguments);
        if (!arguments.contains(QStringLiteral("--flag")))
            arguments << QStringLiteral("--flag") << QStringLiteral("checkout");
        arguments = QStringList{QStringLiteral("simulate"), m_before, QStringLiteral("--namespace"),
                                QStringLiteral("default")}
                    + arguments;
        const auto run = test::runCli(arguments);
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.output.isEmpty());
        QVERIFY(!run.errors.isEmpty());
    }

    // Ten million entities need no more memory than a thousand: what has been read is forgotten.
    void needsLittleMemory()
    {
        constexpr int blocks = 50;
        const QByteArray line = "{\"entity\":\"user\",\"context\":{\"plan\":\"pro\",\"text\":\""
                                + QByteArray(1000, 'x') + "\"}}\n";
        const QByteArray block = line.repeated(2000);
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        // Freed memory would be kept by the sanitizer.
        environment.insert(QStringLiteral("ASAN_OPTIONS"),
                           environment.value(QStringLiteral("ASAN_OPTIONS"))
                               + QStringLiteral(":quarantine_size_mb=8"));
        process.setProcessEnvironment(environment);
        process.start(test::cliProgram(),
                      QStringList{QStringLiteral("simulate"), m_before} + ofCheckout
                          + QStringList{QStringLiteral("--population"), QStringLiteral("-"),
                                        QStringLiteral("--json")});
        QVERIFY(process.waitForStarted());
        qint64 early = 0;
        for (int i = 0; i < blocks; ++i) {
            process.write(block);
            QTRY_COMPARE_WITH_TIMEOUT(process.bytesToWrite(), 0, 30000);
            if (i == 4)
                early = peakMemory(process.processId());
        }
        const qint64 late = peakMemory(process.processId());
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(30000));
        const QJsonObject tally = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        QCOMPARE(tally[u"entities"].toInt(), blocks * 2000);
        QVERIFY(early > 0);
        QVERIFY2(late - early < 40'000'000, QByteArray::number(late - early).constData());
    }
};

QTEST_GUILESS_MAIN(tst_SimulateCommand)
#include "tst_simulatecommand.moc"
