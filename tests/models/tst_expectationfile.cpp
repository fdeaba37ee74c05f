// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/explain.h>
#include <models/expectationfile.h>
#include <models/expectationtablemodel.h>

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using evaluation::Expectation;
using models::ExpectationTableModel;

namespace {

std::shared_ptr<const evaluation::Program> program()
{
    flags::Flag on;
    on.key = FlagKey(u"quiet"_qs);
    on.type = flags::BooleanFlag;
    on.enabled = true;
    flags::Flag none;
    none.key = FlagKey(u"none"_qs);
    none.enabled = true;
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"team"_qs);
    nameSpace.flags = {std::make_shared<const flags::Flag>(on),
                       std::make_shared<const flags::Flag>(none)};
    return evaluation::compile({{std::make_shared<const flags::Namespace>(std::move(nameSpace))}});
}

evaluation::Trace trace(std::string_view flag)
{
    return explain(*program(), {evaluation::Request::Kind::ByFlag, "team", flag, "user 1", {}});
}

Expectation expectation(const QString &nameSpace, const QString &flag)
{
    Expectation made;
    made.nameSpace = NamespaceKey(nameSpace);
    made.flag = FlagKey(flag);
    made.entity = u"e"_qs;
    made.answer = Expectation::Answer::True;
    return made;
}

} // namespace

class TestExpectationFile : public QObject {
    Q_OBJECT

private slots:
    void keepsWhatATraceAnswers()
    {
        const auto kept = models::expectationOf(trace("quiet"), {{u"plan"_qs, u"a b"_qs}});
        QVERIFY(kept);
        QCOMPARE(evaluation::printExpectation(*kept), u"quiet \"user 1\" plan=\"a b\" -> true"_qs);
        QCOMPARE(models::expectationOf(trace("none"), {})->answer, Expectation::Answer::NoVariant);
        QCOMPARE(models::expectationOf(trace("gone"), {})->answer, Expectation::Answer::Missing);
        // And what is kept is met at once.
        for (const char *flag : {"quiet", "none", "gone"})
            QVERIFY(check(*program(), *models::expectationOf(trace(flag), {})).isMet);
        evaluation::Trace failed = trace("quiet");
        failed.status = 500;
        QVERIFY(!models::expectationOf(failed, {}));
    }

    void addsUnderTheRightNamespace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("nameSpace");
        QTest::addColumn<QByteArray>("result");
        QTest::newRow("new file") << QByteArray() << u"default"_qs << QByteArray("f e -> true\n");
        QTest::newRow("new file, other namespace")
            << QByteArray() << u"team"_qs << QByteArray("namespace team\nf e -> true\n");
        QTest::newRow("same namespace")
            << QByteArray("# kept\nnamespace team\na e -> true") << u"team"_qs
            << QByteArray("# kept\nnamespace team\na e -> true\nf e -> true\n");
        QTest::newRow("back to default")
            << QByteArray("namespace team\n") << u"default"_qs
            << QByteArray("namespace team\nnamespace default\nf e -> true\n");
        QTest::newRow("behind a bad line") << QByteArray("nonsense\n") << u"team"_qs
                                           << QByteArray("nonsense\nnamespace team\nf e -> true\n");
    }
    void addsUnderTheRightNamespace()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, nameSpace);
        QTEST(models::withExpectations(text, {expectation(nameSpace, u"f"_qs)}), "result");
    }

    void makesAndExtendsAFile()
    {
        const QTemporaryDir directory;
        const QString file = directory.filePath(u"golden.expect"_qs);
        QVERIFY(models::appendExpectations(file, {expectation(u"default"_qs, u"a"_qs)}));
        QVERIFY(models::appendExpectations(
            file, {expectation(u"default"_qs, u"b"_qs), expectation(u"team"_qs, u"c"_qs)}));
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll(),
                 QByteArray("a e -> true\nb e -> true\nnamespace team\nc e -> true\n"));
        const auto refused = models::appendExpectations(u"/nowhere/golden.expect"_qs,
                                                        {expectation(u"a"_qs, u"b"_qs)});
        QVERIFY(!refused);
    }

    void tellsTheResults()
    {
        const auto file = evaluation::parseExpectations("namespace team\nquiet a -> true\n"
                                                        "quiet b plan=x -> false\nquiet c\n");
        ExpectationTableModel model;
        QAbstractItemModelTester tester(&model);
        model.setRows(models::runExpectations(*program(), file));
        QCOMPARE(model.rowCount(), 3);
        QStringList lines;
        for (int i = 0; i < model.rowCount(); ++i) {
            QStringList cells;
            for (int j = 0; j < ExpectationTableModel::WhyColumn; ++j)
                cells.append(model.index(i, j).data().toString());
            lines.append(cells.join(u'|'));
        }
        QCOMPARE(lines, (QStringList{u"2|team/quiet|a||true|true"_qs,
                                     u"3|team/quiet|b|plan=x|false|true"_qs, u"4|||||"_qs}));
        QCOMPARE(model.index(0, 0).data(ExpectationTableModel::StateRole).toInt(),
                 int(ExpectationTableModel::Met));
        QCOMPARE(model.count(ExpectationTableModel::Missed), 1);
        QCOMPARE(model.count(ExpectationTableModel::Unreadable), 1);
        QVERIFY(model.index(2, ExpectationTableModel::WhyColumn)
                    .data()
                    .toString()
                    .contains(u"answer"_qs));
    }
};

QTEST_GUILESS_MAIN(TestExpectationFile)
#include "tst_expectationfile.moc"
