// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/expectations.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using evaluation::Expectation;

namespace {

flags::Snapshot snapshot()
{
    flags::Segment pros;
    pros.key = SegmentKey(u"pros"_qs);
    pros.constraints = {
        {{}, flags::StringConstraint, u"plan"_qs, u"eq"_qs, u"pro user"_qs, {}, {}}};
    flags::Flag checkout;
    checkout.key = FlagKey(u"new-checkout"_qs);
    checkout.enabled = true;
    checkout.variants = {{VariantId(u"v"_qs), u"none"_qs, {}, {}, {}, {}}};
    checkout.rules = {{RuleId(u"r"_qs),
                       1,
                       flags::OrOperator,
                       {pros.key},
                       {{{}, VariantId(u"v"_qs), 100, {}}},
                       {}}};
    flags::Flag quiet;
    quiet.key = FlagKey(u"quiet-hours"_qs);
    quiet.type = flags::BooleanFlag;
    quiet.enabled = true;
    flags::Flag faulty;
    faulty.key = FlagKey(u"faulty"_qs);
    faulty.type = 7;
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"default"_qs);
    for (const flags::Flag &flag : {checkout, quiet, faulty})
        nameSpace.flags.push_back(std::make_shared<const flags::Flag>(flag));
    nameSpace.segments = {std::make_shared<const flags::Segment>(pros)};
    return {{std::make_shared<const flags::Namespace>(nameSpace)}};
}

} // namespace

class TestExpectations : public QObject {
    Q_OBJECT

private slots:
    void checksAnswers_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("isMet");
        QTest::addColumn<QString>("actual");
        const auto row = [](const char *line, bool isMet, const QString &actual) {
            QTest::newRow(line) << QByteArray(line) << isMet << actual;
        };
        row("new-checkout user-1 plan=\"pro user\" -> \"none\"", true, u"\"none\""_qs);
        row("new-checkout user-1 plan=\"pro user\" -> none", false, u"\"none\""_qs);
        row("new-checkout user-1 plan=pro -> none", true, u"none"_qs);
        row("new-checkout user-1 -> other # a comment", false, u"none"_qs);
        row("quiet-hours \"\" -> true", true, u"true"_qs);
        row("quiet-hours user-1 -> false", false, u"true"_qs);
        row("old user-1 -> missing", true, u"missing"_qs);
        row("old user-1 -> none", false, u"missing"_qs);
        row("new-checkout user-1 -> missing", false, u"none"_qs);
        row("faulty user-1 -> true", false, u"unknown flag type: 7"_qs);
        row("faulty user-1 -> \"unknown flag type: 7\"", false, u"unknown flag type: 7"_qs);
    }
    void checksAnswers()
    {
        QFETCH(QByteArray, line);
        const auto file = evaluation::parseExpectations(line);
        QVERIFY(file.problems.empty());
        QCOMPARE(file.expectations.size(), size_t(1));
        const auto result = check(*evaluation::compile(snapshot()), file.expectations[0]);
        QTEST(result.isMet, "isMet");
        QTEST(result.actual, "actual");
        QVERIFY(!result.why.isEmpty());
    }

    void readsFiles()
    {
        const auto file = evaluation::parseExpectations(
            "# Expectations of the checkout team\r\n"
            "\r\n"
            "  new-checkout\tuser-42 plan=pro country=\"New Zealand\" empty= -> one-page\r\n"
            "namespace team-a\n"
            "\"a b\" \"\" \"n=1\"=\"\\u00e9\" -> \"true\"\n");
        QVERIFY(file.problems.empty());
        QCOMPARE(file.expectations.size(), size_t(2));
        const Expectation &first = file.expectations[0];
        QCOMPARE(first.line, 3);
        QCOMPARE(first.nameSpace.text(), u"default"_qs);
        QCOMPARE(first.context[1].second, u"New Zealand"_qs);
        QCOMPARE(first.context[2], std::pair(u"empty"_qs, QString()));
        QCOMPARE(first.variant, u"one-page"_qs);
        const Expectation &second = file.expectations[1];
        QCOMPARE(second.nameSpace.text(), u"team-a"_qs);
        QCOMPARE(second.flag.text(), u"a b"_qs);
        QCOMPARE(second.entity, QString());
        QCOMPARE(second.context[0], std::pair(u"n=1"_qs, u"é"_qs));
        QVERIFY(second.answer == Expectation::Answer::Variant);
    }

    void namesFaultyLines()
    {
        const auto file = evaluation::parseExpectations("flag\n"
                                                        "flag -> true\n"
                                                        "flag e\n"
                                                        "flag e ->\n"
                                                        "flag e plan -> x\n"
                                                        "flag e plan = x -> x\n"
                                                        "flag e \"open -> x\n"
                                                        "flag e plan=\"\\x\" -> x\n"
                                                        "flag e -> x y\n"
                                                        "namespace\n"
                                                        "namespace a b\n"
                                                        "\"\n"
                                                        "flag e -> ok\n");
        QCOMPARE(file.expectations.size(), size_t(1));
        QCOMPARE(file.expectations[0].line, 13);
        QCOMPARE(file.problems.size(), size_t(12));
        for (size_t i = 0; i < file.problems.size(); ++i) {
            QCOMPARE(file.problems[i].line, int(i) + 1);
            QVERIFY(!file.problems[i].what.isEmpty());
        }
    }

    void readsBackWhatItPrints()
    {
        std::vector<Expectation> expectations;
        const QStringList texts{u""_qs,    u"a"_qs,   u"a b"_qs,       u"->"_qs,     u"#x"_qs,
                                u"x#y"_qs, u"a=b"_qs, u"\"q\"\\\n"_qs, u"none"_qs,   u"true"_qs,
                                u"é🎉"_qs,  u"\t"_qs,  u"namespace"_qs, u"missing"_qs};
        for (const QString &text : texts) {
            Expectation made;
            made.nameSpace = NamespaceKey(text);
            made.flag = FlagKey(text);
            made.entity = text;
            made.context = {{text, text}, {u"x"_qs, text}};
            made.answer = Expectation::Answer::Variant;
            made.variant = text;
            expectations.push_back(made);
            made.answer = Expectation::Answer::NoVariant;
            made.variant.clear();
            expectations.push_back(made);
        }
        auto read = evaluation::parseExpectations(printExpectations(expectations));
        QVERIFY(read.problems.empty());
        for (Expectation &expectation : read.expectations)
            expectation.line = 0;
        QCOMPARE(read.expectations.size(), expectations.size());
        for (size_t i = 0; i < expectations.size(); ++i)
            QVERIFY2(read.expectations[i] == expectations[i],
                     qPrintable(printExpectation(expectations[i])));
    }
};

QTEST_GUILESS_MAIN(TestExpectations)
#include "tst_expectations.moc"
