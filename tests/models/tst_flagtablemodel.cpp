// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/flagtablemodel.h>

#include <support/generator.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::FlagTableModel;

namespace {

std::shared_ptr<const flags::Namespace> namespaceOf(const QStringList &keys)
{
    auto nameSpace = std::make_shared<flags::Namespace>();
    for (const QString &key : keys) {
        flags::Flag flag;
        flag.key = FlagKey(key);
        flag.name = u"Name of "_qs + key;
        flag.description = u"Ünïcode "_qs + key.toUpper();
        nameSpace->flags.push_back(std::make_shared<const flags::Flag>(flag));
    }
    return nameSpace;
}

template <typename Edit>
std::shared_ptr<const flags::Namespace>
with(const std::shared_ptr<const flags::Namespace> &nameSpace, size_t index, Edit edit)
{
    auto copy = std::make_shared<flags::Namespace>(*nameSpace);
    flags::Flag flag = *copy->flags.at(index);
    edit(flag);
    copy->flags.at(index) = std::make_shared<const flags::Flag>(flag);
    return copy;
}

QStringList keys(const FlagTableModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result.append(model.index(row, 0).data(FlagTableModel::KeyRole).toString());
    return result;
}

constexpr auto failure = QAbstractItemModelTester::FailureReportingMode::QtTest;

} // namespace

class TestFlagTableModel : public QObject {
    Q_OBJECT

private slots:
    void givesRawValues()
    {
        FlagTableModel model;
        QAbstractItemModelTester tester(&model, failure);
        auto base = namespaceOf({u"a"_qs});
        const auto draft = with(base, 0, [](flags::Flag &flag) {
            flag.enabled = true;
            flag.type = flags::BooleanFlag;
            flag.rollouts.resize(2);
            flag.times.updated = u"1970-01-01 00:00:01+00:00"_qs;
        });
        model.setNamespace(draft, base);
        const QModelIndex index = model.index(0, 0);
        QCOMPARE(index.data(FlagTableModel::EnabledRole), QVariant(true));
        QCOMPARE(index.data(FlagTableModel::TypeRole), QVariant(1));
        QCOMPARE(index.data(FlagTableModel::RulesRole), QVariant(2));
        QCOMPARE(index.data(FlagTableModel::UpdatedRole), QVariant(qint64(1'000'000'000)));
        QCOMPARE(index.data(FlagTableModel::MarkRole).toInt(),
                 static_cast<int>(FlagTableModel::Mark::Changed));
        model.setNamespace(draft, {});
        QCOMPARE(model.index(0, 0).data(FlagTableModel::MarkRole).toInt(),
                 static_cast<int>(FlagTableModel::Mark::Added));
        model.setNamespace(draft, draft);
        QCOMPARE(model.index(0, 0).data(FlagTableModel::MarkRole).toInt(),
                 static_cast<int>(FlagTableModel::Mark::Unchanged));
        model.setNamespace({}, {});
        QCOMPARE(model.rowCount(), 0);
    }

    void filtersByWords_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("all") << u"  "_qs
                             << QStringList{u"new-checkout"_qs, u"old-checkout"_qs, u"banner"_qs};
        QTest::newRow("part") << u"check"_qs << QStringList{u"new-checkout"_qs, u"old-checkout"_qs};
        QTest::newRow("case") << u"NEW"_qs << QStringList{u"new-checkout"_qs};
        QTest::newRow("two words") << u"name old"_qs << QStringList{u"old-checkout"_qs};
        QTest::newRow("description") << u"ÜNÏ ban"_qs << QStringList{u"banner"_qs};
        QTest::newRow("none") << u"zzz"_qs << QStringList{};
        QTest::newRow("not across fields") << u"bannername"_qs << QStringList{};
    }
    void filtersByWords()
    {
        QFETCH(QString, filter);
        QFETCH(QStringList, expected);
        FlagTableModel model;
        QAbstractItemModelTester tester(&model, failure);
        const auto nameSpace = namespaceOf({u"new-checkout"_qs, u"old-checkout"_qs, u"banner"_qs});
        model.setNamespace(nameSpace, nameSpace);
        model.setFilter(filter);
        QCOMPARE(keys(model), expected);
        QCOMPARE(model.flagCount(), 3);
        model.setFilter({});
        QCOMPARE(model.rowCount(), 3);
    }

    void findsWhatIsFarApart()
    {
        QStringList all;
        for (int i = 0; i < 700; ++i)
            all.append(u"flag%1"_qs.arg(i));
        const QList<int> wanted{0, 1, 2, 5, 12, 27, 58, 121, 250, 251, 698, 699};
        for (const int place : wanted)
            all[place] = u"rare%1"_qs.arg(place);
        FlagTableModel model;
        const auto nameSpace = namespaceOf(all);
        model.setNamespace(nameSpace, nameSpace);
        model.setFilter(u"rare"_qs);
        QStringList expected;
        for (const int place : wanted)
            expected.append(all[place]);
        QCOMPARE(keys(model), expected);
    }

    void aFlagOutlivesItsRow()
    {
        FlagTableModel model;
        auto nameSpace = namespaceOf({u"a"_qs});
        model.setNamespace(nameSpace, nameSpace);
        const std::shared_ptr<const flags::Flag> flag = model.flag(model.index(0, 0));
        nameSpace.reset();
        model.setNamespace({}, {});
        QCOMPARE(flag->key, FlagKey(u"a"_qs));
    }

    void filterFollowsEdits()
    {
        FlagTableModel model;
        QAbstractItemModelTester tester(&model, failure);
        auto nameSpace = namespaceOf({u"a"_qs, u"b"_qs});
        model.setNamespace(nameSpace, nameSpace);
        model.setFilter(u"wanted"_qs);
        QCOMPARE(model.rowCount(), 0);
        model.setNamespace(with(nameSpace, 1, [](flags::Flag &flag) { flag.name = u"Wanted"_qs; }),
                           nameSpace);
        QCOMPARE(keys(model), QStringList{u"b"_qs});
    }

    void editsKeepRows()
    {
        FlagTableModel model;
        QAbstractItemModelTester tester(&model, failure);
        const auto nameSpace = namespaceOf({u"c"_qs, u"a"_qs, u"b"_qs});
        model.setNamespace(nameSpace, nameSpace);
        const QPersistentModelIndex b(model.indexOf(FlagKey(u"b"_qs)));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setNamespace(with(nameSpace, 1, [](flags::Flag &flag) { flag.enabled = true; }),
                           nameSpace);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().first().toModelIndex().row(), 1);

        model.sort(FlagTableModel::KeyColumn);
        QCOMPARE(keys(model), (QStringList{u"a"_qs, u"b"_qs, u"c"_qs}));
        QCOMPARE(b.row(), 1);
        model.sort(FlagTableModel::KeyColumn, Qt::DescendingOrder);
        QCOMPARE(keys(model), (QStringList{u"c"_qs, u"b"_qs, u"a"_qs}));

        auto grown = std::make_shared<flags::Namespace>(*namespaceOf({u"d"_qs, u"b"_qs, u"0"_qs}));
        model.setNamespace(grown, nameSpace);
        QCOMPARE(keys(model), (QStringList{u"d"_qs, u"b"_qs, u"0"_qs}));
        QVERIFY(b.isValid());
        QCOMPARE(b.data(FlagTableModel::KeyRole).toString(), u"b"_qs);
        QCOMPARE(reset.size(), 0);
        model.sort(-1);
        QCOMPARE(model.indexOf(FlagKey(u"0"_qs)).row(), 2);
        QVERIFY(!model.indexOf(FlagKey(u"a"_qs)).isValid());
    }

    void sortsEveryColumn()
    {
        test::SnapshotGenerator generator(7);
        auto nameSpace = std::make_shared<flags::Namespace>();
        for (int i = 0; i < 40; ++i)
            nameSpace->flags.push_back(std::make_shared<const flags::Flag>(generator.flag()));
        FlagTableModel model;
        QAbstractItemModelTester tester(&model, failure);
        model.setNamespace(nameSpace, nameSpace);
        for (int column = 0; column < FlagTableModel::ColumnCount; ++column) {
            model.sort(column);
            for (int row = 1; row < model.rowCount(); ++row) {
                const QVariant a = model.index(row - 1, column).data();
                const QVariant b = model.index(row, column).data();
                if (a.typeId() == QMetaType::QString)
                    QVERIFY(a.toString().toCaseFolded() <= b.toString().toCaseFolded());
                else
                    QVERIFY(a.toInt() <= b.toInt());
            }
        }
    }

    void findsByTyping()
    {
        FlagTableModel model;
        const auto nameSpace = namespaceOf({u"alpha"_qs, u"beta"_qs, u"Bravo"_qs});
        model.setNamespace(nameSpace, nameSpace);
        QCOMPARE(model.nextMatch(u"b"_qs, {}).row(), 1);
        QCOMPARE(model.nextMatch(u"b"_qs, model.index(1, 0)).row(), 2);
        QCOMPARE(model.nextMatch(u"b"_qs, model.index(2, 0)).row(), 1);
        QVERIFY(!model.nextMatch(u"x"_qs, {}).isValid());
    }

    void filtersManyRows()
    {
        const auto nameSpace = test::largeSnapshot(10000).namespaces.front();
        FlagTableModel model;
        model.setNamespace(nameSpace, nameSpace);
        int found = 0;
        QBENCHMARK
        {
            model.setFilter(u"flag 99"_qs);
            found = model.rowCount();
            model.setFilter(u"flag 9"_qs);
        }
        QVERIFY(found > 0);
    }

    void filtersByConditions_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QStringList>("shown");
        QTest::newRow("enabled") << u"is:enabled"_qs << QStringList{u"b"_qs};
        QTest::newRow("disabled") << u"is:disabled"_qs << QStringList{u"a"_qs, u"c"_qs};
        QTest::newRow("enabled:no") << u"enabled:no"_qs << QStringList{u"a"_qs, u"c"_qs};
        QTest::newRow("type") << u"type:bool"_qs << QStringList{u"b"_qs};
        QTest::newRow("key") << u"key:C"_qs << QStringList{u"c"_qs};
        QTest::newRow("name") << u"name:of"_qs << QStringList{u"a"_qs, u"b"_qs, u"c"_qs};
        QTest::newRow("used") << u"used:beta"_qs << QStringList{u"c"_qs};
        QTest::newRow("not used") << u"-used:beta"_qs << QStringList{u"a"_qs, u"b"_qs};
        QTest::newRow("metadata") << u"meta:owner"_qs << QStringList{u"a"_qs};
        QTest::newRow("its value") << u"meta:owner=MAIL"_qs << QStringList{u"a"_qs};
        QTest::newRow("another value") << u"meta:owner=web"_qs << QStringList();
        QTest::newRow("tag of a list") << u"tag:new"_qs << QStringList{u"a"_qs};
        QTest::newRow("changed") << u"is:changed"_qs << QStringList{u"b"_qs};
        QTest::newRow("problems") << u"has:problems"_qs << QStringList{u"c"_qs};
        QTest::newRow("with a word") << u"is:disabled name:c"_qs << QStringList{u"c"_qs};
        QTest::newRow("no condition") << u"http://"_qs << QStringList();
        QTest::newRow("unfinished") << u"is:"_qs << QStringList();
    }
    void filtersByConditions()
    {
        QFETCH(QString, filter);
        auto base = namespaceOf({u"a"_qs, u"b"_qs, u"c"_qs});
        base = with(base, 0, [](flags::Flag &flag) {
            flag.metadata = u"{\"owner\":\"Mail\",\"tags\":[\"newest\"]}"_qs;
        });
        base = with(base, 1, [](flags::Flag &flag) { flag.type = flags::BooleanFlag; });
        base = with(base, 2, [](flags::Flag &flag) { // names a segment that is not there
            flag.rules.resize(1);
            flag.rules[0].segments = {SegmentKey(u"beta"_qs)};
        });
        const auto draft = with(base, 1, [](flags::Flag &flag) { flag.enabled = true; });
        FlagTableModel model;
        QAbstractItemModelTester tester(&model, failure);
        model.setNamespace(draft, base);
        model.setFilter(filter);
        QTEST(keys(model), "shown");
    }
};

QTEST_GUILESS_MAIN(TestFlagTableModel)
#include "tst_flagtablemodel.moc"
