// SPDX-License-Identifier: GPL-3.0-or-later
#include "savefixture.h"
#include "support/generator.h"
#include "support/snapshotloader.h"

#include <changes/changeset.h>
#include <flags/timestamp.h>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::defaultKey;
using test::plainFlag;
using test::richFlag;
using test::richSnapshot;
using test::SaveFile;

namespace {

flags::Snapshot withoutStamps(flags::Snapshot snapshot)
{
    for (auto &pointer : snapshot.namespaces) {
        auto nameSpace = std::make_shared<flags::Namespace>(*pointer);
        nameSpace->stateModified.reset();
        pointer = std::move(nameSpace);
    }
    return snapshot;
}

} // namespace

class TestSaveWriter : public QObject {
    Q_OBJECT

    /// Saves the way to `target`, checks that the file then holds exactly what the plan said, and
    /// gives that.
    static flags::Snapshot save(SaveFile &file, const flags::Snapshot &base,
                                const flags::Snapshot &target)
    {
        const changes::ChangeSet changes = changes::diff(base, target);
        const auto plan = file.plan(changes, base);
        if (!plan)
            qFatal("%s", qPrintable(plan.error().detail));
        const auto receipt = file.write(changes, base);
        if (!receipt)
            qFatal("%s: %s", qPrintable(receipt.error().step), qPrintable(receipt.error().detail));
        ++file.series;
        file.clock.now += 1'000'000'000;
        const flags::Snapshot found = file.read(base);
        if (!(found == plan->save.after)) {
            for (const auto &change : changes::diff(plan->save.after, found).changes)
                qWarning() << int(change.kind) << int(change.address.kind) << change.address.owner
                           << change.address.id << change.fields.size();
            qFatal("the file does not hold what the plan said");
        }
        return found;
    }

    static flags::Snapshot replaced(const flags::Snapshot &snapshot, const flags::Flag &flag)
    {
        return *flags::replaceFlag(snapshot, defaultKey, flag);
    }

private slots:
    void copiesAFliptsDatabase()
    {
        SaveFile file;
        const flags::Snapshot base = file.read();
        const flags::Snapshot original = test::loadSnapshot(test::oracleDatabase());
        const flags::Snapshot copy = save(file, base, original);
        QVERIFY(withoutStamps(copy) == withoutStamps(original));
        // Row by row, every column of the tables that Flipt looks at.
        SaveFile source(test::oracleDatabase());
        for (const char *sql :
             {"SELECT * FROM flags ORDER BY namespace_key, key",
              "SELECT * FROM variants ORDER BY id",
              "SELECT * FROM segments ORDER BY namespace_key, key",
              "SELECT * FROM constraints ORDER BY id", "SELECT * FROM rules ORDER BY id",
              "SELECT * FROM rule_segments ORDER BY 1, 2, 3",
              "SELECT * FROM distributions ORDER BY id", "SELECT * FROM rollouts ORDER BY id",
              "SELECT * FROM rollout_thresholds ORDER BY id",
              "SELECT * FROM rollout_segments ORDER BY id",
              "SELECT * FROM rollout_segment_references ORDER BY 1, 2, 3",
              "SELECT key, name, description, protected, created_at, updated_at FROM namespaces "
              "ORDER BY key"})
            QCOMPARE(file.run(QString::fromLatin1(sql)), source.run(QString::fromLatin1(sql)));
        QVERIFY(file.run(u"PRAGMA foreign_key_check"_qs).isEmpty());
        // And once more: nothing to do, nothing sent.
        const auto receipt = file.write({}, copy);
        QVERIFY(receipt);
        QCOMPARE(receipt->statements, 0);
    }

    void writesAsFliptDoes()
    {
        SaveFile file;
        const flags::Snapshot base = file.read();
        const qint64 now = file.clock.now;
        save(file, base, richSnapshot(base));
        const auto cell = [&](const char *sql) {
            return file.run(QString::fromLatin1(sql)).value(0).value(0);
        };
        // As after Flipt's writes, nothing in the namespace is newer than the stamp.
        const QString stamp = cell("SELECT state_modified_at FROM namespaces").toString();
        QCOMPARE(flags::nanosecondText(*flags::parseTimestamp(stamp)), stamp);
        QVERIFY(*flags::parseTimestamp(stamp) >= now);
        QVERIFY(stamp > cell("SELECT max(created_at) FROM distributions").toString());
        // The first object that was made has now itself, the others a microsecond more each.
        QCOMPARE(cell("SELECT min(created_at) FROM segments").toString(),
                 flags::microsecondText(now));
        QCOMPARE(cell("SELECT count(DISTINCT created_at) FROM distributions").toInt(), 6);
        QCOMPARE(cell("SELECT count(*) FROM distributions WHERE created_at <> updated_at").toInt(),
                 0);
        QVERIFY(cell("SELECT created_at FROM distributions WHERE id = 'd10'").toString()
                < cell("SELECT created_at FROM distributions WHERE id = 'd11'").toString());
        QCOMPARE(cell("SELECT rollout FROM distributions WHERE id = 'd10'").toDouble(),
                 33.33000183105469);
        QCOMPARE(cell("SELECT percentage FROM rollout_thresholds").toDouble(), 12.300000190734863);
        QCOMPARE(cell("SELECT typeof(attachment) FROM variants WHERE id = 'v2'").toString(),
                 u"null"_qs);
        QCOMPARE(cell("SELECT attachment FROM variants WHERE id = 'v1'").toString(),
                 u"{ \"a\" : 1 }"_qs);
        QCOMPARE(cell("SELECT typeof(description) FROM variants WHERE id = 'v1'").toString(),
                 u"text"_qs);
        QCOMPARE(cell("SELECT typeof(enabled) FROM flags").toString(), u"integer"_qs);
        QCOMPARE(cell("SELECT default_variant_id FROM flags").toString(), u"v1"_qs);
        QVERIFY(file.run(u"PRAGMA foreign_key_check"_qs).isEmpty());
    }

    void renewsTheTimesThatFliptRenews()
    {
        SaveFile file;
        const flags::Snapshot base = file.read();
        const flags::Snapshot before = save(file, base, richSnapshot(base));
        const auto updated = [&](const QString &table, const QString &id) {
            return file
                .run(u"SELECT updated_at FROM %1 WHERE %2 = '%3'"_qs.arg(
                    table, table == u"flags" ? u"key"_qs : u"id"_qs, id))
                .value(0)
                .value(0)
                .toString();
        };
        const QString flagTime = updated(u"flags"_qs, u"rich"_qs);

        // A variant: itself alone.
        flags::Flag flag = richFlag(before);
        flag.variants[0].name = u"other"_qs;
        QString now = flags::microsecondText(file.clock.now);
        flags::Snapshot state = save(file, before, replaced(before, flag));
        QCOMPARE(updated(u"variants"_qs, u"v1"_qs), now);
        QCOMPARE(updated(u"flags"_qs, u"rich"_qs), flagTime);

        // A threshold: its rollout.
        flag = richFlag(state);
        flag.rollouts[1].threshold->percentage = 50;
        now = flags::microsecondText(file.clock.now);
        state = save(file, state, replaced(state, flag));
        QCOMPARE(updated(u"rollouts"_qs, u"o2"_qs), now);
        QVERIFY(updated(u"rollouts"_qs, u"o1"_qs) != now);

        // A rule's segments: the rule.
        flag = richFlag(state);
        flag.rules[2].segments = {SegmentKey(u"s2"_qs), SegmentKey(u"s1"_qs)};
        now = flags::microsecondText(file.clock.now);
        state = save(file, state, replaced(state, flag));
        QCOMPARE(updated(u"rules"_qs, u"r3"_qs), now);
        QVERIFY(updated(u"rules"_qs, u"r2"_qs) != now);
        QCOMPARE(file.run(u"SELECT segment_key FROM rule_segments WHERE rule_id = 'r3' "
                          u"ORDER BY rowid"_qs)
                     .value(0)
                     .value(0)
                     .toString(),
                 u"s2"_qs);

        // A deleted rule: ranks 1 to n and one time for all that stay.
        flag = richFlag(state);
        flag.rules.erase(flag.rules.begin());
        now = flags::microsecondText(file.clock.now);
        state = save(file, state, replaced(state, flag));
        QCOMPARE(file.run(u"SELECT id, rank, updated_at FROM rules ORDER BY rank"_qs),
                 (QList<QVariantList>{{u"r2"_qs, 1, now}, {u"r3"_qs, 2, now}}));

        // A moved rule.
        flag = richFlag(state);
        std::swap(flag.rules[0], flag.rules[1]);
        now = flags::microsecondText(file.clock.now);
        state = save(file, state, replaced(state, flag));
        QCOMPARE(file.run(u"SELECT id, rank, updated_at FROM rules ORDER BY rank"_qs),
                 (QList<QVariantList>{{u"r3"_qs, 1, now}, {u"r2"_qs, 2, now}}));
    }

    void cascadesAsTheTablesDo()
    {
        SaveFile file;
        const flags::Snapshot base = file.read();
        flags::Snapshot state = save(file, base, richSnapshot(base));
        const QString flagTime =
            file.run(u"SELECT updated_at FROM flags"_qs).value(0).value(0).toString();
        flags::Flag flag = richFlag(state);
        flag.variants.erase(flag.variants.begin());
        state = save(file, state, replaced(state, flag));
        flag = richFlag(state);
        QVERIFY(!flag.defaultVariant);
        for (const flags::Rule &rule : flag.rules)
            QCOMPARE(rule.distributions.size(), size_t(1));
        QCOMPARE(file.run(u"SELECT updated_at FROM flags"_qs).value(0).value(0).toString(),
                 flagTime);

        // The whole flag, and a segment that nothing uses any more.
        state =
            save(file, state,
                 *flags::removeSegment(*flags::removeFlag(state, defaultKey, FlagKey(u"rich"_qs)),
                                       defaultKey, SegmentKey(u"s1"_qs)));
        for (const char *table :
             {"flags", "variants", "rules", "rule_segments", "distributions", "rollouts",
              "rollout_segments", "rollout_thresholds", "rollout_segment_references"})
            QCOMPARE(file.run(u"SELECT count(*) FROM "_qs + QString::fromLatin1(table)),
                     (QList<QVariantList>{{0}}));
        // The namespace with all that is in it.
        state = save(file, state, *flags::removeNamespace(state, defaultKey));
        QVERIFY(state.namespaces.empty());
    }

    void keepsTheOrderOfBuckets()
    {
        SaveFile file;
        const flags::Snapshot base = file.read();
        flags::Snapshot state = save(file, base, richSnapshot(base));
        const auto order = [&] {
            QStringList ids;
            const flags::Flag flag = richFlag(state);
            for (const flags::Distribution &distribution : flag.rules[0].distributions)
                ids.append(distribution.id.text());
            return ids;
        };
        // To the front, moved; and a new one between the two.
        flags::Flag flag = richFlag(state);
        std::swap(flag.rules[0].distributions[0], flag.rules[0].distributions[1]);
        state = save(file, state, replaced(state, flag));
        QCOMPARE(order(), QStringList({u"d11"_qs, u"d10"_qs}));
        flag = richFlag(state);
        flags::Distribution between;
        between.id = DistributionId(u"between"_qs);
        between.variant = VariantId(u"v1"_qs);
        flag.rules[0].distributions.insert(flag.rules[0].distributions.begin() + 1, between);
        const flags::Snapshot beforeInsertion = state;
        state = save(file, state, replaced(state, flag));
        QCOMPARE(order(), QStringList({u"d11"_qs, u"between"_qs, u"d10"_qs}));

        // Removed and brought back by the inverse: everything where it was.
        const flags::Snapshot full = state;
        flag = richFlag(state);
        flag.rules[0].distributions.erase(flag.rules[0].distributions.begin());
        state = save(file, state, replaced(state, flag));
        QCOMPARE(order(), QStringList({u"between"_qs, u"d10"_qs}));
        state = save(file, state, full);
        QCOMPARE(order(), QStringList({u"d11"_qs, u"between"_qs, u"d10"_qs}));
        QVERIFY(withoutStamps(state) == withoutStamps(full));

        // A clock behind the last writer's does not put a new one before the others.
        file.clock.now -= 1'000'000'000'000;
        flag = richFlag(state);
        between.id = DistributionId(u"last"_qs);
        flag.rules[0].distributions.push_back(between);
        state = save(file, state, replaced(state, flag));
        QCOMPARE(order().last(), u"last"_qs);
    }

    void stampsOnlyForward()
    {
        SaveFile file;
        const flags::Snapshot base = file.read();
        flags::Snapshot state =
            save(file, base, *flags::insertFlag(base, defaultKey, plainFlag(u"a"_qs)));
        const auto stamp = [&] { return *file.read().namespaces[0]->stateModified; };
        QString last = stamp();
        // Our clock goes back; then somebody else's stamp is ahead of what we know of.
        file.clock.now -= 3'600'000'000'000;
        flags::Flag flag = *state.namespaces[0]->flags[0];
        flag.enabled = true;
        state = save(file, state, replaced(state, flag));
        QVERIFY(*flags::parseTimestamp(stamp()) > *flags::parseTimestamp(last));
        last = flags::nanosecondText(file.clock.now + 7'200'000'000'000);
        file.run(u"UPDATE namespaces SET state_modified_at = '%1'"_qs.arg(last));
        flag.enabled = false;
        const auto receipt = file.write(changes::diff(state, replaced(state, flag)), state);
        QVERIFY(receipt);
        QVERIFY(*flags::parseTimestamp(stamp()) > *flags::parseTimestamp(last));
        QCOMPARE(receipt->stamps.value(u"default"_qs), stamp());
        // Stamps that no Flipt could read are replaced too.
        for (const char *odd : {"2026-11-24T21:30:33Z", "1764020000", ""}) {
            ++file.series;
            file.run(
                u"UPDATE namespaces SET state_modified_at = '%1'"_qs.arg(QString::fromLatin1(odd)));
            state = file.read();
            flag = *state.namespaces[0]->flags[0];
            flag.enabled = !flag.enabled;
            save(file, state, replaced(state, flag));
            QVERIFY(flags::parseTimestamp(stamp()).has_value());
        }
    }

    void exchangesVariantKeys()
    {
        SaveFile file;
        const flags::Snapshot base = file.read();
        flags::Snapshot state = save(file, base, richSnapshot(base));
        flags::Flag flag = richFlag(state);
        std::swap(flag.variants[0].key, flag.variants[1].key);
        state = save(file, state, replaced(state, flag));
        QCOMPARE(file.run(u"SELECT key FROM variants ORDER BY id"_qs),
                 (QList<QVariantList>{{u"v2"_qs}, {u"v1"_qs}}));
    }

    void refusesInFliptsWords()
    {
        SaveFile file;
        const flags::Snapshot base = file.read();
        const flags::Snapshot state = save(file, base, richSnapshot(base));
        const auto refusal = [&](const flags::Snapshot &target) {
            const auto receipt = file.write(changes::diff(state, target), state);
            return receipt ? QString() : receipt.error().detail;
        };
        flags::Flag flag = richFlag(state);
        flag.rules[0].segments = {SegmentKey(u"none"_qs)};
        QCOMPARE(refusal(replaced(state, flag)),
                 u"flag \"default/rich\" or segment \"default/none\" not found"_qs);
        flag = richFlag(state);
        flag.rollouts[0].segmentMatches[0].segments = {SegmentKey(u"none"_qs)};
        QCOMPARE(refusal(replaced(state, flag)),
                 u"flag \"default/rich or segment none\" not found"_qs);
        flag = richFlag(state);
        flag.rules[0].distributions[0].variant = VariantId(u"none"_qs);
        QCOMPARE(refusal(replaced(state, flag)),
                 u"variant \"none\", rule \"r1\", flag \"rich\" in namespace \"default\" not "
                 u"found"_qs);
        flag = richFlag(state);
        flag.defaultVariant = VariantId(u"none"_qs);
        QCOMPARE(refusal(replaced(state, flag)),
                 u"variant \"none\" not found for flag \"default/rich\""_qs);
        // By hand: the edit itself would refuse it.
        changes::ChangeSet removal;
        for (const auto &change :
             changes::diff(state, *flags::removeNamespace(state, defaultKey)).changes) {
            if (change.address.owner == u"s1")
                removal.changes.push_back(change);
        }
        const auto receipt = file.write(removal, state);
        QVERIFY(!receipt);
        QCOMPARE(receipt.error().kind, Error::Kind::Constraint);
        QCOMPARE(receipt.error().detail, u"segment \"default/s1\" is in use"_qs);
        QVERIFY(file.read() == state);
    }

    void namesTheObjectAmongMany()
    {
        SaveFile file;
        const flags::Snapshot base = file.read();
        flags::Snapshot target = base;
        for (int i = 0; i < 700; ++i)
            target = *flags::insertFlag(target, defaultKey, plainFlag(u"f%1"_qs.arg(i)));
        file.run(u"INSERT INTO flags (key, name, description) VALUES ('f612', 'theirs', '')"_qs);
        const changes::ChangeSet changes = changes::diff(base, target);
        QVERIFY(file.plan(changes, base)->statements.size() < 20); // grouped
        const auto receipt = file.write(changes, base);
        QVERIFY(!receipt);
        QCOMPARE(receipt.error().kind, Error::Kind::Conflict);
        QCOMPARE(receipt.error().detail, u"flag \"default/f612\" is not unique"_qs);
        QCOMPARE(file.run(u"SELECT count(*) FROM flags"_qs), (QList<QVariantList>{{1}}));
        file.run(u"DELETE FROM flags"_qs);
        QVERIFY(file.write(changes, base));
        QCOMPARE(file.run(u"SELECT count(*) FROM flags"_qs), (QList<QVariantList>{{700}}));
    }

    void showsTheStatements()
    {
        SaveFile file;
        const flags::Snapshot base = file.read();
        flags::Flag flag = plainFlag(u"it's"_qs);
        const auto texts = store::Connection::preview(
            changes::diff(base, *flags::insertFlag(base, defaultKey, flag)), base);
        QVERIFY(texts);
        const QString all = texts->join(u'\n');
        QVERIFY2(all.contains(u"VALUES ('default', 'it''s', 'it''s', '', 0, 0, NULL, NULL, "
                              u":generated, :generated)"_qs),
                 qPrintable(all));
        QVERIFY(
            all.contains(u"SET \"state_modified_at\" = :generated WHERE \"key\" = 'default'"_qs));
        QVERIFY(!all.contains(u'?'));
    }

    void randomEditsLandExactly()
    {
        int landed = 0;
        int refused = 0;
        for (quint32 seed = 1; seed <= 12; ++seed) {
            SaveFile file;
            test::SnapshotGenerator generator(seed);
            flags::Snapshot state = file.read();
            for (int step = 0; step < 12; ++step) {
                const flags::Snapshot target =
                    step == 0 ? generator.snapshot() : generator.edited(state, 1 + step % 4);
                const changes::ChangeSet changes = changes::diff(state, target);
                const auto plan = file.plan(changes, state);
                const flags::Snapshot before = file.read();
                const auto receipt = file.write(changes, state);
                const flags::Snapshot found = file.read();
                if (!receipt) {
                    // Dangling references, which the tables refuse: nothing was written.
                    QVERIFY2(receipt.error().kind == Error::Kind::Constraint,
                             qPrintable(receipt.error().detail));
                    QVERIFY(found == before);
                    ++refused;
                    continue;
                }
                ++landed;
                if (!(found == plan->save.after)) {
                    for (const auto &change : changes::diff(plan->save.after, found).changes)
                        qWarning()
                            << int(change.kind) << int(change.address.kind) << change.address.owner
                            << change.address.id << change.fields.size();
                }
                QVERIFY2(found == plan->save.after,
                         qPrintable(u"seed %1 step %2"_qs.arg(seed).arg(step)));
                QVERIFY(file.run(u"PRAGMA foreign_key_check"_qs).isEmpty());
                state = found;
                ++file.series;
                file.clock.now += 1'000'000'000;
            }
        }
        QVERIFY2(landed >= 40, qPrintable(u"landed %1 refused %2"_qs.arg(landed).arg(refused)));
        QVERIFY(refused > 0);
    }
};

QTEST_GUILESS_MAIN(TestSaveWriter)
#include "tst_savewriter.moc"
