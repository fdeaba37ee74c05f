// SPDX-License-Identifier: GPL-3.0-or-later
#include <hrana/backoff.h>

#include <QSet>
#include <QTest>

using namespace edgewise::hrana;

class TestBackoff : public QObject {
    Q_OBJECT

private slots:
    void grows()
    {
        Backoff backoff(10, 42);
        int span = Backoff::firstPause;
        for (int i = 0; i < 10; ++i) {
            const auto pause = backoff.next();
            QVERIFY(pause.has_value());
            QVERIFY(*pause >= span / 2 && *pause <= span);
            span = qMin(span * 2, Backoff::longestPause);
        }
        QCOMPARE(span, Backoff::longestPause);
    }

    void ends()
    {
        Backoff backoff(2);
        QVERIFY(backoff.next() && backoff.next());
        QVERIFY(!backoff.next());
        QVERIFY(!backoff.next());
        QVERIFY(!Backoff(0).next());
    }

    void clientsDoNotReturnTogether()
    {
        QSet<int> pauses;
        for (quint32 seed = 0; seed < 50; ++seed)
            pauses.insert(*Backoff(1, seed).next());
        QVERIFY2(pauses.size() > 10, qPrintable(QString::number(pauses.size())));
    }
};

QTEST_GUILESS_MAIN(TestBackoff)
#include "tst_backoff.moc"
