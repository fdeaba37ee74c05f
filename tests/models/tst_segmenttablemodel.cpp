// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/segmenttablemodel.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::SegmentTableModel;

class TestSegmentTableModel : public QObject {
    Q_OBJECT

    static std::shared_ptr<const flags::Namespace> nameSpace(const QStringList &keys,
                                                             const QString &changed = {})
    {
        flags::Namespace made;
        for (const QString &key : keys) {
            flags::Segment segment;
            segment.key = SegmentKey(key);
            segment.name = key == changed ? u"Other"_qs : key.toUpper();
            segment.constraints.resize(1);
            segment.constraints[0].property = u"plan"_qs;
            made.segments.push_back(std::make_shared<const flags::Segment>(segment));
        }
        flags::Flag flag;
        flag.key = FlagKey(u"flag"_qs);
        flag.rules.resize(2);
        for (flags::Rule &rule : flag.rules)
            rule.segments = {SegmentKey(keys.value(0))};
        made.flags.push_back(std::make_shared<const flags::Flag>(flag));
        return std::make_shared<const flags::Namespace>(made);
    }

private slots:
    void showsSegmentsWithMarksAndUses()
    {
        SegmentTableModel model;
        QAbstractItemModelTester tester(&model);
        model.setNamespace(nameSpace({u"a"_qs, u"b"_qs, u"c"_qs}, u"b"_qs),
                           nameSpace({u"a"_qs, u"b"_qs}));
        QCOMPARE(model.rowCount(), 3);
        const auto mark = [&](int row) {
            return static_cast<SegmentTableModel::Mark>(
                model.index(row, 0).data(SegmentTableModel::MarkRole).toInt());
        };
        QCOMPARE(mark(0), SegmentTableModel::Mark::Unchanged);
        QCOMPARE(mark(1), SegmentTableModel::Mark::Changed);
        QCOMPARE(mark(2), SegmentTableModel::Mark::Added);
        QCOMPARE(model.index(0, SegmentTableModel::UsesColumn).data().toInt(), 1);
        QCOMPARE(model.index(1, SegmentTableModel::UsesColumn).data().toInt(), 0);
        QVERIFY(
            model.index(0, 0).data(SegmentTableModel::TextRole).toString().contains(u"plan"_qs));
        QCOMPARE(model.indexOf(SegmentKey(u"c"_qs)).row(), 2);
        QVERIFY(!model.indexOf(SegmentKey(u"d"_qs)).isValid());
    }

    void rowsKeepTheirPlacesWhileTheSameAreThere()
    {
        SegmentTableModel model;
        QAbstractItemModelTester tester(&model);
        model.setNamespace(nameSpace({u"a"_qs, u"b"_qs}), nullptr);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex kept = model.index(1, 0);
        model.setNamespace(nameSpace({u"a"_qs, u"b"_qs}, u"b"_qs), nullptr);
        QVERIFY(reset.isEmpty());
        QVERIFY(kept.isValid());
        QCOMPARE(model.index(1, SegmentTableModel::NameColumn).data().toString(), u"Other"_qs);
        model.setNamespace(nullptr, nullptr);
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSegmentTableModel)
#include "tst_segmenttablemodel.moc"
