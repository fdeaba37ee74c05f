// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/generator.h"

#include <doctor/examine.h>
#include <doctor/repair.h>
#include <evaluation/evaluate.h>
#include <flags/timestamp.h>

#include <QSet>
#include <QTest>

using namespace edgewise;
using doctor::Finding;
using doctor::Remedy;
using flags::Problem;
using Part = flags::Location::Part;

namespace {

constexpr qint64 now = 1'796'000'000'123'456'789;

bool isOpen(const Finding &finding)
{
    return finding.remedy == Remedy::None;
}

flags::Snapshot withOrphans(flags::Snapshot snapshot)
{
    flags::Variant variant;
    variant.id = VariantId(QStringLiteral("alone"));
    snapshot.orphans.push_back({.nameSpace = NamespaceKey(QStringLiteral("default")),
                                .owner = QStringLiteral("gone"),
                                .parent = {},
                                .object = variant});
    flags::Rule rule;
    rule.id = RuleId(QStringLiteral("lost"));
    rule.segments = {SegmentKey(QStringLiteral("some"))};
    snapshot.orphans.push_back(
        {.nameSpace = {}, .owner = {}, .parent = {}, .object = rule, .hasRow = false});
    flags::sortOrphans(snapshot.orphans);
    return snapshot;
}

/// A namespace with one flag that the test makes faulty.
flags::Snapshot oneFlag(const flags::Flag &flag)
{
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(QStringLiteral("default"));
    nameSpace.name = QStringLiteral("Default");
    nameSpace.stateModified = flags::nanosecondText(now);
    flags::Segment segment;
    segment.key = SegmentKey(QStringLiteral("all"));
    segment.name = QStringLiteral("All");
    nameSpace.segments = {std::make_shared<const flags::Segment>(segment)};
    nameSpace.flags = {std::make_shared<const flags::Flag>(flag)};
    return {.namespaces = {std::make_shared<const flags::Namespace>(nameSpace)}, .orphans = {}};
}

flags::Snapshot repaired(const flags::Snapshot &snapshot)
{
    return *changes::apply(snapshot, doctor::repair(snapshot, doctor::examine(snapshot), now));
}

/// What cannot be expected to answer as before: flags and segments that the repair gives sense.
struct Exceptions {
    QSet<QString> flags;
    QSet<QString> segments;
};

Exceptions exceptionsOf(const std::vector<Finding> &findings)
{
    Exceptions exceptions;
    for (const Finding &finding : findings) {
        const flags::Location &place = finding.problem.location;
        if (finding.keepsAnswers)
            continue;
        const bool ofSegment = place.part == Part::Segment || place.part == Part::Constraint;
        (ofSegment ? exceptions.segments : exceptions.flags)
            .insert(place.nameSpace.text() + u'/' + place.owner);
    }
    return exceptions;
}

bool usesAny(const QString &nameSpace, const flags::Flag &flag, const QSet<QString> &segments)
{
    const auto isIn = [&](const SegmentKey &key) {
        return segments.contains(nameSpace + u'/' + key.text());
    };
    for (const flags::Rule &rule : flag.rules) {
        if (std::ranges::any_of(rule.segments, isIn))
            return true;
    }
    for (const flags::Rollout &rollout : flag.rollouts) {
        for (const flags::SegmentMatch &match : rollout.segmentMatches) {
            if (std::ranges::any_of(match.segments, isIn))
                return true;
        }
    }
    return false;
}

} // namespace

class TestRepair : public QObject {
    Q_OBJECT

private slots:
    void leavesNothingThatItCanMakeGood()
    {
        int findings = 0;
        for (quint32 seed = 1; seed <= 200; ++seed) {
            const flags::Snapshot snapshot = withOrphans(test::SnapshotGenerator(seed).snapshot());
            findings += int(doctor::examine(snapshot).size());
            const std::vector<Finding> left = doctor::examine(repaired(snapshot));
            QStringList closed;
            for (const Finding &finding : left) {
                if (!isOpen(finding))
                    closed.append(doctor::codeName(finding.problem.code));
            }
            QVERIFY2(closed.isEmpty(),
                     qPrintable(QString::number(seed) + u' ' + closed.join(u' ')));
        }
        QVERIFY(findings > 1000);
    }

    void keepsAnswersWhereItSaysSo()
    {
        int compared = 0;
        int broken = 0;
        for (quint32 seed = 1; seed <= 200; ++seed) {
            const flags::Snapshot before = test::SnapshotGenerator(seed).snapshot();
            const flags::Snapshot after = repaired(before);
            const Exceptions exceptions = exceptionsOf(doctor::examine(before));
            const auto old = evaluation::compile(before);
            const auto made = evaluation::compile(after);
            for (const auto &nameSpace : before.namespaces) {
                const QByteArray spaceKey = nameSpace->key.text().toUtf8();
                for (const auto &flag : nameSpace->flags) {
                    const QByteArray key = flag->key.text().toUtf8();
                    if (exceptions.flags.contains(nameSpace->key.text() + u'/' + flag->key.text())
                        || usesAny(nameSpace->key.text(), *flag, exceptions.segments)) {
                        ++broken;
                        continue;
                    }
                    for (int entity = 0; entity < 20; ++entity) {
                        const QByteArray id = QByteArray::number(entity);
                        const evaluation::Request request{
                            .kind = evaluation::Request::Kind::ByFlag,
                            .nameSpace = {spaceKey.constData(), size_t(spaceKey.size())},
                            .flag = {key.constData(), size_t(key.size())},
                            .entity = {id.constData(), size_t(id.size())},
                            .context = {}};
                        evaluation::Outcome first;
                        evaluation::Outcome second;
                        evaluation::evaluate(*old, request, first);
                        evaluation::evaluate(*made, request, second);
                        QVERIFY2(
                            evaluation::sameAnswer(first, second),
                            qPrintable(QStringLiteral("seed %1, %2/%3, entity %4")
                                           .arg(seed)
                                           .arg(QString::fromUtf8(spaceKey), QString::fromUtf8(key))
                                           .arg(entity)));
                        ++compared;
                    }
                }
            }
        }
        QVERIFY2(compared > 1000, qPrintable(QString::number(compared)));
        QVERIFY(broken > 0);
    }

    void numbersRulesAsTheyAreTaken()
    {
        // Evaluation takes rules of one rank by id, whatever the order of the rows.
        flags::Flag flag;
        flag.key = FlagKey(QStringLiteral("f"));
        flag.name = QStringLiteral("F");
        for (const char *id : {"c", "a", "b"}) {
            flags::Rule rule;
            rule.id = RuleId(QString::fromLatin1(id));
            rule.rank = id[0] == 'b' ? 9 : 4;
            rule.segments = {SegmentKey(QStringLiteral("all"))};
            flag.rules.push_back(rule);
        }
        const flags::Snapshot after = repaired(oneFlag(flag));
        QStringList order;
        for (const flags::Rule &rule : after.namespaces[0]->flags[0]->rules)
            order.append(rule.id.text() + QString::number(rule.rank));
        QCOMPARE(order,
                 (QStringList{QStringLiteral("a1"), QStringLiteral("c2"), QStringLiteral("b3")}));
    }

    void separatesTimesInTheirOrder()
    {
        flags::Flag flag;
        flag.key = FlagKey(QStringLiteral("f"));
        flag.name = QStringLiteral("F");
        flags::Rule rule;
        rule.segments = {SegmentKey(QStringLiteral("all"))};
        for (const char *id : {"x", "y", "z"}) {
            flags::Variant variant;
            variant.id = VariantId(QString::fromLatin1(id));
            variant.key = variant.id.text();
            flag.variants.push_back(variant);
            flags::Distribution distribution;
            distribution.id = DistributionId(QString::fromLatin1(id));
            distribution.variant = variant.id;
            distribution.rollout = 30;
            distribution.times.created = QStringLiteral("2026-11-24 21:30:33+00:00");
            rule.distributions.push_back(distribution);
        }
        flag.rules.push_back(rule);
        const flags::Snapshot after = repaired(oneFlag(flag));
        const auto &made = after.namespaces[0]->flags[0]->rules[0].distributions;
        QCOMPARE(made[0].times.created, QStringLiteral("2026-11-24 21:30:32.999998+00:00"));
        QCOMPARE(made[1].times.created, QStringLiteral("2026-11-24 21:30:32.999999+00:00"));
        QCOMPARE(made[2].times.created, QStringLiteral("2026-11-24 21:30:33+00:00"));
        QCOMPARE(made[0].id.text(), QStringLiteral("x"));
    }

    void leavesAVariantOfAnotherNamespaceToAPerson()
    {
        // Flipt serves it, so that taking it away would move people.
        flags::Flag flag;
        flag.key = FlagKey(QStringLiteral("f"));
        flag.name = QStringLiteral("F");
        flags::Rule rule;
        rule.segments = {SegmentKey(QStringLiteral("all"))};
        flags::Distribution distribution;
        distribution.id = DistributionId(QStringLiteral("d"));
        distribution.variant = VariantId(QStringLiteral("far"));
        distribution.rollout = 100;
        rule.distributions = {distribution};
        flag.rules = {rule};
        flags::Snapshot snapshot = oneFlag(flag);
        QCOMPARE(repaired(snapshot).namespaces[0]->flags[0]->rules[0].distributions.size(),
                 size_t(0));
        flags::Namespace other;
        other.key = NamespaceKey(QStringLiteral("other"));
        other.name = QStringLiteral("Other");
        other.stateModified = flags::nanosecondText(now);
        flags::Flag owner;
        owner.key = FlagKey(QStringLiteral("o"));
        owner.name = QStringLiteral("O");
        flags::Variant variant;
        variant.id = distribution.variant;
        variant.key = QStringLiteral("v");
        owner.variants = {variant};
        other.flags = {std::make_shared<const flags::Flag>(owner)};
        snapshot.namespaces.push_back(std::make_shared<const flags::Namespace>(other));
        const std::vector<Finding> findings = doctor::examine(snapshot);
        QCOMPARE(findings.size(), size_t(1));
        QCOMPARE(findings[0].problem.code, Problem::Code::VariantUnknown);
        QVERIFY(isOpen(findings[0]));
        QVERIFY(doctor::repair(snapshot, findings, now).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRepair)
#include "tst_repair.moc"
