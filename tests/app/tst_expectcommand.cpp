// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"

#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;

namespace {

const QByteArray document = R"(namespace: checkout
flags:
- key: pages
  name: Pages
  type: VARIANT_FLAG_TYPE
  enabled: true
  variants:
  - key: one-page
  rules:
  - segment: kiwi
    distributions:
    - variant: one-page
      rollout: 100
- key: quiet
  name: Quiet hours
  type: BOOLEAN_FLAG_TYPE
  enabled: true
segments:
- key: kiwi
  name: Kiwi
  match_type: ALL_MATCH_TYPE
  constraints:
  - type: STRING_COMPARISON_TYPE
    property: country
    operator: eq
    value: New Zealand
)";

} // namespace

class tst_ExpectCommand : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_directory;
    QString m_document;

    test::RunResult expect(const QByteArray &expectations, const QStringList &arguments = {}) const
    {
        const QString file =
            test::writeFile(m_directory.path(), QStringLiteral("golden.expect"), expectations);
        return test::runCli(QStringList{QStringLiteral("expect"), m_document, file} + arguments);
    }

private slots:
    void initTestCase()
    {
        m_document = test::writeFile(m_directory.path(), QStringLiteral("features.yml"), document);
    }

    void isDoneWhenAllAreMet()
    {
        const auto run = expect("# what must stay\nnamespace checkout\n"
                                "pages user-1 country=\"New Zealand\" -> one-page\n"
                                "pages user-1 -> none\r\n"
                                "quiet \"\" a= -> true\n"
                                "nowhere user-1 -> missing\n");
        QVERIFY2(run.exitCode == 0, QByteArray(run.output + run.errors).constData());
        QCOMPARE(run.output, QByteArray("4 of 4 expectations are met.\n"));
        QVERIFY(run.errors.isEmpty());
        QCOMPARE(expect("").output, QByteArray("0 of 0 expectations are met.\n"));
    }

    void namesTheLineOfEachThatIsNot()
    {
        const QByteArray text = "namespace checkout\n"
                                "pages user-1 country=Fiji -> one-page\n"
                                "quiet user-1 -> true\n"
                                "quiet user-1 -> false\n";
        const auto run = expect(text);
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.errors.isEmpty());
        QVERIFY2(run.output.contains("golden.expect:2: pages user-1 country=Fiji -> one-page\n"
                                     "    got none: "),
                 run.output.constData());
        QVERIFY2(run.output.contains("golden.expect:4: "), run.output.constData());
        QVERIFY2(run.output.endsWith("1 of 3 expectations are met.\n"), run.output.constData());

        const auto json = expect(text, {QStringLiteral("--json")});
        QCOMPARE(json.exitCode, 1);
        const auto objects = json.objects();
        QCOMPARE(objects.size(), 3);
        QCOMPARE(objects[0][u"line"].toInt(), 2);
        QCOMPARE(objects[0][u"met"].toBool(true), false);
        QCOMPARE(objects[0][u"expected"].toString(), QStringLiteral("one-page"));
        QCOMPARE(objects[0][u"actual"].toString(), QStringLiteral("none"));
        QCOMPARE(objects[0][u"context"][u"country"].toString(), QStringLiteral("Fiji"));
        QVERIFY(!objects[0][u"why"].toString().isEmpty());
        QCOMPARE(objects[1][u"met"].toBool(), true);
    }

    void namesTheLineOfEachThatIsNone()
    {
        const auto run = expect("namespace checkout\nquiet user-1 -> true\nquiet user-1\n"
                                "quiet \"open -> true\nquiet u\xff -> true\n");
        QCOMPARE(run.exitCode, 2);
        for (const char *line : {"golden.expect:3: ", "golden.expect:4: ", "golden.expect:5: "})
            QVERIFY2(run.errors.contains(line), run.errors.constData());
        QVERIFY(!run.errors.contains("golden.expect:2: "));
        QCOMPARE(run.output, QByteArray("1 of 1 expectations are met.\n"));
    }

    void readsStandardInput()
    {
        const auto run = test::runCli({QStringLiteral("expect"), m_document, QStringLiteral("-")},
                                      "namespace checkout\nquiet user-1 -> true\n");
        QVERIFY2(run.exitCode == 0, run.errors.constData());
    }

    void refusesWhatItCannotRead()
    {
        const QString good = test::writeFile(m_directory.path(), QStringLiteral("good"), "");
        for (const QStringList &arguments :
             {QStringList{m_document, QStringLiteral("/nonexistent/golden")},
              QStringList{m_document, m_directory.path()},
              QStringList{QStringLiteral("/nonexistent/features.yml"), good}}) {
            const auto run = test::runCli(QStringList{QStringLiteral("expect")} + arguments);
            QCOMPARE(run.exitCode, 2);
            QVERIFY2(test::isOneSentence(run.errors), run.errors.constData());
        }
        QCOMPARE(test::runCli({QStringLiteral("expect"), m_document}).exitCode, 2);
    }
};

QTEST_GUILESS_MAIN(tst_ExpectCommand)
#include "tst_expectcommand.moc"
