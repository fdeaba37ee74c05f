// SPDX-License-Identifier: GPL-3.0-or-later
#include <changes/json.h>

#include <support/generator.h>

#include <QTest>

using namespace edgewise;
using namespace edgewise::changes;
using namespace Qt::StringLiterals;

class TestChangesJson : public QObject {
    Q_OBJECT

private slots:
    void roundTrips()
    {
        for (quint32 seed = 0; seed < 100; ++seed) {
            test::SnapshotGenerator generator(seed);
            const flags::Snapshot a = generator.withOrphans(generator.snapshot());
            const ChangeSet set = diff(a, seed % 2 ? generator.edited(a, 5) : generator.snapshot());
            const auto read = parseJson(toJson(set));
            QVERIFY2(read, qPrintable(read ? QString() : read.error().detail));
            QVERIFY2(*read == set, qPrintable(QString::number(seed)));
        }
    }

    void keepsLargeRanks()
    {
        Change change;
        change.address = {ObjectKind::Rule, NamespaceKey(u"n"_qs), u"f"_qs, {}, u"r"_qs};
        change.fields[Field::Rank] = {qint64(9007199254740993), std::numeric_limits<qint64>::min()};
        const ChangeSet set{{change}};
        const auto read = parseJson(toJson(set));
        QVERIFY(read && *read == set);
    }

    void refusesFaultyFiles_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("words");
        const auto with = [](const char *change) -> QByteArray {
            return QByteArray(R"({"format":"edgewise.changes","version":1,"changes":[)") + change
                   + "]}";
        };
        QTest::newRow("no JSON") << QByteArray("{") << u"byte"_qs;
        QTest::newRow("another file") << QByteArray("{}") << u"no file of changes"_qs;
        QTest::newRow("newer") << QByteArray(
            R"({"format":"edgewise.changes","version":2,"changes":[]})")
                               << u"another version, 2"_qs;
        QTest::newRow("unknown member")
            << with(R"({"x":1})") << u"changes[0]: there is a member"_qs;
        QTest::newRow("kind of change") << with(R"({"change":"move"})") << u"add, remove"_qs;
        QTest::newRow("kind of object")
            << with(R"({"change":"add","kind":"thing"})") << u"no kind \"thing\""_qs;
        QTest::newRow("address") << with(R"({"change":"add","kind":"flag","namespace":"n"})")
                                 << u"flag needs a text owner"_qs;
        QTest::newRow("field") << with(
            R"({"change":"add","kind":"flag","namespace":"n","owner":"f","fields":{"rank":{"after":1}}})")
                               << u"no field \"rank\""_qs;
        QTest::newRow("type") << with(
            R"({"change":"add","kind":"flag","namespace":"n","owner":"f","fields":{"enabled":{"after":1}}})")
                              << u"no fitting value after of the field \"enabled\""_qs;
        QTest::newRow("fraction") << with(
            R"({"change":"add","kind":"flag","namespace":"n","owner":"f","fields":{"type":{"after":1.5}}})")
                                  << u"field \"type\""_qs;
        QTest::newRow("before of an addition") << with(
            R"({"change":"add","kind":"flag","namespace":"n","owner":"f","fields":{"name":{"before":"a","after":"b"}}})")
                                               << u"must be no value before"_qs;
        QTest::newRow("position") << with(
            R"({"change":"add","kind":"flag","namespace":"n","owner":"f","positionAfter":-2})")
                                  << u"positionAfter"_qs;
    }
    void refusesFaultyFiles()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, words);
        const auto read = parseJson(json);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::Input);
        QVERIFY2(read.error().detail.contains(words), qPrintable(read.error().detail));
    }
};

QTEST_GUILESS_MAIN(TestChangesJson)
#include "tst_changesjson.moc"
