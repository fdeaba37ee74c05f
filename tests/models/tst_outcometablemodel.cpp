// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/outcometablemodel.h>

#include <QAbstractItemModelTester>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::OutcomeTableModel;

namespace {

std::shared_ptr<const evaluation::Program> program(const std::vector<flags::Flag> &flags)
{
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"team"_qs);
    for (const flags::Flag &flag : flags)
        nameSpace.flags.push_back(std::make_shared<const flags::Flag>(flag));
    return evaluation::compile({{std::make_shared<const flags::Namespace>(std::move(nameSpace))}});
}

flags::Flag flag(const QString &key, int type, bool enabled)
{
    flags::Flag made;
    made.key = FlagKey(key);
    made.type = type;
    made.enabled = enabled;
    return made;
}

} // namespace

class TestOutcomeTableModel : public QObject {
    Q_OBJECT

private slots:
    void comparesTwoStates()
    {
        OutcomeTableModel model;
        QAbstractItemModelTester tester(&model);
        const auto first = program({flag(u"a"_qs, flags::BooleanFlag, false),
                                    flag(u"gone"_qs, flags::VariantFlag, true),
                                    flag(u"same"_qs, flags::VariantFlag, false)});
        const auto second = program(
            {flag(u"same"_qs, flags::VariantFlag, false), flag(u"a"_qs, flags::BooleanFlag, true)});
        model.setOutcomes(models::outcomes({u"team"_qs, u"e"_qs, {}}, first, second, {}),
                          u"Saved"_qs, u"Draft"_qs);
        QStringList rows;
        for (int row = 0; row < model.rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < model.columnCount(); ++column)
                cells.append(model.index(row, column).data().toString());
            rows.append(cells.join(u','));
        }
        QCOMPARE(rows, (QStringList{u"same,no variant (off),no variant (off)"_qs,
                                    u"a,false,true"_qs, u"gone,no variant,—"_qs}));
        QCOMPARE(model.differenceCount(), 2);
        QVERIFY(model.index(1, 0).data(OutcomeTableModel::DiffersRole).toBool());
        QVERIFY(!model.index(0, 0).data(OutcomeTableModel::DiffersRole).toBool());
    }

    void showsOneState()
    {
        OutcomeTableModel model;
        QAbstractItemModelTester tester(&model);
        const models::OutcomeQuestion question{u"team"_qs, u"e"_qs, {}};
        const auto odd = program({flag(u"odd"_qs, 7, true)});
        model.setOutcomes(models::outcomes(question, odd, nullptr, {}), u"Saved"_qs, {});
        QCOMPARE(model.columnCount(), 2);
        QVERIFY(!model.hasTwoStates());
        QCOMPARE(model.index(0, 1).data().toString(), u"refused: unknown flag type: 7"_qs);
        QCOMPARE(model.differenceCount(), 0);
        model.setOutcomes(models::outcomes({u"other"_qs, u"e"_qs, {}}, odd, nullptr, {}),
                          u"Saved"_qs, {});
        QCOMPARE(model.rowCount(), 0);
    }

    void stopsWhenItIsCancelled()
    {
        evaluation::Progress progress;
        progress.isCancelled = true;
        const auto all = program({flag(u"a"_qs, flags::BooleanFlag, false)});
        QVERIFY(models::outcomes({u"team"_qs, u"e"_qs, {}}, all, all, progress).empty());
    }

    // The same flags asked again keep what is selected.
    void keepsRowsOfTheSameFlags()
    {
        OutcomeTableModel model;
        const models::OutcomeQuestion question{u"team"_qs, u"e"_qs, {}};
        const auto off = program({flag(u"a"_qs, flags::BooleanFlag, false)});
        const auto on = program({flag(u"a"_qs, flags::BooleanFlag, true)});
        model.setOutcomes(models::outcomes(question, off, nullptr, {}), u"Saved"_qs, {});
        const QPersistentModelIndex kept(model.index(0, 1));
        model.setOutcomes(models::outcomes(question, on, nullptr, {}), u"Saved"_qs, {});
        QVERIFY(kept.isValid());
        QCOMPARE(kept.data().toString(), u"true"_qs);
    }
};

QTEST_GUILESS_MAIN(TestOutcomeTableModel)
#include "tst_outcometablemodel.moc"
