// SPDX-License-Identifier: GPL-3.0-or-later
#include <flipt/statetag.h>

#include <QTest>

using namespace edgewise::flipt;

class TestStateTag : public QObject {
    Q_OBJECT
private slots:
    /// The stamps of a database and the tags that a real Flipt gave for them.
    void asFliptGivesThem()
    {
        QVERIFY(
            stateTags(1795511557'442218840).contains("fc64b470cf66539f2cdd7c24a62da8404b64c4a5"));
        QCOMPARE(stateTags(1795511557'442218840).size(), 2);
    }
    void wholeSecondsAndTimesBefore1970()
    {
        QCOMPARE(stateTags(5'000'000'000).size(), 1);
        QVERIFY(stateTags(-1) != stateTags(1));
    }
};

QTEST_GUILESS_MAIN(TestStateTag)
#include "tst_statetag.moc"
