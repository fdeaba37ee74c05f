// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/snapshotloader.h"
#include "support/testdata.h"

#include <evaluation/json.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

/// Every recorded answer of a real Flipt server, field by field; of a 500 the status alone.
class TestOracle : public QObject {
    Q_OBJECT

private slots:
    void answersAsFlipt()
    {
        evaluation::LineEvaluator evaluator(
            evaluation::compile(test::loadSnapshot(test::oracleDatabase())));
        const QByteArrayList lines =
            test::dataContent(u"oracle/evals.jsonl.gz"_qs).trimmed().split('\n');
        QCOMPARE(lines.size(), 20000);

        int different = 0;
        for (const QByteArray &line : lines) {
            const QJsonObject recorded = QJsonDocument::fromJson(line).object();
            const std::string_view text = evaluator.answer({line.data(), size_t(line.size())});
            QJsonParseError error;
            const QJsonObject answer =
                QJsonDocument::fromJson(QByteArray(text.data(), qsizetype(text.size())), &error)
                    .object();
            QCOMPARE(error.error, QJsonParseError::NoError);
            const bool same =
                answer[u"status"] == recorded[u"status"]
                && (recorded[u"status"] == 500 || answer[u"response"] == recorded[u"response"]);
            if (!same && ++different <= 10)
                qWarning("request  %.600s\nanswer   %.600s", line.constData(),
                         QByteArray(text.data(), qsizetype(text.size())).constData());
        }
        QCOMPARE(different, 0);
    }
};

QTEST_GUILESS_MAIN(TestOracle)
#include "tst_oracle.moc"
