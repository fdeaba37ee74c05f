// SPDX-License-Identifier: GPL-3.0-or-later
// The figures at the cursor of the lag chart, by pointer and by keys.
#include <replication/lagchart.h>
#include <replication/lagplot.h>
#include <theme/appearance.h>

#include <QLabel>
#include <QRegularExpression>
#include <QTest>
#include <QToolButton>

using namespace edgewise;
using namespace Qt::StringLiterals;
using replicationpage::LagChart;
using replicationpage::LagPlot;

namespace {

constexpr qint64 chartSecond = 1'000'000'000;

/// Stands still, so that no sample moves while it is read.
class StillClock final : public Clock {
public:
    qint64 wallNanoseconds() const override { return 1'700'000'000 * chartSecond; }
    qint64 steadyNanoseconds() const override { return 1000 * chartSecond; }
};

replication::NodeSample lagSample(const QString &node, qint64 secondsAgo, qint64 milliseconds)
{
    replication::NodeSample sample;
    sample.node = node;
    sample.at = (1000 - secondsAgo) * chartSecond;
    sample.index = 10;
    sample.judgement = {.state = replication::State::CatchingUp,
                        .why = {},
                        .framesBehind = quint64(milliseconds / 10),
                        .nanosecondsBehind = milliseconds * 1'000'000};
    return sample;
}

} // namespace

class TestLagChart : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_chart = std::make_unique<LagChart>(m_appearance, m_model, m_clock);
        m_chart->setLines({{u"replica-1"_qs, u"one"_qs}, {u"replica-2"_qs, u"two"_qs}});
        for (const qint64 ago : {40, 38, 20, 10}) {
            m_model.take(lagSample(u"one"_qs, ago, ago * 10));
            if (ago != 20)
                m_model.take(lagSample(u"two"_qs, ago, 5));
        }
        m_chart->resize(700, 260);
        m_chart->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_chart.get()));
    }

    void cleanup()
    {
        m_chart.reset();
        m_model.clear();
    }

    void thePointerReadsValueAndTime()
    {
        QVERIFY(!legend().contains(u"ms"));
        QTest::mouseMove(m_chart.get(), at(-39.8));
        QTRY_VERIFY2(legend().contains(u"replica-1&nbsp;400&nbsp;ms"), qPrintable(legend()));
        QVERIFY2(legend().contains(u"replica-2&nbsp;5.0&nbsp;ms"), qPrintable(legend()));
        QVERIFY2(m_chart->accessibleDescription().contains(u"replica-1 400 ms"),
                 qPrintable(m_chart->accessibleDescription()));
        QVERIFY(QRegularExpression(u"^\\d\\d:\\d\\d:\\d\\d"_qs)
                    .match(m_chart->accessibleDescription())
                    .hasMatch());
        // No sample of the second one for more than five seconds around: a gap has no figure.
        QTest::mouseMove(m_chart.get(), at(-20));
        QTRY_VERIFY2(legend().contains(u"replica-1&nbsp;200&nbsp;ms"), qPrintable(legend()));
        QVERIFY2(legend().contains(u"replica-2&nbsp;—"), qPrintable(legend()));
        QTest::mouseMove(m_chart.get(), QPoint(m_chart->width() / 2, m_chart->height() - 2));
        QTRY_VERIFY(!plot()->cursorTime());
        QVERIFY(!legend().contains(u"ms"));
    }

    void theKeysGoFromSampleToSample()
    {
        m_chart->setFocus();
        QTest::keyClick(m_chart.get(), Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(m_chart->isHeld());
        QVERIFY2(legend().contains(u"replica-1&nbsp;100&nbsp;ms"), qPrintable(legend()));
        QTest::keyClick(m_chart.get(), Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY2(legend().contains(u"replica-1&nbsp;200&nbsp;ms"), qPrintable(legend()));
        QTest::keyClick(m_chart.get(), Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY2(legend().contains(u"replica-1&nbsp;380&nbsp;ms"), qPrintable(legend()));
        QTest::keyClick(m_chart.get(), Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY2(legend().contains(u"replica-1&nbsp;200&nbsp;ms"), qPrintable(legend()));
        QTest::keyClick(m_chart.get(), Qt::Key_Escape);
        QVERIFY(!plot()->cursorTime());
    }

    void theUnitIsThatOfTheChart()
    {
        QTest::mouseClick(button("lagFrames"), Qt::LeftButton);
        // The axis has other labels now, and the plot soon another place.
        QTRY_VERIFY2(legendAt(-39.8).contains(u"replica-1&nbsp;40&nbsp;frames"),
                     qPrintable(legend()));
        m_model.setUsers(u"one"_qs, 312);
        m_model.take(lagSample(u"one"_qs, 5, 10));
        QTest::mouseClick(button("lagUsers"), Qt::LeftButton);
        QTRY_VERIFY2(legendAt(-5).contains(u"replica-1&nbsp;312&nbsp;users"), qPrintable(legend()));
    }

private:
    LagPlot *plot() const { return m_chart->findChild<LagPlot *>(); }
    QString legend() const { return m_chart->findChild<QLabel *>(u"lagLegend"_qs)->text(); }
    QString legendAt(double seconds) const
    {
        QTest::mouseMove(m_chart.get(), at(seconds));
        return legend();
    }
    QToolButton *button(const char *name) const
    {
        return m_chart->controls()->findChild<QToolButton *>(QLatin1StringView(name));
    }
    /// Of the chart, where that time is drawn in the minute that is in view.
    QPoint at(double seconds) const
    {
        const QRectF area = plot()->chart()->plotArea();
        return QPoint(plot()->x() + qRound(area.left() + (1 + seconds / 60) * area.width()),
                      plot()->y() + qRound(area.center().y()));
    }

    StillClock m_clock;
    theme::Appearance m_appearance;
    models::LagSeriesModel m_model;
    std::unique_ptr<LagChart> m_chart;
};

QTEST_MAIN(TestLagChart)
#include "tst_lagchart.moc"
