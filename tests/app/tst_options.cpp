// SPDX-License-Identifier: GPL-3.0-or-later
#include <edgewise/options.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;

class TestOptions : public QObject {
    Q_OBJECT

    static Result<ParsedOptions> parse(const QString &line)
    {
        return parseOptions(QStringList{u"edgewise"_qs} + line.split(u' ', Qt::SkipEmptyParts));
    }

private slots:
    void readsWhatToOpen()
    {
        const Result<ParsedOptions> parsed =
            parse(u"--primary http://a:1 --replica http://b:2 --replica http://c:3 --sample"_qs);
        QVERIFY(parsed);
        QCOMPARE(parsed->options.primary, u"http://a:1"_qs);
        QCOMPARE(parsed->options.replicas, (QStringList{u"http://b:2"_qs, u"http://c:3"_qs}));
        QVERIFY(parsed->options.sample);
        QVERIFY(!parsed->options.lab);
    }

    void readsTheLab()
    {
        const Result<ParsedOptions> parsed =
            parse(u"--lab --lab-replicas 3 --lab-directory /tmp/x"_qs);
        QVERIFY(parsed);
        QVERIFY(parsed->options.lab);
        QCOMPARE(parsed->options.labReplicas, 3);
        QCOMPARE(parsed->options.labDirectory, u"/tmp/x"_qs);
    }

    void readsFliptsAndTheEnvironment()
    {
        const Result<ParsedOptions> parsed = parse(
            u"--primary http://a:1 --flipt http://f:1 --flipt http://g:2 --environment staging"_qs);
        QVERIFY(parsed);
        QCOMPARE(parsed->options.flipts, (QStringList{u"http://f:1"_qs, u"http://g:2"_qs}));
        QCOMPARE(parsed->options.environment, u"staging"_qs);
    }

    void knowsWhatNeedsNoDisplay()
    {
        const char *help[] = {"edgewise", "--sample", "--help"};
        const char *version[] = {"edgewise", "-v"};
        const char *window[] = {"edgewise", "--primary", "http://a:1"};
        QVERIFY(asksForText(3, help));
        QVERIFY(asksForText(2, version));
        QVERIFY(!asksForText(3, window));
    }

    void explainsItself()
    {
        QVERIFY(parse(u"--help"_qs)->help.contains(u"--primary"_qs));
        QVERIFY(parse(u"--version"_qs)->help.startsWith(u"edgewise "_qs));
        QVERIFY(parse({})->help.isEmpty());
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line :
             {"--lab --primary http://a:1", "--replica http://b:2", "--lab-replicas 41",
              "--lab-replicas many", "--sample --workspace x.yml", "http://a:1", "--colour red",
              "--flipt http://f:1", "--primary http://a:1 --flipt ftp://f", "--environment moon"})
            QTest::newRow(line) << QString::fromLatin1(line);
    }
    void refuses()
    {
        QFETCH(QString, line);
        const Result<ParsedOptions> parsed = parse(line);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().kind, Error::Kind::Input);
        QVERIFY(!parsed.error().detail.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
