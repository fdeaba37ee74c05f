// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/rowdifferencemodel.h>

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using models::RowDifferenceModel;
using replication::RowCounts;
using replication::RowDifference;
using Kind = RowDifference::Kind;

namespace {

const store::TableInfo table{.name = QStringLiteral("t"),
                             .columns = {QStringLiteral("k"), QStringLiteral("v")},
                             .key = {QStringLiteral("k")}};

RowDifference same(int key, const QString &value)
{
    return {.kind = Kind::Same, .a = {key, value}, .b = {key, value}, .changed = {}};
}

RowDifference changed(int key, const QString &a, const QString &b)
{
    return {.kind = Kind::Changed, .a = {key, a}, .b = {key, b}, .changed = {1}};
}

RowDifference onlyA(int key)
{
    return {.kind = Kind::OnlyA, .a = {key, QVariant()}, .b = {}, .changed = {}};
}

void set(RowDifferenceModel &model, const QList<RowDifference> &rows, bool inFlight = false)
{
    RowCounts counts;
    for (const RowDifference &row : rows)
        counts.add(row.kind);
    model.setRows(table, rows, counts, inFlight);
}

} // namespace

class TestRowDifferenceModel : public QObject {
    Q_OBJECT
private slots:
    void rowsOfBothSides()
    {
        RowDifferenceModel model;
        QAbstractItemModelTester tester(&model);
        set(model, {same(1, QStringLiteral("x")),
                    changed(2, QStringLiteral("a"), QStringLiteral("b")), onlyA(3)});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.columnCount(), 4);
        QCOMPARE(model.headerData(3, Qt::Horizontal).toString(), QStringLiteral("v"));
        QCOMPARE(model.index(1, 1).data().toString(), QStringLiteral("a"));
        QCOMPARE(model.index(1, 3).data().toString(), QStringLiteral("b"));
        QVERIFY(model.index(1, 3).data(RowDifferenceModel::CellDiffersRole).toBool());
        QVERIFY(!model.index(1, 2).data(RowDifferenceModel::CellDiffersRole).toBool());
        QVERIFY(model.index(2, 1).data(RowDifferenceModel::NullRole).toBool());
        QVERIFY(model.index(2, 3).data(RowDifferenceModel::MissingRole).toBool());
        QVERIFY(model.index(2, 3).data().toString().isEmpty());
        QVERIFY(!model.index(2, 3).data(RowDifferenceModel::InFlightRole).toBool());
        QCOMPARE(model.differingRows(), (QList<int>{1, 2}));
    }

    void inFlightIsNotDiffering()
    {
        RowDifferenceModel model;
        set(model, {same(1, {}), onlyA(2)}, true);
        QVERIFY(!model.index(0, 0).data(RowDifferenceModel::InFlightRole).toBool());
        QVERIFY(model.index(1, 0).data(RowDifferenceModel::InFlightRole).toBool());
        QSignalSpy spy(&model, &QAbstractItemModel::dataChanged);
        set(model, {same(1, {}), onlyA(2)}, false);
        QVERIFY(!model.index(1, 0).data(RowDifferenceModel::InFlightRole).toBool());
        QVERIFY(!spy.isEmpty());
    }

    void rowsAreFilteredSteppedThroughAndTaken()
    {
        RowDifferenceModel model;
        QAbstractItemModelTester tester(&model);
        set(model,
            {same(1, QStringLiteral("Ada")),
             changed(2, QStringLiteral("bob"), QStringLiteral("Adele")), same(3, {}), onlyA(4)});
        QCOMPARE(model.differenceFrom(-1, 1), 1);
        QCOMPARE(model.differenceFrom(1, 1), 3);
        QCOMPARE(model.differenceFrom(3, 1), 1); // round the end
        QCOMPARE(model.differenceFrom(1, -1), 3);
        QCOMPARE(model.cells({1, 3}, true).size(), 1); // the other side has no row 4
        QCOMPARE(model.cells({1, 3}, false).size(), 2);
        QCOMPARE(model.cells({1}, true).first().last(), QVariant(QStringLiteral("Adele")));
        model.setFilter(QStringLiteral("ad"));
        QCOMPARE(model.rowCount(), 2); // on either side
        model.setOnlyDifferences(true);
        QCOMPARE(model.rowCount(), 1);
        set(model, {same(1, QStringLiteral("Ada")),
                    changed(2, QStringLiteral("bob"), QStringLiteral("Cleo"))});
        QCOMPARE(model.rowCount(), 0); // what comes later is filtered too
        QCOMPARE(model.differenceFrom(0, 1), -1);
        model.setFilter({});
        model.setOnlyDifferences(false);
        QCOMPARE(model.rowCount(), 2);
    }

    void onlyDifferences()
    {
        RowDifferenceModel model;
        QAbstractItemModelTester tester(&model);
        set(model, {same(1, {}), onlyA(2), same(3, {})});
        model.setOnlyDifferences(true);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.counts().same, 2);
        model.setOnlyDifferences(false);
        QCOMPARE(model.rowCount(), 3);
    }

    void rowsThatStayKeepTheirPlace()
    {
        RowDifferenceModel model;
        QAbstractItemModelTester tester(&model);
        set(model, {same(1, {}), onlyA(2), same(9, {})});
        const QPersistentModelIndex first = model.index(0, 0);
        const QPersistentModelIndex last = model.index(2, 0);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        set(model, {same(1, {}), onlyA(2), onlyA(3), onlyA(4), same(9, {})});
        QCOMPARE(reset.size(), 0);
        QCOMPARE(first.row(), 0);
        QCOMPARE(last.row(), 4);
        set(model, {same(1, {}), same(9, {})});
        QCOMPARE(last.row(), 1);
        model.clear();
        QCOMPARE(reset.size(), 1);
        QVERIFY(!last.isValid());
    }

    void whatArrivedIsMarkedOnce()
    {
        RowDifferenceModel model;
        set(model, {same(1, {}), onlyA(2)}, true);
        set(model, {same(1, {}), same(2, {})});
        QVERIFY(!model.index(0, 0).data(RowDifferenceModel::ArrivedRole).toBool());
        QVERIFY(model.index(1, 0).data(RowDifferenceModel::ArrivedRole).toBool());
        QVERIFY(model.hasArrivals());
        set(model, {same(1, {}), same(2, {})});
        QVERIFY(!model.hasArrivals());
        QVERIFY(!model.index(1, 0).data(RowDifferenceModel::ArrivedRole).toBool());
    }

    void anyTwoListsFollowEachOther()
    {
        QRandomGenerator random(7);
        RowDifferenceModel model;
        QAbstractItemModelTester tester(&model);
        for (int round = 0; round < 200; ++round) {
            QList<RowDifference> rows;
            for (int key = 0; key < 12; ++key) {
                switch (random.bounded(4)) {
                case 0:
                    rows.append(same(key, {}));
                    break;
                case 1:
                    rows.append(onlyA(key));
                    break;
                case 2:
                    rows.append(changed(key, {}, QStringLiteral("b")));
                    break;
                default:
                    break;
                }
            }
            set(model, rows);
            QCOMPARE(model.rowCount(), rows.size());
            for (int row = 0; row < rows.size(); ++row) {
                QCOMPARE(model.index(row, 0).data(RowDifferenceModel::KindRole).toInt(),
                         int(rows[row].kind));
                QCOMPARE(model.index(row, 0).data(RowDifferenceModel::ValueRole), rows[row].a[0]);
            }
        }
    }

    void cellTexts_data()
    {
        QTest::addColumn<QVariant>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("null") << QVariant() << "NULL";
        QTest::newRow("empty") << QVariant(QString(QLatin1String(""))) << "";
        QTest::newRow("integer") << QVariant(qlonglong(-5)) << "-5";
        QTest::newRow("real") << QVariant(0.1) << "0.1";
        QTest::newRow("lines") << QVariant(QStringLiteral("a\nb")) << QStringLiteral("a↵b");
        QTest::newRow("blob") << QVariant(QByteArray("\x01\xff", 2))
                              << QStringLiteral("x'01ff' · 2 bytes");
    }

    void cellTexts()
    {
        QFETCH(QVariant, value);
        QTEST(models::cellText(value), "text");
    }
};

QTEST_GUILESS_MAIN(TestRowDifferenceModel)
#include "tst_rowdifferencemodel.moc"
