// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/generator.h"

#include <evaluation/compiled.h>
#include <evaluation/json.h>
#include <evaluation/text.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

namespace {

/// All answers of a program to a few entities, one after the other.
std::string answers(const std::shared_ptr<const evaluation::Program> &program)
{
    std::string result;
    evaluation::Outcome outcome;
    const evaluation::Property context[]{{"a", "a"}, {"", "Name"}, {"two words", "ключ"}};
    for (const auto &nameSpace : program->namespaces()) {
        for (const auto &flag : nameSpace->flags) {
            for (const std::string_view entity : {"user-1", "user-2", "user-3", "user-4", "a"}) {
                evaluate(
                    *program,
                    {evaluation::Request::Kind::ByFlag, nameSpace->key, flag->key, entity, context},
                    outcome);
                appendJson(result, outcome);
                result += '\n';
            }
        }
    }
    return result;
}

/// Replaces the flag at `index` of the only namespace by what `edit` makes of it.
template <typename Edit>
flags::Snapshot withFlag(const flags::Snapshot &snapshot, size_t index, Edit edit)
{
    flags::Namespace nameSpace = *snapshot.namespaces.front();
    flags::Flag flag = *nameSpace.flags[index];
    edit(flag);
    nameSpace.flags[index] = std::make_shared<const flags::Flag>(std::move(flag));
    return {{std::make_shared<const flags::Namespace>(std::move(nameSpace))}};
}

size_t sharedFlags(const evaluation::Program &a, const evaluation::Program &b)
{
    const auto &before = a.namespaces().front()->flags;
    size_t shared = 0;
    for (const auto &flag : b.namespaces().front()->flags)
        shared += std::ranges::find(before, flag) == before.end() ? 0 : 1;
    return shared;
}

} // namespace

class TestCompile : public QObject {
    Q_OBJECT

private slots:
    void equalsAFreshOneAfterEdits()
    {
        for (quint32 seed = 1; seed <= 200; ++seed) {
            test::SnapshotGenerator generator(seed);
            flags::Snapshot snapshot = generator.snapshot();
            auto program = evaluation::compile(snapshot);
            for (int round = 0; round < 6; ++round) {
                snapshot = generator.edited(snapshot);
                program = evaluation::compile(snapshot, program);
                QCOMPARE(answers(program), answers(evaluation::compile(snapshot)));
            }
        }
    }

    void reusesWhatIsTheSame()
    {
        const flags::Snapshot snapshot = test::largeSnapshot(100);
        const auto program = evaluation::compile(snapshot);
        QCOMPARE(evaluation::compile(snapshot, program), program);

        const auto edited = evaluation::compile(
            withFlag(snapshot, 50, [](flags::Flag &flag) { flag.enabled = !flag.enabled; }),
            program);
        QCOMPARE(sharedFlags(*program, *edited), size_t(99));

        flags::Namespace shorter = *snapshot.namespaces.front();
        shorter.flags.erase(shorter.flags.begin() + 20);
        const auto removed =
            evaluation::compile({{std::make_shared<const flags::Namespace>(shorter)}}, program);
        QCOMPARE(sharedFlags(*program, *removed), size_t(99));
        QCOMPARE(sharedFlags(*removed, *evaluation::compile(snapshot, removed)), size_t(99));
    }

    void leavesFlagsAloneWhenASegmentChanges()
    {
        const flags::Snapshot snapshot = test::largeSnapshot(100);
        const auto program = evaluation::compile(snapshot);
        flags::Namespace nameSpace = *snapshot.namespaces.front();
        flags::Segment segment = *nameSpace.segments.front();
        segment.constraints.clear();
        nameSpace.segments.front() = std::make_shared<const flags::Segment>(segment);
        const flags::Snapshot changed{{std::make_shared<const flags::Namespace>(nameSpace)}};
        const auto next = evaluation::compile(changed, program);
        QCOMPARE(sharedFlags(*program, *next), size_t(100));
        QCOMPARE(answers(next), answers(evaluation::compile(changed)));

        nameSpace.segments.erase(nameSpace.segments.begin());
        const flags::Snapshot without{{std::make_shared<const flags::Namespace>(nameSpace)}};
        const auto last = evaluation::compile(without, next);
        QCOMPARE(sharedFlags(*program, *last), size_t(100));
        QCOMPARE(answers(last), answers(evaluation::compile(without)));
    }

    void outlivesWhatItWasCompiledFrom()
    {
        std::shared_ptr<const evaluation::Program> program;
        std::string before;
        {
            const flags::Snapshot snapshot = test::largeSnapshot(20);
            program = evaluation::compile(snapshot);
            before = answers(program);
        }
        QCOMPARE(answers(program), before);
    }
};

QTEST_GUILESS_MAIN(TestCompile)
#include "tst_compile.moc"
