// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/access.h>
#include <changes/align.h>
#include <changes/changeset.h>
#include <flags/timestamp.h>

#include <support/generator.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::changes;
using namespace Qt::StringLiterals;

namespace {

/// Calls `visit` with a mutable copy of every object of a snapshot, parents first.
template <typename Visit>
flags::Snapshot rebuilt(const flags::Snapshot &snapshot, Visit visit);

template <typename T, typename Visit>
void visitAll(T &object, Visit &visit)
{
    visit(object);
    visitChildren(
        [&](auto &children) {
            if constexpr (requires { children->id; }) {
                if (children)
                    visitAll(*children, visit);
            } else {
                for (auto &child : children) {
                    if constexpr (requires { child.get(); }) {
                        auto copy = *child;
                        visitAll(copy, visit);
                        child = std::make_shared<const decltype(copy)>(std::move(copy));
                    } else {
                        visitAll(child, visit);
                    }
                }
            }
        },
        object);
}

template <typename Visit>
flags::Snapshot rebuilt(const flags::Snapshot &snapshot, Visit visit)
{
    flags::Snapshot result = snapshot;
    for (auto &nameSpace : result.namespaces) {
        flags::Namespace copy = *nameSpace;
        visitAll(copy, visit);
        nameSpace = std::make_shared<const flags::Namespace>(std::move(copy));
    }
    return result;
}

QSet<QString> variantIds(const flags::Snapshot &snapshot)
{
    QSet<QString> ids;
    for (const auto &nameSpace : snapshot.namespaces) {
        for (const auto &flag : nameSpace->flags) {
            for (const flags::Variant &variant : flag->variants)
                ids.insert(variant.id.text());
        }
    }
    return ids;
}

/// The same content under other ids; what dangles keeps dangling in the same place.
flags::Snapshot withOtherIds(const flags::Snapshot &snapshot)
{
    const auto other = [](auto &id) {
        id = std::remove_reference_t<decltype(id)>(id.text() + u"-other");
    };
    const QSet<QString> known = variantIds(snapshot);
    return rebuilt(snapshot, [&](auto &object) {
        if constexpr (requires { object.id; })
            other(object.id);
        if constexpr (requires { object.variant; }) {
            if (known.contains(object.variant.text()))
                other(object.variant);
        }
        if constexpr (requires { object.defaultVariant; }) {
            if (object.defaultVariant && known.contains(object.defaultVariant->text()))
                other(*object.defaultVariant);
        }
    });
}

flags::Snapshot withoutTimes(const flags::Snapshot &snapshot)
{
    return rebuilt(snapshot, [](auto &object) {
        if constexpr (requires { object.times; })
            object.times = {};
        if constexpr (requires { object.stateModified; })
            object.stateModified.reset();
    });
}

/// As a document says it: it cannot take a namespace's name away, and leaves it when it has none.
flags::Snapshot asDocument(const flags::Snapshot &snapshot)
{
    return rebuilt(withoutTimes(snapshot), [](auto &object) {
        if constexpr (requires { object.isProtected; }) {
            if (object.name.isEmpty())
                object.name = u"named"_qs;
        }
    });
}

/// What a writer does: each empty time gets a later moment than the one before.
flags::Snapshot saved(const flags::Snapshot &snapshot, qint64 second = 1'950'000'000)
{
    qint64 now = second * 1'000'000'000;
    return rebuilt(snapshot, [&](auto &object) {
        if constexpr (requires { object.times; }) {
            now += 1000;
            if (object.times.created.isEmpty())
                object.times.created = flags::microsecondText(now);
            if (object.times.updated.isEmpty())
                object.times.updated = flags::microsecondText(now);
        }
    });
}

/// What Flipt answers and shows: ids named by place, no times, unordered lists sorted.
flags::Snapshot content(const flags::Snapshot &snapshot)
{
    QHash<QString, QString> names;
    for (const auto &nameSpace : snapshot.namespaces) {
        for (const auto &flag : nameSpace->flags) {
            for (const flags::Variant &variant : flag->variants)
                names.insert(variant.id.text(), flag->key.text() + u'/' + variant.key);
        }
    }
    const auto named = [&](VariantId &id) { id = VariantId(names.value(id.text(), id.text())); };
    const auto byKey = [](const auto &a, const auto &b) { return a->key < b->key; };
    flags::Snapshot result = rebuilt(withoutTimes(snapshot), [&](auto &object) {
        using T = std::remove_reference_t<decltype(object)>;
        if constexpr (std::is_same_v<T, flags::Variant>)
            named(object.id);
        else if constexpr (requires { object.id; })
            object.id = {};
        if constexpr (requires { object.variant; })
            named(object.variant);
        if constexpr (std::is_same_v<T, flags::Flag>) {
            if (object.defaultVariant)
                named(*object.defaultVariant);
            std::ranges::sort(object.variants, {}, &flags::Variant::key);
        }
        if constexpr (std::is_same_v<T, flags::Constraint>)
            object.description = object.description.value_or(QString());
        if constexpr (std::is_same_v<T, flags::Namespace>) {
            std::ranges::sort(object.flags, byKey);
            std::ranges::sort(object.segments, byKey);
        }
    });
    // Once the descriptions, which are visited after their segment, are set.
    result = rebuilt(result, [](auto &object) {
        if constexpr (std::is_same_v<std::remove_reference_t<decltype(object)>, flags::Segment>)
            std::ranges::sort(object.constraints, [](const auto &a, const auto &b) {
                return std::tie(a.type, a.property, a.operatorName, a.value, *a.description)
                       < std::tie(b.type, b.property, b.operatorName, b.value, *b.description);
            });
    });
    std::ranges::sort(result.namespaces, byKey);
    return result;
}

int ruleCount(const flags::Snapshot &snapshot)
{
    int count = 0;
    for (const auto &nameSpace : snapshot.namespaces) {
        for (const auto &flag : nameSpace->flags)
            count += static_cast<int>(flag->rules.size());
    }
    return count;
}

/// Whether rows read by creation time come in the order of the list.
bool bucketsAreInOrder(const flags::Snapshot &snapshot)
{
    bool ordered = true;
    rebuilt(snapshot, [&](auto &object) {
        if constexpr (std::is_same_v<std::remove_reference_t<decltype(object)>, flags::Rule>) {
            for (size_t i = 1; i < object.distributions.size(); ++i)
                ordered = ordered
                          && object.distributions[i - 1].times.created
                                 < object.distributions[i].times.created;
        }
    });
    return ordered;
}

/// Creation times as Flipt's own writes make them.
flags::Snapshot withSoundTimes(const flags::Snapshot &snapshot)
{
    return saved(withoutTimes(snapshot), 1'900'000'000);
}

flags::Rule ruleOf(const std::vector<std::pair<QString, QString>> &idsAndTimes)
{
    flags::Rule rule{RuleId(u"rule"_qs), 1, 0, {}, {}, {u"2026-01-01 00:00:00+00:00"_qs, {}}};
    for (const auto &[id, created] : idsAndTimes)
        rule.distributions.push_back(
            {DistributionId(id), VariantId(u"variant-"_qs + id), 10, {created, created}});
    return rule;
}

flags::Snapshot snapshotOf(const flags::Rule &rule)
{
    flags::Flag flag;
    flag.key = FlagKey(u"flag"_qs);
    for (const flags::Distribution &distribution : rule.distributions)
        flag.variants.push_back(
            {distribution.variant, distribution.variant.text(), {}, {}, {}, distribution.times});
    flag.rules.push_back(rule);
    flag.times = rule.times;
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"n"_qs);
    nameSpace.times = rule.times;
    nameSpace.flags.push_back(std::make_shared<const flags::Flag>(flag));
    return {{std::make_shared<const flags::Namespace>(nameSpace)}};
}

} // namespace

class TestAlign : public QObject {
    Q_OBJECT

private slots:
    void lawsHoldForGeneratedSnapshots()
    {
        int changed = 0;
        for (quint32 seed = 0; seed < 150; ++seed) {
            test::SnapshotGenerator generator(seed);
            const flags::Snapshot target = withSoundTimes(generator.snapshot());
            const flags::Snapshot edited = generator.edited(target, 6);
            const bool document = seed % 2 == 0;
            const flags::Snapshot source =
                document ? withOtherIds(asDocument(edited)) : withOtherIds(withSoundTimes(edited));
            const QByteArray which = QByteArray::number(seed);

            const flags::Snapshot replaced = saved(align(target, source, AlignMode::Replace));
            QVERIFY2(content(replaced) == content(source), which.constData());
            QVERIFY2(align(replaced, source, AlignMode::Replace) == replaced, which.constData());
            QVERIFY2(bucketsAreInOrder(replaced), which.constData());
            changed += replaced == target ? 0 : 1;

            const flags::Snapshot merged = saved(align(target, source, AlignMode::Merge));
            QVERIFY2(align(merged, source, AlignMode::Merge) == merged, which.constData());
            QVERIFY2(bucketsAreInOrder(merged), which.constData());
            for (const Change &change : diff(target, merged).changes)
                QVERIFY2(change.kind != Change::Kind::Remove
                             || change.address.kind == ObjectKind::Threshold
                             || change.address.kind == ObjectKind::SegmentMatch,
                         which.constData());
            QVERIFY(ruleCount(merged) >= ruleCount(target));
        }
        QVERIFY(changed > 100);
    }

    void equalContentIsNoChange()
    {
        for (quint32 seed = 0; seed < 60; ++seed) {
            test::SnapshotGenerator generator(seed);
            const flags::Snapshot target = generator.snapshot();
            for (const AlignMode mode : {AlignMode::Merge, AlignMode::Replace}) {
                QVERIFY(align(target, withOtherIds(withoutTimes(target)), mode) == target);
                QVERIFY(diff(target, align(target, withOtherIds(target), mode)).isEmpty());
            }
        }
    }

    void replaceFromADocumentGivesItsContent()
    {
        for (quint32 seed = 0; seed < 60; ++seed) {
            test::SnapshotGenerator generator(seed);
            const flags::Snapshot source = withOtherIds(withoutTimes(generator.snapshot()));
            QVERIFY(content(align({}, source, AlignMode::Replace)) == content(source));
            QVERIFY(content(align({}, source, AlignMode::Merge)) == content(source));
        }
    }

    void documentsIdsAreNotKept()
    {
        const flags::Snapshot source = snapshotOf(ruleOf({{u"a"_qs, {}}}));
        const flags::Snapshot bare = align({}, withoutTimes(source), AlignMode::Merge);
        QVERIFY(bare.namespaces[0]->flags[0]->rules[0].id.text().size() == 36);
        const flags::Snapshot kept = align({}, withSoundTimes(source), AlignMode::Merge);
        QCOMPARE(kept.namespaces[0]->flags[0]->rules[0].id.text(), u"rule"_qs);
    }

    void documentOrderLaysOutBuckets()
    {
        const flags::Snapshot target =
            snapshotOf(ruleOf({{u"a"_qs, u"2026-01-01 00:00:01+00:00"_qs},
                               {u"b"_qs, u"2026-01-01 00:00:02+00:00"_qs},
                               {u"c"_qs, u"2026-01-01 00:00:02+00:00"_qs}}));
        flags::Rule reversed =
            ruleOf({{u"c"_qs, {}}, {u"new"_qs, {}}, {u"a"_qs, {}}, {u"b"_qs, {}}});
        reversed.times = {};
        const flags::Snapshot made =
            align(target, withoutTimes(snapshotOf(reversed)), AlignMode::Replace);
        const auto &distributions = made.namespaces[0]->flags[0]->rules[0].distributions;
        QStringList variants;
        QStringList times;
        for (const flags::Distribution &distribution : distributions) {
            variants.append(distribution.variant.text().first(9));
            times.append(distribution.times.created);
        }
        QCOMPARE(variants[0], u"variant-c"_qs);
        QCOMPARE(variants[2], u"variant-a"_qs);
        QCOMPARE(times,
                 (QStringList{u"2026-01-01 00:00:00.999998+00:00"_qs,
                              u"2026-01-01 00:00:00.999999+00:00"_qs,
                              u"2026-01-01 00:00:01+00:00"_qs, u"2026-01-01 00:00:02+00:00"_qs}));
    }
};

QTEST_GUILESS_MAIN(TestAlign)
#include "tst_align.moc"
