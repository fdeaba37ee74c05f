// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/evaluate.h>
#include <models/movementmodel.h>
#include <models/populationwork.h>
#include <models/shares.h>
#include <support/constants.h>

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::MovementModel;
using test::defaultNamespace;

namespace {

const evaluation::FlagAddress address{defaultNamespace, FlagKey(u"new-checkout"_qs)};

models::ProgramPointer program(double first, double second)
{
    flags::Flag flag;
    flag.key = address.flag;
    flag.enabled = true;
    flag.variants = {{VariantId(u"v1"_qs), u"control"_qs, {}, {}, {}, {}},
                     {VariantId(u"v2"_qs), u"one-page"_qs, {}, {}, {}, {}}};
    flag.rules = {{RuleId(u"r1"_qs),
                   1,
                   flags::OrOperator,
                   {SegmentKey(u"pros"_qs)},
                   {{DistributionId(u"d1"_qs), VariantId(u"v2"_qs), first, {}},
                    {DistributionId(u"d2"_qs), VariantId(u"v1"_qs), second, {}}},
                   {}}};
    flags::Segment pros;
    pros.key = SegmentKey(u"pros"_qs);
    pros.constraints = {{{}, flags::StringConstraint, u"plan"_qs, u"eq"_qs, u"pro"_qs, {}, {}}};
    flags::Namespace nameSpace;
    nameSpace.key = defaultNamespace;
    nameSpace.flags = {std::make_shared<const flags::Flag>(flag)};
    nameSpace.segments = {std::make_shared<const flags::Segment>(pros)};
    return evaluation::compile({{std::make_shared<const flags::Namespace>(std::move(nameSpace))}});
}

models::PopulationSource numbered(qint64 count)
{
    models::PopulationSource source;
    source.plan.count = count;
    source.plan.ids = {evaluation::EntityIds::Form::Pattern, 1, u"user-{n}"_qs};
    source.plan.attributes = {
        {u"plan"_qs, 0, evaluation::Choice{{{u"pro"_qs, 1}, {u"free"_qs, 1}}}}};
    return source;
}

models::ProgressPointer progress()
{
    return std::make_shared<models::JobProgress>();
}

/// What one entity of the CSV file below is served.
QString served(const models::ProgramPointer &program, const std::string &id, bool isPro)
{
    const evaluation::Property property{"plan", isPro ? "pro" : "free"};
    evaluation::Outcome outcome;
    evaluate(*program,
             {evaluation::Request::Kind::ByFlag, "default", "new-checkout", id, {&property, 1}},
             outcome);
    return models::answerName(answerKey(outcome));
}

} // namespace

class TestPopulationWork : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;

    QString write(const QString &name, const QByteArray &text)
    {
        QFile file(m_directory.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("the file cannot be written");
        return file.fileName();
    }
    static QByteArray contents(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    // Each cell against an evaluation of each entity on its own.
    void cellsAreBruteForce()
    {
        const auto before = program(50, 50);
        const auto after = program(60, 30);
        QByteArray csv = "id,plan\n";
        std::map<std::pair<QString, QString>, QStringList> expected;
        for (int i = 0; i < 5000; ++i) {
            const std::string id = "user-" + std::to_string(i);
            const bool isPro = i % 3 == 0;
            csv += QByteArray::fromStdString(id) + (isPro ? ",pro\n" : ",free\n");
            expected[{served(before, id, isPro), served(after, id, isPro)}].append(
                QString::fromStdString(id));
        }
        models::PopulationSource source;
        source.file = write(u"users.csv"_qs, csv);
        const auto answer = models::movement(before, after, {}, source, progress());
        QVERIFY(answer);
        QCOMPARE(answer->movement.entities, 5000);
        QCOMPARE(answer->movement.flags.size(), size_t(1));
        MovementModel model;
        QAbstractItemModelTester tester(&model);
        model.setMovement(answer->movement.flags.front(), answer->movement.entities);
        QVERIFY(model.rowCount() > 2);
        qint64 seen = 0;
        for (int i = 0; i + 1 < model.rowCount(); ++i) {
            for (int j = 0; j + 1 < model.columnCount(); ++j) {
                const QModelIndex index = model.index(i, j);
                const QStringList ids = expected[{model.headerData(i, Qt::Vertical).toString(),
                                                  model.headerData(j, Qt::Horizontal).toString()}];
                QCOMPARE(index.data(MovementModel::CountRole).toLongLong(), ids.size());
                seen += ids.size();
                const auto found = models::entitiesOf(before, after, model.cell(index), source,
                                                      10'000, progress());
                QVERIFY(found);
                QStringList listed;
                for (const models::CellEntity &entity : *found)
                    listed.append(entity.id);
                QCOMPARE(listed, ids);
            }
        }
        QCOMPARE(seen, 5000);
        // The sums, and the diagonal in one order.
        const QModelIndex all = model.index(model.rowCount() - 1, model.columnCount() - 1);
        QCOMPARE(all.data().toString(), u"5,000"_qs);
        QVERIFY(all.data(MovementModel::SumRole).toBool());
        QCOMPARE(model.headerData(0, Qt::Vertical), model.headerData(0, Qt::Horizontal));
        QVERIFY(!model.index(0, 0).data(MovementModel::MovedRole).toBool());
        QVERIFY(model.index(0, 1).data(MovementModel::MovedRole).toBool());
        QVERIFY(model.asCsv().startsWith("flag,before,after,entities\r\nnew-checkout,"));
        QCOMPARE(QJsonDocument::fromJson(model.asJson())[u"entities"_qs].toInt(), 5000);
    }

    void listsNoMoreThanTheLimit()
    {
        const models::MovementCell cell{address, {}, {}};
        evaluation::AnswerKey none;
        QVERIFY(cell.holds(none, none));
        const auto found = models::entitiesOf(program(50, 50), program(60, 30), cell,
                                              numbered(10'000), 7, progress());
        QVERIFY(found);
        QCOMPARE(found->size(), size_t(7));
        QCOMPARE(found->front().context, u"plan=free"_qs);
        QCOMPARE(found->front().decidedBefore, -1);
    }

    void exportsEveryMove()
    {
        const auto before = program(50, 50);
        const auto after = program(60, 40);
        const auto source = numbered(3000);
        const auto answer = models::movement(before, after, {address}, source, progress());
        QVERIFY(answer);
        const qint64 moved = answer->movement.flags.front().moved;
        QVERIFY(moved > 0);
        for (const QString &name : {u"moves.csv"_qs, u"moves.json"_qs}) {
            const QString file = m_directory.filePath(name);
            const auto written =
                models::exportMoves(before, after, {address}, source, file, progress());
            QVERIFY(written);
            QCOMPARE(*written, moved);
            const QByteArray text = contents(file);
            if (name.endsWith(u".csv"_qs)) {
                QCOMPARE(text.count("\r\n"), moved + 1);
                QVERIFY2(text.contains(",control,1,one-page,1\r\n"), text.first(200).constData());
            } else {
                const QJsonArray list = QJsonDocument::fromJson(text).array();
                QCOMPARE(list.size(), moved);
                QCOMPARE(list[0][u"after"_qs][u"answer"_qs].toString(), u"one-page"_qs);
            }
        }
        const auto refused = models::exportMoves(before, after, {address}, source,
                                                 u"/nowhere/moves.csv"_qs, progress());
        QVERIFY(!refused);
        QVERIFY(refused.error().detail.contains(u"/nowhere/moves.csv"_qs));
    }

    void skipsAndTellsMalformedRows()
    {
        models::PopulationSource source;
        source.file = write(u"users.jsonl"_qs, "{\"entity\":\"a\",\"context\":{\"plan\":\"pro\"}}\n"
                                               "nothing\n{\"entity\":\"b\"}\n");
        const auto at = progress();
        const auto answer = models::tally(program(50, 50), program(60, 40),
                                          {defaultNamespace, address.flag, {}}, source, at);
        QVERIFY(answer);
        QCOMPARE(answer->first.entities, 2);
        QCOMPARE(answer->second->entities, 2);
        QCOMPARE(answer->first.malformed, 1);
        QCOMPARE(answer->malformedRows.size(), size_t(1));
        QCOMPARE(answer->malformedRows.front().line, 2);
        QCOMPARE(at->fraction(), 1.0);
        // A flag that one state lacks is no error of the question.
        const auto other = models::tally(program(50, 50), evaluation::compile({}),
                                         {defaultNamespace, address.flag, {}}, source, progress());
        QVERIFY(other);
        QCOMPARE(other->second->entities, 0);
    }

    void saysWhichFileCannotBeRead()
    {
        models::PopulationSource source;
        source.file = m_directory.filePath(u"missing.csv"_qs);
        const auto answer =
            models::movement(program(50, 50), program(60, 40), {}, source, progress());
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::NotFound);
        QVERIFY(answer.error().detail.contains(u"missing.csv"_qs));
        const Result<evaluation::PopulationPlan> plan = models::readPlan(source.file);
        QVERIFY(!plan);
    }

    void plansAreKeptInFiles()
    {
        const QString file = m_directory.filePath(u"mix.json"_qs);
        QVERIFY(models::writePlan(numbered(12).plan, file));
        const auto plan = models::readPlan(file);
        QVERIFY(plan);
        QCOMPARE(*plan, numbered(12).plan);
        QCOMPARE(models::describe({*plan, {}}), u"12 generated entities"_qs);
        QCOMPARE(models::describe({{}, file}), u"mix.json"_qs);
    }

    // A newer job cancels the older, whose result never comes.
    void onlyTheLatestJobCounts()
    {
        QObject context;
        models::LatestJob<QString> job;
        QStringList results;
        const auto take = [&](const QString &result) { results.append(result); };
        std::atomic<bool> isOlderCancelled = false;
        job.start(
            &context,
            [&](const models::ProgressPointer &at) {
                const auto answer = models::movement(program(50, 50), program(60, 40), {},
                                                     numbered(1'000'000'000), at);
                isOlderCancelled = !answer && answer.error().kind == Error::Kind::Cancelled;
                return u"older"_qs;
            },
            take);
        QVERIFY(job.isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(job.progress()->done > 0, 30'000);
        QVERIFY(job.progress()->fraction() < 0.5);
        job.start(
            &context, [](const models::ProgressPointer &) { return u"newer"_qs; }, take);
        QTRY_COMPARE_WITH_TIMEOUT(results, QStringList{u"newer"_qs}, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(isOlderCancelled, 30'000);
        QVERIFY(!job.isRunning());
        QVERIFY(!job.progress());
    }
};

QTEST_GUILESS_MAIN(TestPopulationWork)
#include "tst_populationwork.moc"
