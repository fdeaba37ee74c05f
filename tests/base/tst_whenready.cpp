// SPDX-License-Identifier: GPL-3.0-or-later
#include <base/whenready.h>

#include <QPromise>
#include <QTest>

using namespace edgewise;

class TestWhenReady : public QObject {
    Q_OBJECT
private slots:
    void callsOnceFromTheEventLoop()
    {
        QPromise<int> promise;
        promise.start();
        QList<int> results;
        whenReady(promise.future(), this, [&results](int result) { results.append(result); });
        promise.addResult(42);
        promise.finish();
        QTRY_COMPARE(results, QList<int>{42});
        QVERIFY(children().isEmpty() || QTest::qWaitFor([this] { return children().isEmpty(); }));
        QCOMPARE(results.size(), 1);
    }

    void aFinishedFutureCallsToo()
    {
        QPromise<int> promise;
        promise.start();
        promise.addResult(7);
        promise.finish();
        int seen = 0;
        whenReady(promise.future(), this, [&seen](int result) { seen = result; });
        QTRY_COMPARE(seen, 7);
    }

    void aDeadContextGetsNothing()
    {
        QPromise<int> promise;
        promise.start();
        bool called = false;
        auto context = std::make_unique<QObject>();
        whenReady(promise.future(), context.get(), [&called](int) { called = true; });
        context.reset();
        promise.addResult(1);
        promise.finish();
        int marker = 0;
        whenReady(promise.future(), this, [&marker](int result) { marker = result; });
        QTRY_COMPARE(marker, 1);
        QVERIFY(!called);
    }

    void aCancelledFutureCallsNothing()
    {
        bool called = false;
        {
            QPromise<int> promise;
            promise.start();
            whenReady(promise.future(), this, [&called](int) { called = true; });
        } // ends without a result
        QTRY_VERIFY(children().isEmpty());
        QVERIFY(!called);
    }
};

QTEST_GUILESS_MAIN(TestWhenReady)
#include "tst_whenready.moc"
