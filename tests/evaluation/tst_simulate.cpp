// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/generator.h"

#include <evaluation/compare.h>
#include <evaluation/compiled.h>
#include <evaluation/evaluate.h>
#include <evaluation/populationplan.h>
#include <evaluation/text.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using evaluation::Batch;
using evaluation::FlagAddress;
using evaluation::Move;
using evaluation::PopulationPlan;
using evaluation::Progress;

namespace {

/// Values that the generator's constraints ask for.
PopulationPlan plan(qint64 count)
{
    PopulationPlan made;
    made.count = count;
    made.ids = {evaluation::EntityIds::Form::Number, 1, {}};
    const evaluation::Choice choice{
        {{u"a"_qs, 1}, {u"Name"_qs, 1}, {u"two words"_qs, 1}, {u"ключ"_qs, 1}}};
    for (const QString &name : {u"a"_qs, u""_qs, u"Name"_qs, u"ключ"_qs})
        made.attributes.push_back({name, 0.3, choice});
    return made;
}

/// Calls `visit` with each entity's outcome, one after the other.
template <typename Visit>
void evaluateOneByOne(const evaluation::Program &program, const FlagAddress &flag,
                      const PopulationPlan &population, Visit visit)
{
    const auto entities = evaluation::generatedPopulation(population);
    const std::string space = evaluation::utf8(flag.nameSpace.text());
    const std::string key = evaluation::utf8(flag.flag.text());
    Batch batch;
    evaluation::Outcome outcome;
    while (entities->next(batch)) {
        for (const evaluation::Entity &entity : batch.entities()) {
            evaluate(program,
                     {evaluation::Request::Kind::ByFlag, space, key, entity.id, entity.context},
                     outcome);
            visit(entity, outcome);
        }
    }
}

} // namespace

class TestSimulate : public QObject {
    Q_OBJECT

private slots:
    void talliesAsOneByOne()
    {
        const PopulationPlan population = plan(10'000);
        for (quint32 seed = 1; seed <= 6; ++seed) {
            const auto program = evaluation::compile(test::SnapshotGenerator(seed).snapshot());
            for (const auto &nameSpace : program->namespaces()) {
                for (const auto &flag : nameSpace->flags) {
                    const FlagAddress address{nameSpace->source->key, flag->source->key};
                    evaluation::Tally expected;
                    evaluateOneByOne(
                        *program, address, population,
                        [&](const auto &entity, const auto &outcome) {
                            const evaluation::Tally::Row row{outcome.decidedBy, answerKey(outcome)};
                            ++expected.entities;
                            ++expected.counts[row];
                            QString value;
                            for (const auto &property : entity.context) {
                                if (property.name == "Name")
                                    value = evaluation::fromUtf8(property.value);
                            }
                            ++expected.byValue[value][row];
                        });
                    Progress progress;
                    const auto entities = evaluation::generatedPopulation(population);
                    const auto tally =
                        simulate(*program, {address.nameSpace, address.flag, u"Name"_qs}, *entities,
                                 progress);
                    QVERIFY(tally);
                    QVERIFY(*tally == expected);
                    QCOMPARE(qint64(progress.done), qint64(10'000));
                }
            }
        }
    }

    void namesAMissingFlag()
    {
        Progress progress;
        const auto entities = evaluation::generatedPopulation(plan(10));
        const auto tally =
            simulate(*evaluation::compile({}), {NamespaceKey(u"n"_qs), FlagKey(u"f"_qs), {}},
                     *entities, progress);
        QVERIFY(!tally);
        QVERIFY(tally.error().kind == Error::Kind::NotFound);
    }

    void stopsWhenCancelled()
    {
        const flags::Snapshot snapshot = test::largeSnapshot(1);
        const auto program = evaluation::compile(snapshot);
        const auto &nameSpace = *snapshot.namespaces.front();
        Progress progress;
        progress.isCancelled = true;
        const auto entities = evaluation::generatedPopulation(plan(1'000'000'000));
        const auto tally = simulate(*program, {nameSpace.key, nameSpace.flags.front()->key, {}},
                                    *entities, progress);
        QVERIFY(!tally);
        QVERIFY(tally.error().kind == Error::Kind::Cancelled);
    }

    void movesAsBruteForce()
    {
        const PopulationPlan population = plan(5000);
        qint64 movedInAll = 0;
        for (quint32 seed = 1; seed <= 12; ++seed) {
            test::SnapshotGenerator generator(seed);
            const flags::Snapshot old = generator.snapshot();
            const flags::Snapshot now = generator.edited(old, 8);
            const auto before = evaluation::compile(old);
            const auto after = evaluation::compile(now, before);

            // All flags of both sides: those not listed as changed must not move anybody.
            std::vector<FlagAddress> all;
            for (const auto *snapshot : {&now, &old}) {
                for (const auto &nameSpace : snapshot->namespaces) {
                    for (const auto &flag : nameSpace->flags) {
                        const FlagAddress address{nameSpace->key, flag->key};
                        if (std::ranges::find(all, address) == all.end())
                            all.push_back(address);
                    }
                }
            }
            const auto changed = changedFlags(*before, *after);
            for (const FlagAddress &flag : all) {
                std::vector<evaluation::Served> sides[2];
                std::vector<std::string> ids;
                for (int side = 0; side < 2; ++side) {
                    evaluateOneByOne(
                        *(side == 0 ? before : after), flag, population,
                        [&](const auto &entity, const auto &outcome) {
                            sides[side].push_back({answerKey(outcome), outcome.decidedBy});
                            if (side == 0)
                                ids.emplace_back(entity.id);
                        });
                }
                std::vector<Move> expected;
                std::map<std::pair<evaluation::AnswerKey, evaluation::AnswerKey>, qint64> matrix;
                for (size_t i = 0; i < ids.size(); ++i) {
                    ++matrix[{sides[0][i].answer, sides[1][i].answer}];
                    if (!sameService(sides[0][i].answer, sides[1][i].answer))
                        expected.push_back({flag, ids[i], sides[0][i], sides[1][i]});
                }
                if (std::ranges::find(changed, flag) == changed.end()) {
                    QVERIFY2(expected.empty(), qPrintable(flag.flag.text()));
                    continue;
                }
                Progress progress;
                std::vector<Move> moves;
                const auto entities = evaluation::generatedPopulation(population);
                const auto movement =
                    compare(*before, *after, {flag}, *entities, progress,
                            [&](Move &&move) { moves.push_back(std::move(move)); });
                QVERIFY(movement);
                QCOMPARE(movement->flags[0].moved, qint64(expected.size()));
                QVERIFY(moves == expected);
                QVERIFY(movement->flags[0].matrix == matrix);
                movedInAll += qint64(moves.size());
            }
        }
        QVERIFY(movedInAll > 10'000);
    }

    void listsOnlyFlagsThatChanged()
    {
        const flags::Snapshot old = test::largeSnapshot(50);
        flags::Namespace nameSpace = *old.namespaces.front();
        flags::Flag edited = *nameSpace.flags[7];
        edited.enabled = !edited.enabled;
        nameSpace.flags[7] = std::make_shared<const flags::Flag>(edited);
        const flags::Snapshot now{{std::make_shared<const flags::Namespace>(nameSpace)}};
        const auto before = evaluation::compile(old);
        const std::vector<FlagAddress> expected{{nameSpace.key, edited.key}};
        QVERIFY(changedFlags(*before, *evaluation::compile(now, before)) == expected);
        QVERIFY(changedFlags(*before, *evaluation::compile(now)) == expected);
        QVERIFY(changedFlags(*before, *before).empty());
    }
};

QTEST_GUILESS_MAIN(TestSimulate)
#include "tst_simulate.moc"
