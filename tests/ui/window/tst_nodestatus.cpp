// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/nodestatus.h>

#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using replication::Judgement;
using replication::State;

Q_DECLARE_METATYPE(edgewise::replication::Judgement)
Q_DECLARE_METATYPE(std::optional<quint64>)

class TestNodeStatus : public QObject {
    Q_OBJECT

private slots:
    void figuresAreNeverMadeUp_data()
    {
        QTest::addColumn<Judgement>("judgement");
        QTest::addColumn<std::optional<quint64>>("index");
        QTest::addColumn<QString>("figures");
        const auto judged = [](State state, std::optional<quint64> frames = {},
                               std::optional<qint64> time = {}) {
            return Judgement{state, {}, frames, time};
        };
        using Index = std::optional<quint64>;
        QTest::newRow("primary") << judged(State::Primary) << Index(1042) << u"1,042"_qs;
        QTest::newRow("in sync") << judged(State::InSync, 0, 0) << Index(1042) << u"1,042"_qs;
        QTest::newRow("behind") << judged(State::CatchingUp, 4, 180'000'000) << Index(1038)
                                << u"−4 · 180 ms"_qs;
        QTest::newRow("since unknown when") << judged(State::Stalled, 4) << Index(1038) << u"−4"_qs;
        QTest::newRow("unreachable") << judged(State::Unreachable) << Index(1038) << u"—"_qs;
        QTest::newRow("empty log") << judged(State::Primary) << Index() << u"—"_qs;
    }
    void figuresAreNeverMadeUp()
    {
        QFETCH(Judgement, judgement);
        QFETCH(std::optional<quint64>, index);
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        const window::NodeStatus status = window::statusOf(u"node"_qs, judgement, index);
        QTEST(status.figures, "figures");
        QVERIFY(!status.word.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestNodeStatus)
#include "tst_nodestatus.moc"
