// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/bucketorder.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

namespace {

using Distributions = std::vector<flags::Distribution>;

/// "a 1, b 2.5, c": ids with seconds of one minute; no number is no time, anything else is itself.
Distributions read(const QString &text)
{
    Distributions list;
    for (const QString &entry : text.split(u", "_qs, Qt::SkipEmptyParts)) {
        flags::Distribution distribution;
        distribution.id = DistributionId(entry.section(u' ', 0, 0));
        const QString time = entry.section(u' ', 1);
        if (!time.isEmpty())
            distribution.times.created =
                time.contains(u'Z') ? time : u"2026-11-24 21:30:0%1+00:00"_qs.arg(time);
        list.push_back(distribution);
    }
    return list;
}

QString print(const Distributions &list)
{
    QStringList entries;
    for (const flags::Distribution &distribution : list) {
        QString time = distribution.times.created;
        time.remove(u"2026-11-24 21:30:0"_qs).remove(u"+00:00"_qs);
        entries.append(time.isEmpty() ? distribution.id.text()
                                      : QString(distribution.id.text() + u' ' + time));
    }
    return entries.join(u", ");
}

} // namespace

class TestBucketOrder : public QObject {
    Q_OBJECT

private slots:
    void changesAsLittleAsPossible_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("laidOut");
        const auto row = [](const char *name, const QString &before, const QString &wanted,
                            const QString &laidOut) {
            QTest::newRow(name) << before << wanted << laidOut;
        };
        row("nothing", {}, {}, {});
        row("as it was", u"a 1, b 2"_qs, u"a 1, b 2"_qs, u"a 1, b 2"_qs);
        row("a tie that the rows decide", u"a 1, b 1"_qs, u"a 1, b 1"_qs, u"a 1, b 1"_qs);
        row("a tie the other way round", u"a 1, b 1"_qs, u"b 1, a 1"_qs, u"b 1, a 1.000001"_qs);
        row("a tie that was none before", u"a 1, b 2"_qs, u"a 1, b 1"_qs, u"a 1, b 1.000001"_qs);
        row("a new one of an old one's time", u"a 1"_qs, u"a 1, b 1"_qs, u"a 1, b 1.000001"_qs);
        row("an old one after a new one of its time", u"a 1"_qs, u"b 1, a 1"_qs,
            u"b 1, a 1.000001"_qs);
        row("new ones of one time", {}, u"a 1, b 1"_qs, u"a 1, b 1"_qs);
        row("moved to the end", u"a 1, b 2, c 3"_qs, u"b 2, c 3, a 1"_qs,
            u"b 2, c 3, a 3.000001"_qs);
        row("moved to the front", u"a 1, b 2, c 3"_qs, u"c 3, a 1, b 2"_qs,
            u"c 0.999999, a 1, b 2"_qs);
        row("new between", u"a 1, b 2"_qs, u"a 1, n, b 2"_qs, u"a 1, n 1.999999, b 2"_qs);
        row("new at the end", u"a 1, b 2"_qs, u"a 1, b 2, n, m"_qs, u"a 1, b 2, n, m"_qs);
        row("no room", u"a 1, b 1.000001"_qs, u"a 1, n, b 1.000001"_qs,
            u"a 0.999999, n 1, b 1.000001"_qs);
    }
    void changesAsLittleAsPossible()
    {
        QFETCH(QString, before);
        QFETCH(QString, wanted);
        QFETCH(QString, laidOut);
        Distributions list = read(wanted);
        changes::layOutBuckets(read(before), list);
        QCOMPARE(print(list), laidOut);
        // Once laid out it stays.
        Distributions again = list;
        changes::layOutBuckets(list, again);
        QCOMPARE(print(again), laidOut);
    }

    void newOnesAreNeverBeforeTheRest()
    {
        Distributions list = read(u"a 5, n, m"_qs);
        int second = 0; // of a clock that is behind
        changes::layOutBuckets(read(u"a 5"_qs), list,
                               [&] { return u"2026-11-24 21:30:0%1+00:00"_qs.arg(++second); });
        QCOMPARE(print(list), u"a 5, n 5.000001, m 5.000002"_qs);
    }

    void separatesTies()
    {
        Distributions list = read(u"a 1, b 1, c 1, d 2, e"_qs);
        changes::separateTimes(list);
        QCOMPARE(print(list), u"a 0.999998, b 0.999999, c 1, d 2, e"_qs);
        // What cannot be read or does not sort gets a time between those that do.
        list = read(u"a 1, b 2026-11-24T21:30:02Z, c 3"_qs);
        changes::separateTimes(list);
        QCOMPARE(print(list), u"a 1, b 2.999999, c 3"_qs);
    }
};

QTEST_GUILESS_MAIN(TestBucketOrder)
#include "tst_bucketorder.moc"
