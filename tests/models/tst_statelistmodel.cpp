// SPDX-License-Identifier: GPL-3.0-or-later
#include <evaluation/program.h>
#include <models/statelistmodel.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using models::StateListModel;

namespace {

flags::Snapshot withFlags(const QStringList &keys)
{
    flags::Namespace nameSpace;
    nameSpace.key = NamespaceKey(u"default"_qs);
    for (const QString &key : keys) {
        flags::Flag flag;
        flag.key = FlagKey(key);
        nameSpace.flags.push_back(std::make_shared<const flags::Flag>(flag));
    }
    return {{std::make_shared<const flags::Namespace>(std::move(nameSpace))}};
}

} // namespace

class TestStateListModel : public QObject {
    Q_OBJECT

private slots:
    void compilesTheNewest()
    {
        StateListModel model;
        QAbstractItemModelTester tester(&model);
        model.addState(u"primary"_qs, u"Primary"_qs);
        model.addState(u"draft"_qs, u"Draft"_qs);
        QVERIFY(!model.index(0).data(StateListModel::ReadyRole).toBool());
        // Many edits in a row: the last one counts.
        for (int i = 0; i < 50; ++i)
            model.setSnapshot(u"draft"_qs, withFlags({u"flag-%1"_qs.arg(i)}));
        model.setSnapshot(u"primary"_qs, withFlags({u"base"_qs}));
        QVERIFY(!model.isSettled());
        QTRY_VERIFY_WITH_TIMEOUT(model.isSettled(), 30'000);
        const auto keys = [&](const QString &id) {
            return evaluation::flagKeys(*model.state(id)->program, "default");
        };
        QCOMPARE(keys(u"draft"_qs), std::vector{u"flag-49"_qs});
        QCOMPARE(keys(u"primary"_qs), std::vector{u"base"_qs});
        QVERIFY(model.index(1).data(StateListModel::ReadyRole).toBool());
        QVERIFY(!model.areEqual(u"draft"_qs, u"primary"_qs));
        model.setSnapshot(u"draft"_qs, withFlags({u"base"_qs}));
        QVERIFY(model.areEqual(u"draft"_qs, u"primary"_qs));
        // An equal snapshot is no news.
        QTRY_VERIFY_WITH_TIMEOUT(model.isSettled(), 30'000);
        QSignalSpy changed(&model, &StateListModel::programsChanged);
        model.setSnapshot(u"draft"_qs, withFlags({u"base"_qs}));
        QVERIFY(model.isSettled());
        QCOMPARE(changed.count(), 0);
    }

    void comesAndGoes()
    {
        StateListModel model;
        QAbstractItemModelTester tester(&model);
        model.addState(u"a"_qs, u"A"_qs);
        model.addState(u"b"_qs, u"B"_qs);
        model.addState(u"a"_qs, u"A again"_qs);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0).data().toString(), u"A again"_qs);
        model.setNote(u"b"_qs, u"frame 12"_qs);
        QCOMPARE(model.index(1).data(StateListModel::NoteRole).toString(), u"frame 12"_qs);
        // One that goes while it is compiled.
        model.setSnapshot(u"a"_qs, withFlags({u"f"_qs}));
        model.removeState(u"a"_qs);
        QCOMPARE(model.rowOf(u"b"_qs), 0);
        QCOMPARE(model.state(u"a"_qs), nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(model.isSettled(), 30'000);
    }
};

QTEST_GUILESS_MAIN(TestStateListModel)
#include "tst_statelistmodel.moc"
