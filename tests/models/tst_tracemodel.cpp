// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/explain.h>
#include <models/tracemodel.h>

#include <QAbstractItemModelTester>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::TraceModel;

namespace {

flags::Rule rule(const QString &id, qint64 rank, const QString &segment)
{
    return {RuleId(id),
            rank,
            flags::OrOperator,
            {SegmentKey(segment)},
            {{{}, VariantId(u"v"_qs), 100, {}}},
            {}};
}

flags::Flag flag()
{
    flags::Flag made;
    made.key = FlagKey(u"f"_qs);
    made.enabled = true;
    made.variants = {{VariantId(u"v"_qs), u"one"_qs, {}, {}, {}, {}}};
    made.rules = {rule(u"r1"_qs, 1, u"pros"_qs), rule(u"r2"_qs, 2, u"all"_qs)};
    return made;
}

evaluation::Trace trace(const flags::Flag &flag, std::string_view plan)
{
    flags::Segment pros;
    pros.key = SegmentKey(u"pros"_qs);
    pros.constraints = {{{}, flags::StringConstraint, u"plan"_qs, u"eq"_qs, u"pro"_qs, {}, {}}};
    flags::Segment all;
    all.key = SegmentKey(u"all"_qs);
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"default"_qs);
    nameSpace.flags = {std::make_shared<const flags::Flag>(flag)};
    nameSpace.segments = {std::make_shared<const flags::Segment>(pros),
                          std::make_shared<const flags::Segment>(all)};
    const evaluation::Property property{"plan", plan};
    return explain(
        *evaluation::compile({{std::make_shared<const flags::Namespace>(std::move(nameSpace))}}),
        {evaluation::Request::Kind::ByFlag, "", "f", "e", {&property, 1}});
}

/// The tree as text: a line a row, its columns parted by bars, "<<" where the traces part.
QString text(const TraceModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QString result;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        result += QString(depth * 2, u' ') + index.data().toString();
        for (int column = 1; column < model.columnCount(parent); ++column)
            result += u" | "_qs + index.siblingAtColumn(column).data().toString();
        if (index.data(TraceModel::DivergesRole).toBool())
            result += u" <<"_qs;
        result += u'\n' + text(model, index, depth + 1);
    }
    return result;
}

} // namespace

class TestTraceModel : public QObject {
    Q_OBJECT

private slots:
    void showsOneTrace()
    {
        TraceModel model;
        QAbstractItemModelTester tester(&model);
        QCOMPARE(model.rowCount(), 0);
        model.setTraces(trace(flag(), "free"), std::nullopt, u"Saved"_qs, {});
        QCOMPARE(text(model),
                 u"Rule 1 | failed: 0 of 1 match, one must\n"
                 "  segment pros | failed: 0 of 1 hold, all must\n"
                 "    plan eq pro | failed: “free” is not “pro”\n"
                 "Rule 2 | passed: 1 of 1 match, one must; bucket 249 lies in 0 to 999 of "
                 "one\n"
                 "  segment all | passed: no constraints: it matches everyone\n"
                 "  bucket of 1000 | 249: in 0 to 999, one\n"_qs);
        QVERIFY(!model.divergence().isValid());
        QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), u"Saved"_qs);
        const QModelIndex constraint = model.index(0, 1, model.index(0, 0, model.index(0, 0)));
        QCOMPARE(constraint.data(TraceModel::VerdictRole).toInt(),
                 int(evaluation::Verdict::Failed));
        QCOMPARE(constraint.data(TraceModel::SeenRole).toString(), u"free"_qs);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void alignsTwoTraces()
    {
        flags::Flag edited = flag();
        edited.rules.erase(edited.rules.begin());
        edited.rules.insert(edited.rules.begin(), rule(u"r0"_qs, 1, u"all"_qs));
        TraceModel model;
        QAbstractItemModelTester tester(&model);
        model.setTraces(trace(flag(), "free"), trace(edited, "free"), u"Saved"_qs, u"Draft"_qs);
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(model.rowCount(), 3);
        const auto cell = [&](int row, int column) {
            return model.index(row, column).data().toString();
        };
        QVERIFY(cell(0, 1) == u"—" && cell(0, 2).startsWith(u"passed"));
        QVERIFY(cell(1, 1).startsWith(u"failed") && cell(1, 2) == u"—");
        QVERIFY(cell(2, 1).startsWith(u"passed") && cell(2, 2) == u"not reached");
        QCOMPARE(model.divergence(), model.index(0, 0));
    }

    void marksTheConstraintWhereUsersPart()
    {
        TraceModel model;
        model.setTraces(trace(flag(), "pro"), trace(flag(), "free"), u"A"_qs, u"B"_qs);
        const QModelIndex divergence = model.divergence();
        QCOMPARE(divergence.data().toString(), u"plan eq pro"_qs);
        QVERIFY(divergence.data(TraceModel::DivergesRole).toBool());
        QVERIFY(!divergence.parent().data(TraceModel::DivergesRole).toBool());
    }
};

QTEST_GUILESS_MAIN(TestTraceModel)
#include "tst_tracemodel.moc"
