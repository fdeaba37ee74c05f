// SPDX-License-Identifier: GPL-3.0-or-later
#include <features/parse.h>
#include <features/print.h>
#include <support/snapshotloader.h>
#include <support/testdata.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using features::Format;

class TestPrint : public QObject {
    Q_OBJECT

private slots:
    void equalsExportOfRealFlipt()
    {
        const flags::Snapshot database = test::loadSnapshot(test::dataPath(u"oracle/flipt.db"_qs));
        const auto printed = features::print(database);
        QVERIFY(printed);
        compareBytes(printed->text, exportWithoutHeader());
    }

    void printsTheSameAfterParsing()
    {
        const auto document = features::parse(exportWithoutHeader(), Format::Yaml);
        QVERIFY(document);
        const auto printed = features::print(document->snapshot);
        QVERIFY(printed);
        compareBytes(printed->text, exportWithoutHeader());
        QCOMPARE(printed->warnings, std::vector<features::Warning>());
    }

private:
    static QByteArray exportWithoutHeader()
    {
        const QByteArray whole = test::dataContent(u"oracle/features.yml"_qs);
        return whole.sliced(whole.indexOf("\n\n") + 2);
    }

    /// Names the first line that differs: a difference of 200 kB would be unreadable.
    static void compareBytes(const QByteArray &actual, const QByteArray &expected)
    {
        if (actual == expected)
            return;
        const QList<QByteArray> actualLines = actual.split('\n');
        const QList<QByteArray> expectedLines = expected.split('\n');
        for (qsizetype i = 0; i < std::min(actualLines.size(), expectedLines.size()); ++i) {
            const QByteArray line = "line " + QByteArray::number(i + 1) + ": ";
            QCOMPARE(line + actualLines[i], line + expectedLines[i]);
        }
        QCOMPARE(actual.size(), expected.size());
    }
};

QTEST_GUILESS_MAIN(TestPrint)
#include "tst_print.moc"
