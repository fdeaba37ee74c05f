// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/cells.h>
#include <replication/rowmerge.h>

#include <QRandomGenerator>
#include <QTest>

using namespace edgewise;
using namespace edgewise::replication;
using Kind = RowDifference::Kind;
using Side = RowMerge::Side;
using Rows = QList<QVariantList>;

namespace {

store::TableInfo table(const QStringList &key)
{
    return {.name = QStringLiteral("t"),
            .columns = {QStringLiteral("k"), QStringLiteral("v")},
            .key = key};
}

QVariantList row(const QVariant &key, const char *value)
{
    return {key, QString::fromLatin1(value)};
}

/// Feeds both sides in pages of the given size, as a reader would.
QList<RowDifference> merge(const store::TableInfo &info, const Rows &a, const Rows &b, int page)
{
    RowMerge merge(info);
    QList<RowDifference> differences;
    qsizetype readA = 0;
    qsizetype readB = 0;
    for (int guard = 0; guard < 100000 && !merge.isFinished(); ++guard) {
        const auto feed = [&](Side side, const Rows &rows, qsizetype &read) {
            if (!merge.needs(side))
                return;
            const Rows next = rows.mid(read, page);
            read += next.size();
            QVERIFY(merge.add(side, next, read == rows.size()).has_value());
        };
        feed(Side::A, a, readA);
        feed(Side::B, b, readB);
        differences += merge.take();
    }
    return differences;
}

RowCounts count(const QList<RowDifference> &differences)
{
    RowCounts counts;
    for (const RowDifference &difference : differences)
        counts.add(difference.kind);
    return counts;
}

} // namespace

class TestRowMerge : public QObject {
    Q_OBJECT
private slots:
    void tellsTheFourKinds_data()
    {
        QTest::addColumn<int>("page");
        for (const int page : {1, 2, 3, 100})
            QTest::addRow("pages of %d", page) << page;
    }

    void tellsTheFourKinds()
    {
        QFETCH(int, page);
        const Rows a{row(1, "same"), row(2, "old"), row(4, "here"), row(5, "same")};
        const Rows b{row(1, "same"), row(2, "new"), row(3, "there"), row(5, "same")};
        const QList<RowDifference> differences = merge(table({QStringLiteral("k")}), a, b, page);
        QCOMPARE(differences.size(), 5);
        QCOMPARE(differences[0].kind, Kind::Same);
        QCOMPARE(differences[1].kind, Kind::Changed);
        QCOMPARE(differences[1].changed, QList<int>{1});
        QCOMPARE(differences[1].a[1], QVariant(QStringLiteral("old")));
        QCOMPARE(differences[1].b[1], QVariant(QStringLiteral("new")));
        QCOMPARE(differences[2].kind, Kind::OnlyB);
        QVERIFY(differences[2].a.isEmpty());
        QCOMPARE(differences[3].kind, Kind::OnlyA);
        QCOMPARE(differences[4].kind, Kind::Same);
        QCOMPARE(count(differences), (RowCounts{.same = 2, .changed = 1, .onlyA = 1, .onlyB = 1}));
    }

    void emptySides()
    {
        const store::TableInfo info = table({QStringLiteral("k")});
        QCOMPARE(merge(info, {}, {}, 10).size(), 0);
        QCOMPARE(count(merge(info, {row(1, "a")}, {}, 10)).onlyA, 1);
        QCOMPARE(count(merge(info, {}, {row(1, "a")}, 10)).onlyB, 1);
    }

    void mixedTypesInTheKey()
    {
        // NULL < numbers < text < blobs, and text by bytes: "Z" before "a".
        const Rows a{row(QVariant(), "null"),
                     row(1, "n"),
                     row(1.5, "r"),
                     row(QStringLiteral("Z"), "t"),
                     row(QStringLiteral("a"), "t"),
                     row(QByteArray("a"), "b")};
        Rows b = a;
        b.removeAt(2);
        const RowCounts counts = count(merge(table({QStringLiteral("k")}), a, b, 2));
        QCOMPARE(counts, (RowCounts{.same = 5, .changed = 0, .onlyA = 1, .onlyB = 0}));
    }

    void storageClassOfACellCounts()
    {
        const Rows a{{1, qlonglong(1)}};
        const Rows b{{1, 1.0}};
        const auto differences = merge(table({QStringLiteral("k")}), a, b, 10);
        QCOMPARE(differences.first().kind, Kind::Changed);
    }

    void withoutAKeyEqualRowsArePaired()
    {
        const Rows a{row(1, "x"), row(1, "x"), row(1, "y")};
        const Rows b{row(1, "x"), row(1, "y"), row(1, "z")};
        QCOMPARE(count(merge(table({}), a, b, 1)),
                 (RowCounts{.same = 2, .changed = 0, .onlyA = 1, .onlyB = 1}));
    }

    void nullInAUniqueKeyIsNoIdentity()
    {
        // In whatever order the sides give them.
        const Rows a{row(QVariant(), "x"), row(QVariant(), "y"), row(7, "k")};
        const Rows b{row(QVariant(), "y"), row(QVariant(), "x"), row(QVariant(), "z"), row(7, "k")};
        QCOMPARE(count(merge(table({QStringLiteral("k")}), a, b, 100)),
                 (RowCounts{.same = 3, .changed = 0, .onlyA = 0, .onlyB = 1}));
    }

    void rowsInAnotherOrderAreRefused()
    {
        RowMerge merge(table({QStringLiteral("k")}));
        // What ORDER BY gives for a column with COLLATE NOCASE.
        const Result<void> added =
            merge.add(Side::A, {row(QStringLiteral("a"), ""), row(QStringLiteral("B"), "")}, true);
        QVERIFY(!added.has_value());
        QCOMPARE(added.error().kind, Error::Kind::Input);
    }

    void agreesWithSetsOnRandomTables()
    {
        QRandomGenerator random(20241124);
        for (int round = 0; round < 300; ++round) {
            QMap<int, int> left;
            QMap<int, int> right;
            const int size = random.bounded(40);
            for (int i = 0; i < size; ++i) {
                const int key = random.bounded(60);
                const int value = random.bounded(3);
                if (random.bounded(3) != 0)
                    left[key] = value;
                if (random.bounded(3) != 0)
                    right[key] = random.bounded(4) == 0 ? value + 1 : value;
            }
            RowCounts expected;
            for (auto it = left.cbegin(); it != left.cend(); ++it) {
                if (!right.contains(it.key()))
                    ++expected.onlyA;
                else if (right[it.key()] == it.value())
                    ++expected.same;
                else
                    ++expected.changed;
            }
            expected.onlyB = right.size() - expected.same - expected.changed;
            const auto rows = [](const QMap<int, int> &map) {
                Rows list;
                for (auto it = map.cbegin(); it != map.cend(); ++it)
                    list.append({it.key(), it.value()});
                return list;
            };
            QCOMPARE(count(merge(table({QStringLiteral("k")}), rows(left), rows(right),
                                 1 + random.bounded(7))),
                     expected);
        }
    }

    void holdsNoMoreThanWhatWaits()
    {
        RowMerge merge(table({QStringLiteral("k")}));
        QVERIFY(merge.add(Side::A, {row(1, ""), row(2, ""), row(9, "")}, false).has_value());
        QCOMPARE(merge.take().size(), 0);
        QVERIFY(merge.needs(Side::B));
        QVERIFY(merge.add(Side::B, {row(2, "")}, false).has_value());
        QCOMPARE(merge.take().size(), 2);
        QCOMPARE(merge.waiting(Side::A), 1);
        QCOMPARE(merge.waiting(Side::B), 0);
        QVERIFY(!merge.needs(Side::A));
        QVERIFY(!merge.isFinished());
    }
};

QTEST_GUILESS_MAIN(TestRowMerge)
#include "tst_rowmerge.moc"
