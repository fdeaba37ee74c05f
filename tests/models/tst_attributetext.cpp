// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/attributetablemodel.h>
#include <models/attributetext.h>
#include <models/populationchoice.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::AttributeTableModel;

namespace {

flags::Constraint constraint(int type, const QString &property, const QString &operatorName,
                             const QString &value)
{
    return {{}, type, property, operatorName, value, {}, {}};
}

flags::Namespace nameSpace()
{
    flags::Segment pros;
    pros.key = SegmentKey(u"pros"_qs);
    pros.constraints = {
        constraint(flags::StringConstraint, u"plan"_qs, u"isoneof"_qs, u"[\"pro\",\"team\"]"_qs),
        constraint(flags::NumberConstraint, u"age"_qs, u"gte"_qs, u"18"_qs),
        constraint(flags::BooleanConstraint, u"beta"_qs, u"true"_qs, {}),
        constraint(flags::DateTimeConstraint, u"since"_qs, u"lt"_qs, u"2024-03-31T00:00:00Z"_qs),
        constraint(flags::NumberConstraint, u"odd"_qs, u"eq"_qs, u"many"_qs)};
    flags::Segment others;
    others.key = SegmentKey(u"others"_qs);
    others.constraints = {constraint(flags::StringConstraint, u"city"_qs, u"eq"_qs, u"Kiel"_qs)};
    flags::Flag flag;
    flag.key = FlagKey(u"f"_qs);
    flag.rules = {{RuleId(u"r"_qs), 1, flags::OrOperator, {SegmentKey(u"pros"_qs)}, {}, {}}};
    flags::Namespace made;
    made.key = NamespaceKey(u"default"_qs);
    made.segments = {std::make_shared<const flags::Segment>(pros),
                     std::make_shared<const flags::Segment>(others)};
    made.flags = {std::make_shared<const flags::Flag>(flag)};
    return made;
}

QStringList names(const std::vector<evaluation::AttributePlan> &plans)
{
    QStringList texts;
    for (const evaluation::AttributePlan &plan : plans)
        texts.append(plan.name + u": "_qs + models::printValues(plan.values));
    return texts;
}

} // namespace

class TestAttributeText : public QObject {
    Q_OBJECT

private slots:
    void readsWhatItPrints_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("printed");
        QTest::newRow("choice") << u"pro: 20, free: 80"_qs << u"pro: 20, free: 80"_qs;
        QTest::newRow("without weights") << u"a,b , c"_qs << u"a, b, c"_qs;
        QTest::newRow("percent") << u"a: 2.5 %, b"_qs << u"a: 2.5, b"_qs;
        QTest::newRow("quoted") << u"\"a,b: c\": 2, \"\", \" x\""_qs
                                << u"\"a,b: c\": 2, \"\", \" x\""_qs;
        QTest::newRow("escaped") << u"\"say \\\"hi\\\"\", b"_qs << u"\"say \\\"hi\\\"\", b"_qs;
        QTest::newRow("number") << u"18..65"_qs << u"18..65"_qs;
        QTest::newRow("decimals") << u"-1.5 .. 2.25"_qs << u"-1.50..2.25"_qs;
        QTest::newRow("days") << u"2024-02-28..2024-03-01"_qs << u"2024-02-28..2024-03-01"_qs;
        QTest::newRow("one") << u"only"_qs << u"only"_qs;
    }
    void readsWhatItPrints()
    {
        QFETCH(QString, text);
        const auto values = models::parseValues(text);
        QVERIFY2(values, values ? "" : qPrintable(values.error().detail));
        QTEST(models::printValues(*values), "printed");
        const auto again = models::parseValues(models::printValues(*values));
        QVERIFY(again);
        QVERIFY(*again == *values);
        // And the engine takes it.
        evaluation::PopulationPlan plan;
        plan.attributes = {{u"p"_qs, 0, *values}};
        const auto parsed = evaluation::parsePlan(evaluation::printPlan(plan));
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().detail));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("why");
        QTest::newRow("nothing") << u" "_qs << u"values are missing"_qs;
        QTest::newRow("no value") << u"a, , b"_qs << u"a value is missing"_qs;
        QTest::newRow("weight") << u"a: 0"_qs << u"weight of “a”"_qs;
        QTest::newRow("no weight") << u"a: x"_qs << u"weight of “a”"_qs;
        QTest::newRow("backwards") << u"5..1"_qs << u"less than the first"_qs;
        QTest::newRow("days backwards") << u"2024-02-02..2024-02-01"_qs << u"before the first"_qs;
        QTest::newRow("mixed") << u"1..2024-02-01"_qs << u"two numbers or two days"_qs;
        QTest::newRow("not finite") << u"nan..inf"_qs << u"two numbers"_qs;
        QTest::newRow("too far") << u"0..1e30"_qs << u"out of range"_qs;
        QTest::newRow("open quote") << u"\"a"_qs << u"no JSON string"_qs;
        QTest::newRow("after a quote") << u"\"a\" b"_qs << u"after a quoted value"_qs;
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, why);
        const auto values = models::parseValues(text);
        QVERIFY(!values);
        QVERIFY2(values.error().detail.contains(why), qPrintable(values.error().detail));
    }

    void suggestsBothSidesOfASegment()
    {
        const flags::Namespace space = nameSpace();
        QCOMPARE(names(models::suggestedAttributes(space, space.flags.front().get())),
                 (QStringList{u"age: 8..28"_qs, u"beta: true, false"_qs, u"odd: many, other"_qs,
                              u"plan: pro, team, other"_qs, u"since: 2024-03-01..2024-04-30"_qs}));
        QVERIFY(
            names(models::suggestedAttributes(space, nullptr)).contains(u"city: Kiel, other"_qs));
    }

    void aChoiceFollowsTheFlag()
    {
        models::PopulationChoice choice;
        QSignalSpy changed(&choice, &models::PopulationChoice::changed);
        const flags::Snapshot snapshot{{std::make_shared<const flags::Namespace>(nameSpace())}};
        const std::pair asked{NamespaceKey(u"default"_qs), FlagKey(u"f"_qs)};
        QCOMPARE(choice.fittedTo(snapshot, {asked}).plan.attributes.size(), size_t(5));
        QCOMPARE(choice.fittedTo(snapshot, {}).plan.attributes.size(), size_t(6));
        models::PopulationSource own;
        own.plan.count = 7;
        choice.choose(own, false);
        QCOMPARE(changed.count(), 1);
        choice.choose(own, false);
        QCOMPARE(changed.count(), 1);
        QVERIFY(choice.fittedTo(snapshot, {asked}).plan.attributes.empty());
        own.file = u"users.csv"_qs;
        choice.choose(own, true);
        QCOMPARE(choice.fittedTo(snapshot, {asked}), own);
    }

    void editsRows()
    {
        AttributeTableModel model;
        QAbstractItemModelTester tester(&model);
        QSignalSpy changed(&model, &AttributeTableModel::attributesChanged);
        QVERIFY(model.setData(model.index(0, AttributeTableModel::NameColumn), u"plan"_qs));
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.hasProblems());
        QVERIFY(model.index(0, 0)
                    .data(AttributeTableModel::ProblemRole)
                    .toString()
                    .startsWith(u"Values are missing"_qs));
        QVERIFY(model.attributes().empty());
        QVERIFY(model.setData(model.index(0, AttributeTableModel::ValuesColumn), u"pro, free"_qs));
        QVERIFY(model.setData(model.index(0, AttributeTableModel::MissingColumn), u"12.5 %"_qs));
        QVERIFY(!model.hasProblems());
        QCOMPARE(model.attributes().front().missing, 0.125);
        QVERIFY(model.setData(model.index(0, AttributeTableModel::MissingColumn), u"120"_qs));
        QVERIFY(model.hasProblems());
        QCOMPARE(changed.count(), 4);
        QVERIFY(model.removeRows(0, 1));
        QCOMPARE(model.rowCount(), 1);
        model.setAttributes({{u"age"_qs, 0.1, evaluation::NumberRange{1, 9, 0}}});
        QCOMPARE(model.index(0, AttributeTableModel::ValuesColumn).data().toString(), u"1..9"_qs);
        QCOMPARE(model.index(0, AttributeTableModel::MissingColumn).data().toString(), u"10"_qs);
    }
};

QTEST_GUILESS_MAIN(TestAttributeText)
#include "tst_attributetext.moc"
