// SPDX-License-Identifier: GPL-3.0-or-later
#include "savefixture.h"

#include <changes/changeset.h>

#include <functional>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::defaultKey;
using test::plainFlag;
using test::richFlag;
using test::richSnapshot;
using test::SaveFile;

namespace {

using Edit = std::function<flags::Snapshot(const flags::Snapshot &)>;

Edit onFlag(std::function<void(flags::Flag &)> edit)
{
    return [edit](const flags::Snapshot &snapshot) {
        flags::Flag flag = richFlag(snapshot);
        edit(flag);
        return *flags::replaceFlag(snapshot, defaultKey, flag);
    };
}

Edit onSegment(std::function<void(flags::Segment &)> edit)
{
    return [edit](const flags::Snapshot &snapshot) {
        flags::Segment segment = *snapshot.nameSpace(defaultKey)->segment(SegmentKey(u"s1"_qs));
        edit(segment);
        return *flags::replaceSegment(snapshot, defaultKey, segment);
    };
}

/// Our edit of the rich snapshot, what somebody else did meanwhile, and what our error must name.
struct Case {
    const char *name;
    Edit ours;
    const char *theirs;
    const char *named;
};

const NamespaceKey spare(u"spare"_qs);

std::vector<Case> cases()
{
    const Edit describe = [](const flags::Snapshot &s) {
        return *flags::describeNamespace(s, spare, u"new"_qs, {});
    };
    const Edit removeSpace = [](const flags::Snapshot &s) {
        return *flags::removeNamespace(s, spare);
    };
    const Edit addFlag = [](const flags::Snapshot &s) {
        return *flags::insertFlag(s, defaultKey, plainFlag(u"new"_qs));
    };
    const Edit addSegment = [](const flags::Snapshot &s) {
        flags::Segment segment;
        segment.key = SegmentKey(u"new"_qs);
        segment.name = u"new"_qs;
        return *flags::insertSegment(s, defaultKey, segment);
    };
    const Edit removeFlag = [](const flags::Snapshot &s) {
        return *flags::removeFlag(s, defaultKey, FlagKey(u"rich"_qs));
    };
    const Edit removeUnused = [](const flags::Snapshot &s) {
        return *flags::removeSegment(s, defaultKey, SegmentKey(u"s3"_qs));
    };
    const Edit renameSegment = onSegment([](auto &segment) { segment.name = u"new"_qs; });
    const Edit changeConstraint =
        onSegment([](auto &segment) { segment.constraints[0].value = u"new"_qs; });
    const Edit removeConstraint =
        onSegment([](auto &segment) { segment.constraints.erase(segment.constraints.begin()); });
    const Edit toggle = onFlag([](auto &flag) { flag.enabled = true; });
    const Edit renameVariant = onFlag([](auto &flag) { flag.variants[0].name = u"new"_qs; });
    const Edit removeVariant =
        onFlag([](auto &flag) { flag.variants.erase(flag.variants.begin() + 1); });
    const Edit changeRule = onFlag([](auto &flag) { flag.rules[0].segmentOperator = 1; });
    const Edit segmentsOfRule =
        onFlag([](auto &flag) { flag.rules[0].segments.push_back(SegmentKey(u"s3"_qs)); });
    const Edit removeRule = onFlag([](auto &flag) { flag.rules.erase(flag.rules.begin() + 1); });
    const Edit addRule = onFlag([](auto &flag) {
        flags::Rule rule;
        rule.id = RuleId(u"new"_qs);
        rule.rank = 4;
        flag.rules.push_back(rule);
    });
    const Edit moveRule = onFlag([](auto &flag) { std::swap(flag.rules[0], flag.rules[1]); });
    const Edit split = onFlag([](auto &flag) { flag.rules[0].distributions[0].rollout = 50; });
    const Edit addDistribution = onFlag([](auto &flag) {
        flags::Distribution distribution;
        distribution.variant = flag.variants[0].id;
        flag.rules[0].distributions.push_back(distribution);
    });
    const Edit removeDistribution = onFlag(
        [](auto &flag) { flag.rules[0].distributions.erase(flag.rules[0].distributions.begin()); });
    const Edit describeRollout =
        onFlag([](auto &flag) { flag.rollouts[0].description = u"new"_qs; });
    const Edit removeRollout =
        onFlag([](auto &flag) { flag.rollouts.erase(flag.rollouts.begin() + 1); });
    const Edit threshold = onFlag([](auto &flag) { flag.rollouts[1].threshold->percentage = 50; });
    const Edit match = onFlag([](auto &flag) { flag.rollouts[0].segmentMatches[0].value = false; });

    return {
        {"namespace: changed", describe,
         "UPDATE namespaces SET description = 'x' WHERE key = 'spare'", "spare"},
        {"namespace: removed", describe, "DELETE FROM namespaces WHERE key = 'spare'", "spare"},
        {"namespace: removal, changed", removeSpace,
         "UPDATE namespaces SET name = 'x' WHERE key = 'spare'", "spare"},
        {"namespace: removal, flag inside", removeSpace,
         "INSERT INTO flags (key, name, description, namespace_key) VALUES ('f', '', '', 'spare')",
         "spare"},
        {"namespace: removal, segment inside", removeSpace,
         "INSERT INTO segments (key, name, description, namespace_key) VALUES ('f', '', '', "
         "'spare')",
         "spare"},
        {"namespace: removed under a new flag", addFlag,
         "DELETE FROM namespaces WHERE key = 'default'", "default"},
        {"segment: changed", renameSegment, "UPDATE segments SET match_type = 1 WHERE key = 's1'",
         "default/s1"},
        {"segment: same field", renameSegment, "UPDATE segments SET name = 'x' WHERE key = 's1'",
         "default/s1"},
        {"segment: inserted", addSegment,
         "INSERT INTO segments (key, name, description) VALUES ('new', '', '')", "default/new"},
        {"segment: removal, changed", removeUnused,
         "UPDATE segments SET name = 'x' WHERE key = 's3'", "default/s3"},
        {"segment: removal, constraint inside", removeUnused,
         "INSERT INTO constraints (id, segment_key, property, operator, value) "
         "VALUES ('c', 's3', 'p', 'eq', 'v')",
         "default/s3"},
        {"segment: removal, used by a rule", removeUnused,
         "INSERT INTO rule_segments VALUES ('r2', 'default', 's3')",
         "segment \"default/s3\" is in use"},
        {"segment: removal, used by a rollout", removeUnused,
         "INSERT INTO rollout_segment_references VALUES ('m1', 'default', 's3')",
         "segment \"default/s3\" is in use"},
        {"segment: removal, removed", removeUnused, "DELETE FROM segments WHERE key = 's3'",
         "default/s3"},
        {"constraint: changed", changeConstraint,
         "UPDATE constraints SET operator = 'neq' WHERE id = 's1p1'", "s1p1"},
        {"constraint: removed", changeConstraint, "DELETE FROM constraints WHERE id = 's1p1'",
         "default/s1"},
        {"constraint: inserted beside", changeConstraint,
         "INSERT INTO constraints (id, segment_key, property, operator, value) "
         "VALUES ('c', 's1', 'p', 'eq', 'v')",
         "default/s1"},
        {"constraint: removal, changed", removeConstraint,
         "UPDATE constraints SET description = NULL WHERE id = 's1p1'", "s1p1"},
        {"flag: changed elsewhere", toggle, "UPDATE flags SET name = 'x' WHERE key = 'rich'",
         "default/rich"},
        {"flag: same field", toggle, "UPDATE flags SET enabled = 1 WHERE key = 'rich'",
         "default/rich"},
        {"flag: metadata", toggle, "UPDATE flags SET metadata = NULL WHERE key = 'rich'",
         "default/rich"},
        {"flag: removed", toggle, "DELETE FROM flags WHERE key = 'rich'", "default/rich"},
        {"flag: inserted", addFlag,
         "INSERT INTO flags (key, name, description) VALUES ('new', '', '')",
         "flag \"default/new\" is not unique"},
        {"flag: removal, default variant changed", removeFlag,
         "UPDATE flags SET default_variant_id = NULL WHERE key = 'rich'", "default/rich"},
        {"flag: removal, variant inside", removeFlag,
         "INSERT INTO variants (id, flag_key, key, name, description) VALUES ('v', 'rich', 'v', "
         "'', "
         "'')",
         "default/rich"},
        {"flag: removal, rule inside", removeFlag,
         "INSERT INTO rules (id, flag_key) VALUES ('r', 'rich')", "default/rich"},
        {"flag: removal, rollout inside", removeFlag,
         "INSERT INTO rollouts (id, namespace_key, flag_key, description) VALUES ('o', 'default', "
         "'rich', '')",
         "default/rich"},
        {"variant: changed", renameVariant, "UPDATE variants SET attachment = NULL WHERE id = 'v1'",
         "v1"},
        {"variant: removed", renameVariant, "DELETE FROM variants WHERE id = 'v1'", "default/rich"},
        {"variant: inserted beside", renameVariant,
         "INSERT INTO variants (id, flag_key, key, name, description) VALUES ('v', 'rich', 'v', "
         "'', "
         "'')",
         "default/rich"},
        {"variant: removal, used by another's rule", removeVariant,
         "INSERT INTO distributions (id, rule_id, variant_id) VALUES ('d', 'other', 'v2')", "v2"},
        {"variant: removal, another's default", removeVariant,
         "UPDATE flags SET default_variant_id = 'v2' WHERE key = 'other'", "v2"},
        {"rule: changed", changeRule, "UPDATE rules SET segment_operator = 1 WHERE id = 'r1'",
         "r1"},
        {"rule: segments changed", changeRule,
         "INSERT INTO rule_segments VALUES ('r1', 'default', 's2')", "r1"},
        {"rule: segment list, segment removed", segmentsOfRule,
         "DELETE FROM segments WHERE key = 's3'", "default/s3"},
        {"rule: removed", changeRule, "DELETE FROM rules WHERE id = 'r1'", "default/rich"},
        {"rule: inserted beside", changeRule,
         "INSERT INTO rules (id, flag_key, rank) VALUES ('r', 'rich', 9)", "default/rich"},
        {"rule: re-ranked", changeRule, "UPDATE rules SET rank = 7 WHERE id = 'r3'",
         "default/rich"},
        {"rule: addition, inserted beside", addRule,
         "INSERT INTO rules (id, flag_key, rank) VALUES ('r', 'rich', 4)", "default/rich"},
        {"rule: addition, flag removed", addRule, "DELETE FROM flags WHERE key = 'rich'",
         "default/rich"},
        {"rule: move, re-ranked", moveRule, "UPDATE rules SET rank = 4 - rank", "default/rich"},
        {"rule: removal, distribution inside", removeRule,
         "INSERT INTO distributions (id, rule_id, variant_id) VALUES ('d', 'r2', 'v2')", "r2"},
        {"distribution: changed", split, "UPDATE distributions SET rollout = 1 WHERE id = 'd10'",
         "r1"},
        {"distribution: sibling changed", split,
         "UPDATE distributions SET rollout = 1 WHERE id = 'd11'", "r1"},
        {"distribution: sibling moved", split,
         "UPDATE distributions SET created_at = '2020-01-01' WHERE id = 'd11'", "r1"},
        {"distribution: removed", split, "DELETE FROM distributions WHERE id = 'd10'", "r1"},
        {"distribution: inserted beside", split,
         "INSERT INTO distributions (id, rule_id, variant_id) VALUES ('d', 'r1', 'v2')", "r1"},
        {"distribution: addition, variant removed", addDistribution,
         "DELETE FROM variants WHERE id = 'v1'", "r1"},
        {"distribution: addition, rule removed", addDistribution,
         "DELETE FROM rules WHERE id = 'r1'", "r1"},
        {"distribution: removal, changed", removeDistribution,
         "UPDATE distributions SET variant_id = 'v2' WHERE id = 'd10'", "r1"},
        {"rollout: changed", describeRollout, "UPDATE rollouts SET type = 2 WHERE id = 'o1'", "o1"},
        {"rollout: removed", describeRollout, "DELETE FROM rollouts WHERE id = 'o1'",
         "default/rich"},
        {"rollout: inserted beside", describeRollout,
         "INSERT INTO rollouts (id, namespace_key, flag_key, description) VALUES ('o', 'default', "
         "'rich', '')",
         "default/rich"},
        {"rollout: re-ranked", describeRollout, "UPDATE rollouts SET rank = 5 WHERE id = 'o2'",
         "default/rich"},
        {"rollout: removal, part inside", removeRollout,
         "INSERT INTO rollout_segments (id, rollout_id) VALUES ('m', 'o2')", "o2"},
        {"threshold: changed", threshold, "UPDATE rollout_thresholds SET value = 0", "t2"},
        {"threshold: removed", threshold, "DELETE FROM rollout_thresholds", "o2"},
        {"segment match: changed", match, "UPDATE rollout_segments SET segment_operator = 1", "m1"},
        {"segment match: references changed", match,
         "INSERT INTO rollout_segment_references VALUES ('m1', 'default', 's1')", "m1"},
        {"segment match: inserted beside", match,
         "INSERT INTO rollout_segments (id, rollout_id) VALUES ('m', 'o1')", "o1"},
        {"segment match: removed", match, "DELETE FROM rollout_segments", "o1"},
    };
}

} // namespace

class TestSaveGuards : public QObject {
    Q_OBJECT

    std::unique_ptr<SaveFile> m_template;
    flags::Snapshot m_base;

private slots:
    void initTestCase()
    {
        m_template = std::make_unique<SaveFile>();
        flags::Snapshot target = richSnapshot(m_template->read());
        flags::Namespace nameSpace;
        nameSpace.key = spare;
        nameSpace.name = u"Spare"_qs;
        target = *flags::insertNamespace(target, nameSpace);
        flags::Segment unused;
        unused.key = SegmentKey(u"s3"_qs);
        unused.name = u"unused"_qs;
        target = *flags::insertSegment(target, defaultKey, unused);
        flags::Flag other = plainFlag(u"other"_qs);
        flags::Rule rule;
        rule.id = RuleId(u"other"_qs);
        other.rules.push_back(rule);
        target = *flags::insertFlag(target, defaultKey, other);
        const flags::Snapshot start = m_template->read();
        QVERIFY(m_template->write(changes::diff(start, target), start));
        m_base = m_template->read();
    }

    void findsWhatSomebodyElseDid_data()
    {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const Case &row : cases())
            QTest::newRow(row.name) << index++;
    }
    void findsWhatSomebodyElseDid()
    {
        QFETCH(int, index);
        const Case row = cases()[size_t(index)];
        const changes::ChangeSet ours = changes::diff(m_base, row.ours(m_base));
        QVERIFY(!ours.isEmpty());

        SaveFile alone(m_template->path());
        QVERIFY(alone.write(ours, m_base)); // without the other writer it lands

        SaveFile file(m_template->path());
        file.run(QString::fromLatin1(row.theirs));
        const flags::Snapshot theirs = file.read();
        const auto receipt = file.write(ours, m_base);
        QVERIFY(!receipt);
        QVERIFY2(receipt.error().kind == Error::Kind::Conflict, qPrintable(receipt.error().detail));
        QVERIFY2(receipt.error().detail.contains(QString::fromLatin1(row.named)),
                 qPrintable(receipt.error().detail));
        QVERIFY(file.read() == theirs); // nothing of ours
    }

    void guardsTheSchema_data()
    {
        QTest::addColumn<QString>("theirs");
        QTest::newRow("dirty") << u"UPDATE schema_migrations SET dirty = 1"_qs;
        QTest::newRow("newer") << u"UPDATE schema_migrations SET version = 16"_qs;
        QTest::newRow("gone") << u"DELETE FROM schema_migrations"_qs;
        QTest::newRow("two") << u"INSERT INTO schema_migrations VALUES (14, 0)"_qs;
    }
    void guardsTheSchema()
    {
        QFETCH(QString, theirs);
        SaveFile file(m_template->path());
        file.run(theirs);
        const auto receipt = file.write(
            changes::diff(m_base, *flags::insertFlag(m_base, defaultKey, plainFlag(u"new"_qs))),
            m_base);
        QVERIFY(!receipt);
        QCOMPARE(receipt.error().kind, Error::Kind::Schema);
        QVERIFY(file.read() == m_base);
    }

    void letsOthersWorkElsewhere()
    {
        SaveFile file(m_template->path());
        file.run(u"UPDATE flags SET name = 'x' WHERE key = 'other'"_qs);
        file.run(u"UPDATE segments SET updated_at = '2030-01-01' WHERE key = 's1'"_qs);
        file.run(
            u"UPDATE namespaces SET state_modified_at = '2020-01-01' WHERE key = 'default'"_qs);
        flags::Flag flag = richFlag(m_base);
        flag.enabled = true;
        const auto receipt = file.write(
            changes::diff(m_base, *flags::replaceFlag(m_base, defaultKey, flag)), m_base);
        QVERIFY2(receipt, receipt ? "" : qPrintable(receipt.error().detail));
        QCOMPARE(file.run(u"SELECT key, name, enabled FROM flags ORDER BY key"_qs),
                 (QList<QVariantList>{{u"other"_qs, u"x"_qs, 0}, {u"rich"_qs, u"rich"_qs, 1}}));
    }
};

QTEST_GUILESS_MAIN(TestSaveGuards)
#include "tst_saveguards.moc"
