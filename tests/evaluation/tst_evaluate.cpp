// SPDX-License-Identifier: GPL-3.0-or-later
#include "reference.h"
#include "support/generator.h"
#include "support/snapshotloader.h"
#include "support/testdata.h"

#include <evaluation/compiled.h>
#include <evaluation/json.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cstdlib>
#include <new>

using namespace edgewise;
using namespace Qt::StringLiterals;

namespace {

thread_local qint64 allocations = 0;

void *allocate(std::size_t size)
{
    ++allocations;
    if (void *memory = std::malloc(size == 0 ? 1 : size))
        return memory;
    std::abort();
}

} // namespace

// Every allocation of this program is counted.
void *operator new(std::size_t size)
{
    return allocate(size);
}
void *operator new[](std::size_t size)
{
    return allocate(size);
}
void *operator new(std::size_t size, const std::nothrow_t &) noexcept
{
    return allocate(size);
}
void *operator new[](std::size_t size, const std::nothrow_t &) noexcept
{
    return allocate(size);
}
void operator delete(void *memory) noexcept
{
    std::free(memory);
}
void operator delete[](void *memory) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete[](void *memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace {

const QStringList properties{u"plan"_qs, u"age"_qs, u"signup"_qs, u"β"_qs, u""_qs};

const QStringList values{
    u""_qs,
    u" "_qs,
    u"\u3000"_qs,
    u"\u200b"_qs,
    u"pro"_qs,
    u" pro"_qs,
    u"pro\u0085"_qs,
    u"Pro"_qs,
    u"free"_qs,
    u"é"_qs,
    u"e\u0301"_qs,
    u"🎉"_qs,
    u"0"_qs,
    u"1"_qs,
    u"-0"_qs,
    u"17.5"_qs,
    u"1_7.5"_qs,
    u"1__7"_qs,
    u"0x1Fp0"_qs,
    u"0x_1Fp-2"_qs,
    u"0x1F"_qs,
    u"1e400"_qs,
    u"1e-400"_qs,
    u"NaN"_qs,
    u"-nan"_qs,
    u"+Inf"_qs,
    u"inf"_qs,
    u"5."_qs,
    u".5"_qs,
    u"."_qs,
    u"t"_qs,
    u"TRUE"_qs,
    u"tRue"_qs,
    u"false"_qs,
    u"f"_qs,
    u"1,5"_qs,
    u"2024-01-01"_qs,
    u"2024-02-30"_qs,
    u"2024-01-01T00:00:00Z"_qs,
    u"2024-01-01T1:00:00.5+01:00"_qs,
    u"2024-01-01T00:00:00,50Z"_qs,
    u"2024-01-01t00:00:00z"_qs,
    u"0000-02-29"_qs,
    u"9999-12-31T23:59:59.999999999-24:60"_qs,
    u"[\"pro\", \"\\u00e9\", null]"_qs,
    u"[1, 17.5, null]"_qs,
    u" null "_qs,
    u"[]"_qs,
    u"[1,\"a\"]"_qs,
    u"[\"a\"]x"_qs,
};

const QStringList operators{
    u"eq"_qs,     u"neq"_qs,        u"empty"_qs,   u"notempty"_qs,   u"prefix"_qs,
    u"suffix"_qs, u"contains"_qs,   u"isoneof"_qs, u"isnotoneof"_qs, u"notcontains"_qs,
    u"lt"_qs,     u"lte"_qs,        u"gt"_qs,      u"gte"_qs,        u"present"_qs,
    u"true"_qs,   u"notpresent"_qs, u"false"_qs,   u"EQ"_qs,
};

const QString &oneOf(const QStringList &list, QRandomGenerator &random)
{
    return list.at(random.bounded(int(list.size())));
}

/// `snapshot` with constraints that mean something, and mostly sound flags, so that evaluations
/// get far; the generator's own are mostly nonsense.
flags::Snapshot withMeaning(const flags::Snapshot &snapshot, QRandomGenerator &random)
{
    flags::Snapshot result;
    for (const auto &source : snapshot.namespaces) {
        flags::Namespace nameSpace = *source;
        for (auto &segment : nameSpace.segments) {
            flags::Segment edited = *segment;
            for (flags::Constraint &constraint : edited.constraints) {
                constraint.type = random.bounded(25) == 0 ? 6 : 1 + random.bounded(5);
                constraint.property = oneOf(properties, random);
                constraint.operatorName = oneOf(operators, random);
                constraint.value = oneOf(values, random);
            }
            segment = std::make_shared<const flags::Segment>(std::move(edited));
        }
        for (auto &flag : nameSpace.flags) {
            flags::Flag edited = *flag;
            edited.enabled = edited.enabled || random.bounded(4) != 0;
            for (flags::Variant &variant : edited.variants) {
                if (random.bounded(10) != 0)
                    variant.attachment = u"{ \"a b\" : [1 ,\"\\\" x\"]\n}"_qs;
            }
            if (random.bounded(8) != 0)
                edited.metadata.reset();
            for (flags::Rule &rule : edited.rules) {
                if (random.bounded(8) != 0)
                    rule.rank = 1 + random.bounded(3);
                if (random.bounded(40) == 0)
                    rule.rank = 3'000'000'000;
            }
            for (flags::Rollout &rollout : edited.rollouts) {
                if (random.bounded(6) != 0)
                    rollout.rank = random.bounded(3);
                if (random.bounded(2) == 0)
                    rollout.threshold.reset();
            }
            flag = std::make_shared<const flags::Flag>(std::move(edited));
        }
        result.namespaces.push_back(std::make_shared<const flags::Namespace>(std::move(nameSpace)));
    }
    return result;
}

test::Question question(const flags::Snapshot &snapshot, QRandomGenerator &random)
{
    test::Question made{random.bounded(2) == 0 ? u"variant"_qs : u"boolean"_qs,
                        {},
                        u"x"_qs,
                        u"user-"_qs + QString::number(random.bounded(50)),
                        {}};
    if (random.bounded(6) == 0)
        made.entity = oneOf(values, random);
    if (!snapshot.namespaces.empty() && random.bounded(20) != 0) {
        const auto &nameSpace =
            snapshot.namespaces[size_t(random.bounded(int(snapshot.namespaces.size())))];
        made.nameSpace = nameSpace->key.text();
        if (!nameSpace->flags.empty()) {
            const auto &flag =
                nameSpace->flags[size_t(random.bounded(int(nameSpace->flags.size())))];
            made.flag = flag->key.text();
            if (random.bounded(10) != 0)
                made.kind = flag->type == 0 ? u"variant"_qs : u"boolean"_qs;
        }
    }
    for (const QString &property : properties) {
        if (random.bounded(4) != 0)
            made.context.insert(property, oneOf(values, random));
    }
    return made;
}

QJsonObject toJson(const test::Question &question)
{
    QJsonObject context;
    for (auto entry = question.context.begin(); entry != question.context.end(); ++entry)
        context.insert(entry.key(), entry.value());
    return {{u"kind"_qs, question.kind},
            {u"namespace"_qs, question.nameSpace},
            {u"flag"_qs, question.flag},
            {u"entity"_qs, question.entity},
            {u"context"_qs, context}};
}

QJsonObject engineAnswer(evaluation::LineEvaluator &evaluator, const QJsonObject &line)
{
    const QByteArray text = QJsonDocument(line).toJson(QJsonDocument::Compact);
    const std::string_view answer = evaluator.answer({text.data(), size_t(text.size())});
    QJsonObject object =
        QJsonDocument::fromJson(QByteArray(answer.data(), qsizetype(answer.size()))).object();
    if (object[u"status"] == 500)
        object.remove(u"response"_qs);
    return object;
}

QByteArray printed(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

class TestEvaluate : public QObject {
    Q_OBJECT

private slots:
    void equalsTheReference()
    {
        int answered = 0;
        int served = 0;
        for (quint32 seed = 1; seed <= 250; ++seed) {
            QRandomGenerator random(seed);
            test::SnapshotGenerator generator(seed);
            const flags::Snapshot snapshot = withMeaning(generator.snapshot(), random);
            evaluation::LineEvaluator evaluator(evaluation::compile(snapshot));
            for (int i = 0; i < 60; ++i) {
                const test::Question asked = question(snapshot, random);
                const QJsonObject answer = engineAnswer(evaluator, toJson(asked));
                const QJsonObject expected = test::referenceAnswer(snapshot, asked);
                if (answer != expected)
                    qWarning("seed %u: %s", seed, printed(toJson(asked)).constData());
                QCOMPARE(printed(answer), printed(expected));
                answered += answer[u"status"] == 200 ? 1 : 0;
                served += answer[u"response"].toObject()[u"reason"].toString().startsWith(u"MATCH")
                              ? 1
                              : 0;
            }
        }
        // The snapshots are faulty, but not so faulty that nothing is tested.
        QVERIFY2(answered > 5000 && served > 1000,
                 qPrintable(u"%1 answered, %2 matched"_qs.arg(answered).arg(served)));
    }

    void equalsTheReferenceInBatches()
    {
        for (quint32 seed = 1; seed <= 100; ++seed) {
            QRandomGenerator random(seed);
            test::SnapshotGenerator generator(seed);
            const flags::Snapshot snapshot = withMeaning(generator.snapshot(), random);
            evaluation::LineEvaluator evaluator(evaluation::compile(snapshot));
            for (int i = 0; i < 10; ++i) {
                QList<test::Question> questions;
                QJsonArray requests;
                for (int count = random.bounded(5); count > 0; --count) {
                    questions.append(question(snapshot, random));
                    requests.append(toJson(questions.last()));
                }
                const QJsonObject line{{u"kind"_qs, u"batch"_qs}, {u"requests"_qs, requests}};
                QCOMPARE(printed(engineAnswer(evaluator, line)),
                         printed(test::referenceBatch(snapshot, questions)));
            }
        }
    }

    void allocatesNothing()
    {
        const flags::Snapshot snapshot = test::largeSnapshot(200);
        const auto program = evaluation::compile(snapshot);
        const evaluation::Property context[]{{"plan", "pro"}, {"age", "17"}, {"country", "de"}};
        evaluation::Outcome outcome;
        const auto evaluateAll = [&] {
            for (const auto &nameSpace : program->namespaces()) {
                for (const auto &flag : nameSpace->flags) {
                    const qint64 before = allocations;
                    for (const std::string_view entity : {"user-1", "user-2", ""}) {
                        evaluate(*program,
                                 {evaluation::Request::Kind::ByFlag, nameSpace->key, flag->key,
                                  entity, context},
                                 outcome);
                        if (outcome.status != 200)
                            return qint64(-1);
                    }
                    if (allocations != before)
                        return allocations - before;
                }
            }
            return qint64(0);
        };
        evaluateAll(); // the outcome gets its capacity
        QCOMPARE(evaluateAll(), qint64(0));
    }

    // The recorded requests hold whatever a constraint can look at.
    void allocatesNothingForRecordedRequests()
    {
        const auto program =
            evaluation::compile(test::loadSnapshot(test::dataPath(u"oracle/flipt.db"_qs)));
        const QByteArrayList lines =
            test::dataContent(u"oracle/evals.jsonl.gz"_qs).trimmed().split('\n');
        evaluation::RequestLine line;
        evaluation::Outcome outcome;
        int answered = 0;
        for (const QByteArray &text : lines) {
            if (!line.read({text.data(), size_t(text.size())})
                || line.kind() != evaluation::RequestLine::Kind::Single)
                continue;
            evaluate(*program, line.request(), outcome); // the outcome gets its capacity
            if (outcome.status != 200)
                continue;
            const qint64 before = allocations;
            evaluate(*program, line.request(), outcome);
            const qint64 made = allocations - before;
            QVERIFY2(made == 0, text.constData());
            ++answered;
        }
        QVERIFY(answered > 18'000);
    }

    // A rule whose segment matches everybody, with this percentage for its one distribution.
    void readsPercentagesAsGoDoes_data()
    {
        QTest::addColumn<double>("percentage");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("match");
        // Halfway between the largest float and infinity; its shortest text lies below that.
        QTest::newRow("edge of the range") << 3.4028235677973366e38 << 200 << false;
        QTest::newRow("past the range") << 3.5e38 << 500 << false;
        QTest::newRow("too small for a float") << 1e-300 << 200 << true; // as if it were not there
        QTest::newRow("too small for a bucket") << 0.05 << 200 << false;
        QTest::newRow("everybody") << 100.0 << 200 << true;
        QTest::newRow("more than everybody") << 140.0 << 200 << true;
    }
    void readsPercentagesAsGoDoes()
    {
        QFETCH(const double, percentage);
        flags::Flag flag;
        flag.key = FlagKey(u"f"_qs);
        flag.enabled = true;
        flag.variants.push_back({VariantId(u"v"_qs), u"v"_qs, {}, {}, {}, {}});
        flags::Rule rule;
        rule.segments = {SegmentKey(u"all"_qs)};
        rule.distributions.push_back({{}, VariantId(u"v"_qs), percentage, {}});
        flag.rules.push_back(rule);
        const auto outcome = outcomeOf(flag, {u"all"_qs});
        QTEST(outcome.status, "status");
        if (outcome.status == 200)
            QTEST(outcome.match, "match");
    }

    // Flipt makes one part for each rollout; another writer may have made more.
    void takesTheFirstRowOfSeveralParts()
    {
        flags::Flag flag;
        flag.key = FlagKey(u"f"_qs);
        flag.type = flags::BooleanFlag;
        flags::Rollout rollout;
        rollout.segmentMatches = {
            {{}, false, flags::AndOperator, {SegmentKey(u"b"_qs), SegmentKey(u"missing"_qs)}},
            {{}, true, flags::OrOperator, {SegmentKey(u"c"_qs), SegmentKey(u"a"_qs)}}};
        flag.rollouts = {rollout};
        const auto outcome = outcomeOf(flag, {u"a"_qs, u"b"_qs, u"c"_qs});
        QCOMPARE(outcome.status, 200);
        QVERIFY(outcome.reason == evaluation::Outcome::Reason::Match);
        QCOMPARE(outcome.enabled, true);
        QCOMPARE(outcome.segmentKeys.size(), size_t(3));
    }

private:
    /// For entity "e", in a namespace with these segments, which match everybody. Keeps what the
    /// outcome looks into.
    evaluation::Outcome outcomeOf(const flags::Flag &flag, const QStringList &segments)
    {
        flags::Namespace nameSpace;
        nameSpace.key = NamespaceKey(u"default"_qs);
        for (const QString &key : segments) {
            flags::Segment segment;
            segment.key = SegmentKey(key);
            nameSpace.segments.push_back(std::make_shared<const flags::Segment>(segment));
        }
        nameSpace.flags = {std::make_shared<const flags::Flag>(flag)};
        m_program = evaluation::compile({{std::make_shared<const flags::Namespace>(nameSpace)}});
        evaluation::Outcome outcome;
        evaluate(*m_program, {evaluation::Request::Kind::ByFlag, "default", "f", "e", {}}, outcome);
        return outcome;
    }

    std::shared_ptr<const evaluation::Program> m_program;
};

QTEST_GUILESS_MAIN(TestEvaluate)
#include "tst_evaluate.moc"
