// SPDX-License-Identifier: GPL-3.0-or-later
#include <models/nodetablemodel.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace edgewise;
using models::NodeTableModel;
using replication::State;

class TestNodeTableModel : public QObject {
    Q_OBJECT
private slots:
    void showsTheNewestSample()
    {
        NodeTableModel model;
        QAbstractItemModelTester tester(&model);
        model.setNodes(
            {{QStringLiteral("primary"), QStringLiteral("http://p"), replication::Role::Primary},
             {QStringLiteral("replica-1"), QStringLiteral("http://r")}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(text(model, 1, NodeTableModel::NodeColumn), QStringLiteral("replica-1"));
        QCOMPARE(text(model, 1, NodeTableModel::StateColumn), QStringLiteral("—"));
        QVERIFY(model.index(1, 0).data(NodeTableModel::StateRole).isNull());

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        replication::NodeSample sample;
        sample.node = QStringLiteral("http://r");
        sample.index = 1039;
        sample.judgement = {.state = State::CatchingUp,
                            .why = QStringLiteral("at frame 1039"),
                            .framesBehind = 4,
                            .nanosecondsBehind = 180'000'000};
        model.take(sample);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(text(model, 1, NodeTableModel::StateColumn), QStringLiteral("catching up"));
        QCOMPARE(text(model, 1, NodeTableModel::FramesBehindColumn), QStringLiteral("4 frames"));
        QCOMPARE(models::framesText(1), QStringLiteral("1 frame"));
        QCOMPARE(text(model, 1, NodeTableModel::BehindColumn), QStringLiteral("180 ms"));
        QCOMPARE(model.index(1, 0).data(NodeTableModel::FrameRole).toULongLong(), 1039);
        QCOMPARE(model.index(1, 0).data(NodeTableModel::WhyRole).toString(), sample.judgement.why);
        QCOMPARE(text(model, 0, NodeTableModel::StateColumn), QStringLiteral("—"));
        sample.node = QStringLiteral("http://unknown");
        model.take(sample);
        QCOMPARE(changed.size(), 1);
    }

    void unreachableShowsADash()
    {
        NodeTableModel model;
        model.setNodes({{QStringLiteral("replica-1"), QStringLiteral("http://r")}});
        replication::NodeSample sample;
        sample.node = QStringLiteral("http://r");
        sample.judgement.state = State::Unreachable;
        model.take(sample);
        QCOMPARE(text(model, 0, NodeTableModel::FrameColumn), QStringLiteral("—"));
        QCOMPARE(text(model, 0, NodeTableModel::FramesBehindColumn), QStringLiteral("—"));
        QCOMPARE(text(model, 0, NodeTableModel::BehindColumn), QStringLiteral("—"));
        QVERIFY(model.index(0, 0).data(NodeTableModel::BehindRole).isNull());
    }

    void showsWhoGetsAnotherAnswer()
    {
        NodeTableModel model;
        model.setNodes(
            {{QStringLiteral("primary"), QStringLiteral("http://p"), replication::Role::Primary},
             {QStringLiteral("replica-1"), QStringLiteral("http://r")}});
        QCOMPARE(text(model, 1, NodeTableModel::OutcomesColumn), QStringLiteral("—"));
        model.setOutcomes(QStringLiteral("http://r"),
                          models::OutcomeShare{.moved = 312, .users = 10'000, .flags = 1});
        QCOMPARE(text(model, 1, NodeTableModel::OutcomesColumn), QStringLiteral("312 of 10,000"));
        QCOMPARE(text(model, 0, NodeTableModel::OutcomesColumn), QString());
        QCOMPARE(model.index(1, NodeTableModel::OutcomesColumn).data(Qt::ToolTipRole).toString(),
                 QStringLiteral("312 of 10,000 users get another answer on replica-1 now."));
        model.setOutcomes(QStringLiteral("http://r"), std::nullopt);
        QCOMPARE(text(model, 1, NodeTableModel::OutcomesColumn), QStringLiteral("—"));
    }

    void everyStateHasAWordOfItsOwn()
    {
        QSet<QString> words;
        const QList<State> states{State::Primary,    State::InSync,   State::CatchingUp,
                                  State::Stalled,    State::Diverged, State::Foreign,
                                  State::Unreachable};
        for (const State state : states)
            words.insert(models::stateWord(state));
        QCOMPARE(words.size(), states.size());
    }

private:
    static QString text(const NodeTableModel &model, int row, int column)
    {
        return model.index(row, column).data().toString();
    }
};

QTEST_GUILESS_MAIN(TestNodeTableModel)
#include "tst_nodetablemodel.moc"
