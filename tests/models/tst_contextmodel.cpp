// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/contextjson.h>
#include <models/contextmodel.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::ContextModel;

class TestContextModel : public QObject {
    Q_OBJECT

private slots:
    void growsByItsFreeRow()
    {
        ContextModel model;
        QAbstractItemModelTester tester(&model);
        QSignalSpy changed(&model, &ContextModel::contextChanged);
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(!model.setData(model.index(0, 0), u""_qs));
        QVERIFY(model.setData(model.index(0, 0), u"plan"_qs));
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.setData(model.index(0, 1), u"pro"_qs));
        QVERIFY(model.setData(model.index(0, 1), u"pro"_qs));
        QCOMPARE(changed.size(), 2);
        // A value without a property is kept, but is no part of the context.
        QVERIFY(model.setData(model.index(1, 1), u"lost"_qs));
        QCOMPARE(model.rowCount(), 3);
        QVERIFY((model.context() == ContextModel::Context{{u"plan"_qs, u"pro"_qs}}));
    }

    void losesRows()
    {
        ContextModel model;
        QAbstractItemModelTester tester(&model);
        model.setContext({{u"a"_qs, u"1"_qs}, {u"b"_qs, u"2"_qs}});
        QVERIFY(model.removeRows(0, 1));
        QVERIFY(!model.removeRows(1, 1)); // the free one stays
        QVERIFY((model.context() == ContextModel::Context{{u"b"_qs, u"2"_qs}}));
    }

    void knowsTheWordsOfConstraints()
    {
        const auto constraint = [](int type, const QString &property, const QString &name,
                                   const QString &value) {
            return flags::Constraint{{}, type, property, name, value, {}, {}};
        };
        flags::Segment segment;
        segment.constraints = {
            constraint(flags::StringConstraint, u"plan"_qs, u"eq"_qs, u"pro"_qs),
            constraint(flags::StringConstraint, u"plan"_qs, u"isoneof"_qs,
                       u"[\"pro\",\"team\"]"_qs),
            constraint(flags::NumberConstraint, u"age"_qs, u"isoneof"_qs, u"[18, 2.5]"_qs),
            constraint(flags::BooleanConstraint, u"beta"_qs, u"true"_qs, u""_qs),
            constraint(flags::StringConstraint, u"x"_qs, u"isoneof"_qs, u"no list"_qs),
            constraint(flags::EntityIdConstraint, u"entityId"_qs, u"eq"_qs, u"me"_qs)};
        flags::Namespace nameSpace;
        nameSpace.segments = {std::make_shared<const flags::Segment>(segment)};
        const QMap<QString, QStringList> expected{{u"age"_qs, {u"18"_qs, u"2.5"_qs}},
                                                  {u"beta"_qs, {u"true"_qs, u"false"_qs}},
                                                  {u"plan"_qs, {u"pro"_qs, u"team"_qs}},
                                                  {u"x"_qs, {}}};
        QCOMPARE(models::contextVocabulary(nameSpace), expected);
    }

    void readsAndWritesJson()
    {
        const ContextModel::Context context{{u"plan"_qs, u"pro"_qs}, {u"na\"me"_qs, u"ä\n"_qs}};
        const QString text = models::printContext(context);
        QCOMPARE(text, u"{\n    \"plan\": \"pro\",\n    \"na\\\"me\": \"ä\\n\"\n}"_qs);
        const auto read = models::parseContext(text);
        QVERIFY(read);
        QCOMPARE(*read, context);
        QCOMPARE(models::printContext({}), u"{}"_qs);
        QVERIFY(models::parseContext(u" "_qs)->empty());
        QVERIFY(models::parseContext(u"{ }"_qs)->empty());
    }

    void refusesOtherJson_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("why");
        QTest::newRow("number") << u"{\n  \"age\": 21}"_qs
                                << u"line 2, column 10: the value of \"age\" must be a text"_qs;
        QTest::newRow("list") << u"[]"_qs << u"line 1, column 1: a context is an object"_qs;
        QTest::newRow("open") << u"{\"a\": \"b\""_qs << u"a comma or a closing brace"_qs;
        QTest::newRow("no name") << u"{a: \"b\"}"_qs << u"name of a property"_qs;
        QTest::newRow("no colon") << u"{\"a\" \"b\"}"_qs << u"a colon is missing"_qs;
        QTest::newRow("more") << u"{} x"_qs << u"more after the object"_qs;
        QTest::newRow("comma") << u"{\"a\": \"b\",}"_qs << u"name of a property"_qs;
    }
    void refusesOtherJson()
    {
        QFETCH(QString, text);
        QFETCH(QString, why);
        const auto read = models::parseContext(text);
        QVERIFY(!read);
        QVERIFY2(read.error().detail.contains(why), qPrintable(read.error().detail));
    }
};

QTEST_GUILESS_MAIN(TestContextModel)
#include "tst_contextmodel.moc"
