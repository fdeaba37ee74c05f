// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/changetreemodel.h>

#include <support/generator.h>

#include <QAbstractItemModelTester>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::ChangeTreeModel;

namespace {

/// The tree as text: a line a row, indented, `what: before > after`, the sign in front.
QStringList lines(const ChangeTreeModel &model, const QModelIndex &parent = {},
                  const QString &indent = {})
{
    QStringList result;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const bool isObject = index.data(ChangeTreeModel::NodeRole).toInt()
                              == static_cast<int>(ChangeTreeModel::Node::Object);
        const QString sign = QStringList{u"+ "_qs, u"- "_qs, u"~ "_qs}.at(
            index.data(ChangeTreeModel::ChangeRole).toInt());
        QString line = indent + (isObject ? sign : QString())
                       + index.data(ChangeTreeModel::WhatRole).toString();
        if (!isObject)
            line += u": "_qs + index.data(ChangeTreeModel::BeforeRole).toString() + u" > "_qs
                    + index.data(ChangeTreeModel::AfterRole).toString();
        result.append(line);
        result += lines(model, index, indent + u"  "_qs);
    }
    return result;
}

flags::Snapshot snapshotOf(const flags::Flag &flag)
{
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"shop"_qs);
    nameSpace.flags.push_back(std::make_shared<const flags::Flag>(flag));
    return {{std::make_shared<const flags::Namespace>(nameSpace)}};
}

} // namespace

class TestChangeTreeModel : public QObject {
    Q_OBJECT

private slots:
    void showsOrphansThatGo()
    {
        const flags::Snapshot after = snapshotOf({.key = FlagKey(u"checkout"_qs)});
        flags::Snapshot before = after;
        flags::Variant variant{VariantId(u"v9"_qs), u"lost"_qs, {}, {}, {}, {}};
        before.orphans.push_back({.nameSpace = NamespaceKey(u"shop"_qs),
                                  .owner = u"gone"_qs,
                                  .parent = {},
                                  .object = variant});
        ChangeTreeModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setChanges(changes::diff(before, after), before, after);
        QCOMPARE(lines(model), (QStringList{u"- orphaned variant v9 of \"shop/gone\""_qs,
                                            u"  key: \"lost\" > "_qs}));
    }

    void groupsByObject()
    {
        flags::Flag flag;
        flag.key = FlagKey(u"checkout"_qs);
        flag.name = u"Old"_qs;
        flag.times.updated = u"2026-01-01 00:00:00+00:00"_qs;
        flag.variants = {{VariantId(u"v1"_qs), u"blue"_qs, {}, {}, {}, {}}};
        flag.rules.push_back({RuleId(u"r1"_qs), 1, 0, {}, {}, {}});
        flag.rules.push_back({RuleId(u"r2"_qs), 2, 0, {}, {}, {}});
        const flags::Snapshot before = snapshotOf(flag);
        flag.name = u"New"_qs;
        flag.times.updated = u"2026-02-02 00:00:00+00:00"_qs;
        flag.rules[0].distributions.push_back(
            {DistributionId(u"d1"_qs), VariantId(u"v1"_qs), 50, {}});
        std::swap(flag.rules[0], flag.rules[1]);
        const flags::Snapshot after = snapshotOf(flag);

        ChangeTreeModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setChanges(changes::diff(before, after), before, after);
        QCOMPARE(model.objectCount(), 1);
        const QStringList expected{
            u"~ flag \"checkout\""_qs,
            u"  name: \"Old\" > \"New\""_qs,
            u"  ~ rule 1"_qs,
            u"    place: 2 > 1"_qs,
            u"  + rule 2 · distribution \"blue\""_qs,
            u"    variant:  > \"blue\""_qs,
            u"    percentage:  > 50 %"_qs,
        };
        QCOMPARE(lines(model), expected);
        const QModelIndex rule = model.index(1, 0, model.index(0, 0));
        QCOMPARE(rule.data(ChangeTreeModel::IdRole).toString(), u"r2"_qs);
        QCOMPARE(rule.data(ChangeTreeModel::NamespaceRole).toString(), u"shop"_qs);
        QCOMPARE(rule.data(ChangeTreeModel::OwnerRole).toString(), u"checkout"_qs);

        model.setChanges({}, after, after);
        QCOMPARE(model.rowCount(), 0);
    }

    void isASoundModelForGeneratedChanges()
    {
        for (quint32 seed = 0; seed < 20; ++seed) {
            test::SnapshotGenerator generator(seed);
            const flags::Snapshot before = generator.snapshot();
            const flags::Snapshot after = generator.edited(before, 6);
            const changes::ChangeSet set = changes::diff(before, after);
            ChangeTreeModel model;
            QAbstractItemModelTester tester(&model,
                                            QAbstractItemModelTester::FailureReportingMode::QtTest);
            model.setChanges(set, before, after);
            QCOMPARE(model.rowCount() == 0, changes::semantic(set).isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(TestChangeTreeModel)
#include "tst_changetreemodel.moc"
