// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/pagehistory.h>

#include <QTest>

using namespace Qt::StringLiterals;

class TestPageHistory : public QObject {
    Q_OBJECT

private slots:
    void goesBackAndForthLikeABrowser()
    {
        edgewise::window::PageHistory history;
        QVERIFY(!history.canGoBack() && !history.canGoForward());
        for (const auto &page : {u"flags"_qs, u"review"_qs, u"review"_qs, u"whatif"_qs})
            history.visit(page);
        QCOMPARE(history.back(), u"review"_qs);
        QCOMPARE(history.back(), u"flags"_qs);
        QVERIFY(!history.canGoBack());
        QCOMPARE(history.forward(), u"review"_qs);
        history.visit(u"data"_qs);
        QVERIFY(!history.canGoForward());
        QCOMPARE(history.back(), u"review"_qs);
    }

    void forgetsTheOldest()
    {
        edgewise::window::PageHistory history;
        for (int i = 0; i < 1000; ++i)
            history.visit(QString::number(i));
        int steps = 0;
        while (history.canGoBack()) {
            (void)history.back();
            ++steps;
        }
        QCOMPARE(steps, 99);
    }
};

QTEST_GUILESS_MAIN(TestPageHistory)
#include "tst_pagehistory.moc"
