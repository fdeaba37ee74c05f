// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/history.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::replication;

namespace {

Error failure(const char *detail)
{
    return {.kind = Error::Kind::Network, .step = {}, .detail = QString::fromLatin1(detail)};
}

LogSample log(const char *id)
{
    return {.at = 1, .failure = {}, .logId = QString::fromLatin1(id), .primaryIndex = {}};
}

} // namespace

class TestHistory : public QObject {
    Q_OBJECT
private slots:
    void equalAnswersAreOneStretch()
    {
        History history;
        QVERIFY(history.isEmpty());
        history.addAnswer(5, 100);
        history.addAnswer(5, 300);
        QCOMPARE(history.newest().since, 100);
        QCOMPARE(history.newest().at, 300);
        history.addAnswer(6, 400);
        QCOMPARE(history.newest().since, 400);
        history.addAnswer(std::nullopt, 500);
        QCOMPARE(history.newest().since, 500);
        QVERIFY(!history.newest().index.has_value());
    }

    void anAbsenceIsOneStretchWithItsNewestReason()
    {
        History history;
        history.addAnswer(5, 100);
        history.addFailure(failure("refused"), 200);
        history.addFailure(failure("timed out"), 300);
        QCOMPARE(history.newest().since, 200);
        QCOMPARE(history.newest().at, 300);
        QCOMPARE(history.newest().failure->detail, QStringLiteral("timed out"));
        history.addAnswer(5, 400);
        QVERIFY(!history.newest().failure.has_value());
        QCOMPARE(history.newest().since, 400);
    }

    void theLogOutlivesAFailedQuestion()
    {
        History history;
        QVERIFY(history.logId().isEmpty());
        QVERIFY(history.isLogSettled());
        history.addLog(log("a"));
        LogSample failed = log("");
        failed.failure = failure("refused");
        failed.askedAt = 7;
        history.addLog(failed);
        QCOMPARE(history.logId(), QStringLiteral("a"));
        QVERIFY(history.newestLog()->failure.has_value());
        QCOMPARE(history.logFailingSince(), std::optional<qint64>(7));
        failed.askedAt = 9;
        history.addLog(failed);
        QCOMPARE(history.logFailingSince(), std::optional<qint64>(7)); // the first in a row
        history.addLog(log("b"));
        QCOMPARE(history.logId(), QStringLiteral("b"));
        QCOMPARE(history.logFailingSince(), std::nullopt);
        QVERIFY(!history.isLogSettled());
        history.addLog(log("b"));
        QVERIFY(history.isLogSettled());
    }
};

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
